"""Which questions ask what a word means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.intent import LONGEST, defined, openings


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Học liệu số là gì?", "hoc lieu so"),
        ("hoc lieu so la gi", "hoc lieu so"),
        ("Định nghĩa của “người học”", "nguoi hoc"),
        ("khái niệm học liệu mở", "hoc lieu mo"),
        ("thế nào là trường học an toàn", "truong hoc an toan"),
        ("Theo Luật Thư viện 2019, sách quý hiếm được hiểu như thế nào?", "sach qui hiem"),
        ("Theo Luật Thư viện 2019 sách quý hiếm được hiểu là gì và bao gồm những gì?", "sach qui hiem"),
        ("EDX là viết tắt của từ gì", "edx"),
    ],
)
def test_what_is_asked_is_read(question, asked):
    assert defined(question)[0] == tuple(asked.split())


@pytest.mark.parametrize(
    "question",
    [
        "học liệu số", "là gì", "trường nào chủ trì", "bao nhiêu phần trăm", "", "?", "lớp học là nơi gặp nhau",
        "định nghĩa của " + "rất " * 20,
    ],
)  # fmt: skip
def test_other_questions_are_left(question):
    assert defined(question) == ()


def test_a_concept_is_asked_under_all_its_names():
    asked = defined("CNTT là gì")
    assert {("cntt",), ("cong", "nghe", "thong", "tin")} <= set(asked)
    assert ("cong", "nghe", "thong", "tin", "la") in openings(asked)


@given(st.one_of(st.text(), st.text(alphabet="theo luật,là gì định nghĩa 2019?“” ", max_size=200)))
def test_any_text_can_be_asked(text):
    assert all(0 < len(words) <= max(LONGEST, 12) for words in defined(text))
