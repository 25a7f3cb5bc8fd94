"""What the library promises of a backend: querysets, slices, filters, order, its own query classes."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from modelsearch.backends.base import FilterFieldError, SearchFieldError
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.base.models import ArticlePage
from cms.organisations.models import Organisation
from search import sync
from search.backend.engine import admin_engine
from search.engines.base import State
from search.models import Concept
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(index, article):
    return [
        article("Kế hoạch chuyển đổi số", text="Học phí không dùng tiền mặt."),
        article("Thông báo thu học phí", text="Theo kế hoạch chuyển đổi số của huyện."),
        article("Lịch nghỉ hè", text="Từ tháng sáu."),
    ]


@pytest.mark.parametrize("question", ["học phí", "hoc phi", "HỌC PHÍ", "phí học", "học phì"])
def test_marks_capitals_and_order_of_words_do_not_matter_titles_come_first(three, titles, question):
    assert titles(Page.objects.search(question)) == ["Thông báo thu học phí", "Kế hoạch chuyển đổi số"]


def test_the_exact_title_comes_first(three, article, titles):
    article("Phí học và học phí hè", text="học phí " * 30)
    article("Học phí")
    assert titles(Page.objects.search("hoc phi"))[0] == "Học phí"


def test_all_words_are_wanted_unless_any_will_do(three):
    assert Page.objects.search("học phí nghỉ").count() == 0
    assert Page.objects.search("học phí nghỉ", operator="or").count() == 3


def test_a_word_nothing_here_has_is_not_let_go(three):
    assert Page.objects.search("học phí xyzzy").count() == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chuyen doi s", 2),
        ("chuyển đổi s", 2),
        ("ke ho", 2),
        ("l", 1),
        ("lịch ngh", 1),
        ("hoach chuyen do", 2),
        ("ngh lich", 0),
        ('"lịch ngh"', 0),
    ],
)
def test_the_last_word_may_be_unfinished(three, typed, found):
    assert ArticlePage.objects.autocomplete(typed).count() == found


def test_a_search_that_is_no_completion_wants_whole_words(three):
    assert Page.objects.search("lịch ngh").count() == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (MATCH_ALL, {0, 1, 2}),
        (MATCH_NONE, set()),
        (PlainText("hoc phi"), {0, 1}),
        (PlainText("phi nghi", operator="or"), {0, 1, 2}),
        (Phrase("thu học phí"), {1}),
        (Phrase("phí thu học"), set()),
        (Boost(PlainText("nghi"), 2.0), {2}),
        (Fuzzy("nghi thu"), {1, 2}),
        (And([PlainText("hoc phi"), Phrase("tiền mặt")]), {0}),
        (And([PlainText("hoc phi"), ~PlainText("tien mat")]), {1}),
        (Or([PlainText("nghi"), PlainText("tien mat")]), {0, 2}),
        (~PlainText("hoc phi"), {2}),
        (~(PlainText("nghi") | ~PlainText("thu")), {1}),
        (MATCH_ALL & ~PlainText("nghi"), {0, 1}),
    ],
)
def test_every_query_of_the_library_is_answered(three, query, found):
    expected = {three[place].pk for place in found}
    assert {page.pk for page in ArticlePage.objects.search(query)} == expected
    assert ArticlePage.objects.search(query).count() == len(expected)


def test_filters_are_the_databases_whatever_they_are(three, titles, offices):
    Page.objects.filter(pk=three[0].pk).update(live=False)
    assert titles(ArticlePage.objects.filter(live=True).search("hoc phi")) == ["Thông báo thu học phí"]
    assert titles(ArticlePage.objects.filter(slug__contains="thu").search("hoc phi")) == ["Thông báo thu học phí"]
    assert ArticlePage.objects.filter(organisation__code="xa-bac").search("hoc phi").count() == 0
    assert ArticlePage.objects.none().search("hoc phi").count() == 0


def test_a_queryset_that_is_cut_is_searched_in_what_it_holds(three):
    first = ArticlePage.objects.order_by("pk")[:1]
    assert [page.pk for page in first.search("hoc phi")] == [three[0].pk]
    assert first.search("nghi").count() == 0


def test_results_are_cut_and_counted_without_being_loaded(three, django_assert_num_queries):
    ArticlePage.objects.search("hoc phi").count()  # what was waiting for the index is in it
    results = ArticlePage.objects.search("hoc phi")
    with django_assert_num_queries(2):  # whether anything waits; the keys
        assert results.count() == 2
    assert (results[:1].count(), results[1:].count(), results[2:].count()) == (1, 1, 0)
    assert [*results[:1], *results[1:5]] == list(results)
    assert results[1] == list(results)[1]
    assert len(results[0:1]) == 1


def test_another_order_than_relevance(three, titles):
    by_title = Page.objects.order_by("-title").search("hoc phi", order_by_relevance=False)
    assert titles(by_title) == ["Thông báo thu học phí", "Kế hoạch chuyển đổi số"]
    assert titles(by_title[1:]) == ["Kế hoạch chuyển đổi số"]
    assert titles(Page.objects.search("hoc phi", order_by="title")) == titles(by_title)[::-1]


def test_scores_are_told(three):
    found = list(ArticlePage.objects.search("hoc phi").annotate_score("worth"))
    assert [page.worth for page in found] == sorted((page.worth for page in found), reverse=True)
    assert found[0].worth > 0


def test_rows_that_are_no_objects_come_in_the_same_order(three):
    wanted = [page.pk for page in ArticlePage.objects.search("hoc phi")]
    assert list(ArticlePage.objects.values_list("pk", flat=True).search("hoc phi")) == wanted
    assert [row["pk"] for row in ArticlePage.objects.values("pk").search("hoc phi")] == wanted


def test_facets_count_what_was_found(three):
    article = ContentType.objects.get_for_model(ArticlePage).pk
    assert Page.objects.search("hoc phi").facet("content_type_id") == {article: 2}
    with pytest.raises(FilterFieldError):
        Page.objects.search("hoc phi").facet("slug")


def test_fields_can_be_named(three, titles):
    assert titles(ArticlePage.objects.search("hoc phi", fields=["title"])) == ["Thông báo thu học phí"]
    assert titles(ArticlePage.objects.search("hoc phi", fields=["body"])) == ["Kế hoạch chuyển đổi số"]
    assert titles(ArticlePage.objects.autocomplete("lich n", fields=["title"])) == ["Lịch nghỉ hè"]
    assert titles(ArticlePage.objects.search('"thu học phí"', fields=["title"])) == ["Thông báo thu học phí"]
    assert ArticlePage.objects.search('"học thu"', fields=["title"]).count() == 0
    assert ArticlePage.objects.search('"thủ học phì"', fields=["title"]).count() == 0
    assert ArticlePage.objects.search("hoc phi", fields=[]).count() == 0
    with pytest.raises(SearchFieldError):
        ArticlePage.objects.search("hoc phi", fields=["slug"])


@pytest.mark.parametrize("question", ["chuyeenr ddooir soos", "hocj phis", "hoc5 phi1"])
def test_a_keyboard_without_its_converter_is_understood(three, question):
    assert ArticlePage.objects.search(question).count() == 2


@pytest.mark.parametrize("typed", ["1937/KH-PGDĐT", "1937 kh pgddt", "1937-KH/PGDDT", "1937", "1937/kh", "193"])
def test_numbers_are_found_in_any_spelling(index, article, typed):
    article("Về chuyển đổi số", text="Căn cứ Kế hoạch số 1937/KH-PGDĐT ngày 20/9/2023.")
    article("Về việc khác", text="Căn cứ Quyết định số 131/QĐ-TTg.")
    assert [page.title for page in ArticlePage.objects.autocomplete(typed)] == ["Về chuyển đổi số"]


def test_a_concept_of_the_editors_is_found_in_named_fields_too(db, article):
    Concept.objects.create(name="bep", forms="BATT\nbếp ăn tập thể", note="n")
    article("Bếp ăn tập thể")
    article("Việc khác", text="BATT")
    sync.rebuild(admin_engine())
    assert [page.title for page in ArticlePage.objects.search("BATT", fields=["title"])] == ["Bếp ăn tập thể"]


def test_a_concept_is_found_by_its_other_names(index, article):
    article("Thanh toán không dùng tiền mặt")
    assert ArticlePage.objects.search("TTKDTM").count() == 1


def test_other_models_than_pages(index):
    office = OrganisationFactory(code="truong-hoa-mai", name="Trường Tiểu học Hoa Mai", short_name="TH Hoa Mai")
    OrganisationFactory(code="khac", name="Trường khác")
    ask = get_search_backend().autocomplete
    for typed in ("tieu hoc hoa m", "Tiểu học H", "truong-hoa"):
        assert list(ask(typed, Organisation, fields=["name", "short_name", "code"])) == [office]


def test_the_librarys_command_fills_an_index_that_is_not_there(db, article):
    article("Kế hoạch")
    assert admin_engine().state() == State.MISSING
    call_command("rebuild_modelsearch_index", verbosity=0)
    assert admin_engine().state() == State.READY
    assert ArticlePage.objects.search("ke hoach").count() == 1
    assert sync.verify(engine=admin_engine()).agrees


def test_a_rebuild_that_fails_leaves_the_former_index(three, monkeypatch):
    from search.backend import backend

    monkeypatch.setattr(backend.Filling, "add_items", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("rebuild_modelsearch_index", verbosity=0)
    assert ArticlePage.objects.search("hoc phi").count() == 2
    sync.rebuild(admin_engine())
