"""Printed lines to paragraphs.

Two lines are one paragraph where the first is full (the next word would not have fitted), the second begins where a
paragraph of this document goes on, and neither distance, size, weight nor a mark of a list says otherwise. Where a
paragraph goes on, how far lines stand apart and whether the text is justified is learnt from the document itself.
"""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.text import strip_marks

from .. import marks
from ..lines import Line
from ..paragraphs import note_mark
from .boxes import around
from .layout import Row, glue, set_distances

_ENDS = (".", ";", ":", "!", "?", "…")
_TOLERANCE = 2.5
_MOTTO = "cong hoa xa hoi chu nghia viet nam"
_WANTS_NUMBER = re.compile(r"(?:ngày|tháng|năm|[Ss]ố:?|Điều|điều|[Kk]hoản|[Qq]uý)\s*$")
_LABEL = re.compile(r"^(?:V/v|Kính gửi|Nơi nhận|Số\s*:)", re.IGNORECASE)


@dataclass
class Habits:
    """What a document does: distance of its lines in sizes of type, share of lines going on at a place, justified."""

    leading: float = 1.25
    goes_on_at: dict[int, float] = field(default_factory=dict)
    justified: bool = False


def learn(rows: Sequence[Row]) -> Habits:
    """Habits of a whole document's body lines; `right` and `above` must be set."""
    leadings: list[float] = []
    seen: Counter[int] = Counter()
    lower: Counter[int] = Counter()
    full = exact = 0
    before: Row | None = None
    for row in rows:
        if row.column:
            before = None
            continue
        place = round(row.x0 / 3)
        if not row.centred:
            seen[place] += 1
            lower[place] += row.text[:1].islower()
        if before is not None and row.text[:1].islower() and not before.text.endswith(_ENDS):
            if row.above is not None:
                leadings.append(row.above / max(row.size, 1))
            if not row.centred and not before.centred:
                full += 1
                exact += abs(before.x1 - before.right) <= _TOLERANCE
        before = row
    share = {place: lower[place] / count for place, count in seen.items()}
    leading = statistics.median(leadings) if len(leadings) >= 3 else 1.25
    return Habits(min(max(leading, 0.9), 2.6), share, full >= 6 and exact >= 0.7 * full)


def paragraphs(rows: Sequence[Row], habits: Habits | None = None, start: int = 1, in_cell: bool = False) -> list[Line]:
    """Lines of the pipeline, a paragraph each; `number` counts printed lines from `start`."""
    set_distances(rows)
    if habits is None:
        habits = learn(rows)
    lines: list[Line] = []
    group: list[Row] = []
    waiting: list[Row] = []
    numbers = {id(row): number for number, row in enumerate(rows, start=start)}
    last_note: Row | None = None
    for row in rows:
        if row.note:  # footnotes stand below the page: they come behind the paragraph that goes on over it
            if waiting and last_note is waiting[-1] and not note_mark(row.text):
                waiting[-1].text = glue(waiting[-1].text, row.text)
                if row.page == waiting[-1].page:
                    waiting[-1].box = around((waiting[-1].box, row.box))
            else:
                waiting.append(row)
                last_note = row
            continue
        if group and goes_on(group, row, habits, in_cell):
            group.append(row)
            continue
        if group:
            lines.append(_line(group, numbers, habits))
        lines += [_line([note], numbers, habits) for note in waiting]
        waiting.clear()
        group = [row]
    if group:
        lines.append(_line(group, numbers, habits))
    return lines + [_line([note], numbers, habits) for note in waiting]


def _line(group: list[Row], numbers: dict[int, int], habits: Habits) -> Line:
    first = group[0]
    text = first.text
    for before, row in itertools.pairwise(group):
        text = text + row.text if _is_broken(text, before, row) else glue(text, row.text)
    return Line(
        text=text.rstrip("\u00ad"),
        number=numbers[id(first)],
        raw="\n".join(row.text for row in group),
        page=first.page,
        blank_before=int(first.above is None or first.above > 1.3 * habits.leading * first.size),
        bold=all(row.bold for row in group),
        centred=all(row.centred for row in group),
        column=first.column,
        box=around(row.box for row in group if row.page == first.page),
    )


