"""Lines become counts: once, whatever happens; and five visitors are five."""

from datetime import date

import pytest

from search.learning import fold as folding
from search.learning import spool
from search.learning.fold import count, fold, note_visitor
from search.learning.log import folder
from search.models import FoldedSpool, PastQuery, SearchDay

pytestmark = pytest.mark.django_db


def asked(key="thu vien", text="thư viện", day="2026-11-18", **more):
    return {"t": "s", "d": day, "k": key, "q": text, "e": "tantivy", "n": 3, "x": 0, "r": 0, "i": 0, "m": 5.0} | more


def opened(rank, drawn, key="thu vien", day="2026-11-18"):
    return {"t": "c", "d": day, "k": key, "e": "tantivy", "p": rank, "z": drawn}


def test_questions_are_counted_by_day_words_and_engine():
    count([
        asked(), asked(text="Thu vien", n=0, m=30), asked(n=1, x=1, m=150), asked(r=1, m=900), asked(i=1, m=4000),
        asked(day="2026-11-19"), asked(e="elasticsearch"), asked(key="hoc phi", text="học phí"),
    ])  # fmt: skip
    assert SearchDay.objects.count() == 4
    row = SearchDay.objects.get(day=date(2026, 11, 18), key="thu vien", engine="tantivy")
    assert (row.text, row.asked, row.empty, row.few, row.dropped) == ("thư viện", 5, 1, 1, 1)
    assert (row.respelt, row.stood_in) == (1, 1)
    assert (row.within_10, row.within_50, row.within_200, row.within_1000, row.beyond) == (1, 1, 1, 1, 1)
    assert row.slowest == 4000


def test_counts_are_added_to_those_of_the_day():
    count([asked()])
    count([asked(), opened(1, "a")])
    row = SearchDay.objects.get()
    assert (row.asked, row.clicked_1) == (2, 1)


def test_clicks_are_counted_by_rank_and_never_exceed_the_questions():
    count([asked() for _ in range(5)])
    count([opened(1, "a"), opened(4, "b"), opened(9, "c"), opened(30, "d"), opened(2, "d"), opened(2, "e")])
    row = SearchDay.objects.get()
    assert (row.clicked_1, row.clicked_5, row.clicked_10, row.clicked_more) == (1, 2, 1, 1)
    count([opened(1, f"x{i}") for i in range(50)])
    row.refresh_from_db()
    assert row.clicked_1 + row.clicked_5 + row.clicked_10 + row.clicked_more == 5


def test_a_click_on_a_question_nobody_asked_is_nothing():
    count([opened(1, "a")])
    assert not SearchDay.objects.exists()


def test_the_words_of_what_is_not_kept_are_nowhere():
    count([asked(key="", text="")])
    row = SearchDay.objects.get()
    assert (row.key, row.text, row.asked) == ("", "", 1)


@pytest.mark.parametrize(
    "junk",
    [{}, {"t": "s"}, asked(day="hôm nay"), asked(n="nhiều"), asked(m=None), {"t": "c", "d": "2026-11-18"}],
)
def test_a_line_that_is_not_what_it_should_be_is_left_out(junk):
    count([junk, asked()])
    assert SearchDay.objects.get().asked == 1


def test_who_fills_the_log_is_counted_without_words(monkeypatch):
    monkeypatch.setattr(folding, "MOST_KEYS", 3)
    count([asked(key=f"k {i}", text=f"k {i}") for i in range(10)])
    assert SearchDay.objects.count() == 4
    assert SearchDay.objects.get(key="").asked == 7
    count([asked(key="k 0", text="k 0"), asked(key="k 99", text="k 99")])
    assert SearchDay.objects.get(key="k 0").asked == 2
    assert SearchDay.objects.get(key="").asked == 8


def test_a_file_is_counted_once_also_after_a_crash_behind_the_commit(monkeypatch):
    spool.add(folder(), asked())

    def killed(path):
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(spool, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            fold()
    assert SearchDay.objects.get().asked == 1
    assert FoldedSpool.objects.count() == 1
    spool.add(folder(), asked())
    assert fold() == 2
    assert SearchDay.objects.get().asked == 2
    assert not FoldedSpool.objects.exists()


def test_a_crash_before_the_commit_loses_nothing(monkeypatch):
    spool.add(folder(), asked())
    with monkeypatch.context() as crash:
        crash.setattr(folding, "_note_visitors", lambda searches: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fold()
    assert not SearchDay.objects.exists()
    fold()
    assert SearchDay.objects.get().asked == 1


def test_counting_thousands_takes_few_statements(django_assert_max_num_queries):
    count([asked(key=f"k {i}", text=f"k {i}") for i in range(5)])
    with django_assert_max_num_queries(12):
        count([asked(key=f"k {i % 5}", text="k") for i in range(2_000)])


def test_five_visitors_of_one_week_are_enough_and_then_no_mark_is_left():
    for mark in ("aaaa", "bbbb", "aaaa", "cccc", "dddd"):
        count([asked(v=mark)])
    row = PastQuery.objects.get()
    assert (row.reached_on, row.marks) == (None, ["aaaa", "bbbb", "cccc", "dddd"])
    count([asked(v="eeee", day="2026-11-20")])
    row.refresh_from_db()
    assert (row.reached_on, row.marks) == (date(2026, 11, 20), [])


def test_nothing_is_carried_over_from_one_week_to_the_next():
    row = PastQuery(key="thư viện")
    for mark in "abcd":
        note_visitor(row, date(2026, 11, 22), "thư viện", mark)
    note_visitor(row, date(2026, 11, 23), "thư viện", "e")
    assert (row.reached_on, row.marks) == (None, ["e"])


def test_each_spelling_needs_its_own_five_visitors():
    count(
        [asked(text="lớp lớn", key="lop lon", v=mark) for mark in "abcd"]
        + [asked(text="lớp lộn", key="lop lon", v="e")]
    )
    assert {row.text: len(row.marks) for row in PastQuery.objects.all()} == {"lớp lớn": 4, "lớp lộn": 1}


def test_questions_without_a_mark_are_nobodys():
    count([asked() for _ in range(20)])
    assert not PastQuery.objects.exists()
