"""Which result was opened is believed only with our own token, once."""

import re

import pytest
from django.core import signing
from django.core.cache import cache
from django.utils.timezone import localdate

from search.learning import clicks

from .conftest import URL

TO = "/tim-kiem/da-mo/"


@pytest.fixture
def token():
    return clicks.token(localdate(), "thu vien", "tantivy", 11, 10)


def _clicks(written):
    return [line for line in written() if line["t"] == "c"]


def test_a_click_is_kept_with_its_rank_and_nothing_of_the_reader(site, browser, written, token):
    assert browser.post(TO, {"token": token, "rank": "13"}).status_code == 204
    (line,) = _clicks(written)
    assert (line["k"], line["e"], line["p"]) == ("thu vien", "tantivy", 13)
    assert set(line) == {"t", "d", "k", "e", "p", "z"}


def test_a_token_counts_once(site, browser, written, token):
    for rank in ("11", "12", "11"):
        browser.post(TO, {"token": token, "rank": rank})
    assert len(_clicks(written)) == 1


@pytest.mark.parametrize("rank", ["", "10", "21", "0", "-1", "1e3", "²", "999999999", "abc"])
def test_only_ranks_that_were_shown(site, browser, written, token, rank):
    assert browser.post(TO, {"token": token, "rank": rank}).status_code == 204
    assert _clicks(written) == []


@pytest.mark.parametrize(
    "bad",
    ["", "x", "a:b:c", signing.dumps(["2026-01-01", "k", "e", 1, 10, "z"]), signing.dumps("text", salt=clicks.SALT)],
    ids=["none", "junk", "shaped", "another salt", "another shape"],
)
def test_only_our_own_tokens(site, browser, written, bad):
    assert browser.post(TO, {"token": bad, "rank": "1"}).status_code == 204
    assert _clicks(written) == []


def test_a_changed_token_is_nobodys(site, browser, written, token):
    body, rest = token.split(":", 1)
    browser.post(TO, {"token": f"{body[:-1]}{'A' if body[-1] != 'A' else 'B'}:{rest}", "rank": "11"})
    assert _clicks(written) == []


def test_an_old_token_counts_no_more(site, browser, written, token, monkeypatch):
    monkeypatch.setattr(clicks, "HOURS", -1)
    browser.post(TO, {"token": token, "rank": "11"})
    assert _clicks(written) == []


def test_only_small_posts_are_read(site, browser):
    assert browser.get(TO).status_code == 405
    assert browser.post(TO, {"token": "x" * 5_000, "rank": "1"}).status_code == 413


def test_robots_are_not_believed(site, browser, written, token):
    browser.post(TO, {"token": token, "rank": "11"}, HTTP_USER_AGENT="Googlebot")
    assert _clicks(written) == []


def test_the_page_carries_its_own_token_and_the_ranks(site, browser, written):
    page = browser.get(URL, {"q": "thư viện"}).content.decode()
    (token,) = re.findall(r'data-click="([^"]+)"', page)
    assert f'data-click-to="{TO}"' in page
    assert re.findall(r'data-rank="(\d+)"', page) == ["1", "1"]  # its title and its passage
    cache.clear()
    browser.post(TO, {"token": token, "rank": "1"})
    assert _clicks(written)[0]["k"] == "thu vien"


def test_links_stay_plain_links(site, browser):
    assert 'href="/van-ban/396-gddt-cntt/' in browser.get(URL, {"q": "thư viện"}).content.decode()
