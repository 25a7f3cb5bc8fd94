"""Anchors: the structural path of printed numbers, stable, unique, ASCII; citations with their offsets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cms.documents.pipeline import Node, find_citations, nodes_from_blocks, row_text
from search.text import number_key


def heading(level: int, number: str, text: str = "Tên") -> dict:
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def text(*lines: str) -> dict:
    return {"type": "text", "value": "\n".join(lines)}


def table(*rows: list[str], header: bool = True) -> dict:
    return {"type": "table", "value": {"data": list(rows), "first_row_is_table_header": header, "table_caption": ""}}


def anchors(*blocks: dict) -> list[str]:
    return [node.anchor for node in nodes_from_blocks(blocks)]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (
            [heading(1, "II"), heading(2, "2"), heading(3, "2.1"), heading(4, "a")],
            ["ii", "ii.2", "ii.2.1", "ii.2.1.a"],
        ),
        ([heading(1, "I"), heading(2, "đ")], ["i", "i.dd"]),
        ([heading(1, "I"), heading(2, "1.1")], ["i", "i.1.1"]),
        (
            [heading(1, "II"), heading(1, "III"), heading(1, "II"), heading(2, "1"), heading(1, "II")],
            ["ii", "iii", "ii-2", "ii-2.1", "ii-3"],
        ),
        (
            [heading(1, "II"), heading(2, "2"), heading(2, "2"), heading(3, "2.1")],
            ["ii", "ii.2", "ii.2-2", "ii.2-2.1"],
        ),
        ([heading(1, "PHỤ LỤC"), heading(2, "I")], ["pl", "pl.i"]),
        ([heading(1, "PHỤ LỤC 2"), heading(2, "I"), heading(3, "1")], ["pl2", "pl2.i", "pl2.i.1"]),
        (
            [heading(1, "Chương I"), heading(2, "Mục 2"), heading(3, "Điều 5"), text("1. x;", "a) y;")],
            ["chuong-i", "chuong-i.muc-2", "dieu-5", "dieu-5.1", "dieu-5.1.a"],
        ),
        ([heading(1, "PHỤ LỤC 1"), heading(2, "Điều 5")], ["pl1", "pl1.dieu-5"]),
        ([heading(1, "I"), text("a) x;", "b) y;", "d) z;", "đ) t;")], ["i", "i.a", "i.b", "i.d", "i.dd"]),
        (
            [heading(1, "c"), text("(10) Gồm:", "(10.1) x;", "(10.2) y;", "(11) z.")],
            ["c", "c.10", "c.10.1", "c.10.2", "c.11"],
        ),
        ([heading(1, "01"), text("(01) x;")], ["1", "1.1"]),
        (
            [{"type": "note", "value": {"mark": "1", "text": text}} for text in "xy"],
            ["note-1", "note-1-2"],
        ),
        (
            [table(["a"]), heading(1, "I"), table(["a"]), table(["b"]), heading(1, "PHỤ LỤC 1"), table(["c"])],
            ["b1", "i", "i.b1", "i.b2", "pl1", "pl1.b1"],
        ),
    ],
)  # fmt: skip
def test_anchors_follow_the_printed_numbers(blocks: list[dict], expected: list[str]) -> None:
    assert anchors(*blocks) == expected


def test_what_has_no_number_is_known_by_its_words() -> None:
    one = anchors(heading(1, "I"), text("- Tưới cây;", "Đoạn văn."), heading(2, "", "Việc khác"), text("- Tưới cây;"))
    assert one[1].startswith("i.p-")
    assert one[2].startswith("i.p-")
    assert one[3].startswith("i.h-")
    assert one[4].startswith(f"{one[3]}.p-")
    moved = anchors(heading(1, "I"), text("Đoạn văn.", "Câu chen vào."), text("- tưới  CÂY;"))
    assert moved[1] == one[2]
    assert moved[3] == one[1], "case and spaces do not move an anchor"
    assert anchors(text("Như nhau.", "Như nhau."))[1] == anchors(text("Như nhau."))[0] + "-2"


def test_a_numbered_item_below_an_unnumbered_heading_belongs_to_the_number_above() -> None:
    found = anchors(heading(1, "II"), heading(2, "c"), heading(3, "", "Dạy và học"), text("(9) x;"))
    assert found[-1] == "ii.c.9"


def test_levels_and_holders_of_items_and_paragraphs() -> None:
    nodes = nodes_from_blocks(
        [
            heading(2, "1"),
            text("a) Nội dung", "Giải thích thêm.", "- gạch;", "+ cộng;", "b) Hết.", "Đoạn kết.", "- gạch sau."),
        ]
    )
    assert [(n.kind, n.level, n.number, n.anchor.split("-")[0]) for n in nodes] == [
        ("heading", 2, "1", "1"),
        ("item", 3, "a)", "1.a"),
        ("paragraph", 4, "", "1.a.p"),
        ("item", 4, "-", "1.a.p"),
        ("item", 5, "+", "1.a.p"),
        ("item", 3, "b)", "1.b"),
        ("paragraph", 3, "", "1.p"),
        ("item", 3, "-", "1.p"),
    ]


def test_a_note_or_table_between_two_items_does_not_end_the_list() -> None:
    found = anchors(
        heading(1, "I"), text("1. x:", "a) y;"), {"type": "note", "value": {"mark": "¹", "text": "z"}}, text("b) t.")
    )
    assert found[-1] == "i.1.b"


def test_blocks_as_the_editor_may_leave_them() -> None:
    blocks = [
        {"type": "heading", "value": {"level": None, "number": None, "text": None}},
        {"type": "heading", "value": None},
        {"type": "text", "value": None},
        {"type": "table", "value": None},
        {"type": "table", "value": {"data": [[None, "x"]], "table_header_choice": "row"}},
        {"type": "note", "value": {}},
        {"type": "unknown", "value": "x"},
    ]
    nodes = nodes_from_blocks(blocks)
    assert len({node.anchor for node in nodes}) == len(nodes) == 5


def preamble(*lines: str) -> list[Node]:
    return nodes_from_blocks([text(*lines), heading(1, "I"), text("Căn cứ Quyết định số 9/QĐ-UBND để làm.")])


def first(line: str) -> tuple:
    found = find_citations(preamble(line))[0]
    return found.raw, found.number, str(found.issued_on), found.issuer_raw, found.title_raw, found.type_word


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 06 tháng 9 năm 2021 của Ủy ban nhân dân tỉnh Ví Dụ "
            "phê duyệt Đề án “Đọc sách”;",
            (
                "Quyết định số 12/QĐ-UBND", "12/QĐ-UBND", "2021-09-06", "Ủy ban nhân dân tỉnh Ví Dụ",
                "phê duyệt Đề án “Đọc sách”", "Quyết định",
            ),
        ),
        (
            "Căn cứ công văn 42/BGDĐT-CNTT, ngày 31 tháng 08 năm 2022 của Bộ Giáo dục và Đào tạo về việc thử;",
            ("công văn 42/BGDĐT-CNTT", "42/BGDĐT-CNTT", "2022-08-31",
             "Bộ Giáo dục và Đào tạo", "về việc thử", "Công văn"),
        ),
        (
            "Thực hiện Quyết định số 27/QĐ- SGDĐT ngày 10/02/2023 của Sở Giáo dục và Đào tạo (GDĐT) về thử;",
            ("Quyết định số 27/QĐ- SGDĐT", "27/QĐ-SGDĐT", "2023-02-10",
             "Sở Giáo dục và Đào tạo", "về thử", "Quyết định"),
        ),
        (
            "Theo Công văn số: 96 /GDĐT ngày 24-3-2023",
            ("Công văn số: 96 /GDĐT", "96/GDĐT", "2023-03-24", "", "", "Công văn"),
        ),
        (
            "Nghị quyết số 09-NQ/TU của Tỉnh ủy ngày 1/2/2020 về thử.",
            ("Nghị quyết số 09-NQ/TU", "09-NQ/TU", "2020-02-01", "Tỉnh ủy", "về thử", "Nghị quyết"),
        ),
        (
            "Thông tư 1/2018/TT-LĐTBXH ngày 27/02/2018 của Bộ Lao động - Thương binh và Xã hội được dùng",
            ("Thông tư 1/2018/TT-LĐTBXH", "1/2018/TT-LĐTBXH", "2018-02-27",
             "Bộ Lao động - Thương binh và Xã hội", "", "Thông tư"),
        ),
        (
            "Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019;",
            ("Luật Giáo dục số 43/2019/QH14", "43/2019/QH14", "2019-06-14", "", "", "Luật"),
        ),
        (
            "theo Kế hoạch số 7/KH-PGDDT ngày 32/13/2023.",
            ("Kế hoạch số 7/KH-PGDDT", "7/KH-PGDĐT", "None", "", "", "Kế hoạch"),
        ),
        (
            "(đã nêu tại 539/PG&ĐT)",
            ("539/PG&ĐT", "539/PG&ĐT", "None", "", "", ""),
        ),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_a_cited_document(line: str, expected: tuple) -> None:
    assert first(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Có 21/25 máy và 58/100 điểm, 24/7, 1/8 lĩnh vực, 3/HS.",
        "Hệ thống LMS/LCMS và GDNN-GDTX, STEM/STEAM.",
        "Xem https://vidu.example/12/QD-TTg/x",
        "Ngày 20/5 hằng năm, quý II/2026.",
        "Tỷ lệ 1 máy/02 học sinh; 90/VNĐ.",
    ],
)
def test_what_is_no_number_of_a_document(line: str) -> None:
    assert [c for c in find_citations(preamble(line)) if c.number != "9/QĐ-UBND"] == []


def test_legal_bases_are_those_of_the_preamble_only() -> None:
    found = find_citations(
        preamble(
            "Căn cứ Nghị định số 1/2020/NĐ-CP;",
            "- Căn cứ Quyết định số 2/QĐ-TTg;",
            "Thực hiện Kế hoạch số 3/KH-UBND và Kế hoạch số 4/KH-SGDĐT,",
            "Theo đề nghị tại Công văn số 5/PGDĐT.",
        )
    )
    assert [(c.number, c.kind) for c in found] == [
        ("1/2020/NĐ-CP", "legal_basis"),
        ("2/QĐ-TTg", "legal_basis"),
        ("3/KH-UBND", "legal_basis"),
        ("4/KH-SGDĐT", "legal_basis"),
        ("5/PGDĐT", "mention"),
        ("9/QĐ-UBND", "mention"),
    ]


def test_the_issuer_of_the_last_is_that_of_all_in_the_row() -> None:
    line = "theo Thông tư số 1/2017/TT-BGDĐT ngày 28/7/2017, Thông tư số 2/2022/TT-BGDĐT ngày 6/6/2022 của Bộ GDĐT"
    assert [c.issuer_raw for c in find_citations(preamble(line))][:2] == ["Bộ GDĐT", "Bộ GDĐT"]


def test_its_own_number_is_no_citation() -> None:
    nodes = preamble(
        "(Kèm theo Công văn số: 96 /GDĐT ngày 1/1/2023)", "Công văn số 96/GDĐT-CNTT này", "Công văn số 96/GDĐT khác"
    )
    found = find_citations(nodes, number_key("96/GDĐT-CNTT"))
    assert [c.number for c in found] == ["96/GDĐT", "9/QĐ-UBND"]


def tabled() -> Iterator[Node]:
    yield from nodes_from_blocks(
        [heading(1, "PHỤ LỤC"), table(["TT", "Việc"], ["1", ""], ["2", "theo Quyết định số 7/QĐ-TTg ngày 1/2/2020"])]
    )


def test_a_citation_in_a_table_is_addressed_by_its_row() -> None:
    nodes = list(tabled())
    found = find_citations(nodes)[0]
    assert found.anchor == "pl.b1.r2"
    assert row_text(nodes[1].rows[2])[found.start : found.end] == found.raw == "Quyết định số 7/QĐ-TTg"
    assert found.key == "7qdttg"
