"""The report says what was asked in vain, poorly or slowly, and what can be done about it."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cms.people.enums import Role
from search.learning.figures import COUNTS, WITHIN, Asked, bound_within
from search.learning.report import chosen, summed
from search.models import SearchDay
from tests.factories import member


def asked(**counts):
    values = dict.fromkeys(COUNTS, 0) | {"asked": 10, "within_10": 10, "clicked_1": 5} | counts
    return Asked("k", "k", values, 9, 3)


@pytest.mark.parametrize(
    ("counts", "empty", "poor"),
    [
        ({}, False, False),
        ({"empty": 10, "clicked_1": 0}, True, False),
        ({"empty": 1}, True, False),
        ({"few": 1}, False, True),
        ({"dropped": 1}, False, True),
        ({"respelt": 1}, False, True),
        ({"clicked_1": 0}, False, True),
        ({"asked": 4, "clicked_1": 0}, False, False),
        ({"clicked_1": 1, "clicked_10": 2}, False, True),
        ({"clicked_1": 2, "clicked_more": 2}, False, False),
    ],
    ids=["fine", "always empty", "once empty", "few", "dropped", "respelt", "ignored", "ignored, but seldom asked",
         "far", "half far"],
)  # fmt: skip
def test_what_is_empty_and_what_is_poor(counts, empty, poor):
    assert (asked(**counts).is_empty, asked(**counts).is_poor) == (empty, poor)


@pytest.mark.parametrize(
    ("buckets", "half", "most"),
    [
        ([0, 0, 0, 0, 0], None, None),
        ([10, 0, 0, 0, 0], 10, 10),
        ([18, 1, 1, 0, 0], 10, 50),
        ([10, 10, 0, 0, 0], 10, 50),
        ([0, 0, 0, 1, 19], None, None),
        ([1, 0, 0, 99, 0], 1000, 1000),
    ],
)
def test_the_bound_below_which_a_share_of_the_answers_lies(buckets, half, most):
    assert len(buckets) == len(WITHIN)
    assert (bound_within(buckets, 0.5), bound_within(buckets, 0.95)) == (half, most)


@pytest.fixture
def rows(db):
    today = localdate()
    base = {"engine": "tantivy", "day": today}
    SearchDay.objects.create(key="hoc ba", text="học bạ", asked=6, empty=6, within_10=6, **base)
    SearchDay.objects.create(key="thu vien", text="thư viện", asked=20, clicked_1=9, within_10=20, **base)
    SearchDay.objects.create(key="cham", text="chậm", asked=3, clicked_1=3, beyond=2, within_10=1, slowest=4200, **base)
    SearchDay.objects.create(key="=cong", text="=cộng", asked=1, few=1, within_10=1, **base)
    SearchDay.objects.create(key="", asked=4, within_10=4, **base)
    SearchDay.objects.create(
        key="thu vien", text="thu vien", asked=2, within_10=2, engine="tantivy", day=today - timedelta(days=40)
    )


def test_a_question_is_summed_over_days_in_one_statement(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = {item.key: item for item in summed(SearchDay.objects.all())}
    assert found["thu vien"].asked == 22
    assert found["thu vien"].text == "thư viện"
    assert "" not in found


def test_the_worst_stand_first(rows):
    every = summed(SearchDay.objects.all())
    assert [item.key for item in chosen(every, "")] == ["thu vien", "hoc ba", "cham", "=cong"]
    assert [item.key for item in chosen(every, "empty")] == ["hoc ba"]
    assert [item.key for item in chosen(every, "poor")] == ["=cong"]
    assert [item.key for item in chosen(every, "slow")] == ["cham"]


@pytest.fixture
def desk(office, signed_in):
    return signed_in(member(office["own"], Role.OFFICE_ADMIN))


def test_the_report_shows_filters_and_links(rows, desk, django_assert_max_num_queries):
    desk.get(reverse("search_report"))
    with django_assert_max_num_queries(40):  # However many rows: rights are asked once.
        page = desk.get(reverse("search_report")).content.decode()
    assert "học bạ" in page
    assert f"{reverse('search_explain')}?q=h%E1%BB%8Dc+b%E1%BA%A1" in page
    assert f"{reverse('search_judge')}?q=" in page
    assert f"{reverse('wagtailsnippets_search_promotedresult:add')}?queries=" in page
    one = desk.get(reverse("search_report"), {"trouble": "slow", "period": "7"}).content.decode()
    assert "chậm" in one
    assert "học bạ" not in one
    assert desk.get(reverse("search_report_results"), {"trouble": "empty"}).status_code == 200
    assert desk.get(reverse("search_report"), {"trouble": "nonsense", "period": "-1", "p": "99"}).status_code == 200


def test_the_period_counts_days(rows, desk):
    response = desk.get(reverse("search_report"), {"period": "30"})
    assert {row.text: row.asked for row in response.context["object_list"]}["thư viện"] == 20
    assert response.context["totals"]["unkept"] == 4


def test_the_export_is_what_is_shown_and_runs_in_no_spreadsheet(rows, desk):
    response = desk.get(reverse("search_report"), {"export": "csv"})
    table = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert len(table) == 5
    assert "'=cộng" in {row[0] for row in table}
    book = desk.get(reverse("search_report"), {"export": "xlsx", "trouble": "empty"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert [cell.value for cell in sheet["A"]][1:] == ["học bạ"]


def test_an_empty_log_is_a_page(desk):
    assert desk.get(reverse("search_report")).status_code == 200


def test_a_question_of_the_report_fills_the_promotion(desk):
    page = desk.get(reverse("wagtailsnippets_search_promotedresult:add"), {"queries": "học bạ số"}).content.decode()
    assert "học bạ số" in page


def test_the_raw_counts_can_be_read_and_not_changed(rows, desk):
    row = SearchDay.objects.get(key="hoc ba")
    address = "/admin/tim-kiem/nhat-ky/"
    assert "học bạ" in desk.get(address).content.decode()
    assert desk.get(f"{address}inspect/{row.pk}/").status_code == 200
    for action in (f"edit/{row.pk}/", f"delete/{row.pk}/", "create/"):
        assert desk.post(f"{address}{action}", {}).status_code in (302, 403, 404)
    assert SearchDay.objects.filter(pk=row.pk, asked=6).exists()


def test_the_report_asks_no_more_for_more_rows(rows, desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.get(reverse("search_report"))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("search_report"))
    for i in range(30):
        SearchDay.objects.create(day=localdate(), key=f"k {i}", text=f"k {i}", engine="tantivy", asked=1, within_10=1)
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse("search_report"))
