"""The text of files beside a document: read by pages, found by words, landing on the file with its page."""

import io
import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from django.core.management import call_command

from cms.documents.attachments import PIECE, pieces
from cms.documents.pipeline import Unreadable
from cms.documents.pipeline import page_texts as module
from cms.documents.pipeline.page_texts import page_texts
from media import extraction
from media.keeping import keep
from media.models import File, TextState
from search.service import search
from tests.documents.docx.made import package as docx
from tests.documents.pdf.made import Page, lines, pdf
from tests.factories import DocumentPageFactory, OrganisationFactory

OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
TABLE = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
STYLE = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'


def package(**parts):
    """``a__b_dot_xml=...`` -> a part called a/b.xml"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def open_document(kind, body, styles="", **more):
    content = (
        f"<office:document-content {OFFICE}{TEXT}{TABLE}{STYLE}>{styles}<office:body><office:{kind}>{body}"
        f"</office:{kind}></office:body></office:document-content>"
    )
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return package(mimetype=mime, content_dot_xml=content, **more)


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def presentation(*slides):
    """Slides as (file number, attributes, paragraphs), in the order of the presentation."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n, _, _ in slides)
    related = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="slides/slide{n}.xml"/>' for n, _, _ in slides)
    parts = {
        "ppt__presentation_dot_xml": f"<p:presentation {p} {r}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt___rels__presentation_dot_xml_dot_rels": f"<Relationships>{related}</Relationships>",
    }
    for number, attributes, paragraphs in slides:
        body = "".join(
            f"<a:p><a:r><a:t>{text[:3]}</a:t></a:r><a:r><a:t>{text[3:]}</a:t></a:r></a:p>" for text in paragraphs
        )
        parts[f"ppt__slides__slide{number}_dot_xml"] = f"<p:sld {p} {a} {attributes}>{body}</p:sld>"
    return package(**parts)


# What is read of a file


def test_a_pdf_is_read_page_by_page_without_what_every_page_repeats():
    head = (72, 40, "Phòng minh họa - báo cáo quý", 10)
    made = pdf([Page([head, *lines([f"Nội dung riêng của trang {word}."])]) for word in ("đầu", "giữa", "cuối")])
    texts = page_texts(made, "bao-cao.pdf")
    assert texts == tuple(f"Nội dung riêng của trang {word}." for word in ("đầu", "giữa", "cuối"))


def test_a_page_without_text_keeps_its_number():
    assert page_texts(pdf([Page(), Page(lines(["Trang hai có chữ."]))]), "a.pdf") == ("", "Trang hai có chữ.")


def test_a_word_file_is_one_text_or_cut_where_it_says_that_a_page_ended():
    whole = docx("<w:p><w:r><w:t>Đoạn một</w:t></w:r></w:p><w:p><w:r><w:t>Đoạn hai</w:t></w:r></w:p>")
    assert page_texts(whole, "a.docx") == ("Đoạn một\nĐoạn hai",)
    broken = docx(
        "<w:p><w:r><w:t>Đoạn một</w:t></w:r></w:p>"
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>Đoạn hai</w:t></w:r></w:p>'
    )
    assert page_texts(broken, "a.docx") == ("Đoạn một", "Đoạn hai")


def test_a_workbook_is_a_text_a_sheet_of_the_values_as_they_are_written_here():
    made = workbook(
        Năm_2024=[["Trường", "Số học sinh", "Tỉ lệ", "Ngày"], ["Mầm non Sen Hồng", 320, 98.5, date(2024, 9, 5)]],
        Trống=[],
        Giờ=[[datetime(2024, 9, 5, 7, 30), True, 12.0]],
    )
    first, empty, hours = page_texts(made, "so-lieu.xlsx")
    assert first == "Năm 2024\nTrường | Số học sinh | Tỉ lệ | Ngày\nMầm non Sen Hồng | 320 | 98,5 | 05/09/2024"
    assert empty == ""
    assert hours == "Giờ\n05/09/2024 07:30 | TRUE | 12"


