"""The list that comes with the software knows what the documents abbreviate and how people write."""

import re
from pathlib import Path

import pytest
import yaml

from search import shorthand
from search.letters import fold_word, nfc, strip_marks
from search.query import parse, reread
from search.text import analyse
from tests.search.test_query import Words

GLOSSARY = Path(__file__).resolve().parents[3] / "shared" / "golden" / "glossary.yaml"

OTHERWISE = {
    "CT": "chủ tịch; but CT is chỉ thị, more often",
    "CV": "chuyên viên; but CV is công văn, more often",
    "KT": "names of divisions in one office’s list of recipients",
    "VX": "names of divisions in one office’s list of recipients",
    "TH (tổng hợp)": "TH is tiểu học, far more often",
    "TT (thứ tự)": "TT is thông tư; in a table’s head nobody asks for it",
    "THCVA": "the symbol of one school, which its organisation has as an alias",
    "CVA": "the symbol of one school, which its organisation has as an alias",
    "GD": "giáo dục; nearly every text has it, a mark would weigh all others down",
    "t/h": "thực hiện; nearly every text has it, a mark would weigh all others down",
    "th/h": "thực hiện; nearly every text has it, a mark would weigh all others down",
    "TP": "thành phố; nearly every text has it, a mark would weigh all others down",
}
"""Abbreviations that are no concept of ours, each with the reason."""


def abbreviations() -> list[tuple[str, str]]:
    if not GLOSSARY.is_file():
        return []
    rows = yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))["abbreviations"]
    found = []
    for row in rows:
        said = re.sub(r"\(.*?\)", "", row["abbr"])
        if row["expansion"]:
            found += [(nfc(short.strip()), nfc(row["expansion"])) for short in re.split(r"\s/\s|,\s", said)]
    return found


def asked(text: str) -> set[str]:
    """What a question with this text looks for."""
    return {mark.token for mark in analyse(text).marks if mark.kind in ("concept", "hint")}


@pytest.mark.skipif(not GLOSSARY.is_file(), reason="../shared/golden is not on this machine")
def test_every_abbreviation_of_the_glossary_is_found_by_either_form():
    """Typing the short form finds a text with the long one; the reasons for what is left out are written down."""
    missing = []
    for short, meaning in abbreviations():
        special = f"{short} ({'tổng hợp' if 'Tổng hợp' in meaning else 'thứ tự' if 'thứ tự' in meaning else ''})"
        if short in OTHERWISE or special in OTHERWISE:
            continue
        if not asked(short) & set(analyse(meaning).indexed_marks):
            missing.append((short, meaning))
    assert not missing


@pytest.mark.skipif(not GLOSSARY.is_file(), reason="../shared/golden is not on this machine")
def test_what_is_left_out_is_in_the_glossary():
    assert {name.partition(" (")[0] for name in OTHERWISE} <= {short for short, _ in abbreviations()}


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("CĐS", "chuyển đổi số"),
        ("cds trong giáo dục", "chuyển đổi số"),
        ("cấp 1", "tiểu học"),
        ("trường cấp 2", "trung học cơ sở"),
        ("cap 3", "trung học phổ thông"),
        ("cấp I", "tiểu học"),
        ("phụ huynh", "cha mẹ học sinh"),
        ("cha mẹ học sinh", "phụ huynh"),
        ("bố mẹ", "phụ huynh"),
        ("hs", "học sinh"),
        ("gv", "giáo viên"),
        ("đk học thêm", "đăng ký"),
        ("dk tuyen sinh", "đăng ký"),
        ("sgk lớp 6", "sách giáo khoa"),
        ("tkb", "thời khóa biểu"),
        ("hsg", "học sinh giỏi"),
        ("sđt nhà trường", "số điện thoại"),
    ],
)
def test_how_people_write_is_known(typed, means):
    whole = analyse(means)
    (wanted,) = {mark.token for mark in whole.marks if (mark.first, mark.last) == (0, len(whole.tokens) - 1)}
    assert wanted in asked(typed)
    assert wanted in asked(strip_marks(typed)) or typed.isupper() or "I" in typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("trường ko thu tiền", "trường không thu tiền"),
        ("TRƯỜNG KO THU TIỀN", "TRƯỜNG không THU TIỀN"),
        ("hs đc nghỉ ntn", "hs được nghỉ như thế nào"),
        ("khoong ddc thu tieenf vs ko", "không ddc thu tiền với không"),
    ],
)
def test_shortened_words_are_spelt_out_where_nothing_has_them(typed, read):
    known = Words(dict.fromkeys("truong khong thu tien hs duoc nghi nhu the nao voi".split(), 3))
    assert reread(parse(typed), known).read_as == read


def test_a_shortened_word_that_a_document_has_stays():
    assert reread(parse("ko"), Words({"ko": 1, "khong": 9})).read_as == ""
    assert reread(parse("ko"), Words({})).read_as == ""


def test_what_shortened_words_stand_for_is_written_in_full():
    for short, words in shorthand.SPELT_OUT.items():
        assert short == short.casefold()
        assert fold_word(short) not in {fold_word(word) for word in words.split()}
