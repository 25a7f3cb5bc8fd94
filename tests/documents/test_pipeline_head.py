"""The head of a document and its signature: who, what, when, and nothing the text does not say."""

from __future__ import annotations

import pytest

from cms.documents.pipeline import Reading, read
from cms.documents.pipeline.issuer import completed, from_letterhead, from_sentence
from cms.documents.pipeline.names import organisation, person

HEAD = "KẾ HOẠCH\nThử một quy tắc\n\n"


def reading(text: str) -> Reading:
    return read(text.encode(), "thử.txt")


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN VÍ DỤ", "Phòng Giáo dục và Đào tạo huyện Ví Dụ"),
        ("ỦY BAN NHÂN DÂN TỈNH VÍ DỤ", "Ủy ban nhân dân tỉnh Ví Dụ"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND Thành phố Hồ Chí Minh"),
        ("TRƯỜNG TRUNG HỌC CƠ SỞ MINH HỌA", "Trường Trung học cơ sở Minh Họa"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("Trường Mầm non Hoa Mẫu", "Trường Mầm non Hoa Mẫu"),
    ],
)
def test_names_in_capitals_are_written_as_in_a_sentence(capitals: str, name: str) -> None:
    assert organisation(capitals) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Văn Ví Dụ", "Nguyễn Văn Ví Dụ"),
        ("TRẦN THỊ MINH HỌA", "Trần Thị Minh Họa"),
        ("ThS. Lê Giả Định", "Lê Giả Định"),
        ("Như trên", None),
        ("Lưu: VT", None),
        ("Phòng 12", None),
        ("An", None),
    ],
)
def test_a_line_that_is_a_name_of_a_person(text: str, name: str | None) -> None:
    assert person(text) == name


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["UBND HUYỆN VÍ DỤ", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"],
            ("Phòng Giáo dục và Đào tạo huyện Ví Dụ", "UBND huyện Ví Dụ"),
        ),
        (
            ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "HUYỆN VÍ DỤ", "TRƯỜNG TIỂU HỌC", "MINH HỌA"],
            ("Trường Tiểu học Minh Họa", "Phòng Giáo dục và Đào tạo huyện Ví Dụ"),
        ),
        (["ỦY BAN NHÂN DÂN", "TỈNH VÍ DỤ"], ("Ủy ban nhân dân tỉnh Ví Dụ", None)),
        (["BỘ GIÁO DỤC VÀ ĐÀO TẠO"], ("Bộ Giáo dục và Đào tạo", None)),
        ([], (None, None)),
    ],
)  # fmt: skip
def test_issuer_and_parent_of_a_letterhead(lines: list[str], found: tuple) -> None:
    assert from_letterhead(lines) == found


def test_issuer_of_the_sentence_that_begins_the_text() -> None:
    assert from_sentence("Phòng GDĐT ban hành Kế hoạch này như sau:") == "Phòng GDĐT"
    assert from_sentence("Trường Tiểu học Minh Họa xây dựng kế hoạch:") == "Trường Tiểu học Minh Họa"
    assert from_sentence("Các trường xây dựng kế hoạch riêng.") is None
    texts = ["Kế hoạch của thành phố Mẫu", "Ủy ban nhân dân (UBND) Thành phố Ví Dụ"]
    assert completed("Ủy ban nhân dân Thành phố", texts) == "Ủy ban nhân dân Thành phố Ví Dụ"
    assert completed("Phòng GD&ĐT", ["ở huyện Ví Dụ"]) == "Phòng Giáo dục và Đào tạo huyện Ví Dụ"
    assert completed("Phòng GD&ĐT", []) == "Phòng Giáo dục và Đào tạo"


