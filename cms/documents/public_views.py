"""The tabs of a document, its tables as files, and the page of a cited number. Lists are read a page at a time."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.base.chrome import Crumb, public_path
from cms.base.views import serve_part
from search.text import number_key as folded

from . import diagram as graph
from .cited import cited
from .details import details_of
from .effects import status_of
from .enums import RelationKind
from .health import basis_health
from .models import DocumentPage
from .picture import picture
from .plan_tree import implementation_tree
from .reading_page import relations_in
from .render import cited_path
from .status import Status
from .tables import csv_of
from .tabs import chip, files_of, frame, notices, tables_of
from .texts import stored_aliases, stored_nodes

MOST_PAGES = 1_000_000

Draw = Callable[[HttpRequest, DocumentPage], HttpResponse]


def document(request: HttpRequest, slug: str, view: Draw) -> HttpResponse:
    """A part of a document's page; answers as the page does where that is gone, moved or restricted."""
    return serve_part(request, f"van-ban/{slug}/", DocumentPage, view)


def page_number(request: HttpRequest) -> int:
    """``?trang=``; what is no page of a list is its first."""
    asked = request.GET.get("trang", "")
    return min(int(asked), MOST_PAGES) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 10 else 1


def drawn(request: HttpRequest, page: DocumentPage, tab: str, part: str, context: dict[str, Any]) -> HttpResponse:
    request.served_part = part
    name = f"documents/document_{tab}.html"
    return render(request, name, frame(page, tab, part) | {"notices": notices(page, Status())} | context)


def details(request: HttpRequest, slug: str) -> HttpResponse:
    """``thuoc-tinh/``: the head of the document and what holds of it today, with the reason."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        status = status_of(page)
        context = {
            "details": details_of(page),
            "status": chip(page, status),
            "holds": status,
            "topics": list(page.topics.all()),
            "notices": notices(page, status),
        }
        return drawn(request, page, "details", pgettext("tab of a document", "Details"), context)

    return document(request, slug, view)


def diagram(request: HttpRequest, slug: str) -> HttpResponse:
    """``luoc-do/``: all relations by kind and direction, a picture of them, the tree of plans. ``?loai=`` one kind of
    those that come in, ``?trang=`` its pages."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        kind = request.GET.get("loai", "")
        kind = kind if kind in RelationKind.values else ""
        number = page_number(request) if kind else 1
        found = graph.relations_of(page, kind, number)
        context = {
            "diagram": found,
            "picture": picture(page, found),
            "tree": implementation_tree(page),
            "kind": kind,
            "number": number,
        }
        return drawn(request, page, "diagram", pgettext("tab of a document", "Diagram"), context)

    return document(request, slug, view)


def related(request: HttpRequest, slug: str) -> HttpResponse:
    """``lien-quan/``: legal bases and whether they still hold, what else the text names, and who names it."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        number = page_number(request)
        found = graph.relations_of(page, "", number)
        relations = list(relations_in(page))
        health = basis_health(page, relations)
        gone = {base.anchor: base.status for base in health.replaced}
        bases = {row.anchor for row in relations if row.in_preamble and row.is_first}
        outgoing = [row for group in found.outgoing for row in group.rows]
        incoming = [row for group in found.incoming for row in group.rows]
        total = sum(group.count for group in found.incoming)
        context = {
            "bases": [(row, gone.get(row.anchor)) for row in outgoing if row.anchor in bases or _is_basis(row)],
            "mentioned": [row for row in outgoing if row.anchor not in bases and not _is_basis(row)],
            "cited_by": sorted(
                incoming, key=lambda row: row.issued_on.toordinal() if row.issued_on else 0, reverse=True
            ),
            "cited_total": total,
            "health": health,
            "number": number,
            "pages": max(1, -(-total // graph.PER_PAGE)),
        }
        return drawn(request, page, "related", pgettext("tab of a document", "Related"), context)

    return document(request, slug, view)


def _is_basis(row: graph.Row) -> bool:
    return row.kind == RelationKind.LEGAL_BASIS


def downloads(request: HttpRequest, slug: str) -> HttpResponse:
    """``tai-ve/``: files beside the text with their hashes, tables for spreadsheets."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        tables = [
            {
                "anchor": table["anchor"],
                "title": table["text"],
                "rows": len(table["rows"]) - table.get("header_rows", 0),
                "columns": max(map(len, table["rows"])),
            }
            for table in tables_of(page)
        ]
        context = {"attachments": files_of(page), "tables": tables}
        return drawn(request, page, "downloads", pgettext("tab of a document", "Downloads"), context)

    return document(request, slug, view)


def table(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """``bang/{anchor}.csv``: a table of the text; an anchor it had before leads to it."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        data = csv_of(stored_nodes(page), anchor)
        if data is None:
            new = next((alias["new"] for alias in stored_aliases(page) if alias["old"] == anchor), "")
            if not new or not any(one["anchor"] == new for one in tables_of(page)):
                raise Http404
            return HttpResponseRedirect(reverse("documents:table", args=[page.slug, new]))
        response = HttpResponse(data, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{page.slug}-{anchor}.csv"'
        response["X-Robots-Tag"] = "noindex"
        return response

    return document(request, slug, view)


def cited_number(request: HttpRequest, number_key: str) -> HttpResponse:
    """``/van-ban/duoc-dan/{number_key}/``: who cites a document that is not here, or which of several is meant."""
    if folded(number_key) != number_key or len(number_key) > 100:
        raise Http404
    number = page_number(request)
    found = cited(number_key, number)
    if not found.groups:
        raise Http404
    if found.redirect:
        return HttpResponseRedirect(public_path(found.redirect))
    label = f"{found.groups[0].type_word} {found.groups[0].number}".strip()
    context = {
        "found": found,
        "label": label,
        "meta_title": _("%(document)s: who cites it") % {"document": label},
        "number": number,
        "pages": max(1, -(-found.count // graph.PER_PAGE)),
        "canonical_url": request.build_absolute_uri(public_path(cited_path(number_key))),
        "breadcrumbs": [
            Crumb.home(),
            Crumb(pgettext("administrative", "Documents"), url=public_path("/van-ban/")),
            Crumb(label),
        ],
    }
    return render(request, "documents/cited_number.html", context)
