"""What the template of a document page is given."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.base.privacy import is_restricted
from cms.base.templatetags.vietnamese import vn_date

from .attachments import attached
from .derive import make_nodes, stored_nodes
from .enums import CitationKind
from .models.citation import Citation
from .render import document_path, is_open, render_nodes, shown_number

if TYPE_CHECKING:
    from .models import DocumentPage


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    anchor: str
    number: str
    text: str
    level: int


@dataclass(frozen=True)
class Cited:
    """A document this one names: once, however often it is named."""

    label: str
    title: str
    issuer: str
    issued_on: Any
    url: str
    anchor: str
    is_basis: bool
    times: int


@dataclass(frozen=True)
class Detail:
    """A line of the head: text (with an address) or several lines."""

    label: str
    text: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


def reading_context(page: "DocumentPage", request: HttpRequest) -> dict[str, Any]:
    """Text, contents, details, what it cites and what cites it. Three statements beside the page's own."""
    preview = getattr(request, "is_preview", False)
    nodes = make_nodes(page) if preview else stored_nodes(page)
    citations = [] if preview else list(_citations(page))
    cited = _cited(citations)
    return {
        "text_html": render_nodes(nodes, citations),
        "contents": [Entry(n.anchor, shown_number(n), n.text, min(n.level, 4)) for n in nodes if n.kind == "heading"],
        "details": _details(page),
        "bases": [c for c in cited if c.is_basis],
        "mentioned": [c for c in cited if not c.is_basis],
        "cited_by": [] if preview else _cited_by(page),
        "topics": list(page.topics.all()),
        "attachments": attached(page),
    }


def _citations(page: "DocumentPage") -> Any:
    return (
        Citation.objects.filter(source=page.pk)
        .select_related("target")
        .annotate(target_restricted=is_restricted("target__path"))
        .only(
            "kind",
            "raw",
            "number",
            "number_key",
            "type_word",
            "issuer_raw",
            "issued_on",
            "title_raw",
            "anchor",
            "start",
            "end",
            "source_id",
            "target__slug",
            "target__live",
            "target__title",
            "target__official_title",
        )
    )


def _cited(citations: list[Citation]) -> list[Cited]:
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.number_key, []).append(citation)
    found = []
    for group in groups.values():
        basis = next((c for c in group if c.kind == CitationKind.LEGAL_BASIS), None)
        best = basis or max(group, key=lambda c: (bool(c.title_raw), bool(c.issued_on)))
        target = next((c.target for c in group if is_open(c)), None)
        found.append(
            Cited(
                label=f"{best.type_word} {best.number}".strip() if best.number else best.raw,
                title=target.full_title if target else best.title_raw,
                issuer=best.issuer_raw,
                issued_on=best.issued_on,
                url=document_path(target.slug) if target else "",
                anchor=best.anchor,
                is_basis=basis is not None,
                times=len(group),
            )
        )
    return found


def _cited_by(page: "DocumentPage") -> list[Any]:
    """Public documents that name this one, the newest first; one line each."""
    rows = (
        Citation.objects.filter(target=page.pk, source__live=True)
        .filter(~is_restricted("source__path"))
        .select_related("source")
        .only(
            "anchor",
            "source__slug",
            "source__title",
            "source__official_title",
            "source__number",
            "source__doc_type",
            "source__issued_on",
        )
        .order_by("-source__issued_on", "pk")[:500]
    )
    seen: dict[int, Any] = {}
    for row in rows:
        seen.setdefault(row.source_id, {"source": row.source, "url": f"{document_path(row.source.slug)}#{row.anchor}"})
    return list(seen.values())


def _details(page: "DocumentPage") -> list[Detail]:
    """The head of the document in the order of the law sites; what it does not say is left out."""
    signer = "" if page.is_summary else ", ".join(filter(None, [page.signer_name, page.signer_title]))
    rows = [
        Detail(_("Number and symbol"), page.number),
        Detail(_("Document type"), str(page.get_doc_type_display()) if page.doc_type else ""),
        Detail(_("Issuer"), page.issuer_name, url=page.issuer.get_absolute_url() if page.issuer else ""),
        Detail(_("Parent body"), page.parent_issuer_raw),
        Detail(_("Place"), page.place),
        Detail(_("Date of issue"), vn_date(page.issued_on)),
        Detail(_("In force from"), vn_date(page.effective_from)),
        Detail(_("In force until"), vn_date(page.expires_on)),
        Detail(_("Period it covers"), page.period),
        Detail(_("Signed by"), signer),
        Detail(_("Field of activity"), page.field),
        Detail(_("Addressed to"), lines=tuple(page.addressees.splitlines())),
        Detail(_("Recipients"), lines=tuple(page.recipients.splitlines())),
    ]
    return [row for row in rows if row.text or row.lines]
