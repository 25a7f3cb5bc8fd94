"""The source texts beside the repository, set in Word, give what the texts themselves give."""

from __future__ import annotations

from pathlib import Path

import pytest

from cms.documents.pipeline import Reading, read
from cms.documents.pipeline.extractors import extract
from search.text import strip_marks
from tests.documents.docx.office import needs_soffice, saved_by_libreoffice, set_in_word

SHARED = Path(__file__).resolve().parents[4] / "shared" / "seeds"
FILES = Path(__file__).resolve().parents[2] / "files"
SEEDS = sorted(SHARED.glob("*.txt")) if SHARED.exists() else []
OWN = [FILES / name for name in ("cong-van-gop-y.txt", "bao-cao-so-lien-lac.txt", "quyet-dinh-san-truong.txt")]


def shares(expected: list, given: list) -> tuple[float, float]:
    """Found of expected and right of given, as multisets."""
    left, right = list(given), 0
    for item in expected:
        if item in left:
            left.remove(item)
            right += 1
    return right / len(expected) if expected else 1.0, right / len(given) if given else 1.0


def headings(reading: Reading) -> list[tuple[int, str, str]]:
    return [(n.level, n.number, " ".join(strip_marks(n.text).split())) for n in reading.nodes if n.kind == "heading"]


def cells(reading: Reading) -> list[str]:
    return [cell for node in reading.nodes if node.kind == "table" for row in node.rows for cell in row]


def measured(path: Path, libreoffice: bool = False) -> tuple[Reading, Reading, dict[str, tuple[float, float]], int]:
    data = path.read_bytes()
    text = read(data, path.name)
    saved, automatic = set_in_word(extract(data, path.name).items)
    if libreoffice:
        saved = saved_by_libreoffice(saved)
    word = read(saved, f"{path.stem}.docx")
    return text, word, {
        "headings": shares(headings(text), headings(word)),
        "citations": shares([(c.key, c.kind) for c in text.citations], [(c.key, c.kind) for c in word.citations]),
        "cells": shares(cells(text), cells(word)),
    }, automatic  # fmt: skip


@pytest.mark.skipif(not SEEDS, reason="the source texts are not beside the repository (../shared/seeds)")
@pytest.mark.parametrize("libreoffice", [False, pytest.param(True, marks=needs_soffice)], ids=["word", "libreoffice"])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_a_source_text_set_in_word_is_read_as_the_text_is(
    path: Path, libreoffice: bool, capsys: pytest.CaptureFixture
) -> None:
    text, word, figures, automatic = measured(path, libreoffice)
    with capsys.disabled():
        told = ", ".join(f"{name} {found:.1%}/{right:.1%}" for name, (found, right) in figures.items())
        print(f"\n{path.stem[:3]}{' by LibreOffice' if libreoffice else ''}: {told}; {automatic} automatic numbers")
    assert automatic > 5
    for name in ("number", "type", "issued_on", "issuer", "title", "signer_name", "recipients"):
        assert getattr(word.header, name) == getattr(text.header, name), name
    assert min(share for pair in figures.values() for share in pair) >= 0.97, figures


@pytest.mark.parametrize("libreoffice", [False, pytest.param(True, marks=needs_soffice)], ids=["word", "libreoffice"])
@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_our_own_documents_set_in_word_are_read_as_their_text_is(path: Path, libreoffice: bool) -> None:
    text, word, figures, _automatic = measured(path, libreoffice)
    assert word.header.number == text.header.number
    assert word.header.title == text.header.title
    assert min(share for pair in figures.values() for share in pair) >= 0.97, figures
