"""An editor's concept is looked at before it is saved, and changes the stamp only when it says something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.concept_check import Problem, check
from search.concepts import CONCEPTS_FILE, ConceptError, Line, build, concepts, lines, using
from search.text import analyse, analysis_stamp
from tests.search.test_query import Words

FILE = lines(CONCEPTS_FILE.read_text(encoding="utf-8"))
CLUB = Line("vanthe", "arts club", ("CLB văn thể", "câu lạc bộ văn thể"), one_way=("đội văn nghệ",))


def problems(line: Line, vocab=None) -> set[tuple[Problem, str]]:
    return {(finding.problem, finding.other) for finding in check(line, FILE, vocab) if finding.refuses}


def test_a_good_line_has_nothing_against_it_but_what_stands_inside_it():
    findings = check(CLUB, FILE)
    assert {(f.problem, f.other) for f in findings} == {(Problem.CONTAINS, "clb")}
    assert not any(finding.refuses for finding in findings)


@pytest.mark.parametrize(
    ("line", "problem", "other"),
    [
        (Line("x", "n", ("chuyển đổi số",)), Problem.TAKEN, "cds"),
        (Line("x", "n", ("CHUYEN DOI SO",)), Problem.TAKEN, "cds"),
        (Line("x", "n", ("một hai ba",), one_way=("phụ huynh",)), Problem.TAKEN, "cmhs"),
        (Line("x", "n", ("PGD-ĐT",)), Problem.TAKEN, "phonggd"),
        (Line("x", "n", ("một hai",), one_way=("Mốt hai",)), Problem.BOTH_WAYS, ""),
        (Line("x", "n", ("12/KH-UBND",)), Problem.NUMBER, ""),
        (Line("x", "n", ("65%",)), Problem.NUMBER, ""),
        (Line("x", "n", ("&",)), Problem.EMPTY, ""),
        (Line("x", "n", ()), Problem.EMPTY, ""),
        (Line("x", " ", ("một hai",)), Problem.NOTE, ""),
        (Line("x", "n", ("nhà",)), Problem.COMMON, ""),
    ],
)
def test_what_would_swallow_or_confuse_is_refused(line, problem, other):
    assert (problem, other) in problems(line, Words({"nha": 60}, total=100))


def test_capitals_may_be_common_words():
    assert not problems(Line("x", "n", ("nhà an toàn",), upper=("NHA",)), Words({"nha": 60}, total=100))


def test_a_line_does_not_clash_with_its_former_self():
    (own,) = [line for line in FILE if line.name == "cds"]
    assert not [finding for finding in check(own, FILE) if finding.refuses]


def test_the_file_itself_has_nothing_against_it():
    for line in FILE:
        assert not [
            finding for finding in check(line, FILE) if finding.refuses and finding.problem != Problem.NUMBER
        ], line


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_what_passes_the_check_can_be_built(spellings):
    line = Line("x", "note", tuple(spellings))
    if not any(finding.refuses for finding in check(line, FILE)):
        build([*FILE, line])


def test_what_is_taken_cannot_be_built():
    with pytest.raises(ConceptError):
        build([*FILE, Line("x", "n", ("chuyển đổi số",))])


def test_the_stamp_says_what_was_said_not_in_what_order():
    assert build([*FILE, CLUB]).digest == build([CLUB, *reversed(FILE)]).digest
    assert build([*FILE, CLUB]).digest != build(FILE).digest
    noted = Line(CLUB.name, "another note", CLUB.forms, one_way=CLUB.one_way)
    assert build([*FILE, noted]).digest == build([*FILE, CLUB]).digest


def test_another_list_is_used_for_a_while_and_no_longer():
    before = analysis_stamp()
    with using(build([*FILE, CLUB])):
        assert analysis_stamp() != before
        assert "@vanthe" in analyse("câu lạc bộ văn thể").indexed_marks
        assert "@clb" in analyse("câu lạc bộ văn thể").indexed_marks
    assert analysis_stamp() == before
    assert "@vanthe" not in analyse("câu lạc bộ văn thể").indexed_marks
    assert concepts().digest == build(FILE).digest
