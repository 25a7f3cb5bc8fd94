"""Every passage read knows the line of the original it began at, and a PDF's lines know their place on the page."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.documents.pipeline import Node, Reading, Source, Unreadable, read
from cms.documents.pipeline.lines import Line, Table
from cms.documents.pipeline.paragraphs import join, split
from cms.documents.pipeline.sources import sources
from search.text import strip_marks
from tests.documents.pdf.made import Page, grid, lines, pdf
from tests.documents.pdf.office import needs_soffice, pdf_of, stream_of, word_file

FILES = sorted((Path(__file__).resolve().parents[1] / "files").glob("*.txt"))
SEEDS = sorted((Path(__file__).resolve().parents[3] / "shared" / "seeds").glob("*.txt"))
DOCUMENTS = [pytest.param(path, id=path.stem) for path in FILES + SEEDS]
FULL = "Một dòng chữ dài đến hết lề phải của trang giấy khổ A4 cho đủ sáu mươi chữ"


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", strip_marks(text))


def stands_in(found: list[str], within: list[str]) -> bool:
    return any(within[at : at + len(found)] == found for at in range(len(within) - len(found) + 1))


def began_there(node: Node, source: Source) -> bool:
    """Whether the first words of a node stand in its source, or end it where the line was broken."""
    said = node.text if node.kind != "table" else next((cell for row in node.rows for cell in row if cell), "")
    first, there = words(said), words(source.text)
    if stands_in(first[:3], there):
        return True
    if any(there[-count:] == first[:count] for count in (1, 2)):
        return True
    named = words(node.number)
    return node.kind == "heading" and bool(named) and stands_in(named, there)


def check(reading: Reading) -> list[Node]:
    """What holds for every reading; gives the nodes whose first words are not where their origin says."""
    numbers = [source.number for source in reading.source]
    assert numbers == sorted(set(numbers))
    assert len(reading.origins) == len(reading.nodes)
    assert set(reading.origins) <= set(numbers)
    for lines_of, _raw in reading.header.evidence.values():
        assert set(lines_of) <= set(numbers)
    assert {repair.line for repair in reading.repairs} <= set(numbers)
    by_number = {source.number: source for source in reading.source}
    pairs = zip(reading.nodes, reading.origins, strict=True)
    return [node for node, origin in pairs if not began_there(node, by_number[origin])]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_passage_of_a_text_knows_its_line(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    assert check(reading) == []
    assert list(reading.origins) == sorted(reading.origins)
    assert reading.pages == 0
    assert {(source.page, source.box) for source in reading.source} == {(None, None)}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_passage_of_a_word_file_knows_its_paragraph(path: Path) -> None:
    reading = read(word_file(stream_of(path.read_bytes(), path.name)), "x.docx")
    assert check(reading) == []
    assert list(reading.origins) == sorted(reading.origins)
    assert reading.pages == 0


@needs_soffice
@pytest.mark.parametrize("path", [*DOCUMENTS[:2], *DOCUMENTS[-2:]])
def test_every_passage_of_a_pdf_knows_its_paragraph_and_place(path: Path) -> None:
    data = pdf_of(word_file(stream_of(path.read_bytes(), path.name)))
    reading = read(data, "x.pdf")
    assert check(reading) == []
    assert list(reading.origins) == sorted(reading.origins)
    with pypdfium2.PdfDocument(data) as document:
        assert reading.pages == len(document)
        assert {source.page for source in reading.source} <= set(range(1, len(document) + 1))
        outside = [left_out(document[source.page - 1], source) for source in reading.source if not source.is_table]
    assert all(share <= 0.02 for share in outside)


def left_out(page: pypdfium2.PdfPage, source: Source) -> float:
    """The share of the letters inside the box that are cut by it, or 1 where the source's first word is not in it."""
    across, down = page.get_size()
    left, top, right, bottom = source.box
    left, top, right, bottom = left * across, top * down, right * across, bottom * down
    textpage = page.get_textpage()
    inside = cut = 0
    said = ""
    box = [ctypes.c_double() for _side in range(4)]
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        pdfium.FPDFText_GetCharBox(textpage.raw, index, *(ctypes.byref(side) for side in box))
        x0, x1, low, high = (side.value for side in box)
        middle = (x0 + x1) / 2, down - (low + high) / 2
        if not (left <= middle[0] <= right and top <= middle[1] <= bottom):
            continue
        said += chr(code)
        if chr(code).isalpha():
            inside += 1
            cut += not (left - 1 <= x0 and x1 <= right + 1 and top - 1 <= down - high and down - low <= bottom + 1)
    first = words(source.text)[:1]
    return 1.0 if first and first[0] not in strip_marks(said) else cut / max(inside, 1)


