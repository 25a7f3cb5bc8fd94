"""Laws named without their number: by name and year ("Luật Giáo dục năm 2019") or by name and day, as the preambles of
Nghị định 30/2020/NĐ-CP do ("Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from . import dates


@dataclass(frozen=True)
class NamedLaw:
    """A law in a text: `start` and `end` hold its word, its name and its year or day."""

    type_word: str
    name: str
    year: int
    issued_on: date | None
    start: int
    end: int


_WORD = re.compile(r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b")
_ENDS = r"(?:năm|ngày|số|này|có|được|đã|quy|về|Luật|Bộ luật|Nghị định|Nghị quyết)\b"
_YEAR = (
    rf"(?:\s*,?\s(?:(?:được\s)?(?:Quốc hội\s)?(?:thông qua|ban hành|ký)\s)?(?:{dates.date_pattern()})"
    r"|\s(?:năm\s|\(\s?(?:năm\s)?)?(?P<year>(?:19|20)\d{2})(?![\w/]|[.,-]\d)(?:\s?\))?)"
)
_NAMED = re.compile(rf"(?P<name>(?:,?\s(?!{_ENDS})[^\W\d_]{{1,12}}(?:-[^\W\d_]{{1,12}})?){{0,16}}?){_YEAR}")
# The laws a law amends stand in its name; the year is that of the amending one.
_AMENDING = re.compile(rf"(?P<name>\ssửa đổi\b[^;.()\n\d]{{0,240}}?){_YEAR}")
_NUMBER_FOLLOWS = re.compile(r"\s?[,(]?\s?(?:(?:Bộ luật|Luật|Pháp lệnh)\s)?số\b")


def find_laws(text: str) -> Iterator[NamedLaw]:
    """Laws with a year but no number; one whose number follows in the sentence is left to its number."""
    reached = 0
    for word in _WORD.finditer(text):
        if word.start() < reached:
            continue
        amending = text.startswith(" sửa đổi", word.end())
        match = (_AMENDING if amending else _NAMED).match(text, word.end())
        if match is None or _NUMBER_FOLLOWS.match(text, match.end()):
            continue
        name = " ".join(match["name"].split())
        if not (name[:1].isupper() or amending or word[0] == "Hiến pháp"):
            continue
        day = dates.from_match(match)
        year = int(match["year"]) if match["year"] else day.year if day else 0
        if not year:
            continue
        reached = match.end()
        yield NamedLaw(word[0], name, year, day, word.start(), match.end())
