"""Text to HTML: old links, footnotes, citations and tables to take away."""

import csv
import io
import re
import time

import pytest

from cms.documents.models import DocumentPage, Relation
from cms.documents.pipeline import Node, nodes_from_blocks
from cms.documents.render import render_nodes
from cms.documents.tables import csv_of, safe


def heading(level, number, text):
    return {"type": "heading", "value": {"level": level, "number": number, "text": text}}


def lines(*texts):
    return {"type": "text", "value": "\n".join(texts)}


def note(mark, text):
    return {"type": "note", "value": {"mark": mark, "text": text}}


def table(*rows, header=True, caption=""):
    return {
        "type": "table",
        "value": {"data": [list(row) for row in rows], "first_row_is_table_header": header, "table_caption": caption},
    }


def html(*blocks, citations=(), aliases=(), **options):
    return str(render_nodes(nodes_from_blocks(blocks), citations, aliases, **options))


def alias(old, new, reason="removed"):
    return {"old": old, "new": new, "reason": reason, "version": 2, "words": ""}


def ids(text):
    return re.findall(r'id="([^"]+)"', text)


def test_an_old_link_lands_before_the_passage_it_leads_to():
    text = html(lines("a) Một.", "b) Hai."), aliases=[alias("c", "b"), alias("d", "b"), alias("e", "b", "merged")])
    place = text.index('<p id="b"')
    assert all(text.index(f'<span id="{old}" class="moved">') < place for old in "cde")
    assert text.count("moved-here__note") == 2
    assert text.index("</p>") < text.index('<span id="c"')


def test_an_old_link_to_a_row_lands_in_the_row():
    text = html(table(("TT", "Việc"), ("1", "Mua sách")), aliases=[alias("b1.r9", "b1.r1", "moved")])
    row = text[text.index('<tr id="b1.r1">') :]
    assert row.index("<td>") < row.index('id="b1.r9"') < row.index("</td>")


def test_an_old_link_to_nothing_lands_at_the_top():
    assert html(aliases=[alias("a", "")]).startswith('<span class="moved-here"><span id="a" class="moved">')
    assert html(lines("x"), aliases=[alias("a", "z")]).startswith('<span class="moved-here">')


def test_no_id_stands_twice():
    text = html(
        lines("a) Một [1].", "a) Hai [1][2]."), note("1", "Chú."), note("1", "Chú nữa."), table(("A",), ("1",)),
        aliases=[alias("x", "a"), alias("y", "a-2"), alias("z", "b1.r1")],
    )  # fmt: skip
    assert len(ids(text)) == len(set(ids(text)))


def test_a_mark_leads_to_its_note_and_the_note_back():
    text = html(lines("Như bảng kèm theo [1]."), note("1", "Số liệu cuối năm."))
    assert '<a id="ref-note-1" href="#note-1" role="doc-noteref">[1]</a>' in text
    assert 'href="#ref-note-1" role="doc-backlink"' in text


def test_several_marks_to_one_note_each_have_a_way_back():
    text = html(lines("Một [1].", "Hai [1]."), table(("TT", "Việc"), ("1", "Ba [1]")), note("1", "Chú."))
    assert ids(text).count("ref-note-1-3") == 1
    assert re.findall(r'href="#(ref-note-1[-\d]*)"', text) == ["ref-note-1", "ref-note-1-2", "ref-note-1-3"]


def test_notes_numbered_anew_belong_to_the_marks_above_them():
    text = html(lines("Một [1]."), note("1", "Chú một."), lines("Hai [1]."), note("1", "Chú hai."), lines("Ba [1]."))
    assert re.findall(r'href="#(note-1(?:-2)?)" role="doc-noteref"', text) == ["note-1", "note-1-2", "note-1-2"]


@pytest.mark.parametrize(
    ("words", "mark", "linked"),
    [
        ("Theo bảng¹.", "1", True),
        ("Theo bảng [*].", "*", True),
        ("Theo bảng (**).", "**", True),
        ("Theo bảng (1).", "1", False),
        ("Sân rộng 40 m².", "2", False),
        ("Sân rộng 40 km².", "2", False),
        ("Theo bảng [2].", "1", False),
        ("Theo bảng [a].", "a", True),
        ("Theo bảng [.].", "*", False),
    ],
)
def test_what_is_a_mark(words, mark, linked):
    assert ("doc-noteref" in html(lines(words), note(mark, "Chú."))) is linked


def test_without_notes_brackets_are_words():
    assert "doc-noteref" not in html(lines("Xem [1]."))


def citation(text, raw, anchor, target=None, **fields):
    start = text.index(raw)
    found = Relation(
        raw=raw, number=raw, number_key="9qdttg", anchor=anchor, start=start, end=start + len(raw), **fields
    )
    found.target = target
    found.target_restricted = False
    return found


