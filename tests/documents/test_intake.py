"""Files on their way in: every one becomes a job that says what happened, and the worker outlives them all."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from cms.documents import intake, states
from cms.documents.enums import ImportEvent, ImportState
from cms.documents.importing import import_document
from cms.documents.matching import match
from cms.documents.models import DocumentPage, ImportJob
from cms.documents.pipeline import MAX_BYTES, Unreadable
from cms.documents.pipeline import read as read_document
from cms.documents.reimport import unplain
from cms.documents.tasks import read_upload
from tests.documents.docx.made import package, para, run
from tests.documents.walk import make_draft, named, upload
from tests.factories import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

TEXT = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MINH HỌA

Số: 21/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phổ biến kỹ năng số năm học 2024 - 2025

I. MỤC TIÊU

a) Mỗi trường có một buổi tập huấn.

b) Giáo viên tin học làm đầu mối, phối hợp cùng Đoàn thanh niên.
"""
UNNUMBERED = TEXT.replace("Số: 21/KH-PGDĐT\n\n", "")


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")


@pytest.fixture
def editor(office):
    return member(office)


@pytest.fixture
def receive(editor, committed):
    def take(data, name="kh21.txt", user=None):
        with committed():
            job = intake.receive(data if isinstance(data, bytes) else data.encode(), name, user or editor)
        job.refresh_from_db()
        return job

    return take


def test_a_file_is_read_with_everything_the_screen_needs(receive, office):
    job = receive(TEXT)
    assert (job.state, job.organisation, job.message) == (ImportState.REVIEW, office, "")
    assert (job.fields["number"], job.fields["issuer"], job.fields["issued_on"]) == (
        "21/KH-PGDĐT",
        "pgddt-minh-hoa",
        "2024-09-05",
    )
    assert [piece["type"] for piece in job.pieces] == ["heading", "text", "text"]
    source = {one["number"]: one["text"] for one in job.reading["source"]}
    assert [source[piece["line"]] for piece in job.pieces] == [
        "I. MỤC TIÊU",
        "a) Mỗi trường có một buổi tập huấn.",
        "b) Giáo viên tin học làm đầu mối, phối hợp cùng Đoàn thanh niên.",
    ]
    assert job.reading["evidence"]["number"]["lines"]
    assert job.counts["headings"] == 1
    assert job.target is None
    assert not DocumentPage.objects.exists()


