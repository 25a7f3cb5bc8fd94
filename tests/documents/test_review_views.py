"""The review screen's addresses: who may, what they answer, what comes of it."""

import importlib
import json
import time

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cms.documents.enums import ImportState
from cms.documents.importing import CannotImport, import_document
from cms.documents.models import DocumentPage, ImportJob, ImportRecord
from cms.documents.pipeline import nodes_from_blocks
from cms.documents.review_rows import counted
from cms.documents.templatetags.review_tags import line_named
from cms.documents.texts import raw_blocks
from cms.people.enums import Role
from cms.people.models import Membership
from tests.documents.walk import head_of, make_draft, revise, upload
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

TEXT = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MINH HỌA

Số: 21/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phổ biến kỹ năng số năm học 2024 - 2025

Căn cứ Thông tư số 42/2021/TT-BGDĐT ngày 30/12/2021 của Bộ Giáo dục và Đào tạo;

I. MỤC TIÊU

1. Mục tiêu chung

a) Đến năm 2025, 80% giáo viên được tập huấn.

b) Mỗi trường có một buổi tập huấn.

II. TỔ CHỨC

Cơ quan chủ trì: Phòng Giáo dục và Đào tạo. Thời gian thực hiện: trước ngày 20/12/2024.
"""

GET_ONLY = {"import_job": "get", "import_job_state": "get", "import_job_proposals": "get", "import_job_original": "get"}
ADDRESSES = GET_ONLY | {
    "import_job_page": "get",
    "import_job_revise": "post",
    "import_job_head": "post",
    "import_job_retry": "post",
    "import_job_drop": "post",
    "import_job_draft": "post",
}


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")


@pytest.fixture
def client(signed_in, office):
    return signed_in(member(office))


@pytest.fixture
def job(client, committed):
    return upload(client, TEXT.encode(), committed=committed)


def newest(page):
    """The page's draft as it is now."""
    return DocumentPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def address(name, job):
    return reverse(name, args=[job.pk, 1] if name == "import_job_page" else [job.pk])


def send(client, name, job):
    return getattr(client, ADDRESSES[name])(address(name, job))


@pytest.mark.parametrize("name", ADDRESSES)
def test_for_a_sibling_office_the_import_does_not_exist(name, job, signed_in, office):
    for user in (
        member(OrganisationFactory(code="khac")),
        member(OrganisationFactory(code="truong", below=office)),
    ):
        assert send(signed_in(user), name, job).status_code == 404
    before = (job.state, job.version)
    job.refresh_from_db()
    assert (job.state, job.version) == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_not_add_is_refused_the_admins_way(name, job, signed_in, office):
    response = send(signed_in(member(office, Role.REVIEWER)), name, job)
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert send(signed_in(UserFactory()), name, job).status_code in (302, 403)
    job.refresh_from_db()
    assert job.state == ImportState.REVIEW


def test_the_list_names_nothing_of_a_sibling_office(job, signed_in):
    sibling = signed_in(member(OrganisationFactory(code="khac")))
    assert sibling.get(reverse("import_document")).context["jobs"] == []


def test_superusers_and_offices_above_see_it(job, signed_in, office):
    above = OrganisationFactory(code="so")
    from cms.organisations.models import Placement

    Placement(organisation=office, parent=above).save()
    for user in (UserFactory(is_superuser=True), member(above)):
        assert signed_in(user).get(reverse("import_job", args=[job.pk])).status_code == 200


@pytest.mark.parametrize("name", [name for name in ADDRESSES if ADDRESSES[name] == "post"])
def test_what_changes_is_posted(name, job, client):
    assert client.get(address(name, job)).status_code == 405


def test_the_screen_has_what_it_shows(job, client):
    shown = client.get(reverse("import_job", args=[job.pk])).context
    assert [(row.kind, row.number, row.text[:12]) for row in shown["rows"]] == [
        ("paragraph", "", "Căn cứ Thông"),
        ("heading", "I", "MỤC TIÊU"),
        ("heading", "1", "Mục tiêu chu"),
        ("item", "a)", "Đến năm 2025"),
        ("item", "b)", "Mỗi trường c"),
        ("heading", "II", "TỔ CHỨC"),
        ("paragraph", "", "Cơ quan chủ "),
    ]
    assert shown["counts"] == {"headings": 3, "tables": 0, "citations": 1, "bases": 1}
    by_name = {field.name: found for field, found in shown["evidence_rows"]}
    assert by_name["number"]["raw"] == "Số: 21/KH-PGDĐT"
    assert by_name["doc_type"]["lines"]
    assert by_name["expires_on"] is None
    assert (shown["pages"], shown["undo"], shown["candidates"]) == (0, False, [])
    numbers = [piece["number"] for piece in shown["source"]]
    assert set(by_name["number"]["lines"]) <= set(numbers)
    assert all(row.line in numbers for row in shown["rows"])


