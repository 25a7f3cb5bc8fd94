"""Footnotes and endnotes: a mark "[1]" in the text, and the line "[1] …" the structure makes a note of.

Both kinds share one count in the order the text refers to them, so that no two marks of a document are the same.
(A raised ¹ would read as part of a number before it: "131/QĐ-TTg¹" is no number of a document.)
"""

from lxml import etree

from .wml import w

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Notes:
    """The notes of a document by kind and id, and the marks given so far."""

    def __init__(self, footnotes: etree._Element | None, endnotes: etree._Element | None):
        self.elements: dict[tuple[str, str], etree._Element] = {}
        self.marks: dict[tuple[str, str], int] = {}
        for kind, root in (("footnote", footnotes), ("endnote", endnotes)):
            for element in root.iterchildren(w(kind)) if root is not None else ():
                if element.get(w("type")) not in _SEPARATORS:
                    self.elements[kind, element.get(w("id"), "")] = element

    def mark(self, kind: str, key: str) -> int | None:
        """The mark of a note, the next number the first time; None for one that is not in the file."""
        if (kind, key) not in self.elements:
            return None
        return self.marks.setdefault((kind, key), len(self.marks) + 1)
