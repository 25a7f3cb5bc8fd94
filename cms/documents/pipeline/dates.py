"""Dates as administrative documents write them: 25/12/2023, 06/6/2022, "ngày 31 tháng 08 năm 2022"."""

import re
from datetime import date

DATE = (
    r"(?:ngày\s*)?(?:(?P<{p}d1>\d{{1,2}})\s?(?P<{p}s>[/.-])\s?(?P<{p}m1>\d{{1,2}})\s?(?P={p}s)\s?(?P<{p}y1>\d{{4}})(?!\d)"
    r"|(?P<{p}d2>\d{{1,2}})\s*tháng\s*(?P<{p}m2>\d{{1,2}})\s*năm\s*(?P<{p}y2>\d{{4}})(?!\d))"
)
_FULL = re.compile(DATE.format(p=""), re.IGNORECASE)
_ISO = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$")


def date_pattern(prefix: str = "") -> str:
    """A regular expression for a date, its groups named with `prefix`, for use inside a longer one."""
    return DATE.format(p=prefix)


def from_match(match: re.Match, prefix: str = "") -> date | None:
    """The date of a match of `date_pattern`, or None where there is no such day."""
    day, month, year = (match[f"{prefix}{part}1"] or match[f"{prefix}{part}2"] for part in "dmy")
    if day is None:
        return None
    return _day(int(year), int(month), int(day))


def find_date(text: str) -> date | None:
    """The first date written in `text`, or None."""
    if match := _ISO.match(text):
        return _day(*map(int, match.groups()))
    match = _FULL.search(text)
    return from_match(match) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
