"""What search may find of documents."""

from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cms.base.searchables import public_pages, site_path, site_roots
from search.engines.base import Record
from search.registry import Card, Entry, Fact, Listing, Passage, register

from . import attachments
from .models import DocumentPage, Topic
from .pipeline import Node, row_anchors, row_text
from .render import shown_number
from .standing import Standing, standing
from .texts import stored_nodes

ALONE = Standing()
"""Among no others."""


class DocumentSearchable:
    """Public documents: head fields as facets, each node of the text a passage under its headings."""

    kind = "document"
    label = pgettext_lazy("administrative", "Documents")
    marks_words = True

    def card(self, record: Record) -> Card:
        """Of the one document whose number was asked for: where its parts are, and whether it still holds."""
        status = tuple(Fact(_("Status"), label) for _value, label in record.facets.get("status", ()))
        parts = (
            (pgettext("tab of a document", "Full text"), ""),
            (pgettext("tab of a document", "Details"), "thuoc-tinh/"),
            (pgettext("tab of a document", "Related"), "lien-quan/"),
            (pgettext("tab of a document", "Downloads"), "tai-ve/"),
        )
        return Card(status, tuple((label, f"{record.url}{part}") for label, part in parts))

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        roots = site_roots()
        rows = public_pages(DocumentPage.objects.all()).select_related("issuer", "text").defer("body")
        rows = rows.prefetch_related("attachments__file")
        if ids is not None:
            rows = rows.filter(pk__in=ids)
        topics, standings = _topics(ids), standing(ids)
        for page in rows.iterator(chunk_size=50):
            url = site_path(page, roots)
            if url is not None:
                yield entry(page, url, topics.get(page.pk, []), standings)


def _topics(ids: Sequence[int] | None) -> dict[int, list[tuple[str, str]]]:
    links = DocumentPage.topics.through.objects.all()
    if ids is not None:
        links = links.filter(documentpage__in=ids)
    names = dict(Topic.objects.values_list("pk", "name"))
    slugs = dict(Topic.objects.values_list("pk", "slug"))
    found: dict[int, list[tuple[str, str]]] = {}
    for page_id, topic_id in links.order_by("documentpage_id", "topic_id").values_list("documentpage_id", "topic_id"):
        found.setdefault(page_id, []).append((slugs[topic_id], names[topic_id]))
    return found


def entry(page: DocumentPage, url: str, topics: list[tuple[str, str]], standings: Standing = ALONE) -> Entry:
    """The search entry of one public document; labels are kept in Vietnamese whoever publishes."""
    with translation.override("vi"):
        return _entry(page, url, topics, standings)


def _entry(page: DocumentPage, url: str, topics: list[tuple[str, str]], standings: Standing) -> Entry:
    facets: dict[str, tuple[tuple[str, str], ...]] = {"topic": tuple(topics), **standings.facets(page)}
    if page.doc_type:
        facets["type"] = ((page.doc_type, str(page.get_doc_type_display())),)
    if page.issuer:
        facets["issuer"] = ((page.issuer.code, page.issuer.name),)
    if page.issued_on:
        facets["year"] = ((str(page.issued_on.year), str(page.issued_on.year)),)
    names = [page.issuer.name, page.issuer.short_name] if page.issuer else [page.issuer_raw]
    return Entry(
        key=f"document:{page.pk}",
        kind="document",
        title=page.full_title,
        url=url,
        number=page.number,
        aliases=tuple(filter(None, [page.heading, *names])),
        facets=facets,
        date=page.issued_on,
        passages=(*passages(stored_nodes(page)), *attachments.passages(page)),
    )


def passages(nodes: list[Node]) -> Iterator[Passage]:
    """One passage a node; a table gives one a row. The path is the headings above it, outermost first; its place the
    numbers of the items it is in, its own last."""
    above: list[tuple[int, str]] = []
    items: list[tuple[int, str]] = []
    for node in nodes:
        if node.kind == "heading":
            items = []
            above = [(level, text) for level, text in above if level < node.level]
            heading = f"{shown_number(node)} {node.text}".strip()
            yield Passage(anchor=node.anchor, path=tuple(text for _level, text in above), text=heading)
            above.append((node.level, heading))
            continue
        path = tuple(text for _level, text in above)
        if node.kind == "table":
            for anchor, row in zip(row_anchors(node), node.data_rows, strict=True):
                if text := row_text(cell for cell in row if cell):
                    yield Passage(anchor=anchor, path=path, text=text)
        elif node.text:
            items = [(level, number) for level, number in items if level < node.level]
            if node.kind == "item" and any(map(str.isalnum, node.number)):
                items.append((node.level, node.number))
            place = tuple(number for _level, number in items)
            yield Passage(node.anchor, path, f"{node.number} {node.text}".strip(), place)


def listing_of_issuer(code: str) -> Listing:
    """What an organisation's card tells of its documents."""
    return Listing(_("Documents it issued"), {"kind": ("document",), "issuer": (code,)}, f"/van-ban/?co-quan={code}")


def issued_by(ids: list[int]) -> Iterator[tuple[str, int]]:
    """Public documents whose entry names one of these organisations."""
    pages = DocumentPage.objects.live().filter(issuer__in=ids).values_list("pk", flat=True)
    return (("document", pk) for pk in pages.iterator())


def register_searchables() -> None:
    register(DocumentSearchable())