def test_a_correction_answers_with_what_to_draw(job, client):
    kept = job.pieces
    answer = revise(client, job, op="promote", at=3).json()
    assert (answer["version"], answer["from"], answer["removed"], answer["focus"]) == (2, 3, 2, 3)
    assert answer["html"].count("<li") == 2  # the line below the new heading lies deeper now
    assert answer["counts"]["headings"] == 4
    assert answer["undo"] is True
    answer = revise(client, job, op="undo").json()
    assert (answer["from"], answer["counts"]["headings"], answer["undo"]) == (3, 3, False)
    job.refresh_from_db()
    assert job.pieces == kept


def test_a_removed_legal_basis_is_counted(job, client):
    answer = revise(client, job, op="remove", at=0).json()
    assert (answer["removed"], answer["html"]) == (1, "")
    assert (answer["counts"]["bases"], answer["counts"]["citations"]) == (0, 0)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"\xff\xfe", 422),
        (b"[]", 422),
        (b"[" * 100_000, 422),
        (b'{"version": %d, "op": "remove", "at": 0, "text": "' + b"x" * 1_000_000 + b'"}', 422),
        (b"{}", 409),
        (b'{"version": "x", "op": "edit"}', 409),
        (b'{"version": %d}', 422),
        (b'{"version": %d, "op": "edit", "at": 99, "text": "x"}', 422),
        (b'{"version": %d, "op": "undo"}', 422),
        (b'{"version": %d, "op": {"a": 1}, "at": 0}', 422),
        (b'{"version": %d, "op": "take", "conflict": 0}', 422),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(job, client, body, status):
    body = body.replace(b"%d", str(job.version).encode())
    response = client.post(reverse("import_job_revise", args=[job.pk]), body, content_type="application/json")
    assert response.status_code == status
    assert response.json()["message"]
    version, pieces = job.version, job.pieces
    job.refresh_from_db()
    assert (job.version, job.pieces) == (version, pieces)


def test_an_older_screen_is_told(job, client):
    shown = job.version
    assert revise(client, job, op="remove", at=0).status_code == 200
    assert revise(client, job, op="remove", at=0, version=shown).status_code == 409
    job.refresh_from_db()
    assert len(job.pieces) == 6


def test_odd_letters_neither_break_the_answer_nor_the_database(job, client):
    answer = revise(client, job, op="edit", at=6, text="\ud800 <script>\x00</script> &")
    assert answer.status_code == 200
    assert "<script>" not in answer.json()["html"]
    job.refresh_from_db()
    assert job.pieces[6]["value"] == "<script></script> &"


def save(client, job, **changed):
    posted = head_of(job, **changed)
    return client.post(reverse("import_job_head", args=[job.pk]), posted, headers={"Accept": "application/json"})


def test_the_head_is_kept_as_far_as_it_is_right(job, client):
    answer = save(client, job, signer_name="  Nguyễn Văn Ví Dụ ", issued_on="31/02/2024", place="Minh Họa").json()
    assert list(answer["errors"]) == ["issued_on"]
    job.refresh_from_db()
    assert (job.fields["signer_name"], job.fields["issued_on"]) == ("Nguyễn Văn Ví Dụ", "2024-09-05")
    assert "match" in answer and answer["reload"] is False


