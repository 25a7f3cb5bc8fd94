"""Getting and running the server: what is missing is named, and nothing is left running."""

import hashlib
import subprocess
import sys
import time
import zipfile

import pytest

from search.server import distribution
from search.server.distribution import Unavailable, obtain

from ..conftest import ROOT

SETTINGS = """<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><mirrors>
<mirror><id>a</id><mirrorOf>other</mirrorOf><url>https://a.example/</url></mirror>
<mirror><id>b</id><mirrorOf>{of}</mirrorOf><url>https://b.example/maven/</url></mirror>
</mirrors></settings>"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A machine without Maven, whose user has no settings yet."""
    monkeypatch.setattr(distribution.shutil, "which", lambda name: None)
    monkeypatch.setattr(distribution.Path, "home", lambda: tmp_path)
    (tmp_path / ".m2").mkdir()
    return tmp_path


@pytest.mark.parametrize(("of", "found"), [("central", True), ("*", True), ("x, central", True), ("y", False)])
def test_the_mirror_is_the_one_that_stands_for_maven_central(home, of, found):
    (home / ".m2" / "settings.xml").write_text(SETTINGS.format(of=of))
    assert distribution._mirror() == ("https://b.example/maven" if found else "")


def test_without_maven_and_without_a_mirror_the_reason_is_told(home):
    with pytest.raises(Unavailable, match="Maven is not installed"):
        obtain(home / "es")


def test_another_file_than_the_expected_one_is_refused(home, monkeypatch):
    monkeypatch.setattr(distribution, "_mirror", lambda: "https://b.example")
    monkeypatch.setattr(distribution, "_from_mirror", lambda mirror, archive: archive.write_bytes(b"other"))
    with pytest.raises(Unavailable, match="SHA-256"):
        obtain(home / "es")
    assert not list((home / "es").glob("*.zip"))


def test_the_archive_is_unpacked_once_and_its_programs_can_be_run(home, monkeypatch):
    folder = home / "es"
    folder.mkdir()
    archive = folder / f"elasticsearch-{distribution.VERSION}.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"{archive.stem}/bin/elasticsearch", "#!/bin/sh\n")
    monkeypatch.setattr(distribution, "SHA256", hashlib.sha256(archive.read_bytes()).hexdigest())
    monkeypatch.setattr(distribution, "_readable_by_all", lambda path: path)
    for _ in range(2):
        program = obtain(folder) / "bin" / "elasticsearch"
        assert program.stat().st_mode & 0o111
    assert not archive.exists()


START = """
import sys, time
from pathlib import Path
from search.server.distribution import obtain
from search.server.node import Node
node = Node(obtain(Path(sys.argv[1])), heap_mb=256, folder=Path(sys.argv[2]))
node.start(); node.wait(); print(node.port, flush=True); time.sleep(600)
"""


@pytest.mark.xdist_group("elasticsearch")
def test_the_server_ends_when_whoever_started_it_is_killed(search_server):
    import shutil
    import tempfile

    from search.server.node import Node

    folder = tempfile.mkdtemp(prefix="minhbach-es-")
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(ROOT / "var" / "es"), folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        port = int(process.stdout.readline())
        asked = Node(search_server.home, port=port, folder=search_server.folder)
        assert asked.health()["status"] == "green"
        process.kill()
        process.wait(10)
        until = time.monotonic() + 20
        while asked.health():
            assert time.monotonic() < until, "the server goes on without its parent"
            time.sleep(0.2)
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)
