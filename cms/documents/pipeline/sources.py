"""The stream as the file had it, for looking at the original beside what was read of it."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from .lines import Box, Item, Table
from .nodes import row_text

COLUMN_GAP = "    "


@dataclass(frozen=True)
class Source:
    """One item of the stream.

    `number` is what nodes (`Reading.origins`), the head's evidence and repairs refer to: unique, increasing. A table's
    `text` is its rows, one a line, cells parted by bars. `page` counts from 1; `box` is where the whole paragraph
    stands on that page (see `lines.Box`); both None where the file does not say.
    """

    number: int
    text: str
    page: int | None = None
    box: Box | None = None
    is_table: bool = False


def sources(items: Iterable[Item]) -> tuple[Source, ...]:
    """The items in the order of their numbers; what was printed side by side on one line is one source again."""
    found = []
    for number, group in itertools.groupby(sorted(items, key=attrgetter("number")), key=attrgetter("number")):
        same = list(group)
        first = same[0]
        text = COLUMN_GAP.join(_text(item) for item in same)
        found.append(Source(number, text, first.page, first.box, isinstance(first, Table)))
    return tuple(found)


def _text(item: Item) -> str:
    if not isinstance(item, Table):
        return item.text
    return "\n".join(row_text(cell.replace("\n", " ") for cell in row) for row in item.rows)
