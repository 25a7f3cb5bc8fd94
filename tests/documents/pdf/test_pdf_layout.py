"""Printed lines, paragraphs, columns, tables, running heads: each on a page made for it."""

from __future__ import annotations

import time
import unicodedata

import pytest

from cms.documents.pipeline import read
from cms.documents.pipeline.extractors import Extracted, extract
from cms.documents.pipeline.lines import Line, Table
from cms.documents.pipeline.pdf.layout import glue

from .made import Page, grid, lines, pdf

FULL = "Một dòng chữ dài đến hết lề phải của trang giấy khổ A4 cho đủ sáu mươi chữ"


def items(*pages: Page) -> tuple:
    return extract(pdf(pages), "x.pdf").items


def texts(*pages: Page) -> list[str]:
    return [item.text for item in items(*pages) if isinstance(item, Line)]


def tables(*pages: Page) -> list[tuple]:
    return [item.rows for item in items(*pages) if isinstance(item, Table)]


def wrapped(count: int, start: str = "Đoạn này", end: str = "hết đoạn.") -> list[str]:
    return [f"{start} {FULL[9:]}", *[FULL.lower()] * count, end]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert texts(Page(lines([*wrapped(2), *wrapped(1)]))) == [" ".join(wrapped(2)), " ".join(wrapped(1))]


def test_a_short_line_ends_its_paragraph() -> None:
    found = texts(Page(lines(["Dòng ngắn không dấu", *wrapped(1), "Dòng ngắn khác"])))
    assert found == ["Dòng ngắn không dấu", " ".join(wrapped(1)), "Dòng ngắn khác"]


def test_a_paragraph_goes_on_over_the_page_break_and_keeps_its_first_page() -> None:
    found = items(Page(lines(wrapped(3)[:-1])), Page(lines([*wrapped(1)[1:], *wrapped(1)])))
    assert [item.page for item in found] == [1, 2]
    assert found[0].text == " ".join([*wrapped(3)[:-1], *wrapped(1)[1:]])


def test_first_line_indents_part_paragraphs_that_end_at_the_margin() -> None:
    first, second = ["Đầu đoạn " + FULL[15:], FULL.lower()], ["Đoạn sau " + FULL[15:], FULL.lower(), "và hết."]
    at = [100, 72, 100, 72, 72]
    page = Page([(x, 100 + 18 * i, text) for i, (x, text) in enumerate(zip(at, first + second, strict=True))])
    assert texts(page) == [" ".join(first), " ".join(second)]


@pytest.mark.parametrize("mark", ["1. Việc", "a) việc", "- Việc", "II. VIỆC", "Điều 2. Việc", "PHỤ LỤC 1"])
def test_a_mark_begins_a_paragraph_even_below_a_full_line(mark: str) -> None:
    assert texts(Page(lines([*wrapped(1)[:-1], mark])))[-1] == mark


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Quyết định số 12/", "QĐ-UBND", "Quyết định số 12/QĐ-UBND"),
        ("số 12/QĐ-", "UBND", "số 12/QĐ-UBND"),
        ("năm học 2021-", "2022", "năm học 2021-2022"),
        ("Lao động -", "Thương binh", "Lao động - Thương binh"),
        ("project manage-", "ment office", "project management office"),
        ("Wi-", "fi", "Wi-fi"),
        ("đọc\u00ad", "sách", "đọcsách"),
        ("https://", "a.vn", "https://a.vn"),
        ("và", "hết", "và hết"),
    ],
)
def test_lines_are_put_together_as_they_were_parted(above: str, below: str, whole: str) -> None:
    assert glue(above, below) == whole


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        Page(
            [(72, 40, "Trường Ví Dụ"), *lines([f"Câu {i} của trang {i}."], y=300), (297, 810, str(i) if i > 1 else "")]
        )
        for i in range(1, 6)
    ]
    assert texts(*pages) == [f"Câu {i} của trang {i}." for i in range(1, 6)]


