"""A small picture of a document's relations: what it rests on above it, what others do to it below. The table beside
it says the same, so machines that read aloud skip the picture."""

from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .diagram import Diagram, Group
from .models import DocumentPage

WIDTH, ROW, GAP, SPINE, LEFT = 320, 40, 12, 14, 40
_LONGEST = 30


def picture(page: DocumentPage, diagram: Diagram) -> SafeString:
    """SVG with classes alone for its colours; letters of 16 px, so that they stay legible on a phone of 320."""
    if not diagram.count:
        return mark_safe("")
    parts: list[str] = []
    top = 1
    for group in diagram.outgoing:
        parts.append(_box(group, top, to_it=False))
        top += ROW + GAP
    centre = top
    parts.append(
        f'<rect class="diagram__self" x="1" y="{top}" width="{WIDTH - 2}" height="{ROW}" rx="4"/>'
        f'<text class="diagram__self-text" x="{WIDTH // 2}" y="{top + 26}" font-size="16" text-anchor="middle">'
        f"{_short(page.number or _('This document'))}</text>"
    )
    top += ROW + GAP
    for group in diagram.incoming:
        parts.append(_box(group, top, to_it=True))
        top += ROW + GAP
    height = top - GAP + 1
    first = 1 + ROW // 2 if diagram.outgoing else centre
    last = height - 1 - ROW // 2 if diagram.incoming else centre
    spine = (
        f'<path class="diagram__line" d="M{SPINE} {first}V{centre}M{SPINE} {centre + ROW}V{max(last, centre + ROW)}"/>'
    )
    title = escape(_("Relations of this document, by kind"))
    return mark_safe(  # noqa: S308
        f'<svg class="diagram" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" aria-hidden="true" '
        f'focusable="false"><title>{title}</title><desc>{escape(_desc(diagram))}</desc>{spine}{"".join(parts)}</svg>'
    )


def _box(group: Group, top: int, to_it: bool) -> str:
    """A kind with how many there are. The arrow shows who acts: out to the other, or in to this one."""
    middle = top + ROW // 2
    head = (
        f"M{SPINE + 6} {middle - 5}L{SPINE} {middle}l6 5"
        if to_it
        else f"M{LEFT - 7} {middle - 5}L{LEFT - 1} {middle}l-6 5"
    )
    return (
        f'<path class="diagram__line" d="M{SPINE} {middle}H{LEFT - 1}{head}"/>'
        f'<rect class="diagram__box" x="{LEFT}" y="{top}" width="{WIDTH - LEFT - 1}" height="{ROW}" rx="4"/>'
        f'<text class="diagram__text" x="{LEFT + 12}" y="{top + 26}" font-size="16">{_short(group.label)}</text>'
        f'<text class="diagram__text diagram__count" x="{WIDTH - 13}" y="{top + 26}" font-size="16" text-anchor="end">'
        f"{group.count}</text>"
    )


def _desc(diagram: Diagram) -> str:
    return "; ".join(f"{group.label}: {group.count}" for group in (*diagram.outgoing, *diagram.incoming))


def _short(text: str) -> str:
    return escape(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
