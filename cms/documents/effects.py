"""Reading from the database what ``status`` works on: the effects of public documents on others."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from cms.base.privacy import is_restricted

from .enums import EFFECTS, RelationKind
from .models import DocumentPage, Relation
from .status import Effect, Facts, Status, status_on

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_DEEPEST = 20


def status_of(page: DocumentPage, day: date | None = None) -> Status:
    """The status of one document. One statement."""
    return status_on(facts_with(page, effects_on([page.pk]).get(page.pk, ())), day or localdate())


def facts_with(page: DocumentPage, effects: Iterable[Effect]) -> Facts:
    return Facts(
        doc_type=page.doc_type,
        number=page.number,
        issued_on=page.issued_on,
        effective_from=page.effective_from,
        expires_on=page.expires_on,
        period=page.period,
        effects=tuple(effects),
        withdrawn_on=page.withdrawn_on,
    )


def effects_on(targets: Iterable[Any]) -> dict[int, tuple[Effect, ...]]:
    """The effects on each of these documents (ids, or a queryset of them) that count and that anyone may read.

    One statement; a few more only where two documents of one day or without a date end each other.
    """
    rows = list(
        Relation.objects.filter(target__in=targets, kind__in=EFFECTS, effect_counts=True)
        .filter(~is_restricted("source__path"))
        .select_related("source")
        .only(
            "kind", "is_partial", "effective_from", "target_id", "target__issued_on",
            "source__number", "source__doc_type", "source__title", "source__slug", "source__issued_on",
            "source__effective_from",
        )
        .select_related("target")
    )  # fmt: skip
    circles = _circles([row for row in rows if row.kind in _ENDING and not row.is_partial and _same_age(row)])
    found: dict[int, tuple[Effect, ...]] = {}
    for row in rows:
        found[row.target_id] = (*found.get(row.target_id, ()), _effect(row, (row.source_id, row.target_id) in circles))
    return found


def _effect(row: Relation, is_circular: bool) -> Effect:
    source = row.source
    return Effect(
        kind=row.kind,
        since=row.effective_from or source.effective_from or source.issued_on,
        is_partial=row.is_partial,
        label=source.heading if source.number else source.title,
        url=f"/van-ban/{source.slug}/",
        issued_on=source.issued_on,
        is_circular=is_circular,
    )


def _same_age(row: Relation) -> bool:
    """The dates do not say which of the two came later."""
    days = {row.source.issued_on, row.target.issued_on}
    return len(days) == 1 or None in days


def _circles(rows: list[Relation]) -> set[tuple[int, int]]:
    """Those (source, target) where the target ends the source in turn, through documents of the same age."""
    ends: dict[int, set[int]] = {}
    step = {row.target_id for row in rows}
    for _level in range(_DEEPEST):
        if not step:
            break
        ends |= {one: set() for one in step}
        edges = (
            Relation.objects.filter(
                source__in=step, kind__in=_ENDING, is_partial=False, effect_counts=True, target__isnull=False
            )
            .select_related("source", "target")
            .only("source__issued_on", "target__issued_on")
        )
        for edge in edges:
            if _same_age(edge):
                ends[edge.source_id].add(edge.target_id)
        step = {target for one in step for target in ends[one]} - ends.keys()
    return {(row.source_id, row.target_id) for row in rows if _reaches(ends, row.target_id, row.source_id)}


def _reaches(ends: dict[int, set[int]], start: int, goal: int) -> bool:
    seen, step = {start}, {start}
    while step:
        step = {after for one in step for after in ends.get(one, ())} - seen
        if goal in step:
            return True
        seen |= step
    return False
