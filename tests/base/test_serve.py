"""``manage.py serve`` as a newcomer meets it: comes up, says where, answers long questions, leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    running = []

    def run(port):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_", "DATABASE_"))}
        environment |= {"MINHBACH_VAR": str(tmp_path / "var")}
        log = (tmp_path / f"log-{len(running)}").open("w+b")
        command = [sys.executable, "manage.py", "serve", "--port", str(port), "--no-demo", "--workers", "1"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        process.log = Path(log.name)
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
            process.wait()


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        return answer.status


def wait_for(port, process):
    for _ in range(240):
        assert process.poll() is None, process.log.read_text()
        try:
            return get(port, "/healthz")
        except OSError:
            time.sleep(0.25)
    raise AssertionError(process.log.read_text())


def nobody_listens(port):
    for _ in range(80):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.25)
    return False


def test_it_serves_says_where_and_leaves_nothing_behind(start):
    port = free_port()
    process = start(port)
    assert wait_for(port, process) == 200
    for path in ("/", "/van-ban/", "/en/", "/static/css/site.css", "/tim-kiem/?q=" + urllib.parse.quote("ế" * 10_000)):
        assert get(port, path) == 200, path[:60]
    assert re.search(rf"http://127\.0\.0\.1:{port}/admin/", process.log.read_text())

    second = start(port)
    assert second.wait(timeout=60) == 1
    assert str(port) in second.log.read_text()
    assert "Traceback" not in second.log.read_text()

    process.send_signal(signal.SIGKILL)
    process.wait()
    assert nobody_listens(port), "a killed serve left its children running"
