"""The top of a document: office, number, place and date, type, title, addressees.

Everything above the first "Căn cứ …", numbered heading or table is looked at; what is recognised leaves the
stream.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from search.text import strip_marks

from . import dates, docnumbers, doctypes, issuer, marks, names
from .lines import Item, Line, Repair

_MOTTO = re.compile(r"^\W*(?:cong hoa xa hoi chu nghia|doc lap\W+tu do|dang cong san viet nam)")
_NUMBER_LINE = re.compile(r"^Số(?:\s+hiệu|\s+ký hiệu)?\s*:\s*(?P<rest>.*)$|^Số\s+(?=\d)(?P<rest2>.*)$", re.IGNORECASE)
_NUMBER = re.compile(docnumbers.NUMBER)
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d,;:]{1,38}?)\s*,\s*ngày\s*(?P<day>[\d.…]*)\s*tháng\s*(?P<month>[\d.…]*)\s*năm\s*(?P<year>[\d.…]*)"
)
_MISREAD_DATE = re.compile(
    r"ngày\s*[\dlIO|]{1,2}\s*tháng\s*[\dlIO|]{1,2}\s*năm\s*[\dlIO|]{4}(?![\w/])"
    r"|(?<![\w/])(?=[\dlIO|]*\d)[\dlIO|]{1,2}/[\dlIO|]{1,2}/(?=[lIO|]*\d)[\dlIO|]{4}(?![\w/])"
)
_WORDS_OF_DATE = re.compile(r"ngày|tháng|năm")
_DATE_ALONE = re.compile(r"^\W*[Nn]gày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}\W*$")
_ABOUT = re.compile(r"^V\s?/\s?v\s*:?\s*", re.IGNORECASE)
_ADDRESSED = re.compile(r"^K[ií]nh g[uử]i\s*:?\s*", re.IGNORECASE)
_BASIS = re.compile(
    r"^\W{0,3}(?:Căn cứ|Xét|Theo (?:đề nghị|Quyết định|Kế hoạch|Công văn)|(?:Thực hiện|Triển khai|Tiếp "
    r"theo)\s.{0,60}?\bsố\s*:?\s*\d)"
)
_LOOK = 60
_LONGEST_BESIDE = 60
"""Letters of the rest of a letter's "V/v …" printed below the motto and date that stand beside its first line."""


@dataclass
class Letterhead:
    """What was recognised, with its lines; `taken` are the indexes of the stream it took."""

    office_lines: list[Line] = field(default_factory=list)
    number: str | None = None
    number_line: Line | None = None
    place: str | None = None
    issued_on: date | None = None
    date_line: Line | None = None
    type: doctypes.DocType | None = None
    type_line: Line | None = None
    title_lines: list[Line] = field(default_factory=list)
    title: str | None = None
    addressees: list[str] = field(default_factory=list)
    addressee_lines: list[Line] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def body_start(items: Sequence[Item]) -> int:
    """Index of the first item that is body for certain: a legal basis, a numbered heading, a table."""
    for index, item in enumerate(items[:_LOOK]):
        if not isinstance(item, Line) or _BASIS.match(item.text):
            return index
        mark = marks.parse(item.text)
        if mark and not mark.is_bullet and mark.ordinal <= 1:
            return index
    return min(len(items), _LOOK)


def read_letterhead(items: Sequence[Item]) -> Letterhead:
    """Read the top of the stream."""
    head = Letterhead()
    end = body_start(items)
    lines = {index: item for index, item in enumerate(items[:end]) if isinstance(item, Line)}
    addressed = _addressees(items, lines, head)
    end = min(end, addressed) if addressed is not None else end
    for index, line in lines.items():
        if index < end:
            _one_line(index, line, head)
    first = min((i for i, line in lines.items() if line in (head.number_line, head.type_line)), default=None)
    _offices(lines, first if first is not None else 0, head)
    _title(items, end, head)
    return head


def _one_line(index: int, line: Line, head: Letterhead) -> None:
    """Motto, number, place and date, type: each stands on a line of its own, or number and date share one."""
    text = line.text
    if _MOTTO.match(strip_marks(text)):
        head.taken.add(index)
        return
    match = _NUMBER_LINE.match(text)
    if match and head.number_line is None:
        rest = match["rest"] or match["rest2"] or ""
        number = _NUMBER.match(rest.strip())
        if number or (len(rest) < 40 and match["rest2"] is None):  # "SỐ 2" alone ends the name of an office
            head.number, head.number_line = number[0] if number else None, line
            head.taken.add(index)
            text = rest[number.end() :] if number else rest
    if head.date_line is None and len(line.text) < 110:
        _place_date(index, line, text, head)
    if head.type is None:
        _type(index, line, head)


def date_digits(text: str) -> str:
    """The text with the digits of its dates read as digits: OCR takes 1 for l, I or |, and 0 for O."""

    def read(match: re.Match) -> str:
        words = _WORDS_OF_DATE.findall(match[0])
        parts = _WORDS_OF_DATE.split(match[0])
        parts = [part.translate(str.maketrans("lI|O", "1110")) for part in parts]
        return parts[0] + "".join(word + part for word, part in zip(words, parts[1:], strict=True))

    return _MISREAD_DATE.sub(read, text)


