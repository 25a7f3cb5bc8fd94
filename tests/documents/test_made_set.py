"""Made documents with known truth, in four forms, are read at least 95 % right by every measure."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cms.documents.pipeline import read
from tests.documents.docx.office import needs_soffice
from tests.documents.made_set.documents import DOCUMENTS
from tests.documents.made_set.measure import MEASURES, Score, measured
from tests.documents.made_set.office import converted
from tests.documents.made_set.scan import scanned_text
from tests.documents.made_set.spec import truth
from tests.documents.made_set.word import without_changes, word_file

ENOUGH = 0.95
FORMS = ("Word", "LibreOffice", "PDF", "text with OCR noise")
Scores = dict[tuple[str, str, str], Score]


@pytest.fixture(scope="session")
def scores() -> Scores:
    """(form, document, measure) -> how much of it was right."""
    word = {document.name: word_file(document) for document in DOCUMENTS}
    accepted = {document.name: word_file(without_changes(document)) for document in DOCUMENTS}
    files: dict[str, Mapping[str, bytes]] = {
        "Word": word,
        "LibreOffice": converted(word, "docx"),
        "PDF": converted(accepted, "pdf"),
        "text with OCR noise": {document.name: scanned_text(document) for document in DOCUMENTS},
    }
    suffixes = dict(zip(FORMS, ("docx", "docx", "pdf", "txt"), strict=True))
    found: Scores = {}
    for form in FORMS:
        for document in DOCUMENTS:
            reading = read(files[form][document.name], f"{document.name}.{suffixes[form]}")
            for measure, score in measured(truth(document), reading, noisy=form == FORMS[3]).items():
                found[form, document.name, measure] = score
    return found


def total(scores: Scores, measure: str, form: str = "") -> Score:
    """One measure over all documents, of one form or of all."""
    parts = [score for key, score in scores.items() if key[2] == measure and form in ("", key[0])]
    return sum(parts, Score(0, 0))


def table(scores: Scores) -> str:
    """Form by measure, and below every document that is not wholly right."""
    lines = [f"{'':22}" + "".join(f"{measure:>24}" for measure in MEASURES)]
    for form in (*FORMS, ""):
        row = [total(scores, measure, form) for measure in MEASURES]
        cells = "".join(f"{f'{one.right} / {one.of}  {one.share:6.1%}':>24}" for one in row)
        lines.append(f"{form or 'all forms':22}{cells}")
    for (form, name, measure), score in scores.items():
        if score.share < 1:
            lines.append(f"  {form}, {name}, {measure}: {score.right} / {score.of}  {score.share:.1%}")
            lines += [f"      {fault}" for fault in score.faults[:6]]
    return "\n".join(lines)


def test_there_are_enough_distinct_documents() -> None:
    assert len(DOCUMENTS) >= 30
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)
    assert len({(document.issuer, document.number, document.title) for document in DOCUMENTS}) == len(DOCUMENTS)
    assert len({document.kind for document in DOCUMENTS}) >= 10


@needs_soffice
def test_the_made_documents_are_read_right(scores: Scores) -> None:
    print(f"\n{len(DOCUMENTS)} made documents\n{table(scores)}")
    low = {
        (form or "all forms", measure): round(total(scores, measure, form).share, 4)
        for measure in MEASURES
        for form in (*FORMS, "")
        if total(scores, measure, form).share < ENOUGH
    }
    assert low == {}
