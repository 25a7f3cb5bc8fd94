"""The search page: whatever stands in the address, the answer is a page."""

from dataclasses import replace
from functools import partial

import pytest
from django.urls import reverse

from search import registry, sync, views
from search.asked import answer
from search.engines import engine
from search.registry import Card, Facet, Fact, Listing, Passage

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


class Documents:
    kind = "document"
    label = "Văn bản"
    marks_words = True

    def __init__(self, entries):
        self._entries = entries

    def entries(self, ids):
        return (entry for entry in self._entries if entry.kind == self.kind)

    def card(self, record):
        return Card((Fact("Số", record.number),), (("Tải về", f"{record.url}tai-ve/"),))


class Organisations(Documents):
    kind = "organisation"
    label = "Cơ quan"
    marks_words = False
    is_named = True

    def card(self, record):
        issued = Listing("Văn bản đã ban hành", {"issuer": ("pgd",)}, "/van-ban/?co-quan=pgd")
        return Card((Fact("Thuộc", record.details["parent"], "/co-quan/pgd/"),), listing=issued)


@pytest.fixture
def site(settings, tmp_path, monkeypatch, collection, db):
    settings.SEARCH_DIR = tmp_path
    rooms = {room.kind: room for room in (Documents(collection), Organisations(collection))}
    monkeypatch.setattr(registry, "_registered", rooms)
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
    assert 'href="/van-ban/12-kh-pgddt/?q=so+lien+lac#ii.1"' in page
    assert "<mark>sổ liên lạc</mark>" in page
    assert "II. NHIỆM VỤ › 1. Hạ tầng" in page


def test_links_keep_the_readers_language(site, client):
    page = client.get("/en" + URL, {"q": "so lien lac"}).content.decode()
    assert 'href="/en/van-ban/12-kh-pgddt/?q=so+lien+lac#ii.1"' in page


def test_what_was_typed_is_never_markup(site, client):
    page = client.get(URL, {"q": '<script>"x"</script>'}).content.decode()
    assert "<script>alert" not in page
    assert '<script>"x"' not in page
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


# --- what stands beside the list


def html(client, **params):
    return client.get(URL, params).content.decode()


def test_the_whole_page_costs_at_most_six_statements(site, client, django_assert_max_num_queries):
    for params in ({"q": "12/KH-PGDĐT"}, {"q": "Trường Tiểu học Hoa Mai"}, {"q": "thực hiện", "loai": "none"}):
        with django_assert_max_num_queries(6):
            assert client.get(URL, params).status_code == 200


def test_the_count_stands_before_the_filters_and_those_before_the_results(site, client):
    page = html(client, q="thực hiện")
    places = [page.index(part) for part in ('id="result-count"', 'class="filters"', 'class="result-list"')]
    assert places == sorted(places)
    assert "<title>" in page and "(2 " in page.split("<title>")[1].split("</title>")[0]


def test_what_is_chosen_stands_as_words_with_an_address_without_it(site, client):
    response = client.get(URL, {"q": "thực hiện", "loai": ["plan", "letter"], "nam": "2024", "sap-xep": "newest"})
    chosen = {(group.name, option.label): option.remove for group, option in response.context["chosen"]}
    assert chosen == {
        ("loai", "Kế hoạch"): "?q=th%E1%BB%B1c+hi%E1%BB%87n&loai=letter&nam=2024&sap-xep=newest",
        ("loai", "Công văn"): "?q=th%E1%BB%B1c+hi%E1%BB%87n&loai=plan&nam=2024&sap-xep=newest",
        ("nam", "2024"): "?q=th%E1%BB%B1c+hi%E1%BB%87n&loai=plan&loai=letter&sap-xep=newest",
    }


def test_for_the_names_of_values_no_cluster_is_asked(site, client, monkeypatch):
    """An address may hold a hundred of them."""
    asked = []
    monkeypatch.setattr(views, "engine", lambda name: asked.append(name) or engine(name))
    values = "&".join(f"{facet}=x{i}" for facet in ("loai", "nam") for i in range(20))
    assert client.get(f"/tim-kiem/?q=ke hoach&{values}").status_code == 200
    assert len(asked) == 40
    assert set(asked) == {"tantivy"}


