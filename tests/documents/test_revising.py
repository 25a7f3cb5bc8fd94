"""Corrections of a text under review: what each does, that it can be taken back, that nothing breaks it."""

import copy
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.pieces import blocks_of, line_value, pieces_of
from cms.documents.pipeline import find_citations, nodes_from_blocks
from cms.documents.review_rows import counted, redrawn, rows_of
from cms.documents.revising import KEPT, KEPT_CHARS, NotPossible, apply, entry_of, remembered, spliced, undone


def heading(level, number, text, **more):
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}, "line": None} | more


def line(text, **more):
    return {"type": "text", "value": text, "line": None} | more


def table(*rows, header=False, caption=""):
    value = {
        "data": [list(row) for row in rows],
        "first_row_is_table_header": header,
        "first_col_is_header": False,
        "table_caption": caption,
        "cell": [],
        "mergeCells": [],
    }
    return {"type": "table", "value": value, "line": None}


def note(mark, text):
    return {"type": "note", "value": {"mark": mark, "text": text}, "line": None}


def done(pieces, conflicts=(), **op):
    return spliced(pieces, apply(pieces, op, conflicts))


def shape(pieces):
    """Short: ``1 I Nhiệm vụ`` for headings, lines as they are, rows of tables."""
    found = []
    for piece in pieces:
        value = piece["value"]
        if piece["type"] == "heading":
            found.append(" ".join(filter(None, [str(value["level"]), value["number"], value["text"]])))
        elif piece["type"] == "table":
            found.append(value["data"])
        else:
            found.append(value if piece["type"] == "text" else f"[{value['mark']}] {value['text']}")
    return found


TEXT = [
    heading(1, "I", "Mục tiêu"),
    line("a) Mỗi trường một buổi."),
    heading(2, "1", "Chung"),
    line("Nâng cao kỹ năng."),
    heading(2, "2", "Cụ thể"),
    line("- Đạt 80%."),
    heading(1, "II", "Nhiệm vụ"),
    line("Căn cứ tình hình."),
]


@pytest.mark.parametrize(
    ("pieces", "op", "expected"),
    [
        ([line("cũ")], {"op": "edit", "at": 0, "text": "  b)Mới\n hơn "}, ["b) Mới hơn"]),
        ([heading(2, "1", "Cũ")], {"op": "edit", "at": 0, "text": "Mới", "number": "1.2"}, ["2 1.2 Mới"]),
        ([heading(2, "1", "Cũ")], {"op": "edit", "at": 0, "text": "Mới"}, ["2 1 Mới"]),
        ([note("1", "Cũ")], {"op": "edit", "at": 0, "text": "Mới", "number": "2"}, ["[2] Mới"]),
        ([line("một hai")], {"op": "split", "at": 0, "offset": 3}, ["một", "hai"]),
        ([line("x")], {"op": "split", "at": 0, "offset": 7, "text": "một hai ba"}, ["một hai", "ba"]),
        ([heading(1, "I", "Tên. Câu đầu.")], {"op": "split", "at": 0, "offset": 4}, ["1 I Tên.", "Câu đầu."]),
        ([heading(1, "Điều 1", "Nội dung")], {"op": "split", "at": 0, "offset": 0}, ["1 Điều 1", "Nội dung"]),
        ([table("ab", "cd", "ef")], {"op": "split", "at": 0, "offset": 1}, [[["a", "b"]], [["c", "d"], ["e", "f"]]]),
        ([line("một"), line("hai")], {"op": "merge", "at": 1}, ["một hai"]),
        ([line("một"), line("b) hai")], {"op": "merge", "at": 1}, ["một b) hai"]),
        ([heading(1, "I", "Một"), line("hai")], {"op": "merge", "at": 1}, ["1 I Một hai"]),
        ([heading(1, "I", "Một"), heading(1, "", "hai")], {"op": "merge", "at": 1}, ["1 I Một hai"]),
        ([line("một"), heading(1, "II", "Hai")], {"op": "merge", "at": 1}, ["một II. Hai"]),
        ([note("1", "một"), line("hai")], {"op": "merge", "at": 1}, ["[1] một hai"]),
        ([table("ab"), table("cd")], {"op": "merge", "at": 1}, [[["a", "b"], ["c", "d"]]]),
        (
            [table("ab", "cd", header=True), table("ab", "ef", header=True)],
            {"op": "merge", "at": 1},
            [[["a", "b"], ["c", "d"], ["e", "f"]]],
        ),
        (TEXT[:2], {"op": "promote", "at": 1}, ["1 I Mục tiêu", "2 a Mỗi trường một buổi."]),
        ([line("- Một ý")], {"op": "promote", "at": 0}, ["1 Một ý"]),
        ([line("Điều 5. Hiệu lực")], {"op": "promote", "at": 0}, ["1 Điều 5 Hiệu lực"]),
        (
            [heading(1, "I", "Một"), line("PHỤ LỤC 2 BIỂU MẪU")],
            {"op": "promote", "at": 1},
            ["1 I Một", "1 PHỤ LỤC 2 BIỂU MẪU"],
        ),
        (
            [heading(1, "I", "Một"), heading(2, "1", "Hai"), heading(3, "a", "Ba"), heading(2, "2", "Bốn")],
            {"op": "promote", "at": 1},
            ["1 I Một", "1 1 Hai", "2 a Ba", "2 2 Bốn"],
        ),
        (
            [heading(1, "I", "Một"), heading(1, "II", "Hai"), heading(2, "1", "Ba"), heading(1, "III", "Bốn")],
            {"op": "demote", "at": 1},
            ["1 I Một", "2 II Hai", "3 1 Ba", "1 III Bốn"],
        ),
        ([heading(1, "II", "Hai")], {"op": "demote", "at": 0}, ["II. Hai"]),
        ([heading(1, "I", "Một"), heading(2, "a", "Hai")], {"op": "demote", "at": 1}, ["1 I Một", "a) Hai"]),
        ([heading(1, "Điều 5", "Hai")], {"op": "demote", "at": 0}, ["Điều 5. Hai"]),
        ([line("một"), line("hai")], {"op": "remove", "at": 0}, ["hai"]),
        ([line("một")], {"op": "insert", "at": 0, "text": "hai"}, ["một", "hai"]),
        ([line("một")], {"op": "insert", "at": -1, "text": "hai"}, ["hai", "một"]),
        ([table("ab")], {"op": "cell", "at": 0, "row": 0, "column": 1, "text": "x \n\n y"}, [[["a", "x\ny"]]]),
    ],
)
def test_what_an_operation_does(pieces, op, expected):
    before = copy.deepcopy(pieces)
    assert shape(done(pieces, **op)) == expected
    assert pieces == before


