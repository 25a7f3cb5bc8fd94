"""Ruled tables: edges joined by pdfplumber, a grid of cells made of them, words put into the cells.

Only pages with rules are looked at. A table that goes on on the next page is made one when its columns agree.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pdfplumber.table import merge_edges

from .. import marks
from ..lines import Box, Table
from ..tables import is_column_numbers
from .flow import paragraphs
from .glyphs import Word
from .layout import glue, rows_of
from .ruling import Edge

MAX_EDGES = 1500
"""Edges of one page once joined: a page full of a table has about a hundred."""

_NEAR = 3.0


@dataclass
class Grid:
    """A table as drawn: where its columns and rows begin and end, and its cells' text. `y`, `bottom` for its place."""

    xs: list[float]
    ys: list[float]
    rows: list[tuple[str, ...]]
    page: int
    words: set[int] = field(default_factory=set)
    first_page: int = 0
    box: Box | None = None

    @property
    def y(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


def grids_of(edges: Sequence[Edge], words: Sequence[Word], page: int, above: Grid | None = None) -> list[Grid] | None:
    """The tables of a page, from the top down; None where its drawing is too complicated to be one.

    `above` is the last table of the page before: what has its columns is a table however little is left of it.
    """
    merged = merge_edges(list(edges), 2.5, 2.5, 4, 4)
    if len(merged) > MAX_EDGES:
        return None
    grids = []
    for horizontal, vertical in _connected(merged):
        xs, ys = _distinct(edge["x0"] for edge in vertical), _distinct(edge["top"] for edge in horizontal)
        if len(xs) >= 2 and len(ys) >= 2 and (len(xs) - 1) * (len(ys) - 1) > 1:
            rest = above is not None and _same_columns(above.xs, xs)
            if grid := _filled(xs, ys, horizontal, vertical, words, page, rest):
                grids.append(grid)
    return sorted(grids, key=lambda grid: grid.y)


def _distinct(values) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _connected(edges: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Groups of edges that touch each other: each is a table, or a box, or nothing."""
    horizontal = [edge for edge in edges if edge["orientation"] == "h"]
    vertical = [edge for edge in edges if edge["orientation"] == "v"]
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, v in enumerate(vertical, start=len(horizontal)):
        for j, h in enumerate(horizontal):
            if v["top"] - _NEAR <= h["top"] <= v["bottom"] + _NEAR and h["x0"] - _NEAR <= v["x0"] <= h["x1"] + _NEAR:
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, edge in enumerate([*horizontal, *vertical]):
        groups.setdefault(root(index), ([], []))[index >= len(horizontal)].append(edge)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]


def _filled(
    xs: list[float],
    ys: list[float],
    horizontal: list[Edge],
    vertical: list[Edge],
    words: Sequence[Word],
    page: int,
    rest: bool,
) -> Grid | None:
    """The grid with its words; None where it frames no text or is a lone box."""
    columns, lines = len(xs) - 1, len(ys) - 1
    owner = _owners(xs, ys, horizontal, vertical)
    inside: dict[int, list[Word]] = {}
    taken: set[int] = set()
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.y - 0.3 * word.size
        column, line = bisect_right(xs, x) - 1, bisect_right(ys, y) - 1
        if 0 <= column < columns and 0 <= line < lines:
            inside.setdefault(owner[line * columns + column], []).append(word)
            taken.add(id(word))
    if not inside or len(set(owner)) < 2:
        return None
    right_of = {cell: xs[at % columns + 1] for at, cell in enumerate(owner)}
    texts = {cell: _cell_text(found, page, xs[cell % columns], right_of[cell]) for cell, found in inside.items()}
    rows = [
        tuple(texts.get(at, "") if owner[at] == at else "" for at in range(line * columns, (line + 1) * columns))
        for line in range(lines)
    ]
    kept = [row for row in rows if any(row)]
    own = [column for column in range(columns) if any(owner[at] == at for at in range(column, len(owner), columns))]
    if len(own) < 2 or not kept:
        return None
    if not rest and (len(kept) < 2 and sum(map(bool, kept[0])) < 2):
        return None
    kept = [tuple(row[column] for column in own) for row in kept]
    if not rest and all(not any(row[1:]) for row in kept):
        return None
    return Grid(xs, ys, kept, page, taken, page)


def _owners(xs: list[float], ys: list[float], horizontal: list[Edge], vertical: list[Edge]) -> list[int]:
    """For each field of the grid the field its merged cell begins with: fields with no rule between are one cell."""
    columns, lines = len(xs) - 1, len(ys) - 1
    owner = list(range(columns * lines))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    def join(a: int, b: int) -> None:
        a, b = sorted((root(a), root(b)))
        owner[b] = a

    upright = _by_place(xs, vertical, "x0", "top", "bottom")
    level = _by_place(ys, horizontal, "top", "x0", "x1")
    for line in range(lines):
        middle = (ys[line] + ys[line + 1]) / 2
        for column in range(columns):
            at = line * columns + column
            if column + 1 < columns and not _covered(upright[column + 1], middle):
                join(at, at + 1)
            centre = (xs[column] + xs[column + 1]) / 2
            if line + 1 < lines and not _covered(level[line + 1], centre):
                join(at, at + columns)
    return [root(at) for at in range(len(owner))]


def _by_place(places: list[float], edges: list[Edge], at: str, start: str, end: str) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[] for _ in places]
    for edge in edges:
        index = min(range(len(places)), key=lambda place: abs(places[place] - edge[at]))
        found[index].append((edge[start], edge[end]))
    return found


def _covered(stretches: list[tuple[float, float]], value: float) -> bool:
    return any(start - 1 <= value <= end + 1 for start, end in stretches)


def _cell_text(words: list[Word], page: int, left: float, right: float) -> str:
    """Text of a cell: its printed lines joined to paragraphs, a line each."""
    rows = rows_of(words, page)
    inner_left = min(row.x0 for row in rows)
    margin = min(max(inner_left - left, 1.0), 8.0)
    for row in rows:
        row.left, row.right = left + margin, right - margin
        centre = (row.x0 + row.x1) / 2
        row.centred = row.x0 - row.left > 3 and abs(centre - (left + right) / 2) < 4
    return "\n".join(line.text for line in paragraphs(rows, in_cell=True))


def _same_columns(xs: Sequence[float], others: Sequence[float]) -> bool:
    return len(xs) == len(others) and all(abs(a - b) <= _NEAR for a, b in zip(xs, others, strict=True))


def joined(before: Grid, grid: Grid) -> bool:
    """Take the rows of `grid` into `before`, the table that ended the page above; False where it is another table."""
    if not _same_columns(before.xs, grid.xs):
        return _same_header(before.rows, grid.rows) > 0 and _append(before, grid)
    if len(before.rows[0]) != len(grid.rows[0]):
        return False
    return _append(before, grid)


def _append(before: Grid, grid: Grid) -> bool:
    if len(before.rows[0]) != len(grid.rows[0]):
        return False
    rows = grid.rows[_same_header(before.rows, grid.rows) :]
    if rows and _is_torn(before.rows, rows[0]):
        before.rows[-1] = tuple(_mended(a, b) for a, b in zip(before.rows[-1], rows[0], strict=True))
        rows = rows[1:]
    before.rows += rows
    before.page, before.xs, before.ys = grid.page, grid.xs, [before.y, grid.bottom]
    return True


def _same_header(first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top of `second` repeat those of `first`: two at most, or a row of column numbers."""
    count = 0
    for a, b in zip(first[:3], second[:3], strict=False):
        if not any(b) or _words(a) != _words(b):
            break
        count += 1
    if not count and second and is_column_numbers(second[0]) and len(first) > 1:
        return int(_words(second[0]) == _words(first[1]))
    return count


def _words(row: tuple[str, ...]) -> list[str]:
    return ["".join(cell.lower().split()) for cell in row]


def _is_torn(rows: Sequence[tuple[str, ...]], first: tuple[str, ...]) -> bool:
    """A row the page break tore: nothing in its first cell, where all rows have something or a sentence goes on."""
    last = rows[-1]
    filled = [(a, b) for a, b in zip(last, first, strict=True) if b]
    if first[0][:1].islower() and len(filled) == 1 and last[0] and not last[0].endswith((".", ";", ":")):
        return True
    if first[0] or not filled or (not last[0] and not all(a for a, _ in filled)):
        return False
    if len(rows) > 2 and sum(1 for row in rows[1:] if row[0]) >= 0.8 * (len(rows) - 1):
        return True
    return all(a and (b[:1].islower() or _may_go_on(a, b)) for a, b in filled)


def _may_go_on(above: str, below: str) -> bool:
    """Whether the text of a cell could go on so: in the middle of a sentence, neither a number nor a list's mark."""
    numeric = any(not any(char.isalpha() for char in text) for text in (above, below))
    return not numeric and not above.endswith((".", ";", ":")) and marks.parse(below) is None


def _mended(above: str, below: str) -> str:
    if not above or not below:
        return above or below
    goes_on = below[:1].islower() or not above.endswith((".", ";", ":"))
    return glue(above, below) if goes_on and marks.parse(below) is None else f"{above}\n{below}"


def table_of(grid: Grid, number: int, first_page: int) -> Table:
    """The table as the rest of the pipeline takes it."""
    width = max(map(len, grid.rows))
    rows = tuple((*row, *[""] * (width - len(row))) for row in grid.rows)
    return replace(Table(rows=rows, number=number, blank_before=1), page=first_page)
