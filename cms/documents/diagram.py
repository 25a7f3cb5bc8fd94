"""Lược đồ: what a document does to others and others to it.

Every list is read from an index in its order, so that a million relations cost what a hundred do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import pgettext_lazy

from cms.base.privacy import is_restricted

from .enums import RelationKind
from .models import DocumentPage, Relation

PER_PAGE = 100
_SHOWN = 1_000
"""Rows of its own a page lists at most at once; the text links all of them."""

_K = RelationKind
ORDER = (
    _K.REPLACES, _K.REPEALS, _K.AMENDS, _K.CORRECTS, _K.CONSOLIDATES, _K.GUIDES, _K.IMPLEMENTS, _K.LEGAL_BASIS,
    _K.SAME_SUBJECT, _K.MENTION,
)  # fmt: skip
OUTGOING = {
    _K.LEGAL_BASIS: pgettext_lazy("this document", "Is based on"),
    _K.MENTION: pgettext_lazy("this document", "Mentions"),
    _K.IMPLEMENTS: pgettext_lazy("this document", "Implements"),
    _K.GUIDES: pgettext_lazy("this document", "Guides"),
    _K.AMENDS: pgettext_lazy("this document", "Amends"),
    _K.REPLACES: pgettext_lazy("this document", "Replaces"),
    _K.REPEALS: pgettext_lazy("this document", "Repeals"),
    _K.CORRECTS: pgettext_lazy("this document", "Corrects"),
    _K.CONSOLIDATES: pgettext_lazy("this document", "Consolidates"),
    _K.SAME_SUBJECT: pgettext_lazy("this document", "Same subject"),
}
INCOMING = {
    _K.LEGAL_BASIS: pgettext_lazy("this document", "Is the legal basis of"),
    _K.MENTION: pgettext_lazy("this document", "Is mentioned in"),
    _K.IMPLEMENTS: pgettext_lazy("this document", "Is implemented by"),
    _K.GUIDES: pgettext_lazy("this document", "Is guided by"),
    _K.AMENDS: pgettext_lazy("this document", "Is amended by"),
    _K.REPLACES: pgettext_lazy("this document", "Is replaced by"),
    _K.REPEALS: pgettext_lazy("this document", "Is repealed by"),
    _K.CORRECTS: pgettext_lazy("this document", "Is corrected by"),
    _K.CONSOLIDATES: pgettext_lazy("this document", "Is consolidated in"),
    _K.SAME_SUBJECT: pgettext_lazy("this document", "Same subject"),
}


@dataclass(frozen=True)
class Row:
    """The other document, once for each kind. ``url`` is "" where the site does not hold it, ``anchor`` the passage
    (of this document outgoing, of the other one incoming) that says so."""

    kind: str
    kind_label: str
    label: str
    title: str
    url: str
    issued_on: date | None
    issuer: str
    anchor: str
    number_key: str = ""
    is_partial: bool = False
    is_ambiguous: bool = False
    is_stated: bool = False


@dataclass(frozen=True)
class Group:
    """The rows of one kind in one direction: ``rows`` is one page of ``count``."""

    kind: str
    label: str
    count: int
    rows: tuple[Row, ...]
    page: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PER_PAGE))

    @property
    def more(self) -> int:
        """How many are on other pages."""
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Diagram:
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]

    @property
    def count(self) -> int:
        return sum(group.count for group in (*self.outgoing, *self.incoming))


def relations_of(page: DocumentPage, kind: str = "", number: int = 1) -> Diagram:
    """Everything a document does to others and others to it. Three statements.

    Incoming: the newest hundred of all kinds together, or with ``kind`` page ``number`` of that kind.
    """
    outgoing = _outgoing(page)
    incoming = Relation.objects.filter(target=page.pk, is_first=True).exclude(source__in=restricted_pages())
    counts = dict(incoming.order_by().values_list("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    number = max(1, number)
    rows = incoming.filter(kind=kind) if kind in RelationKind.values else incoming
    start = (number - 1) * PER_PAGE
    found = [from_source(row) for row in with_source(rows)[start : start + PER_PAGE]]
    return Diagram(outgoing, tuple(_grouped(found, INCOMING, counts, number)))


def incoming_counts(page: DocumentPage) -> dict[str, int]:
    """How many public documents name this one, by kind, for the tabs. One statement."""
    rows = Relation.objects.filter(target=page.pk, is_first=True).exclude(source__in=restricted_pages())
    return dict(rows.order_by().values_list("kind").annotate(n=Count("pk")).values_list("kind", "n"))


def restricted_pages() -> RawSQL:
    """The ids of pages behind a restriction of their own or of one above. From the few restrictions to their subtrees,
    by the index of paths (a step of a path is four of 0–9, A–Z): asking each of a hundred thousand rows is slow."""
    return RawSQL(
        "SELECT hidden.id FROM wagtailcore_pageviewrestriction r CROSS JOIN wagtailcore_page top "
        "CROSS JOIN wagtailcore_page hidden WHERE top.id = r.page_id "
        "AND hidden.path >= top.path AND hidden.path <= top.path || 'ZZZZ'",
        [],
    )


def _outgoing(page: DocumentPage) -> tuple[Group, ...]:
    rows = (
        Relation.objects.filter(source=page.pk, is_first=True)
        .select_related("target__issuer")
        .annotate(target_restricted=is_restricted("target__path"))
        .only(
            "kind", "origin", "is_partial", "is_ambiguous", "raw", "number", "number_key", "type_word", "issuer_raw",
            "issued_on", "title_raw", "anchor", "target__slug", "target__live", "target__title", "target__number",
            "target__official_title", "target__doc_type", "target__issued_on", "target__issuer_raw",
            "target__issuer__name",
        )
        .order_by("pk")[:_SHOWN]
    )  # fmt: skip
    found = [row for row in map(_to_target, rows) if row.label]
    counts: dict[str, int] = {}
    for row in found:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return tuple(_grouped(found, OUTGOING, counts, 1))


def _to_target(row: Relation) -> Row:
    target = row.target if row.target and row.target.live and not row.target_restricted else None
    return Row(
        kind=row.kind,
        kind_label=str(OUTGOING[RelationKind(row.kind)]),
        label=f"{row.type_word} {row.number}".strip() or (label_of(target) if target else ""),
        title=target.full_title if target else row.title_raw,
        url=f"/van-ban/{target.slug}/" if target else "",
        issued_on=target.issued_on if target else row.issued_on,
        issuer=target.issuer_name if target else row.issuer_raw,
        anchor=row.anchor,
        number_key=row.number_key,
        is_partial=row.is_partial,
        is_ambiguous=row.is_ambiguous,
        is_stated=row.origin == "editor",
    )


def with_source(rows: QuerySet) -> QuerySet:
    return (
        rows.select_related("source__issuer")
        .only(
            "kind", "origin", "is_partial", "anchor", "number_key", "source__slug", "source__title", "source__number",
            "source__official_title", "source__doc_type", "source__issued_on", "source__issuer_raw",
            "source__issuer__name",
        )
        .order_by("-source_on", "-source_id")
    )  # fmt: skip


def from_source(row: Relation) -> Row:
    source = row.source
    return Row(
        kind=row.kind,
        kind_label=str(INCOMING[RelationKind(row.kind)]),
        label=label_of(source),
        title=source.full_title,
        url=f"/van-ban/{source.slug}/",
        issued_on=source.issued_on,
        issuer=source.issuer_name,
        anchor=row.anchor,
        number_key=row.number_key,
        is_partial=row.is_partial,
        is_stated=row.origin == "editor",
    )


def label_of(page: DocumentPage) -> str:
    return page.heading if page.number else page.title


def _grouped(rows: Sequence[Row], labels: dict, counts: dict[str, int], number: int) -> Iterable[Group]:
    for kind in ORDER:
        mine = tuple(row for row in rows if row.kind == kind)
        if counts.get(kind):
            yield Group(kind, str(labels[kind]), counts[kind], mine, number)
