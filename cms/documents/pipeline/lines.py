"""The one stream every extractor yields: lines and tables, in reading order.

Header and structure are written once, on these two shapes, whatever the file was.
"""

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Where something stands on its page: left, top, right, bottom as fractions of the page, from its top left corner."""


@dataclass(frozen=True)
class Line:
    """One line of text, cleaned of mark-up. `number` is the 1-based line of the source, `raw` what stood
    there.

    `blank_before` counts empty lines above it (page breaks leave several); `bold` means the whole line was
    emphasised; `hashes` is the depth of a Markdown heading mark; `column` is "left" or "right" where the page
    had two columns; `box` the place of the whole line (or paragraph) on its first page, where that is known.
    """

    text: str
    number: int
    raw: str = ""
    page: int | None = None
    blank_before: int = 0
    bold: bool = False
    centred: bool = False
    hashes: int = 0
    column: str = ""
    box: Box | None = None
    joined: tuple[tuple[int, int], ...] = ()
    """Of a paragraph put together of several lines: where in `text` each line but the first begins, and its number."""


@dataclass(frozen=True)
class Table:
    """A table: every row has the same number of cells. `number` is the source line of its first row."""

    rows: tuple[tuple[str, ...], ...]
    number: int
    page: int | None = None
    blank_before: int = 0
    box: Box | None = None


@dataclass(frozen=True)
class Repair:
    """Something misread that was put right in a known context: the line, what stood there, how it was
    read.
    """

    line: int
    raw: str
    reading: str


Item = Line | Table
