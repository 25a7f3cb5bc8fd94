"""Nodes to HTML. Text is escaped here and nowhere else; a document of five hundred pages must not take a second,
so this is plain string work and not a template a node."""

import re
from collections.abc import Iterable, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.base.chrome import public_path

from .models import Citation
from .pipeline import Node, row_anchor, row_text

_ADDRESS = re.compile(
    r"https?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b"
)

Links = Mapping[str, list[Citation]]


def render_nodes(nodes: Iterable[Node], citations: Iterable[Citation]) -> SafeString:
    """The whole text: headings with anchors, items, tables in their own scrolling regions, footnotes."""
    by_anchor: dict[str, list[Citation]] = {}
    for citation in citations:
        by_anchor.setdefault(citation.anchor, []).append(citation)
    label = escape(_("Link"))
    return mark_safe("\n".join(_node(node, by_anchor, label) for node in nodes))  # noqa: S308


def _node(node: Node, links: Links, label: str) -> str:
    if node.kind == "table":
        return _table(node, links, label)
    if node.kind == "heading":
        return _heading(node, links, label)
    if node.kind == "note":
        return (
            f'<p id="{node.anchor}" class="clause clause--note"><sup>{escape(node.number)}</sup> '
            f"{linked(node.text, links.get(node.anchor, ()))}{_anchor(node, label)}</p>"
        )
    number = f'<span class="clause__number">{escape(node.number)}</span> ' if node.number else ""
    kind = "item" if node.kind == "item" else "paragraph"
    return (
        f'<p id="{node.anchor}" class="clause clause--{kind}" data-level="{node.level}">{number}'
        f"{linked(node.text, links.get(node.anchor, ()))}{_anchor(node, label)}</p>"
    )


def _heading(node: Node, links: Links, label: str) -> str:
    tag = f"h{min(node.level + 1, 6)}"
    number = f'<span class="clause__number">{escape(shown_number(node))}</span> ' if node.number else ""
    return (
        f'<{tag} id="{node.anchor}" class="clause clause--{node.level}">{number}'
        f"{linked(node.text, links.get(node.anchor, ()))}{_anchor(node, label)}</{tag}>"
    )


def shown_number(node: Node) -> str:
    """As Vietnamese offices print it: ``II.``, ``2.1.``, ``a)``, ``PHỤ LỤC 2``."""
    number = node.number
    if not number or number[-1] in ".)" or " " in number:
        return number
    return f"{number})" if len(number) == 1 and number.islower() else f"{number}."


def _anchor(node: Node, label: str) -> str:
    return (
        f' <a class="clause__link" href="#{node.anchor}">{label}'
        f'<span class="visually-hidden"> {escape(node.anchor)}</span></a>'
    )


def _table(node: Node, links: Links, label: str) -> str:
    caption = f"<caption>{escape(node.text)}</caption>" if node.text else ""
    head, body = node.rows[: node.header_rows], node.rows[node.header_rows :]
    parts = [
        f'<div id="{node.anchor}" class="table-scroll" tabindex="0" role="region" '
        f'aria-label="{escape(node.text or _("Table"))}"><table>{caption}'
    ]
    if head:
        parts.append("<thead>")
        parts += [f"<tr>{''.join(f'<th scope=col>{escape(cell)}</th>' for cell in row)}</tr>" for row in head]
        parts.append("</thead>")
    parts.append("<tbody>")
    for index, row in enumerate(body, start=1):
        anchor = row_anchor(node.anchor, index)
        cells = "".join(f"<td>{cell}</td>" for cell in _linked_cells(row, links.get(anchor, ())))
        parts.append(f'<tr id="{anchor}">{cells}</tr>')
    parts.append("</tbody></table></div>")
    return "".join(parts)


def _linked_cells(row: tuple[str, ...], citations: Iterable[Citation]) -> list[str]:
    """Citations in a row carry offsets into its cells as ``row_text`` joins them."""
    cells, citations = [], list(citations)
    for index, cell in enumerate(row):
        start = len(row_text((*row[:index], "")))
        inside = [c for c in citations if start <= c.start and c.end <= start + len(cell)]
        cells.append(linked(cell, inside, shift=start))
    return cells


def linked(text: str, citations: Iterable[Citation], shift: int = 0) -> str:
    """Escaped text with its citations linked, and addresses of sites and mailboxes that stand in it."""
    spans = [(c.start - shift, c.end - shift, _citation_url(c), "citation") for c in citations if _citation_url(c)]
    for match in _ADDRESS.finditer(text) if "@" in text or "://" in text else ():
        url = match.group() if "://" in match.group() else f"mailto:{match.group()}"
        spans.append((match.start(), match.end(), url, "external"))
    parts, done = [], 0
    for start, end, url, css in sorted(spans):
        if start < done or end > len(text):
            continue
        parts.append(escape(text[done:start]))
        parts.append(f'<a class="{css}" href="{escape(url)}">{escape(text[start:end])}</a>')
        done = end
    parts.append(escape(text[done:]))
    return "".join(parts)


def _citation_url(citation: Citation) -> str:
    return public_path(document_path(citation.target.slug)) if is_open(citation) else ""


def is_open(citation: Citation) -> bool:
    """The site holds the cited document and anyone may read it now (``reading_page`` asks both in its statement)."""
    return citation.target is not None and citation.target.live and not citation.target_restricted


def document_path(slug: str) -> str:
    """The address of a document (DESIGN section 6)."""
    return f"/van-ban/{slug}/"
