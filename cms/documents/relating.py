"""Which document means which: relations are written when their source is published and settled in the database.

The table is a function of what is public: the rows of a source hold while it is public, and what they point at
depends on their own facts and on the public documents of that number alone, so the order in which documents arrive
changes nothing. Settling is one statement whatever the number of rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from cms.organisations.models import OrganisationName
from cms.organisations.naming import name_key
from search.text import number_key

from .authority import settle_effects
from .enums import RelationKind, RelationOrigin
from .models import DocumentPage, Relation, StatedRelation
from .pipeline import Node, find_citations
from .pipeline.relations import kinds
from .standing import tell_namesakes


@dataclass(frozen=True)
class Facts:
    """What of a document decides who means it, and what it may change."""

    live: bool
    number_key: str
    issued_on: date | None
    issuer_id: int | None
    issuer_key: str
    organisation_id: int | None


def facts_of(page_id: int | None) -> Facts | None:
    """As the database has them now; None for a page that is not there."""
    row = DocumentPage.objects.filter(pk=page_id).values(*Facts.__dataclass_fields__).first() if page_id else None
    return Facts(**row) if row else None


def relate(page: DocumentPage, nodes: Sequence[Node]) -> None:
    """Write the relations of a public page anew, from its text and from what its editor states; settle them."""
    rows = [*_stated(page), *_read(page, nodes)]
    _pin(rows)
    _share_facts(rows)
    _mark_first(rows)
    Relation.objects.filter(source=page).delete()
    Relation.objects.bulk_create(rows, batch_size=500)
    _settle(Q(source=page.pk))


def settle_for(page: DocumentPage, before: Facts | None) -> None:
    """After a page was saved: what named it, or names it now, is settled again where that can have changed.

    ``before`` are its facts before the save. A page that is no longer public says nothing: its rows go.
    """
    now = facts_of(page.pk)
    if now and not now.live:
        Relation.objects.filter(source=page.pk).delete()
    if before == now or not any(facts and facts.live for facts in (before, now)):
        return
    if before and now and before.issued_on != now.issued_on:
        Relation.objects.filter(source=page.pk).update(source_on=now.issued_on or date.min)
    keys = {facts.number_key for facts in (before, now) if facts} - {""}
    _settle(Q(number_key__in=keys) | Q(pinned=page.pk) | Q(source=page.pk))
    tell_namesakes(keys)


def forget(page: DocumentPage) -> None:
    """After a page was deleted: those of its number may now mean another one."""
    settle({page.number_key})


def settle(number_keys: Iterable[str]) -> None:
    """Settle every relation with one of these numbers."""
    if keys := set(number_keys) - {""}:
        _settle(Q(number_key__in=keys))
        tell_namesakes(keys)


def settle_issued_by(organisation_ids: Iterable[int]) -> None:
    """The names of these organisations changed: what may mean a document of theirs is settled again."""
    theirs = DocumentPage.objects.live().filter(issuer__in=list(organisation_ids)).exclude(number_key="")
    if theirs.exists():
        _settle(Q(number_key__in=theirs.order_by().values("number_key")) | Q(source__in=theirs.values("pk")))
        tell_namesakes(theirs.order_by().values("number_key"))


def _settle(scope: Q) -> None:
    rows = Relation.objects.filter(scope)
    chosen = Subquery(
        DocumentPage.objects.live().filter(pk=OuterRef("pinned")).exclude(pk=OuterRef("source")).values("pk")
    )
    rows.update(
        target=Case(When(pinned__isnull=False, then=chosen), default=_one_fitting(), output_field=IntegerField()),
        is_ambiguous=Case(
            When(pinned__isnull=False, then=Value(False)), default=Coalesce(_several_fit(), Value(False))
        ),
    )
    settle_effects(scope)


def _fitting() -> Any:
    """Public documents of the number a relation names that its facts do not contradict and that agree in date or
    issuer (law 14), with ``agreed``: 2 where both agree. Never the source itself."""
    named = OrganisationName.objects.filter(organisation=OuterRef("issuer"), key=OuterRef(OuterRef("issuer_key")))
    by_date = Q(issued_on=OuterRef("issued_on"))
    by_issuer = Q(wanted__gt="") & (Q(issuer_key=F("wanted")) | Exists(named))
    return (
        DocumentPage.objects.live()
        .filter(number_key=OuterRef("number_key"), number_key__gt="")
        .exclude(pk=OuterRef("source"))
        .annotate(
            day=Coalesce(OuterRef("issued_on"), F("issued_on"), output_field=DateField()),
            wanted=Coalesce(OuterRef("issuer_key"), Value(""), output_field=CharField()),
        )
        .filter(Q(issued_on__isnull=True) | Q(issued_on=F("day")))
        .annotate(
            agreed=Case(When(by_date, then=1), default=0, output_field=IntegerField())
            + Case(When(by_issuer, then=1), default=0, output_field=IntegerField())
        )
        .filter(agreed__gt=0)
        .order_by()
    )


def _summed(**columns: Any) -> Any:
    """The fitting documents as one row. Those that agree in date and issuer go before those that agree in one."""
    both, one = Q(agreed=2), Q(agreed=1)
    return (
        _fitting()
        .annotate(together=Value(1))
        .values("together")
        .annotate(
            n_both=Count("pk", filter=both),
            n_one=Count("pk", filter=one),
            id_both=Max("pk", filter=both),
            id_one=Max("pk", filter=one),
        )
        .annotate(**columns)
        .values(*columns)
    )


def _one_fitting() -> Subquery:
    found = Case(
        When(n_both=1, then=F("id_both")), When(n_both=0, n_one=1, then=F("id_one")), output_field=IntegerField()
    )
    return Subquery(_summed(found=found))


def _several_fit() -> Subquery:
    several = Case(When(Q(n_both__gt=1) | Q(n_both=0, n_one__gt=1), then=Value(True)), default=Value(False))
    return Subquery(_summed(several=several))


def _read(page: DocumentPage, nodes: Sequence[Node]) -> list[Relation]:
    found = find_citations(nodes, own_number_key=page.number_key)
    read = kinds(nodes, found, page.full_title)
    return [
        Relation(
            source=page,
            source_on=page.issued_on or date.min,
            kind=kind.kind,
            in_preamble=kind.in_preamble,
            is_partial=kind.is_partial,
            raw=c.raw[:300],
            number=c.number[:100],
            number_key=c.key[:100],
            type_word=c.type_word[:40],
            issuer_raw=c.issuer_raw[:300],
            issuer_key=name_key(c.issuer_raw),
            issued_on=c.issued_on,
            title_raw=c.title_raw,
            anchor=c.anchor,
            start=c.start,
            end=c.end,
        )
        for c, kind in zip(found, read, strict=True)
    ]


def _stated(page: DocumentPage) -> list[Relation]:
    return [_from_statement(page, stated) for stated in page.stated_relations.all() if stated.document_id != page.pk]


def _from_statement(page: DocumentPage, stated: StatedRelation) -> Relation:
    return Relation(
        source=page,
        source_on=page.issued_on or date.min,
        origin=RelationOrigin.EDITOR,
        kind=stated.kind,
        in_preamble=stated.kind == RelationKind.LEGAL_BASIS,
        is_partial=stated.is_partial,
        effective_from=stated.effective_from,
        raw=stated.number,
        number=stated.number,
        number_key=number_key(stated.number)[:100],
        issuer_raw=stated.issuer_raw,
        issuer_key=name_key(stated.issuer_raw),
        issued_on=stated.issued_on,
        pinned_id=stated.document_id,
    )


def _pin(rows: Sequence[Relation]) -> None:
    """What an editor chose holds for what the text says of that number, where she chose one document of it."""
    chosen: dict[str, set[int]] = {}
    for row in rows:
        if row.pinned_id and row.number_key:
            chosen.setdefault(row.number_key, set()).add(row.pinned_id)
    for row in rows:
        if row.origin == RelationOrigin.TEXT and len(one := chosen.get(row.number_key, set())) == 1:
            (row.pinned_id,) = one


def _by_document(rows: Sequence[Relation]) -> list[list[Relation]]:
    """Rows that speak of one document: the one an editor chose; one number and no two dates; without any date, one
    number and no two issuers."""
    by_key: dict[Any, list[Relation]] = {}
    for row in rows:
        by_key.setdefault(row.pinned_id or row.number_key, []).append(row)
    groups: list[list[Relation]] = []
    for key, same in by_key.items():
        days = {row.issued_on for row in same} - {None}
        issuers = {row.issuer_key for row in same} - {""}
        if isinstance(key, int) or len(days) == 1 or (not days and len(issuers) <= 1):
            groups.append(same)
            continue
        apart: dict[Any, list[Relation]] = {}
        for row in same:
            apart.setdefault(row.issued_on or row.issuer_key, []).append(row)
        groups += apart.values()
    return groups


def _share_facts(rows: Sequence[Relation]) -> None:
    """A document named with its date and issuer once is named bare elsewhere; each mention means the same one."""
    for group in _by_document(rows):
        days = {row.issued_on for row in group} - {None}
        issuers = {row.issuer_key for row in group} - {""}
        for row in group:
            if not row.issued_on and len(days) == 1:
                (row.issued_on,) = days
            if not row.issuer_key and len(issuers) == 1:
                (row.issuer_key,) = issuers


def _mark_first(rows: Sequence[Relation]) -> None:
    """Of the rows about one document the first of each kind, those in the text before those beside it; a mention
    only where nothing more is said."""
    for group in _by_document(rows):
        strong = any(row.kind != RelationKind.MENTION for row in group)
        seen = {RelationKind.MENTION} if strong else set()
        for row in sorted(group, key=lambda row: row.origin == RelationOrigin.EDITOR):
            row.is_first = row.kind not in seen
            seen.add(row.kind)
