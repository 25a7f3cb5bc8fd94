"""The frame of a document's pages: tabs that are links, with how much is behind each; what the reader must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cms.base.chrome import public_path

from .attachments import attached
from .diagram import restricted_pages
from .models import DocumentAttachment, DocumentVersion, Relation
from .render import document_path
from .signing import signed_by
from .status import Status

if TYPE_CHECKING:
    from .health import Health
    from .models import DocumentPage

CHIPS = {
    "pending": "later",
    "holds": "good",
    "partly": "risk",
    "over": "none",
    "expired": "bad",
    "replaced": "replaced",
    "repealed": "bad",
    "withdrawn": "bad",
}
"""The look of each status; every chip carries its word and a link to its reason."""


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Notice:
    """A band under the title; ``kind`` as ``includes/notice.html`` knows them."""

    kind: str
    heading: str
    text: str
    url: str = ""
    link_label: str = ""


def counted(pages: QuerySet) -> QuerySet:
    """Pages with what their tabs count, in the statement that reads them."""
    outgoing = Relation.objects.filter(source=OuterRef("pk"), is_first=True)
    incoming = Relation.objects.filter(target=OuterRef("pk"), is_first=True).exclude(source__in=restricted_pages())
    return pages.annotate(
        n_outgoing=_number(outgoing, "source", Count("pk")),
        n_incoming=_number(incoming, "target", Count("pk")),
        n_files=_number(DocumentAttachment.objects.filter(page=OuterRef("pk")), "page", Count("pk")),
        last_version=_number(DocumentVersion.objects.filter(page=OuterRef("pk")), "page", Max("number")),
    )


def _number(rows: QuerySet, by: str, what: Any) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=what).values("n")), 0, output_field=IntegerField())


def tabs(page: "DocumentPage", current: str) -> list[Tab]:
    """The five ways to look at a document. ``current`` is "" for what is none of them (its history)."""
    url = public_path(document_path(page.slug))
    related = getattr(page, "n_outgoing", 0) + getattr(page, "n_incoming", 0)
    files = getattr(page, "n_files", 0) + len(tables_of(page))
    rows = (
        ("text", pgettext("tab of a document", "Full text"), "", None),
        ("details", pgettext("tab of a document", "Details"), "thuoc-tinh/", None),
        ("diagram", pgettext("tab of a document", "Diagram"), "luoc-do/", related),
        ("related", pgettext("tab of a document", "Related"), "lien-quan/", related),
        ("downloads", pgettext("tab of a document", "Downloads"), "tai-ve/", files),
    )
    return [Tab(name, label, f"{url}{part}", count, name == current) for name, label, part, count in rows]


def tables_of(page: "DocumentPage") -> list[Mapping[str, Any]]:
    """The stored tables of a public page, as plain data."""
    text = getattr(page, "text", None)
    return [node for node in text.nodes if node["kind"] == "table" and node.get("rows")] if text else []


def files_of(page: "DocumentPage") -> list[DocumentAttachment]:
    """Files beside the text, each with what it says of its signatures as ``signed``."""
    files = attached(page)
    for one in files:
        one.signed = signed_by(one.file)
    return files


def frame(page: "DocumentPage", current: str, part: str = "") -> dict[str, Any]:
    """What every page of a document is given; ``part`` is the name of what is shown, "" for the page itself."""
    url = public_path(document_path(page.slug))
    return {
        "page": page,
        "self": page,
        "page_path": url,
        "tabs": tabs(page, current),
        "part": part,
        "last_version": getattr(page, "last_version", 0),
        "history_url": f"{url}lich-su/",
        "feed_url": f"{url}atom.xml",
    }


def chip(page: "DocumentPage", status: Status) -> dict[str, str] | None:
    """The status with a link to its reason, or nothing where there is none."""
    if not status:
        return None
    url = f"{public_path(document_path(page.slug))}thuoc-tinh/#hieu-luc"
    return {"kind": CHIPS.get(status.code, "none"), "label": status.label, "url": url}


def notices(page: "DocumentPage", status: Status, health: "Health | None" = None) -> list[Notice]:
    """Beside what every page says of itself (withdrawn, summary): extract, effects of others, lost legal bases."""
    found = []
    if page.is_extract:
        parts = page.missing_parts.strip()
        left_out = _("Left out: %(parts)s") % {"parts": parts} if parts else _("Parts of the document are left out.")
        found.append(Notice("extract", _("This is an extract"), left_out))
    if status.by:
        kind = "replaced" if status.is_gone else "provisional"
        found.append(Notice(kind, status.label, status.reason, public_path(status.by.url), status.by.label))
    if health and health.replaced:
        url = f"{public_path(document_path(page.slug))}lien-quan/"
        gone, total = len(health.replaced), health.total
        said = ngettext(
            "%(gone)s of %(total)s legal basis no longer holds.",
            "%(gone)s of %(total)s legal bases no longer hold.",
            total,
        ) % {"gone": gone, "total": total}
        found.append(Notice("provisional", said, "", url, _("See which")))
    return found
