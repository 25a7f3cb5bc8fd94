"""The rules of reading, one table each: marks, mark-up, paragraphs, tables, outline."""

from __future__ import annotations

import pytest

from cms.documents.pipeline import Reading, read
from cms.documents.pipeline.dates import find_date
from cms.documents.pipeline.inline import clean_line, clean_text
from cms.documents.pipeline.marks import appendix, parse, roman

HEAD = "KẾ HOẠCH\nThử một quy tắc\n\n"


def reading(text: str) -> Reading:
    return read(text.encode(), "thử.txt")


def lines_of(text: str) -> list[str]:
    return [line for block in reading(text).blocks if block["type"] == "text" for line in block["value"].split("\n")]


def outline(text: str) -> list[tuple[int, str, str]]:
    return [(node.level, node.number, node.text) for node in reading(HEAD + text).nodes if node.kind == "heading"]


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("I. MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("IV/ Kinh phí", "roman", "IV", "Kinh phí"),
        ("XIV. Phụ lục", "roman", "XIV", "Phụ lục"),
        ("A. TÌNH HÌNH", "upper", "A", "TÌNH HÌNH"),
        ("1. Mục đích", "arabic", "1", "Mục đích"),
        ("1.Mục đích", "arabic", "1", "Mục đích"),
        ("12) Việc khác", "arabic-paren", "12", "Việc khác"),
        ("2.1. Ưu điểm", "decimal2", "2.1", "Ưu điểm"),
        ("2.1 Ưu điểm", "decimal2", "2.1", "Ưu điểm"),
        ("1.1. 100% trường học", "decimal2", "1.1", "100% trường học"),
        ("đ) Nhân lực", "letter", "đ", "Nhân lực"),
        ("a. nội dung", "letter", "a", "nội dung"),
        ("(10.1) Ít nhất", "paren2", "10.1", "Ít nhất"),
        ("(a) một là", "paren-letter", "a", "một là"),
        ("- Gạch đầu dòng", "bullet-", "", "Gạch đầu dòng"),
        ("– Gạch dài", "bullet-", "", "Gạch dài"),
        ("-Gạch liền chữ", "bullet-", "", "Gạch liền chữ"),
        ("+ Dấu cộng", "bullet+", "", "Dấu cộng"),
        ("1- Mục tiêu", "arabic", "1", "Mục tiêu"),
        ("II- TÌNH HÌNH", "roman", "II", "TÌNH HÌNH"),
        ("Điều 12. Hiệu lực", "article", "Điều 12", "Hiệu lực"),
        ("Chương II", "chapter", "Chương II", ""),
        ("Mục 3. Kiểm tra", "section", "Mục 3", "Kiểm tra"),
        ("PHẦN THỨ NHẤT", "part", "PHẦN THỨ NHẤT", ""),
    ],
)
def test_a_mark_is_known_by_its_shape(text: str, style: str, number: str, rest: str) -> None:
    mark = parse(text)
    assert mark is not None
    assert (mark.style, mark.number, mark.rest) == (style, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "100% giáo viên",
        "2022 - 2023 là năm học đầu",
        "15.000 đồng một suất",
        "20.5 triệu đồng",
        "3/4 số trường",
        "5-10 học sinh",
        "Điều này cần bàn thêm",
        "Mục tiêu chung",
        "Phần lớn phụ huynh",
        "VII",
        "-5 độ",
        "(xem phụ lục)",
        "ư) không có trong bảng chữ cái của điểm",
        "IIII. Không phải số La Mã",
        "",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("text", "value"), [("IX", 9), ("XL", 40), ("VIII", 8), ("IIII", 0), ("IC", 0), ("", 0)])
def test_roman_numbers_are_checked(text: str, value: int) -> None:
    assert roman(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PHỤ LỤC", ("PHỤ LỤC", "")),
        ("PHỤ LỤC 2 BẢNG TỔNG HỢP", ("PHỤ LỤC 2", "BẢNG TỔNG HỢP")),
        ("Phụ lục II", ("Phụ lục II", "")),
        ("PHỤ LỤC CHỈ TIÊU NĂM 2025", ("PHỤ LỤC", "CHỈ TIÊU NĂM 2025")),
        ("Phụ lục 1 của Kế hoạch này nêu rõ", None),
        ("Phụ lục 1, 2 và 3", None),
    ],
)
def test_an_appendix_heading_is_no_sentence(text: str, found: tuple | None) -> None:
    assert appendix(text) == found


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("## **2. Nội dung**", ("2. Nội dung", True, 2)),
        ("### 1. Mục tiêu", ("1. Mục tiêu", False, 3)),
        ("** Sổ sách trong lớp*", ("Sổ sách trong lớp", True, 0)),
        ("**PHỤ LỤC 2****ĐỀ CƯƠNG**", ("PHỤ LỤC 2 ĐỀ CƯƠNG", True, 0)),
        (r"\*Ghi chú riêng", ("*Ghi chú riêng", False, 0)),
        ("**I. KẾT QUẢ** (đã làm):", ("I. KẾT QUẢ (đã làm):", False, 0)),
        ("Gửi [a@b.vn](mailto:a@b.vn) nhé  ", ("Gửi a@b.vn nhé", False, 0)),
        ("<http://vidu.example> đây", ("http://vidu.example đây", False, 0)),
        ("< 30%: tối đa 2 điểm", ("< 30%: tối đa 2 điểm", False, 0)),
        ("2 * 3 * 4", ("2 * 3 * 4", False, 0)),
        ("tên_tệp_dài.txt", ("tên_tệp_dài.txt", False, 0)),
    ],
)
def test_markup_of_exports_becomes_plain_text(raw: str, text: tuple) -> None:
    assert clean_line(raw) == text


