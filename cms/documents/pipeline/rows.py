"""Columns of a table by what their header says, and cells with their place in the text of the row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .nodes import ROW_SEPARATOR, Node


@dataclass(frozen=True)
class Cell:
    """A cell and where it begins in `row_text` of its row."""

    text: str
    start: int


def cells_of_row(row: Sequence[str]) -> list[Cell]:
    cells = []
    start = 0
    for text in row:
        cells.append(Cell(text, start))
        start += len(text) + len(ROW_SEPARATOR)
    return cells


def columns_of(table: Node, kinds: Sequence[tuple[str, re.Pattern]]) -> dict[str, int]:
    """The first column of each kind by the table's header; a column is the first kind that fits. Empty without one."""
    columns: dict[str, int] = {}
    if not table.header_rows:
        return columns
    for index, title in enumerate(table.rows[0]):
        kind = next((kind for kind, pattern in kinds if pattern.search(title)), None)
        if kind is not None:
            columns.setdefault(kind, index)
    return columns
