"""``python -m search.server``: the server until Ctrl+C, its data in var/es."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from .distribution import Unavailable, obtain
from .node import Node, free_ports

ROOT = Path(__file__).resolve().parents[2]
PORT = 9200


def main() -> int:
    parser = argparse.ArgumentParser(description="Elasticsearch on loopback, for trying and testing")
    parser.add_argument("--port", type=int, default=PORT)
    port = parser.parse_args().port
    folder = Path(os.environ.get("MINHBACH_VAR", ROOT / "var")).resolve() / "es"
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        home = obtain(folder)
    except Unavailable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    node = Node(home, port=port, transport=free_ports(1)[0], folder=home.parent / f"node-{port}")
    node.folder.mkdir(exist_ok=True)
    try:
        node.start()
        node.wait()
        print(  # noqa: T201
            f"\nElasticsearch: {node.url}\n"
            f"The site:      SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URL={node.url} make run\n"
            "Stop:          Ctrl+C\n",
            flush=True,
        )
        while node.process.poll() is None:
            time.sleep(0.5)
        return 1
    except Unavailable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        node.stop(remove=False)


if __name__ == "__main__":
    sys.exit(main())
