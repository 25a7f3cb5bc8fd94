"""Has the ground under a document moved? Of its legal bases, which were replaced, repealed or ran out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from cms.base.privacy import is_restricted
from cms.base.searchables import public_pages

from .effects import effects_on, facts_with
from .models import DocumentPage, Relation
from .status import Status, status_on

_HEAD = (
    "number", "doc_type", "title", "official_title", "slug", "live", "issued_on", "effective_from", "expires_on",
    "period", "withdrawn_on",
)  # fmt: skip

_ROW = ("source_id", "raw", "number", "number_key", "type_word", "issued_on", "issuer_key", "anchor")


@dataclass(frozen=True)
class Base:
    """A legal basis that no longer holds, and what became of it."""

    label: str
    title: str
    url: str
    anchor: str
    status: Status


@dataclass(frozen=True)
class Health:
    """``total`` legal bases in the preamble, each counted once; ``replaced`` are those that no longer hold."""

    total: int
    replaced: tuple[Base, ...] = ()


@dataclass(frozen=True)
class Row:
    """A document of the office with its health."""

    page: DocumentPage
    url: str
    health: Health


def bases_of(sources: Iterable[int]) -> list[Relation]:
    """The preamble's bases of these documents with what their status needs. One statement."""
    return list(
        Relation.objects.filter(source__in=sources, in_preamble=True, is_first=True)
        .select_related("target")
        .annotate(target_restricted=is_restricted("target__path"))
        .only(*_ROW, *(f"target__{name}" for name in _HEAD))
        .order_by("source_id", "pk")
    )


def basis_health(page: DocumentPage, relations: Sequence[Relation] | None = None, day: date | None = None) -> Health:
    """Of one page. ``relations`` are its rows if they are loaded already (with ``target``); then one statement."""
    rows = bases_of([page.pk]) if relations is None else [r for r in relations if r.in_preamble and r.is_first]
    return _health(rows, effects_on({r.target_id for r in rows if _is_open(r)}), day or localdate())


def offices_list(organisation_ids: Iterable[int], day: date | None = None) -> list[Row]:
    """Public documents these organisations answer for that rest on something that no longer holds; those with most
    such bases first. Three statements."""
    theirs = DocumentPage.objects.live().filter(organisation__in=list(organisation_ids))
    by_page: dict[int, list[Relation]] = {}
    for row in bases_of(theirs.values("pk")):
        by_page.setdefault(row.source_id, []).append(row)
    effects = effects_on({r.target_id for rows in by_page.values() for r in rows if _is_open(r)})
    found = {pk: _health(rows, effects, day or localdate()) for pk, rows in by_page.items()}
    ill = {pk: health for pk, health in found.items() if health.replaced}
    pages = public_pages(DocumentPage.objects.filter(pk__in=ill)).select_related("issuer").defer("body")
    rows = [Row(page, f"/van-ban/{page.slug}/", ill[page.pk]) for page in pages]
    return sorted(rows, key=lambda row: (-len(row.health.replaced), row.page.number_key, row.page.pk))


def _is_open(row: Relation) -> bool:
    return bool(row.target_id) and row.target.live and not getattr(row, "target_restricted", False)


def _health(rows: Sequence[Relation], effects: dict, day: date) -> Health:
    gone: list[Base] = []
    seen: set = set()
    for row in rows:
        known = row.target_id or (row.number_key, row.issued_on, row.issuer_key)
        if known in seen:
            continue
        seen.add(known)
        if not _is_open(row):
            continue
        status = status_on(facts_with(row.target, effects.get(row.target_id, ())), day)
        if status.is_gone:
            label = f"{row.type_word} {row.number}".strip()
            gone.append(Base(label, row.target.full_title, f"/van-ban/{row.target.slug}/", row.anchor, status))
    return Health(len(seen), tuple(gone))
