"""What the reader does besides reading: pictures of pages, texts of pages, telling how far it is, room for OCR."""

from __future__ import annotations

import io
import itertools
import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from cms.documents import reader
from cms.documents.pipeline import Unreadable, read
from cms.documents.pipeline.page_texts import page_texts
from cms.documents.pipeline.pdf.images import page_image
from cms.documents.reader import environment, frames, page_image_bounded, page_texts_bounded, read_bounded
from cms.documents.reader.process import Limits, ReaderProcess
from tests.documents.pdf.made import Page, lines, pdf

MISBEHAVING = Path(__file__).with_name("misbehaving.py")
PAGES = pdf([Page(lines([f"Câu {page} của trang {page}."])) for page in range(1, 41)])
TEXT = "KẾ HOẠCH\nTổ chức ngày hội\n1. Mục đích\nGiúp học sinh chăm cây.\n".encode()

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a POSIX system")


@pytest.fixture
def start():
    """``start(seconds=…)`` -> a reader that obeys its files."""
    started = []

    def begin(command: list[str] | None = None, ocr_memory_mb: int = 0, **limits) -> ReaderProcess:
        options = {"memory_mb": 200, "ocr_memory_mb": ocr_memory_mb}
        command = command or [sys.executable, str(MISBEHAVING), json.dumps(options)]
        started.append(ReaderProcess(command, Limits(**limits), environment=environment()))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def test_a_picture_is_the_same_as_drawn_here() -> None:
    picture = page_image_bounded(PAGES, 3, 400, "x.pdf")
    assert picture == page_image(PAGES, 3, 400, "x.pdf")
    assert Image.open(io.BytesIO(picture)).size[0] == 400


@pytest.mark.parametrize("page", [0, -1, 41])
def test_a_page_that_is_not_there_is_an_index_error(page: int) -> None:
    with pytest.raises(IndexError):
        page_image_bounded(PAGES, page, 400, "x.pdf")


@pytest.mark.parametrize("width", [0, -5, 3001])
def test_a_width_nobody_draws_is_a_value_error(width: int) -> None:
    with pytest.raises(ValueError, match=r"x\.pdf"):
        page_image_bounded(PAGES, 1, width, "x.pdf")


def test_what_is_no_pdf_has_no_picture() -> None:
    with pytest.raises(Unreadable, match=r"thư\.txt"):
        page_image_bounded(TEXT, 1, 400, "thư.txt")


@pytest.mark.parametrize(("data", "name"), [(PAGES, "x.pdf"), (TEXT, "x.txt")])
def test_texts_of_pages_are_the_same_as_read_here(data: bytes, name: str) -> None:
    assert page_texts_bounded(data, name) == page_texts(data, name)


def test_pictures_do_not_wait_for_a_long_reading(start, monkeypatch: pytest.MonkeyPatch) -> None:
    page_image_bounded(PAGES, 1, 300, "x.pdf")
    slow = start(seconds=30)
    monkeypatch.setitem(reader._processes, "files", slow)
    thread = threading.Thread(target=pytest.raises, args=(Unreadable, read_bounded, b"sleep 30", "dài.pdf"))
    thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    assert page_image_bounded(PAGES, 2, 300, "x.pdf")
    assert time.monotonic() - began < 5
    slow.close()
    thread.join()


def test_how_far_it_is_is_told_and_the_reading_is_the_same() -> None:
    told: list[tuple[int, int]] = []
    assert read_bounded(PAGES, "x.pdf", lambda *pages: told.append(pages)) == read(PAGES, "x.pdf")
    assert told
    assert {total for _done, total in told} == {40}
    assert told == sorted(told)


def test_it_is_told_a_few_times_a_second_at_most(start) -> None:
    told: list[float] = []
    start().ask("read", b"pages 100", "x.txt", "vi", progress=lambda _done, _total: told.append(time.monotonic()))
    assert len(told) >= 3
    assert all(later - moment >= 0.2 for moment, later in itertools.pairwise(told))


def test_a_child_that_only_talks_is_stopped(start) -> None:
    process = start(seconds=1)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="1"):
        process.ask("read", b"chatter", "x.txt", "vi")
    assert time.monotonic() - began < 4
    assert process.ask("read", TEXT, "hai.txt", "vi").nodes


def test_what_the_watcher_raises_is_raised_and_the_next_file_is_read(start) -> None:
    process = start()

    def watcher(_done: int, _total: int) -> None:
        raise RuntimeError("away")

    with pytest.raises(RuntimeError, match="away"):
        process.ask("read", b"pages 100", "x.txt", "vi", progress=watcher)
    assert process.ask("read", TEXT, "hai.txt", "vi").nodes


READY = frames.frame(frames.READY, 0)


@pytest.mark.parametrize(
    ("work", "answer"),
    [
        ("read", frames.frame(frames.IMAGE, 1, b"\x89PNG\r\n\x1a\n")),
        ("image", frames.frame(frames.TEXTS, 1, b"[]")),
        ("image", frames.frame(frames.IMAGE, 1, b"no picture")),
        ("texts", frames.frame(frames.TEXTS, 1, b'{"a": 1}')),
        ("texts", frames.frame(frames.TEXTS, 1, b"[1]")),
        ("texts", frames.frame(frames.TEXTS, 1, b"[" * 100_000)),
        ("texts", frames.frame(frames.PROGRESS, 1, b"short")),
        ("texts", frames.frame(frames.PROGRESS, 9, b"\x00" * 8)),
    ],
)
def test_an_answer_to_another_question_is_garbage(start, work: str, answer: bytes) -> None:
    program = f"import os, time; os.write(1, {READY!r}); os.read(0, 1); os.write(1, {answer!r}); time.sleep(60)"
    process = start([sys.executable, "-c", program])
    with pytest.raises(Unreadable, match=r"xấu\.pdf"):
        process.ask(work, TEXT, "xấu.pdf", "vi", page=1, width=100)
    assert process.pid is None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not say how much memory is used")
def test_only_recognition_may_take_more_memory_than_reading(start) -> None:
    with pytest.raises(Unreadable) as caught:
        start(ocr_memory_mb=4096).ask("read", b"limits", "x.txt", "vi")
    soft, hard = json.loads(str(caught.value))
    assert 200 * 2**20 <= soft < 2048 * 2**20
    assert hard == 4096 * 2**20
