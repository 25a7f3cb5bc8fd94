"""Lược đồ, the tree of plans, and the page of a number that is not here."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.documents.cited import cited
from cms.documents.diagram import INCOMING, OUTGOING, PER_PAGE, incoming_counts, relations_of
from cms.documents.enums import RelationKind
from cms.documents.models import DocumentPage, Relation
from cms.documents.plan_tree import implementation_tree
from tests.factories import DocumentPageFactory

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def plan(number, *lines, day=date(2023, 1, 1), **fields):
    body = [("text", "\n".join(lines))] if lines else []
    return publish(DocumentPageFactory(number=number, issued_on=day, body=body, **fields))


def implements(number):
    return f"Thực hiện Kế hoạch số {number} ngày 01/01/2023;"


def statements(call):
    with CaptureQueriesContext(connection) as queries:
        found = call()
    return found, len(queries)


def copies(row, count):
    """The same relation from many other documents."""
    pages = [plan(f"{n}/KH-X", day=date(2020, 1, 1 + n % 28)) for n in range(count)]
    fields = [f.attname for f in Relation._meta.fields if f.name != "id"]
    values = {name: getattr(row, name) for name in fields}
    Relation.objects.bulk_create(
        Relation(**(values | {"source_id": page.pk, "source_on": page.issued_on})) for page in pages
    )


def test_every_kind_has_a_name_in_both_directions():
    assert set(OUTGOING) == set(INCOMING) == set(RelationKind)


def test_both_directions_once_a_document_and_kind():
    target = plan("1/KH-A")
    source = plan(
        "2/KH-B", implements("1/KH-A"), "Căn cứ Quyết định số 9/QĐ-A;", "I. Xem Kế hoạch số 1/KH-A", "a) như trên"
    )
    out = relations_of(source).outgoing
    assert [(g.kind, g.count, [r.url for r in g.rows]) for g in out] == [
        ("implements", 1, [f"/van-ban/{target.slug}/"]),
        ("legal_basis", 1, [""]),
    ]
    (group,) = relations_of(target).incoming
    assert (group.kind, group.count, group.rows[0].label) == ("implements", 1, source.heading)
    assert group.rows[0].anchor
    assert incoming_counts(target) == {"implements": 1}


def test_three_statements_whatever_the_number_and_pages_of_a_hundred():
    target = plan("1/KH-A")
    source = plan("2/KH-B", implements("1/KH-A"))
    _, few = statements(lambda: relations_of(target))
    copies(Relation.objects.get(source=source), PER_PAGE + 3)
    found, many = statements(lambda: relations_of(target))
    assert few == many == 3
    (group,) = found.incoming
    assert (group.count, len(group.rows), group.pages, group.more) == (PER_PAGE + 4, PER_PAGE, 2, 4)
    assert group.rows[0].url == f"/van-ban/{source.slug}/", "the newest first"
    days = [row.issued_on for row in group.rows]
    assert days == sorted(days, reverse=True)
    second = relations_of(target, "implements", 2).incoming[0]
    assert len(second.rows) == 4
    assert not {row.url for row in second.rows} & {row.url for row in group.rows}


def test_what_is_restricted_is_neither_named_nor_counted():
    target = plan("1/KH-A")
    source = plan("2/KH-B", implements("1/KH-A"))
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert relations_of(target).incoming == ()
    assert not implementation_tree(target)
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    (group,) = relations_of(source).outgoing
    assert group.rows[0].url == ""
    assert cited("1kha").redirect == ""


def test_the_tree_from_ministry_to_school():
    ministry = plan("1/KH-BO")
    office = plan("2/KH-SO", implements("1/KH-BO"))
    schools = [plan(f"{n}/KH-TRUONG", implements("2/KH-SO")) for n in (3, 4)]
    tree, count = statements(lambda: implementation_tree(office))
    assert count == 2
    assert [branch.pk for branch in tree.above] == [ministry.pk]
    assert [branch.pk for branch in tree.below] == [school.pk for school in schools]
    (top,) = implementation_tree(ministry).below
    assert [branch.pk for branch in top.children] == [school.pk for school in schools]
    DocumentPage.objects.get(pk=schools[0].pk).unpublish()
    assert [branch.pk for branch in implementation_tree(office).below] == [schools[1].pk]


def test_a_circle_of_plans_ends_where_it_closes():
    one = plan("1/KH-A", implements("2/KH-B"))
    two = plan("2/KH-B", implements("1/KH-A"))
    (branch,) = implementation_tree(one).below
    assert (branch.pk, branch.seen) == (two.pk, False)
    (again,) = branch.children or (None,)
    assert again is None or (again.pk == one.pk and again.seen and not again.children)


def test_a_document_that_is_not_here_lists_who_cites_it_by_the_facts_that_agree():
    a = "Căn cứ Công văn số 74/PGDĐT ngày 16/02/2023 của Phòng Giáo dục và Đào tạo huyện A về việc thử;"
    b = "Căn cứ Công văn số 74/PGDĐT ngày 05/05/2021 của Phòng Giáo dục và Đào tạo huyện B;"
    first, second, third = plan("1/KH", a), plan("2/KH", a), plan("3/KH", b)
    bare = plan("4/KH", "I. Xem Công văn số 74/PGDĐT")
    page, count = statements(lambda: cited("74pgddt"))
    assert count == 4
    assert page.count == 4
    assert [{row.url for row in group.rows} for group in page.groups] == [
        {f"/van-ban/{first.slug}/", f"/van-ban/{second.slug}/"},
        {f"/van-ban/{third.slug}/"},
        {f"/van-ban/{bare.slug}/"},
    ]
    assert page.groups[0].issued_on == date(2023, 2, 16)
    assert page.redirect == ""
    target = plan("74/PGDĐT", day=date(2023, 2, 16))
    page = cited("74pgddt")
    assert page.groups[0].url == f"/van-ban/{target.slug}/"
    assert page.redirect == "", "others of that number are still not here"
    assert cited("khongco").groups == ()
    assert cited("").groups == ()


def test_an_ambiguous_one_offers_the_choice():
    plan("1/KH", "Căn cứ Công văn số 74/PGDĐT ngày 16/02/2023;")
    letters = [plan("74/PGDĐT", day=date(2023, 2, 16), issuer_raw=f"Phòng {n}") for n in "AB"]
    (group,) = cited("74pgddt").groups
    assert group.is_ambiguous
    assert {row.url for row in group.candidates} == {f"/van-ban/{one.slug}/" for one in letters}
