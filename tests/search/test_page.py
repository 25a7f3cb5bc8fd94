"""The search page: whatever stands in the address, the answer is a page."""

from functools import partial

import pytest
from django.urls import reverse

from search import registry, sync, views
from search.asked import answer
from search.engines import engine

URL = "/tim-kiem/"
BAD = [
    "",
    " ",
    "a" * 10_000,
    "số " * 3_000,
    "?!…",
    '"',
    '"""',
    "*",
    "AND",
    "a AND b OR NOT c",
    "title:",
    "title:[a TO b]",
    "-",
    "-a",
    "[",
    "(",
    "\\",
    "~",
    "\x00",
    "a\x00b",
    "\r\n",
    "%00",
    "<script>alert(1)</script>",
    "'; DROP TABLE",
    "😀",
    "\u202e\u0301",
]


class Shelf:
    kind = "document"

    def __init__(self, entries):
        self._entries = entries

    def entries(self, ids):
        return iter(self._entries)


@pytest.fixture
def site(settings, tmp_path, monkeypatch, collection, db):
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"document": Shelf(collection)})
    sync.rebuild()


def test_the_page_has_its_address():
    assert reverse("search:search") == URL


@pytest.mark.parametrize("q", BAD, ids=lambda q: ascii(q[:12]))
def test_anything_can_be_asked(site, client, q):
    assert client.get(URL, {"q": q}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=a&q=b",
        "q=thu&trang=-1",
        "q=thu&trang=1000000000",
        "q=thu&page=-1",
        "q=thu&page=10000000000000000000000",
        "q=thu&trang=x",
        "q=thu&trang=²",
        "q=thu&trang=%00",
        "q=thu&loai=none",
        "q=thu&loai=plan&loai=letter&loai=",
        "q=thu&mau=do",
        "q=thu&nam=%00",
        "q=thu&nam=" + "9" * 5_000,
        "q=thu&sap-xep=up",
        "q=%ff%fe",
        "q[]=thu",
        "trang=2",
        "&".join(f"loai={i}" for i in range(900)) + "&q=thu",
    ],
    ids=lambda query: query[:24],
)
def test_any_address_is_answered(site, client, query):
    assert client.get(f"{URL}?{query}").status_code == 200


def test_the_page_is_answered_without_an_index(settings, tmp_path, client, db):
    settings.SEARCH_DIR = tmp_path
    response = client.get(URL, {"q": "thư viện"})
    assert response.status_code == 200
    assert not response.context["results"].ready


def test_a_broken_index_is_no_broken_page(site, client, caplog):
    path = engine().folder / engine().current() / "documents" / "meta.json"
    path.write_text("{")
    sync.get_engine()._open = None
    response = client.get(URL, {"q": "thư viện"})
    assert response.status_code == 200
    assert not response.context["results"].ready


def test_a_result_leads_to_its_passage_and_is_marked(site, client):
    page = client.get(URL, {"q": "so lien lac"}).content.decode()
    assert 'href="/van-ban/12-kh-pgddt/#ii.1"' in page
    assert "<mark>sổ liên lạc</mark>" in page
    assert "II. NHIỆM VỤ › 1. Hạ tầng" in page


def test_links_keep_the_readers_language(site, client):
    page = client.get("/en" + URL, {"q": "so lien lac"}).content.decode()
    assert 'href="/en/van-ban/12-kh-pgddt/#ii.1"' in page


def test_what_was_typed_is_never_markup(site, client):
    page = client.get(URL, {"q": '<script>"x"</script>'}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_filters_are_counted_kept_and_can_be_taken_away(site, client):
    response = client.get(URL, {"q": "thực hiện", "loai": "plan"})
    assert response.context["results"].total == 1
    groups = {group.name: group for group in response.context["groups"]}
    assert [(o.value, o.count, o.selected) for o in groups["loai"].options] == [
        ("letter", 1, False),
        ("plan", 1, True),
    ]
    assert groups["loai"].clear == "?q=th%E1%BB%B1c+hi%E1%BB%87n"


def test_a_filter_that_finds_nothing_stays_visible(site, client):
    response = client.get(URL, {"q": "thực hiện", "chu-de": "none"})
    assert response.context["results"].total == 0
    (group,) = [group for group in response.context["groups"] if group.name == "chu-de"]
    assert [(o.value, o.count, o.selected) for o in group.options] == [("none", 0, True)]


def test_pages_keep_the_question_and_the_filters(site, client, monkeypatch):
    monkeypatch.setattr(views, "answer", partial(answer, per_page=1))
    page = client.get(URL, {"q": "thực hiện", "loai": ["plan", "letter"]}).content.decode()
    assert "?q=th%E1%BB%B1c+hi%E1%BB%87n&amp;loai=plan&amp;loai=letter&amp;trang=2" in page


def test_search_asks_the_database_nothing(site, rf, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(views, "render", lambda request, template, context: context)
    with django_assert_max_num_queries(0):
        assert views.results(rf.get(URL, {"q": "thực hiện"}))["results"].total == 2


def test_only_reading_is_allowed(site, client):
    assert client.post(URL).status_code == 405
    assert client.head(URL, {"q": "thư"}).status_code == 200


def test_a_reading_of_unconverted_keys_is_told(site, client):
    response = client.get(URL, {"q": "thuw vieenj"})
    assert response.context["results"].plan.read_as == "thư viện"
    assert "“thư viện”" in response.content.decode()


def test_another_spelling_is_offered_as_a_link_that_keeps_the_filters(site, client):
    page = client.get(URL, {"q": "báo cáoo", "loai": "letter"}).content.decode()
    assert '<a href="?q=b%C3%A1o+c%C3%A1o&amp;loai=letter">báo cáo</a>' in page


def test_where_nothing_is_found_the_other_spelling_is_answered_and_told(site, client):
    response = client.get(URL, {"q": "TTKDTMM viênn"})
    assert response.status_code == 200
    response = client.get(URL, {"q": '"thư viênn"'})
    assert response.context["results"].shown_for == '"thư viện"'
    assert response.context["results"].total == 1
    assert "“&quot;thư viện&quot;”" in response.content.decode()
