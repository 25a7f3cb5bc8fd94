"""A newer file over corrected text: what each side changed stands, what both changed is told."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.pipeline import nodes_from_blocks, read
from cms.documents.pipeline.align import align
from cms.documents.pipeline.merge import Conflict, merge, merge_fields
from cms.documents.pipeline.nodes import blocks_from_nodes
from cms.documents.pipeline.units import units_of

FILES = Path(__file__).resolve().parents[1] / "files"


def heading(level: int, number: str, text: str, **extra) -> dict:
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}, **extra}


def lines(*texts: str, **extra) -> dict:
    return {"type": "text", "value": "\n".join(texts), **extra}


def table(*rows: tuple[str, ...], caption: str = "", **extra) -> dict:
    return {
        "type": "table",
        "value": {"data": [list(row) for row in rows], "first_row_is_table_header": True, "table_caption": caption},
        **extra,
    }


def note(mark: str, text: str) -> dict:
    return {"type": "note", "value": {"mark": mark, "text": text}}


BASE = [
    heading(1, "I", "MỤC TIÊU"),
    lines("a) Mọi lớp học có mạng;", "b) Giáo viên dùng sổ điện tử;", "d) Thư viện mở cửa."),
    heading(1, "II", "NHIỆM VỤ"),
    heading(2, "1", "Tập huấn"),
    lines("Mở hai đợt tập huấn trong hè.", "- Đợt một cho tổ trưởng;", "- Đợt hai cho mọi giáo viên."),
    table(("TT", "Việc", "Hạn"), ("1", "Lắp máy", "tháng 9"), ("2", "Nối mạng", "tháng 10")),
    note("1", "Theo danh sách kèm theo."),
]


def edited(*changes: tuple[str, str]) -> list[dict]:
    """The base with words replaced, wherever they stand."""

    def through(value):
        if isinstance(value, str):
            for old, new in changes:
                value = value.replace(old, new)
            return value
        if isinstance(value, dict):
            return {key: through(item) for key, item in value.items()}
        return [through(item) for item in value] if isinstance(value, list) else value

    return through(BASE)


def same(blocks, others) -> bool:
    return nodes_from_blocks(blocks) == nodes_from_blocks(others)


def text_of(blocks) -> str:
    return "\n".join(unit.shown for unit in units_of(blocks))


def test_each_side_changing_something_else_gives_both() -> None:
    mine = edited(("d) Thư viện", "c) Thư viện"), ("sổ điện tử", "sổ điểm điện tử"))
    theirs = edited(("tháng 10", "tháng 11"), ("Mọi lớp học có mạng", "Mọi phòng học có mạng"))
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert same(
        merged.blocks,
        edited(
            ("d) Thư viện", "c) Thư viện"),
            ("sổ điện tử", "sổ điểm điện tử"),
            ("tháng 10", "tháng 11"),
            ("Mọi lớp học", "Mọi phòng học"),
        ),
    )
    assert [(change.what, change.anchor) for change in merged.kept] == [("changed", "i.b"), ("changed", "i.c")]
    assert [(change.what, change.anchor) for change in merged.from_file] == [("changed", "i.a"), ("changed", "ii.1.b1")]


def test_two_corrections_are_kept_and_one_conflict_is_told() -> None:
    mine = edited(("MỤC TIÊU", "MỤC TIÊU CHUNG"), ("Mở hai đợt", "Mở 02 đợt"))
    theirs = edited(("Mở hai đợt tập huấn trong hè", "Mở ba đợt tập huấn trong hè"), ("Lắp máy", "Lắp máy chiếu"))
    merged = merge(BASE, mine, theirs)
    assert [conflict.part for conflict in merged.conflicts] == ["text"]
    conflict = merged.conflicts[0]
    assert conflict.anchor in {node.anchor for node in nodes_from_blocks(merged.blocks)}
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "Mở hai đợt tập huấn trong hè.",
        "Mở 02 đợt tập huấn trong hè.",
        "Mở ba đợt tập huấn trong hè.",
    )
    text = text_of(merged.blocks)
    assert "MỤC TIÊU CHUNG" in text and "Mở 02 đợt" in text and "Lắp máy chiếu" in text
    assert "Mở ba đợt" not in text


def test_a_promoted_heading_takes_the_new_words_of_the_file() -> None:
    mine = [block if block["value"] != BASE[3]["value"] else heading(1, "1", "Tập huấn") for block in BASE]
    merged = merge(BASE, mine, edited(("Tập huấn", "Tập huấn giáo viên")))
    assert merged.conflicts == ()
    assert heading(1, "1", "Tập huấn giáo viên") in [dict(block) for block in merged.blocks]


def test_a_line_made_a_heading_stays_one() -> None:
    base = [heading(1, "I", "VIỆC"), lines("1. Lắp mạng ở mọi phòng", "Một đoạn.", "2. Mua máy")]
    mine = [heading(1, "I", "VIỆC"), heading(2, "1", "Lắp mạng ở mọi phòng"), lines("Một đoạn.", "2. Mua máy")]
    theirs = [heading(1, "I", "VIỆC"), lines("1. Lắp mạng ở mọi phòng học", "Một đoạn.", "2. Mua máy")]
    merged = merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.blocks[1]["value"] == {"level": 2, "number": "1", "text": "Lắp mạng ở mọi phòng học"}


def test_lines_that_move_down_because_one_came_in_keep_their_corrections() -> None:
    base = [lines("a) Dạy trực tuyến cho lớp chín", "b) Chấm bài trên máy")]
    mine = [lines("a) Dạy trực tuyến cho lớp 9", "b) Chấm bài trên máy")]
    theirs = [lines("a) Tuyển thêm nhân viên", "b) Dạy trực tuyến cho lớp chín", "c) Chấm bài trên máy")]
    merged = merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.blocks[0]["value"].splitlines() == [
        "a) Tuyển thêm nhân viên",
        "b) Dạy trực tuyến cho lớp 9",
        "c) Chấm bài trên máy",
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "conflict"),
    [
        (["Một.", "Ba."], ["Một.", "Hai.", "Ba."], "Một.\nBa.", None),
        (["Một.", "Hai.", "Ba."], ["Một.", "Ba."], "Một.\nBa.", None),
        (
            ["Một.", "Hai đợt học trong hè.", "Ba."],
            ["Một.", "Ba."],
            "Một.\nHai đợt học trong hè.\nBa.",
            Conflict("p-x", "piece", "Hai.", "Hai đợt học trong hè.", ""),
        ),
        (["Một.", "Ba."], ["Một.", "Mới.", "Ba."], "Một.\nMới.\nBa.", None),
        (["Một.", "Hai.", "Của tôi.", "Ba."], ["Một.", "Hai.", "Của tệp.", "Ba."], None, None),
        (["Một.", "Hai.", "Thêm.", "Ba."], ["Một.", "Hai.", "Thêm.", "Ba."], "Một.\nHai.\nThêm.\nBa.", None),
    ],
)
def test_added_and_removed(mine: list[str], theirs: list[str], text: str | None, conflict: Conflict | None) -> None:
    base = [lines("Một.", "Hai.", "Ba.")]
    if conflict:
        base = [lines("Một.", "Hai đợt học.", "Ba.")]
        conflict = Conflict("", "piece", "Hai đợt học.", conflict.mine, "")
    merged = merge(base, [lines(*mine)], [lines(*theirs)])
    if text is not None:
        assert "\n".join(block["value"] for block in merged.blocks) == text
    else:
        assert merged.blocks[0]["value"].splitlines() == ["Một.", "Hai.", "Của tôi.", "Của tệp.", "Ba."]
    found = [(c.part, c.base, c.mine, c.theirs) for c in merged.conflicts]
    assert found == ([(conflict.part, conflict.base, conflict.mine, conflict.theirs)] if conflict else [])


def test_a_piece_the_editor_removed_and_the_file_changed_is_told() -> None:
    base = [lines("a) Một việc cần làm", "b) Việc khác")]
    merged = merge(base, [lines("b) Việc khác")], [lines("a) Một việc cần làm ngay", "b) Việc khác")])
    assert [(c.anchor, c.part, c.mine, c.theirs) for c in merged.conflicts] == [
        ("a", "piece", "", "a) Một việc cần làm ngay")
    ]
    assert merged.blocks[0]["value"] == "b) Việc khác"


def test_both_adding_the_same_number_is_told_and_the_editors_stands() -> None:
    merged = merge([lines("a) Một")], [lines("a) Một", "b) Của tôi")], [lines("a) Một", "b) Từ tệp mới")])
    assert merged.blocks[0]["value"] == "a) Một\nb) Của tôi"
    assert [(c.part, c.base, c.mine, c.theirs) for c in merged.conflicts] == [
        ("piece", "", "b) Của tôi", "b) Từ tệp mới")
    ]


def test_tables_are_merged_by_cell_and_row() -> None:
    base = [table(("TT", "Việc", "Hạn"), ("1", "Lắp máy", "tháng 9"), ("2", "Nối mạng", "tháng 10"))]
    mine = [table(("TT", "Việc", "Hạn"), ("1", "Lắp máy tính", "tháng 9"), ("2", "Nối mạng", "tháng 12"))]
    theirs = [
        table(
            ("TT", "Việc", "Hạn"), ("1", "Lắp máy", "tháng 8"), ("2", "Nối mạng", "tháng 11"), ("3", "Bàn giao", "Tết")
        )
    ]
    merged = merge(base, mine, theirs)
    assert merged.blocks[0]["value"]["data"] == [
        ["TT", "Việc", "Hạn"],
        ["1", "Lắp máy tính", "tháng 8"],
        ["2", "Nối mạng", "tháng 12"],
        ["3", "Bàn giao", "Tết"],
    ]
    assert [(c.anchor, c.part, c.base, c.mine, c.theirs) for c in merged.conflicts] == [
        ("b1", "r3.c3", "tháng 10", "tháng 12", "tháng 11")
    ]


def test_blocks_that_are_no_text_and_ids_survive() -> None:
    picture = {"type": "image", "value": 7, "id": "i"}
    mine = [{**BASE[0], "id": "h"}, picture, {**BASE[1], "id": "t"}, *BASE[2:]]
    merged = merge(BASE, mine, edited(("MỤC TIÊU", "CÁC MỤC TIÊU")))
    assert merged.blocks[0] == {**heading(1, "I", "CÁC MỤC TIÊU"), "id": "h"}
    assert merged.blocks[1] == picture
    assert merged.blocks[2]["id"] == "t"


def test_spans_an_editor_gave_a_table_survive_a_file_that_changed_nothing_there() -> None:
    mine = edited(("MỤC TIÊU", "MỤC TIÊU CHUNG"))
    mine[5]["value"]["mergeCells"] = [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}]
    merged = merge(BASE, mine, edited(("Mở hai", "Mở ba")))
    assert merged.blocks[5]["value"]["mergeCells"] == mine[5]["value"]["mergeCells"]


def test_fields() -> None:
    base = {"number": "5/KH", "title": "Kế hoạch", "place": "", "recipients": ["VT"], "signer": "A", "period": "2024"}
    mine = {**base, "title": "Kế hoạch năm", "place": "Ví Dụ", "signer": "B", "period": ""}
    theirs = {**base, "number": "15/KH", "title": "Kế hoạch chuyển đổi", "place": None, "signer": "B"}
    merged = merge_fields(base, mine, theirs)
    assert merged.fields == {
        "number": "15/KH",
        "title": "Kế hoạch năm",
        "place": "Ví Dụ",
        "recipients": ["VT"],
        "signer": "B",
        "period": "",
    }
    assert merged.conflicts == (Conflict("title", "title", "Kế hoạch", "Kế hoạch năm", "Kế hoạch chuyển đổi"),)
    assert {(change.by, change.what, change.anchor) for change in merged.changes} == {
        ("file", "changed", "number"),
        ("editor", "added", "place"),
        ("both", "changed", "signer"),
        ("editor", "removed", "period"),
    }


WORDS = ["mạng", "lớp", "sổ", "điểm", "họp", "thư viện", "hè", "2025", "100%"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
marked = st.tuples(
    st.sampled_from(["", "a) ", "b) ", "d) ", "1. ", "2. ", "1.1. Ý ", "(1) ", "- ", "+ ", "C.T", "C. T", "Điều 1. "]),
    sentences,
).map("".join)
cells = st.sampled_from(["", "1", "2", "mạng", "lớp\nhọc", "(1)", "(2)"])
piece = st.one_of(
    st.builds(heading, st.integers(1, 4), st.sampled_from(["", "I", "II", "1", "1.1", "PHỤ LỤC 1"]), sentences),
    st.lists(marked, min_size=1, max_size=4).map(lambda texts: lines(*texts)),
    st.lists(st.tuples(cells, cells), max_size=4).map(lambda rows: table(*rows)),
    st.builds(note, st.sampled_from(["1", "2"]), sentences),
)
texts = st.lists(piece, max_size=8)


@st.composite
def versions(draw) -> tuple[list[dict], list[dict], list[dict]]:
    """A text and two texts made of it: pieces replaced, removed, added and moved."""
    base = draw(texts)

    def descendant() -> list[dict]:
        blocks = []
        for block in base:
            action = draw(st.sampled_from("kkkkrdal"))
            if action == "l" and block["type"] == "text":
                own = block["value"].split("\n")
                own[draw(st.integers(0, len(own) - 1))] = draw(marked)
                blocks.append(lines(*own))
            elif action in "ka":
                blocks.append(block)
            if action in "ra":
                blocks.append(draw(piece))
        if draw(st.booleans()) and len(blocks) > 1:
            blocks.append(blocks.pop(0))
        return blocks

    return base, descendant(), descendant()


checked = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


anything = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="aABCDIVX1259đ.)(/-–+* :%“Điều", max_size=10),
    marked,
)
anything_blocks = st.lists(
    st.one_of(
        piece,
        st.lists(anything, max_size=5).map(lambda texts: lines(*texts)),
        st.builds(heading, st.integers(1, 6), anything, anything),
    ),
    max_size=6,
)


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anything_blocks)
def test_blocks_and_nodes_are_each_others_inverse(blocks: list[dict]) -> None:
    nodes = nodes_from_blocks(blocks)
    assert nodes_from_blocks(blocks_from_nodes(nodes)) == nodes


@pytest.mark.parametrize("path", sorted(FILES.glob("*.txt")), ids=lambda path: path.name)
def test_blocks_and_nodes_of_documents_are_each_others_inverse(path: Path) -> None:
    nodes = list(read(path.read_bytes(), path.name).nodes)
    assert nodes_from_blocks(blocks_from_nodes(nodes)) == nodes


@checked
@given(versions())
def test_one_side_alone_wins(three: tuple) -> None:
    base, mine, theirs = three
    for merged, expected in (
        (merge(base, base, theirs), theirs),
        (merge(base, mine, base), mine),
        (merge(base, mine, mine), mine),
    ):
        assert same(merged.blocks, expected)
        assert merged.conflicts == ()
    assert {change.by for change in merge(base, base, theirs).changes} <= {"file"}
    assert {change.by for change in merge(base, mine, base).changes} <= {"editor"}
    assert {change.by for change in merge(base, mine, mine).changes} <= {"both"}


@checked
@given(versions())
def test_nothing_of_the_editor_is_lost(three: tuple) -> None:
    """Every piece of the editor's that the last import did not have stands in the merged text or in a conflict."""
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    said = "\n".join([text_of(merged.blocks), *(conflict.mine for conflict in merged.conflicts)])
    had = Counter(unit.node.text for unit in units_of(base) if unit.node)
    for unit in units_of(mine):
        if unit.kind == "table":
            old = {cell for other in units_of(base) if other.node for row in other.node.rows for cell in row}
            wanted = [cell for row in unit.node.rows for cell in row if cell not in old]
        else:
            wanted = [unit.node.text] if not had[unit.node.text] else []
        assert all(text in said for text in wanted)


