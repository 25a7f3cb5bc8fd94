"""What the rooms promise holds on PostgreSQL too: their database tests once more, on a real server of the run's own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["tests/organisations", "tests/people", "tests/base", "tests/documents", "tests/search/backend"]


def _binaries() -> Path:
    """Debian keeps the server's programs off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")


@pytest.fixture
def server():
    """A cluster in a folder of its own, on a socket only; stopped and removed at the end.

    Not in pytest's own folder: another run clears old ones away, with a server in them.
    """
    programs = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="minhbach-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # The server refuses root.
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        shutil.chown(folder, "postgres", "postgres")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    data = folder / "data"

    def run(*command):
        subprocess.run([*as_user, *map(str, command)], check=True, env=environment, stdout=subprocess.DEVNULL)

    run(
        programs / "initdb",
        "-D",
        data,
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_the_rooms_hold_their_promises_on_postgresql(server):
    environment = os.environ | {"DATABASE_URL": server}
    environment.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-m",
            "django_db and not soak",
            *ROOMS,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout[-3000:])
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
