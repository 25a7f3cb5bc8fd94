"""How documents are named in running text: rows of numbers, footnote marks, odd dashes, laws by name and year."""

from __future__ import annotations

import time

import pytest

from cms.documents.pipeline import find_citations, nodes_from_blocks, read
from cms.documents.pipeline.laws import find_laws


def cited(*lines: str) -> list:
    return find_citations(nodes_from_blocks([{"type": "text", "value": "\n".join(lines)}]))


OFFICE = "Ủy ban nhân dân tỉnh Ví Dụ"
DAY = "2022-01-25"


@pytest.mark.parametrize(
    "said",
    [
        "số 13/QĐ-UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND ngày 25-01-2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND ngày 25.1.2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND ngày 25 tháng 01 năm 2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND, ngày 25/01/2022, của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND (ngày 25/01/2022) của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND ký ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND của Ủy ban nhân dân tỉnh Ví Dụ ngày 25 / 01 / 2022 về thử",
        "13/QĐ-UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số13/QĐ-UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số: 13 /QĐ -UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ–UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ—UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ‑UBND ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND[1] ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ về thử",
        "số 13/QĐ-UBND [^1] ngày 25/01/2022[2] của Ủy ban nhân dân tỉnh Ví Dụ[3] về thử",
        "số 13/QĐ-UBND¹ ngày 25/01/2022² của Ủy ban nhân dân tỉnh Ví Dụ³ về thử",
        "số 13/QĐ-UBND (1) ngày 25/01/2022 của Ủy ban nhân dân tỉnh Ví Dụ (2) về thử",
    ],
)
def test_one_document_however_it_is_printed(said: str) -> None:
    line = f"Căn cứ Quyết định {said};"
    (one,) = cited(line)
    assert (one.number, one.key, str(one.issued_on), one.issuer_raw, one.title_raw, one.kind, one.type_word) == (
        "13/QĐ-UBND", "13qdubnd", DAY, OFFICE, "về thử", "legal_basis", "Quyết định",
    )  # fmt: skip
    assert line[one.start : one.end] == one.raw


def test_a_year_in_the_number_and_no_date() -> None:
    (one,) = cited("Căn cứ Nghị định số 13/2023/NĐ-CP của Chính phủ về bảo vệ dữ liệu cá nhân;")
    assert (one.number, one.issuer_raw, one.issued_on, one.title_raw) == (
        "13/2023/NĐ-CP", "Chính phủ", None, "về bảo vệ dữ liệu cá nhân",
    )  # fmt: skip


def test_a_department_behind_a_spaced_hyphen_belongs_to_the_number() -> None:
    (one,) = cited("theo Công văn số 42/ BGDĐT - CNTT ngày 31/8/2022")
    assert (one.number, str(one.issued_on)) == ("42/BGDĐT-CNTT", "2022-08-31")
    assert cited("theo Công văn số 42/UBND - Phòng GDĐT báo cáo")[0].number == "42/UBND"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "các Quyết định số 13/QĐ-TTg, số 74/QĐ-TTg của Thủ tướng Chính phủ",
            [("Quyết định", "13/QĐ-TTg", "None"), ("Quyết định", "74/QĐ-TTg", "None")],
        ),
        (
            "các Quyết định số 13/QĐ-TTg ngày 1/2/2020, số 74/QĐ-TTg ngày 3/6/2020 của Thủ tướng Chính phủ",
            [("Quyết định", "13/QĐ-TTg", "2020-02-01"), ("Quyết định", "74/QĐ-TTg", "2020-06-03")],
        ),
        (
            "Quyết định số 13/QĐ-TTg[1], 74/QĐ-TTg và 75/QĐ-TTg của Thủ tướng Chính phủ",
            [("Quyết định", f"{number}/QĐ-TTg", "None") for number in (13, 74, 75)],
        ),
    ],
)
def test_numbers_in_a_row_share_word_and_issuer(line: str, expected: list[tuple]) -> None:
    found = cited(line)
    assert [(one.type_word, one.number, str(one.issued_on)) for one in found] == expected
    assert {one.issuer_raw for one in found} == {"Thủ tướng Chính phủ"}


