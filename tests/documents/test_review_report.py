"""What an office has to look at again: only its own, with the reason, as a list and as a file."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cms.documents.health import Base, Health
from cms.documents.models import DocumentPage, StatedRelation
from cms.documents.review_report import due, why
from cms.documents.status import Status
from cms.people.enums import Role
from tests.factories import DocumentPageFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")


@pytest.fixture
def documents(office):
    today = localdate()
    school = OrganisationFactory(code="truong", below=office)
    other = OrganisationFactory(code="khac")
    old = publish(DocumentPageFactory(number="1/QĐ-MH", doc_type="decision", issuer=office, issued_on=date(2020, 1, 2)))
    new = DocumentPageFactory(number="2/QĐ-MH", doc_type="decision", issuer=office, issued_on=date(2021, 1, 2))
    new.stated_relations.add(StatedRelation(kind="replaces", document=old))
    publish(new)
    basis = "Căn cứ Quyết định số 1/QĐ-MH ngày 02/01/2020 của Phòng GDĐT Minh Họa;"

    def make(title, organisation, **fields):
        return publish(
            DocumentPageFactory(title=title, organisation=organisation, issued_on=date(2022, 1, 2), **fields)
        )

    return {
        "due": make("Bản thứ nhất", office, review_on=today),
        "soon": make("=Bản thứ hai", school, review_on=today + timedelta(days=20)),
        "later": make("Bản thứ ba", office, review_on=today + timedelta(days=90)),
        "ill": make("Bản thứ tư", school, number="3/KH-MH", issuer=office, body=[("text", basis)]),
        "well": make("Bản thứ năm", office),
        "theirs": make("Bản thứ sáu", other, review_on=today, body=[("text", basis)]),
    }


def titles(client, **query):
    html = client.get(reverse("documents_to_review"), query).content.decode()
    names = ("Bản thứ nhất", "Bản thứ hai", "Bản thứ ba", "Bản thứ tư", "Bản thứ năm", "Bản thứ sáu")
    return {name for name in names if name in html}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Bản thứ nhất", "Bản thứ hai", "Bản thứ ba", "Bản thứ tư"}),
        ({"when": "due"}, {"Bản thứ nhất"}),
        ({"when": "soon"}, {"Bản thứ hai"}),
        ({"when": "bases"}, {"Bản thứ tư"}),
    ],
)
def test_the_list_and_its_filters(documents, office, signed_in, query, found):
    assert titles(signed_in(member(office)), **query) == found


def test_a_sibling_sees_its_own_alone(documents, signed_in):
    user = member(documents["theirs"].organisation)
    assert titles(signed_in(user)) == {"Bản thứ sáu"}
    assert titles(signed_in(user), organisation=documents["due"].organisation_id) <= {"Bản thứ sáu"}


def test_who_changes_no_document_has_no_list(documents, office, signed_in):
    client = signed_in(member(office, Role.REVIEWER))
    assert client.get(reverse("documents_to_review")).status_code == 302
    assert "ra-soat" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_has_the_reasons_and_no_formula(documents, office, signed_in, form):
    answer = signed_in(member(office)).get(reverse("documents_to_review"), {"export": form})
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
        text = "\n".join(str(cell) for row in rows for cell in row)
    else:
        text = data.decode()
    assert "'=Bản thứ hai" in text
    assert "1/QĐ-MH" in text
    assert "Bản thứ sáu" not in text


def test_the_first_page_of_the_admin_counts_what_is_due(documents, office, signed_in):
    user = member(office)
    assert due(user) == 1
    assert f"{reverse('documents_to_review')}?when=due" in signed_in(user).get("/admin/").content.decode()
    idle = member(OrganisationFactory())
    assert f"{reverse('documents_to_review')}?when=due" not in signed_in(idle).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("review_on", "gone", "words"),
    [
        (None, 0, []),
        (TODAY, 0, ["due"]),
        (TODAY + timedelta(days=1), 0, []),
        (None, 2, ["2", "9", "1/QĐ"]),
        (TODAY, 1, ["1", "9"]),
    ],
)
def test_the_reason_is_a_sentence(review_on, gone, words):
    base = Base("1/QĐ", "", "", "", Status("replaced", None, None, "", ""))
    from django.utils import translation

    with translation.override("en"):
        text = why(review_on, Health(9, (base,) * gone) if gone else None, TODAY)
    assert all(word in text for word in words)
    assert bool(text) is bool(words)


def test_the_list_costs_the_same_for_many(documents, office, signed_in, django_assert_max_num_queries):
    client = signed_in(member(office))
    client.get(reverse("documents_to_review"))
    for _time in range(10):
        DocumentPageFactory(organisation=office, review_on=localdate())
    with django_assert_max_num_queries(45):
        client.get(reverse("documents_to_review"))