def test_what_a_reader_of_the_workbook_does_not_see_is_left_out():
    book = openpyxl.Workbook()
    book.active.append(["thấy được"])
    hidden = book.create_sheet("Nháp")
    hidden.append(["chưa công bố"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert page_texts(out.getvalue(), "a.xlsx") == ("Sheet\nthấy được",)


def test_slides_come_in_the_order_of_the_presentation_without_the_hidden():
    made = presentation((2, "", ["Mở đầu", "Mục tiêu"]), (3, 'show="0"', ["Để dành"]), (1, "", ["Kết luận"]))
    assert page_texts(made, "a.pptx") == ("Mở đầu\nMục tiêu", "Kết luận")


def test_an_open_document_text_is_read_without_comments_and_deleted_words():
    made = open_document(
        "text",
        "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes><text:h>Phần một</text:h>"
        "<text:p>Trường<text:s/><text:span>thí điểm</text:span><office:annotation><text:p>hỏi lại</text:p>"
        "</office:annotation></text:p><text:soft-page-break/><text:p>Trang sau</text:p>",
    )
    assert page_texts(made, "a.odt") == ("Phần một\nTrường thí điểm", "Trang sau")


def test_an_open_spreadsheet_is_a_text_a_sheet_and_repeats_are_bounded():
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    filled = '<table:table-cell table:number-columns-repeated="16384"/>'
    styles = (
        '<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles>"
    )
    made = open_document(
        "spreadsheet",
        f'<table:table table:name="Quý I"><table:table-row>{cell.format("Lớp")}{cell.format("Sĩ số")}{filled}'
        f'</table:table-row><table:table-row table:number-rows-repeated="1048576">{cell.format("3A")}</table:table-row>'
        f'</table:table><table:table table:name="Ẩn" table:style-name="ta2"><table:table-row>{cell.format("giấu")}'
        "</table:table-row></table:table>",
        styles,
    )
    (text,) = page_texts(made, "a.ods")
    assert text.startswith("Quý I\nLớp | Sĩ số\n3A\n3A")
    assert text.count("3A") == module.MAX_REPEATS


def test_plain_text_is_one_text_in_any_of_the_encodings():
    assert page_texts("Danh sách\nTrường".encode("utf-16"), "a.txt") == ("Danh sách\nTrường",)
    assert page_texts("Mã,Tên\n1,Trường Sen".encode(), "a.csv") == ("Mã,Tên\n1,Trường Sen",)


BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "rong.pdf"),
        (pdf([Page(lines(["bí mật"]))], password="x"), "khoa.pdf"),
        (pdf([Page(lines(["chữ"]))])[:300], "cut.pdf"),
        (pdf([Page(picture=b"\x00" * 14000)]), "anh.pdf"),
        (workbook(a=[["1"]])[:-40], "cut.xlsx"),
        (package(xl__workbook_dot_xml=BOMB), "thuc-the.xlsx"),
        (package(xl__workbook_dot_xml="<x/>"), "la.xlsx"),
        (package(content_dot_xml=BOMB), "thuc-the.odt"),
        (package(content_dot_xml="<x>"), "hong.odt"),
        (package(content_dot_xml="<x/>"), "la.odt"),
        (open_document("text", "", META__INF="", **{"META-INF__manifest_dot_xml": "<encryption-data/>"}), "khoa.odt"),
        (package(ppt__presentation_dot_xml=BOMB), "thuc-the.pptx"),
        (package(content_dot_xml="0" * 60_000_000), "bom.odt"),
        (package(a_dot_txt="x"), "nen.zip"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "anh.png"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused_by_name(data, name):
    with pytest.raises(Unreadable, match=name.replace(".", r"\.")):
        page_texts(data, name)


@pytest.mark.parametrize("seed", range(40))
def test_a_torn_file_is_read_or_refused_never_a_crash(seed):
    rng = random.Random(seed)
    whole = (
        ("a.xlsx", workbook(a=[["chữ", 1, 2.5]] * 9)),
        ("a.pptx", presentation((1, "", ["Mở đầu"]), (2, "", ["Kết luận"]))),
        ("a.odt", open_document("text", "<text:p>Một đoạn</text:p>" * 9)),
        ("a.docx", docx("<w:p><w:r><w:t>Một đoạn</w:t></w:r></w:p>")),
    )
    for name, data in whole:
        torn = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(torn))
            torn[at : at + rng.randint(0, 30)] = rng.randbytes(rng.randint(0, 8))
        try:
            page_texts(bytes(torn), name)
        except Unreadable as refused:
            assert name in str(refused)


def test_characters_and_sheets_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MAX_CHARS", 1000)
    assert sum(map(len, page_texts(("dài " * 2000).encode(), "a.txt"))) == 1000
    many = workbook(**{f"s{n}": [["chữ " * 100]] for n in range(6)})
    assert sum(map(len, page_texts(many, "a.xlsx"))) <= 1000
    monkeypatch.setattr(module, "MAX_TEXTS", 2)
    assert len(page_texts(workbook(a=[["1"]], b=[["2"]], c=[["3"]]), "a.xlsx")) == 2


def test_pieces_lose_no_word_and_are_short():
    words = [f"chữ{n}" for n in range(3000)]
    for separator in ("\n", " "):
        found = list(pieces(separator.join(words)))
        assert " ".join(found).split() == words
        assert max(map(len, found)) <= PIECE
    assert [len(piece) for piece in pieces("x" * 7000)] == [3000, 3000, 1000]
    assert list(pieces("  \n ")) == []


# On the way into search


def documents(words):
    return search(words, kind="document").hits


PAGES = [["Thông báo kèm danh mục."], ["Thiết bị dùng chung cho phòng thí nghiệm."]]


@pytest.fixture
def office(db):
    return OrganisationFactory()


@pytest.fixture
def attached(office, committed):
    """``attached(data, name)`` -> (page, file): kept, read, on a published document."""

    def make(data, name, live=True):
        with committed():
            file = keep(data, name, organisation=office)[0]
        with committed():
            page = DocumentPageFactory(organisation=office, live=False, title="Thông báo", issued_on=date(2024, 1, 1))
            page.attachments.create(file=file, role="signed")
            revision = page.save_revision()
            if live:
                revision.publish()
        file.refresh_from_db()
        return page, file

    return make


def test_words_only_in_the_file_are_found_without_marks_and_land_on_its_page(attached, reader):
    page, file = attached(pdf([Page(lines(texts)) for texts in PAGES]), "danh muc.pdf")
    assert (file.text_state, file.pages) == (TextState.READ, 2)
    (hit,) = documents("phong thi nghiem")
    assert hit.record.key == f"document:{page.pk}"
    assert hit.anchor == f"tep-{file.sha256[:8]}"
    assert hit.passages[0].path == ("danh muc.pdf", "tr. 2")
    html = reader.get(f"/van-ban/{page.slug}/").content.decode()
    assert f'id="{hit.anchor}"' in html
    assert f"#{hit.anchor}" in reader.get("/tim-kiem/", {"q": "phong thi nghiem"}).content.decode()


def test_a_draft_or_an_unpublished_document_tells_search_nothing_of_its_file(attached, committed):
    data = pdf([Page(lines(texts)) for texts in PAGES])
    page, _file = attached(data, "danh muc.pdf", live=False)
    assert not documents("phong thi nghiem")
    with committed():
        page.get_latest_revision().publish()
    assert documents("phong thi nghiem")
    page.refresh_from_db()
    with committed():
        page.unpublish()
    assert not documents("phong thi nghiem")


def test_a_file_read_after_its_document_was_published_is_found_then(office, committed, monkeypatch):
    data = workbook(Kho=[["Kính hiển vi", 12]])
    file = keep(data, "kho.xlsx", organisation=office)[0]
    with committed():
        page = DocumentPageFactory(organisation=office, title="Thông báo", issued_on=date(2024, 1, 1))
        page.attachments.create(file=file, role="appendix")
        page.save_revision().publish()
    assert not documents("kinh hien vi")
    with committed():
        extraction.look_again()
    (hit,) = documents("kinh hien vi")
    assert hit.passages[0].path == ("kho.xlsx", "trang tính 1")


@pytest.mark.parametrize(
    ("data", "name", "place"),
    [
        (presentation((1, "", ["Mở đầu"]), (2, "", ["Bể bơi di động"])), "a.pptx", ("trang chiếu 2",)),
        (docx("<w:p><w:r><w:t>Bể bơi di động</w:t></w:r></w:p>"), "a.docx", ()),
        ("Bể bơi di động".encode(), "a.txt", ()),
    ],
    ids=["slide", "word", "text"],
)
def test_only_pages_that_are_pages_are_counted_as_such(attached, reader, data, name, place):
    page, file = attached(data, name)
    (hit,) = documents("be boi di dong")
    assert hit.passages[0].path == (name, *place)
    assert file.pages == 0
    row = (
        reader.get(f"/van-ban/{page.slug}/").content.decode().split(f'id="tep-{file.sha256[:8]}"')[1].split("</li>")[0]
    )
    assert "trang" not in row


# States


def states(monkeypatch, reader):
    monkeypatch.setitem(extraction.TEXT_READERS, "text/plain", reader)


def kept(committed, office, data=b"mot hai ba"):
    with committed():
        file = keep(data, "a.txt", organisation=office)[0]
    file.refresh_from_db()
    return file


def refuses(data, name):
    raise extraction.CannotRead(f"“{name}”: hỏng.")


def crashes(data, name):
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("reading", "state", "says"),
    [
        (lambda data, name: ("một\x00 hai\ud800",), TextState.READ, ""),
        (lambda data, name: (" ", ""), TextState.NONE, "a.txt"),
        (refuses, TextState.FAILED, "hỏng"),
        (crashes, TextState.FAILED, "a.txt"),
    ],
    ids=["read", "none", "refused", "crashed"],
)
def test_what_came_of_a_file_is_said_and_no_file_stops_the_next(committed, office, monkeypatch, reading, state, says):
    states(monkeypatch, reading)
    file = kept(committed, office)
    assert (file.text_state, file.text_tries) == (state, 0)
    assert says in file.text_message
    assert bool(file.text_message) == bool(says)
    assert file.page_texts == (["một hai"] if state == TextState.READ else [])


