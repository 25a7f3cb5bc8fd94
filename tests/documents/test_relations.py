"""Which document a relation means, whatever the order in which documents arrive."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.dating import impossible_dates, with_possible_dates
from cms.documents.effects import status_of
from cms.documents.enums import RelationKind as K
from cms.documents.models import DocumentPage, Relation, StatedRelation
from cms.documents.pipeline import read
from cms.organisations.models import OrganisationName
from tests.factories import DocumentPageFactory, OrganisationFactory

# --- which document is meant ----------------------------------------------------------------------------------------


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def make(**fields):
    return publish(DocumentPageFactory(**({"doc_type": "decision"} | fields)))


def cites(*lines, **fields):
    return make(body=[("text", "\n".join(lines))], **fields)


BASIS = "Căn cứ Quyết định số 131/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ phê duyệt đề án;"
TARGET = {
    "number": "131/QĐ-TTg",
    "issued_on": date(2022, 1, 25),
    "issuer_raw": "Thủ tướng Chính phủ",
    "title": "Phê duyệt đề án",
}
in_database = pytest.mark.django_db


def one_relation(**found):
    return Relation.objects.get(**found)


@in_database
@pytest.mark.parametrize(
    ("fields", "resolved"),
    [
        ({}, True),
        ({"issuer_raw": ""}, True),
        ({"issuer_raw": "Ủy ban nhân dân tỉnh khác"}, True),
        ({"issued_on": None}, True),
        ({"issued_on": None, "issuer_raw": ""}, False),
        ({"issued_on": date(2021, 1, 25)}, False),
        ({"number": "132/QĐ-TTg"}, False),
    ],
)
def test_number_and_date_or_issuer_identify(fields, resolved):
    source = cites(BASIS)
    target = make(**(TARGET | fields))
    assert one_relation(source=source).target_id == (target.pk if resolved else None)


@in_database
def test_two_documents_of_one_number_are_ambiguous_until_one_goes():
    source = cites("Căn cứ Công văn số 74/PGDĐT ngày 16/02/2023;")
    letters = [make(number="74/PGDĐT", issued_on=date(2023, 2, 16), issuer_raw=f"Phòng {n}") for n in "AB"]
    row = one_relation(source=source)
    assert (row.target, row.is_ambiguous) == (None, True)
    letters[0].number = "75/PGDĐT"
    publish(letters[0])
    row.refresh_from_db()
    assert (row.target_id, row.is_ambiguous) == (letters[1].pk, False)
    letters[1].delete()
    row.refresh_from_db()
    assert (row.target, row.is_ambiguous) == (None, False)


@in_database
def test_date_and_issuer_together_go_before_the_date_alone():
    source = cites("Căn cứ Công văn số 74/PGDĐT ngày 16/02/2023 của Phòng Giáo dục và Đào tạo huyện A;")
    here, _other = (
        make(number="74/PGDĐT", issued_on=date(2023, 2, 16), issuer_raw=f"Phòng GDĐT huyện {n}") for n in "AB"
    )
    assert one_relation(source=source).target_id == here.pk


@in_database
def test_an_editor_says_which_one_and_nothing_else_is_meant():
    letters = [make(number="74/PGDĐT", issued_on=date(2023, 2, 16), issuer_raw=f"Phòng {n}") for n in "AB"]
    source = cites("Căn cứ Công văn số 74/PGDĐT ngày 16/02/2023;", "I. Xem Công văn số 74/PGDĐT")
    source.stated_relations = [StatedRelation(kind=K.SAME_SUBJECT, document=letters[0])]
    source = publish(source)
    assert set(Relation.objects.filter(source=source).values_list("target", flat=True)) == {letters[0].pk}
    letters[0].unpublish()
    assert set(Relation.objects.filter(source=source).values_list("target", flat=True)) == {None}
    assert not Relation.objects.filter(is_ambiguous=True).exists()
    assert "74/PGDĐT" in Relation.objects.filter(source=source, origin="editor").values_list("number", flat=True)


@in_database
def test_a_document_never_means_itself():
    page = cites("I. Theo Công văn số 75/PGDĐT", number="74/PGDĐT", issued_on=date(2023, 2, 16))
    page.number = "75/PGDĐT"
    page = publish(page)
    assert not Relation.objects.filter(target=page).exists()
    with pytest.raises(ValidationError) as error:
        StatedRelation(page=page, kind=K.REPLACES, document=page).clean()
    assert "document" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        StatedRelation(page=page, kind=K.REPLACES).clean()
    assert "number" in error.value.message_dict


@in_database
def test_a_name_the_register_learns_settles_again():
    office = OrganisationFactory(code="ttg", name="Thủ tướng")
    source = cites("Căn cứ Quyết định số 131/QĐ-TTg của Thủ tướng Chính phủ;")
    make(**(TARGET | {"issuer": office, "issuer_raw": ""}))
    row = one_relation(source=source)
    assert row.target is None
    OrganisationName.objects.create(organisation=office, name="Thủ tướng Chính phủ")
    row.refresh_from_db()
    assert row.target is not None
    OrganisationName.objects.filter(name="Thủ tướng Chính phủ").first().delete()
    row.refresh_from_db()
    assert row.target is None


@in_database
def test_a_withdrawn_document_is_still_meant_and_its_status_says_so():
    target = make(**TARGET)
    source = cites(BASIS)
    target.withdrawn_on = date(2024, 1, 1)
    target.save()
    assert one_relation(source=source).target_id == target.pk
    assert status_of(target, date(2024, 2, 1)).code == "withdrawn"


@in_database
def test_what_is_not_public_says_nothing():
    source = cites(BASIS)
    make(**TARGET)
    source.unpublish()
    assert not Relation.objects.exists()
    publish(DocumentPage.objects.get(pk=source.pk))
    assert one_relation(source=source).target is not None


# --- the four documents ---------------------------------------------------------------------------------------------


def _seed_pages(folder):
    for path in sorted(folder.glob("*.txt")):
        reading = read(path.read_bytes(), path.name)
        head = reading.header
        body = [(block["type"], block["value"]) for block in reading.blocks]
        yield make(
            title=(head.title or path.stem)[:250],
            doc_type=head.type or "plan",
            number=head.number or "",
            issuer_raw=head.issuer or "",
            issued_on=head.issued_on,
            body=body,
        )


@in_database
def test_shared_bases_of_the_four_documents_appear_once_with_all_who_cite_them(seeds):
    from cms.documents.cited import cited

    pages = list(_seed_pages(seeds))
    assert len(pages) == 4
    numbers = Relation.objects.filter(is_first=True).values_list("number_key", "source")
    citing = {key: {s for k, s in numbers if k == key} for key, _ in numbers}
    shared = {key: sources for key, sources in citing.items() if len(sources) > 1}
    assert {"131qdttg", "4725qdbgddt", "192017ttbgddt"} <= set(shared)
    for key, sources in shared.items():
        page = cited(key)
        shown = [row.url for group in page.groups for row in group.rows]
        assert len(shown) == len(set(shown)) == len(sources), key
    assert len(cited("131qdttg").groups) == 1
    for page in pages:
        implemented = Relation.objects.filter(source=page, kind=K.IMPLEMENTS)
        assert all(row.in_preamble for row in implemented)
    assert Relation.objects.filter(kind=K.IMPLEMENTS).exists()
    target = make(**TARGET)
    described = Relation.objects.filter(number_key="131qdttg", issued_on__isnull=False)
    assert set(described.values_list("target", flat=True)) == {target.pk}
    bare = Relation.objects.filter(number_key="131qdttg", issued_on=None, issuer_key="")
    assert set(bare.values_list("target", flat=True)) <= {None}, "a number alone does not identify (law 14)"
    (group,) = cited("131qdttg").groups
    assert group.url == f"/van-ban/{target.slug}/"


def _publishing_cost(sources):
    for _ in range(sources):
        cites(BASIS, "I. Mục tiêu", "a) Theo Quyết định số 131/QĐ-TTg")
    page = DocumentPageFactory(**(TARGET | {"live": False}))
    page.save_revision()
    with CaptureQueriesContext(connection) as queries:
        page.get_latest_revision().publish()
    assert Relation.objects.filter(target=page.pk).count() == 2 * sources
    updates = [q for q in queries if q["sql"].startswith('UPDATE "documents_relation"') and "is_ambiguous" in q["sql"]]
    assert len(updates) <= 2, "its own relations, and at once all that name it"
    return len(queries), page


@in_database
def test_the_cited_documents_arrival_costs_the_same_for_three_and_for_three_hundred():
    few, page = _publishing_cost(3)
    DocumentPage.objects.get(pk=page.pk).delete()
    rows = list(Relation.objects.all())
    # The other 297 as rows of their own pages: writing them out page by page would only test Wagtail.
    pages = [cites("I. Chữ") for _ in range(27)]
    copies = []
    for source, row in itertools.product(pages, rows * 2):
        copies.append(Relation(**{f.attname: getattr(row, f.attname) for f in Relation._meta.fields if f.name != "id"}))
        copies[-1].source_id = source.pk
    Relation.objects.bulk_create(copies)
    page = DocumentPageFactory(**(TARGET | {"live": False}))
    page.save_revision()
    with CaptureQueriesContext(connection) as queries:
        page.get_latest_revision().publish()
    assert Relation.objects.filter(target=page.pk).count() == len(rows) + len(copies) > 300
    assert len(queries) == few


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        (date(1944, 12, 31), True),
        (date(1945, 1, 1), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (None, False),
    ],
)
def test_a_date_before_1945_or_after_next_year_is_named(day, wrong):
    found = impossible_dates({"issued_on": day}, today=date(2025, 5, 1))
    assert bool(found) is wrong
    if wrong:
        assert f"{day:%d/%m/%Y}" in found["issued_on"]
    assert not impossible_dates({"expires_on": date(2040, 1, 1)}, today=date(2025, 5, 1))


@in_database
def test_the_form_and_the_import_refuse_the_same_dates():
    page = DocumentPageFactory.build(issued_on=date(1904, 1, 1))
    with pytest.raises(ValidationError) as error:
        page.clean()
    assert "issued_on" in error.value.message_dict
    text = "UBND TỈNH A\nSố: 12/KH-UBND\nMinh Họa, ngày 01 tháng 02 năm 1904\nKẾ HOẠCH\nVề việc thử\nI. Mục tiêu\nChữ."
    reading = read(text.encode(), "a.txt")
    assert reading.header.issued_on == date(1904, 2, 1)
    checked = with_possible_dates(reading)
    assert checked.header.issued_on is None
    assert any("01/02/1904" in warning for warning in checked.warnings)


# --- order ----------------------------------------------------------------------------------------------------------

DAYS = (date(2022, 1, 25), date(2022, 1, 26), None)
ISSUERS = ("", "Phòng A", "Phòng B", "sổ")
LINES = (
    "Căn cứ Công văn số 74/PGDĐT ngày 25/01/2022;",
    "Căn cứ Công văn số 74/PGDĐT của Phòng A;",
    "Căn cứ Công văn số 74/PGDĐT ngày 26/01/2022 của Phòng B;",
    "Căn cứ Công văn số 75/PGDĐT ngày 25/01/2022 của Sổ bộ;",
    "I. Công văn này thay thế Công văn số 74/PGDĐT ngày 25/01/2022.",
)
document = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["74/PGDĐT", "75/PGDĐT", ""]),
        "issued_on": st.sampled_from(DAYS),
        "issuer": st.sampled_from(ISSUERS),
        "lines": st.lists(st.sampled_from(LINES), max_size=3, unique=True),
        "pin": st.none() | st.integers(0, 3),
        "public": st.booleans(),
    }
)


def _apply(page, facts, register):
    page.number, page.issued_on = facts["number"], facts["issued_on"]
    page.issuer = register if facts["issuer"] == "sổ" else None
    page.issuer_raw = "" if facts["issuer"] == "sổ" else facts["issuer"]
    page.body = [("text", "\n".join(facts["lines"]))] if facts["lines"] else []


def _arrive(pages, wanted, order, detours, register):
    """Every document reaches its wanted state, some by way of another state, in this order."""
    for index in order:
        page, facts = DocumentPage.objects.get(pk=pages[index].pk), wanted[index]
        if index in detours:
            _apply(page, detours[index], register)
            page.save_revision().publish()
            page = DocumentPage.objects.get(pk=page.pk)
        _apply(page, facts, register)
        page.stated_relations = (
            [StatedRelation(kind=K.SAME_SUBJECT, document=pages[facts["pin"]], number="74/PGDĐT")]
            if facts["pin"] is not None and facts["pin"] != index
            else []
        )
        page.save_revision().publish()
        if not facts["public"]:
            DocumentPage.objects.get(pk=page.pk).unpublish()


def _table():
    left_out = {"id", "anchor"}  # anchors keep the history of their document
    names = [f.attname for f in Relation._meta.fields if f.attname not in left_out]
    return sorted(map(repr, Relation.objects.values_list(*names)))


@in_database
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(document, min_size=4, max_size=4),
    order=st.permutations(range(4)),
    detours=st.dictionaries(st.integers(0, 3), document, max_size=2),
)
def test_the_order_in_which_documents_arrive_does_not_change_the_graph(db, wanted, order, detours):
    from django.db import transaction

    register = OrganisationFactory(name="Sổ bộ")
    with transaction.atomic():
        pages = [DocumentPageFactory(live=False) for _ in range(4)]
        tables = []
        for way, off in ((range(4), {}), (order, detours)):
            with transaction.atomic():
                _arrive(pages, wanted, way, off, register)
                tables.append(_table())
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    assert tables[0] == tables[1]
