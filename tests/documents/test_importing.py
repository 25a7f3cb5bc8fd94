"""From a file to a draft: repeatable, all or nothing, never published by the machine alone (laws 12 and 16)."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms.documents.enums import ImportState
from cms.documents.importing import Result, import_document
from cms.documents.models import DocumentPage, ImportJob
from cms.documents.pipeline import MAX_BYTES, Unreadable
from cms.organisations.models import Organisation
from cms.people.enums import Role
from tests.documents.walk import make_draft, named, upload
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db

TEXT = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MINH HỌA

Số: 21/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phổ biến kỹ năng số năm học 2024 - 2025

Căn cứ Thông tư số 42/2021/TT-BGDĐT ngày 30/12/2021 của Bộ Giáo dục và Đào tạo;

I. MỤC TIÊU

1. Mục tiêu chung

a) Mỗi trường có một buổi tập huấn.

Nơi nhận:

- Các trường trực thuộc;
- Lưu: VT.

TRƯỞNG PHÒNG

Nguyễn Văn Ví Dụ
"""
DATA = TEXT.encode()


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")


def test_a_file_becomes_a_draft_with_what_its_head_says(office):
    outcome = import_document(DATA, "kh21.txt")
    page = DocumentPage.objects.get()
    assert outcome.result == Result.CREATED
    assert not page.live
    assert (page.number, page.doc_type, page.issued_on) == ("21/KH-PGDĐT", "plan", date(2024, 9, 5))
    assert page.title == "Phổ biến kỹ năng số năm học 2024 - 2025"
    assert (page.issuer, page.issuer_raw) == (office, "")
    assert page.signer_name == "Nguyễn Văn Ví Dụ"
    assert page.slug == "21-kh-pgddt-pgddt-minh-hoa-2024"


def test_an_unknown_issuer_is_kept_as_printed():
    import_document(DATA, "kh21.txt")
    page = DocumentPage.objects.get()
    assert page.issuer is None
    assert "Minh Họa" in page.issuer_raw.title()


def test_the_same_file_again_changes_nothing(office):
    first = import_document(DATA, "kh21.txt").page
    revisions = first.revisions.count()
    again = import_document(DATA, "ten-khac.txt")
    assert again.result == Result.UNCHANGED
    assert again.page.pk == first.pk
    assert first.revisions.count() == revisions
    assert DocumentPage.objects.count() == 1


def test_another_text_of_the_same_document_is_a_new_draft_of_it(office):
    first = import_document(DATA, "kh21.txt", publish=True).page
    assert first.live
    other = TEXT.replace("một buổi", "hai buổi").encode()
    outcome = import_document(other, "kh21-sua.txt")
    assert (outcome.result, outcome.page.pk) == (Result.REVISED, first.pk)
    assert "hai buổi" in str(outcome.page.get_latest_revision_as_object().body.raw_data[-1])
    assert "hai buổi" not in str(DocumentPage.objects.get().body.raw_data)
    assert import_document(other, "kh21-sua.txt").result == Result.UNCHANGED


def test_the_same_number_in_another_year_or_office_is_another_document(office):
    import_document(DATA, "a.txt")
    import_document(TEXT.replace("năm 2024", "năm 2025").encode(), "b.txt")
    import_document(TEXT.replace("HUYỆN MINH HỌA", "HUYỆN KHÁC").encode(), "c.txt")
    assert DocumentPage.objects.count() == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n \n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"K\xe3\x20" + b"\x00" * 50 + DATA,
        DATA + b"\n" + b"a" * 5_000_000,
        b"PK\x03\x04" + bytes(300),
        b"%PDF-1.7\n" + bytes(300),
    ],
    ids=["empty", "blank", "binary", "nul", "one-long-line", "zip", "pdf"],
)
def test_what_cannot_be_read_is_named_and_leaves_nothing(data):
    with pytest.raises(Unreadable, match="tep-hong"):
        import_document(data, "tep-hong.txt")
    assert not DocumentPage.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_converted(encoding, office):
    import_document(TEXT.encode(encoding), "x.txt")
    assert DocumentPage.objects.get().title == "Phổ biến kỹ năng số năm học 2024 - 2025"


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_document", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_prints_one_line_of_json(tmp_path, office):
    file = tmp_path / "kh21.txt"
    file.write_bytes(DATA)
    out, err = run(file, "--json")
    assert out.count("\n") == 1
    read = json.loads(out)
    assert list(read) == [
        "number", "number_key", "type", "issuer", "parent_issuer", "place", "issued_on", "effective_from", "title",
        "signer_name", "signer_title", "recipients", "field", "sections", "citations", "tables", "warnings",
    ]  # fmt: skip
    assert (read["number_key"], read["issued_on"], read["effective_from"]) == (
        "21khpgddt",
        "2024-09-05",
        None,
    )
    assert [s["anchor"] for s in read["sections"]] == ["i", "i.1"]
    assert "nháp" in err
    assert not DocumentPage.objects.get().live


def test_the_command_publishes_when_told(tmp_path, office):
    file = tmp_path / "kh21.txt"
    file.write_bytes(DATA)
    run(file)
    run(file, "--publish")
    assert DocumentPage.objects.get().live


def test_the_command_refuses_by_name_with_status_one(tmp_path):
    for name, size in (("rong.txt", 0), ("lon.txt", MAX_BYTES + 1)):
        file = tmp_path / name
        with file.open("wb") as handle:
            handle.truncate(size)
        with pytest.raises(CommandError, match=name) as caught:
            run(file)
        assert caught.value.returncode == 1
    with pytest.raises(CommandError, match=r"khong-co\.txt"):
        run(tmp_path / "khong-co.txt")
    assert not DocumentPage.objects.exists()


