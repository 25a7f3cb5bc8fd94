"""A text saved as PDF by an office program reads like the text: number, outline, citations, tables."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cms.documents.pipeline import Reading, read
from search.text import strip_marks

from .office import needs_soffice, pdf_of, stream_of, word_file

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "tests" / "files"
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
OWN = [
    FILES / truth["file"] for truth in yaml.safe_load((FILES / "truth.yaml").read_text(encoding="utf-8"))["documents"]
]
LAYOUTS = {
    "ragged": {},
    "indented": {"justified": True, "indent": True},
    "spaced": {"justified": True, "indent": True, "gap": 6},
}
ENOUGH = {"headings": 0.97, "citations": 0.97, "cells": 0.95}


def headings(reading: Reading) -> list[tuple[int, str, str]]:
    return [(node.level, node.number, folded(node.text)) for node in reading.nodes if node.kind == "heading"]


def folded(text: str) -> str:
    return " ".join(strip_marks(text).split())


def citations(reading: Reading) -> list[tuple[str, str]]:
    return [(citation.key, citation.kind) for citation in reading.citations]


def cells(reading: Reading) -> list[str]:
    return [folded(cell) for node in reading.nodes if node.kind == "table" for row in node.rows for cell in row if cell]


def shares(expected: list, given: list) -> tuple[float, float]:
    """Recall and precision as multisets."""
    left = list(given)
    right = 0
    for item in expected:
        if item in left:
            left.remove(item)
            right += 1
    return (right / len(expected) if expected else 1.0), (right / len(given) if given else float(not expected))


def compared(path: Path, layout: str) -> tuple[Reading, Reading, dict[str, tuple[float, float]]]:
    data = path.read_bytes()
    text = read(data, path.name)
    pdf = read(pdf_of(word_file(stream_of(data, path.name), **LAYOUTS[layout])), f"{path.stem}.pdf")
    figures = {
        "headings": shares(headings(text), headings(pdf)),
        "citations": shares(citations(text), citations(pdf)),
        "cells": shares(cells(text), cells(pdf)),
    }
    return text, pdf, figures


@needs_soffice
@pytest.mark.skipif(not SEEDS, reason="the source texts are not beside the repository (../shared/seeds)")
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_a_source_text_saved_as_pdf_reads_the_same(path: Path, layout: str, capsys: pytest.CaptureFixture) -> None:
    text, pdf, figures = compared(path, layout)
    with capsys.disabled():
        print(f"\n{path.name[:3]} {layout}: " + ", ".join(f"{k} {r:.3f}/{p:.3f}" for k, (r, p) in figures.items()))
    assert pdf.header.number == text.header.number
    assert pdf.header.issued_on == text.header.issued_on
    assert {name: pair for name, pair in figures.items() if min(pair) < ENOUGH[name]} == {}


@needs_soffice
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_document_of_our_own_saved_as_pdf_reads_the_same(path: Path, layout: str) -> None:
    text, pdf, figures = compared(path, layout)
    for field in (
        "number",
        "issued_on",
        "type",
        "issuer",
        "place",
        "title",
        "signer_name",
        "signer_title",
        "recipients",
    ):
        assert getattr(pdf.header, field) == getattr(text.header, field), field
    assert {name: pair for name, pair in figures.items() if min(pair) < ENOUGH[name]} == {}
