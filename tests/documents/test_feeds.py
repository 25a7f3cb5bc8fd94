"""Atom feeds and what changed in a month: read by a real reader of feeds, stable, cheap, silent about the hidden."""

from datetime import date, datetime

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.base.withdrawal import withdraw
from cms.documents.changes import Month, read_month
from cms.documents.models import ChangeNote, DocumentPage, DocumentVersion, Topic
from tests.documents.test_pages import publish
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")


@pytest.fixture
def plan(office):
    page = publish(
        DocumentPageFactory(
            title="Kế hoạch <A> & \x0bB",
            number="12/KH-PGDĐT",
            issuer=office,
            issued_on=date(2023, 12, 25),
            body=[("text", "Câu đầu.")],
        )
    )
    page.topics = [Topic.objects.create(name="Chuyển đổi số", slug="chuyen-doi-so")]
    page.body = [("text", "Câu sau.")]
    page.change_notes.add(ChangeNote(kind="correction", note="Sửa câu đầu."))
    return publish(page)


@pytest.fixture
def decision(office):
    return publish(DocumentPageFactory(title="Quyết định B", number="9/QĐ-PGDĐT", doc_type="decision", issuer=office))


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_the_list_as_a_feed(plan, decision, reader):
    feed = read(reader, "/van-ban/atom.xml")
    assert feed.feed.language == "vi"
    assert [entry.link for entry in feed.entries] == [
        f"http://testserver/van-ban/{page.slug}/" for page in (decision, plan)
    ]
    entry = feed.entries[1]
    assert "12/KH-PGDĐT" in entry.title
    assert entry.id == f"tag:testserver,2025-01-01:document:{plan.pk}"
    assert entry.updated_parsed >= entry.published_parsed
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {"alternate": "http://testserver/van-ban/", "self": "http://testserver/van-ban/atom.xml"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("loai=plan", 1),
        ("loai=decision", 1),
        ("co-quan=pgddt-minh-hoa", 2),
        ("co-quan=khong-co", 0),
        ("chu-de=chuyen-doi-so", 1),
        ("chu-de=%00", 2),
        ("loai=plan&chu-de=chuyen-doi-so&co-quan=pgddt-minh-hoa", 1),
        ("nam=2023", 1),
        ("nam=x&loai=y", 2),
        ("co-quan=" + "x" * 500, 0),
        ("chu-de=<b>%26", 0),
        ("loai=plan&loai=decision", 1),
    ],
)
def test_filters_of_a_feed_are_those_of_the_list(plan, decision, reader, query, count):
    feed = read(reader, f"/van-ban/atom.xml?{query}")
    assert len(feed.entries) == count
    assert reader.get(f"/van-ban/?{query}").context["page_obj"].paginator.count == count


def test_each_filter_is_another_feed(plan, decision, reader):
    queries = ("", "?loai=plan", "?loai=decision", "?co-quan=pgddt-minh-hoa", "?chu-de=chuyen-doi-so")
    feeds = [read(reader, f"/van-ban/atom.xml{query}").feed for query in queries]
    assert len({feed.id for feed in feeds}) == len({feed.title for feed in feeds}) == 5


def test_pages_name_their_feeds(plan, reader):
    def feed_of(address):
        html = reader.get(address).content.decode()
        return html.partition('rel="alternate" type="application/atom+xml" href="')[2].partition('"')[0]

    assert feed_of("/van-ban/") == "/van-ban/atom.xml"
    assert feed_of("/van-ban/?loai=plan&trang=1") == "/van-ban/atom.xml?loai=plan"
    assert feed_of("/en/van-ban/") == "/en/van-ban/atom.xml"
    assert feed_of(f"/van-ban/{plan.slug}/") == f"/van-ban/{plan.slug}/atom.xml"
    assert feed_of("/co-quan/pgddt-minh-hoa/") == "/van-ban/atom.xml?co-quan=pgddt-minh-hoa"


def test_a_documents_feed_has_its_versions_with_their_notes_and_its_withdrawal(plan, reader):
    feed = read(reader, f"/van-ban/{plan.slug}/atom.xml")
    assert [entry.id.rpartition(":")[2] for entry in feed.entries] == ["v2", "v1"]
    assert "Sửa câu đầu." in feed.entries[0].summary
    assert feed.entries[0].link == f"http://testserver/van-ban/{plan.slug}/phien-ban/2/"
    assert reader.get(feed.entries[0].link).status_code == 200
    withdraw(plan, "Nhầm số.", UserFactory(is_superuser=True))
    feed = read(reader, f"/van-ban/{plan.slug}/atom.xml")
    assert any("Nhầm số." in entry.summary for entry in feed.entries)
    assert len(feed.entries) == 3


def test_ids_outlive_addresses(plan, reader, committed):
    ids = [entry.id for entry in read(reader, "/van-ban/atom.xml").entries]
    plan.slug = "ten-moi"
    with committed():
        publish(plan)
    assert [entry.id for entry in read(reader, "/van-ban/atom.xml").entries] == ids
    assert reader.get("/van-ban/12-kh-pgddt-pgddt-minh-hoa-2023/atom.xml").url == "/van-ban/ten-moi/atom.xml"


