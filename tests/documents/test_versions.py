"""Every published state is kept; links follow the words through publications and re-imports."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.documents.importing import import_document
from cms.documents.models import ChangeNote, DocumentPage, DocumentText, DocumentVersion, Relation
from cms.documents.pipeline.compare import compare
from cms.documents.searchables import entry
from cms.documents.versions import head_changes, nodes_of, version_on, versions_of
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

BODY = [
    ("heading", {"number": "I", "text": "Mục tiêu", "level": 1}),
    ("text", "a) Sáu mươi lăm trường có phòng đọc.\nb) Theo Thông tư số 42/2021/TT-BGDĐT của Bộ."),
    ("heading", {"number": "II", "text": "Tổ chức thực hiện", "level": 1}),
    ("text", "1. Các trường gửi báo cáo trước ngày 20/12."),
]
SECTION = [
    ("heading", {"number": "I", "text": "Phạm vi áp dụng", "level": 1}),
    ("text", "a) Trường công lập trong huyện."),
    ("heading", {"number": "II", "text": "Mục tiêu", "level": 1}),
    BODY[1],
    ("heading", {"number": "III", "text": "Tổ chức thực hiện", "level": 1}),
    BODY[3],
]


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")


@pytest.fixture
def plan(office):
    return publish(
        DocumentPageFactory(title="Kế hoạch đọc sách", number="5/KH-PGDĐT", issuer=office, live=False, body=BODY)
    )


def numbers(page):
    return [*DocumentVersion.objects.filter(page=page).values_list("number", flat=True)]


def test_a_draft_has_no_version_and_the_first_publication_is_version_one(office):
    page = DocumentPageFactory(live=False, body=BODY)
    page.save_revision()
    assert numbers(page) == []
    page = publish(page)
    (row,) = DocumentVersion.objects.filter(page=page)
    assert (row.number, row.published_at) == (1, page.last_published_at)
    assert [node.anchor for node in nodes_of(row)] == ["i", "i.a", "i.b", "ii", "ii.1"]


def test_publishing_the_same_again_or_saving_is_no_version(plan):
    publish(plan).save()
    assert numbers(plan) == [1]


def test_a_change_of_text_or_head_is_a_version(plan):
    plan = publish(plan, body=SECTION)
    assert numbers(plan) == [1, 2]
    plan = publish(plan, issued_on=date(2024, 9, 5))
    plan = publish(plan, expires_on=date(2025, 9, 5))
    plan = publish(plan, is_extract=True, missing_parts="Phụ lục về kinh phí.")
    assert numbers(plan) == [1, 2, 3, 4, 5]
    plan = publish(plan, review_on=date(2025, 1, 1))
    assert numbers(plan) == [1, 2, 3, 4, 5]


def test_links_to_clauses_survive_an_inserted_section(plan, reader):
    publish(plan, body=SECTION)
    html = reader.get(f"/van-ban/{plan.slug}/").content.decode()
    assert '<h2 id="i" class="clause clause--1"><span class="clause__number">II.</span> Mục tiêu' in html
    assert (
        '<p id="ii.1" class="clause clause--item" data-level="2"><span class="clause__number">1.</span> Các trường'
        in html
    )
    assert 'id="i-2"' in html


def test_citations_and_search_use_the_settled_anchors(plan):
    plan = publish(plan, body=SECTION)
    assert Relation.objects.get(source=plan).anchor == "i.b"
    found = {passage.anchor: passage.text for passage in entry(plan, "/x/", []).passages}
    assert "42/2021" in found["i.b"]
    assert "Phạm vi áp dụng" in found["i-2"]


def test_the_preview_shows_the_anchors_it_would_be_published_under(plan, signed_in):
    plan.body = SECTION
    plan.save_revision()
    client = signed_in(UserFactory(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[plan.pk])).content.decode()
    assert '<h2 id="i-2"' in html
    assert '<p id="ii.1"' in html
    assert "Mục tiêu" in html.split('<h2 id="i" ')[1][:120]
    assert DocumentText.objects.get(page=plan).aliases == []


def test_a_removed_clause_still_lands_with_a_note(plan, reader):
    publish(plan, body=[BODY[0], ("text", "a) Sáu mươi lăm trường có phòng đọc."), *BODY[2:]])
    html = reader.get(f"/van-ban/{plan.slug}/").content.decode()
    assert '<span id="i.b" class="moved"></span>' in html
    (alias,) = DocumentText.objects.get(page=plan).aliases
    assert (alias["old"], alias["new"], alias["reason"], alias["version"]) == ("i.b", "i.a", "removed", 2)


def test_an_older_revision_published_back_has_its_anchors_again(plan):
    first = plan.latest_revision
    publish(plan, body=SECTION[2:4])
    first.publish()
    page = DocumentPage.objects.get(pk=plan.pk)
    assert page.text.aliases == []
    assert [n["anchor"] for n in page.text.nodes] == ["i", "i.a", "i.b", "ii", "ii.1"]
    assert numbers(page) == [1, 2, 3]


def test_anchors_survive_taking_the_page_off_and_putting_it_back(plan):
    plan = publish(plan, body=SECTION)
    before = [n["anchor"] for n in plan.text.nodes]
    plan.unpublish()
    plan = publish(DocumentPage.objects.get(pk=plan.pk))
    assert [n["anchor"] for n in plan.text.nodes] == before
    assert numbers(plan) == [1, 2]


TEXT = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MINH HỌA

Số: 21/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phổ biến kỹ năng số năm học 2024 - 2025

I. MỤC TIÊU

a) Mỗi trường có một buổi tập huấn.

b) Giáo viên tin học làm đầu mối.

II. THỰC HIỆN

1. Các trường báo cáo trước ngày 20/12.
"""