def test_an_emphasised_sentence_inside_a_cell_stands_on_its_own_line() -> None:
    assert clean_text("Trường học số <i>Dạy và học</i>") == "Trường học số\nDạy và học"
    assert clean_text("Về quy mô: <i>Tỉ trọng</i>") == "Về quy mô: Tỉ trọng"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 28/7/2017", "2017-07-28"),
        ("06/6/2022", "2022-06-06"),
        ("ngày 31 tháng 08 năm 2022", "2022-08-31"),
        ("ngày 1-2-2020", "2020-02-01"),
        ("15.7.2021", "2021-07-15"),
        ("2024-09-05", "2024-09-05"),
        ("ngày 31/02/2022", None),
        ("năm 2022", None),
        ("ngày     tháng     năm 2022", None),
    ],
)
def test_dates_in_all_spellings(text: str, iso: str | None) -> None:
    found = find_date(text)
    assert (found.isoformat() if found else None) == iso


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Chèo thuyền qua\n\nkênh nhỏ.", ["Chèo thuyền qua kênh nhỏ."]),
        (
            "Theo lịch của các cơ quan trực thuộc Sở và của Bộ\n\nGDĐT, cứ thế mà làm.",
            ["Theo lịch của các cơ quan trực thuộc Sở và của Bộ GDĐT, cứ thế mà làm."],
        ),
        (
            "Nội dung: tuyên truyền trong nhà trường\n\nĐẩy mạnh việc đọc.",
            ["Nội dung: tuyên truyền trong nhà trường", "Đẩy mạnh việc đọc."],
        ),
        ("Câu đã hết.\n\nvà câu sau viết thường.", ["Câu đã hết.", "và câu sau viết thường."]),
        ("Gửi về hộp thư:\nhopthu@vidu.example", ["Gửi về hộp thư: hopthu@vidu.example"]),
        ("Theo quy định tại Điều\n\n5. Quy chế này.", ["Theo quy định tại Điều 5. Quy chế này."]),
    ],
)  # fmt: skip
def test_paragraphs_torn_by_a_page_break_are_joined(text: str, paragraphs: list[str]) -> None:
    assert lines_of(f"{HEAD}I. MỘT\n\n{text}\n\nII. HAI\n\nHết.")[:-1] == paragraphs


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "- Tình hình: (tốt / chưa) - Việc đã làm trong kỳ:\n\n- Kết quả: đạt.",
            ["Tình hình: (tốt / chưa)", "Việc đã làm trong kỳ", "Kết quả: đạt."],
        ),
        ("a) Gồm: - Bút; - Vở.", ["Gồm", "Bút;", "Vở."]),
        (
            "1. Sở Lao động - Thương binh và Xã hội:\n\n- Chủ trì.",
            ["Sở Lao động - Thương binh và Xã hội", "Chủ trì."],
        ),
        (
            "- Phòng Tài chính - Kế hoạch huyện Ví Dụ:\n- Cấp tiền.",
            ["Phòng Tài chính - Kế hoạch huyện Ví Dụ", "Cấp tiền."],
        ),
        ("1. Việc thứ nhất đã xong. 2. Việc thứ hai còn dở.", ["Việc thứ nhất đã xong.", "Việc thứ hai còn dở."]),
        ("Theo mục 1. 2. Không tách ở đây.", ["Theo mục 1. 2. Không tách ở đây."]),
    ],
)  # fmt: skip
def test_list_items_run_together_are_taken_apart(text: str, items: list[str]) -> None:
    nodes = reading(f"{HEAD}I. MỘT\n\n{text}").nodes[1:]
    assert [node.text.rstrip(":") for node in nodes] == items


def test_a_list_of_sentences_is_no_outline_and_a_row_of_titles_is_one() -> None:
    assert outline(
        "I. MỘT\n1. Làm việc này.\n2. Làm việc kia;\nII. HAI\n1. Việc gần\nLàm ngay.\n2. Việc xa\nLàm sau."
    ) == [
        (1, "I", "MỘT"),
        (1, "II", "HAI"),
        (2, "1", "Việc gần"),
        (2, "2", "Việc xa"),
    ]