def test_a_kind_nobody_reads_has_no_text(committed, office):
    with committed():
        file = keep(b"\x89PNG\r\n\x1a\n...", "a.png", organisation=office)[0]
    file.refresh_from_db()
    assert (file.text_state, bool(file.text_message)) == (TextState.NONE, True)


def test_the_same_bytes_of_another_organisation_are_not_read_twice(committed, office, monkeypatch):
    states(monkeypatch, lambda data, name: ("một hai ba",))
    kept(committed, office)
    states(monkeypatch, crashes)
    twin = kept(committed, OrganisationFactory())
    assert (twin.text_state, twin.page_texts) == (TextState.READ, ["một hai ba"])


def test_a_rolled_back_upload_asks_for_nothing(office, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(extraction, "_enqueue", asked.append)
    with django_capture_on_commit_callbacks() as callbacks:
        keep(b"mot", "a.txt", organisation=office)
    assert len(callbacks) == 1
    assert not asked


def test_files_left_waiting_are_taken_up_by_tick_and_given_up_after_three_times(committed, office, monkeypatch):
    file = keep(b"mot hai", "a.txt", organisation=office)[0]
    asked = []
    monkeypatch.setattr(extraction, "extract_text", type("Task", (), {"enqueue": staticmethod(asked.append)}))
    for _ in range(2):
        with committed():
            call_command("tick", verbosity=0)
    assert asked == [file.pk]  # asked for a moment ago: in the queue
    monkeypatch.undo()
    File.objects.update(text_asked_at=None, text_tries=extraction.MAX_TRIES)
    with committed():
        call_command("tick", verbosity=0)
    file.refresh_from_db()
    assert file.text_state == TextState.FAILED


def test_another_reading_replaces_what_came_of_the_first(committed, office, monkeypatch):
    states(monkeypatch, refuses)
    file = kept(committed, office)
    states(monkeypatch, lambda data, name: ("một",))
    with committed():
        extraction.read_again(file)
    file.refresh_from_db()
    assert (file.text_state, file.text_message, file.page_texts) == (TextState.READ, "", ["một"])


def test_the_bound_of_the_row_is_that_of_the_reader():
    assert extraction.MAX_CHARS == module.MAX_CHARS
