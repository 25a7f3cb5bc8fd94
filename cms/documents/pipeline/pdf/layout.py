"""The printed lines of a page: words put together by baseline, marks of footnotes recognised by their raised place."""

import re
import statistics
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .. import characters
from ..lines import Box
from .glyphs import SOFT_HYPHEN, Word

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = re.compile(r"^[(\[]?(\d{1,3})[)\]]?$")
_SAME_BASELINE = 0.3
"""Of the size of type: words that far apart in height still stand on one line."""


@dataclass(slots=True)
class Row:
    """One printed line. `y` is its baseline, `right` where its column ends (for "would the next word have fitted")."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int
    first_width: float
    words: list[Word] = field(repr=False, default_factory=list)
    first_bold: bool = False
    left: float = 0.0
    right: float = 0.0
    column: str = ""
    centred: bool = False
    above: float | None = None
    """Distance to the baseline above in the same column of the page; None for the first."""

    note: bool = False
    box: Box | None = None


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """Printed lines, from the top down."""
    words = [word for word in words if word.text.strip()]
    if not words:
        return []
    size = statistics.median(word.size for word in words)
    plain = [word for word in words if not _may_be_raised(word, size)]
    groups: list[list[Word]] = []
    for word in sorted(plain, key=lambda word: (word.y, word.x0)):
        if groups and word.y - groups[-1][0].y <= _SAME_BASELINE * max(word.size, groups[-1][0].size):
            groups[-1].append(word)
        else:
            groups.append([word])
    raised = _attach_raised([word for word in words if _may_be_raised(word, size)], groups)
    rows = [row_of(group, page, raised) for group in groups]
    return sorted(rows, key=lambda row: (row.y, row.x0))


def _may_be_raised(word: Word, size: float) -> bool:
    return word.size < 0.8 * size and bool(_DIGITS.match(word.text))


def _attach_raised(small: Sequence[Word], groups: list[list[Word]]) -> set[int]:
    """Put small numbers on the line they are raised above; those that stand on no line get one of their own.

    Returns the ids of the words that are raised.
    """
    raised: set[int] = set()
    bases = [group[0].y for group in groups]
    extra: list[list[Word]] = []
    for word in sorted(small, key=lambda word: (word.y, word.x0)):
        at = bisect_left(bases, word.y - 2)
        for index in range(at, min(at + 2, len(groups))):
            group = groups[index]
            size = group[0].size
            up = group[0].y - word.y
            touches = any(-0.3 * size <= word.x0 - other.x1 <= 0.4 * size for other in group)
            touches = touches or 0 <= min(other.x0 for other in group) - word.x1 <= 0.8 * size
            if up < 0.75 * size and (touches or up < 0.1 * size):
                group.append(word)
                if up > 0.12 * size:
                    raised.add(id(word))
                break
        else:
            if extra and word.y - extra[-1][0].y <= _SAME_BASELINE * word.size:
                extra[-1].append(word)
            else:
                extra.append([word])
    groups += extra
    return raised


def row_of(words: list[Word], page: int, raised: set[int] | None = None) -> Row:
    """One line of words that stand on it, left to right."""
    words = sorted(words, key=lambda word: word.x0)
    parts: list[str] = []
    first_end = words[0].x1
    for index, word in enumerate(words):
        text = word.text
        up = raised is not None and id(word) in raised
        if up:
            text = _DIGITS.sub(lambda match: match[1].translate(_SUPERSCRIPT), text)
        glued = index > 0 and (up or word.glued) and word.x0 - words[index - 1].x1 < 0.4 * word.size
        if index and not glued:
            parts.append(" ")
        elif index and len(parts) == index:  # still inside the first run of glued words
            first_end = word.x1
        parts.append(text)
    text = tidy("".join(parts))
    main = [word for word in words if raised is None or id(word) not in raised] or words
    return Row(
        text=text,
        x0=words[0].x0,
        x1=max(word.x1 for word in words),
        y=statistics.median(word.y for word in main),
        size=statistics.median(word.size for word in main),
        bold=all(word.bold for word in main),
        page=page,
        first_width=first_end - words[0].x0,
        words=words,
        first_bold=main[0].bold,
    )


def tidy(text: str) -> str:
    """Look-alike letters and odd spaces put right; a soft hyphen stays only where it divides a word at the end."""
    divided = text.rstrip().endswith(SOFT_HYPHEN)
    text = characters.nfc(" ".join(characters.without_lookalikes(text)[0].split()))
    return text + SOFT_HYPHEN if divided else text


def glue(text: str, following: str) -> str:
    """Two lines of one paragraph put together: without a space behind a hyphen or a slash that belongs to a word."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + following
    if text[-1:] in "?&=/_" and "://" in text.rsplit(" ", 1)[-1]:
        return text + following
    if text[-1:] in ("-", "/") and text[-2:-1].strip() and following[:1].isalnum():
        if text[-1] == "-" and _is_divided(text, following):
            return text[:-1] + following
        return text + following
    return f"{text} {following}"


_TAIL = re.compile(r"(?<![^\W\d_])[a-z]{3,}-$")
_HEAD = re.compile(r"^[a-z]{2,}\b")


def _is_divided(text: str, following: str) -> bool:
    """A foreign word divided at the end of a line ("manage-ment"); Vietnamese syllables are never divided."""
    return bool(_TAIL.search(text[-40:])) and bool(_HEAD.match(following[:40]))


def set_distances(rows: Sequence[Row]) -> None:
    """Fill `above` of lines that follow each other in one column of one page."""
    before: Row | None = None
    for row in rows:
        same = before is not None and before.page == row.page and before.column == row.column
        row.above = row.y - before.y if same and row.y > before.y else None
        before = row
