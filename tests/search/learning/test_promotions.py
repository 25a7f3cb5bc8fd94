"""What the office promotes is shown for its questions, while its time lasts and the public may read it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from cms.base.models import ArticlePage, HomePage
from cms.base.searchables import register_searchables
from search import promotions, sync
from search.models import Concept, PromotedResult
from search.query import parse
from search.service import search
from tests.factories import DocumentPageFactory

from .conftest import URL


def shown(text, **kwargs):
    return [(item.title, item.url) for item in promotions.promoted(parse(text), **kwargs)]


@pytest.fixture
def address(site):
    """Promoted for two questions; leads to another site."""
    row = PromotedResult(
        queries="Thanh toán không dùng tiền mặt\n1937/KH-PGDĐT\n",
        address="https://example.org/nop/",
        title="Nộp học phí",
    )
    row.full_clean()
    row.save()
    promotions.refresh()
    return row


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thanh toán không dùng tiền mặt", True),
        ("thanh toan khong dung tien mat", True),
        ("TTKDTM", True),
        ("Ttkdtm?", True),
        ('"thanh toán không dùng"', False),
        ("1937 kh pgddt", True),
        ("số 1937/KH-PGD&ĐT", True),
        ("thanh toán không dùng tiền mặt năm 2025", False),
        ("thanh toán -học phí", False),
        ("TTKDTM -trường", False),
        ("tiền mặt", False),
        ("", False),
        ("\x00", False),
    ],
)
def test_a_question_is_the_same_in_every_spelling_and_another_with_more_words(address, text, found):
    expected = [("Nộp học phí", "https://example.org/nop/")] if found else []
    assert shown(text) == expected


def test_a_concept_of_the_editors_parts_no_promotion_from_its_question(address):
    Concept.objects.create(name="nop", forms="NHPX\nnộp học phí xa", note="n")
    PromotedResult.objects.create(queries="nộp học phí xa", address="https://example.org/xa/", title="Nộp xa")
    promotions.refresh()
    sync.rebuild()
    for question in ("nộp học phí xa", "NHPX"):
        assert [item.title for item in promotions.for_results(search(question))] == ["Nộp xa"]


@pytest.mark.parametrize(
    ("starts", "ends", "found"), [(None, None, 1), (0, 0, 1), (1, None, 0), (None, -1, 0), (-5, 5, 1), (-5, None, 1)]
)
def test_it_is_shown_in_its_time(address, starts, ends, found):
    today = localdate()
    address.starts_on = today + timedelta(days=starts) if starts is not None else None
    address.ends_on = today + timedelta(days=ends) if ends is not None else None
    address.save()
    promotions.refresh()
    assert len(shown("TTKDTM")) == found


@pytest.fixture
def article(db, settings, tmp_path, committed):
    settings.SEARCH_DIR = tmp_path
    register_searchables()
    sync.rebuild()
    with committed():
        page = HomePage.objects.first().add_child(instance=ArticlePage(title="Cách nộp học phí", slug="nop-hoc-phi"))
        page.save_revision().publish()
    with committed():
        PromotedResult.objects.create(queries="học phí", page=page, note="Ba cách nộp.")
    return page


def test_a_promoted_page_has_its_own_title_and_address(article):
    (item,) = promotions.promoted(parse("hoc phi"))
    assert (item.title, item.url, item.note, item.is_outside) == (
        "Cách nộp học phí", "/nop-hoc-phi/", "Ba cách nộp.", False,
    )  # fmt: skip


def test_a_page_taken_off_vanishes_at_once_and_comes_back(article, committed):
    assert shown("học phí")
    with committed():
        article.unpublish()
    assert shown("học phí") == []
    assert not promotions.refresh() or shown("học phí") == []
    with committed():
        article.save_revision().publish()
    promotions.refresh()
    assert shown("học phí") == [("Cách nộp học phí", "/nop-hoc-phi/")]


def test_a_page_that_is_not_for_everyone_is_not_promoted(article, committed):
    from wagtail.models import PageViewRestriction

    with committed():
        PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert shown("học phí") == []


def test_a_page_that_is_renamed_is_promoted_under_its_new_name(article, committed):
    with committed():
        article.title = "Nộp học phí ở đâu"
        article.save_revision().publish()
    assert shown("học phí") == [("Nộp học phí ở đâu", "/nop-hoc-phi/")]


def test_a_draft_is_never_promoted(article, shelf, committed):
    draft = DocumentPageFactory(parent=shelf, title="Bản thảo", live=False)
    with committed():
        PromotedResult.objects.create(queries="bản thảo", page=draft)
    assert shown("bản thảo") == []


def test_what_is_saved_and_deleted_counts_at_once(article, committed):
    with committed():
        PromotedResult.objects.all().delete()
    assert shown("học phí") == []


def test_a_page_that_is_deleted_takes_its_promotion_along(article, committed):
    with committed():
        article.delete()
    assert not PromotedResult.objects.exists()
    assert shown("học phí") == []


def test_the_page_shows_it_without_a_statement(address, rf, django_assert_num_queries, monkeypatch):
    from search import views

    monkeypatch.setattr(views, "render", lambda request, template, context: context)
    with django_assert_num_queries(0):
        context = views.results(rf.get(URL, {"q": "ttkdtm"}))
    assert [item.url for item in context["promoted"]] == ["https://example.org/nop/"]


def test_a_question_typed_without_the_converter_is_promoted_too(site, client):
    PromotedResult.objects.create(queries="thư viện", address="/co-quan/", title="Thư viện")
    promotions.refresh()
    assert [item.title for item in client.get(URL, {"q": "thuw vieenj"}).context["promoted"]] == ["Thư viện"]


def test_a_table_that_cannot_be_read_breaks_no_page(address, client, caplog):
    promotions._table.path.write_text("{")
    assert client.get(URL, {"q": "ttkdtm"}).status_code == 200
    assert "promotions" in caplog.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"queries": "a b"}, "address"),
        ({"queries": "a b", "address": "javascript:alert(1)", "title": "x"}, "address"),
        ({"queries": "a b", "address": "//example.org/", "title": "x"}, "address"),
        ({"queries": "a b", "address": "/van-ban/khong-co/", "title": "x"}, "address"),
        ({"queries": "a b", "address": "/admin/", "title": "x"}, "address"),
        ({"queries": "a b", "address": "https://example.org/"}, "title"),
        ({"queries": "a b\n?!", "address": "https://example.org/", "title": "x"}, "queries"),
        ({"queries": "a -b", "address": "https://example.org/", "title": "x"}, "queries"),
        ({"queries": "a b", "address": "https://example.org/", "title": "x", "starts_on": 2, "ends_on": 1}, "ends_on"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_promoted_is_refused_beside_its_field(fields, field):
    today = localdate()
    dated = {k: today + timedelta(days=v) if isinstance(v, int) else v for k, v in fields.items()}
    with pytest.raises(ValidationError) as refusal:
        PromotedResult(**dated).full_clean()
    assert field in refusal.value.message_dict
