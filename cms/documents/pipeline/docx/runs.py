"""The words of a paragraph: runs, tabs, breaks, fields, tracked changes, notes, symbols, and whether they are bold.

Tracked changes are taken as accepted, fields as their result, hidden text as not there. Text in the fonts of TCVN3
and VNI is converted to Unicode here, where the font is still known.
"""

from dataclasses import dataclass

from lxml import etree

from .. import characters, legacy
from .notes import Notes
from .numbering import SYMBOLS
from .styles import Styles, font_of
from .wml import ALTERNATE, CHOICE, FALLBACK, MATHS, child, switch, value, w
from .words import Broken, Pages, Text, Words

_R, _T, _TAB, _BR, _CR = w("r"), w("t"), w("tab"), w("br"), w("cr")
_RPR, _PPR, _FIELD, _INSTRUCTION = w("rPr"), w("pPr"), w("fldChar"), w("instrText")
_SKIPPED = frozenset({w("del"), w("moveFrom"), _PPR, w("customXmlDelRangeStart"), w("commentReference")})
_MATHS_TEXT = f"{{{MATHS}}}t"
_MATHS = frozenset({f"{{{MATHS}}}oMath", f"{{{MATHS}}}oMathPara"})
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
_BOX = w("txbxContent")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_VIETNAMESE = frozenset("ăđơưĂĐƠƯ") | frozenset(map(chr, range(0x1EA0, 0x1EFA)))
"""Letters no old encoding borrows: text that holds one is Unicode already."""
_SAMPLED = 2_000


@dataclass
class _Field:
    instruction: str = ""
    result: bool = False


class Runs:
    """Reads paragraphs one after the other; fields and pages go on from one to the next."""

    def __init__(self, styles: Styles, notes: Notes, pages: Pages, encoding: str | None = None):
        self.styles = styles
        self.unnamed = encoding  # of text whose font is not one of an old encoding
        self.as_stored: list[str] = []
        self.notes = notes
        self.pages = pages
        self.fields: list[_Field] = []
        self.pictures = 0
        self.swapped = 0
        self.converted: set[str] = set()

    def collect(self, paragraph: etree._Element, words: Words) -> None:
        """Add the words of `paragraph` to `words`."""
        self._style = value(child(paragraph, "pPr"), "pStyle")
        self._inside(paragraph, words)
        if any(not one.result for one in self.fields):  # a field's instruction never goes on in the next paragraph
            self.fields = [one for one in self.fields if one.result]
        if any(_is_contents(one.instruction) for one in self.fields) and self._looks_like_contents(words):
            words.contents = True

    def texts(self, words: Words) -> list[Text]:
        """The lines of a paragraph, in Unicode (NFC), look-alike letters put right."""
        return [
            Text(text, line.letters and not line.plain, line.page if self.pages.known else None)
            for line in words.lines
            for text in (self._unicode(line.pieces),)
        ]

    def _inside(self, parent: etree._Element, words: Words) -> None:
        for element in parent:
            tag = element.tag
            if tag == _R:
                self._run(element, words)
            elif not isinstance(tag, str) or tag in _SKIPPED:
                continue
            elif tag in _MATHS:
                self._say("".join(element.itertext(_MATHS_TEXT)), words, plain=True)
            elif tag == ALTERNATE:
                self._inside(_one_of(element), words)
            elif tag == w("fldSimple") and _is_contents(element.get(w("instr"), "")):
                words.contents = True
            elif len(element) and tag != _BOX:
                self._inside(element, words)

    def _run(self, run: etree._Element, words: Words) -> None:
        properties = run.find(_RPR)
        style = value(properties, "rStyle") or "" if properties is not None else ""
        if self._is(properties, style, "vanish") or (properties is not None and child(properties, "del") is not None):
            self._fields_only(run)
            return
        bold = self._is(properties, style, "b")
        encoding = self._encoding(properties, style)
        raised = properties is not None and value(properties, "vertAlign") == "superscript"
        capitals = self._is(properties, style, "caps")
        for element in run:
            tag = element.tag
            if tag == _T:
                text = element.text or ""
                if raised and text.strip().isdecimal():
                    text = text.translate(_SUPERSCRIPT)
                self._say(text.upper() if capitals and encoding is None else text, words, not bold, encoding)
            elif tag != _RPR:
                self._other(element, tag, words, not bold, encoding)

    def _other(self, element: etree._Element, tag: str, words: Words, plain: bool, encoding: str | None) -> None:
        if tag in (_TAB, w("ptab")):
            self._say("\t", words, plain)
        elif tag in (_BR, _CR):
            if element.get(w("type")) == "page":
                self.pages.broken_by_author()
                words.breaks += 1
            if self._shown():
                words.lines.append(Broken())
        elif tag == w("lastRenderedPageBreak"):
            self.pages.broken()
        elif tag == w("noBreakHyphen"):
            self._say("-", words, plain)
        elif tag == w("softHyphen"):
            self._say("\u00ad", words, plain, encoding)
        elif tag == w("sym"):
            self._say(_symbol(element), words, plain)
        elif tag == _FIELD:
            self._field(element)
        elif tag == _INSTRUCTION:
            self._instruction(element)
        elif tag in (w("footnoteReference"), w("endnoteReference")):
            self._note(element, tag, words)
        elif tag == ALTERNATE:
            for inner in _one_of(element):
                if isinstance(inner.tag, str):
                    self._other(inner, inner.tag, words, plain, encoding)
        elif tag in _PICTURES:
            self._picture(element, words)

    def _fields_only(self, run: etree._Element) -> None:
        """Hidden runs say nothing, but a field may begin or end in one, and a page."""
        for element in run:
            if element.tag == _FIELD:
                self._field(element)
            elif element.tag == _INSTRUCTION:
                self._instruction(element)
            elif element.tag == w("lastRenderedPageBreak"):
                self.pages.broken()

    def _field(self, element: etree._Element) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _instruction(self, element: etree._Element) -> None:
        if self.fields and len(self.fields[-1].instruction) < 200:
            self.fields[-1].instruction += (element.text or "")[:200]

    def _note(self, element: etree._Element, tag: str, words: Words) -> None:
        kind = "footnote" if tag == w("footnoteReference") else "endnote"
        mark = self.notes.mark(kind, element.get(w("id"), "")) if self._shown() else None
        if mark:
            words.notes.append((kind, element.get(w("id"), "")))
            self._say(f"[{mark}]", words, plain=False)

    def _picture(self, element: etree._Element, words: Words) -> None:
        boxes = [found for found in element.iter(_BOX) if not _is_second_copy(found, element)]
        if boxes:
            words.boxes += [box for box in boxes if not any(parent in boxes for parent in box.iterancestors(_BOX))]
        else:
            self.pictures += 1

    def _say(self, text: str, words: Words, plain: bool, encoding: str | None = None) -> None:
        if not text or (self.fields and not self._shown()):
            return
        line = words.lines[-1]
        line.pieces.append((text, encoding))
        if not text.isspace():
            if line.page is None:
                line.page = self.pages.page
            self.pages.set_by_author = False
            line.letters = True
            line.plain = line.plain or (plain and any(map(str.isalnum, text)))

    def _shown(self) -> bool:
        return all(one.result for one in self.fields)

    def _is(self, properties: etree._Element | None, style: str, name: str) -> bool:
        """Whether an on/off property holds for a run: its own, its style's, its paragraph's."""
        found = switch(properties, name) if properties is not None else None
        if found is None and style:
            found = self.styles.character_switch(style, name)
        return self.styles.paragraph_switch(self._style, name) if found is None else found

    def _encoding(self, properties: etree._Element | None, style: str) -> str | None:
        font = font_of(properties) if properties is not None else None
        if font is None and style:
            font = self.styles.character_font(style)
        font = self.styles.font(self._style) if font is None else font
        return _encoding_of(font) or self.unnamed

    def _unicode(self, pieces: list[tuple[str, str | None]]) -> str:
        parts: list[tuple[str, str | None]] = []
        for text, encoding in pieces:  # a letter's mark may stand in a run of its own
            if parts and parts[-1][1] == encoding:
                parts[-1] = parts[-1][0] + text, encoding
            else:
                parts.append((text, encoding))
        text = "".join(self._converted(*part) for part in parts)
        if text.isascii():
            return text
        if len(self.as_stored) < _SAMPLED:
            self.as_stored += [text for text, encoding in parts if encoding is None]
        text = characters.nfc(text)
        text, swapped = characters.without_lookalikes(text)
        self.swapped += swapped
        return characters.nfc(text)

    def _converted(self, text: str, encoding: str | None) -> str:
        """Text of an old font in Unicode; what was typed in Unicode in spite of its font stays."""
        if encoding is None or (text.isascii() and encoding != "tcvn3-upper") or not _VIETNAMESE.isdisjoint(text):
            return text
        if not text.isascii():
            self.converted.add(encoding.partition("-")[0])
        return legacy.convert(text, encoding)

    def _looks_like_contents(self, words: Words) -> bool:
        """A line of a table of contents; a field that was never closed must not swallow the text behind it."""
        text = "".join(piece for line in words.lines for piece, _encoding in line.pieces).rstrip()
        return self.styles.is_contents(self._style) or not text or ("\t" in text and text[-1:].isdigit())


