"""The order of results, and its reasons."""

from dataclasses import replace

from search.engines.base import Record
from search.explain import REASONS, reasons
from search.mark import Excerpt
from search.query import parse
from search.question import Group, Plan
from search.rank import CAP, HOMOGRAPH, Candidate, rank, signals
from search.service import Hit

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


def test_having_every_word_outweighs_repeating_one():
    assert keys(rank(TWO, [Candidate("a", 10.0, cover=0.3), Candidate("b", 9.0, cover=0.9)])) == ["b", "a"]


def test_a_passage_that_answers_what_a_word_means_is_preferred():
    found = rank(TWO, [Candidate("a", 10.0), Candidate("b", 7.0, defines=True)])
    assert keys(found) == ["b", "a"]
    assert found[0].signals == (("defines", 0.8),)


def test_what_is_known_beside_the_words_nudges():
    plain = Candidate("b", 10.0)
    assert keys(rank(TWO, [plain, Candidate("c", 10.0, recent=1.0)])) == ["c", "b"]
    assert keys(rank(TWO, [plain, Candidate("c", 10.0, cited=0.5)])) == ["c", "b"]
    assert keys(rank(TWO, [Candidate("a", 10.0, out_of_force=True), plain])) == ["b", "a"]


def test_what_is_out_of_force_is_still_first_by_its_number():
    (first, _) = rank(TWO, [Candidate("a", 10.0, out_of_force=True, number=3), Candidate("b", 99.0)])
    assert (first.key, first.signals) == ("a", ())


def hit(signals, number=0) -> Hit:
    return Hit(Record("a", "document", "A", "/a/"), Excerpt("A", 0, 1, ()), "/a/", (), 1.0, signals, number)


def test_every_signal_is_explained():
    everything = Candidate(
        "a", 1.0, accents=1.0, together=True, in_title=True, defines=True, recent=1.0, cited=1.0, out_of_force=True
    )
    told = dict(signals(TWO, everything)) | dict(signals(TWO, Candidate("a", 1.0, exact_title=True)))
    assert {*told, "homograph"} == set(REASONS)
    told["homograph"] = HOMOGRAPH
    hit = Hit(
        Record("a", "document", "A", "/a/"), Excerpt("A", 0, 1, ()), "/a/", (), 1.0, tuple(told.items()), number=3
    )
    assert len(reasons(hit, TWO)) == len(REASONS) + 1


def test_other_marks_than_those_typed_stand_below_whatever_else_speaks_for_them():
    typed = replace(TWO, words=(("chi", 1.0), ("tieu", 1.0)), accents=("chir", "tiêu"))
    other = Candidate("other", 9.0, together=True, exact_title=True, accents=0.5)
    right = Candidate("right", 3.0, together=True, accents=1.0)
    assert [item.key for item in rank(typed, [other, right])] == ["right", "other"]
    assert dict(rank(typed, [other, right])[1].signals) == {"homograph": HOMOGRAPH}
    assert dict(rank(typed, [other])[0].signals).get("homograph") is None, "nothing here is written as typed"
    long = replace(typed, words=tuple((f"w{i}", 1.0) for i in range(4)))
    assert rank(long, [other, right])[0].key == "other", "of a long question hardly any passage has all the words"


def test_what_hardly_counted_is_not_mentioned():
    (why,) = reasons(hit((("recent", 0.01),)), TWO)
    assert (why,) == reasons(hit(()), TWO)
