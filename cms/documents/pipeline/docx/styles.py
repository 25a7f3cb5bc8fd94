"""Styles: what a paragraph or run inherits from its style, from the styles that one is based on, and from the
document's defaults.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from .wml import child, number, switch, value, w

T = TypeVar("T")
_DEEPEST = 40
"""Styles may be based on each other; a file may make them a circle."""
_CONTENTS = re.compile(r"^(?:toc|contents|mục lục)\b.*\d", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """One style: its parent's id and its own properties."""

    key: str
    name: str
    based_on: str | None
    paragraph: etree._Element | None
    run: etree._Element | None
    table: etree._Element | None = None


class Styles:
    """The style sheet. Every answer is remembered: a document has few styles and many paragraphs."""

    def __init__(self, root: etree._Element | None = None):
        self.by_key: dict[str, Style] = {}
        self.default = {"paragraph": "", "character": "", "table": ""}
        self.run_default: etree._Element | None = None
        self._known: dict[tuple[str, str], object] = {}
        if root is None:
            return
        self.run_default = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        for element in root.iterchildren(w("style")):
            key = element.get(w("styleId"), "")
            self.by_key[key] = Style(
                key=key,
                name=value(element, "name") or "",
                based_on=value(element, "basedOn"),
                paragraph=child(element, "pPr"),
                run=child(element, "rPr"),
                table=child(element, "tblPr"),
            )
            kind = element.get(w("type"), "paragraph")
            if element.get(w("default")) in ("1", "true", "on") and kind in self.default:
                self.default[kind] = key

    def chain(self, key: str | None, kind: str = "paragraph") -> list[Style]:
        """A style and those it is based on, nearest first; the default style where there is none of that id."""
        chain: list[Style] = []
        style = self.by_key.get(key or "") or self.by_key.get(self.default[kind])
        while style is not None and len(chain) < _DEEPEST:
            chain.append(style)
            style = self.by_key.get(style.based_on or "")
        return chain

    def paragraph_switch(self, key: str | None, name: str) -> bool:
        """An on/off property of runs (bold, hidden, capitals) a paragraph's style gives."""
        return self._remembered(key, f"r:{name}", lambda style: switch(style.run, name), self._default_switch(name))

    def character_switch(self, key: str, name: str) -> bool | None:
        """The same of a character style, None where it says nothing."""
        if key not in self.by_key:
            return None
        return self._remembered(key, f"c:{name}", lambda style: switch(style.run, name), None)

    def alignment(self, key: str | None) -> str:
        return self._remembered(key, "jc", lambda style: value(style.paragraph, "jc"), "")

    def outline_level(self, key: str | None) -> int | None:
        return self._remembered(key, "outline", lambda style: number(style.paragraph, "outlineLvl"), None)

    def breaks_page(self, key: str | None) -> bool:
        return self._remembered(key, "break", lambda style: switch(style.paragraph, "pageBreakBefore"), False)

    def font(self, key: str | None) -> str:
        """The font of a paragraph's style, "" where it is only the theme's."""
        return self._remembered(key, "font", lambda style: font_of(style.run), font_of(self.run_default) or "")

    def character_font(self, key: str) -> str | None:
        if key not in self.by_key:
            return None
        return self._remembered(key, "cfont", lambda style: font_of(style.run), None)

    def is_contents(self, key: str | None) -> bool:
        """A style of the lines in a table of contents ("toc 1", LibreOffice's "Contents 1")."""
        style = self.by_key.get(key or "")
        return style is not None and bool(_CONTENTS.match(style.name) or _CONTENTS.match(style.key))

    def _default_switch(self, name: str) -> bool:
        return bool(switch(self.run_default, name))

    def _remembered(self, key: str | None, what: str, ask: Callable[[Style], T | None], otherwise: T) -> T:
        place = (key or "", what)
        if place not in self._known:
            answers = (ask(style) for style in self.chain(key))
            self._known[place] = next((answer for answer in answers if answer is not None), otherwise)
        return self._known[place]


def font_of(run: etree._Element | None) -> str | None:
    """The font Latin letters are drawn in."""
    fonts = child(run, "rFonts")
    return None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