_FONTS: dict[str, str | None] = {"": None}


def _encoding_of(font: str) -> str | None:
    if font not in _FONTS:
        if len(_FONTS) > 500:
            return legacy.encoding_of_font(font[:100])
        _FONTS[font] = legacy.encoding_of_font(font[:100])
    return _FONTS[font]


def _one_of(alternate: etree._Element) -> etree._Element:
    """Of a thing written twice, for new programs and for old ones, the first."""
    chosen = alternate.find(CHOICE)
    if chosen is None:
        chosen = alternate.find(FALLBACK)
    return alternate if chosen is None else chosen


def _is_second_copy(box: etree._Element, top: etree._Element) -> bool:
    """Whether a text box stands in a fallback whose first copy has one, too."""
    for parent in box.iterancestors():
        if parent is top:
            return False
        if parent.tag == FALLBACK:
            first = parent.getparent().find(CHOICE)
            return first is not None and first.find(f".//{_BOX}") is not None
    return False


def _is_contents(instruction: str) -> bool:
    return instruction.lstrip().upper().startswith("TOC")


def _symbol(element: etree._Element) -> str:
    """A sign of a picture font in Unicode, "" for an unknown picture."""
    code = element.get(w("char"), "")
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if "\ud800" <= char <= "\udfff":
        return ""
    if char < "\uf000":
        char = chr(0xF000 + ord(char)) if ord(char) < 0x100 and _is_picture_font(element) else char
    return SYMBOLS.get(char, "" if "\ue000" <= char <= "\uf8ff" else char)


def _is_picture_font(element: etree._Element) -> bool:
    return element.get(w("font"), "").startswith(("Symbol", "Wingdings", "Webdings"))
