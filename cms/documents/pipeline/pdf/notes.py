"""Footnotes: small lines at the foot of a page whose number is raised somewhere in its text."""

import re
from collections.abc import Sequence

from .layout import Row

_RAISED = re.compile(r"(?<=\S)([⁰¹²³⁴-⁹]{1,3})")
_STARTS = re.compile(r"^([⁰¹²³⁴-⁹]{1,3}|\d{1,3})[.)]?\s*(?=\S)")
_DOWN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER = 0.93


def mark_notes(rows: Sequence[Row], body_size: float) -> None:
    """Mark the footnotes of one page as such, their number as a raised one."""
    called = {mark.translate(_DOWN) for row in rows for mark in _RAISED.findall(row.text)}
    if not called:
        return
    start = len(rows)
    while start and rows[start - 1].size <= _SMALLER * body_size and not rows[start - 1].column:
        start -= 1
    begun = False
    for row in rows[start:]:
        match = _STARTS.match(row.text)
        if match and match[1].translate(_DOWN) in called:
            row.text = f"{match[1].translate(_DOWN).translate(_UP)} {row.text[match.end() :]}"
            begun = True
        row.note = begun