def _is_broken(text: str, row: Row, following: Row) -> bool:
    """A long word (an address of the web, say) broken where its narrow column ends, without a hyphen.

    `text` is the paragraph so far, `row` its last printed line.
    """
    word = row.text
    if " " in word or row.right - row.x1 > 1.6 * (row.x1 - row.x0) / len(word):
        return False
    if any(sign in text.rsplit(" ", 1)[-1] for sign in ("://", "www.", "@")):
        return True
    rest = strip_marks(following.text.split(" ")[0]).rstrip(").,;:")
    no_syllable = rest.isalpha() and not any(letter in rest for letter in "aeiouy")
    long = len(word) >= 8 and word.isascii() and word[-1].isalnum()
    return long or (len(word) >= 3 and word[-1].isalpha() and no_syllable and len(rest) <= 3)


def goes_on(group: Sequence[Row], row: Row, habits: Habits, in_cell: bool = False) -> bool:
    """Whether `row` belongs to the paragraph of `group`."""
    first, last = group[0], group[-1]
    if row.column or last.column:
        return row.column == last.column and _column_goes_on(group, row, habits)
    if not 0.85 < row.size / last.size < 1.18 or first.note != row.note:
        return False
    if row.above is not None and row.above > 1.3 * habits.leading * max(row.size, last.size):
        return False
    if row.page != last.page and row.page != last.page + 1:
        return False
    if in_cell and _is_broken(last.text, last, row):
        return True
    lower = row.text[:1].islower()
    ended = last.text.endswith(_ENDS)
    if not _is_full(last, row, habits, lower and not ended):
        return False
    if all(part.bold for part in group) != row.first_bold and (row.bold or not row.first_bold) and not lower:
        return False
    if marks.appendix(row.text) or _LABEL.match(row.text) or note_mark(row.text):
        return False
    centred = last.centred and row.centred
    if not centred and not in_cell and not _begins_inside(group, row, habits, lower):
        return False
    if (mark := marks.parse(row.text)) is not None:
        numeric = mark.style.startswith(("arabic", "decimal"))
        if numeric and not ended and (_WANTS_NUMBER.search(last.text) or mark.rest[:1].islower()):
            return True
        hanging = first.x0 - row.x0 > 8 and habits.goes_on_at.get(round(row.x0 / 3), 0) >= 0.5
        return hanging and not ended and not row.bold and (mark.is_bullet or mark.style == "arabic")
    return True


def _column_goes_on(group: Sequence[Row], row: Row, habits: Habits) -> bool:
    """In a letterhead or signature lines are short and their own; only what is plainly torn is put together."""
    last = group[-1]
    if row.above is None or row.above > 1.3 * habits.leading * max(row.size, last.size):
        return False
    text = " ".join(part.text for part in [*group, row])
    if _MOTTO.startswith(" ".join(strip_marks(text).split())):
        return True
    if last.text.endswith(_ENDS) or marks.parse(row.text) or note_mark(row.text):
        return False
    return row.text[:1].islower() or (row.text[:1].isdigit() and bool(_WANTS_NUMBER.search(last.text)))


def _is_full(last: Row, row: Row, habits: Habits, torn: bool) -> bool:
    """Whether the first word of `row` would not have fitted behind `last`."""
    space = 0.2 * last.size
    if last.centred:
        room = (last.right - last.left) - (last.x1 - last.x0)
        return room < space + row.first_width + _TOLERANCE
    if habits.justified and not torn and last.right - last.x1 > 2 * _TOLERANCE:
        return False
    return last.x1 + space + row.first_width > last.right - _TOLERANCE


def _begins_inside(group: Sequence[Row], row: Row, habits: Habits, lower: bool) -> bool:
    """Whether `row` begins where a paragraph goes on, not where one begins."""
    first = group[0]
    if row.page != first.page and abs(row.left - first.left) > _TOLERANCE:  # pages bound on the other side
        return lower
    if len(group) > 1 and not group[1].centred:
        return abs(row.x0 - group[1].x0) <= _TOLERANCE or (lower and row.x0 < group[1].x0 + 20)
    if row.x0 < first.x0 - _TOLERANCE:
        return True
    if row.x0 > first.x0 + _TOLERANCE:
        return lower or (row.x0 - first.x0 < 60 and marks.parse(first.text) is not None)
    flush = first.x0 <= first.left + _TOLERANCE and not group[-1].text.endswith(_ENDS)
    return lower or flush or habits.goes_on_at.get(round(row.x0 / 3), 0) >= 0.15
