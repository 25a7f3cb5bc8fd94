"""The text of a document in its three states: as it is edited, as it is published, as it would be published."""

from typing import TYPE_CHECKING, Any

from .pipeline import Node, nodes_from_blocks
from .pipeline.anchors import Settled, settle
from .pipeline.stored import from_plain

if TYPE_CHECKING:
    from .models import DocumentPage


def raw_blocks(page: "DocumentPage") -> list[dict[str, Any]]:
    """The body as plain data: ``[{"type", "value", "id"}, …]``."""
    return [{"type": block["type"], "value": block["value"], "id": block.get("id")} for block in page.body.raw_data]


def make_nodes(page: "DocumentPage") -> list[Node]:
    """From the body alone, with structural anchors."""
    return nodes_from_blocks(raw_blocks(page))


def stored_nodes(page: "DocumentPage") -> list[Node]:
    """Those of the last publication, with their anchors."""
    text = getattr(page, "text", None)
    return from_plain(text.nodes) if text else make_nodes(page)


def stored_aliases(page: "DocumentPage") -> list[dict[str, Any]]:
    """Anchors of earlier publications and where they lead now."""
    text = getattr(page, "text", None)
    return text.aliases if text else []


def settled_text(page: "DocumentPage", version: int = 0) -> Settled:
    """The body with the anchors it would have, were it published now: for previews and comparisons."""
    text = getattr(page, "text", None)
    published = from_plain(text.nodes) if text else []
    return settle(make_nodes(page), published, text.aliases if text else (), version)
