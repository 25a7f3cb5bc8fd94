"""What staff judge comes out in the file ``search_eval`` reads."""

import csv
import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from search.evaluate import read_judgements
from search.learning import judging
from search.learning.judging import Agreement, agreement, as_csv, judgeable, judged, queue, save, shuffled
from search.models import Judgement, SearchDay
from tests.factories import UserFactory, member

LETTER, PLAN = "/van-ban/396-gddt-cntt/", "/van-ban/12-kh-pgddt/"


@pytest.fixture
def judge(office):
    return member(office["own"])


@pytest.fixture
def desk(site, judge, signed_in):
    return signed_in(judge)


def test_what_is_judged_comes_from_both_orders_and_once(site):
    assert {hit.record.url for hit in judging.pool("thực hiện")} == {LETTER, PLAN}


def test_the_order_says_nothing_of_the_rank_and_stays_a_judges_own():
    hits = [SimpleNamespace(record=SimpleNamespace(url=f"/{i}/")) for i in range(12)]
    urls = lambda ordered: [hit.record.url for hit in ordered]  # noqa: E731
    mine = urls(shuffled(hits, "k", 1))
    assert mine == urls(shuffled(hits[::-1], "k", 1))
    assert mine != urls(shuffled(hits, "k", 2))
    assert mine != urls(shuffled(hits, "l", 1))
    assert sorted(mine) == sorted(urls(hits))


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ([], Agreement(0, 0, 0)),
        ([[3]], Agreement(0, 0, 0)),
        ([[3, 3], [2, 3], [0, 2], [1]], Agreement(3, 1, 2)),
        ([[3, 3, 2]], Agreement(1, 0, 1)),
    ],
)
def test_agreement_counts_what_several_graded(grades, expected):
    assert agreement(grades) == expected


def test_grades_are_saved_per_judge_and_changed_not_doubled(judge):
    save("thư viện", {LETTER: (3, "Thư"), PLAN: (0, "Kế hoạch")}, judge)
    save("Thu vien", {LETTER: (2, "Thư")}, judge)
    save("thư viện", {LETTER: (1, "Thư")}, UserFactory())
    assert Judgement.objects.count() == 3
    (item,) = judged()
    assert (item.judges, sorted(item.grades[LETTER])) == (2, [1, 2])
    assert item.settled == {LETTER: 1, PLAN: 0}


def test_that_nothing_answers_and_that_something_does_exclude_each_other(judge):
    save("học bạ", {PLAN: (2, "")}, judge)
    save("học bạ", {judging.NOTHING: (0, "")}, judge)
    assert [row.grade for row in Judgement.objects.all()] == [0]
    save("học bạ", {PLAN: (1, "")}, judge)
    assert [(row.doc, row.grade) for row in Judgement.objects.all()] == [(PLAN, 1)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("=HYPERLINK(1)", "HYPERLINK(1)"), ("@tệp", "tệp"), ("+a", "a"), ("  thư \n viện ", "thư viện"), ("-a b", "-a b")],
)
def test_a_question_is_one_line_no_spreadsheet_runs(typed, kept):
    assert judgeable(typed) == kept


@given(st.text(max_size=200))
def test_no_line_of_the_file_begins_like_a_formula(text):
    item = judging.Judged(judgeable(text) or "a", {"/x/": [2]}, {}, 1)
    row = list(csv.reader(io.StringIO(as_csv([item]))))[1]
    assert row[0][:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_the_file_goes_through_search_eval(site, judge, tmp_path):
    save("thư viện", {LETTER: (3, "x"), PLAN: (0, "x")}, judge)
    save("sổ liên lạc", {PLAN: (2, "x")}, judge)
    save('"không có", thật', {judging.NOTHING: (0, "")}, judge)
    save("chưa rõ", {PLAN: (0, "x")}, judge)
    path = tmp_path / "judged.csv"
    path.write_text(as_csv(judged()), encoding="utf-8")
    assert read_judgements(path) == {
        "thư viện": {LETTER: 3, PLAN: 0},
        "sổ liên lạc": {PLAN: 2},
        '"không có", thật': {},
    }
    out = io.StringIO()
    call_command("search_eval", str(path), "--json", stdout=out)
    figures = json.loads(out.getvalue())
    assert (figures["n"], figures["mrr10"], figures["recall10"]) == (3, 1.0, 1.0)


def test_the_most_asked_wait_and_what_she_has_judged_does_not(site, judge, django_assert_num_queries):
    for key, times in (("thu vien", 5), ("hoc phi", 9), ("hoc ba", 7), ("", 99)):
        SearchDay.objects.create(day=localdate(), key=key, text=key, engine="tantivy", asked=times)
    save("học phí", {PLAN: (1, "")}, judge)
    for _ in range(2):
        save("hoc ba", {PLAN: (1, "")}, UserFactory())
    with django_assert_num_queries(3):
        found = queue(judge)
    assert [(item.text, item.asked, item.judges) for item in found] == [("thu vien", 5, 0), ("hoc ba", 7, 2)]


def test_judging_works_as_a_plain_form(desk, judge):
    page = desk.get(reverse("search_judge"), {"q": "thực hiện"})
    numbers = {row["hit"].record.url: row["number"] for row in page.context["rows"]}
    data = {"q": "thực hiện"}
    for url, number in numbers.items():
        data |= {f"doc-{number}": url, f"grade-{number}": "3" if url == PLAN else "1"}
    assert desk.post(reverse("search_judge"), data).status_code == 302
    assert {row.doc: row.grade for row in Judgement.objects.filter(judge=judge)} == {PLAN: 3, LETTER: 1}
    again = desk.get(reverse("search_judge"), {"q": "thực hiện"}).content.decode()
    assert again.count(" checked") == 2


@pytest.mark.parametrize(
    "data",
    [
        {"doc-0": "/nirgends/", "grade-0": "3"},
        {"doc-0": PLAN, "grade-0": "7"},
        {"doc-0": PLAN, "grade-0": ""},
        {"grade-0": "3"},
        {"grade-x": "3", "doc-x": PLAN},
        {},
    ],
    ids=["what was not shown", "no such grade", "no grade", "no address", "no number", "nothing"],
)
def test_only_what_was_shown_is_graded(desk, data):
    assert desk.post(reverse("search_judge"), {"q": "thực hiện"} | data).status_code == 302
    assert not Judgement.objects.exists()


def test_nothing_answers_contradicts_a_good_grade(desk):
    data = {"q": "thực hiện", "doc-0": PLAN, "grade-0": "3", "nothing": "1"}
    assert desk.post(reverse("search_judge"), data).status_code == 302
    assert not Judgement.objects.exists()
    desk.post(reverse("search_judge"), {"q": "thực hiện", "nothing": "1"})
    assert Judgement.objects.get().doc == ""


@pytest.mark.parametrize("q", ["", "   ", "?!", "0912345678", "a" * 5_000, "\x00", '"'])
def test_any_question_can_be_given(desk, q):
    assert desk.get(reverse("search_judge"), {"q": q}).status_code in (200, 302)
    assert desk.post(reverse("search_judge"), {"q": q}).status_code == 302
    assert not Judgement.objects.exists()


def test_the_file_is_downloaded_without_a_word_of_who_judged(desk, judge):
    save("thư viện", {LETTER: (3, "x")}, judge)
    response = desk.get(reverse("search_judgements_export"))
    assert response.content.decode() == f"query,class,doc,anchor,grade\nthư viện,judged,{LETTER},,3\n"
    assert desk.get(reverse("search_judge_queue")).status_code == 200