def test_a_chosen_value_without_results_is_still_called_by_its_name(site, client):
    response = client.get(URL, {"q": "sổ liên lạc", "loai": "letter"})
    assert response.context["results"].total == 0
    assert [option.label for _group, option in response.context["chosen"]] == ["Công văn"]


def test_a_room_can_let_results_be_chosen_by_more(site, client, monkeypatch, collection):
    monkeypatch.setattr(registry, "_facets", registry.facets())
    level = {"level": (("primary", "Tiểu học"),), **collection[0].facets}
    other = {"level": (("lower", "THCS"),), **collection[1].facets}
    shelf = Documents([replace(collection[0], facets=level), replace(collection[1], facets=other)])
    monkeypatch.setitem(registry._registered, "document", shelf)
    sync.rebuild()
    registry.register_facet(Facet("level", "cap-hoc", "Cấp học"))
    assert client.get(URL, {"q": "thực hiện"}).context["results"].total == 2
    response = client.get(URL, {"q": "thực hiện", "cap-hoc": "primary"})
    assert response.context["results"].total == 1
    (group,) = [group for group in response.context["groups"] if group.name == "cap-hoc"]
    assert (group.label, [option.count for option in group.options]) == ("Cấp học", [1, 1])


def test_two_facets_cannot_share_a_parameter(monkeypatch):
    monkeypatch.setattr(registry, "_facets", registry.facets())
    for parameter in ("loai", "q", "trang"):
        with pytest.raises(ValueError, match=parameter):
            registry.register_facet(Facet("level", parameter, "Cấp học"))


def test_the_one_document_with_the_number_is_told_at_once(site, client):
    response = client.get(URL, {"q": "12 kh pgddt"})
    first, *others = response.context["rows"]
    assert first.hit.record.number == "12/KH-PGDĐT"
    assert first.card.links == (("Tải về", "/van-ban/12-kh-pgddt/tai-ve/"),)
    assert others and not any(row.card for row in others)
    assert 'href="/van-ban/12-kh-pgddt/tai-ve/"' in response.content.decode()


def test_of_two_documents_with_the_number_none_is_the_one(site, client, collection, monkeypatch):
    twin = replace(collection[1], key="document:9", number="12/KH-PGDĐT", url="/van-ban/9/")
    monkeypatch.setitem(registry._registered, "document", Documents([*collection[:2], twin]))
    sync.rebuild()
    assert not any(row.card for row in client.get(URL, {"q": "12 kh pgddt"}).context["rows"])


@pytest.mark.parametrize("q", ["truong tieu hoc hoa mai", "Trường Phổ thông cơ sở Hoa Mai"])
def test_the_one_organisation_of_that_name_is_told_at_once(site, client, q):
    response = client.get(URL, {"q": q})
    named = response.context["named"]
    assert named.record.key == "organisation:7"
    assert named.total == 2
    assert [record.number for record in named.newest] == ["12/KH-PGDĐT", "396/GDĐT-CNTT"]
    assert 'href="/van-ban/?co-quan=pgd"' in response.content.decode()


@pytest.mark.parametrize("params", [{"q": "tiểu học hoa mai"}, {"q": "Trường Tiểu học Hoa Mai", "muc": "organisation"}])
def test_part_of_a_name_or_a_filtered_list_has_no_card(site, client, params):
    assert client.get(URL, params).context["named"] is None


def test_of_two_organisations_of_one_name_none_is_told(site, client, collection, monkeypatch):
    twin = replace(collection[2], key="organisation:8", url="/co-quan/hoa-mai-2/")
    monkeypatch.setitem(registry._registered, "organisation", Organisations([collection[2], twin]))
    sync.rebuild()
    assert client.get(URL, {"q": "Trường Tiểu học Hoa Mai"}).context["named"] is None


def test_every_result_says_why_and_bears_its_rank(site, client):
    assert client.get(URL, {"q": "báo cáo số liệu thư viện"}).context["rows"][0].reasons
    page = html(client, q="thực hiện")
    assert 'class="why"' in page
    assert 'data-rank="1"' in page
    assert 'data-rank="2"' in page


