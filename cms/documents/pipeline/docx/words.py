"""What is collected of a paragraph: its words line by line, its page, the notes and boxes in it, its heading depth."""

from dataclasses import dataclass, field

from lxml import etree

from .styles import Styles
from .wml import number

_LONGEST_HEADING = 300


@dataclass
class Pages:
    """The page the reader has come to. `known` once the file said anything about pages at all.

    Word writes down where a page ended when it last saved (`lastRenderedPageBreak`), also behind a break an author
    set; the two then count once.
    """

    page: int = 1
    known: bool = False
    set_by_author: bool = False

    def broken_by_author(self) -> None:
        self.page, self.known, self.set_by_author = self.page + 1, True, True

    def broken(self) -> None:
        if not self.set_by_author:
            self.page += 1
        self.known, self.set_by_author = True, False


@dataclass
class Broken:
    """One line: pieces of text with the old encoding of each, whether it has letters and any that are not bold."""

    pieces: list[tuple[str, str | None]] = field(default_factory=list)
    letters: bool = False
    plain: bool = False
    page: int | None = None


@dataclass
class Words:
    """What was collected of a paragraph (or of several, where a deleted paragraph mark joined them)."""

    lines: list[Broken] = field(default_factory=lambda: [Broken()])
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    breaks: int = 0
    contents: bool = False


@dataclass(frozen=True)
class Text:
    """One line of a paragraph; `text` still has its tabs, `bold` means all of its letters are."""

    text: str
    bold: bool
    page: int | None


def hashes_of(styles: Styles, properties: etree._Element | None, style: str | None, text: str) -> int:
    """The depth of a heading style, 0 for text; a whole sentence in a heading style is text all the same."""
    level = number(properties, "outlineLvl")
    level = styles.outline_level(style) if level is None else level
    if level is None or not 0 <= level <= 5 or len(text) > _LONGEST_HEADING or text.endswith((";", ".", ",")):
        return 0
    return level + 1