@pytest.mark.parametrize(
    ("changed", "field", "named"),
    [
        ({"issued_on": "12/03/1944"}, "issued_on", "12/03/1944"),
        ({"issued_on": "01/01/2999"}, "issued_on", "01/01/2999"),
        ({"effective_from": "2999-01-01"}, "effective_from", "01/01/2999"),
        ({"issued_on": "hôm qua"}, "issued_on", "05/09/2024"),
        ({"effective_from": "05/09/2024", "expires_on": "04/09/2024"}, "expires_on", ""),
        ({"title": "  "}, "title", ""),
        ({"number": "x" * 101}, "number", "100"),
        ({"doc_type": "gì đó"}, "doc_type", ""),
        ({"issuer": "999999"}, "issuer", ""),
        ({"target": "999999"}, "target", ""),
        ({"target": "9" * 20}, "target", ""),
    ],
)
def test_a_wrong_field_is_named_and_no_draft_is_made(job, client, changed, field, named):
    answer = save(client, job, **changed).json()
    assert list(answer["errors"]) == [field]
    assert named in str(answer["errors"])
    response = make_draft(client, job, **changed)
    assert response.status_code == 422
    assert field in response.context["head_form"].errors
    assert not DocumentPage.objects.exists()
    assert not ImportRecord.objects.exists()


def test_the_details_of_an_older_window_write_over_nothing(job, client):
    older = head_of(job, place="Cửa sổ cũ")
    assert save(client, job, place="Cửa sổ mới").status_code == 200
    here = reverse("import_job_head", args=[job.pk])
    for headers, status in (({"Accept": "application/json"}, 409), ({}, 409)):
        assert client.post(here, older, headers=headers).status_code == status
    job.refresh_from_db()
    assert job.fields["place"] == "Cửa sổ mới"


def test_a_draft_of_an_older_window_is_looked_at_once_more(job, client, committed):
    older = head_of(job, place="Cửa sổ cũ")
    draft = reverse("import_job_draft", args=[job.pk])
    with committed():
        client.post(reverse("import_job_retry", args=[job.pk]))  # in another window
    response = client.post(draft, older)
    assert response.status_code == 409
    assert not DocumentPage.objects.exists()
    form = response.context["head_form"]
    assert form["place"].value() == "Cửa sổ cũ"
    assert form.non_field_errors()
    assert client.post(draft, older | {"version": response.context["version"]}).status_code == 302
    assert newest(DocumentPage.objects.get()).place == "Cửa sổ cũ"


def test_a_text_merged_into_another_offices_draft_is_shown_to_nobody_else(job, client, signed_in, office):
    theirs = OrganisationFactory(code="khac")
    page = import_document(TEXT.replace("21/KH", "22/KH").encode(), "b.txt", organisation=theirs).page
    ImportJob.objects.filter(pk=job.pk).update(target=page)
    for name in ("import_job", "import_job_revise", "import_job_head", "import_job_proposals", "import_job_draft"):
        assert send(client, name, job).url == reverse("import_document"), name
    both = member(office)
    Membership.objects.create(user=both, organisation=theirs, role=Role.EDITOR)
    assert send(signed_in(both), "import_job", job).status_code == 200


def test_a_warning_about_no_real_line_breaks_nothing():
    assert line_named("dòng 12: lặp số") == 12
    assert line_named("“line " + "9" * 5000 + "”") is None


def test_dates_are_written_as_people_do(job, client):
    save(client, job, issued_on="6/9/2024", effective_from="07-09-2024", expires_on="31/12/2031")
    job.refresh_from_db()
    assert [job.fields[name] for name in ("issued_on", "effective_from", "expires_on")] == [
        "2024-09-06",
        "2024-09-07",
        "2031-12-31",
    ]


def test_without_a_script_the_head_is_saved_too(job, client):
    here = reverse("import_job_head", args=[job.pk])
    assert client.post(here, head_of(job, place="Hòa")).url == reverse("import_job", args=[job.pk])
    assert client.post(here, head_of(job, issued_on="x")).status_code == 422


def test_a_draft_is_what_stands_on_the_screen(job, client):
    path = job.upload
    revise(client, job, op="edit", at=4, text="b) Mỗi trường có hai buổi tập huấn.")
    response = make_draft(client, job, title="T" * 300, signer_name="Nguyễn Văn Ví Dụ", expires_on="31/12/2025")
    page = DocumentPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    draft = page.get_latest_revision_as_object()
    assert (draft.official_title, len(draft.title), draft.signer_name) == ("T" * 300, 255, "Nguyễn Văn Ví Dụ")
    assert draft.expires_on.isoformat() == "2025-12-31"
    assert [block["type"] for block in raw_blocks(draft)] == ["text", "heading", "heading", "text", "heading", "text"]
    assert "hai buổi" in str(raw_blocks(draft))
    assert draft.source_file.sha256 == job.sha256
    job.refresh_from_db()
    assert (job.state, job.page, job.reading, job.pieces) == (ImportState.DONE, page, {}, [])
    record = ImportRecord.objects.get()
    assert "một buổi" in str(record.blocks) and record.fields["signer_name"] == ""
    assert path.name