@pytest.mark.parametrize(
    ("pieces", "op"),
    [
        ([line("một")], {"op": "edit", "at": 0, "text": " \x00 "}),
        ([heading(1, "", "Một")], {"op": "edit", "at": 0, "text": ""}),
        ([heading(1, "", "Một")], {"op": "edit", "at": 0, "text": "x" * 1001}),
        ([line("một")], {"op": "split", "at": 0, "offset": 0}),
        ([line("một")], {"op": "split", "at": 0, "offset": -1}),
        ([note("1", "một hai")], {"op": "split", "at": 0, "offset": 3}),
        ([table("ab")], {"op": "split", "at": 0, "offset": 1}),
        ([line("một")], {"op": "merge", "at": 0}),
        ([line("một"), table("ab")], {"op": "merge", "at": 1}),
        ([table("ab"), line("một")], {"op": "merge", "at": 1}),
        ([table("ab"), table("abc")], {"op": "merge", "at": 1}),
        ([heading(1, "I", "Một")], {"op": "promote", "at": 0}),
        ([heading(6, "I", "Một"), line("hai")], {"op": "promote", "at": 1}),
        ([heading(6, "I", "Một"), heading(6, "II", "Hai")], {"op": "demote", "at": 1}),
        ([line("một")], {"op": "demote", "at": 0}),
        ([table("ab")], {"op": "promote", "at": 0}),
        ([line("một")], {"op": "cell", "at": 0, "row": 0, "column": 0, "text": "x"}),
        ([table("ab")], {"op": "cell", "at": 0, "row": 0, "column": 2, "text": "x"}),
        ([line("một")], {"op": "header_row", "at": 0, "on": True}),
        ([line("một")], {"op": "take", "conflict": 0}),
        ([line("một")], {"op": "undo"}),
        ([line("một")], {}),
    ],
)
def test_what_is_not_possible_says_why(pieces, op):
    with pytest.raises(NotPossible) as refused:
        apply(pieces, op)
    assert len(str(refused.value)) > 10


def test_the_first_row_becomes_a_header_and_is_none_again():
    pieces = done([table("ab", "cd")], op="header_row", at=0, on=True)
    assert nodes_from_blocks(pieces)[0].header_rows == 1
    drafted = [pieces[0] | {"value": pieces[0]["value"] | {"table_header_choice": "row"}}]
    assert nodes_from_blocks(done(drafted, op="header_row", at=0, on=False))[0].header_rows == 0


