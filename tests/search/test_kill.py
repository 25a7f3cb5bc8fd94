"""kill -9 in the middle of a rebuild and of a drain, again and again: the index opens, nothing is lost."""

import json
import os
import random
import subprocess
import sys
import time

import pytest

from ..conftest import ROOT

pytestmark = pytest.mark.xdist_group("elasticsearch")
TIMES = 2


@pytest.fixture(scope="module")
def site(search_server, tmp_path_factory):
    """A site of its own, its database in a file."""
    environment = os.environ | {
        "MINHBACH_VAR": str(tmp_path_factory.mktemp("killed")),
        "SEARCH_ENGINE": "elasticsearch",
        "ELASTICSEARCH_URL": search_server.url,
        "SEARCH_INDEX": f"killed-{os.getpid()}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    environment.pop("DATABASE_URL", None)

    def start(action: str, engine: str = "tantivy") -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.search.killed", action, engine],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    process = start("prepare")
    assert process.wait(300) == 0
    return start


def _check(site, engine: str) -> dict:
    process = site("check", engine)
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    return json.loads(out.splitlines()[-1])


@pytest.mark.parametrize("engine", ["tantivy", "elasticsearch"])
@pytest.mark.parametrize("action", ["rebuild", "drain"])
def test_a_killed_writer_loses_nothing(site, engine, action):
    chance = random.Random(f"{engine}{action}")
    interrupted = 0
    for _ in range(TIMES):
        process = site(action, engine)
        assert process.stdout.readline() == "GO\n"
        time.sleep(chance.uniform(0.05, 0.9))
        interrupted += process.poll() is None
        process.kill()
        process.wait(30)
        process.stdout.close()
        told = _check(site, engine)
        assert told["opened"], "the index did not open"
        assert told["agrees"], f"something was lost: {told}"
        assert told["agrees_after"]
        assert told["found"] == told["wanted"]
        assert told["left"] == 0
    assert interrupted, "every one had finished before it was killed"