def test_links_survive_a_reimport(office, reader):
    page = import_document(TEXT.encode(), "ban1.txt", publish=True).page
    before = {n["anchor"]: n["text"] for n in page.text.nodes}
    newer = TEXT.replace("I. MỤC TIÊU", "I. CĂN CỨ\n\na) Nghị quyết của huyện.\n\nII. MỤC TIÊU").replace(
        "II. THỰC HIỆN", "III. THỰC HIỆN"
    )
    page = import_document(newer.encode(), "ban2.txt", publish=True).page
    now = {n["anchor"]: n["text"] for n in DocumentText.objects.get(page=page).nodes}
    assert {anchor: now[anchor] for anchor in before} == before
    assert {"CĂN CỨ", "Nghị quyết của huyện."} < {*now.values()}
    assert numbers(page) == [1, 2]


def test_change_notes_go_with_the_version_they_were_first_published_with(plan):
    plan.change_notes = [ChangeNote(kind="correction", noted_on=date(2024, 1, 2), note="Sửa lỗi chính tả.")]
    plan = publish(plan, title="Kế hoạch đọc sách năm nay")
    plan.change_notes.add(ChangeNote(kind="major", noted_on=date(2024, 3, 4), note="Thêm phạm vi."))
    plan = publish(plan, body=SECTION)
    rows = versions_of(plan)
    assert [(row.number, row.is_current, [note.note for note in row.notes]) for row in rows] == [
        (3, True, ["Thêm phạm vi."]),
        (2, False, ["Sửa lỗi chính tả."]),
        (1, False, []),
    ]
    plan.change_notes.add(ChangeNote(kind="minor", noted_on=date(2024, 4, 4), note="Nói rõ hơn."))
    plan = publish(plan)
    assert [note.note for note in versions_of(plan)[0].notes] == ["Nói rõ hơn.", "Thêm phạm vi."]
    plan = publish(plan, title="Kế hoạch đọc sách lần ba")
    assert [[note.note for note in row.notes] for row in versions_of(plan)][:2] == [["Nói rõ hơn."], ["Thêm phạm vi."]]


