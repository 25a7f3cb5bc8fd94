"""Our own rooms speak Vietnamese: every sentence of our Python and templates has a translation, and one only.

Django puts all catalogues into one and ours wins, so a msgid that Wagtail or Django uses with another meaning
needs a context here (``pgettext("administrative", "document")``: "văn bản", where Wagtail's "document" is
"tệp"). What the editing interface's catalogue says already is left to it. Pure: reads files only.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from tests.locale.test_wagtail_catalogue import (
    OTHER_WORDS,
    SOURCES,
    Key,
    catalogue,
    edges,
    forms,
    has_words,
    placeholders,
    sentences,
    translated,
    translation,
)
from tests.locale.test_wagtail_catalogue import OURS as INTERFACE

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "site" / "locale" / "minhbach" / "vi" / "LC_MESSAGES" / "django.po"
ROOMS = ("cms", "search", "media", "site", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
IN_VIETNAMESE_ALREADY = {"giai đoạn 2023 - 2025, năm học 2022 - 2023"}
"""Examples an English editor, too, must see as the document prints them."""


def python_like(path: Path) -> bytes:
    """The source as a Python tokenizer takes it; of a template only its translation calls are left."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    return source.encode()


@cache
def used() -> dict[Key, set[str]]:
    """(context, English) -> the files that say it."""
    found: dict[Key, set[str]] = defaultdict(set)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix not in {".py", ".html"} or "migrations" in path.parts:
                continue
            for _line, message, _comments, context in extract("python", BytesIO(python_like(path)), KEYWORDS):
                english = message if isinstance(message, str) else message[0]
                found[(context, english)].add(path.relative_to(ROOT).as_posix())
    return found


@cache
def elsewhere() -> dict[Key, set[str]]:
    """What the installed packages and the catalogue of the editing interface say in Vietnamese."""
    found: dict[Key, set[str]] = defaultdict(set)
    for source in SOURCES:
        if source.domain == "django":
            for key, vietnamese in source.effective().items():
                found[key].add(vietnamese)
    return found


def own() -> dict[Key, str]:
    return translated(OWN)


def test_the_source_is_really_read():
    assert len(used()) > 350
    files = set().union(*used().values())
    assert {f.split("/")[0] for f in files} == set(ROOMS)
    assert {None, "administrative", "ownership"} <= {context for context, _english in used()}
    assert "templates/documents/document_index_page.html" in used()[(None, "%(n)s document")]


def test_every_sentence_is_translated():
    missing = {key: files for key, files in used().items() if key not in own() and key not in elsewhere()}
    assert not missing


def test_the_catalogue_gathers_no_dust():
    assert not own().keys() - used().keys()


def test_the_catalogue_is_whole():
    """As a compiler would see it: complete, certain, one plural form, nothing it refuses."""
    entries = [message for message in catalogue(OWN) if message.id]
    assert str(catalogue(OWN).locale) == "vi"
    assert catalogue(OWN).num_plurals == 1
    assert not [m.id for m in entries if m.fuzzy or not translation(m).strip()]
    assert not [m.id for m in entries if edges(forms(m)[0]) != edges(translation(m))]
    assert not [(message.id, errors) for message, errors in catalogue(OWN).check()]


def test_no_sentence_stands_twice():
    """Read as text: a parser would silently keep the last one."""
    blocks = OWN.read_text(encoding="utf-8").split("\n\n")[1:]
    keys = Counter(re.sub(r"(?m)^#.*\n?", "", block).split("\nmsgstr")[0] for block in blocks)
    assert len(keys) == len(sentences(OWN))
    assert not [key for key, times in keys.items() if times > 1]


def test_translations_keep_the_placeholders():
    """Singular and plural may name different things; the one Vietnamese form follows either of them."""
    changed = [
        (english, own().get(key))
        for key, english in sentences(OWN).items()
        if placeholders(own().get(key, "")) not in [placeholders(form) for form in english]
    ]
    assert not changed


def test_nothing_is_left_in_english():
    long = {text for texts in sentences(OWN).values() for text in texts if len(text.split()) >= 3}
    assert not {vi for vi in own().values() if vi in long} - IN_VIETNAMESE_ALREADY
    same = {english for (_, english), vi in own().items() if vi == english and has_words(english)}
    assert not same - IN_VIETNAMESE_ALREADY


def test_the_interface_keeps_its_own_words():
    """Ours would win everywhere: a different translation here would change Wagtail's and Django's screens."""
    changed = {key: (vi, elsewhere()[key]) for key, vi in own().items() if vi not in elsewhere().get(key, {vi})}
    assert not changed


def test_what_the_interface_says_is_left_to_it():
    assert not own().keys() & translated(INTERFACE / "django.po").keys()


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("Official letter", "Công văn"),
        ("Scheme", "Đề án"),
        ("Regulation", "Quy chế"),
        ("Number and symbol", "Số, ký hiệu"),
        ("Issuer", "Cơ quan ban hành"),
        ("Legal basis", "Căn cứ"),
        ("Document mentioned", "Văn bản được nhắc đến"),
        ("Recipients", "Nơi nhận"),
        ("Title (trích yếu)", "Trích yếu"),
        ("Replaced", "Đã được thay thế"),
        ("Provisional figures", "Số liệu sơ bộ"),
        ("Data entry", "Người nhập số liệu"),
        ("Editor", "Biên tập viên"),
        ("Reviewing officer", "Chuyên viên thẩm định"),
        ("Publisher", "Người duyệt đăng"),
        ("Head of subject group", "Tổ trưởng chuyên môn"),
        ("Principal", "Hiệu trưởng"),
        ("Member of an assessment team", "Thành viên đoàn đánh giá"),
        ("Office administrator", "Quản trị đơn vị"),
        ("Operator", "Quản trị kỹ thuật"),
    ],
)
def test_agreed_terms(english: str, vietnamese: str):
    assert own()[(None, english)] == vietnamese


@pytest.mark.parametrize(
    ("context", "english", "ours", "theirs"),
    [
        ("administrative", "document", "văn bản", "tệp"),
        ("administrative", "Documents", "Văn bản", "Tệp"),
        ("ownership", "Public", "Công lập", "Công khai"),
        ("ownership", "Private", "Tư thục", "Hạn chế xem"),
    ],
)
def test_one_english_word_two_meanings(context: str, english: str, ours: str, theirs: str):
    assert own()[(context, english)] == ours
    assert elsewhere()[(None, english)] == {theirs}


@pytest.mark.parametrize("other", OTHER_WORDS)
def test_one_word_for_one_thing(other: str):
    assert not [english for (_, english), vietnamese in own().items() if other in vietnamese.lower()]
