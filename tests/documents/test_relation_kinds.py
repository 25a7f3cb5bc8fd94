"""What a document says it does to the documents it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.pipeline import find_citations, nodes_from_blocks
from cms.documents.pipeline.relations import kinds


def said(lines, title=""):
    nodes = nodes_from_blocks([{"type": "text", "value": lines}])
    found = kinds(nodes, citations := find_citations(nodes), title)
    assert len(found) == len(citations)
    return [(kind.kind, kind.is_partial) for kind in found]


X, Y = "Quyết định số 12/QĐ-UBND", "Quyết định số 13/QĐ-UBND ngày 02/02/2020 của Ủy ban nhân dân tỉnh"
OPERATIVE = [
    (f"Điều 3. Quyết định này thay thế {X}.", [("replaces", False)]),
    (f"Điều 3. Quyết định này có hiệu lực kể từ ngày ký và thay thế {X}.", [("replaces", False)]),
    (f"Điều 3. Quyết định này có hiệu lực từ 01/01/2024, thay thế {Y} và {X}.", [("replaces", False)] * 2),
    (f"Công văn này thay thế Công văn số 74/PGDĐT ngày 16/02/2023.", [("replaces", False)]),  # noqa: F541
    (f"Điều 1. Bãi bỏ {X} về việc ban hành quy chế.", [("repeals", False)]),
    (f"Điều 1. Bãi bỏ khoản 2 Điều 3 {X}.", [("repeals", True)]),
    (f"Điều 1. Sửa đổi, bổ sung một số điều của {X} như sau:", [("amends", True)]),
    (f"Điều 1. Sửa đổi, bổ sung {X}.", [("amends", False)]),
    (f"Đính chính {X} như sau", [("corrects", False)]),
    (f"Điều 1. Hợp nhất {X} và {Y}.", [("consolidates", False)] * 2),
    ("Thông tư này hướng dẫn thực hiện Nghị định số 24/2021/NĐ-CP.", [("guides", False)]),
    (f"Điều 5. {Y} hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành.", [("repeals", False)]),
    (f"Điều 5. {X} được thay thế bởi Quyết định này.", [("replaces", False)]),
    (f"Điều 2. Bãi bỏ các văn bản sau đây:\na) {X};\nb) {Y}.", [("repeals", False)] * 2),
    (f"Điều 2. {X} đã được sửa đổi, bổ sung bởi {Y}.", [("mention", False)] * 2),
    (f"Điều 2. Thực hiện theo {X} (được thay thế bởi {Y}).", [("mention", False)] * 2),
    (f"Điều 2. Quyết định này không thay thế {X}.", [("mention", False)]),
    (f"a) Tham mưu ban hành Quyết định thay thế {X}.", [("mention", False)]),
    (f"- Sửa đổi, bổ sung {X} cho phù hợp.", [("mention", False)]),
    ("b) Hướng dẫn thực hiện bộ chỉ số theo Quyết định số 4725/QĐ-BGDĐT.", [("mention", False)]),
    ("a) Học bạ điện tử thay thế hồ sơ giấy theo Thông tư số 42/2021/TT-BGDĐT.", [("mention", False)]),
    (f"Điều 1. Quyết định này thay thế {X}. Giao Sở thực hiện {Y}.", [("replaces", False), ("mention", False)]),
]


@pytest.mark.parametrize(("text", "expected"), OPERATIVE, ids=[text[:60] for text, _ in OPERATIVE])
def test_an_operative_clause_says_an_effect_and_nothing_else_does(text, expected):
    assert said(f"I. Mở đầu\n{text}") == expected


def test_the_preamble_gives_bases_and_what_is_implemented():
    nodes = nodes_from_blocks(
        [
            {
                "type": "text",
                "value": f"Căn cứ {Y};\nThực hiện Kế hoạch số 5/KH-UBND; Kế hoạch số 6/KH-SGDĐT;\nI. Xem {X}",
            }
        ]
    )
    found = kinds(nodes, find_citations(nodes))
    assert [(k.kind, k.in_preamble) for k in found] == [
        ("legal_basis", True),
        ("implements", True),
        ("implements", True),
        ("mention", False),
    ]


def test_a_basis_whose_name_the_title_carries_out_is_implemented():
    name = "Đề án “Giáo dục thông minh giai đoạn 2021 - 2030”"
    basis = f"Căn cứ Quyết định số 3249/QĐ-UBND ngày 06/9/2021 của Ủy ban nhân dân Thành phố phê duyệt {name};"
    assert said(basis, f"Triển khai {name} từ năm 2023") == [("implements", False)]
    assert said(basis, "Triển khai việc khác") == [("legal_basis", False)]


def test_the_title_says_what_is_amended():
    text = f"Căn cứ {X};\nCăn cứ {Y};\nĐiều 1. Nội dung"
    assert said(text, f"Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo {X}") == [
        ("amends", True),
        ("legal_basis", False),
    ]


@given(st.lists(st.sampled_from([*(t for t, _ in OPERATIVE), f"Căn cứ {X}", "I. Đầu", "chữ"]), max_size=8), st.text())
def test_there_is_one_kind_for_each_citation(lines, title):
    nodes = nodes_from_blocks([{"type": "text", "value": "\n".join(lines)}])
    citations = find_citations(nodes)
    assert len(kinds(nodes, citations, title)) == len(citations)
