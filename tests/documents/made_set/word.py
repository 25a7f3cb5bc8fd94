"""A specification as Word writes it: letterhead in columns, automatic numbers, merged cells, notes, changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tests.documents.made_set import wordml
from tests.documents.made_set.printing import HEAD_RULE, left_head, right_head, title_lines
from tests.documents.made_set.spec import Box, Document, Grid, Para, Piece, annex_pieces, pieces, plain

_FORMATS = {
    "roman": "upperRoman", "arabic": "decimal", "decimal": "decimal", "letter": "lowerLetter", "upper": "upperLetter",
    "article": "decimal", "bracket": "decimal", "paren": "decimal",
}  # fmt: skip
_TYPED = ("part", "chapter", "section", "plain")
_WIDE = 9072


def word_file(document: Document) -> bytes:
    """The .docx of a specification."""
    return _Writer(document).write()


def without_changes(document: Document) -> Document:
    """The same document with its tracked changes accepted, as it is before it is made a PDF."""
    return replace(document, layout=replace(document.layout, tracked=False))


class _Writer:
    def __init__(self, document: Document):
        self.document = document
        self.layout = document.layout
        self.runs = wordml.Runs(self.layout.seed, self.layout.tracked)
        self.lists = wordml.Lists()
        self.out: list[str] = []
        self.bound: list[tuple[str, int, int]] = []
        self.part = 0
        self.under: dict[int, tuple[str, ...]] = {}
        self.current: dict[int, int] = {}

    def write(self) -> bytes:
        self._head()
        for text in (*self.document.bases, *self.document.considered):
            self._text(text, italic=True)
        if self.document.verdict:
            self._centred(self.document.verdict, bold=True)
        for text in self.document.opening:
            self._text(text)
        self._pieces(list(pieces(self.document)), styled=self.layout.styled)
        for text in self.document.closing:
            self._text(text)
        self._signature()
        annexes = list(annex_pieces(self.document))
        starts = [index for index, piece in enumerate(annexes) if piece.kind == "annex"]
        for start, end in zip(starts, [*starts[1:], len(annexes)], strict=False):
            self._annex(annexes[start:end])
        styles = wordml.styles(self.bound, self.layout.size)
        return wordml.package("".join(self.out), self.runs, self.lists, styles)

    def _head(self) -> None:
        left, right = left_head(self.document), right_head(self.document)
        if self.layout.letterhead == "tabs":
            count = max(len(left), len(right))
            for place in range(count):
                a, b = (side[place] if place < len(side) else "" for side in (left, right))
                tabs = '<w:tabs><w:tab w:val="left" w:pos="3300"/></w:tabs>'
                inside = self.runs.text(a, whole=True, size=12) + "<w:r><w:tab/></w:r>"
                inside += self.runs.text(b, bold=True, size=12)
                self.out.append(wordml.paragraph(inside, extra=tabs))
        else:
            self._columns(left, right)
        self._empty()
        if not self.document.is_letter:
            lines = [self.document.kind.upper(), *title_lines(self.document)]
            for line in lines:
                self._centred(line, bold=True)
            self._centred(HEAD_RULE, bold=False)
        if self.document.addressees:
            self._addressees()
        if self.document.authority:
            self._centred(self.document.authority, bold=True)

    def _addressees(self) -> None:
        names = self.document.addressees
        if len(names) == 1:
            self.out.append(wordml.paragraph(self.runs.text(f"Kính gửi: {names[0]}."), align="center"))
            return
        self.out.append(wordml.paragraph(self.runs.text("Kính gửi:"), indent=True))
        for place, name in enumerate(names):
            sign = "." if place == len(names) - 1 else ";"
            self.out.append(wordml.paragraph(self.runs.text(f"- {name}{sign}"), indent=True))

    def _columns(self, left: Sequence[str], right: Sequence[str]) -> None:
        widths = (3300, _WIDE - 3300)
        sides = []
        for lines, width in zip((left, right), widths, strict=True):
            made = "".join(
                wordml.paragraph(
                    self.runs.text(line, bold=line.isupper(), whole=line.isupper(), size=12), align="center"
                )
                for line in lines
            )
            sides.append(wordml.cell(made, width))
        self.out.append(wordml.table([wordml.row(sides)], widths, bordered=False))

    def _signature(self) -> None:
        document = self.document
        left = ["Nơi nhận:"] if document.recipients else []
        for place, name in enumerate(document.recipients):
            left.append(f"- {name}{'.' if place == len(document.recipients) - 1 else ';'}")
        right = [*document.signs_for, *([document.office] if document.office else [])]
        if not left and not right:
            return
        self._empty()
        widths = (4800, _WIDE - 4800)
        a = "".join(wordml.paragraph(self.runs.text(line, bold=not i, italic=not i)) for i, line in enumerate(left))
        b = "".join(wordml.paragraph(self.runs.text(line, bold=True, whole=True), align="center") for line in right)
        if document.signer:
            b += wordml.paragraph("") * 4
            b += wordml.paragraph(self.runs.text(document.signer, bold=True), align="center")
        cells = [wordml.cell(a, widths[0]), wordml.cell(b, widths[1])]
        self.out.append(wordml.table([wordml.row(cells)], widths, bordered=False))
        self._empty()

    def _annex(self, part: list[Piece]) -> None:
        head, *rest = part
        self.out.append(wordml.paragraph('<w:r><w:br w:type="page"/></w:r>'))
        for line in (head.mark, *head.text.split("\n")):
            if line:
                self._centred(line, bold=True)
        if rest and rest[0].kind == "attached":
            self._centred(rest[0].text, bold=False, italic=True)
            rest = rest[1:]
        self._pieces(rest, styled=False)

    def _pieces(self, part: list[Piece], styled: bool) -> None:
        self.part += 1
        ladder = self._ladder(part, styled) if self.layout.automatic else {}
        longest: dict[int, int] = {}
        for piece in part:
            if piece.kind == "point":
                longest[piece.run] = max(longest.get(piece.run, 0), piece.ordinal)
        for piece in part:
            if piece.kind == "heading":
                self._heading(piece, ladder)
            elif piece.kind == "point":
                self._point(piece, longest[piece.run])
            elif isinstance(piece.block, Grid):
                self._grid(piece.block)
            elif isinstance(piece.block, Box):
                inside = wordml.paragraph(self.runs.text(plain(piece.text)))
                self.out.append(wordml.paragraph(wordml.text_box(inside)))
            elif isinstance(piece.block, Para):
                self._text(piece.text, note=piece.block.note)

    def _ladder(self, part: Iterable[Piece], styled: bool) -> dict[str, tuple[int, int]]:
        """Each heading style that can be numbered automatically: its list and level; Word cannot number đ).

        A style that stands at two depths is typed.
        """
        depths: dict[str, set[int]] = {}
        most: dict[str, int] = {}
        for piece in part:
            if piece.kind == "heading" and piece.style not in _TYPED:
                depths.setdefault(piece.style, set()).add((piece.path and len(piece.path)) or 0)
                most[piece.style] = max(most.get(piece.style, 0), piece.ordinal)
        usable = [
            style for style, found in depths.items() if len(found) == 1 and (style != "letter" or most[style] < 5)
        ]
        usable.sort(key=lambda style: next(iter(depths[style])))
        if "decimal" in usable and "arabic" not in usable:
            usable.remove("decimal")
        levels = []
        for index, style in enumerate(usable):
            text = {"article": f"Điều %{index + 1}.", "letter": f"%{index + 1})"}.get(style, f"%{index + 1}.")
            if style == "decimal":
                text = f"%{usable.index('arabic') + 1}.%{index + 1}" + ("." if self.layout.decimal_stop else "")
            levels.append((_FORMATS[style], text, style != "article"))
        if not levels:
            return {}
        names = [f"Cap{index + 1}" for index in range(len(levels))] if styled else []
        num = self.lists.ladder(levels, names)
        self.bound += [(name, num, index) for index, name in enumerate(names)]
        return {style: (num, index) for index, style in enumerate(usable)}

    def _heading(self, piece: Piece, ladder: dict[str, tuple[int, int]]) -> None:
        block = piece.block
        title = plain(piece.text) + block.stop
        if piece.style in ("part", "chapter", "section"):
            self._centred(piece.mark.upper() if piece.style != "section" else piece.mark, bold=True)
            self._centred(title, bold=True)
            return
        words = plain(block.run_in) or title
        inside = self.runs.text(words, bold=not block.run_in)
        if piece.style in ladder:
            num, level = ladder[piece.style]
            bound = next((name for name, of, at in self.bound if (of, at) == (num, level)), "")
            own = self._begun_again(piece, num, level)
            extra = "" if bound and own == num else wordml.numbered(own, level)
            self.out.append(wordml.paragraph(inside, style=bound, extra=extra))
            return
        mark = self.runs.text(f"{piece.mark} ", bold=True, whole=True) if piece.mark else ""
        self.out.append(wordml.paragraph(mark + inside, indent=True))

    def _begun_again(self, piece: Piece, num: int, level: int) -> int:
        """The list of a heading: below a typed heading ("Phần thứ hai") the numbers of the ladder begin again."""
        if piece.style == "article" or level:
            return self.current.get(num, num)
        if self.under.setdefault(num, piece.path) != piece.path:
            self.under[num] = piece.path
            self.current[num] = self.lists.again(num)
        return self.current.get(num, num)

    def _point(self, piece: Piece, longest: int) -> None:
        words = self.runs.text(plain(piece.text))
        fmt, text = _FORMATS.get(piece.style, ""), {"letter": "%1)", "bracket": "%1)", "paren": "(%1)"}.get(piece.style)
        if self.layout.automatic and piece.style in ("dash", "plus"):
            fmt, text = "bullet", "-" if piece.style == "dash" else "+"
        elif piece.style == "letter" and longest > 4:
            fmt = ""
        if fmt and self.layout.automatic:
            num = self.lists.run((self.part, piece.run), fmt, text or "%1.")
            self.out.append(wordml.paragraph(words, extra=wordml.numbered(num, 0), align=self._align))
        else:
            mark = self.runs.text(f"{piece.mark} ", whole=True)
            self.out.append(wordml.paragraph(mark + words, indent=True, align=self._align))

    def _grid(self, grid: Grid) -> None:
        count = len(grid.rows[0])
        share = grid.widths or (1,) * count
        widths = [_WIDE * part // sum(share) for part in share]
        covered = {
            (line, column): (top, left, down, across)
            for top, left, down, across in grid.spans
            for line in range(top, top + down)
            for column in range(left, left + across)
        }
        rows = []
        for line, texts in enumerate(grid.rows):
            cells = []
            for column, text in enumerate(texts):
                top, left, down, across = covered.get((line, column), (line, column, 1, 1))
                if column > left:
                    continue
                merge = ("restart" if line == top else "continue") if down > 1 else ""
                made = "".join(
                    wordml.paragraph(self.runs.text(part, bold=line < grid.header, size=12))
                    for part in plain(text).split("\n")
                )
                cells.append(wordml.cell(made, sum(widths[column : column + across]), across, merge))
            rows.append(wordml.row(cells, header=line < grid.header))
        self.out.append(wordml.table(rows, widths, bordered=True))
        self._empty()

    @property
    def _align(self) -> str:
        return "both" if self.layout.justified else ""

    def _text(self, text: str, *, note: str = "", italic: bool = False) -> None:
        inside = self.runs.text(plain(text), italic=italic)
        if note:
            inside += self.runs.note(plain(note))
        self.out.append(wordml.paragraph(inside, indent=True, align=self._align))

    def _centred(self, text: str, *, bold: bool, italic: bool = False) -> None:
        if text:
            inside = self.runs.text(plain(text), bold=bold, italic=italic, whole=True)
            self.out.append(wordml.paragraph(inside, align="center"))

    def _empty(self) -> None:
        self.out.append(wordml.paragraph(""))