def archive(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return file.getvalue()


BODY = "<w:document/>"
BAD = {
    "empty": (b"", "tep.docx"),
    "blank": (b" \n \n", "tep.txt"),
    "no archive at all": (b"PK\x03\x04" + bytes(300), "tep.docx"),
    "cut short": (archive(("word/document.xml", BODY * 500))[:-200], "tep.docx"),
    "macros": (archive(("word/document.xml", BODY), ("word/vbaProject.bin", "x")), "tep.docx"),
    "bomb": (archive(("word/document.xml", "a" * 50_000_000)), "tep.docx"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "tep.docx"),
    "wrong ending": (package(para(run("Kế hoạch"))), "tep.txt"),
    "no text document": (archive(("xl/workbook.xml", BODY)), "tep.docx"),
    "damaged PDF": (b"%PDF-1.7\n" + bytes(300), "tep.pdf"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "tep.txt"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_fails_with_the_reason_and_is_kept(receive, kind):
    data, name = BAD[kind]
    job = receive(data, name)
    assert job.state == ImportState.FAILED
    assert "tep" in job.message and len(job.message) > 30
    assert intake.contents(job) == data
    assert (job.pieces, job.fields) == ([], {})
    assert not DocumentPage.objects.exists()
    intake.drop(job)


@pytest.mark.parametrize("kind", ["macros", "bomb", "empty"])
def test_traps_are_not_even_handed_to_the_reader(receive, monkeypatch, kind):
    monkeypatch.setattr(intake, "read_bounded", lambda *args, **kwargs: pytest.fail("it was opened"))
    assert receive(*BAD[kind]).state == ImportState.FAILED


def test_the_message_speaks_the_language_of_the_upload(receive, monkeypatch):
    monkeypatch.setattr(intake, "_enqueue", lambda job: None)
    with translation.override("en"):
        job = receive(" \n")
    with translation.override("vi"):
        intake.read(job.pk)
    job.refresh_from_db()
    assert job.language == "en"
    assert job.message.isascii() or "“" in job.message
    assert "tệp" not in job.message.lower().replace("kh21", "")


@pytest.mark.parametrize("error", [RuntimeError("boom"), MemoryError(), KeyError("x")])
def test_whatever_happens_the_job_says_so_and_the_worker_goes_on(receive, monkeypatch, error):
    def breaks(*args, **kwargs):
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(intake, "read_bounded", breaks)
        job = receive(TEXT)
    assert job.state == ImportState.FAILED
    assert "kh21.txt" in job.message
    assert receive(TEXT).state == ImportState.REVIEW


def test_a_reading_that_cannot_be_stored_fails_whole(receive, monkeypatch):
    monkeypatch.setattr(intake, "prepared", lambda reading, job: 1 / 0)
    job = receive(TEXT)
    assert (job.state, job.pieces, job.reading) == (ImportState.FAILED, [], {})


@pytest.mark.parametrize("limit", ["MOST_PASSAGES", "MOST_CELLS"])
def test_what_no_screen_can_hold_is_said_and_kept(receive, monkeypatch, limit):
    monkeypatch.setattr(intake, limit, 1)
    job = receive(TEXT + "\n| TT | Việc |\n|---|---|\n| 1 | Tập huấn |\n")
    assert (job.state, bool(job.upload), job.pieces) == (ImportState.FAILED, True, [])
    assert "kh21.txt" in job.message


def test_an_upload_that_could_not_be_queued_is_not_lost(receive, monkeypatch, committed):
    def refuses(pk):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(read_upload.__class__, "enqueue", lambda task, pk: refuses(pk))
        job = receive(TEXT)
    assert job.state == ImportState.WAITING
    assert intake.contents(job) == TEXT.encode()


def test_read_again_reads_again_and_takes_the_corrections_back(receive, committed):
    job = receive(TEXT)
    ImportJob.objects.filter(pk=job.pk).update(pieces=[], history=[1])
    with committed():
        intake.retry(job)
    version = job.version
    job.refresh_from_db()
    assert (job.state, len(job.pieces), job.history) == (ImportState.REVIEW, 3, [])
    assert job.version > version


def test_read_again_after_a_failure(receive, committed, monkeypatch):
    def refuses(*args, **kwargs):
        raise Unreadable("kh21.txt: không đọc được")

    with monkeypatch.context() as patched:
        patched.setattr(intake, "read_bounded", refuses)
        job = receive(TEXT)
    assert job.message == "kh21.txt: không đọc được"
    with committed():
        intake.retry(job)
    job.refresh_from_db()
    assert (job.state, job.message) == (ImportState.REVIEW, "")


def test_what_is_refused_unopened_stays_refused(receive, committed):
    job = receive(*BAD["macros"])
    with committed():
        intake.retry(job)
    job.refresh_from_db()
    assert job.state == ImportState.FAILED


def test_dropping_deletes_the_upload_and_what_was_read(receive, committed):
    job = receive(TEXT)
    path = job.upload.name
    assert path.startswith("imports/")
    assert default_storage.exists(path)
    with committed():
        intake.drop(job)
    job.refresh_from_db()
    assert (job.state, job.pieces, job.reading, job.upload.name) == (ImportState.DROPPED, [], {}, "")
    assert not default_storage.exists(path)


def test_a_job_dropped_while_it_is_read_stays_dropped(receive, monkeypatch):
    def dropped_meanwhile(data, name, progress):
        intake.drop(ImportJob.objects.get())
        return read_document(data, name)

    monkeypatch.setattr(intake, "read_bounded", dropped_meanwhile)
    job = receive(TEXT)
    assert (job.state, job.pieces) == (ImportState.DROPPED, [])


def test_progress_is_told_page_by_page(receive, monkeypatch):
    seen = []

    def slowly(data, name, progress):
        for page in (1, 2):
            progress(page, 2)
            seen.append(ImportJob.objects.values_list("state", "progress_done", "progress_total").get())
        return read_document(data, name)

    monkeypatch.setattr(intake, "read_bounded", slowly)
    assert receive(TEXT).state == ImportState.REVIEW
    assert seen == [("reading", 1, 2), ("reading", 2, 2)]


def test_a_task_delivered_twice_reads_once(receive, monkeypatch):
    job = receive(TEXT)
    monkeypatch.setattr(intake, "read_bounded", lambda *args, **kwargs: pytest.fail("read again"))
    read_upload.enqueue(job.pk)
    read_upload.enqueue(10**9)
    job.refresh_from_db()
    assert job.state == ImportState.REVIEW


def test_nobodys_upload_is_not_read_with_the_operators_rights(receive, editor, monkeypatch):
    monkeypatch.setattr(intake, "_enqueue", lambda job: None)
    job = receive(TEXT)
    editor.delete()
    intake.read(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.FAILED


def test_tick_fails_what_a_dead_worker_left_and_clears_up(receive, committed, settings):
    left, running, unheard, done = (receive(TEXT.replace("21/", f"{n}/")) for n in (31, 32, 33, 34))
    now = timezone.now()
    late = now - timedelta(seconds=settings.READER_OCR_SECONDS + 121)
    rows = ImportJob.objects
    rows.filter(pk=left.pk).update(state=ImportState.READING, started_at=late)
    rows.filter(pk=running.pk).update(state=ImportState.READING, started_at=now - timedelta(seconds=60))
    rows.filter(pk=unheard.pk).update(state=ImportState.WAITING, updated_at=now - timedelta(hours=2))
    rows.filter(pk=done.pk).update(state=ImportState.DONE)
    with committed():
        call_command("tick")
    for job in (left, running, unheard, done):
        job.refresh_from_db()
    assert [job.state for job in (left, running, unheard)] == ["failed", "reading", "failed"]
    assert "kh21.txt" in left.message and "kh21.txt" in unheard.message
    assert intake.contents(left) is not None
    assert not done.upload


def test_a_reading_given_up_does_not_come_back_over_a_newer_one(receive):
    job = receive(TEXT)
    then, now = timezone.now() - timedelta(hours=1), timezone.now()
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.READING, started_at=now)
    job.refresh_from_db()
    stale = ImportJob.objects.get(pk=job.pk)
    stale.started_at = then
    with pytest.raises(states.Moved):
        states.move(stale, ImportEvent.READ)
    states.move(job, ImportEvent.READ)


def test_every_state_is_in_the_table_and_every_way_ends():
    assert set(states.TRANSITIONS) == set(ImportState)
    for events in states.TRANSITIONS.values():
        assert set(events) <= set(ImportEvent)
        assert {role for role, _ in events.values()} <= {states.READER, states.EDITOR}
    assert all(not states.TRANSITIONS[state] for state in states.OVER)
    for state in states.OPEN:
        assert ImportEvent.DROP in states.TRANSITIONS[state]


def test_the_very_same_file_leads_to_the_page_it_is(receive, signed_in, editor):
    page = import_document(TEXT.encode(), "kh21.txt").page
    DocumentPage.objects.filter(pk=page.pk).update(organisation=page.issuer)
    job = receive(TEXT)
    assert (job.state, job.page) == (ImportState.DONE, page)
    assert not job.upload
    response = signed_in(editor).get(reverse("import_job", args=[job.pk]))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_another_version_starts_from_the_merged_text(receive, office):
    page = import_document(TEXT.encode(), "a.txt").page
    draft = page.get_latest_revision_as_object()
    draft.body = [(b["type"], b["value"].replace("tin học", "Tin học") if b["type"] == "text" else b["value"])
                  for b in draft.body.raw_data]  # fmt: skip
    draft.save_revision()
    job = receive(TEXT.replace("một buổi", "hai buổi"))
    page.refresh_from_db()
    assert (job.target, job.target_revision) == (page, page.get_latest_revision())
    assert [piece["value"] for piece in job.pieces[1:]] == [
        "a) Mỗi trường có hai buổi tập huấn.",
        "b) Giáo viên Tin học làm đầu mối, phối hợp cùng Đoàn thanh niên.",
    ]
    assert all(piece["line"] for piece in job.pieces)
    assert {change["by"] for change in job.changes} == {"file", "editor"}
    assert job.conflicts == []


@pytest.mark.parametrize(
    ("second", "offered", "chosen"),
    [
        (UNNUMBERED.replace("một buổi", "hai buổi"), True, True),
        (UNNUMBERED.replace("một buổi", "hai buổi").replace("Phổ biến kỹ năng số", "PHỔ BIẾN KỸ NĂNG SỐ"), True, True),
        (UNNUMBERED[: UNNUMBERED.index("a)")] + "Trồng cây, vệ sinh trường lớp, đọc sách mỗi tuần.\n" * 3, True, False),
        (UNNUMBERED.replace("một buổi", "hai buổi").replace("HUYỆN MINH HỌA", "HUYỆN KHÁC"), True, False),
        (TEXT.replace("một buổi", "hai buổi"), True, False),
        (UNNUMBERED.replace("Phổ biến kỹ năng số", "Phòng chống bắt nạt"), False, False),
    ],
    ids=["nearly the same", "in capitals", "another text", "another office", "numbered by now", "another title"],
)
def test_an_unnumbered_document_is_recognised_by_its_title(receive, office, second, offered, chosen):
    page = import_document(UNNUMBERED.encode(), "a.txt").page
    DocumentPage.objects.filter(pk=page.pk).update(organisation=office)
    revision = page.get_latest_revision()
    revision.content["organisation"] = office.pk
    revision.save()
    job = receive(second)
    found = match(unplain(job.fields), job.by)
    assert [candidate.pk for candidate in found.candidates] == ([page.pk] if offered else [])
    assert (job.target == page) is chosen


def test_two_that_would_do_are_not_decided_between(receive, office):
    for year in ("2024", "2023"):
        import_document(UNNUMBERED.replace("năm 2024", f"năm {year}").encode(), "a.txt")
    assert DocumentPage.objects.count() == 2
    for page in DocumentPage.objects.all():
        page.organisation = office
        page.save_revision().publish()
    job = receive(UNNUMBERED.replace("một buổi", "hai buổi"))
    assert job.target is None
    assert len(match(unplain(job.fields), job.by).candidates) == 2


def test_titles_of_another_offices_documents_are_not_told(receive, office):
    import_document(UNNUMBERED.encode(), "a.txt")
    sibling = member(OrganisationFactory(code="khac"))
    job = receive(UNNUMBERED.replace("một buổi", "hai buổi"), user=sibling)
    assert job.target is None
    assert match(unplain(job.fields), sibling).candidates == ()


def test_several_files_at_once(signed_in, editor, committed):
    client = signed_in(editor)
    files = [named(TEXT.replace("21/", f"{n}/").encode(), f"kh{n}.txt") for n in (1, 2)] + [named(b"", "rong.txt")]
    with committed():
        response = client.post(reverse("import_document"), {"file": files})
    assert response.url == reverse("import_document")
    assert sorted(ImportJob.objects.values_list("name", "state")) == [
        ("kh1.txt", "review"),
        ("kh2.txt", "review"),
        ("rong.txt", "failed"),
    ]
    shown = client.get(reverse("import_document"))
    assert [job.name for job in shown.context["jobs"]] == ["rong.txt", "kh2.txt", "kh1.txt"]


def test_too_much_is_refused_beside_the_field(signed_in, editor):
    client = signed_in(editor)
    huge = named(b"a" * (MAX_BYTES + 1), "lon.txt")
    response = client.post(reverse("import_document"), {"file": huge})
    assert response.status_code == 422
    assert "lon.txt" in str(response.context["form"].errors)
    many = [named(b"x", f"{n}.txt") for n in range(21)]
    assert client.post(reverse("import_document"), {"file": many}).status_code == 422
    assert client.post(reverse("import_document"), {}).status_code == 422
    assert not ImportJob.objects.exists()


def test_an_operator_without_an_office_imports_too(signed_in, committed):
    client = signed_in(UserFactory(is_superuser=True))
    job = upload(client, TEXT.encode(), committed=committed)
    assert job.state == ImportState.REVIEW
    assert make_draft(client, job).status_code == 302
    assert DocumentPage.objects.count() == 1


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    signed_in, editor, receive, django_assert_max_num_queries
):
    client = signed_in(editor)
    client.get(reverse("import_document"))
    for number in range(6):
        receive(TEXT.replace("21/", f"{number}/"))
    with django_assert_max_num_queries(12) as seen:
        assert client.get(reverse("import_document")).status_code == 200
    assert not any('"pieces"' in query["sql"] for query in seen.captured_queries)