def test_the_upload_goes_when_the_draft_is_made(job, client, committed):
    with committed():
        make_draft(client, job)
    job.refresh_from_db()
    assert not job.upload
    assert client.get(reverse("import_job_original", args=[job.pk])).status_code == 404
    assert client.get(reverse("import_job", args=[job.pk])).url == reverse(
        "wagtailadmin_pages:edit", args=[DocumentPage.objects.get().pk]
    )


def test_corrections_on_the_desk_stand_at_the_next_import(job, client, committed):
    revise(client, job, op="edit", at=4, text="b) Mỗi trường có bốn buổi tập huấn.")
    make_draft(client, job)
    newer = upload(client, TEXT.replace("80%", "90%").replace("một buổi", "ba buổi").encode(), committed=committed)
    page = DocumentPage.objects.get()
    assert newer.target == page
    shown = client.get(reverse("import_job", args=[newer.pk])).context
    (conflict,) = shown["conflicts"]
    assert ("bốn buổi" in conflict["mine"], "ba buổi" in conflict["theirs"], conflict["takeable"]) == (True, True, True)
    assert "90%" in str(newer.pieces)
    assert revise(client, newer, op="take", conflict=0).status_code == 200
    shown = client.get(reverse("import_job", args=[newer.pk])).context
    assert not shown["conflicts"][0]["takeable"]
    make_draft(client, newer)
    assert DocumentPage.objects.count() == 1
    assert "ba buổi" in str(raw_blocks(newest(page)))


def test_a_conflict_about_the_head_is_taken_and_given_back(client, office, committed):
    page = import_document(TEXT.encode(), "a.txt").page
    draft = page.get_latest_revision_as_object()
    draft.place = "Thị trấn Minh Họa"
    draft.organisation = office
    draft.save_revision().publish()
    job = upload(client, TEXT.replace("Minh Họa, ngày", "Hòa Bình, ngày").encode(), committed=committed)
    answer = revise(client, job, op="take", conflict=0).json()
    assert (answer["field"], answer["html"]) == ({"name": "place", "value": "Hòa Bình"}, "")
    job.refresh_from_db()
    assert job.fields["place"] == "Hòa Bình"
    answer = revise(client, job, op="undo").json()
    assert answer["field"] == {"name": "place", "value": "Thị trấn Minh Họa"}
    job.refresh_from_db()
    assert job.fields["place"] == "Thị trấn Minh Họa"


def test_what_was_edited_on_the_page_meanwhile_is_kept(client, office, committed):
    page = import_document(TEXT.encode(), "a.txt", organisation=office).page
    job = upload(client, TEXT.replace("80%", "90%").encode(), committed=committed)
    draft = page.get_latest_revision_as_object()
    draft.body = [(b["type"], b["value"].replace("một buổi", "hai buổi") if b["type"] == "text" else b["value"])
                  for b in draft.body.raw_data]  # fmt: skip
    draft.signer_name = "Trần Thị Ví Dụ"
    draft.save_revision()
    revise(client, job, op="edit", at=2, text="Mục tiêu tổng quát", number="1")
    make_draft(client, job)
    merged = newest(page)
    body = str(raw_blocks(merged))
    assert "hai buổi" in body and "90%" in body and "Mục tiêu tổng quát" in body
    assert merged.signer_name == "Trần Thị Ví Dụ"


def test_a_locked_page_is_not_written_into(client, office, committed):
    page = import_document(TEXT.encode(), "a.txt", organisation=office).page
    newer = upload(client, TEXT.replace("80%", "90%").encode(), committed=committed)
    colleague = member(office)
    DocumentPage.objects.filter(pk=page.pk).update(locked=True, locked_by=colleague, locked_at=timezone.now())
    refused = make_draft(client, newer)
    assert refused.status_code == 422
    assert refused.context["head_form"].non_field_errors()
    assert "90%" not in str(raw_blocks(newest(page)))
    with pytest.raises(CannotImport):
        import_document(TEXT.replace("80%", "95%").encode(), "a.txt", user=member(office))
    DocumentPage.objects.filter(pk=page.pk).update(locked=False, locked_by=None, locked_at=None)
    assert make_draft(client, newer).status_code == 302
    assert "90%" in str(raw_blocks(newest(page)))


