"""From the text an editor wrote to what the public page, search and other documents need of it."""

from dataclasses import asdict
from typing import Any

from django.db.models import Q

from cms.organisations.models import OrganisationName
from cms.organisations.naming import name_key

from .models import Citation, DocumentPage, DocumentText
from .pipeline import Node, find_citations, nodes_from_blocks
from .pipeline.abbreviations import find_abbreviations


def raw_blocks(page: DocumentPage) -> list[dict[str, Any]]:
    """The body as plain data: ``[{"type", "value", "id"}, …]``."""
    return [{"type": block["type"], "value": block["value"], "id": block.get("id")} for block in page.body.raw_data]


def make_nodes(page: DocumentPage) -> list[Node]:
    return nodes_from_blocks(raw_blocks(page))


def stored_nodes(page: DocumentPage) -> list[Node]:
    """Those kept at the last publication."""
    text = getattr(page, "text", None)
    return [_node(data) for data in text.nodes] if text else make_nodes(page)


def _node(data: dict[str, Any]) -> Node:
    return Node(**data | {"rows": tuple(tuple(row) for row in data.get("rows", ()))})


def derive(page: DocumentPage) -> None:
    """Store nodes, glossary and citations of a public page and settle what cites it, in the publishing transaction."""
    nodes = make_nodes(page)
    glossary = [asdict(abbreviation) for abbreviation in find_abbreviations(nodes)]
    DocumentText.objects.update_or_create(
        page=page, defaults={"nodes": [asdict(node) for node in nodes], "glossary": glossary}
    )
    _store_citations(page, nodes)
    settle_incoming(page)


def _store_citations(page: DocumentPage, nodes: list[Node]) -> None:
    found = find_citations(nodes, own_number_key=page.number_key)
    rows = [
        Citation(
            source=page,
            kind=c.kind,
            raw=c.raw[:300],
            number=c.number[:100],
            number_key=c.key[:100],
            type_word=c.type_word[:40],
            issuer_raw=c.issuer_raw[:300],
            issuer_key=name_key(c.issuer_raw) if c.issuer_raw else "",
            issued_on=c.issued_on,
            title_raw=c.title_raw,
            anchor=c.anchor,
            start=c.start,
            end=c.end,
        )
        for c in found
    ]
    _inherit_facts(rows)
    candidates = _candidates({row.number_key for row in rows}, page.pk)
    for row in rows:
        fitting = [c for c in candidates.get(row.number_key, []) if _agrees(row, c)]
        row.target_id = fitting[0]["pk"] if len(fitting) == 1 else None
    Citation.objects.filter(source=page).delete()
    Citation.objects.bulk_create(rows, batch_size=500)


def _inherit_facts(rows: list[Citation]) -> None:
    """A document named with its date once is named bare afterwards; the later mention means the same one."""
    known: dict[str, Citation] = {}
    for row in rows:
        if row.issued_on or row.issuer_key:
            known.setdefault(row.number_key, row)
    for row in rows:
        first = known.get(row.number_key)
        if first and not row.issued_on and not row.issuer_key:
            row.issued_on, row.issuer_key = first.issued_on, first.issuer_key


def _candidates(keys: set[str], own_id: int) -> dict[str, list[dict[str, Any]]]:
    """Public documents by number key, each with the keys of its issuer's names."""
    pages = list(
        DocumentPage.objects.live()
        .filter(number_key__in=keys - {""})
        .exclude(pk=own_id)
        .values("pk", "number_key", "issued_on", "issuer_id", "issuer_raw")
    )
    names: dict[int, set[str]] = {}
    for organisation_id, key in OrganisationName.objects.filter(
        organisation__in={p["issuer_id"] for p in pages if p["issuer_id"]}
    ).values_list("organisation_id", "key"):
        names.setdefault(organisation_id, set()).add(key)
    by_key: dict[str, list[dict[str, Any]]] = {}
    for page in pages:
        page["issuer_keys"] = names.get(page["issuer_id"], set()) | (
            {name_key(page["issuer_raw"])} if page["issuer_raw"] else set()
        )
        by_key.setdefault(page["number_key"], []).append(page)
    return by_key


def _agrees(row: Citation, candidate: dict[str, Any]) -> bool:
    """The number is the same already; the date or the issuer agrees too, and two dates do not differ (law 14)."""
    if row.issued_on and candidate["issued_on"] and row.issued_on != candidate["issued_on"]:
        return False
    same_date = bool(row.issued_on) and row.issued_on == candidate["issued_on"]
    same_issuer = bool(row.issuer_key) and row.issuer_key in candidate["issuer_keys"]
    return same_date or same_issuer


def settle_incoming(page: DocumentPage) -> None:
    """Citations that waited for this document find it; those it no longer fits, or that it may not show, let go."""
    mine = Citation.objects.filter(target=page)
    if not (page.live and page.number_key):
        mine.update(target=None)
        return
    issuer_keys = set(OrganisationName.objects.filter(organisation=page.issuer_id).values_list("key", flat=True)) | (
        {name_key(page.issuer_raw)} if page.issuer_raw else set()
    )
    by_issuer = Q(issuer_key__in=issuer_keys - {""})
    by_date = Q(issued_on=page.issued_on) if page.issued_on else Q(pk__in=[])
    not_contradicted = Q(issued_on__isnull=True) | by_date if page.issued_on else Q()
    fits = Q(number_key=page.number_key) & not_contradicted & (by_date | by_issuer)
    mine.exclude(fits).update(target=None)
    waiting = Citation.objects.filter(fits, target__isnull=True).exclude(source=page)
    twins = DocumentPage.objects.live().filter(number_key=page.number_key, issued_on=page.issued_on)
    if page.issued_on and twins.exclude(pk=page.pk).exists():
        # Two offices gave one number on one day: the date alone does not tell them apart.
        waiting = waiting.filter(by_issuer)
    waiting.update(target=page)
