"""What others asked is offered when five have asked it, and while it finds something."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from search import registry, sync
from search.engines import engine
from search.learning import past, upkeep, visitors
from search.learning.fold import fold
from search.learning.log import folder
from search.models import PastQuery, SearchDay

from .conftest import BROWSER, URL


def offered(text, times=1, **more):
    today = localdate()
    values = {"week": visitors.week_of(today), "reached_on": today, "last_asked_on": today} | more
    PastQuery.objects.create(key=text.casefold(), text=text, **values)
    from search.learning.privacy import key_of

    SearchDay.objects.get_or_create(
        day=today, key=key_of(text), engine="tantivy", defaults={"text": text, "asked": times}
    )


def texts(*args, **kwargs):
    return [found.text for found in past.past_queries(*args, **kwargs)]


def test_a_question_of_five_visitors_is_offered_and_one_of_four_is_not(site, browser):
    for i in range(5):
        browser.get(URL, {"q": "thư viện"}, REMOTE_ADDR=f"203.0.{i}.7", HTTP_USER_AGENT=BROWSER)
    for i in range(4):
        browser.get(URL, {"q": "học phí"}, REMOTE_ADDR=f"203.0.{i}.7", HTTP_USER_AGENT=BROWSER)
    for i in range(20):  # one household
        browser.get(URL, {"q": "sổ liên lạc"}, REMOTE_ADDR=f"203.0.113.{i}", HTTP_USER_AGENT=BROWSER)
    upkeep.tick()
    assert texts() == ["thư viện"]
    assert not list(PastQuery.objects.exclude(reached_on=None).exclude(marks=[]))


def test_what_was_typed_begins_it_without_marks_too(site):
    for text, times in (("thư viện", 3), ("thu học phí", 9), ("thực hiện kế hoạch", 5)):
        offered(text, times)
    past.refresh()
    assert texts() == ["thu học phí", "thực hiện kế hoạch", "thư viện"]
    assert texts("thu") == ["thu học phí", "thực hiện kế hoạch", "thư viện"]
    assert texts("thu v") == ["thư viện"]
    assert texts("Thực") == ["thực hiện kế hoạch"]
    assert texts("hoc") == []
    assert texts("thu", most=1) == ["thu học phí"]
    assert past.begun("thu v") == ["thư viện"]


def test_what_finds_nothing_any_more_is_not_offered(site, collection):
    offered("sổ liên lạc")
    offered("thư viện")
    past.refresh()
    reader = engine().reader()
    assert set(texts(reader=reader)) == {"sổ liên lạc", "thư viện"}
    registry.registered()["document"]._entries = [entry for entry in collection if entry.key != "document:1"]
    sync.apply([("document", 1)])
    assert texts(reader=engine().reader()) == ["thư viện"]


def test_a_word_no_public_text_has_is_not_offered(site):
    offered("thư viện zzzz")
    past.refresh()
    assert texts(reader=engine().reader()) == []


def test_of_two_spellings_the_one_with_marks_is_offered(site):
    offered("thu vien")
    offered("thư viện")
    past.refresh()
    assert texts("thu") == ["thư viện"]


def test_staff_keep_a_question_from_being_offered(site):
    offered("thư viện", hidden=True)
    offered("học phí", last_asked_on=localdate() - timedelta(days=past.RECENT_DAYS + 1))
    past.refresh()
    assert texts() == []


def test_asking_for_them_asks_the_database_nothing(site, django_assert_num_queries):
    offered("thư viện")
    past.refresh()
    with django_assert_num_queries(0):
        assert texts("th", reader=engine().reader()) == ["thư viện"]


def test_marks_end_with_their_week(site, browser):
    browser.get(URL, {"q": "thư viện"})
    fold()
    row = PastQuery.objects.get()
    assert len(row.marks) == 1
    PastQuery.objects.update(week="2020-W01")
    (folder() / "salt-2020-W01").write_bytes(b"old")
    upkeep.forget()
    assert not PastQuery.objects.exists()
    assert [path.name for path in folder().glob("salt-*")] == [f"salt-{visitors.week_of(localdate())}"]


@pytest.mark.django_db
def test_counts_end_with_their_time_and_rare_questions_sooner(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path
    today = localdate()
    for key, days in (("old", 401), ("common", 91), ("rare", 91), ("new", 1), ("", 91)):
        SearchDay.objects.create(day=today - timedelta(days=days), key=key, text=key, engine="tantivy", asked=1)
    PastQuery.objects.create(key="Common", text="Common", week="", reached_on=date(2026, 1, 1), last_asked_on=today)
    upkeep.forget()
    assert set(SearchDay.objects.values_list("key", flat=True)) == {"common", "new", ""}


def test_the_tick_of_the_site_does_it(site):
    from cms.base.ticks import TICKS

    assert upkeep.tick in TICKS
    upkeep.tick()
    upkeep.tick()


def test_a_reader_waits_for_no_list_of_questions_that_find_nothing(site, monkeypatch):
    for i in range(60):
        offered(f"thư viện zzz{i}")
    past.refresh()
    asked = []
    monkeypatch.setattr(past, "answers", lambda text, reader: asked.append(text))
    assert texts("thu", most=5, reader=engine().reader()) == []
    assert len(asked) == 15
