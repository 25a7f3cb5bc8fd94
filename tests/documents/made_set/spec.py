"""What a made document says, as data. It is the truth that reading the written file is held against.

A cited number stands between ⟦ and ⟧ in any text; the signs are not printed. Nothing here is learnt from the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

CITED = re.compile(r"⟦(.+?)⟧")
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm")


def plain(text: str) -> str:
    """A text as printed, without the signs around cited numbers."""
    return text.replace("⟦", "").replace("⟧", "")


@dataclass(frozen=True)
class Para:
    """A paragraph; `note` is the text of a footnote at its end."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Point:
    """A point of a list: letter "a)", arabic "1.", bracket "1)", paren "(1)", dash "-", plus "+"."""

    style: str
    text: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table, its header rows first. `spans`: (row, column, rows, columns) of merged cells; what they cover is ""."""

    rows: tuple[tuple[str, ...], ...]
    header: int = 1
    spans: tuple[tuple[int, int, int, int], ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Box:
    """A text box; in forms without boxes a paragraph."""

    text: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. `stop` is printed behind the title; `run_in` is an article's own sentence.

    Styles: part, chapter, section, article, upper "A.", roman "I.", arabic "1.", decimal "1.1", letter "a)", plain.
    """

    style: str
    title: str = ""
    body: tuple[Block, ...] = ()
    run_in: str = ""
    stop: str = ""


Block = Para | Point | Grid | Box | Section


@dataclass(frozen=True)
class Annex:
    """An appendix ("PHỤ LỤC I") or, without `number`, an attached regulation that is named by its title."""

    number: str
    title: str
    attached: str = ""
    body: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How the files are set: nothing here changes what the document says."""

    seed: int = 1
    letterhead: str = "table"  # or "tabs"
    automatic: bool = True
    styled: bool = False  # numbers by paragraph styles, not by the paragraphs themselves
    tracked: bool = False
    justified: bool = True
    size: int = 14
    decimal_stop: bool = True
    stacked: bool = False  # in the text form: left column above the right one


@dataclass(frozen=True)
class Document:
    """A whole document: particulars, text, appendices."""

    name: str
    offices: tuple[str, ...]
    issuer: str
    kind: str
    title: str  # lines as printed, parted by "\n"
    number: str | None = None
    number_printed: str = ""  # where it is not the number itself: "      /KH-UBND"
    parent: str | None = None
    place: str | None = None
    day: date | None = None
    effective: date | None = None
    addressees: tuple[str, ...] = ()
    authority: str = ""  # the office that decides, in capitals, above the bases
    bases: tuple[str, ...] = ()
    considered: tuple[str, ...] = ()  # "Xét …", "Theo đề nghị …" below the bases: they name no legal basis
    opening: tuple[str, ...] = ()
    verdict: str = ""  # "QUYẾT ĐỊNH:"
    body: tuple[Block, ...] = ()
    closing: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signs_for: tuple[str, ...] = ()
    office: str = ""  # the signer's own, as printed
    signer_title: str | None = None
    signer: str | None = None
    annexes: tuple[Annex, ...] = ()
    layout: Layout = Layout()

    @property
    def is_letter(self) -> bool:
        return self.kind == "Công văn"


@dataclass(frozen=True)
class Piece:
    """One printed piece: `mark` as printed, `number` bare, `path` the numbers of the headings above."""

    kind: str  # heading, point, para, grid, box, annex, attached
    text: str = ""
    style: str = ""
    mark: str = ""
    number: str = ""
    path: tuple[str, ...] = ()
    depth: int = 0
    ordinal: int = 0
    run: int = 0  # which list of points it belongs to
    block: Block | None = None


def pieces(document: Document) -> Iterator[Piece]:
    """The text behind the preamble, numbered, in the order of print; the signature stands between body and annexes."""
    yield from _Numbering(document).part(document.body, ())


def annex_pieces(document: Document) -> Iterator[Piece]:
    """The appendices, numbered."""
    for annex in document.annexes:
        yield Piece("annex", annex.title, "annex", annex.number, annex.number)
        if annex.attached:
            yield Piece("attached", annex.attached)
        yield from _Numbering(document).part(annex.body, (annex.number or annex.title,))


class _Numbering:
    """Numbers one part (the main text, or an appendix); articles count on through its chapters."""

    def __init__(self, document: Document):
        self.stop = "." if document.layout.decimal_stop else ""
        self.articles = 0
        self.runs = 0

    def part(self, blocks: Sequence[Block], path: tuple[str, ...], own: str = "", depth: int = 0) -> Iterator[Piece]:
        counts: dict[str, int] = {}
        last = ""
        for block in blocks:
            if isinstance(block, Section):
                yield from self._section(block, counts, path, own, depth)
            elif isinstance(block, Point):
                if block.style != last:
                    counts[f"point {block.style}"] = 0
                    self.runs += 1
                counts[f"point {block.style}"] += 1
                count, run = counts[f"point {block.style}"], self.runs
                yield Piece("point", block.text, block.style, point_mark(block.style, count), ordinal=count,
                            run=run, depth=depth, block=block)  # fmt: skip
                yield from self.part(block.body, path, own, depth + 1)
            else:
                kind = {Para: "para", Grid: "grid", Box: "box"}[type(block)]
                yield Piece(kind, getattr(block, "text", ""), depth=depth, block=block)
            last = block.style if isinstance(block, Point) else ""

    def _section(self, block: Section, counts: dict[str, int], path, own: str, depth: int) -> Iterator[Piece]:
        counts[block.style] = count = counts.get(block.style, 0) + 1
        if block.style == "article":
            self.articles += 1
            count = self.articles
        number, mark = self._numbered(block.style, count, own)
        yield Piece("heading", block.title, block.style, mark, number, path, depth, count, block=block)
        below = (*path, number or block.title)
        yield from self.part(block.body, below, number, depth + 1)

    def _numbered(self, style: str, count: int, own: str) -> tuple[str, str]:
        if style == "decimal":
            number = f"{own}.{count}"
            return number, f"{number}{self.stop}"
        number = {
            "part": f"Phần thứ {_ORDINALS[min(count, 5) - 1]}", "chapter": f"Chương {roman(count)}",
            "section": f"Mục {count}", "article": f"Điều {count}", "upper": chr(64 + count), "roman": roman(count),
            "arabic": str(count), "letter": LETTERS[count - 1], "plain": "",
        }[style]  # fmt: skip
        sign = {"letter": ")", "part": "", "chapter": "", "section": "", "plain": ""}.get(style, ".")
        return number, f"{number}{sign}"


def point_mark(style: str, count: int) -> str:
    """A point's mark as printed."""
    return {
        "letter": f"{LETTERS[count - 1]})", "arabic": f"{count}.", "bracket": f"{count})", "paren": f"({count})",
        "dash": "-", "plus": "+",
    }[style]  # fmt: skip