def test_the_same_number_is_never_made_a_second_page(client, office, committed):
    first = upload(client, TEXT.encode(), committed=committed)
    second = upload(client, TEXT.replace("80%", "90%").encode(), committed=committed)
    make_draft(client, first)
    page = DocumentPage.objects.get()
    refused = make_draft(client, second)
    assert refused.status_code == 422
    assert [candidate.pk for candidate in refused.context["candidates"]] == [page.pk]
    assert make_draft(client, second, target=page.pk).status_code == 302
    assert DocumentPage.objects.count() == 1
    assert "90%" in str(raw_blocks(newest(page)))


@pytest.mark.parametrize("room", ["desk", "importing"])
def test_whether_it_is_here_is_asked_after_queueing(room, job, client, monkeypatch):
    """Asked before, two of one document at once would both hear no (on PostgreSQL; SQLite has one writer)."""
    order = []

    def noted(name):
        module = importlib.import_module(f"cms.documents.{room}")
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *args: order.append(name) or real(*args))

    for name in ("one_at_a_time", "same_file", "same_document", "create"):
        noted(name)
    if room == "desk":
        make_draft(client, job)
    else:
        import_document(TEXT.encode(), "a.txt")
    assert order[0] == "one_at_a_time"
    assert set(order[1:]) == {"same_file", "same_document", "create"}


def test_choosing_another_document_keeps_the_corrections(client, office, committed):
    page = import_document(
        TEXT.replace("Số: 21/KH-PGDĐT\n\n", "").replace("80%", "70%").encode(), "a.txt", organisation=office
    ).page
    job = upload(client, TEXT.encode(), committed=committed)
    assert job.target is None
    revise(client, job, op="edit", at=2, text="Mục tiêu tổng quát", number="1")
    answer = save(client, job, target=page.pk, place="Nơi khác").json()
    assert (answer["errors"], answer["reload"]) == ({}, True)
    job.refresh_from_db()
    assert job.target == page
    assert job.fields["place"] == "Nơi khác"
    assert "Mục tiêu tổng quát" in str(job.pieces)
    assert answer["version"] == job.version
    assert job.counts == counted(nodes_from_blocks(job.pieces), "21khpgddt")
    save(client, job, target="")
    job.refresh_from_db()
    assert (job.target, job.conflicts) == (None, [])
    assert "Mục tiêu tổng quát" in str(job.pieces)
    make_draft(client, job)
    assert DocumentPage.objects.count() == 2


def test_a_draft_is_made_once(job, client):
    posted = head_of(job)
    make_draft(client, job)
    again = client.post(reverse("import_job_draft", args=[job.pk]), posted)
    assert again.url == reverse("import_job", args=[job.pk])
    assert DocumentPage.objects.count() == 1


