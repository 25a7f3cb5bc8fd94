"""What can be found, and what of it can be chosen. A room registers; search knows no room.

    register(DocumentSearchable())                                  # in the room's AppConfig.ready()
    register_facet(Facet("level", "cap-hoc", _("School level")))

The entries a searchable yields are the whole truth: what the public may see at this moment and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, runtime_checkable

from django.utils.translation import gettext_lazy as _

HIDDEN = frozenset({"status", "cited"})
"""Facets that are never shown nor counted and only weigh."""


@dataclass(frozen=True)
class Passage:
    """A piece of an entry that can be landed on: ``anchor`` on its page, ``path`` the headings above it. ``place`` is
    what stands between the headings and the passage (the numbers of the items it is in); it is shown and not searched.
    ``url``: where this very place is read, if that is not on the entry's page (a page of an attached file)."""

    anchor: str
    path: tuple[str, ...]
    text: str
    place: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing to find. ``key`` is ``"{kind}:{id}"``; ``url`` is root-relative without a language prefix;
    ``aliases`` are other names and numbers, as good as a title; ``facets`` maps a facet's name (type,
    issuer, year, topic) to (value, label) pairs. Two are never shown and only weigh: ``status`` (replaced, expired,
    withdrawn) and ``cited`` (how many documents cite this one, brought down to a power of two, at most 32).
    ``details`` are kept beside it, not searched: what the room's ``card`` tells without asking the database."""

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
    details: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Searchable(Protocol):
    """A kind of thing a room wants found. Beside what is required it may have

    - ``label``: the kind's name, many of them;
    - ``marks_words``: its pages mark the words of a question in their address (``?q=``);
    - ``is_named``: its titles are names; they are offered from the first letters, and asking for one by its exact name
      is answered with its card;
    - ``card(record) -> Card | None``: what is told at once of the one thing that was asked for.
    """

    kind: str

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        """What the public may see now among these ids; ``None`` means everything. An id that yields nothing
        must not be in the index."""


@dataclass(frozen=True)
class Fact:
    """A line of a card; ``url`` root-relative, without a language prefix."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Listing:
    """What else belongs to a card: how many entries have these facets, and the newest of them. ``url`` leads to all."""

    label: str
    filters: Mapping[str, Sequence[str]]
    url: str


@dataclass(frozen=True)
class Card:
    """What is told at once of the one thing that was asked for. ``links`` are (label, address)."""

    facts: tuple[Fact, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    listing: Listing | None = None


@dataclass(frozen=True)
class Facet:
    """What results can be chosen by. ``name`` as entries have it; ``parameter`` its name in addresses; values are
    shown the commonest first, or (``by_value``) the greatest first."""

    name: str
    parameter: str
    label: Any
    by_value: bool = False


_registered: dict[str, Searchable] = {}
_facets: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("kind", "muc", _("Kind of result")),
        Facet("type", "loai", _("Document type")),
        Facet("issuer", "co-quan", _("Issuer")),
        Facet("year", "nam", _("Year"), by_value=True),
        Facet("topic", "chu-de", _("Topic")),
    )
}


def register(searchable: Searchable) -> None:
    """Make a kind findable. Registering a kind again replaces it."""
    _registered[searchable.kind] = searchable


def registered() -> Mapping[str, Searchable]:
    """Every searchable by its kind, a copy."""
    return dict(_registered)


def trait(kind: str, name: str, otherwise: Any = None) -> Any:
    """What a kind says of itself beside its entries; ``otherwise`` where it says nothing or nobody knows it."""
    return getattr(_registered.get(kind), name, otherwise)


def register_facet(facet: Facet) -> None:
    """Let results be chosen by it, in the order of registering. Its parameter must be its own."""
    taken = {other.parameter for other in _facets.values() if other.name != facet.name}
    if facet.parameter in taken | {"q", "trang", "page", "sap-xep", "nguyen-van"}:
        raise ValueError(f"the parameter {facet.parameter!r} is taken")
    _facets[facet.name] = facet


def facets() -> Mapping[str, Facet]:
    """Every facet by its name, in their order, a copy."""
    return dict(_facets)
