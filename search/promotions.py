"""What the office puts above the results of certain questions.

The search page asks the database nothing, so the promotions stand in a small file that is written anew when one is
saved. Whether a promoted page may be read at this moment the index says: it holds what the public may see and nothing
else, so a page that is taken off is not promoted from the same moment it is not found."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from . import editions
from .concepts import concepts
from .engines import EMBEDDED, engine
from .engines.base import IndexMissing, Record
from .learning.files import Remembered, write
from .query import parse
from .question import Query
from .registry import registered
from .service import Results

logger = logging.getLogger(__name__)

MOST = 3
_ALIKE = frozenset({"concept", "number", "date", "percent"})
_NUMBER_WORDS = frozenset({"so", "hieu"})
"""Said before a number, they ask for nothing."""

Wanted = tuple[str, ...]


@dataclass(frozen=True)
class Promoted:
    """``url`` is root-relative without a language prefix, or another site's (``is_outside``)."""

    title: str
    url: str
    note: str = ""
    is_outside: bool = False


@dataclass(frozen=True)
class Row:
    """A promotion as the table keeps it; ``key`` names a page in the index."""

    title: str
    note: str
    key: str
    address: str
    starts: date | None
    ends: date | None

    def holds(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


def wanted(query: Query) -> Wanted:
    """What a question asks for, in order: an abbreviation and its words are one thing, so are the spellings of a
    number, and marks make no difference. Nothing where something is excluded: that is another question."""
    if query.excluded:
        return ()
    plain = [term.mark if term.kind in _ALIKE and term.mark else " ".join(term.words) for term in query.terms]
    if any(term.kind == "number" for term in query.terms):
        plain = [part for part in plain if part not in _NUMBER_WORDS]
    return (*plain, *(" ".join(phrase.words) for phrase in query.phrases))


def _made(rows: list[dict]) -> dict[Wanted, tuple[Row, ...]]:
    table: dict[Wanted, tuple[Row, ...]] = {}
    for row in rows:
        days = (date.fromisoformat(row[name]) if row[name] else None for name in ("starts", "ends"))
        made = Row(row["title"], row["note"], row["key"], row["address"], *days)
        for key in dict.fromkeys(wanted(parse(line)) for line in row["queries"]):
            if key:
                table[key] = (*table.get(key, ()), made)
    return table


_table: Remembered[dict[Wanted, tuple[Row, ...]]] = Remembered("promotions.json", _made, lambda: concepts().digest)


def promoted(query: Query, day: date | None = None) -> tuple[Promoted, ...]:
    """What is promoted for this question and may be seen now, at most ``MOST``. Never raises; asks the database
    nothing."""
    try:
        rows = [row for row in _table.get().get(wanted(query), ()) if row.holds(day or localdate())]
        records = _records(row.key for row in rows if row.key) if rows else {}
    except (OSError, ValueError, KeyError, TypeError):
        logger.exception("promotions: the table cannot be read")
        return ()
    return tuple(_shown(rows, records))[:MOST]


def for_results(results: Results) -> tuple[Promoted, ...]:
    """For what was typed, or for what it was read as (a keyboard without its converter, another spelling). The table is
    read with the list of concepts the question was read with, else an editor's concept would part the two."""
    with editions.reading(results.analysis):
        found = promoted(results.query)
        read_as = results.shown_for or (results.plan.read_as if results.plan else "")
        return found or (promoted(parse(read_as)) if read_as else ())


def _shown(rows: Iterable[Row], records: dict[str, Record]) -> Iterable[Promoted]:
    for row in rows:
        if row.key and (record := records.get(row.key)):
            yield Promoted(row.title or record.title, record.url, row.note)
        elif row.address:
            yield Promoted(row.title, row.address, row.note, not row.address.startswith("/"))


def _records(keys: Iterable[str]) -> dict[str, Record]:
    try:
        return dict(engine(EMBEDDED).reader().records(list(keys)))
    except IndexMissing:
        return {}


def refresh() -> bool:
    """Write the table anew from the database; True where it has changed."""
    from .models import PromotedResult

    rows = [_as_json(row) for row in PromotedResult.objects.select_related("page")]
    return write(_table.path, [row for row in rows if row["key"] or row["address"]])


def refresh_after_commit(**_told: Any) -> None:
    """For the signals of the model. A table that cannot be written now is written by the next tick."""
    transaction.on_commit(refresh, robust=True)


def _as_json(row: Any) -> dict[str, Any]:
    return {
        "queries": row.lines,
        "title": row.title,
        "note": row.note,
        "key": key_of(row.page) if row.page else "",
        "address": row.address,
        "starts": row.starts_on.isoformat() if row.starts_on else "",
        "ends": row.ends_on.isoformat() if row.ends_on else "",
    }


def key_of(page: Any) -> str:
    """The name of a page in the index; "" while the public may not see it. Kinds number their things each from 1, so
    the address decides which is meant."""
    for searchable in registered().values():
        for entry in searchable.entries([page.pk]):
            if page.url_path.endswith(entry.url):
                return entry.key
    return ""
