"""The one thing that was asked for, told at once: a document by its number, an organisation by its name.

Rooms say what their cards tell (``registry.Searchable``); only the index is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import failover
from .asked import Asked
from .engines.base import Engine, IndexMissing, Record
from .query import parse
from .registry import Card, registered, trait
from .service import SORTS, Results

NEWEST = 3


@dataclass(frozen=True)
class Shown:
    """A card with the record it tells of; ``total`` and ``newest`` fill its listing."""

    record: Record
    card: Card
    total: int = 0
    newest: tuple[Record, ...] = ()


def card_of(record: Record) -> Card | None:
    make = trait(record.kind, "card")
    return make(record) if make else None


def named(asked: Asked, found: Results) -> Shown | None:
    """The one thing that bears exactly the name that was typed, among kinds whose titles are names; nothing on later
    pages, among filters, or where several are called so."""
    if not found.total or asked.chosen or asked.sort != SORTS[0] or found.page != 1:
        return None
    kinds = [kind for kind, room in registered().items() if getattr(room, "is_named", False)]
    name = parse(found.shown_for or found.query.text).spelling
    if not kinds or not name:
        return None
    shown, _stood_in = failover.answer(lambda engine: _named(engine, kinds, name), usable=lambda _found: True)
    return shown


def _named(engine: Engine, kinds: Sequence[str], name: str) -> Shown | None:
    try:
        reader = engine.reader()
    except IndexMissing:
        return None
    total, keys = reader.listed({"kind": kinds}, name=name, limit=1)
    if total != 1:
        return None
    record = reader.records(keys)[keys[0]]
    card = card_of(record)
    if card is None:
        return None
    if not card.listing:
        return Shown(record, card)
    count, newest = reader.listed(card.listing.filters, limit=NEWEST)
    records = reader.records(newest)
    return Shown(record, card, count, tuple(records[key] for key in newest if key in records))
