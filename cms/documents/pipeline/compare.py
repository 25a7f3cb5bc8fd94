"""Two versions of a text side by side: passage by passage, by their anchors, changed figures first.

Both versions carry settled anchors (`anchors.settle`), so a passage that moved or was renumbered is known again. A new
printed number alone is no change of the words; it is told apart (`is_renumbered`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .align import rising
from .differences import FigureChange, Part, changed_figures, part_of
from .nodes import Node, row_anchors, row_text

SAME, CHANGED, ADDED, REMOVED, MOVED = "same", "changed", "added", "removed", "moved"


@dataclass(frozen=True)
class Row:
    """A passage in both versions, or in one.

    `before` and `after`: the node as it was and as it is (a table's for its rows too), None where there is none.
    `parts`: the text, or the cells of a row of a table, with what differs marked. `kind` moved: the same words, in
    another place; a passage that moved and changed is changed, and `is_moved`. `rows`: of a table.
    """

    anchor: str
    kind: str
    before: Node | None
    after: Node | None
    parts: tuple[Part, ...]
    is_moved: bool = False
    is_renumbered: bool = False
    rows: tuple["Row", ...] = ()

    @property
    def node(self) -> Node:
        return self.after or self.before


@dataclass(frozen=True)
class Comparison:
    """`rows` in reading order, what was removed where it stood; `counts` of passages by kind, and of `figures`."""

    rows: tuple[Row, ...]
    counts: dict[str, int]
    figures: tuple[FigureChange, ...]

    @property
    def changes(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind != SAME)


def compare(old: Sequence[Node], new: Sequence[Node]) -> Comparison:
    """What changed from one version to the other."""
    rows = tuple(_rows(old, new))
    figures = tuple(figure for row in rows for figure in _figures(row))
    counted = Counter(row.kind for row in rows)
    counts = {kind: counted[kind] for kind in (CHANGED, ADDED, REMOVED, MOVED, SAME)}
    return Comparison(rows, counts | {"figures": len(figures)}, figures)


def _rows(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Row]:
    places = {node.anchor: index for index, node in enumerate(old)}
    pairs = []
    for index, node in enumerate(new):
        other = places.get(node.anchor)
        if other is not None and (old[other].kind == "table") == (node.kind == "table"):
            pairs.append((other, index))
    for left, right in _merged(len(old), len(new), pairs):
        before = old[left] if left is not None else None
        after = new[right[0]] if right is not None else None
        yield _row(before, after, is_moved=bool(right and right[1]))


Step = tuple[int | None, tuple[int, bool] | None]


def _merged(height: int, width: int, pairs: Sequence[tuple[int, int]]) -> Iterator[Step]:
    """Both orders in one: the new one, with what is only in the old one where it stood."""
    of_new = {right: left for left, right in pairs}
    paired = set(of_new.values())
    steady = {left for left, _ in rising(sorted(pairs))}
    done = 0
    for right in range(width):
        left = of_new.get(right)
        if left is None:
            yield None, (right, False)
            continue
        if left in steady:
            yield from ((gone, None) for gone in range(done, left) if gone not in paired)
            done = left + 1
        yield left, (right, left not in steady)
    yield from ((gone, None) for gone in range(done, height) if gone not in paired)


def _row(before: Node | None, after: Node | None, is_moved: bool) -> Row:
    node = after or before
    parts = (part_of(before.text if before else "", after.text if after else ""),)
    rows = tuple(_table_rows(before, after)) if node.kind == "table" else ()
    if before is None or after is None:
        return Row(node.anchor, ADDED if before is None else REMOVED, before, after, parts, rows=rows)
    is_changed = parts[0].is_changed or any(row.kind not in (SAME, MOVED) for row in rows)
    is_shuffled = is_moved or any(row.kind == MOVED for row in rows)
    kind = CHANGED if is_changed else MOVED if is_shuffled else SAME
    return Row(node.anchor, kind, before, after, parts, is_moved, before.number != after.number, rows)


def _table_rows(before: Node | None, after: Node | None) -> Iterator[Row]:
    if before is None or after is None:
        table, kind = (after, ADDED) if after else (before, REMOVED)
        numbered = [table.anchor] * table.header_rows + row_anchors(table)
        for anchor, cells in zip(numbered, table.rows, strict=True):
            sides = (("", cell) if after else (cell, "") for cell in cells)
            yield Row(anchor, kind, before, after, tuple(part_of(*side) for side in sides))
        return
    columns = _columns(before, after)
    for index in range(max(before.header_rows, after.header_rows)):
        cells = [table.rows[index] if index < table.header_rows else None for table in (before, after)]
        yield _table_row(after.anchor, cells[0], cells[1], columns, before, after)
    olds, news = row_anchors(before), row_anchors(after)
    places = {anchor: index for index, anchor in enumerate(olds)}
    pairs = [(places[anchor], index) for index, anchor in enumerate(news) if anchor in places]
    for left, right in _merged(len(olds), len(news), pairs):
        was = before.data_rows[left] if left is not None else None
        now = after.data_rows[right[0]] if right is not None else None
        anchor = news[right[0]] if right is not None else olds[left]
        yield _table_row(anchor, was, now, columns, before, after, is_moved=bool(right and right[1]))


Columns = list[tuple[int | None, int | None]]


def _columns(before: Node, after: Node) -> Columns:
    """Which column is which, by their names in the header where there is one and widths differ; else by place."""
    widths = [max(map(len, table.rows), default=0) for table in (before, after)]
    if widths[0] == widths[1] or not (before.header_rows and after.header_rows):
        return [(i if i < widths[0] else None, i if i < widths[1] else None) for i in range(max(widths))]
    names = {name: index for index, name in reversed([*enumerate(before.rows[0])]) if name}
    pairs = [(names[name], index) for index, name in enumerate(after.rows[0]) if name in names]
    steps = _merged(widths[0], widths[1], rising(sorted(dict(pairs).items())))
    return [(left, right[0] if right else None) for left, right in steps]


def _table_row(
    anchor: str,
    was: Sequence[str] | None,
    now: Sequence[str] | None,
    columns: Columns,
    before: Node,
    after: Node,
    is_moved: bool = False,
) -> Row:
    parts = tuple(part_of(_cell(was, left), _cell(now, right)) for left, right in columns)
    if was is None or now is None:
        return Row(anchor, ADDED if was is None else REMOVED, before, after, parts)
    is_renumbered = bool(parts) and parts[0].is_changed and _is_ordinal(parts[0])
    is_changed = any(part.is_changed for part in parts[1 if is_renumbered else 0 :])
    kind = CHANGED if is_changed else MOVED if is_moved else SAME
    return Row(anchor, kind, before, after, parts, is_moved, is_renumbered)


def _is_ordinal(part: Part) -> bool:
    """The running number in the first column of a row."""
    return all(side.strip().rstrip(".)").isdigit() and len(side) <= 4 for side in (part.before, part.after))


def _cell(cells: Sequence[str] | None, index: int | None) -> str:
    return cells[index] if cells is not None and index is not None and index < len(cells) else ""


def _figures(row: Row) -> Iterator[FigureChange]:
    """Figures that differ in a passage that stands in both versions."""
    if row.kind == CHANGED and not row.rows:
        yield from _in_parts(row)
    for one in row.rows:
        if one.kind == CHANGED and row.before and row.after:
            yield from _in_parts(one)
    if row.kind == CHANGED and row.rows and row.parts[0].is_changed:
        yield from changed_figures(row.anchor, row.parts[0])


def _in_parts(row: Row) -> Iterator[FigureChange]:
    whole = row_text(part.after for part in row.parts) if len(row.parts) > 1 else ""
    for part in row.parts[1 if row.is_renumbered and len(row.parts) > 1 else 0 :]:
        if part.is_changed:
            yield from changed_figures(row.anchor, part, whole)