def test_nothing_half_made_when_making_fails(job, client, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("cms.documents.desk.remember", breaks)
    with pytest.raises(RuntimeError):
        make_draft(client, job)
    assert not DocumentPage.objects.exists()
    job.refresh_from_db()
    assert (job.state, bool(job.upload)) == (ImportState.REVIEW, True)


def test_targets_and_tasks_lead_to_their_rows(job, client):
    found = client.get(reverse("import_job_proposals", args=[job.pk])).context_data
    assert [entry["index"] for entry in found["targets"]] == [3, 4]
    assert "80%" in str(found["targets"][0]["facts"])
    assert found["tasks"] and all(entry["index"] in (5, 6) for entry in found["tasks"])
    assert found["targets"][0]["line"] == job.pieces[3]["line"]


def test_the_state_is_told_to_the_page_that_waits(job, client):
    answer = client.get(reverse("import_job_state", args=[job.pk])).json()
    assert set(answer) == {"state", "label", "done", "total", "message", "url"}
    assert (answer["state"], answer["url"]) == ("review", reverse("import_job", args=[job.pk]))
    ImportJob.objects.filter(pk=job.pk).update(state="reading", progress_done=3, progress_total=9)
    answer = client.get(reverse("import_job_state", args=[job.pk])).json()
    assert (answer["done"], answer["total"], answer["url"]) == (3, 9, "")
    assert client.get(reverse("import_job", args=[job.pk])).status_code == 200
    with translation.override("vi"):
        assert revise(client, job, op="remove", at=0).status_code == 409


def test_the_original_is_saved_never_shown(job, client):
    response = client.get(reverse("import_job_original", args=[job.pk]))
    assert response.content == TEXT.encode()
    assert response.headers["Content-Disposition"] == 'attachment; filename="kh21.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_picture_of_a_page_is_private(job, client, monkeypatch):
    asked = []

    def picture(data, page, width, name):
        asked.append((page, width))
        if page > 2:
            raise IndexError
        return b"\x89PNG"

    monkeypatch.setattr("cms.documents.views.upload.page_image_bounded", picture)
    for query in ("", "?w=1000", "?w=9", "?w=99999"):
        response = client.get(reverse("import_job_page", args=[job.pk, 1]) + query)
        assert response["Content-Type"] == "image/png"
        assert "private" in response["Cache-Control"]
    assert asked == [(1, 800), (1, 1000), (1, 200), (1, 1600)]
    assert client.get(reverse("import_job_page", args=[job.pk, 3])).status_code == 404
    assert client.get(reverse("import_job_page", args=[job.pk, 1]) + "?w=x").status_code == 404


def test_a_text_file_has_no_pictures(job, client):
    assert client.get(reverse("import_job_page", args=[job.pk, 1])).status_code == 404


def test_dropping_and_reading_again_from_the_screen(job, client, committed):
    revise(client, job, op="remove", at=0)
    with committed():
        assert client.post(reverse("import_job_retry", args=[job.pk])).url == reverse("import_job", args=[job.pk])
    job.refresh_from_db()
    assert (job.state, len(job.pieces), job.history) == (ImportState.REVIEW, 7, [])
    with committed():
        assert client.post(reverse("import_job_drop", args=[job.pk])).url == reverse("import_document")
    assert client.get(reverse("import_job", args=[job.pk])).url == reverse("import_document")
    assert client.post(reverse("import_job_retry", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == ImportState.DROPPED


@pytest.fixture
def long_job(job):
    """Some three hundred pages: 4,000 pieces."""
    pieces = []
    for index in range(4000):
        if index % 20 == 0:
            value = {"level": 1 + index // 20 % 3, "number": str(index // 20), "text": "Nhiệm vụ và giải pháp"}
            pieces.append({"type": "heading", "value": value, "line": index})
        else:
            text = (
                f"- Tổ chức tập huấn cho giáo viên các trường trực thuộc về kỹ năng số lần {index}, bảo đảm hiệu quả."
            )
            pieces.append({"type": "text", "value": text, "line": index})
    job.pieces, job.counts = pieces, counted(nodes_from_blocks(pieces), "")
    job.save()
    return job


def test_a_correction_of_a_long_document_is_four_statements_and_a_moment(
    long_job, client, django_assert_max_num_queries
):
    revise(client, long_job, op="edit", at=1, text="- Khởi động")
    took = []
    for at in (2001, 2002, 2003):
        long_job.refresh_from_db()
        body = json.dumps({"version": long_job.version, "op": "promote", "at": at})
        start = time.perf_counter()
        with django_assert_max_num_queries(7) as seen:
            response = client.post(
                reverse("import_job_revise", args=[long_job.pk]), body, content_type="application/json"
            )
        took.append(time.perf_counter() - start)
        assert response.status_code == 200
        assert len(response.content) < 30_000
    assert not any('"documents_importjob"."reading"' in query["sql"] for query in seen.captured_queries)
    print("promote at 4,000 pieces:", [round(seconds * 1000) for seconds in took], "ms")
    assert min(took) < 1.0  # 150 ms on a quiet machine


def test_the_screen_of_a_long_document(long_job, client, django_assert_max_num_queries):
    client.get(reverse("import_job", args=[long_job.pk]))
    start = time.perf_counter()
    with django_assert_max_num_queries(25):
        response = client.get(reverse("import_job", args=[long_job.pk]))
    print("screen of 4,000 pieces:", round((time.perf_counter() - start) * 1000), "ms", len(response.content))
    assert len(response.context["rows"]) == 4000
