"""What a web worker needs: a real one, behind gunicorn, that has answered questions over a large index."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from search.server.node import free_ports

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 300
START_SECONDS = 60


@dataclass(frozen=True)
class Memory:
    """Resident megabytes: ``own``, and ``mapped`` files (programs and the index), which all workers share."""

    own: float
    mapped: float

    def __str__(self) -> str:
        return f"{self.own + self.mapped:.0f} MB ({self.own:.0f} its own, {self.mapped:.0f} of mapped files)"


def memory(folder: Path) -> tuple[Memory, Memory]:
    """Of the worker before and after its questions; the index is in ``folder``/search. The rest of the site is a copy
    of the benchmarks' own."""
    from django.conf import settings

    from .collection import questions, vocabulary

    shutil.copy(settings.DATABASES["default"]["NAME"], folder)
    (port,) = free_ports(1)
    environment = os.environ | {
        "MINHBACH_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "minhbach.settings.production",
        "SECRET_KEY": "benchmark" * 8,
        "ALLOWED_HOSTS": "localhost",
        "BASE_URL": "https://localhost",
    }
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env=environment,
        check=True,
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", "--pythonpath", "site",
         "--log-level", "error", "minhbach.wsgi"],
        cwd=ROOT,
        env=environment,
    )  # fmt: skip
    try:
        _get(port, "phòng học", START_SECONDS)
        worker = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0])
        before = _resident(worker)
        asked = [question for own in questions(vocabulary(), 1_000).values() for question in own]
        for question in (asked * 2)[:REQUESTS]:
            _get(port, question)
        return before, _resident(worker)
    finally:
        server.terminate()
        server.wait(30)


def _get(port: int, question: str, patience: float = 0.0) -> None:
    address = f"http://127.0.0.1:{port}/tim-kiem/?{urllib.parse.urlencode({'q': question})}"
    request = urllib.request.Request(address, headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                answer.read()
            return
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _resident(pid: int) -> Memory:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = dict(re.findall(r"^(\w+):\s+(\d+) kB$", status, re.M))
    mapped = int(kilobytes["RssFile"])
    return Memory((int(kilobytes["VmRSS"]) - mapped) / 1024, mapped / 1024)