def test_another_type_in_the_row_does_not_take_the_word() -> None:
    assert [one.type_word for one in cited("Quyết định số 13/QĐ-TTg và 5/KH-UBND")] == ["Quyết định", ""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Căn cứ Luật Giáo dục năm 2019;", [("Luật Giáo dục năm 2019", "luatgiaoduc2019", "None")]),
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            [
                (
                    "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
                    "luattochucchinhquyendiaphuong2015",
                    "2015-06-19",
                )
            ],
        ),
        (
            "theo Luật An ninh mạng năm 2018, Luật Trẻ em (2016) và Bộ luật Lao động 2019",
            [
                ("Luật An ninh mạng năm 2018", "luatanninhmang2018", "None"),
                ("Luật Trẻ em (2016)", "luattreem2016", "None"),
                ("Bộ luật Lao động 2019", "boluatlaodong2019", "None"),
            ],
        ),
        ("Hiến pháp năm 2013", [("Hiến pháp năm 2013", "hienphap2013", "None")]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B năm 2019",
            [
                (
                    "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B năm 2019",
                    "luatsuadoibosungmotsodieucualuatavaluatb2019",
                    "None",
                )
            ],
        ),
        ("Luật Phòng, chống tham nhũng năm 2018", [("Luật Phòng, chống tham nhũng năm 2018", None, "None")]),
        ("Luật này có hiệu lực từ năm 2020; Câu lạc bộ Luật 2020; luật sư năm 2020; Luật Giáo dục", []),
    ],
)
def test_laws_by_name_and_year(line: str, expected: list[tuple]) -> None:
    found = cited(line)
    assert [(one.raw, str(one.issued_on)) for one in found] == [(raw, day) for raw, _key, day in expected]
    assert all(key is None or one.key == key for one, (_raw, key, _day) in zip(found, expected, strict=True))
    assert all(one.number == "" and line[one.start : one.end] == one.raw for one in found)


def test_a_law_whose_number_is_given_is_read_by_its_number_alone() -> None:
    assert [one.number for one in cited("Luật số 43/2019/QH14", "Luật Giáo dục năm 2019 (Luật số 43/2019/QH14)")] == [
        "43/2019/QH14",
        "43/2019/QH14",
    ]


def test_a_law_in_the_title_of_another_document_is_no_legal_basis() -> None:
    found = cited("Căn cứ Luật Thư viện năm 2019; Nghị định số 93/2020/NĐ-CP quy định chi tiết Luật Thư viện năm 2019;")
    assert [one.kind for one in found] == ["legal_basis", "legal_basis", "mention"]


@pytest.mark.parametrize(
    "torn", ["13/QĐ-\nUBND ngày 25/01/2022", "13/QĐ-UBND\nngày 25/01/2022", "\n13/QĐ-UBND ngày 25/01/2022"]
)
def test_a_line_break_inside_what_names_it(torn: str) -> None:
    """In a cell the break stays; in running text lines are joined before citations are looked for."""
    (in_cell,) = find_citations(
        nodes_from_blocks([{"type": "table", "value": {"data": [["TT", f"theo Quyết định số {torn}"]]}}])
    )
    assert (in_cell.number, str(in_cell.issued_on)) == ("13/QĐ-UBND", DAY)
    before = "Căn cứ vào tình hình và điều kiện thực tế của nhà trường, theo Quyết định số"
    text = f"KẾ HOẠCH\nĐọc sách\n\n{before} {torn};\nI. MỘT\nHai."
    assert [(one.number, str(one.issued_on)) for one in read(text.encode(), "x.txt").citations] == [("13/QĐ-UBND", DAY)]


HARD = {
    "laws": "Luật Giáo dục và ", "amending": "Luật sửa đổi ", "years": "Luật A 2019 ", "row": "số 1/QĐ-TTg, ",
    "marks": "[1]", "dashes": "1/QĐ–A–", "raised": "1/QĐ-A¹", "glued": "số1/",
    "titles": "Luật A a a a a a a a a a a a a a a ",
}  # fmt: skip


@pytest.mark.parametrize("name", HARD)
def test_a_megabyte_takes_no_longer_than_its_size(name: str) -> None:
    def seconds(size: int) -> float:
        nodes = nodes_from_blocks([{"type": "text", "value": HARD[name] * (size // len(HARD[name].encode()))}])
        began = time.process_time()
        find_citations(nodes)
        return time.process_time() - began

    seconds(10_000)
    assert seconds(1_000_000) < max(seconds(250_000), 0.25) * 4 * 2.5


def test_laws_are_found_where_they_stand() -> None:
    text = "x Luật Trẻ em năm 2016."
    (law,) = find_laws(text)
    assert (text[law.start : law.end], law.name, law.year, law.issued_on) == (
        "Luật Trẻ em năm 2016",
        "Trẻ em",
        2016,
        None,
    )
