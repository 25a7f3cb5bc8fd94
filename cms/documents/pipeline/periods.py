"""When something is to be done, as plans say it: "đến năm 2025", "2023-2025", "quý II/2024", "trước ngày 20/5/2023"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from . import dates

_YEAR = r"20[0-9]{2}"
_SPAN = rf"({_YEAR})\s*(?:-|–|—|đến(?:\s+hết)?(?:\s+năm)?)\s*({_YEAR})(?!\d)"
_SPANS = re.compile(rf"(?<![\d/])(?:giai đoạn|từ năm|từ|năm học|năm|các năm)?\s*{_SPAN}", re.IGNORECASE)
_YEARS = re.compile(
    rf"(?<!\w)(?:đến hết|đến cuối|đến|hết|cuối|trong|vào|các)?\s*năm\s+({_YEAR})"
    rf"((?:\s*(?:,|và)\s*(?:năm\s+)?{_YEAR})*)(?!\d)"
    rf"|(?<!\w)(?:đến|hết|trước)\s+({_YEAR})(?![\d/])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^\W*({_YEAR})((?:\s*(?:,|và|;)\s*{_YEAR})*)\W*$")
_CITED = re.compile(r"\b\d+\s?/\s?(?:\d{4}\s?/\s?)?[A-ZĐ][\w&-]*(?:/[A-ZĐ]\w*)?")
_DATED = re.compile(dates.date_pattern() + r"|tháng\s+\d{1,2}\s*(?:năm\s+|/\s?)20\d\d", re.IGNORECASE)
_NOW = re.compile(r"\btừ nay\b|\bkể từ (?:khi|ngày)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:đến|trước|hết|chậm nhất|cuối|muộn nhất|hoàn thành)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\btrước\s+(?:ngày\s*)?$", re.IGNORECASE)
_QUARTER = re.compile(
    rf"\bquý\s+([IVX]+|[1-4])((?:\s*(?:,|và|-|–|đến)\s*(?:quý\s+)?(?:IV|I{{1,3}}|[1-4]))*)\s*(?:/|-|,|năm|\s)\s*(?:năm\s*)?({_YEAR})",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\btháng\s+(\d{{1,2}})\s*(?:/|năm)\s*({_YEAR})", re.IGNORECASE)
_RECURRING = (
    ("yearly", re.compile(r"\b(?:hàng|hằng|mỗi) năm\b|\bhàng năm học\b", re.IGNORECASE)),
    ("quarterly", re.compile(r"\b(?:hàng|hằng|mỗi) quý\b", re.IGNORECASE)),
    ("monthly", re.compile(r"\b(?:hàng|hằng|mỗi) tháng\b", re.IGNORECASE)),
    ("continuous", re.compile(r"\bthường xuyên\b|\bliên tục\b", re.IGNORECASE)),
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True)
class Period:
    """A time as printed (`raw`) and what can be said of it for certain.

    `due` is the last day, `start` the first; None where the text does not say (a "từ nay" without the day of signing, a
    school year whose days another document sets). `recurring`: yearly, quarterly, monthly, continuous or "".
    """

    raw: str
    start: date | None = None
    due: date | None = None
    years: tuple[int, ...] = ()
    recurring: str = ""


def years_in(text: str) -> tuple[tuple[int, ...], str]:
    """The years a passage is about, with the words that say so; those of dates and of cited documents are not.

    A span gives its first and last year: "giai đoạn 2023-2025" is (2023, 2025).
    """
    text = _CITED.sub(_blank, _DATED.sub(_blank, text))
    found = _SPANS.search(text)
    single = _YEARS.search(text)
    if found and (single is None or found.start() <= single.start()):
        return (int(found[1]), int(found[2])), found[0].strip()
    if single:
        years = [single[1] or single[3], *re.findall(_YEAR, single[2] or "")]
        return tuple(map(int, years)), single[0].strip()
    if found := _BARE.match(text):
        return tuple(map(int, re.findall(_YEAR, found[0]))), found[0].strip()
    return (), ""


def read_period(raw: str) -> Period:
    """A time as a field or a column of a plan gives it."""
    raw = " ".join(raw.split()).strip(" .;,")
    recurring = next((name for name, pattern in _RECURRING if pattern.search(raw)), "")
    since_now = bool(_NOW.search(raw))
    start, due = _days(raw) or _quarters(raw) or _months(raw) or (None, None)
    years, said = years_in(raw)
    if due is None and years and "năm học" not in said.lower():
        start, due = date(years[0], 1, 1), date(years[-1], 12, 31)
        if _UNTIL.match(said) or (len(years) == 1 and _UNTIL.search(raw)):
            start = None
    elif due is not None and not years:
        years = (due.year,)
    return Period(raw, None if since_now else start, due, years, recurring)


def _days(raw: str) -> tuple[date | None, date] | None:
    """Days in figures. "trước ngày 20" means the 19th at the latest."""
    found = [(match, dates.from_match(match)) for match in re.finditer(dates.date_pattern(), raw, re.IGNORECASE)]
    found = [(match, day) for match, day in found if day]
    if not found:
        return None
    match, last = found[-1]
    if _BEFORE.search(raw[: match.start()]):
        last -= timedelta(days=1)
    return (found[0][1] if len(found) > 1 else None), last


def _quarters(raw: str) -> tuple[date | None, date] | None:
    match = _QUARTER.search(raw)
    if not match:
        return None
    printed = [match[1], *re.findall(r"IV|I{1,3}|[1-4]", match[2].upper())]
    numbers = [_ROMAN.get(item.upper()) or (int(item) if item.isdigit() else 0) for item in printed]
    if not all(numbers):
        return None
    year, first, last = int(match[3]), min(numbers), max(numbers)
    start = date(year, first * 3 - 2, 1)
    return (None if _UNTIL.search(raw[: match.start()]) else start), _month_end(year, last * 3)


def _months(raw: str) -> tuple[date | None, date] | None:
    found = [match for match in _MONTH.finditer(raw) if 1 <= int(match[1]) <= 12]
    if not found:
        return None
    first, last = found[0], found[-1]
    if re.search(r"\btrước\s+$", raw[: last.start()], re.IGNORECASE):
        return None, date(int(last[2]), int(last[1]), 1) - timedelta(days=1)
    open_start = len(found) == 1 and _UNTIL.search(raw[: first.start()])
    start = None if open_start else date(int(first[2]), int(first[1]), 1)
    return start, _month_end(int(last[2]), int(last[1]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _blank(match: re.Match) -> str:
    return " " * len(match[0])