FRAGMENTS = [
    "I. MỤC ĐÍCH", "II. NỘI DUNG", "1. Việc", "2. Việc khác.", "2.1. Ý", "a) một;", "d) hai;", "d) ba;", "(1) năm",
    "- gạch", "l. Một", "Điều 1. Tên", "Điều 2. Câu này dài.", "Chương I", "QUY ĐỊNH", "PHỤ LỤC 2", "MẪU BÁO CÁO",
    "(Kèm theo Kế hoạch số 5/KH-PGDDT ngày 1/2/2023 của Phòng GDĐT huyện)", "KẾ HOẠCH", "Kính gửi: Ai đó",
    "Căn cứ Quyết định số 131/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ;", "Số: 18/KH-THMH",
    "UBND HUYỆN VÍ DỤ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:\tKT. HIỆU TRƯỞNG", "- Lưu: VT.",
    "TT\tTên\tSố", "1\tA\t2", "¹ Chú thích", "**đậm**", "và tiếp theo của", "của một. 2. Hai việc. 3. Ba",
    "1. Một. 2. Hai - Nhãn của việc:", "a<br>b", "\x0b", "\x1c", "\u2028", "", "",
]  # fmt: skip
texts = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40),
        st.tuples(st.sampled_from(FRAGMENTS), st.text(max_size=8), st.sampled_from(FRAGMENTS)).map("".join),
    ),
    max_size=30,
).map("\n".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_origins_are_those_of_the_nodes_whatever_the_text(text: str) -> None:
    try:
        reading = read(text.encode(), "thử.txt")
    except Unreadable:
        return
    check(reading)


def test_a_broken_paragraph_begins_at_its_first_line_and_its_list_where_it_stands() -> None:
    torn = [
        Line("1. Việc thứ nhất của nhà trường và", 4),
        Line("cha mẹ học sinh. 2. Việc thứ hai", 5),
        Line("cũng vậy. 3. Việc thứ ba.", 6),
    ]
    found, _repairs = split(join(torn))
    assert [(item.number, item.text[:2]) for item in found] == [(4, "1."), (5, "2."), (6, "3.")]


def test_lines_printed_side_by_side_are_one_source() -> None:
    items = [Line("UBND XÃ", 1, column="left"), Line("Số: 1", 2, column="left"), Line("CỘNG HÒA", 1, column="right")]
    assert [(source.number, source.text) for source in sources(items)] == [(1, "UBND XÃ    CỘNG HÒA"), (2, "Số: 1")]


def test_a_table_is_rows_and_cells() -> None:
    (source,) = sources([Table((("TT", "Việc"), ("1", "Trồng\ncây")), 3)])
    assert source == Source(3, "TT | Việc\n1 | Trồng cây", is_table=True)


def test_the_box_is_that_of_the_whole_paragraph() -> None:
    texts_ = [FULL, FULL.lower(), "hết đoạn."]
    (source,) = read(pdf([Page(lines(texts_, x=72, y=100, size=12, pitch=18))]), "x.pdf").source
    left, top, right, bottom = source.box
    assert (left, right) == (pytest.approx(72 / 595, abs=0.002), pytest.approx((72 + 6 * len(FULL)) / 595, abs=0.002))
    assert 85 / 842 < top < 92 / 842
    assert 136 / 842 < bottom < 142 / 842
    assert source.page == 1


def test_the_box_of_a_paragraph_over_two_pages_is_that_on_its_first() -> None:
    first = lines([FULL, FULL.lower()], y=700)
    sources_ = read(pdf([Page(first), Page(lines([FULL.lower(), "hết đoạn."], y=100))]), "x.pdf").source
    assert [source.page for source in sources_] == [1]
    assert sources_[0].box[1] > 0.8


def test_a_table_has_the_box_of_its_rules_on_its_first_page() -> None:
    cells = [(80, 720, "TT"), (140, 720, "Việc"), (80, 750, "1"), (140, 750, "Một")]
    more = [(80, 80, "2"), (140, 80, "Hai")]
    data = pdf([Page(cells, grid((72, 130, 300), (700, 730, 760))), Page(more, grid((72, 130, 300), (60, 90)))])
    (source,) = read(data, "x.pdf").source
    assert source.box == pytest.approx((72 / 595, 700 / 842, 300 / 595, 760 / 842), abs=0.001)
    assert (source.page, source.is_table, source.text) == (1, True, "TT | Việc\n1 | Một\n2 | Hai")


@pytest.mark.parametrize(
    ("rotate", "box"),
    [
        (0, (0.1, 0.1, 0.2, 0.12)),
        (90, (0.88, 0.1, 0.9, 0.2)),
        (180, (0.8, 0.88, 0.9, 0.9)),
        (270, (0.1, 0.8, 0.12, 0.9)),
    ],
)
def test_boxes_are_on_the_page_as_it_is_drawn(rotate: int, box: tuple) -> None:
    page = Page([(50, 112, "Một dòng.", 12)], size=(500, 1000), rotate=rotate)
    (source,) = read(pdf([page]), "x.pdf").source
    assert source.box == pytest.approx(box, abs=0.012)
