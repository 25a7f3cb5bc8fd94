"""The analysis: words with offsets, pairs, and what is recognised over them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.concepts import ConceptError, concepts, load
from search.letters import fold_word, nfc
from search.text import analyse, analysis_stamp, bigrams, tokens

VIETNAMESE = st.text(alphabet="aàảbcdđeêghiklmnoôơpqrstuưvxyAĐÊ 0123456789/%&-.,\"'<>\n\u0301\u00ad")


def marks(text: str, kind: str) -> list[str]:
    return [mark.token for mark in analyse(nfc(text)).marks if mark.kind == kind]


def test_words_carry_both_channels_and_their_place():
    text = "Số hoá, thư viện"
    found = tokens(text)
    assert [(t.fold, t.acc) for t in found] == [
        ("so", "sôs"),
        ("hoa", "hoas"),
        ("thu", "thư"),
        ("vien", "viênj"),
    ]
    assert [text[t.start : t.end] for t in found] == ["Số", "hoá", "thư", "viện"]


def test_pairs_are_neighbours():
    assert bigrams(["a", "b", "c"]) == ("a_b", "b_c")
    assert bigrams(["a"]) == ()


@given(st.one_of(st.text(), VIETNAMESE))
def test_offsets_always_slice_the_original(text):
    text = nfc(text)
    analysis = analyse(text)
    last = 0
    for token in analysis.tokens:
        assert last <= token.start < token.end <= len(text)
        assert fold_word(text[token.start : token.end][:64]) == token.fold
        last = token.end
    for mark in analysis.marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert 0 <= mark.first <= mark.last < len(analysis.tokens)


@pytest.mark.parametrize(
    "text",
    ["TTKDTM", "ttkdtm", "thanh toán không dùng tiền mặt", "Thanh toan khong dung tien mat"],
)
def test_an_abbreviation_and_its_words_are_one_concept(text):
    assert marks(text, "concept") == ["@ttkdtm"]


def test_a_concept_covers_its_whole_phrase():
    text = "phương thức thanh toán không dùng tiền mặt."
    (mark,) = [mark for mark in analyse(text).marks if mark.kind == "concept"]
    assert text[mark.start : mark.end] == "thanh toán không dùng tiền mặt"


@pytest.mark.parametrize(
    "text", ["PGDĐT", "PGD&ĐT", "PGD-ĐT", "PGD ĐT", "Phòng GDĐT", "Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"]
)
def test_all_spellings_of_the_education_office_agree(text):
    assert "@phonggd" in marks(text, "concept")


def test_a_one_way_spelling_is_asked_and_not_indexed():
    analysis = analyse("bố mẹ")
    assert [(mark.kind, mark.token) for mark in analysis.marks] == [("hint", "@cmhs")]
    assert analysis.indexed_marks == ()
    assert analyse("phụ huynh học sinh").indexed_marks[0] == "@cmhs"


def test_capitals_tell_ai_from_who():
    assert marks("ứng dụng AI", "concept") == ["@ai"]
    assert marks("ai cũng học", "concept") == []


def test_a_nested_concept_is_not_hidden():
    assert set(marks("công nghệ thông tin và truyền thông", "concept")) == {"@cntttt", "@cntt"}


def test_every_form_of_every_concept_says_its_concept():
    for forms in concepts().forms.values():
        for form in forms:
            text = " ".join(form.words)
            found = analyse(text.upper() if form.upper else text).marks
            kind = "hint" if form.one_way else "concept"
            assert (kind, f"@{form.concept}") in {(mark.kind, mark.token) for mark in found}, form


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('a: {forms: ["một hai"], note: x}\nb: {forms: ["mot hai"], note: x}', "already belongs to a"),
        ('a: {forms: ["một"], note: x}\nb: {forms: ["hai"], from: ["Mốt"], note: x}', "already belongs to a"),
        ('a: {forms: ["một"]}', "a note"),
        ('a: {note: "x"}', "has forms"),
        ('a: {forms: ["một"], note: x, also: ["hai"]}', "has forms"),
        ('a: {forms: ["&"], note: x}', "no letters"),
    ],
)
def test_the_loader_refuses_what_would_swallow_or_confuse(lines, says):
    with pytest.raises(ConceptError, match=says):
        load(lines)


def test_the_stamp_changes_with_the_concepts():
    assert analysis_stamp().endswith(concepts().digest)
    assert load('a: {forms: ["một"], note: x}').digest != load('a: {forms: ["hai"], note: x}').digest
