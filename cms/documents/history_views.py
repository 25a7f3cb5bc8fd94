"""The public history of a document: its versions, one of them, and what changed between two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.base.chrome import public_path

from .comparison_html import compared
from .models import DocumentPage
from .public_views import document, drawn
from .reading_page import version_context
from .render import document_path
from .versions import version as version_of
from .versions import versions_of

LARGEST = 2**31 - 1


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """``lich-su/``: change notes and versions, the newest first."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        return drawn(request, page, "history", _("History of changes"), {"versions": versions_of(page)})

    return document(request, slug, view)


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """``phien-ban/{n}/``: the text as that version had it. Not for search engines: the page itself is."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        row = version_of(page, number) if 0 < number <= LARGEST else None
        if row is None:
            raise Http404
        request.served_part = _("Version %(number)s") % {"number": number}
        context = version_context(page, row) | {"canonical_url": _whole(request, page), "part": request.served_part}
        return render(request, DocumentPage.template, context)

    return document(request, slug, view)


def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """``so-sanh/?tu=1&den=2``: changed figures first, then passage by passage. What is no version is asked for anew."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        versions = versions_of(page)
        numbers = [row.number for row in versions]
        old, new = (_asked(request, name, numbers) for name in ("tu", "den"))
        asked = bool(request.GET.get("tu") or request.GET.get("den"))
        if not asked and len(numbers) > 1:
            new, old = numbers[:2]
        context = {
            "versions": versions,
            "old": old,
            "new": new,
            "problem": _problem(numbers, old, new) if asked or len(numbers) < 2 else "",
            "canonical_url": _whole(request, page),
            "is_copy": True,
        }
        if not context["problem"]:
            context["compared"] = compared(version_of(page, old), version_of(page, new))
        return drawn(request, page, "comparison", _("Comparison of versions"), context)

    return document(request, slug, view)


def _asked(request: HttpRequest, name: str, numbers: list[int]) -> int | None:
    text = request.GET.get(name, "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number in numbers else None


def _problem(numbers: list[int], old: int | None, new: int | None) -> str:
    """Why there is nothing to compare, in words; "" where there is."""
    if len(numbers) < 2:
        return _("This document has one version only, so there is nothing to compare.")
    if old is None or new is None:
        return _("There is no such version. Choose two versions below.")
    return _("Choose two different versions.") if old == new else ""


def _whole(request: HttpRequest, page: DocumentPage) -> str:
    return request.build_absolute_uri(public_path(document_path(page.slug)))
