"""Search knows which documents others cite and which are over: when that changes the index hears of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.base.models import OutboxRow
from cms.base.withdrawal import withdraw
from cms.documents.importing import import_document
from cms.documents.models import DocumentPage
from search.registry import HIDDEN, registered
from search.service import search
from search.sync import rebuild, verify
from tests.documents.test_importing import DATA, TEXT
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db

OTHER = (
    TEXT.replace("21/KH-PGDĐT", "{number}/KH-PGDĐT")
    .replace("Phổ biến kỹ năng số", "Tập huấn lần {number}")
    .replace("I. MỤC TIÊU", "{line}\n\nI. MỤC TIÊU")
)
NAMED = "Thực hiện Kế hoạch số 21/KH-PGDĐT ngày 05 tháng 9 năm 2024 của Phòng Giáo dục và Đào tạo huyện Minh Họa;"
ENDS = "Kế hoạch này thay thế Kế hoạch số 21/KH-PGDĐT ngày 05 tháng 9 năm 2024."


@pytest.fixture(autouse=True)
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")


@pytest.fixture
def cited():
    return import_document(DATA, "kh21.txt", publish=True).page


def publish(number, line):
    text = OTHER.replace("{number}", str(number)).replace("{line}", line)
    return import_document(text.encode(), f"kh{number}.txt", publish=True).page


def weights(page):
    (found,) = registered()["document"].entries([page.pk])
    return {name: found.facets[name][0][0] for name in sorted(HIDDEN) if name in found.facets}


def test_how_many_cite_it_counts_by_powers_of_two(cited):
    assert weights(cited) == {}
    seen = []
    for number in range(31, 36):
        publish(number, NAMED)
        seen.append(weights(cited)["cited"])
    assert seen == ["1", "2", "2", "4", "4"]


def test_a_document_that_says_two_things_of_another_cites_it_once(cited):
    publish(31, f"{NAMED}\n\n{ENDS}")
    assert weights(cited)["cited"] == "1"


def test_what_a_later_document_ends_stands_behind_the_others(cited):
    publish(31, ENDS)
    assert weights(cited)["status"] == "replaced"


def test_what_was_withdrawn_or_has_run_out_does_too(cited, office):
    DocumentPage.objects.filter(pk=cited.pk).update(expires_on="2024-12-31", doc_type="circular")
    assert weights(cited) == {"status": "expired"}
    DocumentPage.objects.filter(pk=cited.pk).update(expires_on=None)
    withdraw(cited, "Sai số liệu", member(office))
    assert weights(cited) == {"status": "withdrawn"}


def test_what_weighs_is_neither_shown_nor_counted_nor_filtered_by(cited, committed):
    with committed():
        publish(31, NAMED)
    found = search("21/KH-PGDĐT")
    assert not HIDDEN & found.facets.keys()
    assert not any(HIDDEN & hit.record.facets.keys() for hit in found.hits)
    assert search("21/KH-PGDĐT", filters={"cited": ["32"], "status": ["replaced"]}).total == found.total


@pytest.mark.parametrize("line", [NAMED, ENDS])
def test_the_index_hears_of_it_when_the_other_comes_and_goes(cited, committed, line):
    rebuild()
    with committed():
        other = publish(31, line)
    assert weights(cited)
    assert verify().agrees
    with committed():
        DocumentPage.objects.get(pk=other.pk).unpublish()
    assert weights(cited) == {}
    assert verify().agrees


def test_the_index_hears_of_it_when_the_other_is_deleted(cited, committed):
    with committed():
        other = publish(31, ENDS)
    with committed():
        DocumentPage.objects.get(pk=other.pk).delete()
    assert weights(cited) == {}
    assert verify().agrees


def test_what_is_for_some_alone_weighs_nothing(cited, committed):
    """Else a private document could be seen through the place of a public one."""
    with committed():
        other = publish(31, ENDS)
    with committed():
        restriction = PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert weights(cited) == {}
    assert verify().agrees
    with committed():
        restriction.delete()
    assert weights(cited) == {"cited": "1", "status": "replaced"}
    assert verify().agrees


def test_a_namesake_that_comes_makes_mentions_ambiguous_and_is_heard_of(cited, committed):
    bare = "Thực hiện Kế hoạch số 21/KH-PGDĐT ngày 05 tháng 9 năm 2024;"
    with committed():
        publish(31, bare)
    assert weights(cited)["cited"] == "1"
    with committed():
        OrganisationFactory(code="pgddt-khac", name="Phòng Giáo dục và Đào tạo huyện Khác")
        text = TEXT.replace("huyện Minh Họa", "huyện Khác").replace("HUYỆN MINH HỌA", "HUYỆN KHÁC")
        import_document(text.encode(), "kh21-khac.txt", publish=True)
    assert verify().agrees


def test_saving_again_tells_nobody_else(cited):
    other = publish(31, NAMED)
    OutboxRow.objects.all().delete()
    DocumentPage.objects.get(pk=other.pk).save()
    told = OutboxRow.objects.exclude(consumer="admin")  # the staff's own search hears of every save
    assert set(told.values_list("kind", "object_id")) == {("document", other.pk)}


def test_entries_are_read_in_as_many_statements_whatever_their_number(cited):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            list(registered()["document"].entries(None))
        return len(asked)

    publish(30, f"{NAMED}\n\n{ENDS}")
    few = statements()
    for number in range(31, 35):
        publish(number, f"{NAMED}\n\n{ENDS}")
    assert statements() == few
