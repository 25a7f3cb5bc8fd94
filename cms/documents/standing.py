"""How a document stands among the others, for search alone: how many public ones cite it, and whether it is over.

What is public decides, as on the document's own page: a document behind a restriction neither cites nor ends another.
The index is told when another document changes this; that a day has come on which something ends is found by the
nightly comparison (``search.sync.verify``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate

from cms.base.outbox import record

from .diagram import restricted_pages
from .effects import effects_on, facts_with
from .models import DocumentPage, Relation
from .status import EXPIRED, REPEALED, REPLACED, WITHDRAWN, Effect, status_on

MOST_CITED = 32
"""Beyond so many citing documents one more says nothing new."""
WEIGHING = {REPLACED: "replaced", REPEALED: "replaced", EXPIRED: "expired", WITHDRAWN: "withdrawn"}
"""Statuses that put a document behind the others. A plan whose period has ended is what a reader may look for."""

Outgoing = set[tuple[Any, ...]]
"""What a document says of others, as far as their weight depends on it; the first of each is the other's id."""


@dataclass(frozen=True)
class Standing:
    """Of each document: how many cite it, what others do to it."""

    citing: dict[int, int] = field(default_factory=dict)
    effects: dict[int, tuple[Effect, ...]] = field(default_factory=dict)

    def facets(self, page: DocumentPage) -> dict[str, tuple[tuple[str, str], ...]]:
        """Facets nobody sees, which only weigh (``search.registry.Entry``)."""
        found = {}
        if status := WEIGHING.get(status_on(facts_with(page, self.effects.get(page.pk, ())), localdate()).code):
            found["status"] = ((status, status),)
        if citing := self.citing.get(page.pk, 0):
            power = str(2 ** (min(citing, MOST_CITED).bit_length() - 1))
            found["cited"] = ((power, power),)
        return found


def standing(ids: Sequence[int] | None) -> Standing:
    """Of these documents, or of all. Two statements, a few more where documents end each other."""
    rows = Relation.objects.filter(is_first=True, target__isnull=False).exclude(source__in=restricted_pages())
    if ids is not None:
        rows = rows.filter(target__in=ids)
    citing = rows.order_by().values("target").annotate(n=Count("source", distinct=True))
    everything = DocumentPage.objects.live().order_by().values("pk")
    return Standing(dict(citing.values_list("target", "n")), effects_on(everything if ids is None else ids))


def outgoing(page_id: int | None) -> Outgoing:
    """As the database has it now. One statement."""
    rows = Relation.objects.filter(source=page_id, target__isnull=False).order_by()
    facts = ("kind", "is_partial", "effect_counts", "effective_from", "source__effective_from", "source__issued_on")
    return set(rows.values_list("target", *facts))


def tell(page_ids: Iterable[int]) -> None:
    """These weigh otherwise now."""
    record("document", sorted(set(page_ids)))


def tell_difference(before: Outgoing, after: Outgoing) -> None:
    tell(row[0] for row in before ^ after)


def tell_namesakes(number_keys: Any) -> None:
    """Documents of these numbers (keys, or a queryset of them): what names one of them may mean another one now."""
    tell(DocumentPage.objects.live().filter(number_key__in=number_keys).values_list("pk", flat=True))


def tell_cited_below(path: str) -> None:
    """What the documents of a branch of the page tree cite; others may see the branch now, or no longer."""
    rows = Relation.objects.filter(source__path__startswith=path, target__isnull=False)
    tell(rows.order_by().values_list("target", flat=True).distinct())
