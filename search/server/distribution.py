"""Getting the server: from Maven Central with the machine's own client and settings, checked, unpacked once."""

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

GROUP, ARTIFACT, VERSION = "org.elasticsearch.distribution.integ-test-zip", "elasticsearch", "8.19.21"
SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
DOWNLOAD_SECONDS = 900


class Unavailable(Exception):
    """The server cannot be had or run on this machine; the message says what is missing."""


def obtain(folder: Path) -> Path:
    """The unpacked server, downloaded into ``folder`` the first time. Raises ``Unavailable``."""
    home = _readable_by_all(folder) / f"{ARTIFACT}-{VERSION}"
    if home.is_dir():
        return home
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / "download.lock"):
        if not home.is_dir():
            archive = folder / f"{ARTIFACT}-{VERSION}.zip"
            if not (archive.is_file() and _sha256(archive) == SHA256):
                _download(archive)
            _unpack(archive, home)
            archive.unlink()
    return home


def _readable_by_all(folder: Path) -> Path:
    """The server does not run as root, so its programs must lie where another user may read."""
    folder = folder.resolve()
    if os.geteuid() != 0 or all(path.stat().st_mode & stat.S_IXOTH for path in folder.parents if path.exists()):
        return folder
    return Path(tempfile.gettempdir()) / "minhbach-es"


def _download(archive: Path) -> None:
    """With Maven where it is installed; else from the mirror that the machine's Maven settings name."""
    if shutil.which("mvn"):
        _with_maven(archive)
    elif mirror := _mirror():
        _from_mirror(mirror, archive)
    else:
        raise Unavailable("Maven is not installed (Debian: maven) and no Maven settings name a mirror")
    if _sha256(archive) != SHA256:
        archive.unlink()
        raise Unavailable(f"{archive.name} is not the file that was expected (its SHA-256 differs)")


def _with_maven(archive: Path) -> None:
    command = ["mvn", "-q", "-B", COPY, f"-Dartifact={GROUP}:{ARTIFACT}:{VERSION}:zip"]
    command += [f"-DoutputDirectory={archive.parent}", "-Dmdep.useBaseVersion=true"]
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=archive.parent, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable("Maven did not finish the download") from error
    if done.returncode or not archive.is_file():
        raise Unavailable(f"Maven cannot get the server: {(done.stdout + done.stderr)[-600:].strip()}")


def _mirror() -> str:
    """The address that stands for Maven Central in the user's settings, "" without one."""
    settings = Path.home() / ".m2" / "settings.xml"
    if not settings.is_file():
        return ""
    for mirror in etree.parse(settings).iterfind(".//{*}mirror"):
        covers = (mirror.findtext("{*}mirrorOf") or "").split(",")
        if {"central", "*", "external:*"} & {name.strip() for name in covers}:
            return (mirror.findtext("{*}url") or "").strip().rstrip("/")
    return ""


def _from_mirror(mirror: str, archive: Path) -> None:
    address = f"{mirror}/{GROUP.replace('.', '/')}/{ARTIFACT}/{VERSION}/{archive.name}"
    if not address.startswith(("https://", "http://")):
        raise Unavailable("the mirror of the Maven settings is no web address")
    part = archive.with_suffix(".part")
    try:
        with urllib.request.urlopen(address, timeout=60) as answer, open(part, "wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
    except (urllib.error.URLError, OSError) as error:
        raise Unavailable(f"the mirror of the Maven settings does not give the server: {error}") from error
    part.rename(archive)


def _unpack(archive: Path, home: Path) -> None:
    """All of it or nothing: unpacked beside, then renamed. A zip does not carry who may run what."""
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=home.parent))
    with zipfile.ZipFile(archive) as file:
        file.extractall(beside)
    top = beside / home.name
    for path in (top, *top.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    top.rename(home)
    beside.rmdir()


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
