"""Scanned pages, recognised for real and within the reader's bounds; needs OCRmyPDF, tesseract and its Vietnamese.

What is scanned is made here: documents of the tests set in type, drawn as pictures (a little askew, a little blurred)
and put in a PDF without any text. What is recognised is compared with the same documents' text.
"""

from __future__ import annotations

import difflib
import io
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from django.utils.translation import gettext
from PIL import Image, ImageFilter

from cms.documents.pipeline import Reading, Unreadable, read
from cms.documents.pipeline.pdf import scanned
from cms.documents.reader import read_bounded
from tests.documents.pdf.made import Page, pdf
from tests.documents.pdf.office import needs_soffice, pdf_of, stream_of, word_file

FILES = Path(__file__).parents[1] / "files"
NAMES = [
    "bao-cao-so-lien-lac", "cong-van-gop-y", "huong-dan-thuoc-tinh", "ke-hoach-hai-cot", "ke-hoach-mat-dau",
    "quyet-dinh-san-truong", "thong-bao-xoa-mu",
]  # fmt: skip
FIELDS = [
    "number", "issued_on", "type", "issuer", "parent_issuer", "place", "title", "signer_name", "signer_title",
    "recipients",
]  # fmt: skip

pytestmark = [pytest.mark.soak, needs_soffice]


@cache
def missing() -> str:
    """What is not on this machine, "" where recognition works."""
    if scanned.ocr_command() is None:
        return "OCRmyPDF is not installed (the extra ocr, or Debian: ocrmypdf)"
    program = shutil.which("tesseract")
    listed = program and subprocess.run([program, "--list-langs"], capture_output=True, text=True).stdout.split()
    return "" if listed and "vie" in listed else "the Vietnamese model is not installed (Debian: tesseract-ocr-vie)"


@pytest.fixture(autouse=True)
def ocr() -> None:
    if reason := missing():
        pytest.skip(reason)


@cache
def printed(name: str) -> bytes:
    path = FILES / f"{name}.txt"
    return pdf_of(word_file(stream_of(path.read_bytes(), path.name), justified=True, indent=True))


def scan(data: bytes, dpi: int = 300, askew: float = 0.4) -> bytes:
    """Pictures of the pages of a PDF, in a PDF."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    turned = [page.rotate(askew, fillcolor=255, resample=Image.Resampling.BICUBIC) for page in pages]
    first, *others = [page.filter(ImageFilter.GaussianBlur(dpi / 500)) for page in turned]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi, quality=75)
    return out.getvalue()


def fields(pairs: list[tuple[Reading, Reading]]) -> Iterator[tuple[str, object, object]]:
    for true, found in pairs:
        for field in FIELDS:
            if said := getattr(true.header, field):
                yield field, said, getattr(found.header, field)


def words(reading: Reading) -> list[str]:
    return " ".join(source.text for source in reading.source).split()


def test_a_scan_is_read_nearly_as_well_as_the_document_itself(capsys: pytest.CaptureFixture) -> None:
    pairs = [(read(printed(name), name), read_bounded(scan(printed(name)), name)) for name in NAMES]
    head = list(fields(pairs))
    right = [said == found for _field, said, found in head]
    headings = [
        (node.number, node.text) in {(other.number, other.text) for other in found.nodes if other.kind == "heading"}
        for true, found in pairs
        for node in true.nodes
        if node.kind == "heading"
    ]
    same = total = 0
    for true, found in pairs:
        matcher = difflib.SequenceMatcher(None, words(true), words(found), autojunk=False)
        same += sum(block.size for block in matcher.get_matching_blocks())
        total += len(words(true))
    with capsys.disabled():
        print(
            f"\nOCR: fields {sum(right)}/{len(right)}, headings {sum(headings)}/{len(headings)}, "
            f"words {same / total:.1%}; wrong: {[(said, found) for _field, said, found in head if said != found]}"
        )
    assert sum(right) >= 0.85 * len(right)
    assert sum(headings) >= 0.85 * len(headings)
    assert same >= 0.94 * total
    for _true, found in pairs:
        assert any("OCR" in warning for warning in found.warnings)
        assert len(found.origins) == len(found.nodes)


def test_a_coarse_scan_is_read() -> None:
    true = read(printed("ke-hoach-hai-cot"), "x.pdf")
    found = read_bounded(scan(printed("ke-hoach-hai-cot"), dpi=200), "x.pdf")
    assert (found.header.number, found.header.issued_on) == (true.header.number, true.header.issued_on)
    matcher = difflib.SequenceMatcher(None, words(true), words(found), autojunk=False)
    assert sum(block.size for block in matcher.get_matching_blocks()) >= 0.9 * len(words(true))


def test_lines_stand_where_the_picture_has_them() -> None:
    true = read(printed("ke-hoach-hai-cot"), "x.pdf")
    found = read_bounded(scan(printed("ke-hoach-hai-cot"), askew=0), "x.pdf")
    boxes = {source.text: source.box for source in true.source}
    both = [(boxes[source.text], source.box) for source in found.source if source.text in boxes]
    assert len(both) >= 0.6 * len(boxes)
    near = [all(abs(a - b) < 0.015 for a, b in zip(one, other, strict=True)) for one, other in both]
    assert sum(near) >= 0.9 * len(near)


def test_how_far_recognition_is_is_told() -> None:
    told: list[tuple[int, int]] = []
    data = scan(printed("ke-hoach-hai-cot"))
    reading = read_bounded(data, "x.pdf", lambda *pages: told.append(pages))
    assert (1, 2) in told
    assert told[-1] == (2, 2)
    assert {total for _done, total in told} == {reading.pages} == {2}


def test_a_page_with_hardly_a_word_is_not_taken_for_unread() -> None:
    """Its recognised letters are few, but they are there: neither refused nor told as a picture that was not read."""
    with pypdfium2.PdfDocument(printed("thong-bao-xoa-mu")) as document:
        page = document[0].render(scale=300 / 72).to_pil().convert("L")
    nearly_empty = Image.new("L", page.size, 255)
    nearly_empty.paste(page.crop((300, 300, 1400, 420)), (300, 300))
    out = io.BytesIO()
    page.save(out, "PDF", save_all=True, append_images=[nearly_empty], resolution=300)
    reading = read_bounded(out.getvalue(), "x.pdf")
    assert {source.page for source in reading.source} == {1, 2}
    not_read = gettext("Pages that are pictures and were not read (OCR is needed): %(pages)s.")
    assert not_read % {"pages": "2"} not in reading.warnings


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"x\.pdf"):
        read_bounded(pdf([Page(picture=b"\xc0" * 14_000)]), "x.pdf")
