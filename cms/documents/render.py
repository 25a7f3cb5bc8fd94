"""Nodes to HTML. Text is escaped here and nowhere else; a document of five hundred pages must not take a second,
so this is plain string work and not a template a node."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.base.chrome import public_path

from .footnotes import Footnotes
from .models import Relation
from .pipeline import Node, row_anchors, row_text
from .pipeline.anchors import MERGED, MOVED

_ADDRESS = re.compile(
    r"https?://[^\s<>\"'()\[\]]+[^\s<>\"'()\[\].,;:!?]|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b"
)

Links = Mapping[str, list[Relation]]
Span = tuple[int, int, str]
"""Start and end in a text, and the markup that stands there instead."""
Marked = Sequence[tuple[int, int]]
Marks = Callable[[str, str], Marked]
"""From an anchor and the text that stands there to what is marked of it (``search.landing``)."""


def nothing_marked(anchor: str, text: str) -> Marked:
    return ()


def render_nodes(
    nodes: Sequence[Node],
    citations: Iterable[Relation] = (),
    aliases: Iterable[Mapping[str, Any]] = (),
    tables_at: str = "",
    marks: Marks = nothing_marked,
) -> SafeString:
    """The whole text: headings with anchors, items, tables in their own scrolling regions, footnotes.

    ``aliases`` as ``DocumentText`` keeps them: an old link lands on the passage it leads to, with a note that shows
    when it is the target. ``tables_at``: the address tables are downloaded below, ``{tables_at}{anchor}.csv``.
    ``marks``: where to mark the text that stands at an anchor.
    """
    return mark_safe(_Text(nodes, citations, aliases, tables_at, marks).html())  # noqa: S308


def shown_number(node: Node) -> str:
    """As Vietnamese offices print it: ``II.``, ``2.1.``, ``a)``, ``PHỤ LỤC 2``."""
    number = node.number
    if not number or number[-1] in ".)" or " " in number:
        return number
    return f"{number})" if len(number) == 1 and number.islower() else f"{number}."


class _Text:
    def __init__(
        self,
        nodes: Sequence[Node],
        citations: Iterable[Relation],
        aliases: Iterable[Mapping[str, Any]],
        tables_at: str,
        marks: Marks,
    ):
        self.nodes, self.tables_at, self.marks = nodes, tables_at, marks
        self.links: dict[str, list[Relation]] = defaultdict(list)
        for citation in citations:
            if citation.start is not None:
                self.links[citation.anchor].append(citation)
        self.moved = _moved(aliases)
        self.notes = Footnotes(nodes)
        self.label = escape(_("Link"))
        self.table_label = escape(_("Table"))
        self.download_label = escape(_("Download this table (CSV)"))

    def html(self) -> str:
        parts: list[str] = []
        later: list[tuple[int, Node]] = []
        for index, node in enumerate(self.nodes):
            if node.anchor in self.moved:
                parts.append(self.moved.pop(node.anchor))
            if node.kind == "table":
                parts.append(self._table(index, node))
            elif node.kind == "heading":
                parts.append(self._heading(index, node))
            elif node.kind == "note":
                later.append((len(parts), node))
                parts.append("")
            else:
                parts.append(self._clause(index, node))
        for place, node in later:
            parts[place] = self._note(node)
        return "\n".join([*self.moved.values(), *parts])

    def _clause(self, index: int, node: Node) -> str:
        number = f'<span class="clause__number">{escape(node.number)}</span> ' if node.number else ""
        kind = "item" if node.kind == "item" else "paragraph"
        return (
            f'<p id="{node.anchor}" class="clause clause--{kind}" data-level="{node.level}">{number}'
            f"{self._linked(index, node)}{self._anchor(node)}</p>"
        )

    def _heading(self, index: int, node: Node) -> str:
        tag = f"h{min(node.level + 1, 6)}"
        number = f'<span class="clause__number">{escape(shown_number(node))}</span> ' if node.number else ""
        return (
            f'<{tag} id="{node.anchor}" class="clause clause--{node.level}">{number}'
            f"{self._linked(index, node)}{self._anchor(node)}</{tag}>"
        )

    def _note(self, node: Node) -> str:
        return (
            f'<p id="{node.anchor}" class="clause clause--note"><sup>{escape(node.number)}</sup> '
            f"{linked(node.text, self.links.get(node.anchor, ()), marked=self.marks(node.anchor, node.text))}"
            f"{self.notes.back(node.anchor)}{self._anchor(node)}</p>"
        )

    def _linked(self, index: int, node: Node) -> str:
        marked = self.marks(node.anchor, node.text)
        return linked(node.text, self.links.get(node.anchor, ()), self.notes.spans(index, node.text), marked=marked)

    def _anchor(self, node: Node) -> str:
        return (
            f' <a class="clause__link" href="#{node.anchor}">{self.label}'
            f'<span class="visually-hidden"> {node.anchor}</span></a>'
        )

    def _table(self, index: int, node: Node) -> str:
        title = escape(node.text)
        caption = f"<caption>{title}</caption>" if title else ""
        parts = [
            f'<div id="{node.anchor}" class="table-scroll" tabindex="0" role="region" '
            f'aria-label="{title or self.table_label}"><table>{caption}'
        ]
        if node.header_rows:
            parts.append("<thead>")
            for row in node.rows[: node.header_rows]:
                cells = "".join([f"<th scope=col>{linked(c, (), self.notes.spans(index, c))}</th>" for c in row])
                parts.append(f"<tr>{cells}</tr>")
            parts.append("</thead>")
        parts.append("<tbody>")
        for anchor, row in zip(row_anchors(node), node.data_rows, strict=True):
            cells = self._cells(index, anchor, row)
            moved = self.moved.pop(anchor, "") if self.moved else ""
            parts.append(f'<tr id="{anchor}"><td>{moved}{"</td><td>".join(cells)}</td></tr>')
        parts.append("</tbody></table></div>")
        if self.tables_at and node.rows:
            parts.append(
                f'<p class="table-download"><a href="{escape(self.tables_at)}{node.anchor}.csv" download>'
                f'{self.download_label}<span class="visually-hidden"> {title or node.anchor}</span></a></p>'
            )
        return "".join(parts)

    def _cells(self, index: int, anchor: str, row: tuple[str, ...]) -> list[str]:
        """Citations in a row carry offsets into its cells as ``row_text`` joins them."""
        citations = self.links.get(anchor, ())
        if not citations:
            return [linked(cell, (), self.notes.spans(index, cell), marked=self.marks(anchor, cell)) for cell in row]
        cells = []
        for place, cell in enumerate(row):
            start = len(row_text((*row[:place], "")))
            inside = [c for c in citations if start <= c.start and c.end <= start + len(cell)]
            marked = self.marks(anchor, cell)
            cells.append(linked(cell, inside, self.notes.spans(index, cell), shift=start, marked=marked))
        return cells


def linked(
    text: str, citations: Iterable[Relation], notes: Iterable[Span] = (), shift: int = 0, marked: Marked = ()
) -> str:
    """Escaped text with its citations and footnote marks linked, and addresses of sites and mailboxes in it; what was
    searched for is marked, inside links too."""
    spans: list[Span] = [*notes]
    for citation in citations:
        start, end = citation.start - shift, citation.end - shift
        if (url := _citation_url(citation)) and end <= len(text):
            shown = _marked(text, start, end, marked)
            spans.append((start, end, f'<a class="{_css(citation)}" href="{url}">{shown}</a>'))
    if "@" in text or "://" in text:
        for match in _ADDRESS.finditer(text):
            shown = escape(match[0])
            url = shown if "://" in shown else f"mailto:{shown}"
            spans.append((match.start(), match.end(), f'<a class="external" href="{url}">{shown}</a>'))
    if not spans:
        return _marked(text, 0, len(text), marked)
    parts, done = [], 0
    for start, end, markup in sorted(spans):
        if start >= done:
            parts += (_marked(text, done, start, marked), markup)
            done = end
    return "".join([*parts, _marked(text, done, len(text), marked)])


def _marked(text: str, start: int, end: int, marked: Marked) -> str:
    """A piece of a text, escaped, with what of it is marked."""
    if not marked:
        return escape(text[start:end])
    parts, done = [], start
    for first, last in marked:
        first, last = max(first, done), min(last, end)
        if first < last:
            parts += (escape(text[done:first]), f"<mark>{escape(text[first:last])}</mark>")
            done = last
    return "".join([*parts, escape(text[done:end])])


def _citation_url(citation: Relation) -> str:
    """The document cited; where the site does not hold it, or several could be meant, the page of its number."""
    if is_open(citation):
        return public_path(document_path(citation.target.slug))
    return public_path(cited_path(citation.number_key)) if citation.number_key else ""


def _css(citation: Relation) -> str:
    if is_open(citation):
        return "citation"
    return "citation citation--ambiguous" if citation.is_ambiguous else "citation citation--absent"


def is_open(citation: Relation) -> bool:
    """The site holds the cited document and anyone may read it now (``reading_page`` asks both in its statement)."""
    return citation.target is not None and citation.target.live and not citation.target_restricted


def document_path(slug: str) -> str:
    """The address of a document (DESIGN section 6)."""
    return f"/van-ban/{slug}/"


def cited_path(number_key: str) -> str:
    """The page of a cited number: who cites it, and which documents may be meant."""
    return f"/van-ban/duoc-dan/{quote(number_key, safe='')}/"


def _moved(aliases: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """For each anchor the places of old links that lead there: empty, with a note beside them (one a reason)."""
    olds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for alias in aliases:
        olds[alias["new"]][alias["reason"]].append(alias["old"])
    if not olds:
        return {}
    says = defaultdict(lambda: _("The passage this link led to is no longer in the text. It stood about here."))
    says[MOVED] = _("The words this link led to now stand here.")
    says[MERGED] = _("The passage this link led to is now part of this one.")
    return {
        new: "".join(
            f'<span class="moved-here">{"".join(map(_place, places))}'
            f'<span class="moved-here__note">{escape(says[reason])}</span></span>'
            for reason, places in reasons.items()
        )
        for new, reasons in olds.items()
    }


def _place(anchor: str) -> str:
    return f'<span id="{escape(anchor)}" class="moved"></span>'
