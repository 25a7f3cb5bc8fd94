"""Of what matches, what the queryset lets through: permissions and filters stay with the database.

Ten thousand keys go to the database in one parameter, never as ten thousand.

A queryset that shows pages whose drafts are another office's (the page chooser offers every published page) bears the
annotation ``NEWEST``: true for the rows whose newest words may be searched. The others are found by what is published
and by nothing else; otherwise typing a word would tell whether a sibling's draft has it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .matching import Found

NEWEST = "newest_words_may_be_searched"
FEW = 500
MOST = 0.25
"""When more than this share of everything matches, all that the queryset lets through is read instead: 9 ms beside 28
of 10,000."""


@dataclass(frozen=True)
class Row:
    """An object that matches and may be seen; ``newest`` whether its draft may be."""

    pk: int
    newest: bool


def narrowed(queryset: QuerySet, newest: Found, published: Callable[[], Found], total: int = 0) -> list[Row]:
    """What matches and is in the queryset, the best first (in the queryset's order where everything matches).
    ``published`` is what matches by published words; it is asked only where it matters. ``total``: how much there is
    to match at all."""
    restricted = NEWEST in queryset.query.annotations
    public = published() if restricted else newest
    rows = queryset.prefetch_related(None)
    matching = {**newest.scores, **public.scores}
    if not (newest.but or public.but):
        rows = filtered(rows, matching if len(matching) <= max(FEW, total * MOST) else None)
    if restricted:
        pairs: Iterable[tuple[int, bool]] = rows.values_list("pk", NEWEST)
    else:
        pairs = ((pk, True) for pk in rows.values_list("pk", flat=True))
    seen = {pk: Row(pk, bool(own)) for pk, own in pairs if pk in (newest if own else public)}
    if newest.but or public.but:
        return list(seen.values())
    if not restricted:
        return [seen[pk] for pk in newest.scores if pk in seen]
    return sorted(seen.values(), key=lambda row: -(newest if row.newest else public).scores[row.pk])


def filtered(queryset: QuerySet, pks: Iterable[int] | None) -> QuerySet:
    """Those of these keys (``None``: all), in no order; a queryset that is cut or combined is left as it is."""
    if queryset.query.is_sliced or queryset.query.combinator:
        return queryset
    loose = queryset.order_by()
    return loose if pks is None else loose.filter(pk__in=among(pks, connections[queryset.db].vendor))


def among(pks: Iterable[int], vendor: str) -> Any:
    """The keys as one parameter of a statement."""
    keys = list(pks)
    if vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(keys),))
    if vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (keys,))
    return keys
