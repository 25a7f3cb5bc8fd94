"""What the template of a document's full text is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cms.base.chrome import public_path
from cms.base.privacy import is_restricted
from cms.base.templatetags.vietnamese import vn_date
from search.landing import Landing, landing

from .effects import status_of
from .health import basis_health
from .linked_data import linked_data, script
from .models import Relation
from .pipeline import Node, row_anchors, row_text
from .render import Marks, document_path, nothing_marked, render_nodes, shown_number
from .status import Status
from .tabs import Notice, chip, files_of, frame, notices
from .texts import settled_text, stored_aliases, stored_nodes
from .versions import nodes_of, version_on

if TYPE_CHECKING:
    from .models import DocumentPage, DocumentVersion

EARLIEST = date(1945, 9, 2)


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    anchor: str
    number: str
    text: str
    level: int


def reading_context(page: "DocumentPage", request: HttpRequest) -> dict[str, Any]:
    """The full text as it is now, or with ``?ngay=`` as it stood on a day; in a preview the draft."""
    if getattr(request, "is_preview", False):
        return _preview(page)
    asked = request.GET.get("ngay", "").strip()
    day = day_of(asked)
    if asked and day:
        return as_it_stood(page, day)
    context = _now(page, request)
    if asked:
        heading = _("This day could not be read")
        text = _("Write it as year-month-day, for example 2024-12-31. Below is the text as it is now.")
        context["notices"].insert(0, Notice("engine", heading, text))
        context["is_copy"] = True
    return context


def day_of(asked: str) -> date | None:
    """``2024-12-31``; None for what is no day, or none a document of this site can have."""
    try:
        day = parse_date(asked) if len(asked) == 10 else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= date(localdate().year + 1, 12, 31) else None


def _preview(page: "DocumentPage") -> dict[str, Any]:
    settled = settled_text(page)
    nodes = list(settled.nodes)
    return (
        frame(page, "text")
        | text_context(nodes, [], settled.aliases)
        | {
            "attachments": files_of(page),
            "notices": notices(page, Status()),
        }
    )


def _now(page: "DocumentPage", request: HttpRequest) -> dict[str, Any]:
    """Four statements beside the page's own. With ``?q=`` the words of that question are marked as the list of results
    marks them; search engines are given the page without them."""
    found = landing(f"document:{page.pk}", request.GET.get("q", ""))
    relations = list(relations_in(page))
    files = files_of(page)
    status = status_of(page)
    health = basis_health(page, relations)
    tables_at = f"{public_path(document_path(page.slug))}bang/"
    return (
        frame(page, "text")
        | text_context(stored_nodes(page), relations, stored_aliases(page), tables_at, found.spans)
        | {
            "glossary": page.text.glossary if hasattr(page, "text") else [],
            "attachments": files,
            "status": chip(page, status),
            "notices": [*notices(page, status, health), *_marked(page, found)],
            "is_copy": "q" in request.GET,
            "linked_data": script(linked_data(page, status, relations, files), request.build_absolute_uri("/")),
        }
    )


def _marked(page: "DocumentPage", found: Landing) -> list[Notice]:
    """Says what is marked, with the way back to the plain text."""
    if not found.anchors:
        return []
    said = _("The words of “%(question)s” are marked in the text.") % {"question": found.text}
    return [Notice("info", "", said, public_path(document_path(page.slug)), _("Read it without marks"))]


def text_context(
    nodes: Sequence[Node],
    relations: Iterable[Relation],
    aliases: Iterable[Any] = (),
    tables_at: str = "",
    marks: Marks = nothing_marked,
) -> dict[str, Any]:
    """Text and contents."""
    return {
        "text_html": render_nodes(nodes, relations, aliases, tables_at, marks),
        "contents": [Entry(n.anchor, shown_number(n), n.text, min(n.level, 4)) for n in nodes if n.kind == "heading"],
    }


def as_it_stood(page: "DocumentPage", day: date) -> dict[str, Any]:
    """The version the public read on that day; a kind word where there was none yet."""
    row = version_on(page, day)
    status = status_of(page, day)
    if row is None:
        heading = _("This document was not on this site on %(day)s") % {"day": vn_date(day)}
        text = _("Its first version here is newer than that day.")
        band = Notice("engine", heading, text, public_path(document_path(page.slug)), _("Read it as it is now"))
        return frame(page, "") | {"notices": [band], "contents": [], "is_copy": True, "is_nothing": True}
    heading = _("As it stood on %(day)s") % {"day": vn_date(day)}
    context = version_context(page, row, heading)
    return context | {"status": chip(page, status)}


def version_context(page: "DocumentPage", row: "DocumentVersion", heading: str = "") -> dict[str, Any]:
    """An earlier (or the present) version: its text, with a band that says which it is."""
    nodes = nodes_of(row)
    is_last = row.number == getattr(page, "last_version", 0)
    facts = {"number": row.number, "day": vn_date(row.published_at)}
    said = _("Version %(number)s, published on %(day)s.") % facts
    more = _("It is the present one.") if is_last else _("There is a newer one.")
    here = public_path(document_path(page.slug))
    band = Notice("version", heading or _("You are reading version %(number)s") % facts, f"{said} {more}", here,
                  _("Read the present version"))  # fmt: skip
    bands = [band]
    if row.head.get("is_extract"):
        bands.append(Notice("extract", _("This is an extract"), row.head.get("missing_parts", "")))
    return (
        frame(page, "")
        | text_context(nodes, still_there(relations_in(page), nodes))
        | {"notices": bands, "is_copy": True, "version": row}
    )


def relations_in(page: "DocumentPage") -> Any:
    """All places of the text that name a document, with what they mean. One statement."""
    return (
        Relation.objects.filter(source=page.pk)
        .select_related("target")
        .annotate(target_restricted=is_restricted("target__path"))
        .only(
            "kind", "in_preamble", "is_first", "is_ambiguous", "raw", "number", "number_key", "type_word",
            "issuer_raw", "issuer_key", "issued_on", "title_raw", "anchor", "start", "end", "source_id",
            "target__slug", "target__live", "target__title", "target__official_title", "target__number",
            "target__doc_type", "target__issued_on", "target__effective_from", "target__expires_on",
            "target__period", "target__withdrawn_on",
        )
        .order_by("pk")
    )  # fmt: skip


def still_there(relations: Iterable[Relation], nodes: Sequence[Node]) -> list[Relation]:
    """Those whose words stand at the same place of another version of the text."""
    texts = {node.anchor: node.text for node in nodes}
    for node in nodes:
        if node.kind == "table":
            texts.update(zip(row_anchors(node), map(row_text, node.data_rows), strict=True))
    return [r for r in relations if r.start is not None and texts.get(r.anchor, "")[r.start : r.end][:300] == r.raw]
