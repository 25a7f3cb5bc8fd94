"""What this room shows on the pages of other rooms."""

from typing import Any

from django.db.models import Count, F
from django.http import HttpRequest

from cms.base.searchables import public_pages
from cms.organisations.models import Organisation

from .enums import DocumentType
from .models import DocumentPage


def _public() -> Any:
    return public_pages(DocumentPage.objects.all()).defer("body")


def newest(request: HttpRequest) -> dict[str, Any] | None:
    """Home: the documents published last."""
    rows = list(_public().select_related("issuer").order_by("-first_published_at", "pk")[:6])
    return {"template": "documents/home_newest.html", "rows": rows} if rows else None


def by_type(request: HttpRequest) -> dict[str, Any] | None:
    """Home: how many there are of each type, with the way to them."""
    counted = _public().order_by().exclude(doc_type="").values_list("doc_type").annotate(n=Count("pk")).order_by("-n")
    types = [{"value": value, "label": DocumentType(value).label, "count": n} for value, n in counted]
    return {"template": "documents/home_types.html", "types": types} if types else None


def issuers(request: HttpRequest) -> dict[str, Any] | None:
    """Home: who has published most here."""
    counted = (
        _public()
        .order_by()
        .filter(issuer__isnull=False)
        .values("issuer__code", "issuer__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "issuer__name")[:8]
    )
    rows = [{"code": r["issuer__code"], "name": r["issuer__name"], "count": r["n"]} for r in counted]
    return {"template": "documents/home_issuers.html", "rows": rows} if rows else None


def of_organisation(organisation: Organisation) -> dict[str, Any] | None:
    """Organisation page: what it has issued, with ways to follow it."""
    rows = list(
        _public()
        .filter(issuer=organisation)
        .select_related("issuer")
        .order_by(F("issued_on").desc(nulls_last=True), "pk")[:21]
    )
    if not rows:
        return None
    return {
        "template": "documents/organisation_shelf.html",
        "head_template": "documents/feed_of_organisation.html",
        "rows": rows[:20],
        "more": len(rows) > 20,
    }
