"""From the text an editor wrote to what the public page, search and other documents need of it."""

from .models import DocumentPage, DocumentText
from .pipeline.anchors import settle
from .pipeline.stored import from_plain, to_plain
from .relating import relate
from .texts import make_nodes
from .versions import next_number, publish_version


def derive(page: DocumentPage) -> None:
    """Store the nodes of a public page under their settled anchors, a version where something changed, and its
    relations. Runs in the publishing transaction; ``relating.settle_for`` follows."""
    text = DocumentText.objects.filter(page=page).first()
    published = from_plain(text.nodes) if text else []
    settled = settle(make_nodes(page), published, text.aliases if text else (), next_number(page))
    nodes, aliases = to_plain(settled.nodes), list(settled.aliases)
    if text is None or text.nodes != nodes or text.aliases != aliases:
        text, _created = DocumentText.objects.update_or_create(page=page, defaults={"nodes": nodes, "aliases": aliases})
    page.text = text
    publish_version(page, settled.nodes)
    relate(page, settled.nodes)
