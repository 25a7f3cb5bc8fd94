"""What changed this month at an organisation: published, changed, withdrawn, and what documents did to each other."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.base.chrome import Crumb
from cms.base.privacy import is_restricted
from cms.base.searchables import public_pages
from cms.organisations.models import Organisation

from .diagram import OUTGOING
from .enums import EFFECTS, ChangeKind, RelationKind
from .models import DocumentPage, DocumentVersion, Relation

MOST = 200
"""Lines of one kind a month shows; beyond them it says that there are more."""
FIRST_YEAR = 1945


@dataclass(frozen=True)
class Month:
    """One month of a calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    @property
    def previous(self) -> "Month":
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def value(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        return f"{self.month:02d}/{self.year:04d}"


def read_month(text: str) -> Month | None:
    """``2025-03``; None for what is no month between 1945 and next year."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    return Month(year, month) if 1 <= month <= 12 and FIRST_YEAR <= year <= timezone.localdate().year + 1 else None


def of_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """``/co-quan/{code}/thay-doi/?thang=2025-03``; this month without one. Six statements."""
    organisation = get_object_or_404(Organisation, code=code)
    asked = request.GET.get("thang", "").strip()
    today = timezone.localdate()
    present = Month(today.year, today.month)
    month = read_month(asked) or present
    versions = list(_versions(organisation, month)[: MOST + 1])
    withdrawn = list(_withdrawn(organisation, month)[: MOST + 1])
    effects = list(_effects(organisation, month)[: MOST + 1])
    context = {
        "organisation": organisation,
        "month": month,
        "previous": month.previous if month.previous.year >= FIRST_YEAR else None,
        "next": month.next if month.next.first <= present.first else None,
        "is_unread": bool(asked) and read_month(asked) is None,
        "published": [row for row in versions if row.number == 1][:MOST],
        "changed": [_with_notes(row) for row in versions if row.number > 1][:MOST],
        "withdrawn": withdrawn[:MOST],
        "effects": [(row, OUTGOING[RelationKind(row.kind)]) for row in effects[:MOST]],
        "has_more": max(map(len, (versions, withdrawn, effects))) > MOST,
        "meta_title": _("What changed in %(month)s: %(name)s") % {"month": month.label, "name": organisation.name},
        "breadcrumbs": [
            Crumb.home(),
            Crumb(_("Organisations"), "organisations:index"),
            Crumb(organisation.short_name or organisation.name, url=organisation.get_absolute_url()),
            Crumb(_("What changed")),
        ],
    }
    return render(request, "documents/changes.html", context)


def _theirs(organisation: Organisation, prefix: str = "") -> Q:
    return Q(**{f"{prefix}issuer": organisation}) | Q(**{f"{prefix}organisation": organisation})


def _versions(organisation: Organisation, month: Month) -> QuerySet:
    """Those published in the month, without their texts, of documents anyone may read."""
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (month.first, month.next.first))
    return (
        DocumentVersion.objects.filter(_theirs(organisation, "page__"), page__live=True)
        .filter(published_at__gte=start, published_at__lt=end)
        .filter(~is_restricted("page__path"))
        .select_related("page__issuer")
        .only(*_VERSION)
        .order_by("-published_at", "-pk")
    )


_PAGE = (
    "slug",
    "title",
    "official_title",
    "number",
    "doc_type",
    "issued_on",
    "issuer_raw",
    "withdrawn_on",
    "issuer__name",
)
_VERSION = ("number", "published_at", "notes", *(f"page__{name}" for name in _PAGE))


def _with_notes(row: DocumentVersion) -> dict[str, Any]:
    labels = dict(ChangeKind.choices)
    notes = [{"label": labels.get(note["kind"], ""), "note": note["note"]} for note in row.notes]
    return {"version": row, "page": row.page, "notes": notes, "before": row.number - 1}


def _withdrawn(organisation: Organisation, month: Month) -> QuerySet:
    rows = public_pages(DocumentPage.objects.filter(_theirs(organisation)))
    return (
        rows.filter(withdrawn_on__gte=month.first, withdrawn_on__lte=month.last)
        .select_related("issuer")
        .defer("body")
        .order_by("-withdrawn_on", "-pk")
    )


def _effects(organisation: Organisation, month: Month) -> QuerySet:
    """Effects that begin in the month, done by its documents or to them; only those that count."""
    said = Coalesce("effective_from", "source__effective_from", "source__issued_on", output_field=DateField())
    return (
        Relation.objects.filter(kind__in=sorted(EFFECTS), effect_counts=True, is_first=True)
        .filter(_theirs(organisation, "source__") | _theirs(organisation, "target__"))
        .filter(source__live=True, target__live=True)
        .filter(~is_restricted("source__path"), ~is_restricted("target__path"))
        .annotate(since=said)
        .filter(since__gte=month.first, since__lte=month.last)
        .select_related("source__issuer", "target__issuer")
        .defer("source__body", "target__body")
        .order_by("-since", "-pk")
    )
