"""Paragraphs, runs, fields, tracked changes, notes, boxes and tables of a Word document in the stream."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import translation

from cms.documents.pipeline import Line, Table, read
from cms.documents.pipeline.extractors import extract
from tests.documents.docx.made import abstract, cell, level, listed, num, package, para, row, run, table, zipped

BOLD = "<w:b/>"
CENTRED = '<w:jc w:val="center"/>'


def items(body: str, **parts: str) -> list[Line | Table]:
    return list(extract(package(body, **parts), "a.docx").items)


def texts(body: str, **parts: str) -> list[str]:
    return [item.text for item in items(body, **parts) if isinstance(item, Line)]


def field(result: str, instruction: str = "REF x") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{result}{marks[2]}"


def box(text: str) -> str:
    return f"<w:txbxContent>{para(text)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("Kế ") + run("hoạch"), "Kế hoạch"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a b"),
        (f"{run('giữ ')}<w:ins>{run('thêm')}</w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", "giữ thêm"),
        (f"{run('a ')}<w:moveFrom>{run('x')}</w:moveFrom><w:moveTo>{run('b')}</w:moveTo>", "a b"),
        (f"<w:hyperlink>{run('trang web')}</w:hyperlink>", "trang web"),
        (f'<w:fldSimple w:instr="DATE">{run("5/9/2024")}</w:fldSimple>', "5/9/2024"),
        (run("Mục ") + field(run("2")), "Mục 2"),
        (run("Mục ") + field(field(run("3")) + run(".1")), "Mục 3.1"),
        (run("a") + field(run("b"), "QUOTE " + "x" * 9000), "ab"),
        (run("hiện") + run("ẩn", "<w:vanish/>"), "hiện"),
        (run("mục đích", "<w:caps/>"), "MỤC ĐÍCH"),
        ("<w:r><w:t>giáo</w:t><w:softHyphen/><w:t>dục</w:t></w:r>", "giáodục"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t></w:r>", "A-B"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> xong</w:t></w:r>', "✓ xong"),
        ('<w:r><w:sym w:font="Wingdings" w:char="zz"/><w:t>xong</w:t></w:r>', "xong"),
        (run("m") + run("2", '<w:vertAlign w:val="superscript"/>'), "m²"),
        (f"<w:sdt><w:sdtContent>{run('điền')}</w:sdtContent></w:sdt>", "điền"),
        (f"<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>{run(' điểm')}", "x+1 điểm"),
        (run("K\u00d0-UBND"), "KĐ-UBND"),
        (run("Ke\u0302\u0301 hoa\u0323ch"), "Kế hoạch"),
    ],
)
def test_words_of_a_paragraph(inside: str, text: str) -> None:
    assert texts(para(inside)) == [text]


def test_breaks_make_lines_of_one_paragraph() -> None:
    first, second, third = items(para("<w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r>") + para("ba"))
    assert [first.text, second.text, third.text] == ["một", "hai", "ba"]
    assert (second.blank_before, third.blank_before) == (0, 1)
    assert [line.number for line in (first, second, third)] == [1, 2, 3]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = para(run("Kế hoạch "), "<w:rPr><w:del/></w:rPr>") + para("năm học") + para("hết")
    assert texts(body) == ["Kế hoạch năm học", "hết"]


def test_bold_is_what_all_letters_are() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Strong"><w:name w:val="s"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Thin"><w:name w:val="t"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>'
    )
    body = (
        para(run("đậm", BOLD)) + para(run("nửa", BOLD) + run(" đậm")) + para(run("đậm", BOLD) + run(": "))
        + para("theo kiểu", '<w:pStyle w:val="Strong"/>')
        + para(run("không", '<w:rStyle w:val="Thin"/>'), '<w:pStyle w:val="Strong"/>')
    )  # fmt: skip
    assert [line.bold for line in items(body, styles=styles)] == [True, False, True, True, False]


def test_centred_paragraphs_in_one_look_belong_together() -> None:
    body = para(run("KẾ HOẠCH", BOLD), CENTRED) + para(run("Dạy học số", BOLD), CENTRED) + para("Căn cứ")
    lines = items(body)
    assert [line.centred for line in lines] == [True, True, False]
    assert [line.blank_before for line in lines] == [1, 0, 1]


def test_heading_styles_are_heading_marks_but_not_on_sentences() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = para("Mục tiêu", '<w:pStyle w:val="H"/>') + para("Nhà trường làm việc này;", '<w:pStyle w:val="H"/>')
    assert [line.hashes for line in items(body, styles=styles)] == [2, 0]


def test_pages_are_counted_once_where_word_and_author_both_tell() -> None:
    broken = '<w:r><w:br w:type="page"/></w:r>'
    rendered = "<w:r><w:lastRenderedPageBreak/><w:t>ba</w:t></w:r>"
    body = para("một") + para("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>") + para(broken) + para(rendered)
    assert [(line.text, line.page) for line in items(body)] == [("một", None), ("hai", 2), ("ba", 3)]
    assert [line.blank_before for line in items(body)] == [1, 1, 2]
    assert [line.page for line in items(para("một") + para("hai"))] == [None, None]


def test_text_boxes_are_read_once() -> None:
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box('DỰ THẢO')}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box('DỰ THẢO')}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box('cũ')}</v:textbox></w:pict></w:r>"
    assert texts(para(run("trước") + both) + para(old) + para("sau")) == ["trước", "DỰ THẢO", "cũ", "sau"]


def test_a_contents_list_is_left_out_even_if_its_field_never_ends() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    line = "<w:r><w:t>I. MỤC ĐÍCH</w:t><w:tab/><w:t>1</w:t></w:r>"
    assert texts(para(begin + line) + para(line) + para("I. MỤC ĐÍCH") + para("Văn bản.")) == [
        "I. MỤC ĐÍCH",
        "Văn bản.",
    ]


def test_notes_are_marked_in_the_text_and_become_note_blocks() -> None:
    notes = f'<w:footnote w:id="2">{para("Theo báo cáo năm 2023.")}</w:footnote>'
    notes += f'<w:footnote w:id="-1" w:type="separator">{para("x")}</w:footnote>'
    ends = f'<w:endnote w:id="2">{para("Ghi chú cuối.")}</w:endnote>'
    body = (
        para("I. MỤC ĐÍCH")
        + para(run("Căn cứ Quyết định số 131/QĐ-TTg") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + para(run("Hết") + '<w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="77"/></w:r>')
    )  # fmt: skip
    assert texts(body, footnotes=notes, endnotes=ends) == [
        "I. MỤC ĐÍCH",
        "Căn cứ Quyết định số 131/QĐ-TTg[1]",
        "[1] Theo báo cáo năm 2023.",
        "Hết[2]",
        "[2] Ghi chú cuối.",
    ]
    reading = read(package(body, footnotes=notes, endnotes=ends), "a.docx")
    assert [(n.number, n.text) for n in reading.nodes if n.kind == "note"] == [
        ("1", "Theo báo cáo năm 2023."), ("2", "Ghi chú cuối."),
    ]  # fmt: skip
    assert [c.number for c in reading.citations] == ["131/QĐ-TTg"]


def test_merged_cells_stand_in_their_first_place() -> None:
    grid = table(
        row("TT", "Nội dung", "Năm 2024", "Năm 2025"),
        row(cell("1", '<w:vMerge w:val="restart"/>'), cell("Cả hai năm", '<w:gridSpan w:val="3"/>')),
        row(cell("", "<w:vMerge/>"), "Máy tính", "10", "20"),
    )
    (only,) = items(grid)
    assert only.rows == (
        ("TT", "Nội dung", "Năm 2024", "Năm 2025"),
        ("1", "Cả hai năm", "", ""),
        ("", "Máy tính", "10", "20"),
    )


def test_columns_in_which_no_cell_begins_are_left_out() -> None:
    wide = '<w:gridSpan w:val="4"/>'
    (only,) = items(table(row(cell("TT", wide), cell("Tên", wide)), row(cell("1", wide), cell("Bàn", wide))))
    assert only.rows == (("TT", "Tên"), ("1", "Bàn"))


def test_cells_hold_numbers_lists_and_tables() -> None:
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    inner = table(row("a", "b"))
    grid = table(
        row("TT", "Việc"), row(cell(listed("", 1)), "Một\nHai"), row(cell(listed("", 1)), cell(inner + para()))
    )
    (only,) = items(grid, numbering=numbering)
    assert only.rows == (("TT", "Việc"), ("1", "Một\nHai"), ("2", "a\nb"))


def test_deleted_rows_are_left_out_and_a_repeated_header_goes_on() -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("9") + cell("x") + "</w:tr>"
    body = table(row("TT", "Tên"), row("1", "Bàn"), gone) + para() + table(row("TT", "Tên"), row("2", "Ghế"))
    (only,) = items(body)
    assert only.rows == (("TT", "Tên"), ("1", "Bàn"), ("2", "Ghế"))


LETTERHEAD = (
    row("UBND HUYỆN VÍ DỤ\nTRƯỜNG TIỂU HỌC VÍ DỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    row("Số: 12/KH-THVD", "Ví Dụ, ngày 5 tháng 9 năm 2024"),
)


@pytest.mark.parametrize("lines", [True, False])
def test_a_letterhead_in_a_table_is_read_as_two_columns(lines: bool) -> None:
    body = (
        table(*LETTERHEAD, lines=lines) + para(run("KẾ HOẠCH", BOLD), CENTRED) + para(run("Dạy học số", BOLD), CENTRED)
    )
    found = items(body)
    assert [(line.column, line.text[:6]) for line in found[:6]] == [
        ("left", "UBND H"), ("left", "TRƯỜNG"), ("left", "Số: 12"),
        ("right", "CỘNG H"), ("right", "Độc lậ"), ("right", "Ví Dụ,"),
    ]  # fmt: skip
    header = read(package(body), "a.docx").header
    assert (header.number, header.title, header.place) == ("12/KH-THVD", "Dạy học số", "Ví Dụ")


def test_a_letterhead_set_with_tabs_is_read_as_two_columns() -> None:
    def two(left: str, right: str) -> str:
        return para(f"<w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r>")

    body = (
        two("UBND HUYỆN VÍ DỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + two("TRƯỜNG VÍ DỤ", "Độc lập - Tự do - Hạnh phúc")
        + two("Số: 12/KH-THVD", "Ví Dụ, ngày 5 tháng 9 năm 2024") + para(run("KẾ HOẠCH", BOLD)) + para("Dạy học số")
    )  # fmt: skip
    assert [line.column for line in items(body)][:6] == ["left"] * 3 + ["right"] * 3
    assert read(package(body), "a.docx").header.issued_on.isoformat() == "2024-09-05"


def test_a_letterhead_in_the_first_pages_header_is_read_and_other_headers_are_not() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r-header"/></w:sectPr>'
    body = para("Nội dung") + section
    assert texts(body, header=table(*LETTERHEAD, lines=False))[0] == "UBND HUYỆN VÍ DỤ"
    assert texts(body, header=para("Trang 1 - lưu hành nội bộ")) == ["Nội dung"]


def test_a_signature_in_a_table_is_no_table() -> None:
    tail = table(
        row("Nơi nhận:\n- Phòng GDĐT;\n- Lưu: VT.", "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG\n\n\nLê Thị Mẫu"), lines=False
    )
    reading = read(package(para("KẾ HOẠCH") + para("I. MỤC ĐÍCH") + para("Nội dung.") + tail), "a.docx")
    assert reading.header.recipients == ("Phòng GDĐT", "Lưu: VT")
    assert (reading.header.signer_name, reading.header.signer_title) == ("Lê Thị Mẫu", "Phó Hiệu trưởng")
    assert not reading.tables


def test_a_borderless_table_of_data_stays_one() -> None:
    assert isinstance(items(table(*[row("1", "Bàn", "10")] * 5, lines=False))[0], Table)


def test_a_column_called_nơi_nhận_makes_no_layout() -> None:
    (only,) = items(table(row("TT", "Văn bản", "Nơi nhận"), row("1", "Báo cáo", "Phòng GDĐT")))
    assert only.rows[0] == ("TT", "Văn bản", "Nơi nhận")


AS_WORD_WRITES = """
<w:p w:rsidR="00A77427" w:rsidRDefault="007F1D13" w:rsidP="00C2">
 <w:pPr><w:pStyle w:val="Heading1"/><w:keepNext/><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>
 <w:lang w:val="vi-VN"/></w:rPr></w:pPr><w:bookmarkStart w:id="0" w:name="_Toc1"/><w:proofErr w:type="spellStart"/>
 <w:r w:rsidRPr="00A77427"><w:rPr><w:b/><w:bCs/><w:sz w:val="28"/></w:rPr><w:t>MỤC</w:t></w:r>
 <w:proofErr w:type="spellEnd"/>
 <w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> ĐÍCH</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:pPrChange w:id="3" w:author="a">
 <w:pPr><w:jc w:val="center"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:pPrChange></w:pPr>
 <w:ins w:id="1" w:author="a"><w:r><w:rPr><w:rPrChange w:id="2" w:author="a"><w:rPr><w:vanish/></w:rPr></w:rPrChange>
 </w:rPr>
 <w:t>Nâng cao</w:t></w:r></w:ins><w:commentRangeStart w:id="5"/><w:r><w:t xml:space="preserve"> chất lượng</w:t></w:r>
 <w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r></w:p>
