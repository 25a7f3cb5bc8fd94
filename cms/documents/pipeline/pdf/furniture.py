"""What pages repeat and nobody reads as text: running heads and feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from .layout import Row

_SHARE = 0.6
_ZONE = 0.16
_NUMBER = re.compile(
    r"^(?:[-–—]\s*)?(?:trang\s*:?\s*)?(\d{1,4})(?:\s*(?:/|trên)\s*\d{1,4})?(?:\s*[-–—])?$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[tuple[float, list[Row]]]) -> list[list[Row]]:
    """Rows of each page (height, rows) without what repeats at one place on 60 % of the pages, and without numbers."""
    counted: Counter[tuple[str, int]] = Counter()
    for height, rows in pages:
        counted.update({key for row in rows for key in _keys(row, height)})
    least = max(2, _SHARE * len(pages))
    repeated = {key for key, count in counted.items() if count >= least}
    kept = [[row for row in rows if not any(key in repeated for key in _keys(row, height))] for height, rows in pages]
    return _without_numbers([(height, rows) for (height, _), rows in zip(pages, kept, strict=True)])


def _keys(row: Row, height: float) -> list[tuple[str, int]]:
    """What a row is counted under: its words with numbers levelled, and its place, in two overlapping rasters."""
    if not (row.y < _ZONE * height or row.y > (1 - _ZONE) * height) or len(row.text) > 250:
        return []
    text = _DIGITS.sub("#", row.text.casefold())
    from_bottom = row.y > height / 2
    place = height - row.y if from_bottom else row.y
    sign = -1 if from_bottom else 1
    return [(text, sign * int(place // 6 + 1)), (text + "\n", sign * int((place + 3) // 6 + 1))]


def _without_numbers(pages: Sequence[tuple[float, list[Row]]]) -> list[list[Row]]:
    """A lone number at the top or bottom edge is a page number when it counts on with the pages."""
    found: list[tuple[int, int, Row]] = []
    offsets: Counter[int] = Counter()
    for number, (height, rows) in enumerate(pages, start=1):
        for row in _edge_rows(rows, height):
            if match := _NUMBER.match(row.text):
                found.append((number, int(match[1]), row))
                offsets[int(match[1]) - number] += 1
    dropped = {id(row) for number, value, row in found if value == number or offsets[value - number] >= 2}
    return [[row for row in rows if id(row) not in dropped] for _, rows in pages]


def _edge_rows(rows: list[Row], height: float) -> list[Row]:
    if not rows:
        return []
    top, bottom = min(rows, key=lambda row: row.y), max(rows, key=lambda row: row.y)
    found = [top] if top.y < _ZONE * height else []
    return [*found, bottom] if bottom.y > (1 - _ZONE) * height and bottom is not top else found
