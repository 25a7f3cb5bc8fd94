"""Letterhead and signature, printed in two columns side by side: told apart by the gutter no word crosses."""

import itertools
import re
from collections.abc import Sequence

from .. import doctypes, marks, signature
from .layout import Row, rows_of

_MARK = re.compile(
    r"cộng\s*h[oòóõọỏ][aàáãạả]\s*xã\s*hội|độc\s*lập\s*[-–—]+\s*tự\s*do|đảng\s+cộng\s+sản\s+việt\s+nam|(?:^|\s)số\s*:"
    r"|ngày\s*[\dlIO|.…]*\s*tháng\s*[\dlIO|.…]*\s*năm",
    re.IGNORECASE,
)
_BODY = re.compile(r"^\s*(?:Căn cứ|Thực hiện|Theo|Xét|Kính gửi|Điều \d|[IVX]+\.|1\.|.{200})")
_RECIPIENTS = re.compile(r"^\s*n[oơ]i\s+nh[aâậ]n\s*:?", re.IGNORECASE)
_APPENDIX = re.compile(r"^\W*phụ\s+lục\b", re.IGNORECASE)
_ABOUT = re.compile(r"^V\s?/\s?v", re.IGNORECASE)
_HEAD_ROWS = 18
_TAIL_ROWS = 30
_NARROWEST = 0.6
"""Width of the gutter in sizes of type; a space is a quarter."""


def part_columns(rows: list[Row], width: float, first_page: bool) -> list[Row]:
    """The rows of a page, those of a letterhead or signature printed side by side left column first."""
    if first_page:
        rows = _part_letterhead(rows, width)
    return _part_signature(rows, width)


def gutter(rows: Sequence[Row], width: float) -> float | None:
    """Middle of a strip no word of `rows` touches, with words on both sides of it, one row having both."""
    words = sorted((word for row in rows for word in row.words), key=lambda word: word.x0)
    if not words:
        return None
    best: tuple[float, float] | None = None
    end = words[0].x1
    size = max(row.size for row in rows)
    for word in words:
        gap = word.x0 - end
        if gap >= _NARROWEST * size and 0.15 * width < (word.x0 + end) / 2 < 0.85 * width:
            middle = (word.x0 + end) / 2
            if (best is None or gap > best[0]) and any(row.x0 < middle < row.x1 for row in rows):
                best = gap, middle
        end = max(end, word.x1)
    return best[1] if best else None


def _part_letterhead(rows: list[Row], width: float) -> list[Row]:
    head = rows[:_HEAD_ROWS]
    over = next((index for index, row in enumerate(head) if _BODY.match(row.text)), len(head))
    marked = [index for index, row in enumerate(head[:over]) if _MARK.search(row.text)]
    if not marked:
        return rows
    for end in range(marked[-1] + 1, marked[0], -1):
        for start in range(marked[0] + 1):
            middle = gutter(rows[start:end], width)
            if middle is None:
                continue
            end = _head_end(rows, end, middle)
            return [*rows[:start], *_parted(rows[start:end], middle), *rows[end:]]
    return rows


def _head_end(rows: list[Row], end: int, middle: float) -> int:
    """Behind "V/v …" below the number, and behind what a narrow column wrapped."""
    about = False
    while end < len(rows) and rows[end].y - rows[end - 1].y < 2 * rows[end].size:
        row = rows[end]
        if row.x1 < middle:
            about = about or bool(_ABOUT.match(row.text))
            if not about:
                break
        elif row.x0 < middle or not (row.text[:1].islower() or row.text[:1].isdigit()) or marks.parse(row.text):
            break
        end += 1
    return end


def _part_signature(rows: list[Row], width: float) -> list[Row]:
    starts = [index for index, row in enumerate(rows) if not row.column and _RECIPIENTS.match(row.text)]
    if not starts:
        low = max(0, len(rows) - _TAIL_ROWS)
        starts = [low + index for index, row in enumerate(rows[low:]) if not row.column and _offices_beside(row)][:1]
    for start in reversed(starts[-3:]):
        stop = start + 1
        while stop < min(len(rows), start + _TAIL_ROWS) and not _begins_part(rows[stop].text):
            stop += 1
        for end in range(stop, start, -1):
            middle = gutter(rows[start:end], width)
            if middle is None:
                continue
            while start and rows[start - 1].x0 > middle and signature.is_office(rows[start - 1].text):
                start -= 1
            return [*rows[:start], *_parted(rows[start:end], middle), *rows[end:]]
    return rows


def _begins_part(text: str) -> bool:
    """What follows a signature: an appendix, or the title of an attached regulation."""
    return bool(_APPENDIX.match(text)) or doctypes.is_title(text)


def _offices_beside(row: Row) -> bool:
    """Two offices on one line, far apart: "NGƯỜI LẬP BIỂU        HIỆU TRƯỞNG"."""
    words = row.words
    gaps = [(b.x0 - a.x1, index) for index, (a, b) in enumerate(itertools.pairwise(words), start=1)]
    if not gaps or max(gaps)[0] < 3 * row.size:
        return False
    at = max(gaps)[1]
    halves = (" ".join(word.text for word in part) for part in (words[:at], words[at:]))
    return any(signature.is_office(half) for half in halves)


def _parted(rows: Sequence[Row], middle: float) -> list[Row]:
    words = [word for row in rows for word in row.words]
    page = rows[0].page
    found: list[Row] = []
    for column, side in (
        ("left", [w for w in words if w.x0 < middle]),
        ("right", [w for w in words if w.x0 >= middle]),
    ):
        part = rows_of(side, page)
        for row in part:
            row.column = column
        found += part
    return found
