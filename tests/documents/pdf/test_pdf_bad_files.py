"""What cannot be read is refused with the file's name, the reason and the way out; nothing else is ever raised."""

from __future__ import annotations

import io
import random
import sys

import pytest
from django.utils import translation
from PIL import Image

from cms.documents.pipeline import Unreadable, read
from cms.documents.pipeline.pdf import scanned
from cms.documents.pipeline.pdf.images import page_image

from .made import Page, grid, lines, pdf

GREY = b"\x80" * 14_000
CELLS = [(80, 320, "TT"), (210, 320, "Cây"), (80, 350, "1"), (210, 350, "Bàng")]
GOOD = pdf(
    [
        Page(
            [*lines(["KẾ HOẠCH", "I. MỤC ĐÍCH", "Trồng thêm cây bóng mát ở sân trường."]), *CELLS],
            grid((72, 200, 300), (300, 330, 360)),
        ),
        Page(lines(["II. VIỆC LÀM", "Chọn giống cây vào tháng Ba."])),
    ]
)


def refusal(data: bytes, name: str = "bản quét.pdf") -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    with translation.override("en"):
        message = str(caught.value)
    assert name in message
    return message


def test_the_good_file_is_read() -> None:
    assert [node.text for node in read(GOOD, "x.pdf").nodes if node.kind == "heading"] == ["MỤC ĐÍCH", "VIỆC LÀM"]


def test_a_file_with_something_in_front_is_still_a_pdf() -> None:
    assert read(b"\xef\xbb\xbf\r\n" + GOOD, "x.pdf").nodes == read(GOOD, "x.pdf").nodes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n" + random.Random(1).randbytes(5000), "damaged"),
        (b"%PDF-", "damaged"),
        (GOOD[: len(GOOD) // 3], "damaged"),
        (GOOD.replace(b"/Catalog", b"/Cat"), None),
        (pdf([]), "pages cannot be found"),
        (pdf([Page()] * 5000), "5000 pages"),
        (pdf([Page(lines(["Bí mật"]))], password="mở ra"), "password"),
        (pdf([Page()]), "no text"),
        (pdf([Page(rules=[(10, 10, 500, 500)] * 50)]), "no text"),
    ],
    ids=["random", "five bytes", "truncated", "no catalog", "no page", "5000 pages", "password", "blank", "drawn"],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, words: str | None) -> None:
    if words is None:
        try:
            read(data, "x.pdf")
        except Unreadable as error:
            assert "x.pdf" in str(error)
        return
    assert words in refusal(data)


def test_a_broken_table_of_contents_of_the_file_is_repaired_or_refused() -> None:
    for data in (GOOD.replace(b"startxref", b"startxxxx"), GOOD.replace(b"0000000", b"0009999")):
        assert [node.text for node in read(data, "x.pdf").nodes if node.kind == "heading"] == ["MỤC ĐÍCH", "VIỆC LÀM"]


def scan() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((620, 877), 60).save(out, "PDF", resolution=75)
    return out.getvalue()


@pytest.mark.parametrize("data", [scan(), pdf([Page(picture=GREY)] * 3)], ids=["pillow", "by hand"])
def test_a_scan_is_recognised_and_told_what_to_install(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "ocr_command", lambda: None)
    message = refusal(data)
    assert "OCR" in message
    assert "tesseract-ocr-vie" in message


def test_one_scanned_page_among_others_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "ocr_command", lambda: None)
    text = Page(lines([f"Câu thứ {number} của văn bản này dài vừa một dòng." for number in range(9)]))
    reading = read(pdf([text, Page(picture=GREY), text]), "x.pdf")
    assert any("2" in warning and "OCR" in warning for warning in reading.warnings)


FAKE_OCR = """
import sys, pathlib
source, result = sys.argv[-2:]
assert "vie" in sys.argv and "--skip-text" in sys.argv
pathlib.Path(result).write_bytes(pathlib.Path({ready!r}).read_bytes())
"""


def test_where_ocr_is_installed_its_result_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    ready, program = tmp_path / "ready.pdf", tmp_path / "ocr.py"
    ready.write_bytes(GOOD)
    program.write_text(FAKE_OCR.format(ready=str(ready)), encoding="utf-8")
    monkeypatch.setattr(scanned, "ocr_command", lambda: [sys.executable, str(program)])
    reading = read(scan(), "x.pdf")
    assert any(node.text == "MỤC ĐÍCH" for node in reading.nodes)
    assert any("OCR" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("code", "words"), [("raise SystemExit(3)", "code 3"), ("import time; time.sleep(60)", "within")]
)
def test_ocr_that_fails_or_hangs_is_told(code: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "ocr_command", lambda: [sys.executable, "-c", code])
    monkeypatch.setattr(scanned, "OCR_SECONDS", 2)
    assert words in refusal(scan())


def test_ocr_is_not_run_on_its_own_result_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "recognised", lambda data, name, pages: data)
    assert "no text" in refusal(scan())


def test_pages_as_pictures() -> None:
    picture = Image.open(io.BytesIO(page_image(GOOD, 1, 200)))
    assert picture.format == "PNG"
    assert picture.size[0] in (200, 201)
    assert picture.size[1] > picture.size[0]
    for page in (0, 3, -1):
        with pytest.raises(IndexError):
            page_image(GOOD, page, 200)
    for width in (0, 100_000):
        with pytest.raises(ValueError, match=str(width)):
            page_image(GOOD, 1, width)
    with pytest.raises(Unreadable):
        page_image(b"%PDF-nothing", 1, 200)