@pytest.mark.parametrize(
    ("piece", "part", "theirs", "expected"),
    [
        (line("a) Hai buổi."), "text", "Ba buổi.", "a) Ba buổi."),
        (line("a) Hai buổi."), "number", "b)", "b) Hai buổi."),
        (heading(2, "1", "Cũ"), "text", "Mới", "2 1 Mới"),
        (heading(2, "1", "Cũ"), "number", "2", "2 2 Cũ"),
        (heading(2, "1", "Cũ"), "level", "3", "3 1 Cũ"),
        (note("1", "Cũ"), "text", "Mới", "[1] Mới"),
        (table("ab", "cd"), "r2.c1", "x", [["a", "b"], ["x", "d"]]),
    ],
)
def test_the_files_version_of_a_conflict_is_taken_once(piece, part, theirs, expected):
    conflicts = [{"anchor": "x", "part": part, "base": "", "mine": "", "theirs": theirs}]
    pieces = done([line("trước"), piece | {"conflicts": [0]}], conflicts, op="take", conflict=0)
    assert shape(pieces)[1] == expected
    with pytest.raises(NotPossible):
        apply(pieces, {"op": "take", "conflict": 0}, conflicts)


def test_a_conflict_goes_with_its_passage():
    conflicts = [{"anchor": "x", "part": "text", "base": "", "mine": "", "theirs": "Ba buổi."}]
    pieces = [line("đầu"), line("a) Hai buổi.", conflicts=[0])]
    pieces = done(pieces, op="insert", at=-1, text="mới")
    pieces = done(pieces, op="edit", at=2, text="a) Bốn buổi.")
    assert shape(done(pieces, conflicts, op="take", conflict=0))[2] == "a) Ba buổi."


words = st.text(alphabet="abI1.)(- đA\n\x00\u2028\x85;:%", max_size=12)
lines = words.filter(lambda text: bool("".join(text.replace("\x00", "").split()))).map(line_value)
lines = words.filter(lambda text: any(c.isalnum() for c in text)).map(line_value).map(line)
headings = st.builds(heading, st.integers(1, 6), st.sampled_from(["", "I", "2.1", "a", "Điều 5", "PHỤ LỤC 2"]), words)
headings = headings.filter(lambda piece: piece["value"]["number"] or piece["value"]["text"].strip("\x00 \n\x85\u2028"))
rows = st.lists(st.lists(words, min_size=2, max_size=2), max_size=4)
tables = st.builds(lambda data, on: table(*data, header=on), rows, st.booleans())
notes = st.builds(note, st.sampled_from(["1", "*"]), st.just("Ghi chú"))
texts = st.lists(st.one_of(lines, headings, tables, notes), min_size=1, max_size=8)
operations = st.fixed_dictionaries(
    {"op": st.sampled_from(["edit", "split", "merge", "promote", "demote", "remove", "insert", "cell", "header_row"])},
    optional={
        "at": st.integers(-1, 8),
        "text": words,
        "number": st.sampled_from(["", "I", "a)", "2"]),
        "offset": st.integers(-1, 6),
        "row": st.integers(-1, 4),
        "column": st.integers(-1, 2),
        "on": st.booleans(),
    },
)
garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=2)
)


@given(texts, st.lists(operations, max_size=6))
def test_one_node_a_piece_and_undo_restores_exactly(pieces, ops):
    states, history = [pieces], []
    for op in ops:
        try:
            splice = apply(states[-1], op)
        except NotPossible:
            continue
        assert tuple(states[-1][splice.start : splice.start + len(splice.removed)]) == splice.removed
        states.append(spliced(states[-1], splice))
        history = remembered(history, entry_of(splice))
        nodes = nodes_from_blocks(states[-1])
        assert len(nodes) == len(states[-1])
        assert 0 <= splice.focus < max(1, len(states[-1]))
        assert nodes_from_blocks(blocks_of(states[-1])) == nodes
    while history:
        now = states.pop()
        assert spliced(now, undone(now, history.pop())) == states[-1]


@given(
    texts, st.dictionaries(st.sampled_from(["op", "at", "text", "number", "offset", "row", "on", "conflict"]), garbage)
)
def test_no_garbage_is_more_than_not_possible(pieces, op):
    try:
        apply(pieces, op, [{"anchor": "x", "part": "r9.c9", "theirs": "x"}])
    except NotPossible:
        pass