@checked
@given(versions())
def test_merging_is_repeatable_and_settles(three: tuple) -> None:
    """The same again gives the same; merging the same file into the result changes nothing more."""
    base, mine, theirs = three
    merged = merge(base, mine, theirs)
    assert merged == merge(base, mine, theirs)
    anchors = {node.anchor for node in nodes_from_blocks(merged.blocks)}
    for conflict in merged.conflicts:
        assert conflict.mine != conflict.theirs
        assert conflict.anchor in anchors or conflict.mine == ""
    again = merge(theirs, list(merged.blocks), theirs)
    assert same(again.blocks, merged.blocks)


@checked
@given(versions())
def test_pairs_never_cross(three: tuple) -> None:
    base, mine, _ = three
    pairs = align(units_of(base), units_of(mine))
    assert pairs == sorted(pairs)
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def _long(count: int, *, word: str = "việc", every: int = 7) -> list[dict]:
    blocks = []
    for index in range(count // 10):
        blocks.append(heading(1, str(index + 1), f"Phần thứ {index}"))
        texts = [f"{mark}) Nội dung {index} {mark} cần làm" for mark in "abcdeghik"]
        if index % every == 0:
            texts[3] = texts[3].replace("cần làm", word)
        blocks.append(lines(*texts))
    return blocks


@pytest.mark.parametrize("kind", ["corrected", "renumbered", "rewritten", "repeated", "from nothing"])
def test_five_thousand_pieces_in_three_seconds(kind: str) -> None:
    base = _long(5_000)
    mine, theirs = _long(5_000, word="của tôi", every=5), _long(5_000, word="của tệp", every=3)
    if kind == "renumbered":
        theirs = [heading(1, "0", "Mở đầu"), *theirs]
    elif kind == "rewritten":
        theirs = [lines(*(f"Câu khác hẳn số {index}" for index in range(5_000)))]
    elif kind == "repeated":
        base = [lines(*["Nội dung:", "Chủ trì:"] * 2_500)]
        mine = [lines(*["Nội dung:", "Chủ trì: X"] * 2_500)]
        theirs = [lines(*["Nội dung: Y", "Chủ trì:"] * 2_500)]
    elif kind == "from nothing":
        base = []
    assert len(nodes_from_blocks(mine)) == 5_000
    started = time.process_time()
    merged = merge(base, mine, theirs)
    seconds = time.process_time() - started
    print(f"\n{kind}: {seconds:.2f} s, {len(merged.changes)} changes, {len(merged.conflicts)} conflicts")
    assert seconds < 3