def test_the_history_costs_two_statements(plan, django_assert_max_num_queries):
    for count in range(5):
        plan = publish(plan, title=f"Lần {count}")
    with django_assert_max_num_queries(2):
        assert len(versions_of(DocumentPage(pk=plan.pk))) == 6


def test_as_it_stood_on_a_day(plan):
    publish(plan, body=SECTION)
    zone = timezone.get_current_timezone()
    first, second = DocumentVersion.objects.filter(page=plan).order_by("number")
    DocumentVersion.objects.filter(pk=first.pk).update(published_at=datetime(2024, 3, 1, 23, 59, tzinfo=zone))
    DocumentVersion.objects.filter(pk=second.pk).update(published_at=datetime(2024, 3, 2, 0, 0, tzinfo=zone))
    assert version_on(plan, date(2024, 2, 29)) is None
    assert version_on(plan, date(2024, 3, 1)) == first
    assert version_on(plan, date(2024, 3, 2)) == second
    assert version_on(plan, date.max) == second


def test_changes_of_the_head_in_words(plan, office):
    other = OrganisationFactory(code="sgddt", name="Sở Giáo dục và Đào tạo")
    publish(plan, issuer=other, issued_on=date(2024, 9, 5), title="Kế hoạch khác", doc_type="decision")
    first, second = DocumentVersion.objects.filter(page=plan).order_by("number")
    found = {change.field: (change.before, change.after) for change in head_changes(first, second)}
    assert found["title"] == ("Kế hoạch đọc sách", "Kế hoạch khác")
    assert found["issuer"] == (office.name, other.name)
    assert found["issued_on"][0] == "" and "2024" in found["issued_on"][1]
    assert set(found) == {"title", "issuer", "issued_on", "doc_type"}
    assert head_changes(second, second) == ()


def test_a_version_that_knows_no_head_claims_no_change_of_it(plan):
    """Documents that were public before versions were kept."""
    DocumentVersion.objects.filter(page=plan).update(
        head={}, nodes=[node | {"rows": [], "header_rows": 0} for node in plan.text.nodes]
    )
    plan = publish(plan, title="Tên mới")
    assert numbers(plan) == [1]
    plan = publish(plan, title="Tên mới hơn")
    first, second = DocumentVersion.objects.filter(page=plan).order_by("number")
    assert [(c.before, c.after) for c in head_changes(first, second)] == [("Tên mới", "Tên mới hơn")]
    DocumentVersion.objects.filter(pk=first.pk).update(head={})
    first.refresh_from_db()
    assert head_changes(first, second) == ()


def test_two_versions_compared(plan):
    body = [*SECTION[:3], ("text", BODY[1][1].replace("Sáu mươi lăm", "65")), *SECTION[4:5], BODY[3]]
    publish(plan, body=[*body[:-1], ("text", "1. Các trường gửi báo cáo trước ngày 25/12.")])
    first, second = DocumentVersion.objects.filter(page=plan).order_by("number")
    found = compare(nodes_of(first), nodes_of(second))
    assert found.counts["added"] == 2
    assert [(f.anchor, f.before, f.after) for f in found.figures] == [("i.a", "", "65"), ("ii.1", "20/12", "25/12")]


def test_a_publication_that_fails_leaves_no_version(plan, monkeypatch):
    def broken(*args):
        raise RuntimeError

    plan.body = SECTION
    revision = plan.save_revision()
    monkeypatch.setattr("cms.documents.derive.relate", broken)
    with pytest.raises(RuntimeError):
        revision.publish()
    assert numbers(plan) == [1]
    assert DocumentText.objects.get(page=plan).aliases == []


def test_versions_are_dated_by_the_publication(plan):
    assert timezone.now() - versions_of(plan)[0].published_at < timedelta(minutes=5)
    plan.title = "Lưu mà không đăng lại"
    plan.save()
    rows = versions_of(plan)
    assert rows[0].published_at > rows[1].published_at