@given(texts, operations)
def test_what_is_drawn_anew_is_all_that_changes(pieces, op):
    try:
        splice = apply(pieces, op)
    except NotPossible:
        return
    after = spliced(pieces, splice)
    before_nodes, after_nodes = nodes_from_blocks(pieces), nodes_from_blocks(after)
    seen = redrawn(pieces, splice, counted(before_nodes, ""), "")
    rows_ = rows_of(pieces, before_nodes)
    rows_[seen.start : seen.start + seen.removed] = seen.rows
    assert rows_ == rows_of(after, after_nodes)
    assert seen.counts == counted(after_nodes, "")


@given(st.lists(st.sampled_from(["Trường", "a)", "80%", "buổi;", "II."]), min_size=2, max_size=6), st.data())
def test_split_then_merge_restores_the_text(parts, data):
    pieces = [line(line_value(" ".join(parts)))]
    text = pieces[0]["value"]
    offset = data.draw(st.sampled_from([at for at, char in enumerate(text) if char == " "]))
    halves = done(pieces, op="split", at=0, offset=offset)
    assert done(halves, op="merge", at=1) == pieces


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=2, max_size=8), st.data())
def test_promote_then_demote_restores_a_last_child(shape_, data):
    """A heading one below its parent and without younger sisters: those would become its own children."""
    pieces = [heading(level, "", "Tên") if is_heading else line("dòng") for level, is_heading in [(1, True), *shape_]]
    levels = {at: piece["value"]["level"] for at, piece in enumerate(pieces) if piece["type"] == "heading"}
    fitting = [
        at
        for at, level in levels.items()
        if next((levels[b] for b in reversed([b for b in levels if b < at]) if levels[b] < level), None) == level - 1
        and next((levels[b] for b in levels if b > at and levels[b] <= level), 0) != level
    ]
    if fitting:
        at = data.draw(st.sampled_from(fitting))
        assert done(done(pieces, op="promote", at=at), op="demote", at=at) == pieces


def test_a_line_promoted_and_demoted_is_the_line_again():
    for text in ("a) Một ý;", "II. NHIỆM VỤ", "2.1. Mục tiêu", "Điều 5. Hiệu lực", "Không có số"):
        pieces = [line(text)]
        assert done(done(pieces, op="promote", at=0), op="demote", at=0) == pieces


def test_a_hundred_corrections_are_kept():
    history = []
    for index in range(KEPT + 5):
        history = remembered(history, {"start": index, "removed": [], "inserted": 0})
    assert len(history) == KEPT
    assert history[0]["start"] == 5


def test_corrections_of_a_large_table_do_not_pile_up_copies_of_it():
    data = [["một ô của bảng số liệu"] * 10 for _ in range(2000)]
    pieces, history = [{"type": "table", "value": {"data": data}, "line": 1}], []
    for row in range(30):
        splice = apply(pieces, {"op": "cell", "at": 0, "row": row, "column": 0, "text": "x"})
        history = remembered(history, entry_of(splice))
        pieces = spliced(pieces, splice)
    assert 2 <= len(history) < 30
    assert len(json.dumps(history, ensure_ascii=False)) < KEPT_CHARS * 1.1
    back = spliced(pieces, undone(pieces, history[-1]))
    assert [back[0]["value"]["data"][row][0] for row in (28, 29)] == ["x", "một ô của bảng số liệu"]


def test_pieces_are_the_lines_of_the_blocks():
    blocks = [
        {"type": "heading", "value": {"level": 1, "number": "I", "text": "Một"}, "id": "h"},
        {"type": "text", "value": "a) hai\n\nb)ba", "id": "t"},
        {"type": "unknown", "value": 1},
        {"type": "text", "value": "\x07"},
    ]
    pieces = pieces_of(blocks)
    assert shape(pieces) == ["1 I Một", "a) hai", "b) ba", "…"]
    assert [block.get("id") for block in blocks_of(pieces)] == ["h", "t"]


def test_a_correction_in_a_long_text_looks_at_its_section_only(monkeypatch):
    chance = random.Random(1)
    pieces = []
    for index in range(4000):
        pieces.append(heading(chance.randint(1, 3), str(index), "Mục") if index % 20 == 0 else line(f"- việc {index}"))
    nodes = nodes_from_blocks(pieces)
    counts = counted(nodes, "") | {"citations": len(find_citations(nodes))}
    looked_at = []
    monkeypatch.setattr(
        "cms.documents.review_rows.nodes_from_blocks",
        lambda part: looked_at.append(len(part)) or nodes_from_blocks(part),
    )
    redrawn(pieces, apply(pieces, {"op": "promote", "at": 2001}), counts, "")
    assert max(looked_at) <= 40
