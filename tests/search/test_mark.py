"""Excerpts and highlights, by offsets on the text as printed."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.letters import nfc
from search.mark import WINDOW, Wanted, excerpt, highlight, wanted
from search.query import parse, plan


class Vocabulary:
    """Every word is known; the ones named are common."""

    total = 100

    def __init__(self, *common: str) -> None:
        self.common = common

    def words(self, token):
        return 90 if token in self.common else 2

    def marks(self, token):
        return 2

    def marks_from(self, prefix):
        return []

    def numbers_from(self, prefix):
        return []


def asked(raw: str, *common: str) -> Wanted:
    return wanted(plan(parse(raw), Vocabulary(*common)))


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("thu vien so", "Thư viện số của trường", "<mark>Thư viện số</mark> của trường"),
        (
            "TTKDTM",
            "bằng thanh toán không dùng tiền mặt.",
            "bằng <mark>thanh toán không dùng tiền mặt</mark>.",
        ),
        ("thanh toán không dùng tiền mặt", "qua TTKDTM;", "qua <mark>TTKDTM</mark>;"),
        ("65%", "ít nhất 65 % và 65 lớp", "ít nhất <mark>65 %</mark> và 65 lớp"),
        ("hoà", "hòa bình", "<mark>hòa</mark> bình"),
        ("thư viện", "<b>thư viện</b> & sách", "&lt;b&gt;<mark>thư viện</mark>&lt;/b&gt; &amp; sách"),
        ("thư viện", "không có gì", "không có gì"),
        ("thư viện", "", ""),
    ],
)
def test_what_was_found_is_marked_as_printed(question, text, shown):
    assert excerpt(text, asked(question)).to_html() == shown


def test_a_common_word_alone_is_not_marked():
    marks = asked("số hoá văn bằng", "so")
    assert highlight("số 5, văn bằng", marks).to_html() == "số 5, <mark>văn bằng</mark>"


def test_beside_the_whole_its_parts_are_not_marked_alone():
    shown = highlight("chỉ số của cơ sở về chuyển đổi số", asked("chuyen doi so")).to_html()
    assert shown == "chỉ số của cơ sở về <mark>chuyển đổi số</mark>"


def test_a_lone_word_with_another_mark_is_not_the_word_that_was_typed():
    assert highlight("còn đủ", asked("nguyễn du")).to_html() == "còn đủ"
    assert highlight("còn đủ", asked("nguyen du")).to_html() == "còn <mark>đủ</mark>"


def test_the_window_is_where_the_words_are():
    filler = "Một câu không liên quan đến điều cần tìm. " * 30
    found = excerpt(filler + "Thư viện thông minh mở cửa. " + filler, asked("thu vien thong minh"))
    assert "<mark>Thư viện thông minh</mark>" in found.to_html()
    assert found.plain.startswith("… Thư viện")
    assert found.plain.endswith(" …")
    assert len(found.plain.split()) <= WINDOW + 2


@given(
    st.text(alphabet="aăđ thư viện65%<>&\"'/\n.KHPGDĐT", max_size=400),
    st.text(alphabet='thư viện65% KH/PGDĐT"-', max_size=40),
)
def test_marks_never_break_escaping_and_never_lose_text(text, question):
    text = nfc(text)
    marks = asked(question)
    whole = highlight(text, marks)
    assert "".join(piece for piece, _ in whole.segments) == text
    for found in (whole, excerpt(text, marks)):
        bare = re.sub(r"</?mark>", "", found.to_html())
        assert "<" not in bare
        assert html.unescape(bare) == found.plain
        assert found.to_html().count("<mark>") == found.to_html().count("</mark>")
        assert all(found.start <= a < b <= found.end <= len(text) for a, b in found.spans)
        assert all(one[1] <= two[0] for one, two in zip(found.spans, found.spans[1:], strict=False))
