"""Lines to paragraphs: what a page break or a fixed width tore is joined, what was run together is taken
apart.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import marks, names
from .characters import CAPITALS
from .lines import Item, Line, Repair

_OPEN_WORDS = frozenset(
    "của và hoặc về các những với cho từ tại theo trong bởi là để đến như bằng giữa cùng mà khi nếu vì".split()
)
_OPEN_NAMES = frozenset(("Bộ", "Sở", "Phòng", "Trường", "Thông tư", "UBND", "Nghị định", "Quyết định"))
_WANTS_NUMBER = frozenset("năm ngày tháng khoảng đạt từ đến trên dưới lớp khối quý điều khoản điểm mục".split())
_WANTS_MARK = frozenset(("Điều", "điều", "khoản", "Khoản", "điểm", "Điểm"))
_ENDS = (".", ";", ":", "!", "?", "…", "/.")
_NOTE = re.compile(r"^(?:([¹²³⁰⁴-⁹]{1,3})\s*|\[(\d{1,3})\]\s+)(?=\S)")
_MID_NUMBER = re.compile(rf"(?<=[.;:])\s+(?=(\d{{1,2}})\.\s+[{CAPITALS}])")
_MID_DASH = re.compile(rf"\s[-–]\s(?=[{CAPITALS}])")
_TORN_NUMBER = re.compile(r"\d/(?:[\w&]{1,14}[-/]){0,4}$")
_OFFICE_WORDS = frozenset(("Bộ", "Sở", "Phòng", "Ban", "Trường", "Trung", "Vụ", "Cục", "Chi", "Hội", "Văn"))
_LONGEST_LABEL = 90


@dataclass(frozen=True)
class Wrapping:
    """How lines of a text end: `width` where it was broken at a fixed width (0 where a line is a
    paragraph).
    """

    width: int = 0
    blank_separated: bool = False


def note_mark(text: str) -> tuple[str, str] | None:
    """The mark and text of a footnote ("¹ …", "[1] …"), marks in plain digits; None for other lines."""
    match = _NOTE.match(text)
    if not match:
        return None
    sign = (match[1] or match[2]).translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    return sign, text[match.end() :].strip()


def wrapping(items: Sequence[Item]) -> Wrapping:
    """Learn from the whole text whether its lines were broken at a fixed width."""
    lines = [item for item in items if isinstance(item, Line)]
    adjacent = [
        (before, line)
        for before, line in itertools.pairwise(lines)
        if not line.blank_before and marks.parse(line.text) is None
    ]
    torn = [before for before, line in adjacent if line.text[:1].islower() and not before.text.endswith(_ENDS)]
    if len(torn) < 6 or len(torn) < len(lines) * 0.12:
        return Wrapping()
    widths = sorted(len(before.text) for before in torn)
    separated = sum(1 for line in lines if line.blank_before) > len(lines) * 0.15
    return Wrapping(width=widths[len(widths) // 2], blank_separated=separated)


def join(items: Sequence[Item]) -> list[Item]:
    """Items with torn paragraphs made whole; a joined line keeps the number of its first, and where others begin."""
    wrapped = wrapping(items)
    joined: list[Item] = []
    parts: list[Line] = []
    last: Line | None = None

    def close() -> None:
        if parts and isinstance(first := joined[-1], Line):
            starts = itertools.accumulate(len(line.text) + 1 for line in (first, *parts[:-1]))
            begun = tuple((start, line.number) for start, line in zip(starts, parts, strict=True))
            text = " ".join([first.text, *(line.text for line in parts)])
            joined[-1] = replace(first, text=text, joined=begun)
        parts.clear()

    for item in items:
        if isinstance(item, Line) and last is not None and _goes_on(joined[-1], last, item, wrapped):
            parts.append(item)
            last = item
            continue
        close()
        joined.append(item)
        last = item if isinstance(item, Line) else None
    close()
    return joined


def _goes_on(first: Item, before: Line, line: Line, wrapped: Wrapping) -> bool:
    """Whether `line` belongs to the paragraph that `first` began and `before` ended so far."""
    text, previous = line.text, before.text
    if line.hashes or before.hashes or line.bold != before.bold or marks.appendix(text) or note_mark(text):
        return False
    word = previous.rsplit(" ", 1)[-1]
    if (mark := marks.parse(text)) is not None:
        return not mark.is_bullet and word in _WANTS_MARK
    adjacent = not line.blank_before
    if adjacent and _TORN_NUMBER.search(previous[-40:]):
        return True
    ended = previous.endswith(_ENDS)
    if text[:1].islower():
        return not ended or (adjacent and previous.endswith(":"))
    if adjacent and wrapped.width and len(previous) >= wrapped.width * 0.75 and (wrapped.blank_separated or not ended):
        return not text.startswith("(")
    if ended or text[:1] in "(-":
        return False
    if text[:1].isdigit():
        return word.lower() in _WANTS_NUMBER or previous.endswith(",")
    if names.is_capitals(text):
        head = first.text if isinstance(first, Line) else ""
        return (adjacent and names.is_capitals(head)) or (names.is_capitals(previous) and word.lower() in _OPEN_WORDS)
    if word in _OPEN_WORDS:
        return len(previous) > 30
    return previous.endswith(",") or (word in _OPEN_NAMES and len(previous) > 40)


def split(items: Sequence[Item]) -> tuple[list[Item], list[Repair]]:
    """Items with list items that were run together on one line taken apart, and what was taken apart."""
    result: list[Item] = []
    repairs: list[Repair] = []
    last = 0
    for index, item in enumerate(items):
        if not isinstance(item, Line):
            result.append(item)
            continue
        following = items[index + 1] if index + 1 < len(items) else None
        pieces, last = _pieces(item.text, last, _is_bullet(following))
        if len(pieces) > 1:
            repairs.append(Repair(item.number, item.text, "\n".join(pieces)))
        result.append(replace(item, text=pieces[0]))
        end = item.text.find(pieces[0]) + len(pieces[0])
        for piece in pieces[1:]:
            start = item.text.find(piece, end)
            end = start + len(piece)
            number = max((number for at, number in item.joined if at <= start), default=item.number)
            result.append(replace(item, text=piece, number=number, blank_before=1, bold=False, hashes=0))
    return result, repairs


def _is_bullet(item: Item | None) -> bool:
    mark = marks.parse(item.text) if isinstance(item, Line) else None
    return mark is not None and mark.is_bullet


def _pieces(text: str, last: int, bullet_follows: bool) -> tuple[list[str], int]:
    """The parts of one line, and the number the running sequence "1. 2. 3." stands at behind it."""
    mark = marks.parse(text)
    if mark and mark.style == "arabic":
        last = mark.ordinal
    elif (mark and mark.style in ("roman", "upper", "article", "chapter", "part")) or marks.appendix(text):
        last = 0
    cuts = [0]
    for match in _MID_NUMBER.finditer(text):
        if last and int(match[1]) == last + 1:
            cuts.append(match.end())
            last += 1
    cuts.append(len(text))
    numbered = [text[start:end].strip() for start, end in itertools.pairwise(cuts)]
    pieces: list[str] = []
    for index, part in enumerate(numbered):
        pieces += _dashed(part, bullet_follows and index == len(numbered) - 1)
    return [piece for piece in pieces if piece] or [text], last


def _dashed(text: str, bullet_follows: bool) -> list[str]:
    """Parts at " - X" behind a full stop, or where the last part is a label and the next line goes on with "-
    ".
    """
    cuts = [0]
    for match in _MID_DASH.finditer(text):
        if match.start() and (text[match.start() - 1] in ".;:" or (bullet_follows and _is_label(text, match))):
            cuts.append(match.start() + 1)
    cuts.append(len(text))
    return [text[start:end].strip() for start, end in itertools.pairwise(cuts)]


def _is_label(text: str, dash: re.Match) -> bool:
    """The last part, a label of three words or more; not the second half of an office's name.

    "… đã ban hành - Tên nội dung công việc:" is one, "Sở Lao động - Thương binh và Xã hội:" is none.
    """
    label = text[dash.end() :]
    if not label.endswith(":") or len(label) > _LONGEST_LABEL or label.count(" ") < 2 or _MID_DASH.search(label):
        return False
    before = text[max(0, dash.start() - 60) : dash.start()].split()[-4:]
    return before[-1].isupper() or not any(word in _OFFICE_WORDS for word in before)
