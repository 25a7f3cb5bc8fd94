"""Kept files: named by their bytes, kept once, never replaced, private until a public page has them."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from media.keeping import keep
from media.models import File
from media.sniffing import MAX_BYTES, Refused, sniff
from tests.factories import DocumentPageFactory, OrganisationFactory, member

PDF = b"%PDF-1.7\n" + b"x" * 200
OPEN = "application/vnd.oasis.opendocument."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def archive(*members, **contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in members:
            made.writestr(name, "x")
        for name, data in contents.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PDF, "kh.pdf", "application/pdf"),
        (PDF, "KH 12.PDF", "application/pdf"),
        (archive("word/document.xml"), "kh.docx", WORD),
        (
            archive(mimetype="application/vnd.oasis.opendocument.text"),
            "kh.odt",
            "application/vnd.oasis.opendocument.text",
        ),
        ("Số: 1".encode(), "kh.txt", "text/plain"),
        (b"\x89PNG\r\n\x1a\n...", "a.png", "image/png"),
    ],
)
def test_the_bytes_say_what_it_is(data, name, media_type):
    assert sniff(data, name).media_type == media_type


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "rong.pdf"),
        (PDF, "gia.docx"),
        (b"MZ\x90\x00" + b"\x00" * 100, "chuong-trinh.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "cu.doc"),
        (archive("word/document.xml")[:-30], "hong.docx"),
        (archive("word/document.xml", "word/vbaProject.bin"), "macro.docx"),
        (archive("ppt/presentation.xml", "ppt/vbaProject.bin"), "macro.pptx"),
        (archive("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "macro.xlsx"),
        (archive("Basic/Standard/Module1.xml", mimetype=f"{OPEN}text"), "macro.odt"),
        (archive("Basic/script-lc.xml", mimetype=f"{OPEN}spreadsheet"), "macro.ods"),
        (archive("Scripts/python/a.py", mimetype=f"{OPEN}text"), "ma.odt"),
        (archive("a.txt"), "nen.zip"),
        (archive("word/document.xml", big_dot_xml=b"0" * 40_000_000), "bom.docx"),
        (archive(*[f"f{i}" for i in range(5_100)]), "nhieu.docx"),
    ],
    ids=[
        "empty",
        "wrong-ending",
        "program",
        "old-office",
        "truncated",
        "macros",
        "macros-in-slides",
        "macro-sheets",
        "macros-in-odt",
        "macros-in-ods",
        "scripts",
        "archive",
        "bomb",
        "many-members",
    ],
)
def test_what_is_not_kept_is_named_with_the_reason(data, name):
    with pytest.raises(Refused, match=name.replace(".", r"\.")):
        sniff(data, name)


def test_size_is_bounded():
    with pytest.raises(Refused, match=r"lon\.pdf"):
        sniff(b"%PDF-" + b"0" * MAX_BYTES, "lon.pdf")


@pytest.fixture
def office(db):
    return OrganisationFactory()


@pytest.fixture
def file(office):
    return keep(PDF, "ky so.pdf", organisation=office)[0]


def test_the_same_bytes_are_kept_once(file, office):
    again, new = keep(PDF, "ten khac.pdf", organisation=office)
    assert (again, new) == (file, False)
    assert File.objects.count() == 1


def test_a_kept_file_is_never_replaced(file):
    file.name = "doi-ten.pdf"
    file.save()
    file.sha256 = "0" * 64
    with pytest.raises(ValidationError):
        file.save()


def attach(file, office, live=True):
    page = DocumentPageFactory(organisation=office, live=False, number="9/KH", issued_on=date(2024, 1, 1))
    page.attachments.create(file=file, role="signed")
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def test_private_until_a_public_document_has_it_and_private_again_afterwards(file, office, reader, committed):
    url = file.get_absolute_url()
    assert reader.get(url).status_code == 404
    page = attach(file, office, live=False)
    assert reader.get(url).status_code == 404
    page.get_latest_revision().publish()
    answer = reader.get(url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    html = reader.get(f"/van-ban/{page.slug}/").content.decode()
    assert url.split("/")[2] in html
    page.refresh_from_db()
    page.unpublish()
    assert reader.get(url).status_code == 404


def test_another_name_in_the_address_leads_to_the_right_one(file, office, reader):
    attach(file, office)
    answer = reader.get(reverse("file", args=[file.sha256, "khac.pdf"]))
    assert (answer.status_code, answer.url) == (302, file.get_absolute_url())


def test_its_own_office_reads_it_the_sibling_does_not(file, office, signed_in):
    url = file.get_absolute_url()
    assert signed_in(member(office)).get(url).status_code == 200
    assert signed_in(member(OrganisationFactory())).get(url).status_code == 404


def test_two_offices_that_bring_the_same_bytes_each_have_their_own_and_the_disk_one(file, signed_in):
    other = OrganisationFactory()
    twin, new = keep(PDF, "ban sao.pdf", organisation=other)
    assert new
    assert twin.blob.name == file.blob.name
    assert signed_in(member(other)).get(twin.get_absolute_url()).status_code == 200
    assert signed_in(member(other)).get(file.get_absolute_url()).url == twin.get_absolute_url()


def test_the_file_a_text_was_read_from_stays_private(reader, office):
    from cms.documents.importing import import_document

    page = import_document("KẾ HOẠCH\n\nThử\n\nI. Một\n".encode(), "thu.txt", organisation=office, publish=True).page
    assert page.live
    assert page.source_file.media_type == "text/plain"
    assert reader.get(page.source_file.get_absolute_url()).status_code == 404


def test_the_text_of_an_attached_file_is_found_with_its_page(file, office, committed):
    from search.service import search

    file.page_texts = ["Trang bìa", "Danh sách trường thí điểm thư viện"]
    file.save()
    with committed():
        page = attach(file, office)
    hit = search("truong thi diem thu vien").hits[0]
    assert hit.record.key == f"document:{page.pk}"
    assert hit.passages[0].path[-1] == "tr. 2"
    assert hit.anchor == f"tep-{file.sha256[:8]}"


def test_an_editor_uploads_once_and_finds_what_is_hers(signed_in, office, file):
    client = signed_in(member(office))
    url = reverse("wagtailsnippets_media_file:add")

    def upload(data, name):
        sent = io.BytesIO(data)
        sent.name = name
        return client.post(url, {"upload": sent, "name": "", "organisation": ""})

    assert upload(PDF + b"2", "moi.pdf").status_code == 302
    assert File.objects.get(name="moi.pdf").organisation == office
    assert "ky so.pdf" in upload(PDF, "lai.pdf").content.decode()
    assert upload(b"", "rong.pdf").status_code == 200
    listed = signed_in(member(OrganisationFactory())).get(reverse("wagtailsnippets_media_file:list"))
    assert not listed.context["object_list"]


def test_nobody_publishes_or_even_names_another_offices_file(signed_in, office, file):
    from wagtail.models import Page
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

    sibling = OrganisationFactory()
    client = signed_in(member(sibling))
    chooser = "wagtailsnippetchoosers_media_file"
    assert file.name not in client.get(reverse(f"{chooser}:choose")).content.decode()
    assert client.get(reverse(f"{chooser}:chosen", args=[file.pk])).status_code == 404
    assert file.name in signed_in(member(office)).get(reverse(f"{chooser}:choose")).content.decode()

    shelf = Page.objects.get(slug="van-ban")
    url = reverse("wagtailadmin_pages:add", args=["documents", "documentpage", shelf.pk])

    def attach_by_form(number):
        rows = [{"file": number, "role": "signed", "title": "", "ORDER": 1}]
        data = {"title": "Thử", "slug": "", "body": streamfield([]), "organisation": sibling.pk}
        data |= {
            "attachments": inline_formset(rows),
            "stated_relations": inline_formset([]),
            "change_notes": inline_formset([]),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
        return client.post(url, nested_form_data(data) | {"action-publish": "1"})

    assert attach_by_form(file.pk).status_code == 200
    assert not Page.objects.filter(title="Thử").exists()
    own = keep(PDF + b"3", "cua minh.pdf", organisation=sibling)[0]
    assert attach_by_form(own.pk).status_code == 302
    assert Page.objects.live().filter(title="Thử").exists()


def test_a_file_is_not_put_into_another_offices_hands(signed_in, office):
    client = signed_in(member(office))
    sent = io.BytesIO(PDF)
    sent.name = "moi.pdf"
    data = {"upload": sent, "name": "", "organisation": OrganisationFactory().pk}
    assert client.post(reverse("wagtailsnippets_media_file:add"), data).status_code == 200
    assert not File.objects.exists()