@pytest.mark.django_db
def test_citations_lead_to_the_document_or_to_the_page_of_its_number():
    words = "Theo 9/QĐ-TTg."
    held = citation(words, "9/QĐ-TTg", "a", DocumentPage(slug="9-qd-ttg", live=True))
    assert '<a class="citation" href="/van-ban/9-qd-ttg/">9/QĐ-TTg</a>' in html(lines(f"a) {words}"), citations=[held])
    absent = citation(words, "9/QĐ-TTg", "a")
    assert '<a class="citation citation--absent" href="/van-ban/duoc-dan/9qdttg/">' in html(
        lines(f"a) {words}"), citations=[absent]
    )
    several = citation(words, "9/QĐ-TTg", "a", is_ambiguous=True)
    assert 'class="citation citation--ambiguous"' in html(lines(f"a) {words}"), citations=[several])


@pytest.mark.django_db
def test_a_restricted_or_unpublished_document_is_as_one_not_held():
    words = "Theo 9/QĐ-TTg."
    kept = citation(words, "9/QĐ-TTg", "a", DocumentPage(slug="kin", live=True))
    kept.target_restricted = True
    gone = citation(words, "9/QĐ-TTg", "a", DocumentPage(slug="kin", live=False))
    for one in (kept, gone):
        text = html(lines(f"a) {words}"), citations=[one])
        assert "kin/" not in text and "citation--absent" in text


def test_what_an_editor_states_stands_nowhere_in_the_text():
    stated = Relation(number_key="9qdttg", start=None, end=None, anchor="")
    assert "citation" not in html(lines("a) Theo 9/QĐ-TTg."), citations=[stated])


def test_marks_citations_and_addresses_in_one_sentence_are_all_escaped():
    words = "<b> Theo 9/QĐ-TTg[1] tại https://example.vn/?a=1&b=2 & “x”."
    text = html(lines(f"a) {words}"), note("1", "<i>"), citations=[citation(words, "9/QĐ-TTg", "a")])
    assert "&lt;b&gt; Theo <a" in text
    assert 'href="https://example.vn/?a=1&amp;b=2"' in text
    assert "<b>" not in text and "<i>" not in text
    assert "doc-noteref" in text


def rows_of(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_as_csv_opens_with_its_header():
    nodes = nodes_from_blocks([table(("TT", "Chỉ tiêu"), ("(1)", "(2)"), ("1", 'Đọc "sách", viết\nvẽ'))])
    assert rows_of(csv_of(nodes, "b1")) == [["TT", "Chỉ tiêu"], ["1", 'Đọc "sách", viết\nvẽ']]


def test_a_table_without_header_gets_one():
    nodes = nodes_from_blocks([table(("Xã Một", "12"), ("Xã Hai", "9"), header=False)])
    header, *rest = rows_of(csv_of(nodes, "b1"))
    assert len(header) == 2 and all(header)
    assert rest == [["Xã Một", "12"], ["Xã Hai", "9"]]


def test_what_is_no_table_is_no_file():
    nodes = nodes_from_blocks([lines("a) Một."), table()])
    assert csv_of(nodes, "a") is csv_of(nodes, "b1") is csv_of(nodes, "b9") is None


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "'=1+1"), ("+84 24 1234", "'+84 24 1234"), ("-lệnh", "'-lệnh"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), (" =1", "' =1"), ("＝1", "'＝1"), ("-", "'-"), ("-1-2", "'-1-2"),
        ("-5", "-5"), ("+3,5", "+3,5"), ("-12.5%", "-12.5%"), ("1.250", "1.250"), ("", ""), ("a = b", "a = b"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(cell, kept):
    assert safe(cell) == kept


def test_every_table_says_where_its_file_is_when_asked():
    text = html(table(("A", "B"), ("1", "2"), caption="Bảng <1>"), tables_at="/van-ban/x/bang/")
    assert 'href="/van-ban/x/bang/b1.csv" download' in text
    assert "<1>" not in text
    assert "download" not in html(table(("A",), ("1",)))


def test_five_hundred_pages_are_drawn_in_time():
    nodes = []
    for index in range(700):
        nodes.append(Node("heading", 1, str(index), "Một phần của kế hoạch dài", f"x{index}"))
        nodes += [
            Node(
                "item",
                2,
                f"{m})",
                "Các trường tổ chức cho học sinh đọc sách & kể chuyện mỗi tuần. " * 3,
                f"x{index}.{m}",
            )
            for m in "abcdefgh"
        ]
        rows = tuple((str(n), "Mua sách cho thư viện", "Phòng", "tháng 9") for n in range(5))
        nodes.append(Node("table", 2, "", "Bảng", f"x{index}.b1", rows, 1))
    assert len(nodes) == 7_000
    started = time.perf_counter()
    text = render_nodes(nodes, [])
    assert time.perf_counter() - started < 0.6
    assert len(text) > 2_000_000
