"""Tables of tab-separated lines: rows of one table gathered, also over a page break that repeats the
header.
"""

import re
from collections.abc import Sequence

from .inline import clean_text
from .lines import Table

SERIAL = frozenset({"tt", "stt", "số tt", "s.t.t", "t.t"})


_PIPED = re.compile(r"^\s*\|(?:[^|]*\|){2,}\s*$")
_PIPE_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")


def is_pipe_rule(raw: str) -> bool:
    """The line "|---|---|" below the header of a Markdown table."""
    return bool(_PIPE_RULE.match(raw))


def cells_of(raw: str) -> tuple[str, ...]:
    """The cells of a row, cleaned: parted by tabs or, in Markdown, by bars. Empty cells are kept, they hold columns."""
    if _PIPED.match(raw):
        return tuple(clean_text(cell) for cell in raw.strip()[1:-1].split("|"))
    return tuple(clean_text(cell) for cell in raw.split("\t"))


# What Word's plain-text export prints for automatic numbering: the number, a tab, the text.
_NUMBERED = re.compile(r"^\W{0,3}(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|Điều \d{1,3})?[.)/:]?\W{0,3}$")


def is_row(raw: str, inside: bool = False) -> bool:
    """A line that belongs to a table: a tab behind its first word. `inside` a table a leading tab is enough.

    "1.", a tab and a text is a numbered paragraph, and a lone leading tab an indent.
    """
    text = raw.rstrip("\n\r ")
    if text.lstrip()[:1] == "|" and _PIPED.match(text):
        return True
    if "\t" not in text or not text.strip():
        return False
    if inside:
        return True
    first, _, rest = text.strip(" ").partition("\t")
    if first and "\t" not in rest and _NUMBERED.match(first.strip("*")):
        return False
    return "\t" in text.lstrip("\t ")


class TableBuilder:
    """Gathers rows until something says the table is over."""

    def __init__(self, row: tuple[str, ...], number: int, blank_before: int):
        self.rows = [row]
        self.number = number
        self.blank_before = blank_before

    def takes(self, row: tuple[str, ...], blank_before: int) -> bool:
        """Whether `row` continues this table; a repeated header (page break) continues it and is left out."""
        if not blank_before:
            return True
        return self._repeats_header(row) or (len(row) == self._width() and not _is_header(row, self.rows[0]))

    def add(self, row: tuple[str, ...], blank_before: int) -> None:
        if blank_before and self._repeats_header(row):
            return
        if blank_before and len(self.rows) > 1 and self._repeats_second_header(row):
            return
        self.rows.append(row)

    def build(self) -> Table:
        width = max(map(len, self.rows))
        rows = tuple((*row, *[""] * (width - len(row))) for row in self.rows)
        return Table(rows=rows, number=self.number, blank_before=self.blank_before)

    def _width(self) -> int:
        return max(len(self.rows[0]), len(self.rows[-1]))

    def _repeats_header(self, row: tuple[str, ...]) -> bool:
        return _same(row, self.rows[0])

    def _repeats_second_header(self, row: tuple[str, ...]) -> bool:
        return is_column_numbers(self.rows[1]) and _same(row, self.rows[1])


def is_column_numbers(row: Sequence[str]) -> bool:
    """The row "(1) (2) (3) …" some forms print under their header."""
    return len(row) > 1 and all(cell in (f"({i})", str(i)) for i, cell in enumerate(row, start=1))


def _same(row: Sequence[str], other: Sequence[str]) -> bool:
    return _words(row) == _words(other) and any(row)


def _is_header(row: Sequence[str], header: Sequence[str]) -> bool:
    """A row that looks like the header of another table: it starts with the word for the serial number."""
    return row[0].strip(". ").lower() in SERIAL and not _same(row, header)


def _words(row: Sequence[str]) -> list[str]:
    cells = ["".join(cell.lower().split()) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
