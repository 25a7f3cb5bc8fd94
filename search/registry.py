"""What can be found. A room registers a ``Searchable``; search knows no room.

    register(DocumentSearchable())      # in the room's AppConfig.ready()

The entries a searchable yields are the whole truth: what the public may see at this moment and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, runtime_checkable

HIDDEN = frozenset({"status", "cited"})
"""Facets that are never shown nor counted and only weigh."""


@dataclass(frozen=True)
class Passage:
    """A piece of an entry that can be landed on: ``anchor`` on its page, ``path`` the headings above it."""

    anchor: str
    path: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Entry:
    """One thing to find. ``key`` is ``"{kind}:{id}"``; ``url`` is root-relative without a language prefix;
    ``aliases`` are other names and numbers, as good as a title; ``facets`` maps a facet's name (type,
    issuer, year, topic) to (value, label) pairs. Two are never shown and only weigh: ``status`` (replaced, expired,
    withdrawn) and ``cited`` (how many documents cite this one, brought down to a power of two, at most 32)."""

    key: str
    kind: str
    title: str
    url: str
    number: str = ""
    aliases: tuple[str, ...] = ()
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    date: date | None = None
    version: int = 0
    passages: tuple[Passage, ...] = ()


@runtime_checkable
class Searchable(Protocol):
    """A kind of thing a room wants found."""

    kind: str

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """What the public may see now among these ids; ``None`` means everything. An id that yields nothing
        must not be in the index."""


_registered: dict[str, Searchable] = {}


def register(searchable: Searchable) -> None:
    """Make a kind findable. Registering a kind again replaces it."""
    _registered[searchable.kind] = searchable


def registered() -> Mapping[str, Searchable]:
    """Every searchable by its kind, a copy."""
    return dict(_registered)
