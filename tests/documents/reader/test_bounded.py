"""The process files are read in: the same readings as here, and nothing a file does to it is done to the site."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from cms.documents.pipeline import Unreadable, read
from cms.documents.reader import environment, frames, read_bounded
from cms.documents.reader.process import Limits, ReaderProcess

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "tests" / "files"
MISBEHAVING = Path(__file__).with_name("misbehaving.py")
DOCUMENTS = [item["file"] for item in yaml.safe_load((FILES / "truth.yaml").read_text(encoding="utf-8"))["documents"]]
TEXT = "KẾ HOẠCH\nTổ chức ngày hội\n1. Mục đích\nGiúp học sinh chăm cây.\n".encode()

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a POSIX system")


def processes() -> dict[int, int]:
    """The processes that run and their groups; one that ended and only waits to be collected does not run."""
    if Path("/proc/self/stat").exists():
        stats = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                before, _, after = stat.read_text(errors="replace").rpartition(")")
                stats.append((before.split()[0], after.split()[2], after.split()[0]))
    else:
        done = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True)
        stats = [tuple(line.split()[:3]) for line in done.stdout.splitlines()]
    return {int(pid): int(group) for pid, group, state in stats if not state.startswith("Z")}


def alive(pid: int) -> bool:
    return pid in processes()


def gone(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


@pytest.fixture
def start():
    """``start(seconds=…)`` -> a reader that obeys its files."""
    started = []

    def begin(command: list[str] | None = None, memory_mb: int = 200, **limits) -> ReaderProcess:
        command = command or [sys.executable, str(MISBEHAVING), json.dumps({"memory_mb": memory_mb})]
        process = ReaderProcess(command, Limits(memory_mb=memory_mb, **limits), environment=environment())
        started.append(process)
        return process

    yield begin
    for process in started:
        process.close()


def refusal(process: ReaderProcess, data: bytes, name: str = "xấu.pdf") -> str:
    with pytest.raises(Unreadable) as caught:
        process.ask("read", data, name, "en")
    with translation.override("en"):
        return str(caught.value)


@pytest.mark.parametrize("file", DOCUMENTS)
def test_a_file_is_read_as_in_this_process(file: str) -> None:
    data = (FILES / file).read_bytes()
    with translation.override("vi"):
        assert read_bounded(data, file) == read(data, file)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("data", [b"\x00" * 400, b"", "thé".encode("latin-1")])
def test_a_refusal_comes_in_the_language_spoken_here(language: str, data: bytes) -> None:
    said = []
    for reader in (read, read_bounded):
        with translation.override(language), pytest.raises(Unreadable) as caught:
            reader(data, "thư.txt")
        with translation.override(language):
            said.append(str(caught.value))
    assert said[0] == said[1]
    assert "thư.txt" in said[1]


def test_warnings_come_in_the_language_spoken_here() -> None:
    data = TEXT * 3 + b"\xff"
    for language in ("vi", "en"):
        with translation.override(language):
            reading = read_bounded(data, "thư.txt")
            assert reading.warnings == read(data, "thư.txt").warnings != ()


@pytest.mark.parametrize("order", [b"loop", b"stuck", b"sleep 60"], ids=bytes.decode)
def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read(start, order: bytes) -> None:
    process = start(seconds=0.5)
    process.ask("read", TEXT, "một.txt", "vi")
    before, began = process.pid, time.monotonic()
    said = refusal(process, order)
    assert time.monotonic() - began < 3
    assert "xấu.pdf" in said and "0.5 seconds" in said and "Split" in said
    assert not alive(before)
    assert process.ask("read", TEXT, "hai.txt", "vi") == read(TEXT, "hai.txt")


def test_recognising_pages_is_given_more_time_but_not_for_ever(start) -> None:
    process = start(seconds=0.4, slow_seconds=1.5)
    assert process.ask("read", b"recognise 0.8", "quét.pdf", "vi").nodes
    assert "1.5 seconds" in refusal(process, b"recognise 60")


def test_a_file_that_needs_too_much_memory_is_stopped_and_the_next_is_read(start) -> None:
    process = start(memory_mb=150)
    said = refusal(process, b"memory")
    assert "xấu.pdf" in said and "150 MB" in said and "pictures" in said
    assert process.ask("read", TEXT, "hai.txt", "vi") == read(TEXT, "hai.txt")


@pytest.mark.parametrize("order", [b"die", b"fail here", b"object"], ids=bytes.decode)
def test_a_file_that_ends_its_reader_is_named_and_the_next_is_read(start, order: bytes) -> None:
    process = start()
    said = refusal(process, order)
    assert "xấu.pdf" in said and "damaged" in said and "UTF-8" in said
    assert process.ask("read", TEXT, "hai.txt", "vi") == read(TEXT, "hai.txt")


def test_what_went_wrong_is_in_the_log_and_not_what_the_file_says(start, caplog) -> None:
    refusal(start(), b"fail here")
    assert "KeyError" in caplog.text
    assert "xấu.pdf" not in caplog.text


def test_a_reader_killed_in_the_middle_is_replaced(start) -> None:
    process = start()
    process.ask("read", TEXT, "một.txt", "vi")
    killer = threading.Timer(0.3, os.kill, (process.pid, signal.SIGKILL))
    killer.start()
    assert "damaged" in refusal(process, b"sleep 30")
    assert process.ask("read", TEXT, "hai.txt", "vi").nodes


def test_a_reader_killed_between_two_files_costs_no_file(start) -> None:
    process = start()
    process.ask("read", TEXT, "một.txt", "vi")
    first = process.pid
    os.kill(first, signal.SIGKILL)
    assert gone(first, 5)
    assert process.ask("read", TEXT, "hai.txt", "vi").nodes
    assert process.pid != first


@pytest.mark.parametrize("order", [b"litter die", b"litter sleep on"], ids=bytes.decode)
def test_what_it_started_and_left_behind_goes_with_it(start, order: bytes, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    process = start(seconds=1)
    process.ask("read", TEXT, "một.txt", "vi")
    group = process.pid
    refusal(process, order)
    assert not list(tmp_path.iterdir())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and group in processes().values():
        time.sleep(0.05)
    assert group not in processes().values()


def test_closing_does_not_wait_for_a_file(start) -> None:
    process = start(seconds=30)
    thread = threading.Thread(target=refusal, args=(process, b"sleep 30"))
    thread.start()
    time.sleep(0.6)
    began = time.monotonic()
    process.close()
    thread.join()
    assert time.monotonic() - began < 3
    assert process.ask("read", TEXT, "hai.txt", "vi").nodes


def test_what_libraries_print_is_no_answer(start) -> None:
    assert start().ask("read", b"print", "ồn.pdf", "vi").nodes


def test_it_is_replaced_after_so_many_files(start) -> None:
    process = start(files=3)
    pids = []
    for _ in range(7):
        process.ask("read", TEXT, "x.txt", "vi")
        pids.append(process.pid)
    assert [bool(pid) for pid in pids] == [True, True, False, True, True, False, True]
    assert len({pid for pid in pids if pid}) == 3


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.write(1, b'nonsense, and more of it')",
        "import os, struct, time; os.write(1, struct.pack('>cIQ', b'A', 0, 1 << 60)); time.sleep(60)",
        "raise SystemExit(3)",
        "import time; time.sleep(60)",
    ],
    ids=["nonsense", "endless frame", "ends", "silent"],
)
def test_a_reader_that_does_not_start_is_the_servers_fault(start, program: str, caplog) -> None:
    process = start([sys.executable, "-c", program], start_seconds=0.8)
    said = refusal(process, TEXT, "tốt.txt")
    assert "tốt.txt" in said and "administrator" in said
    assert caplog.records
    assert process.pid is None


def test_a_missing_program_is_the_servers_fault(start) -> None:
    assert "administrator" in refusal(start(["/nowhere/python"]), TEXT)


READY = frames.frame(frames.READY, 0)


@pytest.mark.parametrize(
    "answer",
    [
        b"this is no frame at all",
        frames.frame(frames.READING, 1, b"not a pickle"),
        frames.frame(frames.READING, 1, pickle.dumps({"nodes": []})),
        frames.frame(frames.READING, 99, b""),
        frames.frame(frames.UNREADABLE, 0, b"of the file before"),
        frames.frame(frames.UNREADABLE, 1, b"one answer") + frames.frame(frames.UNREADABLE, 1, b"and one more"),
        READY,
    ],
    ids=["noise", "no pickle", "other object", "other file", "file before", "two answers", "ready again"],
)
def test_garbage_is_no_answer(start, answer: bytes) -> None:
    program = f"import os, time; os.write(1, {READY!r}); os.read(0, 1); os.write(1, {answer!r}); time.sleep(60)"
    process = start([sys.executable, "-c", program])
    assert "damaged" in refusal(process, TEXT)
    assert process.pid is None


class _Code:
    def __reduce__(self):
        return os.system, ("exit 7",)


@pytest.mark.parametrize("value", [_Code(), subprocess.Popen, 7], ids=["call", "class", "number"])
def test_an_answer_is_never_code(value: object) -> None:
    with pytest.raises(frames.Garbage):
        frames.unpack_reading(pickle.dumps(value))


def test_many_threads_each_get_their_own_answer() -> None:
    def one(number: int) -> bool:
        data = f"KẾ HOẠCH\n{number}. Việc số {number}\nNội dung {number}.\n".encode() * (1 + number % 5)
        with translation.override("vi"):
            return read_bounded(data, f"{number}.txt") == read(data, f"{number}.txt")

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(one, range(80)))


def test_who_waits_too_long_for_others_is_told(start) -> None:
    process = start(seconds=5, slow_seconds=0.5)
    holder = threading.Thread(target=process.ask, args=("read", b"sleep 2", "dài.pdf", "vi"))
    holder.start()
    time.sleep(0.8)
    assert "busy" in refusal(process, TEXT)
    holder.join()


def test_secrets_and_open_files_stay_here(start, monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    process = start()
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(json.loads(refusal(process, b"environment")))
    if not Path("/proc/self/fd").exists():
        pytest.skip("this system does not list open files")
    process.close()
    with socket.socket() as ours:
        ours.set_inheritable(True)
        inode = os.readlink(f"/proc/self/fd/{ours.fileno()}")
        assert inode not in json.loads(refusal(process, b"descriptors"))


def test_it_imports_no_models_and_no_engine() -> None:
    program = (
        "import sys, cms.documents.reader.__main__ as _\n"
        "print(*[name for name in ('django.db.models', 'cms.documents.models', 'wagtail', 'tantivy') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


PARENT = """
import os, signal, sys, threading, time
sys.path[:0] = ["site", "."]
import django; django.setup()
import cms.documents.reader as reader
from cms.documents.reader.process import Limits, ReaderProcess
reader.read_bounded("Kế hoạch".encode(), "x.txt")
own = reader._processes["files"]
"""


def run_parent(script: str, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", PARENT + script, *arguments],
        cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "minhbach.settings.test"}, check=False,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "end", ["pass", "os._exit(1)", "os.kill(os.getpid(), signal.SIGKILL)"], ids=["exit", "abrupt", "killed"]
)
def test_no_reader_outlives_its_parent(end: str) -> None:
    done = run_parent(f"print(own.pid, flush=True)\n{end}\n")
    assert gone(int(done.stdout), 5), done.stderr


@pytest.mark.parametrize(("order", "seconds"), [("loop", 5), ("stuck", 12)])
def test_no_reader_outlives_its_parent_in_the_middle_of_a_file(order: str, seconds: float) -> None:
    """Also when the file holds the interpreter: then the alarm ends it."""
    script = """
import json
command = [sys.executable, sys.argv[1], json.dumps({"memory_mb": 200})]
bad = ReaderProcess(command, Limits(seconds=1), environment=reader.environment())
bad.ask("read", "Kế hoạch".encode(), "x.txt", "vi")
threading.Thread(target=bad.ask, args=("read", sys.argv[2].encode(), "x.txt", "vi"), daemon=True).start()
time.sleep(0.3)
print(bad.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = run_parent(script, str(MISBEHAVING), order)
    assert gone(int(done.stdout), seconds), done.stderr


def test_a_forked_process_starts_a_reader_of_its_own() -> None:
    script = """
first = own.pid
if not (child := os.fork()):
    reader.read_bounded("Kế hoạch".encode(), "x.txt")
    print(reader._processes["files"].pid, flush=True)
    reader._processes["files"].close()
    os._exit(0)
os.waitpid(child, 0)
reader.read_bounded("Kế hoạch".encode(), "x.txt")
print(first, reader._processes["files"].pid, flush=True)
"""
    done = run_parent(script)
    forked, first, after = map(int, done.stdout.split())
    assert first == after != forked, done.stderr