def place_and_date(text: str) -> tuple[str | None, date | None] | None:
    """Place and date of a line that says nothing else: "Ví Dụ, ngày 5 tháng 9 năm 2024"; the day may be
    blank.
    """
    text = date_digits(text)
    match = _PLACE_DATE.search(text)
    if match and match.end() >= len(text.rstrip(" .")) - 1:
        return match["place"].strip(" ."), dates.find_date(text[match.end("place") :])
    if _DATE_ALONE.match(text):
        return None, dates.find_date(text)
    return None


def _place_date(index: int, line: Line, text: str, head: Letterhead) -> None:
    if found := place_and_date(text):
        head.place, head.issued_on = found
        head.date_line = line
        head.taken.add(index)
        if (reading := date_digits(text)) != text:
            head.repairs.append(Repair(line.number, text, reading))


def _type(index: int, line: Line, head: Letterhead) -> None:
    text = line.text.strip(" :.")
    capitals = names.is_capitals(text)
    if kind := doctypes.by_word(text):
        if capitals or line.bold or line.hashes:
            head.type, head.type_line = kind, line
            head.taken.add(index)
        return
    found = doctypes.by_first_words(text)
    if not found and line.hashes and (kind := doctypes.by_word(" ".join(text.split()[:2]))):
        found = kind, " ".join(text.split()[2:])
    if found and (line.hashes or not names.starts_organisation(text)):
        head.type, head.title = found
        head.type_line = line
        head.title_lines.append(line)
        head.taken.add(index)


def _offices(lines: dict[int, Line], first: int, head: Letterhead) -> None:
    """Names of offices above the number or the type: capitals, or a short line that begins as an office
    does.
    """
    for index, line in lines.items():
        if index >= first or index in head.taken or line.column == "right":
            continue
        begins = names.starts_organisation(line.text)
        if len(line.text) < 90 and (begins or (head.office_lines and names.is_capitals(line.text))):
            head.office_lines.append(line)
            head.taken.add(index)


def _title(items: Sequence[Item], end: int, head: Letterhead) -> None:
    """Below the type; in a letter below the number ("V/v …"), where it may go on over several short lines."""
    start = None
    for index, item in enumerate(items[:end]):
        if item is head.type_line or (head.type_line is None and item is head.number_line):
            start = index + 1
    if start is None:
        return
    letter = head.type_line is None
    begun = bool(head.title_lines)
    beside = False
    for index in range(start, len(items)):
        line = items[index]
        if index in head.taken:
            beside = letter and begun
            continue
        if beside and not (isinstance(line, Line) and line.text[:1].islower() and len(line.text) <= _LONGEST_BESIDE):
            break
        if not isinstance(line, Line) or index >= end or (letter and line.column == "right"):
            break
        if begun and not _continues(head.title_lines[-1], line):
            break
        if line.text.startswith("(") or (not begun and _is_sentence(line)):
            break
        head.title_lines.append(line)
        head.taken.add(index)
        begun = True
    parts = [line.text for line in head.title_lines if line is not head.type_line]
    joined = " ".join([head.title or "", *parts]).strip(" *:")
    head.title = _capitalised(_ABOUT.sub("", joined).strip()) or None
    if head.title and len(head.title) < 3:
        head.title = None


def _continues(before: Line, line: Line) -> bool:
    """Whether a line goes on with the title: no gap, or the gap tore a sentence or a heading in capitals."""
    if _is_sentence(line) or before.text.endswith((".", ";", ":")):
        return False
    capitals = names.is_capitals(line.text)
    if issuer.from_authority(line.text) or (capitals and not names.is_capitals(before.text)):
        return False
    if not line.blank_before:
        return True
    return line.text[:1].islower() or (capitals and names.is_capitals(before.text) and not line.column)


def _is_sentence(line: Line) -> bool:
    return bool(_BASIS.match(line.text)) or (len(line.text) > 60 and issuer.from_sentence(line.text) is not None)


def _addressees(items: Sequence[Item], lines: dict[int, Line], head: Letterhead) -> int | None:
    """The list behind "Kính gửi:"; returns where it begins."""
    start = next((index for index, line in lines.items() if _ADDRESSED.match(line.text)), None)
    if start is None:
        return None
    inline = _ADDRESSED.sub("", lines[start].text)
    _addressee(lines[start], inline, head)
    head.taken.add(start)
    for index in range(start + 1, min(len(items), start + 40)):
        line = items[index]
        if not isinstance(line, Line) or _BASIS.match(line.text):
            break
        mark = marks.parse(line.text)
        bullet = mark is not None and mark.is_bullet
        ended = head.addressee_lines[-1].text.endswith((";", "."))
        next_line = bool(head.addressees) and not line.blank_before and line.text[:1].islower()
        goes_on = next_line and not ended
        first = not head.addressees and len(line.text) < 120
        if not (bullet or next_line or first):
            break
        if goes_on and not bullet:
            head.addressees[-1] += f" {line.text.rstrip(';., ')}"
            head.addressee_lines.append(line)
        else:
            _addressee(line, mark.rest if bullet else line.text, head)
        head.taken.add(index)
    return start


def _addressee(line: Line, text: str, head: Letterhead) -> None:
    head.addressee_lines.append(line)
    if entry := text.strip().rstrip(";.,").strip():
        head.addressees.append(entry)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