def test_an_editor_uploads_checks_and_lands_in_the_draft(signed_in, office, committed):
    client = signed_in(member(office))
    assert client.get(reverse("import_document")).status_code == 200
    job = upload(client, DATA, committed=committed)
    response = make_draft(client, job)
    page = DocumentPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.organisation == office
    assert client.get(response.url).status_code == 200


def test_the_draft_belongs_to_the_editors_own_office_when_she_may_not_act_for_the_issuer(signed_in, office, committed):
    own = OrganisationFactory(code="truong")
    client = signed_in(member(own))
    make_draft(client, upload(client, DATA, committed=committed))
    page = DocumentPage.objects.get()
    assert (page.issuer, page.organisation) == (office, own)


def test_an_unreadable_upload_is_explained_on_its_own_page(signed_in, office, committed):
    client = signed_in(member(office))
    job = upload(client, b"", "rong.txt", committed=committed)
    assert job.state == ImportState.FAILED
    assert "rong.txt" in client.get(reverse("import_job", args=[job.pk])).content.decode()
    assert not DocumentPage.objects.exists()


def test_who_may_not_add_pages_may_not_import(signed_in, office):
    client = signed_in(member(office, Role.REVIEWER))
    address = reverse("import_document")
    assert client.get(address).status_code == 302
    assert client.post(address, {"file": named(DATA, "kh21.txt")}).url == reverse("wagtailadmin_home")
    assert not ImportJob.objects.exists()


def test_an_import_never_reaches_into_another_offices_page(signed_in, office, committed):
    page = import_document(DATA, "kh21.txt", publish=True).page
    revisions = page.revisions.count()
    client = signed_in(member(OrganisationFactory(code="khac")))
    job = upload(client, TEXT.replace("một buổi", "hai buổi").encode(), committed=committed)
    shown = client.get(reverse("import_job", args=[job.pk]))
    assert office.name in shown.context["warnings"][0]
    assert shown.context["candidates"] == []
    for target in ("", page.pk):
        response = make_draft(client, job, target=target)
        assert response.status_code == 422
    assert office.name in make_draft(client, job).content.decode()
    assert page.revisions.count() == revisions
    assert DocumentPage.objects.count() == 1


def test_two_offices_of_one_name_are_not_guessed_between(office):
    OrganisationFactory(code="pgddt-minh-hoa-2", name=office.name)
    import_document(DATA, "x.txt")
    assert DocumentPage.objects.get().issuer is None
    assert Organisation.objects.called(office.name).count() == 2


def test_a_newer_file_keeps_both_corrections_and_reports_the_one_conflict(office):
    text = TEXT.replace(
        "a) Mỗi trường có một buổi tập huấn.",
        "a) Mỗi trường có một buổi tập huấn.\n\nb) Giáo viên tin học làm đầu mối.\n\nc) Báo cáo trước ngày 20/12.",
    )
    page = import_document(text.encode(), "ban1.txt").page
    draft = page.get_latest_revision_as_object()
    blocks = [dict(block) for block in draft.body.raw_data]
    for block in blocks:
        if block["type"] == "text":
            block["value"] = block["value"].replace("một buổi", "hai buổi").replace("tin học", "Tin học")
    draft.body = [(block["type"], block["value"]) for block in blocks]
    draft.title = "Phổ biến kỹ năng số (đã sửa)"
    draft.save_revision()

    newer = text.replace("một buổi", "ba buổi").replace("20/12", "25/12")
    outcome = import_document(newer.encode(), "ban2.txt")
    assert (outcome.result, outcome.page.pk) == (Result.REVISED, page.pk)
    merged = outcome.page.get_latest_revision_as_object()
    body = str(merged.body.raw_data)
    assert "Tin học làm đầu mối" in body
    assert "hai buổi" in body
    assert "25/12" in body
    assert merged.title == "Phổ biến kỹ năng số (đã sửa)"
    (conflict,) = outcome.conflicts
    assert conflict.anchor == "i.1.a"
    assert "ba buổi" in conflict.theirs
    assert merged.body.raw_data


def test_the_real_text_takes_the_place_of_a_summary_and_brings_its_signer(office, reader):
    page = import_document(DATA, "kh21.txt", publish=True).page
    page.is_summary = True
    page.save_revision().publish()
    assert "Ví Dụ" not in reader.get(f"/van-ban/{page.slug}/thuoc-tinh/").content.decode()
    import_document(TEXT.replace("một buổi", "hai buổi").encode(), "kh21b.txt", publish=True)
    assert "Ví Dụ" in reader.get(f"/van-ban/{page.slug}/thuoc-tinh/").content.decode()


def test_two_documents_without_an_issuer_are_not_taken_for_one():
    text = "Số: 12/KH\n\nngày 05 tháng 9 năm 2024\n\nKẾ HOẠCH\n\n{}\n\nI. MỘT\n"
    import_document(text.format("Trồng cây").encode(), "a.txt")
    import_document(text.format("Dạy bơi").encode(), "b.txt")
    assert DocumentPage.objects.count() == 2


def test_publish_publishes_the_draft_that_waits(office):
    import_document(DATA, "kh21.txt", publish=True)
    newer = TEXT.replace("một buổi", "hai buổi").encode()
    import_document(newer, "kh21b.txt")
    outcome = import_document(newer, "kh21b.txt", publish=True)
    assert outcome.result == Result.UNCHANGED
    assert "hai buổi" in str(outcome.page.body.raw_data)
