"""Reading a question and deciding what to ask."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_WORDS, minimum, parse, plan, relax
from search.question import Phrase

BAD = [
    "",
    " ",
    "-",
    "--",
    '"',
    '""',
    '"""',
    "*",
    "?",
    "AND",
    "OR NOT",
    "title:",
    "title:x",
    "[",
    "[a TO b]",
    "(",
    "\\",
    "\x00",
    "a\x00b",
    "\ud800",
    "~1 ^2",
    "+a -b",
    "%",
    "#",
    "@",
    "=",
    "₫ ② ﷺ",
    "٤٧٢٥/KH",
    "a" * 10_000,
    "số " * 4_000,
    "1/KH-" * 2_000,
    '"a ' * 3_000,
    "-a " * 3_000,
    "65%" * 3_000,
]


@dataclass
class Words:
    """A vocabulary written by hand."""

    counts: dict[str, int] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    total: int = 100

    def words(self, token):
        return self.counts.get(token, 0)

    def marks(self, token):
        return self.counts.get(token, 0)

    def marks_from(self, prefix):
        return [name for name in self.counts if name.startswith(prefix)]

    def numbers_from(self, prefix):
        return [key for key in self.own if key.startswith(prefix)]


class Everything(Words):
    def words(self, token):
        return 1

    marks = words


@pytest.mark.parametrize("raw", BAD, ids=lambda raw: ascii(raw[:12]))
def test_bad_questions_are_read_and_planned(raw):
    query = parse(raw)
    for vocab in (Words(), Everything()):
        chosen = plan(query, vocab)
        json.dumps(chosen.as_json())
        while chosen:
            chosen = relax(chosen)
    json.dumps(query.as_json())


@given(st.one_of(st.text(), st.text(alphabet='aàđ số0123/"-%&*KHPGDĐT.', max_size=60)))
def test_parse_never_raises(raw):
    plan(parse(raw), Everything())


def test_words_are_terms_and_a_concept_is_one():
    query = parse("thanh toan khong dung tien mat mien nui")
    assert [(term.kind, term.words[0], len(term.words)) for term in query.terms] == [
        ("concept", "thanh", 6),
        ("word", "mien", 1),
        ("word", "nui", 1),
    ]


@pytest.mark.parametrize("raw", ["số hoá sổ gốc", "so hoa so goc"])
def test_the_same_words_count_once_with_or_without_marks(raw):
    assert [term.words for term in parse(raw).terms] == [("so",), ("hoa",), ("goc",)]


def test_quoted_words_stand_together():
    query = parse('học phí "thư viện số" năm')
    assert [phrase.words for phrase in query.phrases] == [("thu", "vien", "so")]
    assert [term.words for term in query.terms] == [("hoc", "phi"), ("nam",)]
    assert "phi_thu" not in query.pairs


@pytest.mark.parametrize("raw", ['"thư viện', 'thư viện"', "thư “viện"])
def test_a_lonely_quotation_mark_means_nothing(raw):
    query = parse(raw)
    assert not query.phrases
    assert [term.words[0] for term in query.terms] == ["thu", "vien"]


def test_a_minus_before_a_word_leaves_it_out():
    query = parse('thư viện -số -"học phí"')
    assert [phrase.words for phrase in query.excluded] == [("hoc", "phi"), ("so",)]
    assert [term.words for term in query.terms] == [("thu",), ("vien",)]


@pytest.mark.parametrize("raw", ["giai đoạn 2023 - 2025", "2023 -2025", "CNTT-TT", "Lao động - Thương binh"])
def test_a_dash_between_words_excludes_nothing(raw):
    assert not parse(raw).excluded


def test_dashes_before_every_word_are_no_exclusions():
    query = parse("-thư -viện")
    assert query.words == ("thu", "vien")
    assert not query.excluded


def test_a_long_question_is_cut_and_says_so():
    query = parse(" ".join(f"từ{i}" for i in range(500)))
    assert query.truncated
    assert len(query.words) == MAX_WORDS
    assert not parse("thư viện").truncated


