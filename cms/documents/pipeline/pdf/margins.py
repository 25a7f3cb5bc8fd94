"""Where the text of a document begins and ends on its pages, learnt from its lines."""

from collections import defaultdict
from collections.abc import Sequence

from .. import marks
from .layout import Row

_NEAR = 3.0
_WIDEST = 0.28
"""Of the width of the page: no margin is wider, however short the lines of a page are."""

_FEW = 40
_INDENT = 60.0
_ENDS = (".", ";", ":", "!", "?", "…")


def set_margins(pages: Sequence[tuple[float, list[Row]]]) -> None:
    """Fill `left`, `right` and `centred` of all rows; pages are (width, rows), told apart by width and by side."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for width, rows in pages:
        groups[round(width)] += [row for row in rows if not row.column]
    learnt = {key: _margins(rows, key) for key, rows in groups.items()}
    sides: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for width, rows in pages:
        for row in rows:
            if not row.column:
                sides[round(width), row.page % 2].append(row)
    for width, rows in pages:
        for row in rows:
            side = sides.get((round(width), row.page % 2), [])
            left, right = learnt[round(width)]
            if len(pages) >= 4 and len(side) >= 30:
                if (round(width), row.page % 2) not in learnt:
                    learnt[round(width), row.page % 2] = _margins(side, round(width))
                left, right = learnt[round(width), row.page % 2]
            _place(row, left, right)


def _place(row: Row, left: float, right: float) -> None:
    row.left, row.right = left, max(right, row.x1)
    centre = (row.x0 + row.x1) / 2
    within = not row.column and row.x0 - left > 12 and abs(centre - (left + right) / 2) < 8
    row.centred = within and (row.bold or marks.parse(row.text) is None)  # a list's point is indented, not centred


def _margins(rows: Sequence[Row], width: float) -> tuple[float, float]:
    """The outermost places that at least two lines (2 % of them) begin and end at."""
    if not rows:
        return 0.12 * width, 0.9 * width
    least = max(2, len(rows) // 50)
    left = _outermost(sorted(row.x0 for row in rows), least)
    right = max(-_outermost(sorted(-row.x1 for row in rows), least), _torn_at(rows, left))
    return min(left, _WIDEST * width), max(right, (1 - _WIDEST) * width)


def _torn_at(rows: Sequence[Row], left: float) -> float:
    """How far a line reaches that ends in the middle of a sentence: in a short text it may be the only full one."""
    if len(rows) > _FEW:
        return 0
    return max((row.x1 for row in rows if row.x0 - left < _INDENT and not row.text.endswith(_ENDS)), default=0)


def _outermost(values: list[float], least: int) -> float:
    """The smallest value with at least `least` values (itself among them) close behind it."""
    for index, value in enumerate(values):
        if index + least <= len(values) and values[index + least - 1] - value <= _NEAR:
            return value
    return values[0]
