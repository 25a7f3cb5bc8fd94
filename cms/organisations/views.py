"""The register of organisations, and one organisation's page."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from cms.base.chrome import Crumb

from .enums import Kind
from .models import Organisation
from .naming import name_key

PER_PAGE = 50

SHELVES: list[Callable[[Organisation], dict[str, Any] | None]] = []
"""What rooms above show on an organisation's page: from an organisation to ``{"template", …}`` or nothing;
``head_template`` stands in the head of the page. A room appends its own when the apps are ready."""


def index(request: HttpRequest) -> HttpResponse:
    """All organisations, by kind and part of a name. Query: ``loai``, ``ten``, ``trang``."""
    kind = request.GET.get("loai", "")
    name = request.GET.get("ten", "").replace("\x00", "").strip()[:100]
    rows = Organisation.objects.all()
    if name:
        rows = rows.filter(Q(names__key__contains=name_key(name)) | Q(code__startswith=name.lower())).distinct()
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk", distinct=True)))
    kinds = [
        {"value": value, "label": label, "count": counts[value], "selected": value == kind}
        for value, label in Kind.choices
        if value in counts
    ]
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "page_obj": page,
        "kinds": kinds,
        "kind": kind if kind in Kind.values else "",
        "name": name,
        "meta_title": _("Organisations"),
        "meta_description": _("Offices, agencies and schools, and what each has published."),
        "breadcrumbs": [Crumb.home(), Crumb(_("Organisations"))],
    }
    return render(request, "organisations/index.html", context)


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation: what it is, where it stands, what came before and after, and what it has issued."""
    organisation = get_object_or_404(Organisation, code=code)
    placements = list(organisation.placements.select_related("parent").all())
    context = {
        "organisation": organisation,
        "meta_title": organisation.name,
        "meta_description": _("%(name)s: what it is, where it stands and what it has published.")
        % {"name": organisation.name},
        "placements": placements,
        "children": Organisation.objects.children(organisation).as_of()[:200],
        "successors": organisation.succeeded_by.select_related("successor"),
        "predecessors": organisation.succeeds.select_related("predecessor"),
        "shelves": [shelf for shelf in (make(organisation) for make in SHELVES) if shelf],
        "breadcrumbs": [
            Crumb.home(),
            Crumb(_("Organisations"), "organisations:index"),
            Crumb(organisation.short_name or organisation.name),
        ],
    }
    return render(request, "organisations/detail.html", context)
