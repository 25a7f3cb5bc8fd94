"""Two versions by anchor: what changed, word by word, and the figures first."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.pipeline import nodes_from_blocks
from cms.documents.pipeline.anchors import settle
from cms.documents.pipeline.compare import compare
from cms.documents.pipeline.differences import changed_figures, part_of


def heading(level, number, text):
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def lines(*texts):
    return {"type": "text", "value": "\n".join(texts)}


def table(*rows, caption=""):
    return {
        "type": "table",
        "value": {"data": [list(row) for row in rows], "first_row_is_table_header": True, "table_caption": caption},
    }


OLD = [
    heading(1, "I", "MỤC TIÊU"),
    lines("a) Ít nhất 65% trường có thư viện mở trước ngày 30/6/2024.", "b) Mười lớp học bơi.", "c) Việc giữ nguyên."),
    heading(1, "II", "KINH PHÍ"),
    lines("1. Kinh phí 1.250 triệu đồng."),
    table(("TT", "Việc", "Số lượng"), ("1", "Giá sách", "40"), ("2", "Máy tính", "12")),
]
NEW = [
    heading(1, "I", "MỤC TIÊU"),
    lines("a) Ít nhất 70% trường có thư viện mở trước ngày 31/12/2024.", "b) Việc giữ nguyên.", "c) Cha mẹ góp sách."),
    heading(1, "II", "PHẠM VI"),
    lines("1. Mọi trường công lập."),
    heading(1, "III", "KINH PHÍ"),
    lines("1. Kinh phí 1250 triệu đồng."),
    table(("TT", "Việc", "Số lượng"), ("1", "Bàn đọc", "9"), ("2", "Giá sách", "45"), ("3", "Máy tính", "12")),
]


def versions(old, new):
    first = settle(nodes_from_blocks(old), ())
    second = settle(nodes_from_blocks(new), first.nodes, first.aliases, 2)
    return first.nodes, second.nodes


@pytest.fixture
def comparison():
    return compare(*versions(OLD, NEW))


def kinds(comparison):
    return [(row.anchor, row.kind) for row in comparison.rows]


def test_rows_stand_in_reading_order_with_what_is_gone_where_it_stood(comparison):
    assert kinds(comparison) == [
        ("i", "same"),
        ("i.a", "changed"),
        ("i.b", "removed"),
        ("i.c", "same"),
        ("i.c-2", "added"),
        ("ii-2", "added"),
        ("ii.1-2", "added"),
        ("ii", "same"),
        ("ii.1", "changed"),
        ("ii.b1", "changed"),
    ]
    assert comparison.counts == {"changed": 3, "added": 3, "removed": 1, "moved": 0, "same": 3, "figures": 3}


def test_a_new_number_alone_is_no_change_of_words(comparison):
    renumbered = {row.anchor for row in comparison.rows if row.is_renumbered}
    assert renumbered == {"i.c", "ii"}


def test_the_words_that_differ_are_marked(comparison):
    row = next(row for row in comparison.rows if row.anchor == "i.a")
    (part,) = row.parts
    assert [part.before[start:end] for start, end in part.removed] == ["65", "30/6/2024"]
    assert [part.after[start:end] for start, end in part.added] == ["70", "31/12/2024"]


def test_figures_come_with_their_sentences(comparison):
    assert [(f.anchor, f.before, f.after) for f in comparison.figures] == [
        ("i.a", "65%", "70%"),
        ("i.a", "ngày 30/6/2024", "ngày 31/12/2024"),
        ("ii.b1.r1", "40", "45"),
    ]
    assert comparison.figures[0].sentence == "Ít nhất 70% trường có thư viện mở trước ngày 31/12/2024."
    assert comparison.figures[2].sentence == "2 | Giá sách | 45"


def test_rows_of_a_table_are_compared_by_their_anchors(comparison):
    row = comparison.rows[-1]
    assert [(r.anchor, r.kind, r.is_renumbered) for r in row.rows] == [
        ("ii.b1", "same", False),
        ("ii.b1.r3", "added", False),
        ("ii.b1.r1", "changed", True),
        ("ii.b1.r2", "same", True),
    ]


def test_a_clause_in_another_place_has_moved():
    old = [lines("a) Việc thứ nhất.", "b) Việc thứ hai.", "c) Việc thứ ba.")]
    new = [lines("a) Việc thứ ba.", "b) Việc thứ nhất.", "c) Việc thứ hai.")]
    found = compare(*versions(old, new))
    assert kinds(found) == [("c", "moved"), ("a", "same"), ("b", "same")]
    assert found.counts["moved"] == 1


def test_moved_and_changed_is_changed():
    old = [lines("a) Việc thứ nhất của phòng trong năm học.", "b) Việc thứ hai.", "c) Điều thứ ba.")]
    new = [lines("a) Việc thứ hai.", "b) Điều thứ ba.", "c) Việc thứ nhất của sở trong năm học.")]
    row = compare(*versions(old, new)).rows[-1]
    assert (row.anchor, row.kind, row.is_moved) == ("a", "changed", True)


def test_a_column_added_is_told_from_cells_changed():
    old = [table(("TT", "Việc", "Hạn"), ("1", "Giá sách", "tháng 9"))]
    new = [table(("TT", "Việc", "Ai làm", "Hạn"), ("1", "Giá sách", "Phòng", "tháng 9"))]
    (row,) = compare(*versions(old, new)).rows
    assert [[(p.before, p.after) for p in r.parts if p.is_changed] for r in row.rows] == [
        [("", "Ai làm")],
        [("", "Phòng")],
    ]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("Đạt 65%.", "Đạt 65 %.", []),
        ("Chi 1.250 đồng", "Chi 1250 đồng nhé", []),
        ("ngày 01/5/2024 nộp", "ngày 1/5/2024 gửi", []),
        ("ngày 05 tháng 9 năm 2024", "ngày 6/9/2024", [("ngày 05 tháng 9 năm 2024", "ngày 6/9/2024")]),
        ("đạt 97,5%", "đạt 97,6%", [("97,5%", "97,6%")]),
        ("theo Quyết định 131/QĐ-TTg", "theo Quyết định 132/QĐ-TTg", [("131/QĐ-TTg", "132/QĐ-TTg")]),
        ("năm học 2022 - 2023", "năm học 2023 - 2024", [("2022", ""), ("", "2024")]),
        ("mười trường", "10 trường", [("", "10")]),
        ("làm trong 3 tháng", "làm trong nhiều tháng", [("3", "")]),
        ("đạt 02/05 tiêu chí", "đạt 03/05 tiêu chí", [("02/05", "03/05")]),
        ("từ 10–15 lớp", "từ 10-16 lớp", [("15", "16")]),
        ("đạt 50%, 60%, 70%", "đạt 50%, 65%, 70%", [("60%", "65%")]),
        ("tăng -5 điểm", "tăng +5 điểm", [("-5", "+5")]),
        ("hai trường", "ba trường", []),
    ],
)
def test_figures_that_differ(before, after, found):
    assert [(f.before, f.after) for f in changed_figures("x", part_of(before, after))] == found


def test_the_sentence_is_the_one_the_figure_stands_in():
    part = part_of("Câu một. Đạt 5 trường; câu ba.", "Câu một. Đạt 6 trường; câu ba.")
    (figure,) = changed_figures("x", part)
    assert figure.sentence == "Đạt 6 trường;"


TEXT = st.text(st.sampled_from("abđ 0123%./-,;\n"), max_size=40)


@given(before=TEXT, after=TEXT)
def test_marks_lie_in_the_text_and_tell_everything_that_differs(before, after):
    part = part_of(before, after)
    for text, spans in ((before, part.removed), (after, part.added)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert [*spans] == sorted(spans)

    def rest(text, spans):
        for start, end in reversed(spans):
            text = text[:start] + " " + text[end:]
        return "".join(text.split())

    assert rest(before, part.removed) == rest(after, part.added)
    assert part_of(before, before).is_changed is False
    list(changed_figures("x", part))


def test_the_same_text_has_no_changes():
    old, new = versions(OLD, OLD)
    found = compare(old, new)
    assert (found.changes, found.figures) == ((), ())


def test_two_long_versions_are_compared_in_time():
    chance = random.Random(3)
    words = "sách mạng trường lớp thầy phòng huyện giờ tháng buổi đọc mua sửa dạy làm góp thư bàn cửa vườn".split()
    blocks = []
    for index in range(1, 701):
        blocks.append(heading(1, str(index), " ".join(chance.choices(words, k=4))))
        blocks.append(lines(*(f"{m}) {' '.join(chance.choices(words, k=20))} {index}%" for m in "abcdefgh")))
    old = settle(nodes_from_blocks(blocks), ()).nodes
    for block in blocks[1::4]:
        block["value"] = block["value"].replace("%", "0%")
    new = settle(nodes_from_blocks(blocks), old).nodes
    started = time.perf_counter()
    found = compare(old, new)
    assert time.perf_counter() - started < 3
    assert found.counts["figures"] == found.counts["changed"] == 350 * 8
