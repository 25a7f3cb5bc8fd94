"""Paragraphs and tables in reading order, out of whatever they are wrapped in (content controls, tracked insertions).

A paragraph comes with its automatic number written out, as it would be printed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from .numbering import Numbering
from .runs import Runs
from .styles import Styles
from .wml import ALTERNATE, CHOICE, FALLBACK, child, switch, value, w
from .words import Text, Words, hashes_of

PARAGRAPH, TABLE, SECTION, CHUNK = w("p"), w("tbl"), w("sectPr"), w("altChunk")
WRAPPERS = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), CHOICE})
DROPPED = frozenset({w("del"), w("moveFrom")})
_CENTRED = frozenset({"center"})
_WORDY = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as printed: its lines (more than one where the author broke it), what stands before and in it.

    `label` is set only where there is a number and nothing else; `hashes` is the depth of a heading style.
    """

    lines: tuple[Text, ...]
    label: str = ""
    centred: bool = False
    hashes: int = 0
    notes: tuple[tuple[str, str], ...] = ()
    boxes: tuple[etree._Element, ...] = ()

    @property
    def printed(self) -> tuple[Text, ...]:
        """Its lines in a table's cell: a number alone is one, too ("TT" columns are numbered so)."""
        if self.label and not any(line.text.strip() for line in self.lines):
            return (Text(self.label, False, None),)
        return self.lines

    @property
    def in_text(self) -> tuple[Text, ...]:
        """Its lines in running text: a number alone is one only when it is a word ("Chương II")."""
        return self.printed if _WORDY.search(self.label) else self.lines


class Flow:
    """Makes paragraphs of elements; numbers, fields and pages count on from one call to the next."""

    def __init__(self, styles: Styles, numbering: Numbering, runs: Runs):
        self.styles = styles
        self.numbering = numbering
        self.runs = runs
        self.chunks = 0

    def blocks(self, elements: Iterable[etree._Element]) -> Iterator[Paragraph | etree._Element]:
        """Paragraphs, and tables as elements. A deleted paragraph mark joins its paragraph with the next one."""
        words: Words | None = None
        for element in elements:
            tag = element.tag
            if tag == PARAGRAPH:
                properties = element.find(w("pPr"))
                style = value(properties, "pStyle") if properties is not None else None
                joined = words is not None
                words = words or Words()
                if not joined and self._breaks_page(properties, style):
                    self.runs.pages.broken_by_author()
                    words.breaks += 1
                self.runs.collect(element, words)
                if _mark_deleted(properties):
                    continue
                yield from self._paragraph(words, properties, style)
                words = None
            elif tag == TABLE:
                if words is not None:
                    yield from self._paragraph(words, None, None)
                    words = None
                yield element
            elif tag in WRAPPERS:
                yield from self.blocks(element)
            elif tag == ALTERNATE:
                chosen = element.find(CHOICE)
                chosen = element.find(FALLBACK) if chosen is None else chosen
                yield from self.blocks(() if chosen is None else chosen)
            elif tag == CHUNK:
                self.chunks += 1
        if words is not None:
            yield from self._paragraph(words, None, None)

    def _paragraph(self, words: Words, properties: etree._Element | None, style: str | None) -> Iterator[Paragraph]:
        label, gap = self.numbering.label(properties, style) if not words.contents else ("", "")
        if words.contents:
            return
        texts = self.runs.texts(words)
        if words.breaks:  # a break leaves a gap, as an empty line does
            texts = [Text("", False, None)] * (words.breaks - texts.count(Text("", False, None))) + texts
        empty = not any(line.text.strip() for line in texts)
        if label and not empty:
            at = next(i for i, line in enumerate(texts) if line.text.strip()) if words.breaks else 0
            first = texts[at]
            if first.text.strip():
                texts[at] = replace(first, text=f"{label}{gap}{first.text.lstrip()}")
            else:  # a line break right behind the number: "Chương I", and its title below
                texts[at] = Text(label, self.styles.paragraph_switch(style, "b"), None)
        alignment = value(properties, "jc") if properties is not None else None
        first = next((line.text.strip() for line in texts if line.text.strip()), "")
        yield Paragraph(
            lines=tuple(texts),
            label=label if empty else "",
            centred=(self.styles.alignment(style) if alignment is None else alignment) in _CENTRED,
            hashes=hashes_of(self.styles, properties, style, first),
            notes=tuple(words.notes),
            boxes=tuple(words.boxes),
        )
        section = child(properties, "sectPr")
        if section is not None and value(section, "type") != "continuous":
            self.runs.pages.broken_by_author()
            yield Paragraph(lines=(Text("", False, None),))

    def _breaks_page(self, properties: etree._Element | None, style: str | None) -> bool:
        own = switch(properties, "pageBreakBefore") if properties is not None else None
        return self.styles.breaks_page(style) if own is None else own


def _mark_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of the paragraph was deleted, with changes tracked."""
    mark = child(properties, "rPr")
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)