def test_a_page_of_a_file_is_opened_itself(site, client, collection, monkeypatch):
    piece = Passage("tep-1", ("Bản có ký", "tr. 12"), "Thực đơn bán trú.", url="/tep/1/a.pdf#page=12")
    monkeypatch.setitem(registry._registered, "document", Documents([replace(collection[0], passages=(piece,))]))
    sync.rebuild()
    page = client.get("/en" + URL, {"q": "thực đơn bán trú"}).content.decode()
    assert 'href="/tep/1/a.pdf#page=12"' in page
    assert "Bản có ký › tr. 12" in page


def test_the_numbers_of_the_items_stand_in_the_path_and_are_not_searched(site, client, collection, monkeypatch):
    piece = Passage("ii.1.b", ("II. NHIỆM VỤ",), "Bếp ăn một chiều.", place=("b)", "xyz)"))
    monkeypatch.setitem(registry._registered, "document", Documents([replace(collection[0], passages=(piece,))]))
    sync.rebuild()
    assert "II. NHIỆM VỤ › b) › xyz)" in html(client, q="bếp ăn một chiều")
    assert client.get(URL, {"q": "xyz"}).context["results"].total == 0


# --- no answer


def test_which_word_is_missing_is_said_with_what_each_has(site, client):
    response = client.get(URL, {"q": "qqqxq thư viện", "loai": "plan"})
    told = response.context["help"]
    assert response.context["results"].total == 0
    assert told.missing == ("qqqxq",)
    assert [(word.text, word.count, word.everywhere) for word in told.words] == [
        ("qqqxq", 0, 0), ("thư", 1, 2), ("viện", 0, 1),
    ]  # fmt: skip
    assert "“qqqxq”" in response.content.decode()


@pytest.mark.parametrize(
    ("params", "less", "address"),
    [
        ({"q": "thư viện", "loai": "plan"}, "filters", "?q=th%C6%B0+vi%E1%BB%87n"),
        ({"q": '"viện thư"'}, "quotes", "?q=vi%E1%BB%87n+th%C6%B0"),
        ({"q": "thư viện -trường"}, "minus", "?q=th%C6%B0+vi%E1%BB%87n"),
        ({"q": '"viện thư"', "nam": "1999"}, "all", "?q=vi%E1%BB%87n+th%C6%B0"),
    ],
)
def test_what_comes_nearest_asks_for_as_little_less_as_it_can(site, client, params, less, address):
    response = client.get(URL, params)
    told = response.context["help"]
    assert (told.less, told.url) == (less, address)
    assert response.context["nearest"][0].hit.record.key == "document:2"
    assert client.get(URL + told.url).context["results"].total == told.nearest.total


def test_the_office_can_be_asked_where_it_says_how(site, client):
    from wagtail.models import Site

    from cms.base.models import OfficeSettings

    assert "mailto:" not in html(client, q="qqqxq")
    office = OfficeSettings.for_site(Site.objects.get(is_default_site=True))
    office.email = "hoi@example.edu.vn"
    office.save()
    assert html(client, q="qqqxq").count('href="mailto:hoi@example.edu.vn"') == 2  # here and in the footer


def test_the_kinds_of_things_here_are_listed(site, client):
    assert client.get(URL, {"q": "qqqxq"}).context["kinds"] == ["Văn bản", "Cơ quan"]


def test_one_can_ask_for_exactly_what_was_typed(site, client):
    page = client.get(URL, {"q": '"thư viênn"'})
    assert page.context["results"].shown_for
    assert page.context["exact_url"].endswith("&nguyen-van=1")
    exact = client.get(URL + page.context["exact_url"])
    assert exact.context["results"].total == 0
    assert not exact.context["results"].shown_for
    read = client.get(URL, {"q": "thuw vieenj", "nguyen-van": "1"})
    assert not read.context["results"].plan.read_as


def test_another_spelling_that_finds_nothing_among_the_filters_is_not_offered(site, client):
    assert client.get(URL, {"q": "báo cáoo thực hiện"}).context["results"].did_you_mean
    assert not client.get(URL, {"q": "báo cáoo thực hiện", "nam": "1999"}).context["results"].did_you_mean


def test_what_stands_beside_the_list_cannot_break_it(site, client, monkeypatch):
    def broken(*_args):
        raise RuntimeError("broken")

    monkeypatch.setattr(views.cards, "named", broken)
    monkeypatch.setattr(views.nothing, "helping", broken)
    assert client.get(URL, {"q": "thực hiện"}).context["results"].total == 2
    assert client.get(URL, {"q": "qqqxq"}).status_code == 200
