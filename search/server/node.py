"""Running the server: one node or several, each with its own port and folder, ended with whoever started it."""

import contextlib
import ctypes
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .distribution import Unavailable

START_SECONDS = 120
STOP_SECONDS = 20
UNPRIVILEGED = "nobody"
HEAP_MB = 512

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Linux: the launcher is killed when its parent is gone, and the server ends when its launcher has."""
    if _LIBC:
        _LIBC.prctl(1, signal.SIGKILL)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass
class Node:
    """One server process. ``peers`` are the transport ports of its cluster, its own too; one alone needs none."""

    home: Path
    name: str = "n1"
    port: int = 0
    transport: int = 0
    peers: Sequence[tuple[str, int]] = ()
    heap_mb: int = HEAP_MB
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="minhbach-es-")))
    process: subprocess.Popen | None = None

    def __post_init__(self) -> None:
        if not self.port:
            self.port, self.transport = free_ports(2)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, joining: bool = False) -> None:
        """Start it without waiting. ``joining``: its cluster exists already."""
        self._configure(joining)
        user = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None
        if user:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, user.pw_uid, user.pw_gid)
        with open(self.folder / "output.log", "ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [self.home / "bin" / "elasticsearch"],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )

    def _configure(self, joining: bool) -> None:
        config = self.folder / "config"
        if not config.exists():
            shutil.copytree(self.home / "config", config)
        (self.folder / "tmp").mkdir(exist_ok=True)
        lines = {
            "cluster.name": f"minhbach-{self.peers[0][1]}" if self.peers else "minhbach",
            "node.name": self.name,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": self.transport,
            "xpack.security.enabled": False,
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "action.auto_create_index": False,
        }
        if self.peers:
            lines["discovery.seed_hosts"] = [f"127.0.0.1:{port}" for _, port in self.peers]
            if not joining:
                lines["cluster.initial_master_nodes"] = [name for name, _ in self.peers]
        else:
            lines["discovery.type"] = "single-node"
        text = "".join(f"{name}: {json.dumps(value)}\n" for name, value in lines.items())
        (config / "elasticsearch.yml").write_text(text, encoding="ascii")
        (config / "jvm.options.d").mkdir(exist_ok=True)
        heap = f"-Xms{self.heap_mb}m\n-Xmx{self.heap_mb}m\n"
        (config / "jvm.options.d" / "heap.options").write_text(heap, encoding="ascii")

    def _environment(self) -> dict[str, str]:
        own = {"ES_JAVA_HOME": java_home(), "ES_PATH_CONF": str(self.folder / "config"), "HOME": str(self.folder)}
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return kept | own | {"ES_TMPDIR": str(self.folder / "tmp")}

    def wait(self, seconds: float = START_SECONDS, nodes: int = 1) -> None:
        """Until the cluster answers with so many nodes. Raises ``Unavailable`` with the end of the log."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                break
            if (found := self.health()) and found["status"] != "red" and found["number_of_nodes"] >= nodes:
                return
            time.sleep(0.25)
        raise Unavailable(f"Elasticsearch did not start: {self._last_words()}")

    def health(self) -> dict:
        """What the node says of its cluster; empty while it does not answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=5) as answer:  # noqa: S310
                return json.load(answer)
        except (urllib.error.URLError, OSError, ValueError):
            return {}

    def _last_words(self) -> str:
        log = self.folder / "output.log"
        return log.read_text(encoding="utf-8", errors="replace")[-1500:] if log.exists() else "no output"

    def signal(self, number: int) -> None:
        """To the launcher and the server alike."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """As when the machine loses its power."""
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait(STOP_SECONDS)

    def stop(self, *, remove: bool = True) -> None:
        """In good order where it can be, and without its folder afterwards."""
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        if remove:
            shutil.rmtree(self.folder, ignore_errors=True)


def java_home() -> str:
    """Where Java lies: what the environment says, else what is on the path. Raises ``Unavailable``."""
    for name in ("ES_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(name):
            return os.environ[name]
    if java := shutil.which("java"):
        return str(Path(java).resolve().parents[1])
    raise Unavailable("Java is not installed (Debian: default-jre-headless)")


def cluster(home: Path, names: Sequence[str], heap_mb: int = 384) -> list[Node]:
    """So many nodes of one cluster, started and found together. Raises ``Unavailable``."""
    ports = free_ports(2 * len(names))
    peers = tuple(zip(names, ports[len(names) :], strict=True))
    nodes = [
        Node(home, name, port, transport, peers, heap_mb) for (name, transport), port in zip(peers, ports, strict=False)
    ]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait(nodes=len(nodes))
    except BaseException:
        for node in nodes:
            node.stop()
        raise
    return nodes
