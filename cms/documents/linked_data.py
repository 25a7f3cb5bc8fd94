"""A document for machines that read pages: schema.org ``Legislation`` as JSON-LD."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from .enums import RelationKind
from .models import DocumentAttachment, Relation
from .render import document_path, is_open
from .status import Status, is_normative

if TYPE_CHECKING:
    from .models import DocumentPage

_FORCE = {
    "holds": "https://schema.org/InForce",
    "partly": "https://schema.org/PartiallyInForce",
    "pending": "https://schema.org/NotInForce",
    "expired": "https://schema.org/NotInForce",
    "replaced": "https://schema.org/NotInForce",
    "repealed": "https://schema.org/NotInForce",
    "withdrawn": "https://schema.org/NotInForce",
}
_WORDS = {
    RelationKind.LEGAL_BASIS: "isBasedOn",
    RelationKind.IMPLEMENTS: "legislationApplies",
    RelationKind.GUIDES: "legislationApplies",
    RelationKind.AMENDS: "legislationAmends",
    RelationKind.REPLACES: "legislationRepeals",
    RelationKind.REPEALS: "legislationRepeals",
    RelationKind.CORRECTS: "legislationCorrects",
    RelationKind.CONSOLIDATES: "legislationConsolidates",
}
_ADDRESSES = ("@id", "url", "contentUrl")
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def linked_data(
    page: "DocumentPage", status: Status, relations: Sequence[Relation], files: Iterable[DocumentAttachment]
) -> dict[str, Any]:
    """The facts of the head, and of the relations those whose other end is here. Addresses are root-relative;
    ``script`` makes them whole."""
    facts = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": document_path(page.slug),
        "url": document_path(page.slug),
        "name": page.full_title,
        "inLanguage": "vi",
        "legislationIdentifier": page.number,
        "legislationType": str(page.get_doc_type_display()) if page.doc_type else "",
        "legislationDate": _iso(page.issued_on),
        "temporalCoverage": _coverage(page),
        "datePublished": _iso(page.first_published_at),
        "dateModified": _iso(page.last_published_at),
        "version": getattr(page, "last_version", 0) or "",
        "publisher": {"@type": "GovernmentOrganization", "name": page.issuer_name} if page.issuer_name else "",
        "legislationLegalForce": _FORCE.get(status.code, "") if is_normative(page.doc_type, page.number) else "",
        "encoding": [_file(one) for one in files],
    }
    for relation in relations:
        word = _WORDS.get(RelationKind(relation.kind))
        if word and is_open(relation):
            url = document_path(relation.target.slug)
            if url not in (one["@id"] for one in facts.setdefault(word, [])):
                facts[word].append({"@type": "Legislation", "@id": url, "name": relation.target.full_title})
    return {name: value for name, value in facts.items() if value not in ("", [])}


def script(facts: dict[str, Any], root: str) -> SafeString:
    """As a data block: no browser runs it, and nothing in a title can end it."""
    text = json.dumps(_absolute(facts, root.rstrip("/")), ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _absolute(value: Any, root: str) -> Any:
    if isinstance(value, dict):
        addresses = ("@id", "url", "contentUrl")
        return {
            k: f"{root}{v}" if k in addresses and v.startswith("/") else _absolute(v, root) for k, v in value.items()
        }
    return [_absolute(one, root) for one in value] if isinstance(value, list) else value


def _file(attachment: DocumentAttachment) -> dict[str, Any]:
    file = attachment.file
    return {
        "@type": "MediaObject",
        "name": str(attachment),
        "contentUrl": file.get_absolute_url(),
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _coverage(page: "DocumentPage") -> str:
    start, end = page.effective_from, page.expires_on
    return f"{_iso(start) or '..'}/{_iso(end) or '..'}" if start or end else ""