"""


def test_what_word_scatters_over_a_paragraph_changes_nothing() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    )
    numbering = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2.")) + num(1, 0)
    first, second = items(AS_WORD_WRITES, styles=styles, numbering=numbering)
    assert (first.text, first.bold, first.hashes) == ("I. MỤC ĐÍCH", True, 1)
    assert (second.text, second.bold, second.centred) == ("1. Nâng cao chất lượng", False, False)


def test_a_frame_of_one_cell_is_text() -> None:
    assert texts(table(row("Lưu ý chung"))) == ["Lưu ý chung"]


@pytest.mark.parametrize(
    ("font", "stored", "text"),
    [
        (".VnTime", "KÕ ho¹ch d¹y häc", "Kế hoạch dạy học"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch daïy hoïc", "Kế hoạch dạy học"),
        (".VnTime", "Kế hoạch", "Kế hoạch"),
        ("Times New Roman", "Café à Paris", "Café à Paris"),
    ],
)
def test_text_in_old_fonts_is_converted(font: str, stored: str, text: str) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    assert texts(para(run(stored[:2], fonts) + run(stored[2:], fonts))) == [text]


def test_old_text_in_a_font_that_does_not_tell_is_recognised() -> None:
    stored = "KÕ ho¹ch øng dông c«ng nghÖ th«ng tin vµ chuyÓn ®æi sè trong nhµ tr­êng n¨m häc míi"
    extracted = extract(package(para(stored) * 3), "a.docx")
    assert (
        extracted.items[0].text == "Kế hoạch ứng dụng công nghệ thông tin và chuyển đổi số trong nhà trường năm học mới"
    )
    with translation.override("en"):
        assert any("TCVN3" in warning for warning in extract(package(para(stored) * 3), "a.docx").warnings)


def test_the_document_part_may_have_any_name_and_the_strict_vocabulary() -> None:
    with zipfile.ZipFile(io.BytesIO(package(para("Kế hoạch")))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = members.pop("word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members["word/document2.xml"] = strict
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert extract(zipped(members), "a.docx").items[0].text == "Kế hoạch"