def test_who_asks_again_gets_nothing_new(plan, reader):
    for address in ("/van-ban/atom.xml", "/van-ban/atom.xml?loai=letter", f"/van-ban/{plan.slug}/atom.xml"):
        first = reader.get(address)
        again = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304, address
        assert reader.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304, address
    before = reader.get("/van-ban/atom.xml")["ETag"]
    plan.title = "Tên khác"
    publish(plan)
    assert reader.get("/van-ban/atom.xml", headers={"if-none-match": before}).status_code == 200


def test_fifty_entries_at_most_with_few_statements(office, reader, django_assert_max_num_queries):
    for number in range(53):
        DocumentPageFactory(title=f"Văn bản {number}", number=f"{number}/KH-X", issuer=office)
    reader.get("/")
    with django_assert_max_num_queries(8):
        assert len(read(reader, "/van-ban/atom.xml").entries) == 50


def test_drafts_and_hidden_documents_are_in_no_feed(plan, decision, office, reader):
    DocumentPageFactory(title="Nháp", live=False, issuer=office)
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    decision.unpublish()
    for query in ("", "?co-quan=pgddt-minh-hoa", "?chu-de=chuyen-doi-so"):
        assert read(reader, f"/van-ban/atom.xml{query}").entries == []


# --- what changed in a month


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-03", Month(2025, 3)),
        ("1945-01", Month(1945, 1)),
        ("1944-12", None),
        ("2025-13", None),
        ("2025-00", None),
        ("2025-3", None),
        ("", None),
        ("9999-12", None),
        ("２０２５-03", None),
        ("2025-03-01", None),
        ("a", None),
    ],
)
def test_months_are_read_or_not(text, month):
    assert read_month(text) == month


def test_months_follow_each_other():
    assert Month(2024, 12).next == Month(2025, 1)
    assert Month(2025, 1).previous == Month(2024, 12)
    assert Month(2024, 2).last == date(2024, 2, 29)


def _at(page, number, *when):
    moment = timezone.make_aware(datetime(*when))
    DocumentVersion.objects.filter(page=page, number=number).update(published_at=moment)


def test_a_month_shows_what_was_published_and_what_changed_with_its_notes(plan, decision, reader):
    _at(plan, 1, 2025, 2, 28, 23, 59)
    _at(plan, 2, 2025, 3, 1)
    _at(decision, 1, 2025, 3, 31, 23, 59)
    february, march, april = (
        reader.get(f"/co-quan/pgddt-minh-hoa/thay-doi/?thang=2025-0{month}").context for month in (2, 3, 4)
    )
    assert [row.page_id for row in february["published"]] == [plan.pk]
    assert [row.page_id for row in march["published"]] == [decision.pk]
    assert [(row["version"].number, row["notes"][0]["note"]) for row in march["changed"]] == [(2, "Sửa câu đầu.")]
    assert not april["published"]
    assert not april["changed"]


def test_a_month_shows_withdrawals_and_effects(plan, office, reader):
    publish(
        DocumentPageFactory(
            title="Kế hoạch mới",
            number="30/KH-PGDĐT",
            issuer=office,
            issued_on=date(2024, 6, 1),
            body=[("text", "Điều 1. Kế hoạch này thay thế Kế hoạch số 12/KH-PGDĐT ngày 25/12/2023.")],
        )
    )
    june = reader.get("/co-quan/pgddt-minh-hoa/thay-doi/?thang=2024-06")
    assert [relation.target_id for relation, _label in june.context["effects"]] == [plan.pk]
    assert not reader.get("/co-quan/pgddt-minh-hoa/thay-doi/?thang=2024-05").context["effects"]
    withdraw(plan, "Nhầm số.", UserFactory(is_superuser=True))
    html = reader.get("/co-quan/pgddt-minh-hoa/thay-doi/").content.decode()
    assert "Nhầm số." in html


def test_the_month_costs_eight_statements_and_is_linked_from_the_organisation(
    plan, decision, reader, django_assert_max_num_queries
):
    reader.get("/")
    for prefix in ("", "/en"):
        with django_assert_max_num_queries(8):
            assert reader.get(f"{prefix}/co-quan/pgddt-minh-hoa/thay-doi/").status_code == 200
    assert 'href="/co-quan/pgddt-minh-hoa/thay-doi/"' in reader.get("/co-quan/pgddt-minh-hoa/").content.decode()


def test_months_lead_to_each_other_but_not_beyond_the_present_one(plan, reader):
    html = reader.get("/co-quan/pgddt-minh-hoa/thay-doi/?thang=2025-01").content.decode()
    assert 'href="?thang=2024-12"' in html
    assert 'href="?thang=2025-02"' in html
    assert 'rel="next"' not in reader.get("/co-quan/pgddt-minh-hoa/thay-doi/").content.decode()


def test_nonsense_for_a_month_gets_a_clear_page(plan, reader):
    for text in ("x", "%00", "2025-99", "99999999999", "2025-03'--"):
        response = reader.get(f"/co-quan/pgddt-minh-hoa/thay-doi/?thang={text}")
        assert response.status_code == 200, text
        assert response.context["is_unread"], text
    assert reader.get("/co-quan/khong-co/thay-doi/").status_code == 404


def test_a_month_hides_what_is_hidden(plan, decision, reader):
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    decision.unpublish()
    context = reader.get("/co-quan/pgddt-minh-hoa/thay-doi/").context
    assert not context["published"]
    assert not context["changed"]
    assert DocumentPage.objects.filter(pk=plan.pk, live=True).exists()