@pytest.mark.parametrize(
    ("lines", "name", "title"),
    [
        ("HIỆU TRƯỞNG\n\nNguyễn Văn Ví Dụ", "Nguyễn Văn Ví Dụ", "Hiệu trưởng"),
        ("KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n(Đã ký)\nTrần Ví Dụ", "Trần Ví Dụ", "Phó Trưởng phòng"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLÊ GIẢ ĐỊNH", "Lê Giả Định", "Chủ tịch"),
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Giả Định", "Lê Giả Định", "Phó Chủ tịch"),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nLê Giả Định", "Lê Giả Định", "Chánh Văn phòng"),
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG MẦM NON\n\nLê Giả Định", "Lê Giả Định", "Trưởng phòng Mầm non"),
        ("Q. TRƯỞNG PHÒNG\n\nLê Giả Định", "Lê Giả Định", "Quyền Trưởng phòng"),
        ("KT. HIỆU TRƯỞNG\n\nLê Giả Định", "Lê Giả Định", None),
        ("\n\nLê Giả Định", "Lê Giả Định", None),
        ("", None, None),
    ],
)
def test_the_signer_has_the_title_that_is_the_signers_own(lines: str, name: str | None, title: str | None) -> None:
    head = reading(f"{HEAD}I. MỘT\n\nVăn bản thử./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{lines}").header
    assert (head.signer_name, head.signer_title) == (name, title)
    assert head.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("12/KH-THMH", "plan"),
        ("12/QĐ-UBND", "decision"),
        ("12/2025/NĐ-CP", "decree"),
        ("12/2025/TT-BGDĐT", "circular"),
        ("12/GDĐT-CNTT", "letter"),
        ("12/PGDĐT", "letter"),
        ("12/HD-SGDĐT", "guidance"),
        ("12/HĐ-THMH", "other"),
        ("12/ĐA-UBND", "scheme"),
        ("12-NQ/TU", "resolution"),
    ],
)
def test_type_by_the_abbreviation_in_the_number(number: str, kind: str) -> None:
    assert reading(f"Số: {number}\n\nI. MỘT\n\nVăn.").header.type == kind


def test_a_document_that_says_nothing_of_itself_has_an_empty_head() -> None:
    data = reading("Đoạn thứ nhất.\n\nĐoạn thứ hai.").as_json()
    for name in ("number", "number_key", "type", "issuer", "place", "issued_on", "title", "signer_name", "field"):
        assert data[name] is None
    assert data["recipients"] == data["sections"] == data["citations"] == data["tables"] == data["warnings"] == []


def test_evidence_names_the_lines_a_field_was_read_from() -> None:
    head = reading("Số: 5/KH-THMH\n\nVí Dụ, ngày 2 tháng 9 năm 2024\n\n" + HEAD + "I. MỘT\n\nVăn.").header
    assert head.evidence["number"] == ((1,), "Số: 5/KH-THMH")
    assert head.evidence["issued_on"][0] == (3,)
    assert head.evidence["title"] == ((6,), "Thử một quy tắc")


def test_a_number_left_blank_is_none_and_told() -> None:
    found = reading("Số:      /KH-THMH\n\n" + HEAD + "I. MỘT\n\nVăn.")
    assert found.header.number is None
    assert found.header.type == "plan"
    assert any("1" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "block",
    [
        "Số hiệu: 5/KH-UBND\nNgày ban hành: 02/09/2024\nNgười ký: Lê Giả Định\nNgày có hiệu lực: Đã biết",
        "Số hiệu\t5/KH-UBND\tNgày ban hành\t02/09/2024\nNgười ký\tLê Giả Định\tNgày có hiệu lực\tĐang cập nhật",
        "**Số hiệu:** 5/KH-UBND\n\n**Ngày ban hành:** 02/09/2024\n\n**Người ký:** Lê Giả Định",
        "Số hiệu:\n5/KH-UBND\nNgày ban hành:\n02/09/2024\nNgười ký:\nLê Giả Định",
        "Số hiệu: 5/KH-UBND Ngày ban hành: 02/09/2024 Người ký: Lê Giả Định",
    ],
)
def test_a_block_of_particulars_is_read(block: str) -> None:
    head = reading(f"{block}\n\n{HEAD}I. MỘT\n\nVăn.").header
    assert head.number == "5/KH-UBND"
    assert head.issued_on.isoformat() == "2024-09-02"
    assert head.signer_name == "Lê Giả Định"
    assert head.effective_from is None
    assert head.title == "Thử một quy tắc"


