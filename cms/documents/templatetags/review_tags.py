"""What the review screen's templates need to say where in the original something stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ..pipeline.decode import MAX_BYTES

register = template.Library()

_LINE = re.compile(r"\b(?:line|dòng)\s+(\d{1,9})(?!\d)", re.IGNORECASE)


@register.filter
def line_named(warning: str) -> int | None:
    """The source line a warning speaks of; None when it names none."""
    match = _LINE.search(str(warning))
    return int(match[1]) if match else None


@register.filter
def boxes(source: Iterable[Mapping[str, Any]]) -> list[list[float]]:
    """The place of every piece of the original that stands on a page, as ``[line, page, left, top, right, bottom]``
    (fractions of the page). A piece without a box has only line and page.
    """
    return [[piece["number"], piece["page"], *(piece.get("box") or ())] for piece in source if piece.get("page")]


@register.filter
def page_by_line(source: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """On which page each line of the original stands; empty for a file without pages."""
    return {piece["number"]: piece["page"] for piece in source if piece.get("page")}


@register.filter
def page_numbers(pages: int) -> range:
    return range(1, (pages or 0) + 1)


@register.filter
def only(line: int) -> tuple[int]:
    """One line, for ``place``."""
    return (line,)


@register.filter
def rewrapped(reading: str, raw: str) -> bool:
    """Does a repair only break a line in two? Struck out and written again, both would look the same."""
    return reading != raw and reading.split() == raw.split()


@register.simple_tag
def place(lines: Sequence[int], pages: Mapping[int, int]) -> str:
    """“page 2” where the file has pages, else “line 12” or “lines 12–14”."""
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    if first in pages:
        return _("page %(page)d") % {"page": pages[first]}
    if first == last:
        return _("line %(line)d") % {"line": first}
    return _("lines %(first)d–%(last)d") % {"first": first, "last": last}


@register.simple_tag
def largest_upload() -> int:
    """The size in bytes beyond which a file is not opened."""
    return MAX_BYTES