def test_a_stop_behind_one_title_does_not_change_its_level() -> None:
    assert outline("I. MỘT\n1. Mục đích.\nĐể biết.\n2. Yêu cầu:\nPhải rõ.\n3. Thời gian\nTháng Chín.") == [
        (1, "I", "MỘT"),
        (2, "1", "Mục đích"),
        (2, "2", "Yêu cầu"),
        (2, "3", "Thời gian"),
    ]


def test_the_ladder_is_learnt_from_the_document() -> None:
    assert outline(
        "1. Một\nVăn.\n1.1. Một một\nVăn.\na) Ý đầu\nVăn.\nb) Ý sau\nVăn.\n1.2. Một hai\nVăn.\n2. Hai\nVăn."
    ) == [
        (1, "1", "Một"),
        (2, "1.1", "Một một"),
        (3, "a", "Ý đầu"),
        (3, "b", "Ý sau"),
        (2, "1.2", "Một hai"),
        (1, "2", "Hai"),
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I. MỘT\nVăn.\nII. HAI\nVăn.\nV. NĂM\nVăn.", "V."),
        ("I. MỘT\nVăn.\nII. HAI\nVăn.\nII. HAI\nVăn.", "II."),
        ("II. HAI\nVăn.\nIII. BA\nVăn.", "II."),
    ],
)
def test_unusual_numbering_is_kept_and_told(text: str, word: str) -> None:
    found = reading(HEAD + text)
    assert any(f"“{word}”" in warning for warning in found.warnings)
    assert len([node for node in found.nodes if node.kind == "heading"]) == text.count("\n") // 2 + 1


def test_warnings_about_numbering_are_counted_beyond_what_a_person_reads() -> None:
    warnings = reading(HEAD + "I. MỘT\nVăn.\n" * 500).warnings
    assert len(warnings) == 41


def test_sequence_with_d_stroke_needs_no_repair() -> None:
    text = "I. MỘT\n" + "\n".join(f"{letter}) việc {letter};" for letter in "abcdđe")
    assert not reading(HEAD + text).repairs
    assert not reading(HEAD + text).warnings


def test_a_table_split_by_a_page_is_one_and_its_header_stands_once() -> None:
    text = HEAD + "I. MỘT\nTT\tTên\tSố\n1\tA\t2\n\n\nTT\tTên\tSố\n2\tB\t\n\n3\tC\t4\n\nVăn.\nTT\tKhác\n1\tD"
    found = reading(text)
    tables = [node for node in found.nodes if node.kind == "table"]
    assert [table.anchor for table in tables] == ["i.b1", "i.b2"]
    assert tables[0].rows == (("TT", "Tên", "Số"), ("1", "A", "2"), ("2", "B", ""), ("3", "C", "4"))
    assert tables[0].header_rows == 1
    assert tables[1].rows == (("TT", "Khác"), ("1", "D"))


def test_column_numbers_belong_to_the_header() -> None:
    table = reading(HEAD + "TT\tTên\n(1)\t(2)\n1\tA").nodes[-1]
    assert table.header_rows == 2


def test_a_markdown_table_is_read() -> None:
    table = reading(HEAD + "| Tên | Số |\n|---|:--|\n| **A** | |\n|| 2 |\n").nodes[-1]
    assert table.rows == (("Tên", "Số"), ("A", ""), ("", "2"))
    assert table.header_rows == 1


def test_markdown_headings_of_one_depth_are_of_one_level() -> None:
    text = "## I. Một\n\nVăn.\n\n### 1. Nhỏ\n\nVăn.\n\n## Liên hệ\n\nVăn.\n\n### Giờ giấc\n\nVăn."
    assert outline(text) == [(1, "I", "Một"), (2, "1", "Nhỏ"), (1, "", "Liên hệ"), (2, "", "Giờ giấc")]


def test_a_tab_behind_a_number_is_no_table() -> None:
    found = reading(HEAD + "I.\tMỘT\n1.\tViệc\n\tLàm ngay.\n2.\tViệc khác\n-\tLàm sau.")
    assert [node.kind for node in found.nodes] == ["heading", "heading", "paragraph", "heading", "item"]


def test_every_word_of_the_text_is_kept() -> None:
    text = "I. MỘT\n\nCâu đầu.\n\n[1] Chú thích.\n\nTT\tTên\n1\tA\n\n"
    text += "Nơi nhận:\n- Như trên.\n\nHIỆU TRƯỞNG\n\nNguyễn Ví Dụ\n\nDòng thừa dưới chữ ký."
    kept = " ".join(f"{n.number} {n.text} {' '.join(sum(n.rows, ()))}" for n in reading(HEAD + text).nodes)
    for word in ("MỘT", "Câu đầu.", "Chú thích.", "TT Tên 1 A", "Dòng thừa dưới chữ ký."):
        assert word in kept