def roman(value: int) -> str:
    found = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            found, value = found + sign, value - worth
    return found


@dataclass(frozen=True)
class Truth:
    """What reading must give. A heading: number, title, numbers of the headings above. A citation: number and kind."""

    header: dict[str, object]
    headings: tuple[tuple[str, str, tuple[str, ...]], ...]
    citations: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def truth(document: Document) -> Truth:
    """The truth of a specification."""
    title = " ".join(document.title.split())
    header = {
        "number": document.number,
        "type_word": document.kind,
        "issuer": document.issuer,
        "parent_issuer": document.parent,
        "place": document.place,
        "issued_on": document.day,
        "effective_from": document.effective,
        "title": plain(title[:1].upper() + title[1:]) or None,
        "signer_name": document.signer,
        "signer_title": document.signer_title,
        "recipients": document.recipients,
        "addressees": document.addressees,
    }
    printed = [*pieces(document), *annex_pieces(document)]
    headings = [
        (piece.number, plain(piece.text), piece.path) for piece in printed if piece.kind in ("heading", "annex")
    ]
    cited = [(number, "legal_basis") for text in document.bases for number in CITED.findall(text)]
    texts = [document.title, *document.considered, *document.opening, *document.closing]
    for piece in printed:
        texts.append(piece.text)
        if isinstance(piece.block, Section):
            texts.append(piece.block.run_in)
        if isinstance(piece.block, Para):
            texts.append(piece.block.note)
        if isinstance(piece.block, Grid):
            texts += [cell for row in piece.block.rows for cell in row]
    cited += [(number, "mention") for text in texts for number in CITED.findall(text)]
    tables = [
        tuple(tuple(plain(cell) for cell in row) for row in piece.block.rows)
        for piece in printed
        if isinstance(piece.block, Grid)
    ]
    return Truth(header, tuple(headings), tuple(cited), tuple(tables))
