"""A test for each rule that the made documents asked for."""

from __future__ import annotations

import pytest

from cms.documents.pipeline import Reading, read
from cms.documents.pipeline.issuer import from_letterhead
from cms.documents.pipeline.letterhead import date_digits
from cms.documents.pipeline.names import organisation

HEAD = "KẾ HOẠCH\nThử một quy tắc\n\n"


def reading(text: str) -> Reading:
    return read(text.encode(), "thử.txt")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Ví Dụ, ngày l5 tháng O3 năm 2O25", "Ví Dụ, ngày 15 tháng 03 năm 2025"),
        ("từ ngày |1 tháng I2 năm 2024.", "từ ngày 11 tháng 12 năm 2024."),
        ("trước l2/3/2O25 và 01/O4/2025", "trước 12/3/2025 và 01/04/2025"),
        ("ngày 05 tháng 9 năm 2025", "ngày 05 tháng 9 năm 2025"),
        ("số 12/KH-UBND của lớp l/O", "số 12/KH-UBND của lớp l/O"),
    ],
)
def test_letters_among_the_digits_of_a_date_are_digits(text: str, digits: str) -> None:
    assert date_digits(text) == digits


def test_a_date_misread_in_the_head_is_read_and_told() -> None:
    found = reading(f"Số: 5/KH-THMH\nVí Dụ, ngày l2 tháng O9 năm 2O24\n\n{HEAD}I. MỘT\n\nVăn.")
    assert found.header.issued_on.isoformat() == "2024-09-12"
    assert found.header.place == "Ví Dụ"
    assert [repair.reading for repair in found.repairs] == ["Ví Dụ, ngày 12 tháng 09 năm 2024"]


@pytest.mark.parametrize("rule", ["-----------", "––––––––––", "________"])
def test_a_drawn_line_below_the_title_is_no_part_of_it(rule: str) -> None:
    found = reading(f"KẾ HOẠCH\nThử một quy tắc\n{rule}\nCăn cứ Nghị định số 5/2020/NĐ-CP;\n\nI. MỘT\n\nVăn.")
    assert found.header.title == "Thử một quy tắc"
    assert [citation.kind for citation in found.citations] == ["legal_basis"]


def test_a_number_in_the_name_of_an_office_is_not_the_documents() -> None:
    head = reading(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH VÍ DỤ\nTRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN\nSỐ 2\nSố: 26/TB-TTGDTX2\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVí Dụ, ngày 19 tháng 5 năm 2023\n\nTHÔNG BÁO\nMở lớp\n\nI. MỘT\n\nVăn."
    ).header
    assert (head.number, head.issuer) == ("26/TB-TTGDTX2", "Trung tâm Giáo dục thường xuyên số 2")


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["UBND XÃ VÍ DỤ", "TRƯỜNG TRUNG HỌC CƠ", "SỞ GIẢ ĐỊNH"], "Trường Trung học cơ sở Giả Định"),
        (["UBND XÃ VÍ DỤ", "PHÒNG VĂN HÓA - XÃ", "HỘI"], "Phòng Văn hóa - Xã hội xã Ví Dụ"),
        (["UBND TỈNH VÍ DỤ", "SỞ NỘI VỤ"], "Sở Nội vụ tỉnh Ví Dụ"),
    ],
)
def test_a_word_torn_by_the_end_of_a_line_begins_no_office(lines: list[str], issuer: str) -> None:
    assert from_letterhead(lines)[0] == issuer


def test_departments_are_written_as_in_a_sentence() -> None:
    assert organisation("PHÒNG VĂN HÓA - XÃ HỘI") == "Phòng Văn hóa - Xã hội"
    assert organisation("TRƯỞNG PHÒNG ĐÀO TẠO") == "Trưởng Phòng Đào tạo"
    assert organisation("SỞ GIÁO DỤC VÀ ĐÀO TẠO") == "Sở Giáo dục và Đào tạo"


def test_the_title_of_a_letter_goes_on_below_the_date_that_stands_beside_it() -> None:
    head = reading(
        "BỘ GIÁO DỤC VÀ ĐÀO TẠO      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 81/BGDĐT-CSVC           Độc lập - Tự do - Hạnh phúc\n"
        "V/v rà soát nhà vệ sinh     Hà Nội, ngày 27 tháng 5 năm 2025\n"
        "trường học\n\n"
        "Kính gửi: Các sở giáo dục và đào tạo.\nBộ đề nghị các sở thực hiện."
    ).header
    assert head.title == "Rà soát nhà vệ sinh trường học"
    assert head.addressees == ("Các sở giáo dục và đào tạo",)


def test_the_office_that_decides_is_not_the_one_that_signs() -> None:
    found = reading(
        "QUYẾT ĐỊNH\nLập tổ đọc sách\n\nHIỆU TRƯỞNG TRƯỜNG TIỂU HỌC MINH HỌA\nCăn cứ Nghị định số 5/2020/NĐ-CP;\n"
        "QUYẾT ĐỊNH:\nĐiều 1. Lập tổ đọc sách.\nĐiều 2. Thi hành./.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nHIỆU TRƯỞNG\n\nNguyễn Văn Ví Dụ"
    )
    assert found.header.signer_name == "Nguyễn Văn Ví Dụ"
    assert [node.number for node in found.nodes if node.kind == "heading"] == ["Điều 1", "Điều 2"]


def test_recipients_go_on_behind_the_office_where_a_page_ended_beside_it() -> None:
    head = reading(
        f"{HEAD}I. MỘT\n\nVăn bản thử./.\n\nNơi nhận:\nGIÁM ĐỐC\n\n- Ủy ban nhân dân tỉnh;\n- Lưu: VT.\n\nLê Giả Định"
    ).header
    assert head.recipients == ("Ủy ban nhân dân tỉnh", "Lưu: VT")
    assert (head.signer_name, head.signer_title) == ("Lê Giả Định", "Giám đốc")


def test_a_regulation_below_a_signature_in_two_columns_is_a_part_of_its_own() -> None:
    found = reading(
        "QUYẾT ĐỊNH\nBan hành Quy chế\n\nĐiều 1. Ban hành Quy chế.\nĐiều 2. Thi hành./.\n\n"
        "Nơi nhận:            HIỆU TRƯỞNG\n- Lưu: VT.\n\n                     Lê Giả Định\n\n"
        "                              QUY CHẾ\n                         Dùng phòng máy\n"
        "(Ban hành kèm theo Quyết định số 8/QĐ-THMH ngày 6/2/2023)\n\nĐiều 1. Giờ mở cửa\nMở buổi sáng.\n"
        "Điều 2. Việc được làm\nTìm tin cho bài học."
    )
    assert [(node.level, node.number, node.text) for node in found.nodes if node.kind == "heading"][2:] == [
        (1, "", "QUY CHẾ Dùng phòng máy"),
        (2, "Điều 1", "Giờ mở cửa"),
        (2, "Điều 2", "Việc được làm"),
    ]
    assert found.header.recipients == ("Lưu: VT",)


@pytest.mark.parametrize("speck", ["~", "'", "`", "|"])
def test_a_speck_at_the_end_of_a_line_is_dirt(speck: str) -> None:
    found = reading(f"{HEAD}Điều 1. Lập tổ đọc sách của nhà trường. {speck}\nĐiều 2. Các tổ thi hành./. {speck}")
    assert [node.text for node in found.nodes] == ["", "Lập tổ đọc sách của nhà trường.", "", "Các tổ thi hành./."]