def test_a_lone_number_that_is_no_page_stays() -> None:
    assert "2024" in texts(Page([*lines(["Trong năm."]), (297, 810, "2024")]), Page(lines(["Hết."])))


def test_letterhead_and_signature_are_read_left_column_first() -> None:
    top = [
        (80, 60, "UBND HUYỆN VÍ DỤ"), (290, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (72, 78, "TRƯỜNG TIỂU HỌC MẪU"), (330, 78, "Độc lập - Tự do - Hạnh phúc"),
        (90, 102, "Số: 12/KH-THM"), (320, 102, "Mẫu, ngày 5 tháng 9 năm 2024"),
        (260, 140, "KẾ HOẠCH"), (200, 158, "Trồng cây năm học 2024 - 2025"),
    ]  # fmt: skip
    end = [
        (72, 500, "Nơi nhận:"), (380, 500, "HIỆU TRƯỞNG"), (72, 518, "- Như trên;"), (72, 536, "- Lưu: VT."),
        (380, 570, "Trần Văn Mẫu"),
    ]  # fmt: skip
    body = lines(["I. MỤC ĐÍCH", *wrapped(1)], y=200)
    found = items(Page([*top, *body, *end]))
    sides = {column: [item.text for item in found if item.column == column] for column in ("left", "right")}
    assert sides["left"][:3] == ["UBND HUYỆN VÍ DỤ", "TRƯỜNG TIỂU HỌC MẪU", "Số: 12/KH-THM"]
    assert sides["left"][3:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert sides["right"][2:] == ["Mẫu, ngày 5 tháng 9 năm 2024", "HIỆU TRƯỞNG", "Trần Văn Mẫu"]
    head = read(pdf([Page([*top, *body, *end])]), "x.pdf").header
    assert (head.number, str(head.issued_on), head.place) == ("12/KH-THM", "2024-09-05", "Mẫu")
    assert (head.type_word, head.title) == ("Kế hoạch", "Trồng cây năm học 2024 - 2025")
    assert (head.signer_name, head.signer_title) == ("Trần Văn Mẫu", "Hiệu trưởng")
    assert head.issuer == "Trường Tiểu học Mẫu"


def test_a_ruled_table_is_one_item_and_its_text_no_line() -> None:
    cells = [(80, 120, "TT"), (140, 120, "Việc"), (80, 150, "1"), (140, 150, "Trồng cây"), (140, 164, "ở sân")]
    page = Page(
        [*lines(["Trước bảng."], y=80), *cells, *lines(["Sau bảng."], y=220)], grid((72, 130, 200), (100, 130, 180))
    )
    found = items(page)
    assert [type(item) for item in found] == [Line, Table, Line]
    assert found[1].rows == (("TT", "Việc"), ("1", "Trồng cây ở sân"))
    assert found[1].page == 1


def test_merged_cells_leave_empty_ones() -> None:
    rules = [(72, 100, 300, 100), (72, 130, 300, 130), (150, 160, 300, 160), (72, 190, 300, 190)]
    rules += [(72, 100, 72, 190), (150, 100, 150, 190), (220, 130, 220, 190), (300, 100, 300, 190)]
    cells = [(80, 120, "A"), (160, 120, "B và C"), (80, 150, "1"), (160, 150, "x"), (230, 150, "y"), (160, 180, "z")]
    assert tables(Page(cells, rules)) == [(("A", "B và C", ""), ("1", "x", "y"), ("", "z", ""))]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_on_the_next_page(repeated: bool) -> None:
    head = [(80, 720, "TT"), (140, 720, "Việc")]
    first = Page([*head, (80, 750, "1"), (140, 750, "Một")], grid((72, 130, 300), (700, 730, 760)))
    top = [(x, y - 640, text) for x, y, text in head] if repeated else []
    down = 110 if repeated else 80
    ys = (60, 90, 120) if repeated else (60, 90)
    second = Page([*top, (80, down, "2"), (140, down, "Hai"), *lines(["Hết."], y=300)], grid((72, 130, 300), ys))
    assert tables(first, second) == [(("TT", "Việc"), ("1", "Một"), ("2", "Hai"))]


def test_a_row_torn_by_the_page_break_is_mended() -> None:
    first = Page(
        [(80, 720, "TT"), (140, 720, "Việc"), (80, 750, "1"), (140, 750, "Trồng cây")],
        grid((72, 130, 300), (700, 730, 760)),
    )
    second = Page([(140, 80, "ở sân sau"), (80, 110, "2"), (140, 110, "Hai")], grid((72, 130, 300), (60, 90, 120)))
    assert tables(first, second) == [(("TT", "Việc"), ("1", "Trồng cây ở sân sau"), ("2", "Hai"))]


def test_a_frame_around_text_is_no_table() -> None:
    page = Page(lines(["Trong khung."], y=120), grid((60, 500), (100, 140)))
    assert texts(page) == ["Trong khung."]
    assert tables(page) == []


def test_a_raised_number_is_a_footnote_and_its_text_stands_behind_the_paragraph() -> None:
    page = Page(
        [*lines(["Theo báo cáo"], size=14), (72 + 12 * 7, 94, "1", 7), (72, 780, "1", 6), (80, 784, "Năm 2020.", 10)]
    )
    body = lines(["Câu thứ hai dài hơn."] * 3, y=140, size=14)
    found = texts(Page([*page.texts, *body]))
    assert found[0] == "Theo báo cáo¹"
    assert found[-1] == "¹ Năm 2020."


def test_letters_are_composed_and_signs_put_right() -> None:
    decomposed = unicodedata.normalize("NFD", "Quyết định")
    assert texts(Page(lines([decomposed, "\u00d0ơn\u00a0vị", "ﬁle ﬀ", "a\u00adb"]))) == [
        "Quyết định",
        "Đơn vị",
        "file ff",
        "ab",
    ]


def test_text_in_an_old_font_is_converted_and_told() -> None:
    found = extract(pdf([Page(lines(["Trường"]) + lines(["céng hßa x· héi chñ nghÜa"], y=200, font=2))]), "x.pdf")
    assert found.items[-1].text == "cộng hòa xã hội chủ nghĩa"
    assert any("TCVN3" in warning for warning in found.warnings)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_gives_its_words(rotate: int) -> None:
    found = extract(pdf([Page(lines(["Trang xoay"]), rotate=rotate)]), "x.pdf")
    assert found.items[0].text == "Trang xoay"


def test_bold_and_centred_are_kept() -> None:
    page = Page([(72, 100, FULL), (72, 118, FULL), (267, 150, "GIỮA TRANG", 12, 1)])
    last = items(page)[-1]
    assert (last.text, last.bold, last.centred) == ("GIỮA TRANG", True, True)


def long_document(pages: int) -> bytes:
    """Forty full lines a page, and a table on every fourth."""
    made = []
    for number in range(pages):
        text = lines([f"{number + 1}. Mục thứ {number + 1}", *wrapped(38)], y=60, pitch=15)
        rules = []
        if number % 4 == 0:
            text = text[:20]
            ys = [400 + 20 * i for i in range(19)]
            rules = grid((72, 130, 250, 400, 500), ys)
            text += [(x, y + 14, f"ô {x}", 10) for y in ys[:-1] for x in (75, 135, 255, 405)]
        made.append(Page(text, rules))
    return pdf(made)


def test_a_hundred_pages_take_no_more_than_their_time() -> None:
    short, long = long_document(25), long_document(100)
    seconds = []
    for data in (short, long):
        started = time.process_time()
        found = extract(data, "x.pdf")
        seconds.append(time.process_time() - started)
        assert isinstance(found, Extracted)
    assert seconds[1] < 15
    assert seconds[1] < 4 * seconds[0] * 2.5