@pytest.mark.parametrize(
    ("sentence", "iso"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", "2024-09-02"),
        ("Thông tư này có hiệu lực thi hành từ ngày 15 tháng 10 năm 2024.", "2024-10-15"),
        ("Quy định cũ có hiệu lực từ ngày 1/1/2020.", None),
    ],
)
def test_day_of_effect(sentence: str, iso: str | None) -> None:
    head = reading(f"Ví Dụ, ngày 2 tháng 9 năm 2024\n\n{HEAD}I. MỘT\n\n{sentence}").header
    assert (head.effective_from.isoformat() if head.effective_from else None) == iso


def test_head_of_a_decision_without_letterhead() -> None:
    found = reading(
        "QUYẾT ĐỊNH\nVề việc lập tổ đọc sách\n\nHIỆU TRƯỞNG TRƯỜNG TIỂU HỌC MINH HỌA\n\n"
        "Căn cứ Nghị định số 5/2020/NĐ-CP ngày 1/1/2020 của Chính phủ;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Lập tổ đọc sách gồm:\n1. Ông A, tổ trưởng;\n2. Bà B.\nĐiều 2. Thi hành./."
    )
    assert found.header.type == "decision"
    assert found.header.title == "Về việc lập tổ đọc sách"
    assert found.header.issuer == "Trường Tiểu học Minh Họa"
    assert [n.anchor for n in found.nodes if n.number] == ["dieu-1", "dieu-1.1", "dieu-1.2", "dieu-2"]
    assert [c.kind for c in found.citations] == ["legal_basis"]


def test_head_where_no_line_is_blank() -> None:
    head = reading(
        "PHÒNG GD&ĐT HUYỆN VÍ DỤ\nTRƯỜNG MN HOA MẪU\nSố: 12/KH-MNHM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập – Tự do – Hạnh phúc\nVí Dụ, ngày 10 tháng 9 năm 2023\nKẾ HOẠCH\nTRỒNG RAU SẠCH\n"
        "NĂM HỌC 2023 - 2024\nCăn cứ Công văn số 100/PGDĐT-MN ngày 01/9/2023;\nI. MỘT\nVăn.\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT./.\nHIỆU TRƯỞNG\nNguyễn Thị Ví Dụ"
    ).header
    assert (head.issuer, head.parent_issuer) == ("Trường MN Hoa Mẫu", "Phòng GD&ĐT huyện Ví Dụ")
    assert head.title == "TRỒNG RAU SẠCH NĂM HỌC 2023 - 2024"
    assert head.period_raw == "NĂM HỌC 2023 - 2024"
    assert head.recipients == ("Như trên", "Lưu: VT")
    assert (head.signer_name, head.signer_title) == ("Nguyễn Thị Ví Dụ", "Hiệu trưởng")


def test_head_of_a_party_document() -> None:
    head = reading(
        "THÀNH ỦY VÍ DỤ\n*\nSố 15-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nVí Dụ, ngày 3 tháng 2 năm 2024\n"
        "NGHỊ QUYẾT\nvề việc học\n-----\nI- TÌNH HÌNH\nTốt.\nNơi nhận:\n- Các chi bộ,\n"
        "T/M BAN CHẤP HÀNH\nBÍ THƯ\nPhạm Ví Dụ"
    ).header
    assert (head.number, head.type, head.issuer) == ("15-NQ/TU", "resolution", "Thành ủy Ví Dụ")
    assert (head.title, head.signer_title) == ("Về việc học", "Bí thư")


def test_addressees_of_a_letter_on_one_line_or_several() -> None:
    start = "Số: 55/SGDĐT-VP   Ví Dụ, ngày 03 tháng 02 năm 2021\nV/v báo cáo nhanh\n"
    head = reading(
        f"{start}Kính gửi: Các phòng giáo dục;\ncác trường trực thuộc.\nThực hiện Công văn số 1/BGDĐT."
    ).header
    assert head.addressees == ("Các phòng giáo dục", "các trường trực thuộc")
    assert (head.title, head.place) == ("Báo cáo nhanh", "Ví Dụ")
    assert head.issued_on.isoformat() == "2021-02-03"
