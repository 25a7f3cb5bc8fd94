"""Whose word changes what holds of a document, and what that does to those that rest on it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.documents.effects import effects_on, status_of
from cms.documents.enums import RelationKind as K
from cms.documents.health import basis_health, offices_list
from cms.documents.models import DocumentPage, Relation, StatedRelation
from cms.organisations.models import Succession
from tests.factories import DocumentPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def make(**fields):
    return publish(DocumentPageFactory(**({"doc_type": "decision"} | fields)))


def cites(*lines, **fields):
    return make(body=[("text", "\n".join(lines))], **fields)


def one_relation(**found):
    return Relation.objects.get(**found)


NEW = ("Điều 1. Quyết định này thay thế Quyết định số 10/QĐ-A ngày 01/02/2020.",)


def _old_and_new(old=None, new=None):
    target = make(number="10/QĐ-A", issued_on=date(2020, 2, 1), **(old or {}))
    source = cites(*NEW, number="20/QĐ-A", issued_on=date(2024, 2, 1), **(new or {}))
    return target, source


def test_only_who_may_change_a_document_changes_its_status():
    top = OrganisationFactory(code="tren")
    office = OrganisationFactory(code="a", below=top)
    sibling = OrganisationFactory(code="b", below=top)
    heir = OrganisationFactory(code="c")
    target, source = _old_and_new({"issuer": office}, {"issuer": office})

    def counts(issuer, **fields):
        page = DocumentPage.objects.get(pk=source.pk)
        page.issuer = issuer
        for name, value in fields.items():
            setattr(page, name, value)
        publish(page)
        status = status_of(DocumentPage.objects.get(pk=target.pk), date(2025, 1, 1))
        assert bool(status) is one_relation(source=source).effect_counts
        return bool(status)

    assert counts(office)
    assert counts(top)
    assert not counts(sibling)
    assert not counts(heir)
    Succession(predecessor=office, successor=heir, on=date(2025, 7, 1), kind="merged").save()
    assert one_relation(source=source).effect_counts, "settled again when the successor became known"
    assert not counts(None, issuer_raw="Ai đó")
    assert counts(None, issuer_raw=office.name.upper())


def test_an_editor_who_answers_for_both_may_state_an_effect():
    office, other = OrganisationFactory(code="a"), OrganisationFactory(code="b")
    target = make(number="10/QĐ-A", issued_on=date(2020, 2, 1), organisation=office)
    source = make(number="20/QĐ-A", issued_on=date(2024, 2, 1), organisation=office)
    source.stated_relations = [StatedRelation(kind=K.REPLACES, document=target, effective_from=date(2024, 9, 1))]
    source = publish(source)
    assert one_relation(source=source).effect_counts
    assert status_of(target, date(2024, 8, 31)).code == ""
    assert status_of(target, date(2024, 9, 1)).code == "replaced"
    source.organisation = other
    publish(source)
    assert not one_relation(source=source).effect_counts


@pytest.mark.parametrize(("later", "replaced"), [(date(2024, 2, 1), ["10/QĐ-A"]), (date(2020, 2, 1), [])])
def test_a_circle_of_replacements_is_decided_by_the_dates(later, replaced):
    first = cites(
        f"Điều 1. Quyết định này thay thế Quyết định số 20/QĐ-A ngày {later:%d/%m/%Y}.",
        number="10/QĐ-A", issued_on=date(2020, 2, 1), issuer_raw="A",
    )  # fmt: skip
    second = cites(*NEW, number="20/QĐ-A", issued_on=later, issuer_raw="A")
    found = [p.number for p in (first, second) if status_of(p, date(2025, 1, 1)).code == "replaced"]
    assert found == replaced
    if not replaced:
        effects = effects_on([first.pk, second.pk])
        assert all(effect.is_circular for one in effects.values() for effect in one)


def test_the_health_of_the_legal_bases():
    office = OrganisationFactory(code="a")
    _old_and_new({"issuer": office}, {"issuer": office})
    page = cites(
        "Căn cứ Quyết định số 10/QĐ-A ngày 01/02/2020;", "Căn cứ Quyết định số 11/QĐ-A ngày 01/02/2020;",
        "Thực hiện Kế hoạch số 12/KH-A ngày 01/02/2020;", "I. Theo Quyết định số 13/QĐ-A ngày 01/02/2020",
        organisation=office, issued_on=date(2021, 1, 1),
    )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        health = basis_health(page)
    assert len(queries) == 2
    assert (health.total, [base.label for base in health.replaced]) == (3, ["Quyết định 10/QĐ-A"])
    assert basis_health(page, day=date(2023, 1, 1)).replaced == ()
    with CaptureQueriesContext(connection) as queries:
        rows = offices_list([office.pk])
    assert len(queries) == 3
    assert [row.page.pk for row in rows] == [page.pk]
    assert offices_list([OrganisationFactory(code="b").pk]) == []
