"""The order of results, and its reasons."""

from search.query import parse
from search.question import Group, Plan
from search.rank import CAP, Candidate, rank, signals

TWO = Plan("a b", groups=(Group("a"), Group("b")), accents=("as",))


def keys(ranked) -> list[str]:
    return [item.key for item in ranked]


def test_the_better_text_comes_first_and_equals_by_key():
    found = rank(TWO, [Candidate("c", 1.0), Candidate("b", 2.0), Candidate("a", 1.0)])
    assert keys(found) == ["b", "a", "c"]


def test_the_asked_number_stands_before_everything():
    assert keys(rank(TWO, [Candidate("a", 99.0), Candidate("b", 1.0, number=3), Candidate("c", 5.0, number=1)])) == [
        "b",
        "c",
        "a",
    ]


def test_a_passage_counts():
    assert keys(rank(TWO, [Candidate("a", 2.0), Candidate("b", 2.0, passage=1.0)])) == ["b", "a"]


def test_signals_are_small_named_and_capped():
    everything = Candidate("a", 10.0, accents=1.0, together=True, in_title=True, exact_title=True)
    assert signals(TWO, everything) == (("exact_title", 0.5), ("together", 0.2), ("accents", 0.15))
    assert rank(TWO, [everything])[0].score == 10.0 * (1 + CAP)


def test_togetherness_says_nothing_of_one_word():
    assert signals(Plan("a", groups=(Group("a"),)), Candidate("a", 1.0, together=True)) == ()


def test_accents_count_only_when_the_reader_typed_them():
    assert signals(Plan("a"), Candidate("a", 1.0, accents=1.0)) == ()
    assert parse("so hoa").accents == ()
