"""What holds for any file: nothing but a refusal is raised, addresses are unique, offsets slice, time is linear."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.pipeline import (
    Reading,
    Unreadable,
    find_citations,
    nodes_from_blocks,
    read,
    row_anchor,
    row_text,
)

FILES = Path(__file__).resolve().parents[1] / "files"
ANCHOR = re.compile(r"^[a-z0-9.-]+$")

FRAGMENTS = [
    "I. MỤC ĐÍCH", "II. NỘI DUNG", "V. KINH PHÍ", "1. Việc", "2. Việc khác.", "1.1 Việc nhỏ", "2.1. Ý",
    "a) một;", "d) hai;", "d) ba;", "đ) bốn.", "(1) năm", "(10.1) sáu", "- gạch", "+ cộng", "* sao",
    "l. Một", "Điều 1. Tên", "Điều 2. Câu này dài.", "Chương I", "CHƯƠNG II QUY ĐỊNH", "Mục 1",
    "PHẦN THỨ HAI", "PHỤ LỤC", "PHỤ LỤC 2", "Phụ lục II BẢNG", "QUY CHẾ",
    "(Kèm theo Kế hoạch số 5/KH-PGDDT ngày 1/2/2023 của Phòng GDĐT huyện)", "KẾ HOẠCH", "QUYẾT ĐỊNH",
    "Kính gửi:", "Kính gửi: Ai đó",
    "Căn cứ Quyết định số 131/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ;",
    "Thực hiện Công văn 4/BGDĐT-CNTT, ngày 31 tháng 8 năm 2022", "Số: 18/KH-THMH", "Số:",
    "Ví Dụ, ngày 16 tháng 02 năm 2023", "UBND HUYỆN VÍ DỤ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "Nơi nhận:", "Nơi nhận:\tKT. HIỆU TRƯỞNG", "- Lưu: VT. 8",
    "TRƯỞNG PHÒNG", "KT. CHỦ TỊCH", "Trần Ví Dụ", "TT\tTên\tSố", "1\tA\t2", "\tB\t", "(1)\t(2)\t(3)",
    "a\tb", "¹ Chú thích", "[2] Chú thích", "**đậm**", "*nghiêng*", "## **3. Tên**", "# Kế hoạch thử",
    "<i>x</i>", "[a](mailto:b)", "\\*c", "Số hiệu: 5/QĐ-A", "Ngày ban hành: 1/1/2020", "và tiếp theo",
    "Của Bộ", "GDĐT, tiếp", "1. Một. 2. Hai - Nhãn của việc:", "- x: (y) - Việc đã làm xong:", "7", "- 8 -",
    "-----", "\f", "", "", "\u00a0", "\u200b",
]  # fmt: skip
texts = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60),
        st.tuples(st.sampled_from(FRAGMENTS), st.text(max_size=12), st.sampled_from(FRAGMENTS)).map("".join),
    ),
    max_size=40,
).map("\n".join)
checked = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_or_refuse(data: bytes) -> Reading | None:
    try:
        return read(data, "thử.txt")
    except Unreadable as refusal:
        assert "thử.txt" in str(refusal)
        return None


def check(reading: Reading) -> None:
    anchors = [node.anchor for node in reading.nodes]
    texts_by_anchor = {node.anchor: node.text for node in reading.nodes if node.kind != "table"}
    for node in reading.nodes:
        assert node.level >= 1
        if node.kind == "table":
            for index, row in enumerate(node.rows[node.header_rows :], start=1):
                texts_by_anchor[row_anchor(node.anchor, index)] = row_text(row)
                anchors.append(row_anchor(node.anchor, index))
            assert len({len(row) for row in node.rows}) <= 1
    assert len(set(anchors)) == len(anchors)
    assert all(ANCHOR.match(anchor) for anchor in anchors)
    for citation in reading.citations:
        assert texts_by_anchor[citation.anchor][citation.start : citation.end] == citation.raw
        assert citation.key
        assert citation.raw
    assert list(reading.nodes) == nodes_from_blocks(reading.blocks)
    assert list(reading.nodes) == nodes_from_blocks(json.loads(json.dumps(reading.blocks)))
    assert list(reading.citations) == find_citations(reading.nodes, reading.header.number_key)
    json.dumps(reading.as_json())


@checked
@given(texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    reading = read_or_refuse(text.encode("utf-8", "surrogatepass"))
    if reading is not None:
        check(reading)


@checked
@given(st.one_of(st.binary(max_size=400), texts.map(lambda t: t.encode("utf-16", "replace"))))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reading = read_or_refuse(data)
    if reading is not None:
        check(reading)


@pytest.mark.parametrize("path", sorted(FILES.glob("*.txt")), ids=lambda path: path.name)
def test_what_holds_for_any_text_holds_for_the_documents(path: Path) -> None:
    reading = read_or_refuse(path.read_bytes())
    if reading is not None:
        check(reading)


def heading(level: int, number: str | None, text: str | None) -> dict:
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def text_block(lines: list[str]) -> dict:
    return {"type": "text", "value": "\n".join(lines)}


def table(rows: list[list], header: bool) -> dict:
    return {"type": "table", "value": {"data": rows, "first_row_is_table_header": header}}


def note(mark: str | None, text: str | None) -> dict:
    return {"type": "note", "value": {"mark": mark, "text": text}}


values = st.one_of(st.none(), st.text(max_size=30), st.sampled_from(FRAGMENTS))
blocks = st.lists(
    st.one_of(
        st.builds(heading, st.integers(1, 6), values, values),
        st.builds(text_block, st.lists(st.sampled_from(FRAGMENTS), max_size=6)),
        st.builds(table, st.lists(st.lists(values, min_size=2, max_size=2), max_size=4), st.booleans()),
        st.builds(note, values, values),
    ),
    max_size=25,
)


@checked
@given(blocks)
def test_whatever_an_editor_makes_of_the_blocks_has_unique_addresses(blocks: list[dict]) -> None:
    nodes = nodes_from_blocks(blocks)
    anchors = [node.anchor for node in nodes]
    assert len(set(anchors)) == len(anchors)
    assert all(ANCHOR.match(anchor) for anchor in anchors)
    assert nodes == nodes_from_blocks(blocks)


@checked
@given(blocks, st.integers(0, 25), values.filter(bool))
def test_a_paragraph_added_moves_no_numbered_address(blocks: list[dict], place: int, text: str) -> None:
    extra = {"type": "note", "value": {"mark": "zz", "text": text}}
    before = [node.anchor for node in nodes_from_blocks(blocks)]
    after = [node.anchor for node in nodes_from_blocks([*blocks[:place], extra, *blocks[place:]])]
    assert [anchor for anchor in after if not anchor.startswith("note-zz")] == [
        anchor for anchor in before if not anchor.startswith("note-zz")
    ]


HARD = {
    "one huge paragraph": "Quyết định số 1/QĐ-TTg của " * 8_000,
    "dashes": "a. - A" * 30_000,
    "spaces": " " * 300_000 + "a",
    "brackets": "(" * 300_000,
    "stars": "*a* " * 60_000,
    "links": "[a](" * 60_000,
    "tabs": "a\t" * 60_000,
    "numbers": "12/KH - " * 30_000,
    "the same line": "Một đoạn văn.\n" * 10_000,
    "the same heading": "I. MỘT\n1. Hai\n" * 5_000,
    "appendices": "PHỤ LỤC 1\n" * 10_000,
    "recipients": "Nơi nhận:\n" * 10_000,
    "column of words": "abc def\n" * 20_000,
}


@pytest.mark.parametrize("name", HARD)
def test_hostile_shapes_take_no_longer_than_their_size(name: str) -> None:
    """A pattern that backtracks would take minutes; the bound leaves room for a busy machine."""
    started = time.perf_counter()
    assert read_or_refuse(HARD[name].encode()) is not None
    assert time.perf_counter() - started < 12


def test_time_grows_as_the_text_does() -> None:
    page = (FILES / "ke-hoach-mat-dau.txt").read_text(encoding="utf-8").split("Noi nhận")[0]

    def seconds(times: int) -> float:
        data = (page * times).encode()
        best = []
        for _ in range(2):
            started = time.process_time()
            read(data, "dài.txt")
            best.append(time.process_time() - started)
        return min(best)

    assert seconds(320) < seconds(40) * 8 * 2.5


@pytest.mark.soak
def test_five_megabytes_in_a_few_seconds() -> None:
    page = (FILES / "ke-hoach-mat-dau.txt").read_text(encoding="utf-8").split("Noi nhận")[0]
    data = (page * (5_000_000 // len(page.encode()))).encode()
    started = time.process_time()
    read(data, "dài.txt")
    assert time.process_time() - started < 20
