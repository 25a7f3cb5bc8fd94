"""Tables: merged cells laid out on one grid, and tables that only lay out a page told from tables that say something.

A merged cell's text stands in its first column and row; the other places it covers are empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from search.text import strip_marks

from ..signature import is_office
from .flow import TABLE, WRAPPERS, Flow, Paragraph
from .styles import Styles
from .wml import VAL, child, number, value, w

MAX_SPAN = 120
"""Word allows 63 columns; a wider span is a damaged file's."""

_INVISIBLE = frozenset({"none", "nil", ""})
_MOTTO = re.compile(r"^\W*(?:cong hoa xa hoi chu nghia|doc lap\W+tu do|dang cong san viet nam)")
_HEAD = re.compile(r"^\W*so\s*:|^.{0,40},?\s*ngay\b.{0,12}\bthang\b.{0,12}\bnam\b")
_TAIL = re.compile(r"^\W*noi nhan\s*:")
_ADDRESSED = re.compile(r"^\W*kinh gui\b")
_MOST_LAYOUT_ROWS = 12


@dataclass(frozen=True)
class Cell:
    """A cell: where it begins on the grid, how many columns it covers, and whether it goes on from the row above."""

    column: int
    span: int
    paragraphs: tuple[Paragraph, ...]
    goes_on: bool = False

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        lines = (" ".join(line.text.split()) for paragraph in self.paragraphs for line in paragraph.printed)
        return "\n".join(filter(None, lines))


@dataclass(frozen=True)
class Grid:
    """A table read: its rows of cells, its width, whether lines are drawn."""

    rows: tuple[tuple[Cell, ...], ...]
    width: int
    bordered: bool

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row)

    def matrix(self) -> tuple[tuple[str, ...], ...]:
        """Rows of equal length. Columns of the grid in which no cell begins are left out (LibreOffice makes many)."""
        begins = sorted({cell.column for cell in self.cells})
        place = {column: index for index, column in enumerate(begins)}
        rows = []
        for row in self.rows:
            texts = [""] * len(begins)
            for cell in row:
                if not cell.goes_on:
                    texts[place[cell.column]] = cell.text
            rows.append(tuple(texts))
        return tuple(rows)


def read(table: etree._Element, flow: Flow) -> Grid:
    """The grid of a table; tracked deletions of rows and cells are left out."""
    rows: list[tuple[Cell, ...]] = []
    width = 1
    for row in _found(table, w("tr")):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        column = min(number(properties, "gridBefore") or 0, MAX_SPAN)
        cells = []
        for element in _found(row, w("tc")):
            own = child(element, "tcPr")
            if child(own, "cellDel") is not None:
                continue
            span = min(max(number(own, "gridSpan") or 1, 1), MAX_SPAN)
            if value(own, "hMerge") == "continue":  # the older way to merge cells of one row
                span, paragraphs = 1, ()
            else:
                paragraphs = tuple(_paragraphs(element, flow))
            merge = value(own, "vMerge")
            cells.append(Cell(column, span, paragraphs, merge is not None and merge != "restart"))
            column += span
        if cells:
            rows.append(tuple(cells))
            width = max(width, column)
    return Grid(tuple(rows), width, _is_bordered(table, flow.styles))


def is_frame(table: etree._Element) -> bool:
    """A table of one cell: a frame around ordinary text."""
    rows = list(_found(table, w("tr")))
    return len(rows) == 1 and len(list(_found(rows[0], w("tc")))) == 1


def is_layout(grid: Grid) -> bool:
    """A letterhead, a signature or an address set in columns, rather than data.

    Such a table has no lines, or so few rows and such words that lines make no difference.
    """
    used = {cell.column for cell in grid.cells if cell.text}
    if len(grid.rows) > _MOST_LAYOUT_ROWS or len(used) > 3:
        return False
    if has_marks(grid, (_MOTTO, _TAIL)):
        return True
    if grid.bordered:
        return False
    if has_marks(grid, (_HEAD, _ADDRESSED)) or any(is_office(line) for cell in grid.cells for line in _lines(cell)):
        return True
    return len(grid.rows) == 1 or (len(grid.rows) == 2 and len(used) <= 2)


def in_columns(grid: Grid) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    """What a layout table prints: its left column, then its right one, each with that word.

    A row that goes all the way across parts what is above it from what is below. An address is read row by row.
    """
    by_rows = has_marks(grid, (_ADDRESSED,)) or not (
        has_marks(grid, (_MOTTO, _TAIL, _HEAD)) or any(is_office(line) for cell in grid.cells for line in _lines(cell))
    )
    left: list[tuple[Paragraph, ...]] = []
    right: list[tuple[Paragraph, ...]] = []
    for row in grid.rows:
        for cell in row:
            if by_rows or (cell.span >= grid.width and grid.width > 1):
                yield from _emptied(left, right)
                yield "", cell.paragraphs
            else:
                (right if cell.column else left).append(cell.paragraphs)
    yield from _emptied(left, right)


def has_marks(grid: Grid, patterns: tuple[re.Pattern, ...]) -> bool:
    """Whether a line of the first words of some cell is one of `patterns`."""
    folded = (strip_marks(line[:200]) for cell in grid.cells for line in _lines(cell))
    return any(pattern.match(line) for line in folded for pattern in patterns)


def is_letterhead(line: str) -> bool:
    """The state's or the Party's motto, or the line of the number: what a letterhead is known by."""
    folded = strip_marks(line[:200])
    return bool(_MOTTO.match(folded) or _HEAD.match(folded))


def _emptied(
    left: list[tuple[Paragraph, ...]], right: list[tuple[Paragraph, ...]]
) -> Iterator[tuple[str, tuple[Paragraph, ...]]]:
    for column, cells in (("left", left), ("right", right)):
        yield from ((column, paragraphs) for paragraphs in cells)
        cells.clear()


def _lines(cell: Cell) -> list[str]:
    return cell.text.split("\n") if cell.paragraphs else []


def _found(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and tracked insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in WRAPPERS:
            yield from _found(element, tag)


def _paragraphs(element: etree._Element, flow: Flow) -> Iterator[Paragraph]:
    """What stands in a cell; tables and text boxes in it are flattened, a row a line."""
    for block in flow.blocks(element):
        if isinstance(block, Paragraph):
            yield block
            for box in block.boxes:
                yield from _paragraphs(box, flow)
        elif block.tag == TABLE:
            for row in read(block, flow).rows:
                yield from (paragraph for cell in row if not cell.goes_on for paragraph in cell.paragraphs)


def _is_bordered(table: etree._Element, styles: Styles) -> bool:
    """Whether lines are drawn: the table's own, its style's, or those of at least half its cells."""
    properties = child(table, "tblPr")
    own = child(properties, "tblBorders")
    if own is not None:
        if _visible(own):
            return True
    else:
        chain = styles.chain(value(properties, "tblStyle"), "table")
        inherited = next((found for style in chain if (found := child(style.table, "tblBorders")) is not None), None)
        if inherited is not None and _visible(inherited):
            return True
    cells = [child(cell, "tcPr") for row in _found(table, w("tr")) for cell in _found(row, w("tc"))]
    drawn = sum(1 for cell in cells if (borders := child(cell, "tcBorders")) is not None and _visible(borders))
    return drawn >= len(cells) / 2 > 0


def _visible(borders: etree._Element) -> bool:
    return any(line.get(VAL, "") not in _INVISIBLE for line in borders)