@pytest.mark.parametrize(("wanted", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (13, 4), (20, 6)])
def test_how_many_of_the_words_a_document_needs(wanted, needed):
    assert minimum(wanted) == needed


def test_a_number_is_its_own_first_then_mentioned():
    vocab = Words({"#12khpgddt": 2}, own=("12khpgddt", "12khpgddt2", "120khubnd"))
    chosen = plan(parse("12 kh pgd&đt"), vocab)
    assert chosen.numbers == (("12khpgddt", 3),)
    assert chosen.groups[0].marks == ("#12khpgddt",)
    assert chosen.unknown_numbers == ()


@pytest.mark.parametrize(
    ("raw", "numbers"),
    [
        ("số 12", (("12khpgddt", 2),)),
        ("12/KH", (("12khpgddt", 2),)),
        ("số 19", (("192017ttbgddt", 1),)),
        ("số 1", ()),
        ("19/2017/TT", (("192017ttbgddt", 2),)),
    ],
)
def test_the_beginning_of_a_number_finds_it(raw, numbers):
    vocab = Words(own=("12khpgddt", "192017ttbgddt", "1200khubnd"))
    assert plan(parse(raw), vocab).numbers == numbers


def test_a_number_nobody_has_is_told_and_the_other_words_are_searched():
    chosen = plan(parse("9999/KH-ABC thư viện"), Words({"thu": 3, "vien": 3}))
    assert chosen.unknown_numbers == ("9999/KH-ABC",)
    assert [group.label for group in chosen.groups] == ["thư", "viện"]


def test_a_word_nobody_has_is_dropped_and_told():
    chosen = plan(parse("xyz studio"), Words({"studio": 1}))
    assert chosen.dropped == ("xyz",)
    assert [group.label for group in chosen.groups] == ["studio"]


def test_when_no_word_is_known_nothing_is_dropped():
    chosen = plan(parse("xyz uvw"), Words())
    assert chosen.dropped == ()
    assert chosen.minimum == 2


def test_relaxing_gives_up_the_commonest_word_first():
    chosen = relax(plan(parse("phòng studio"), Words({"phong": 90, "studio": 1})))
    assert [group.label for group in chosen.groups] == ["studio"]
    assert chosen.dropped == ("phòng",)
    assert relax(chosen) is None


def test_what_stands_in_quotes_is_never_given_up():
    chosen = plan(parse('phòng "studio"'), Words({"phong": 90, "studio": 1}))
    weaker = relax(chosen)
    assert (weaker.groups, weaker.phrases, weaker.dropped) == ((), (Phrase("studio", ("studio",)),), ("phòng",))
    assert relax(weaker) is None


def test_a_percentage_must_be_that_percentage():
    chosen = plan(parse("65% TTKDTM"), Words({"65": 9, "65%": 1, "@ttkdtm": 2, "ttkdtm": 1}))
    assert [(group.words, group.marks) for group in chosen.groups] == [((), ("65%",)), ((), ("@ttkdtm",))]


def test_marks_typed_by_the_reader_are_remembered():
    vocab = Words({"so": 1, "hoa": 1})
    assert plan(parse("số hoá"), vocab).accents == ("sôs", "hoas")
    assert plan(parse("so hoa"), vocab).accents == ()


def test_a_word_in_more_documents_than_there_are_is_merely_common():
    """A cluster's index goes on changing between two requests."""
    chosen = plan(parse("thu vien"), Words({"thu": 150, "vien": 1}))
    assert dict(chosen.words)["vien"] > dict(chosen.words)["thu"] > 0


def test_a_number_in_quotes_is_a_number():
    for typed in ('"1937/KH-PGDĐT"', "“1937/KH-PGDĐT” học phí", 'kế hoạch "số 1937/KH-PGDĐT"'):
        query = parse(typed)
        assert not query.phrases
        assert "1937khpgddt" in {term.key for term in query.terms}
    assert parse('thư viện -"1937/KH-PGDĐT"').excluded
