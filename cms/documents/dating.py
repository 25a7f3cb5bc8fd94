"""Which days a document can have been issued on: one rule for the form, the page and the import."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .pipeline import Reading

FIRST_YEAR = 1945
"""The first year of the state whose offices issue the documents."""

DATES = ("issued_on", "effective_from", "expires_on")
_FAR = {"expires_on"}
"""These may lie many years ahead."""


def impossible_dates(values: Mapping[str, date | None], today: date | None = None) -> dict[str, str]:
    """What is wrong with each date: before 1945, or after next year where that cannot be. Empty: nothing is."""
    last = (today or localdate()).year + 1
    wrong = {}
    for name, day in values.items():
        if day and day.year < FIRST_YEAR:
            wrong[name] = _("%(day)s is before %(year)s. Check the year.") % {
                "day": f"{day:%d/%m/%Y}",
                "year": FIRST_YEAR,
            }
        elif day and name not in _FAR and day.year > last:
            wrong[name] = _("%(day)s is after the end of next year. Check the year.") % {"day": f"{day:%d/%m/%Y}"}
    return wrong


def with_possible_dates(reading: Reading, today: date | None = None) -> Reading:
    """What was read, without dates that cannot be; a warning names each, so that the editor looks at the original."""
    head: dict[str, Any] = {name: getattr(reading.header, name, None) for name in DATES if name not in _FAR}
    wrong = impossible_dates(head, today)
    if not wrong:
        return reading
    return replace(
        reading,
        header=replace(reading.header, **dict.fromkeys(wrong)),
        warnings=(*reading.warnings, *wrong.values()),
    )
