"""Anchors once published stay with their words; those whose words are gone still lead somewhere sensible."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.documents.pipeline import nodes_from_blocks, row_anchors, row_text
from cms.documents.pipeline.anchors import settle
from cms.documents.pipeline.stored import from_plain, to_plain


def heading(level, number, text):
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def lines(*texts):
    return {"type": "text", "value": "\n".join(texts)}


def table(*rows, caption=""):
    return {
        "type": "table",
        "value": {"data": [list(row) for row in rows], "first_row_is_table_header": True, "table_caption": caption},
    }


class Publications:
    """A text published again and again, and every anchor it ever had with the words it last carried."""

    def __init__(self, *blocks):
        self.nodes, self.aliases, self.version = (), (), 0
        self.words = {}
        self.publish(*blocks)

    def publish(self, *blocks):
        self.version += 1
        new = nodes_from_blocks(blocks)
        settled = settle(new, self.nodes, self.aliases, self.version)
        assert settled == settle(new, self.nodes, self.aliases, self.version), "deterministic"
        assert settled == settle(new, settled.nodes, settled.aliases, self.version + 1), "settled stays"
        assert [(n.kind, n.number, n.text, n.rows) for n in settled.nodes] == [
            (n.kind, n.number, n.text, n.rows) for n in new
        ]
        self.nodes, self.aliases = settled.nodes, settled.aliases
        self.words |= self.now()
        self.check()
        return self

    def now(self):
        found = {}
        for node in self.nodes:
            found[node.anchor] = node.text
            if node.kind == "table":
                found |= {
                    anchor: row_text(row[1:]) for anchor, row in zip(row_anchors(node), node.data_rows, strict=True)
                }
        return found

    def check(self):
        """No two passages share an anchor, no alias hides one, every anchor ever published leads somewhere."""
        now = self.now()
        assert len(now) == sum(
            1 + len(node.row_ids or node.data_rows) for node in self.nodes if node.kind == "table"
        ) + sum(node.kind != "table" for node in self.nodes)
        led = {alias["old"]: alias["new"] for alias in self.aliases}
        assert len(led) == len(self.aliases)
        assert not led.keys() & now.keys()
        assert set(self.words) <= led.keys() | now.keys()
        assert not now or set(led.values()) <= now.keys()

    def lands(self, anchor):
        """The words a link to this anchor leads to."""
        now = self.now()
        led = {alias["old"]: alias["new"] for alias in self.aliases}
        return now[anchor] if anchor in now else now.get(led[anchor], "")

    def reason(self, anchor):
        return next(alias["reason"] for alias in self.aliases if alias["old"] == anchor)

    def anchor(self, words):
        (found,) = [anchor for anchor, text in self.now().items() if text == words]
        return found


ONE = [
    lines("Thực hiện chủ trương của tỉnh, phòng lập kế hoạch sau."),
    heading(1, "I", "MỤC TIÊU"),
    heading(2, "1", "Mục tiêu chung"),
    lines("Học sinh nào cũng có nơi đọc sách gần nhà."),
    heading(2, "2", "Mục tiêu cụ thể"),
    lines("a) Sáu mươi trường có thư viện mở;", "b) Mười trường có phòng đọc số;", "c) Mỗi lớp có một tủ sách."),
    heading(1, "II", "NHIỆM VỤ"),
    lines("1. Mua sách theo danh mục của phòng.", "2. Tập huấn người trông thư viện.", "- Đợt một vào tháng tám;"),
    table(("TT", "Việc", "Hạn"), ("1", "Lắp giá sách", "tháng 9"), ("2", "Nối mạng", "tháng 10")),
    {"type": "note", "value": {"mark": "1", "text": "Danh mục gửi kèm."}},
]


def changed(blocks, *pairs):
    """The blocks with words replaced wherever they stand."""

    def through(value):
        if isinstance(value, str):
            for old, new in pairs:
                value = value.replace(old, new)
            return value
        if isinstance(value, list):
            return [through(one) for one in value]
        return {key: through(one) for key, one in value.items()} if isinstance(value, dict) else value

    return [through(block) for block in blocks]


def every_link_lands(text, before):
    for anchor, words in before.items():
        assert text.lands(anchor) == words, anchor


def test_the_first_publication_has_structural_anchors():
    text = Publications(*ONE)
    assert list(text.nodes) == nodes_from_blocks(ONE)
    assert text.aliases == ()


def test_an_inserted_section_moves_no_anchor():
    text = Publications(*ONE)
    before = text.now()
    renumbered = changed(ONE[6:], ("II", "III"))
    text.publish(*ONE[:6], heading(1, "II", "PHẠM VI"), lines("a) Mọi trường công lập."), *renumbered)
    every_link_lands(text, before)
    assert text.aliases == ()
    assert text.anchor("NHIỆM VỤ") == "ii"
    assert text.anchor("PHẠM VI") == "ii-2"
    assert text.anchor("Mọi trường công lập.") == "ii.a"


def test_a_section_inserted_first_moves_no_anchor():
    text = Publications(*ONE)
    before = text.now()
    renumbered = [heading(1, "II", "MỤC TIÊU"), *changed(ONE[2:], ("II", "III"))]
    new = [heading(1, "I", "CĂN CỨ"), lines("1. Nghị quyết của tỉnh.")]
    text.publish(ONE[0], *new, *renumbered, heading(1, "IV", "KINH PHÍ"))
    every_link_lands(text, before)
    assert text.anchor("CĂN CỨ") == "i-2"


def test_a_renamed_heading_keeps_its_anchor_and_its_clauses():
    text = Publications(*ONE)
    before = text.now()
    text.publish(*changed(ONE, ("NHIỆM VỤ", "VIỆC PHẢI LÀM"), ("Mục tiêu cụ thể", "Chỉ tiêu")))
    assert text.lands("ii") == "VIỆC PHẢI LÀM"
    assert text.lands("i.2") == "Chỉ tiêu"
    every_link_lands(text, {a: w for a, w in before.items() if a not in ("ii", "i.2")})
    assert text.aliases == ()


def test_a_heading_renamed_and_renumbered_is_known_by_what_stands_under_it():
    text = Publications(*ONE)
    text.publish(*ONE[:6], heading(1, "II", "PHẠM VI"), *changed(ONE[6:], ("II", "III"), ("NHIỆM VỤ", "VIỆC PHẢI LÀM")))
    assert text.lands("ii") == "VIỆC PHẢI LÀM"


def test_an_unnumbered_heading_renamed_keeps_its_anchor():
    text = Publications(heading(1, "", "Mở đầu"), lines("Một câu dài đủ để nhận ra."), heading(1, "", "Kết thúc"))
    was = text.anchor("Mở đầu")
    text.publish(heading(1, "", "Lời nói trước"), lines("Một câu dài đủ để nhận ra."), heading(1, "", "Kết thúc"))
    assert text.lands(was) == "Lời nói trước"


def test_a_letter_corrected_in_a_paragraph_keeps_the_anchor_made_of_its_words():
    text = Publications(*ONE)
    was = text.anchor("Học sinh nào cũng có nơi đọc sách gần nhà.")
    text.publish(*changed(ONE, ("gần nhà", "gẩn nhà"), ("Danh mục", "Danh múc")))
    assert was.startswith("i.1.p-")
    assert text.lands(was) == "Học sinh nào cũng có nơi đọc sách gẩn nhà."


@pytest.mark.parametrize(("old", "new"), [("Họp.", "Hẹp."), ("Lưu VT", "Lưu VP"), ("Ghichú", "Ghichủ1")])
def test_a_letter_corrected_in_very_few_words(old, new):
    text = Publications(lines("Một câu dài đứng trước.", old, "Một câu dài đứng sau."))
    was = text.anchor(old)
    text.publish(lines("Một câu dài đứng trước.", new, "Một câu dài đứng sau."))
    assert text.lands(was) == new


def test_a_line_split_in_two_keeps_its_anchor_with_the_greater_part():
    text = Publications(lines("a) Mua sách cho mọi trường trong huyện. Báo cáo phòng.", "b) Việc khác."))
    text.publish(lines("a) Mua sách cho mọi trường trong huyện.", "Báo cáo phòng.", "b) Việc khác."))
    assert text.lands("a") == "Mua sách cho mọi trường trong huyện."
    assert text.lands("b") == "Việc khác."


def test_a_line_merged_into_another_leads_there():
    text = Publications(
        lines("a) Mua sách cho mọi trường trong huyện.", "b) Báo cáo phòng trước tháng chín.", "c) Việc khác.")
    )
    text.publish(lines("a) Mua sách cho mọi trường trong huyện. Báo cáo phòng trước tháng chín.", "b) Việc khác."))
    assert "Báo cáo phòng" in text.lands("b")
    assert text.reason("b") == "merged"
    assert text.lands("c") == "Việc khác."


def test_lines_merged_and_split_again_are_back_where_they_were():
    before = lines("a) Mua sách cho mọi trường trong huyện.", "b) Báo cáo phòng trước tháng chín.", "c) Việc khác.")
    text = Publications(before)
    links = text.now()
    text.publish(lines("a) Mua sách cho mọi trường trong huyện. Báo cáo phòng trước tháng chín.", "b) Việc khác."))
    text.publish(before)
    every_link_lands(text, links)
    assert text.aliases == ()


def test_a_removed_clause_leads_to_what_stands_above_and_its_anchor_is_not_given_away():
    text = Publications(*ONE)
    text.publish(*changed(ONE, ("\nb) Mười trường có phòng đọc số;", ""), ("c) Mỗi lớp", "b) Mỗi lớp")))
    assert text.lands("i.2.b") == "Sáu mươi trường có thư viện mở;"
    assert text.reason("i.2.b") == "removed"
    assert text.lands("i.2.c") == "Mỗi lớp có một tủ sách."
    text.publish(*changed(ONE, ("b) Mười trường có phòng đọc số;", "b) Cha mẹ góp sách cũ đầu năm;")))
    assert text.anchor("Cha mẹ góp sách cũ đầu năm;") == "i.2.b-2"
    assert text.lands("i.2.c") == "Mỗi lớp có một tủ sách."


def test_other_words_in_the_place_of_a_clause_are_not_the_clause():
    text = Publications(*ONE)
    text.publish(*changed(ONE, ("Mười trường có phòng đọc số", "Cha mẹ tặng truyện tranh cuối tuần")))
    assert text.reason("i.2.b") == "removed"


def test_an_older_revision_published_again_has_its_anchors_again():
    text = Publications(*ONE)
    links = text.now()
    text.publish(ONE[0], heading(1, "I", "TÓM TẮT"), lines("a) Chỉ còn một câu ngắn."))
    assert text.reason("ii") == "removed"
    text.publish(*ONE)
    assert {a: text.now()[a] for a in links} == links
    later = text.now()
    text.publish(ONE[0], heading(1, "I", "TÓM TẮT"), lines("a) Chỉ còn một câu ngắn."))
    text.publish(*ONE)
    assert text.now() == later


def test_a_text_taken_away_whole_and_brought_back():
    text = Publications(*ONE)
    links = text.now()
    text.publish()
    assert {alias["new"] for alias in text.aliases} == {""}
    text.publish(lines("Văn bản đang được sửa."))
    assert text.lands("ii") == "Văn bản đang được sửa."
    text.publish(*ONE)
    every_link_lands(text, links)


def test_a_list_in_another_order_keeps_its_anchors():
    text = Publications(*ONE)
    links = text.now()
    text.publish(
        *ONE[:5],
        lines("a) Mỗi lớp có một tủ sách.", "b) Sáu mươi trường có thư viện mở;", "c) Mười trường có phòng đọc số;"),
        *ONE[6:],
    )
    every_link_lands(text, links)
    assert text.aliases == ()


def test_a_clause_moved_and_changed_by_a_word_is_the_same_clause():
    text = Publications(*ONE)
    text.publish(
        *changed(ONE, ("1. Mua sách theo danh mục của phòng.\n2.", "1.")),
        heading(1, "III", "TỔ CHỨC THỰC HIỆN"),
        lines("a) Mua sách theo danh mục mới của phòng."),
    )
    assert text.lands("ii.1") == "Mua sách theo danh mục mới của phòng."


def test_a_row_inserted_in_a_table_renumbers_nothing():
    text = Publications(*ONE)
    links = text.now()
    rows = ("1", "Dọn phòng", "tháng 8"), ("2", "Lắp giá sách", "tháng 9"), ("3", "Nối mạng", "tháng 10")
    text.publish(*ONE[:8], table(("TT", "Việc", "Hạn"), *rows), *ONE[9:])
    every_link_lands(text, {a: w for a, w in links.items() if a != "ii.b1"})
    assert text.anchor("Dọn phòng | tháng 8") == "ii.b1.r3"
    (found,) = [node for node in text.nodes if node.kind == "table"]
    assert found.row_ids == (3, 1, 2)
    text.publish(*ONE)
    every_link_lands(text, links)
    assert text.reason("ii.b1.r3") == "removed"
    text.publish(*ONE[:8], table(("TT", "Việc", "Hạn"), *rows), *ONE[9:])
    assert text.lands("ii.b1.r3") == "Dọn phòng | tháng 8"


def test_a_changed_cell_keeps_the_row():
    text = Publications(*ONE)
    text.publish(*changed(ONE, ("tháng 10", "tháng 11")))
    assert text.lands("ii.b1.r2") == "Nối mạng | tháng 11"


def test_a_table_in_two_leads_to_the_rows():
    rows = [(str(n), f"Việc số {n} của phòng", f"tháng {n}") for n in range(1, 9)]
    head = ("TT", "Việc", "Hạn")
    text = Publications(table(head, *rows))
    links = {a: w for a, w in text.now().items() if a != "b1"}
    text.publish(table(head, *rows[:5]), lines("Phần tiếp theo."), table(head, *rows[5:]))
    every_link_lands(text, links)
    assert text.reason("b1.r7") == "moved"


def test_a_table_inserted_before_another_takes_no_anchor():
    text = Publications(*ONE)
    links = text.now()
    text.publish(*ONE[:8], table(("Xã", "Số lớp"), ("Một", "12")), *ONE[8:])
    every_link_lands(text, links)


def test_words_that_repeat_stay_with_their_neighbours():
    many = [
        lines(f"{mark}) Nội dung thứ {word} của bản này:", "- Lưu hồ sơ.", "- Báo cáo.")
        for mark, word in zip("abcde", ("nhất", "hai", "ba", "tư", "năm"), strict=True)
    ]
    text = Publications(*many)
    before = [(node.anchor, node.text) for node in text.nodes]
    text.publish(*many[:2], lines("c) Một mục mới chen vào giữa:", "- Lưu hồ sơ.", "- Báo cáo."), *many[2:])
    now = [(node.anchor, node.text) for node in text.nodes]
    assert [pair for pair in now if pair in before] == before


def test_aliases_follow_when_what_they_lead_to_goes_too():
    text = Publications(lines("a) Việc thứ nhất của năm.", "b) Điều hoàn toàn khác hẳn.", "c) Chuyện thứ ba còn lại."))
    text.publish(lines("a) Việc thứ nhất của năm.", "b) Điều hoàn toàn khác hẳn."))
    assert text.lands("c") == "Điều hoàn toàn khác hẳn."
    text.publish(lines("a) Việc thứ nhất của năm."))
    assert text.lands("c") == text.lands("b") == "Việc thứ nhất của năm."


def test_stored_nodes_are_the_nodes():
    text = Publications(*ONE)
    text.publish(*ONE[:8], table(("TT", "Việc", "Hạn"), ("1", "Việc mới", ""), ("2", "Lắp giá sách", "tháng 9")))
    assert from_plain(to_plain(text.nodes)) == list(text.nodes)


WORDS = st.sampled_from(
    "sách mạng trường lớp thầy phòng huyện giờ tháng buổi đọc mua sửa dạy làm góp thư bàn cửa vườn sân nước".split()
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)
PIECE = st.one_of(
    st.tuples(st.just("heading"), st.integers(1, 3), SENTENCE),
    st.tuples(st.just("item"), st.sampled_from("abcdđe123"), SENTENCE),
    st.tuples(st.just("bullet"), st.just("-"), SENTENCE),
    st.tuples(st.just("paragraph"), st.just(""), SENTENCE),
    st.tuples(st.just("table"), st.just(""), st.lists(SENTENCE, min_size=1, max_size=4)),
    st.tuples(st.just("note"), st.sampled_from("12"), SENTENCE),
)
EDIT = st.tuples(
    st.sampled_from(["insert", "remove", "word", "move", "renumber", "back", "row"]),
    st.integers(0, 50),
    st.integers(0, 50),
    PIECE,
    WORDS,
)


def blocks_of(pieces):
    counts = [0, 0, 0]
    for kind, mark, text in pieces:
        if kind == "heading":
            counts[mark - 1] += 1
            yield heading(mark, str(counts[mark - 1]), text)
        elif kind == "table":
            yield table(("TT", "Việc"), *((str(n), row) for n, row in enumerate(text, start=1)))
        elif kind == "note":
            yield {"type": "note", "value": {"mark": mark, "text": text}}
        else:
            yield lines({"item": f"{mark}) {text}", "bullet": f"- {text}"}.get(kind, text))


def edit(pieces, history, change):
    what, one, other, piece, word = change
    pieces = list(pieces)
    if what == "back":
        return history[one % len(history)]
    if what == "insert" or not pieces:
        pieces.insert(one % (len(pieces) + 1), piece)
        return pieces
    at = one % len(pieces)
    kind, mark, text = pieces[at]
    if what == "remove":
        del pieces[at]
    elif what == "move":
        pieces.insert(other % len(pieces), pieces.pop(at))
    elif what == "renumber" and kind == "item":
        pieces[at] = (kind, piece[1] if piece[0] == "item" else "g", text)
    elif what == "word" and kind != "table":
        words = text.split()
        words[other % len(words)] = word
        pieces[at] = (kind, mark, " ".join(words))
    elif what in ("row", "word") and kind == "table":
        rows = list(text)
        rows.insert(other % (len(rows) + 1), f"{word} thêm")
        pieces[at] = (kind, mark, rows)
    return pieces


def family(kind):
    return kind if kind in ("table", "note", "row") else "text"


def by_words(nodes):
    """Passages by family and words: {(family, words): [anchors]}."""
    found = {}
    for node in nodes:
        words = node.text or node.number
        if node.kind == "table":
            for anchor, row in zip(row_anchors(node), node.data_rows, strict=True):
                found.setdefault(("row", row_text(row[1:])), []).append(anchor)
            words = "\n".join([node.text, *map(row_text, node.rows)])
        found.setdefault((family(node.kind), words), []).append(node.anchor)
    return found


@settings(max_examples=120)
@given(pieces=st.lists(PIECE, max_size=12), rounds=st.lists(st.lists(EDIT, min_size=1, max_size=4), max_size=6))
def test_whatever_is_edited_every_anchor_leads_to_its_words_while_they_stand(pieces, rounds):
    history = [pieces]
    text = Publications(*blocks_of(pieces))
    last = {anchor: key for key, anchors in by_words(text.nodes).items() if len(anchors) == 1 for anchor in anchors}
    for changes in rounds:
        for change in changes:
            pieces = edit(pieces, history, change)
        history.append(pieces)
        text.publish(*blocks_of(pieces))
        now = by_words(text.nodes)
        led = {alias["old"]: alias["new"] for alias in text.aliases}
        for anchor, key in last.items():
            if len(now.get(key, ())) == 1:
                assert led.get(anchor, anchor) == now[key][0], (anchor, key)
        for key, anchors in now.items():
            for anchor in anchors:
                last.pop(anchor, None)
                if len(anchors) == 1:
                    last[anchor] = key


def long_text(count, seed=1):
    words = "sách mạng trường lớp thầy phòng huyện giờ tháng buổi đọc mua sửa dạy làm góp thư bàn cửa vườn sân".split()
    chance = random.Random(seed)
    blocks = []
    for index in range(count // 10):
        blocks.append(heading(1 + index % 3, str(index % 9 + 1), " ".join(chance.choices(words, k=5))))
        blocks.append(lines(*(f"{mark}) {' '.join(chance.choices(words, k=25))} {index}" for mark in "abcdefgh")))
        blocks.append(table(("TT", "Việc"), *((str(n), " ".join(chance.choices(words, k=6))) for n in range(4))))
    return blocks


def test_seven_thousand_passages_settle_in_time():
    blocks = long_text(7_000)
    published = settle(nodes_from_blocks(blocks), (), ()).nodes
    assert len(published) == 7_000
    chance = random.Random(2)
    for block in blocks:
        if block["type"] == "text" and chance.random() < 0.5:
            block["value"] = block["value"].replace("trường", "nhà trường", 1)
    del blocks[600:660]
    blocks.insert(0, heading(1, "I", "Phần mới"))
    blocks[900:1000], blocks[1200:1300] = blocks[1200:1300], blocks[900:1000]
    new = nodes_from_blocks(blocks)
    started = time.perf_counter()
    settled = settle(new, published)
    assert time.perf_counter() - started < 4
    words = {node.anchor: node.text for node in published if node.kind != "table"}
    kept = [node for node in settled.nodes if node.anchor in words]
    assert len(kept) >= 0.97 * (len(words) - 60 * 3)
