"""The checks of a document in Wagtail's checks panel: their facts, in at most ten statements, from nowhere else."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.base.privacy import is_restricted
from media.models import File

from .checks import Attached, Basis, Choice, Facts, Finding, Named, Piece, Place, addresses, findings, path_here
from .enums import RelationKind
from .health import basis_health
from .models import DocumentPage, Relation
from .texts import raw_blocks

ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
DEEPEST = 3
MOST_CANDIDATES = 10
MESSAGES = frozenset({"relation_withdrawn", "circle"})
"""Said at once when the page is saved; the others wait in the panel."""


def checks_of(page: Any, request: HttpRequest | None = None) -> tuple[Finding, ...]:
    """Of the draft as it was last saved."""
    return findings(gather(page, request), localdate())


def gather(page: DocumentPage, request: HttpRequest | None = None) -> Facts:
    pieces = tuple(_pieces(page))
    hosts = _hosts(request)
    said = _said(page)
    stated = list(page.stated_relations.all()) if page.pk else []
    documents = _documents({one.document_id for one in stated} - {None})
    health = basis_health(page, said)
    return Facts(
        pieces=pieces,
        hosts=hosts,
        places=_places({path for one in pieces for url in addresses(one.text) if (path := path_here(url, hosts))}),
        attached=tuple(_attached(page)),
        named=(*_stated(stated, documents), *_meant(said)),
        choices=tuple(_choices(said)),
        bases=tuple(Basis(_words(base.label), base.status.reason, base.label) for base in health.replaced),
        bases_total=health.total,
        circle=_circle(page, {one.document_id for one in stated if one.kind in ENDING}, said),
        signer="" if page.is_summary else page.signer_name,
        review_on=page.review_on,
        is_illustrative=page.is_illustrative,
    )


def _words(label: str) -> str:
    """Of “Quyết định 131/QĐ-TTg” the number: that is what stands in the text as it is."""
    return label.rpartition(" ")[2]


def _pieces(page: DocumentPage) -> Iterable[Piece]:
    for block in raw_blocks(page):
        value, kind = block["value"], block["type"]
        if kind == "heading":
            text = f"{value.get('number') or ''} {value.get('text') or ''}".strip()
        elif kind == "table":
            rows = (value or {}).get("data") or ()
            text = "\n".join(str(cell) for row in rows for cell in row if cell)
        elif kind == "note":
            text = value.get("text") or ""
        else:
            text = value or ""
        yield Piece(block.get("id") or "", text, is_heading=kind == "heading")


def _hosts(request: HttpRequest | None) -> frozenset[str]:
    hosts = {path.root_url for path in Site.get_site_root_paths()}
    names = {url.partition("//")[2].partition(":")[0].partition("/")[0] for url in hosts}
    return frozenset(names | ({request.get_host().partition(":")[0]} if request else set()))


def _places(paths: set[str]) -> dict[str, Place]:
    """Addresses of pages; those the site answers itself (files, search, organisations) are not looked at."""
    wanted = {path: _page_path(path) for path in paths if _is_page(path)}
    if not wanted:
        return {}
    roots = [one.root_path for one in Site.get_site_root_paths()]
    keys = {root + path.removeprefix("/") for path in wanted.values() for root in roots}
    rows = {
        row["url_path"]: row
        for row in Page.objects.filter(url_path__in=keys)
        .annotate(restricted=is_restricted())
        .values("url_path", "live", "restricted", "title", "documentpage__withdrawn_on")
    }
    missing = {path for path in wanted.values() if not any(root + path.removeprefix("/") in rows for root in roots)}
    moved = _moved(missing) if missing else set()
    found = {}
    for path, page_path in wanted.items():
        row = next((rows[key] for root in roots if (key := root + page_path.removeprefix("/")) in rows), None)
        if row:
            is_public = row["live"] and not row["restricted"]
            found[path] = Place(is_public, row["documentpage__withdrawn_on"], row["title"] if is_public else "")
        else:
            found[path] = Place(page_path in moved)
    return found


def _is_page(path: str) -> bool:
    """Answered by a page, or by a sub-address of a document."""
    try:
        match = resolve(path)
    except Resolver404:
        return True
    return match.url_name == "wagtail_serve" or path.startswith("/van-ban/")


def _page_path(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    kept = parts[:2] if parts[:1] == ["van-ban"] else parts
    return "/" + "".join(f"{part}/" for part in kept)


def _moved(paths: set[str]) -> set[str]:
    old = {Redirect.normalise_path(path): path for path in paths}
    return {old[one] for one in Redirect.objects.filter(old_path__in=old).values_list("old_path", flat=True)}


def _attached(page: DocumentPage) -> Iterable[Attached]:
    rows = list(page.attachments.all()) if page.pk else []
    files = File.objects.in_bulk([row.file_id for row in rows]) if rows else {}
    for row in rows:
        file = files.get(row.file_id)
        yield Attached(
            name=row.title or (file.name if file else ""),
            role=row.role,
            is_on_disk=bool(file) and file.blob.storage.exists(file.blob.name),
        )


def _documents(ids: set[int]) -> dict[int, DocumentPage]:
    rows = DocumentPage.objects.filter(pk__in=ids).annotate(restricted=is_restricted()).defer("body") if ids else ()
    return {row.pk: row for row in rows}


def _stated(stated: Sequence[Any], documents: dict[int, DocumentPage]) -> Iterable[Named]:
    for one in stated:
        if document := documents.get(one.document_id):
            open_to_all = document.live and not document.restricted
            yield Named(one.number or document.title, "", open_to_all, document.withdrawn_on)


def _said(page: DocumentPage) -> list[Relation]:
    """What the public text and its editor say of other documents, each document once a kind."""
    rows = Relation.objects.filter(source=page.pk, is_first=True).select_related("target").defer("target__body")
    return list(rows.annotate(target_restricted=is_restricted("target__path")).order_by("pk")) if page.pk else []


def _meant(said: Sequence[Relation]) -> Iterable[Named]:
    for row in said:
        if row.target_id and row.target.withdrawn_on and row.origin == "text":
            yield Named(row.number, row.number, row.target.live, row.target.withdrawn_on)


def _choices(said: Sequence[Relation]) -> Iterable[Choice]:
    keys = {row.number_key: row for row in said if row.is_ambiguous}
    if not keys:
        return
    fitting: dict[str, list[str]] = {}
    public = DocumentPage.objects.live().filter(number_key__in=keys).select_related("issuer").defer("body")
    for page in public.filter(~is_restricted()).order_by("issued_on", "pk")[: MOST_CANDIDATES * len(keys)]:
        day = f"{page.issued_on:%d/%m/%Y}" if page.issued_on else ""
        fitting.setdefault(page.number_key, []).append(" ".join(filter(None, [page.heading, page.issuer_name, day])))
    for key, row in keys.items():
        yield Choice(row.number, tuple(fitting.get(key, ())[:MOST_CANDIDATES]))


def _circle(page: DocumentPage, stated: set[int | None], said: Sequence[Relation]) -> tuple[str, ...]:
    """Documents that this one ends and that end it, at most a few steps on."""
    step = (stated | {row.target_id for row in said if row.kind in ENDING}) - {None}
    seen: set[int] = set()
    for _depth in range(DEEPEST):
        if not step or not page.pk:
            break
        nearer = Relation.objects.filter(source__in=step, kind__in=ENDING, is_partial=False, target__isnull=False)
        rows = list(nearer.values_list("source", "target", "source__number", "source__title"))
        closing = [number or title for _source, target, number, title in rows if target == page.pk]
        if closing:
            return tuple(dict.fromkeys(closing))
        seen |= step
        step = {target for _source, target, _number, _title in rows} - seen
    return ()
