"""A question is counted once, without a word of who asked, and never at the reader's cost."""

import json

import pytest
from django.conf import settings as django_settings

from search import views
from search.learning import log, spool
from tests.factories import UserFactory

from .conftest import BROWSER, URL


def test_what_is_written_says_nothing_of_the_reader(site, browser, written):
    browser.cookies["theme"] = "x"
    browser.get(URL, {"q": "Thư viện"}, HTTP_X_FORWARDED_FOR="198.51.100.9", HTTP_ACCEPT_LANGUAGE="vi")
    (line,) = written()
    assert set(line) == {"t", "d", "k", "q", "e", "n", "x", "r", "i", "m", "v"}
    assert (line["k"], line["q"], line["e"], line["n"]) == ("thu vien", "Thư viện", "tantivy", 1)
    assert len(line["d"]) == len("2026-11-22")
    text = json.dumps(line)
    assert not any(word in text for word in ("203.0", "198.51", "Mozilla", "Chrome", "theme"))


def test_a_personal_question_leaves_a_count_and_no_word(site, browser, written):
    response = browser.get(URL, {"q": "thư viện 0912345678"})
    (line,) = written()
    assert (line["k"], line["q"]) == ("", "")
    assert "v" not in line
    assert response.context["click_token"] == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Googlebot/2.1"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
    ],
)
def test_robots_and_browsers_that_fetch_ahead_are_not_counted(site, browser, written, headers):
    assert browser.get(URL, {"q": "thư viện"}, **headers).context["click_token"] == ""
    assert written() == []


def test_staff_are_not_counted(site, browser, written):
    browser.force_login(UserFactory())
    browser.get(URL, {"q": "thư viện"})
    assert written() == []


def test_asking_without_opening_is_not_counted(site, browser, written):
    browser.head(URL, {"q": "thư viện"})
    browser.get(URL, {"q": "  "})
    browser.get(URL)
    assert written() == []


@pytest.mark.parametrize(
    ("address", "referer", "counted"),
    [
        (f"{URL}?q=thư+viện&trang=2", "", True),
        (f"{URL}?q=thư+viện&loai=letter", f"http://testserver{URL}?q=th%C6%B0+vi%E1%BB%87n", False),
        (f"{URL}?q=thư+viện&sap-xep=newest", f"http://testserver{URL}?q=th%C6%B0+vi%E1%BB%87n", False),
        (f"/en{URL}?q=thư+viện", f"http://testserver{URL}?q=th%C6%B0+vi%E1%BB%87n", False),
        (f"{URL}?q=thư+viện", f"http://testserver{URL}?q=ho+so", True),
        (f"{URL}?q=thư+viện", "http://testserver/van-ban/?q=thư+viện", True),
        (f"{URL}?q=thư+viện", f"https://elsewhere.example{URL}?q=th%C6%B0+vi%E1%BB%87n", True),
        (f"{URL}?q=thư+viện&loai=letter", "", True),
        (f"{URL}?q=thư+viện", "http://[", True),
    ],
    ids=["beyond the last page", "filter", "order", "language", "new words", "another page", "another site",
         "saved address", "no address"],
)  # fmt: skip
def test_turning_sorting_and_filtering_an_answer_is_no_new_question(site, browser, written, address, referer, counted):
    browser.get(address, HTTP_REFERER=referer)
    assert bool(written()) is counted


def test_the_second_page_is_no_new_question(site, rf, monkeypatch, written):
    monkeypatch.setattr(views, "render", lambda request, template, context: context)
    from search.service import search

    monkeypatch.setattr(views, "answer", lambda typed: search(typed.q, page=typed.page, per_page=1))
    context = views.results(rf.get(URL, {"q": "thực hiện", "trang": "2"}, HTTP_USER_AGENT=BROWSER))
    assert context["results"].page == 2
    assert context["click_token"]
    assert written() == []


def test_counting_asks_the_database_nothing(site, rf, monkeypatch, django_assert_num_queries, written):
    monkeypatch.setattr(views, "render", lambda request, template, context: context)
    with django_assert_num_queries(0):
        views.results(rf.get(URL, {"q": "thực hiện"}, HTTP_USER_AGENT=BROWSER))
    assert len(written()) == 1


def test_a_disk_that_is_full_fails_no_page_and_is_said_once(site, browser, monkeypatch, caplog):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "add", full)
    monkeypatch.setattr(log, "_complained", -log.COMPLAIN_EVERY)
    for _ in range(3):
        assert browser.get(URL, {"q": "thư viện"}).status_code == 200
    assert sum("was not counted" in message for message in caplog.messages) == 1


def test_a_question_that_was_not_answered_as_asked_leaves_no_mark_of_its_visitor(site, browser, written):
    browser.get(URL, {"q": "zzzz9999"})
    assert "v" not in written()[0]


def test_nothing_is_written_while_there_is_no_index(settings, tmp_path, db, browser, written):
    settings.SEARCH_DIR = tmp_path
    assert browser.get(URL, {"q": "thư viện"}).status_code == 200
    assert written() == []


def test_counting_gives_the_reader_no_cookie(site, browser):
    assert not browser.get(URL, {"q": "thư viện"}).cookies
    assert django_settings.SESSION_COOKIE_NAME not in browser.cookies
