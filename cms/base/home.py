"""What the front page shows: each room that exists adds its section."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Section = dict[str, Any]

SECTIONS: list[tuple[int, Callable[[HttpRequest], Section | None]]] = []
"""(order, maker) pairs; a maker returns ``{"template", ...}`` or nothing. Rooms append theirs when ready."""


def sections(request: HttpRequest) -> list[Section]:
    """The sections of the front page, in order."""
    made = (make(request) for _, make in sorted(SECTIONS, key=lambda pair: pair[0]))
    return [section for section in made if section]
