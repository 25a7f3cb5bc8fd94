"""A specification as plain text recognised from paper: printed lines, page numbers, and the faults OCR makes.

The faults come from the layout's seed alone. None of them hides the truth from a person: a lost stroke or tone mark,
"l" for 1 and "O" for 0 where a number must stand, "d)" for "đ)", doubled spaces, torn lines, specks.
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata

from tests.documents.made_set.printing import left_head, right_head, title_lines
from tests.documents.made_set.spec import CITED, Document, Grid, Para, Piece, annex_pieces, pieces, plain

WIDTH = 92
PAGE = 44
_DATE = re.compile(r"ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}/\d{1,2}/\d{4}")
_FIRST_MARK = re.compile(r"^1(?=\. )")
_SPECKS = (" .", " '", " |", " ~", " `")


def scanned_text(document: Document) -> bytes:
    """The text file of a specification, UTF-8."""
    return _Printer(document).write().encode()


class _Printer:
    def __init__(self, document: Document):
        self.document = document
        self.random = random.Random(document.layout.seed * 7919)
        self.torn = document.layout.seed % 2 == 0  # lines as printed; else a paragraph a line
        self.lines: list[str] = []
        self.on_page = 0
        self.page = 1
        self.notes: list[str] = []

    def write(self) -> str:
        document = self.document
        self._columns(left_head(document), right_head(document))
        if not document.is_letter:
            for line in (document.kind.upper(), *title_lines(document)):
                self._centred(line)
            self._put("-" * 12, centre=True)
        self._blank()
        if len(document.addressees) == 1:
            self._put(f"Kính gửi: {document.addressees[0]}.", centre=True)
            self._blank()
        elif document.addressees:
            self._put("Kính gửi:")
            for place, name in enumerate(document.addressees):
                self._put(f"- {name}{'.' if place == len(document.addressees) - 1 else ';'}")
            self._blank()
        if document.authority:
            self._centred(document.authority)
            self._blank()
        for text in (*document.bases, *document.considered):
            self._paragraph(text)
        if document.verdict:
            self._blank()
            self._put(document.verdict, centre=True)
            self._blank()
        for text in document.opening:
            self._paragraph(text)
        self._pieces(list(pieces(document)))
        for text in document.closing:
            self._paragraph(text)
        self._signature()
        for piece in annex_pieces(document):
            if piece.kind == "annex":
                self._new_page()
                for line in filter(None, (piece.mark, *piece.text.split("\n"))):
                    self._centred(line)
            elif piece.kind == "attached":
                self._put(plain(piece.text), centre=True)
                self._blank()
            else:
                self._pieces([piece])
        self._new_page(last=True)
        return "\n".join(self.lines) + "\n"

    def _columns(self, left: list[str], right: list[str]) -> None:
        left = [self._head_noise(line) for line in left]
        right = [self._head_noise(line) for line in right]
        if self.document.layout.stacked:
            for side in (left, right):
                for line in side:
                    self._put(line)
                self._blank()
            return
        wide = max(map(len, left), default=0) + 6
        for place in range(max(len(left), len(right))):
            a, b = (side[place] if place < len(side) else "" for side in (left, right))
            self._put(f"{a:{wide}}{b}".rstrip())
        self._blank()

    def _head_noise(self, line: str) -> str:
        """ "Số : 12 /KH" with the spaces typewriters left, O and l in the date, a lost stroke in the number."""
        chance = self.random.random()
        if line.startswith("Số: ") and chance < 0.4:
            return line.replace("Số: ", "Số : ").replace("/", " /", 1)
        if line.startswith("Số: ") and chance < 0.6:
            return line.replace("GDĐT", "GDDT").replace("/QĐ-", "/QD-")
        if "ngày" in line and chance < 0.35:
            return _confused(line)
        return line

    def _pieces(self, part: list[Piece]) -> None:
        for piece in part:
            block = piece.block
            if isinstance(block, Grid):
                self._grid(block)
            elif piece.kind == "heading":
                self._heading(piece)
            elif piece.kind == "point":
                mark = "d)" if piece.mark == "đ)" and self.random.random() < 0.5 else piece.mark
                self._paragraph(f"{mark} {piece.text}")
            else:
                note = block.note if isinstance(block, Para) else ""
                if note:
                    self.notes.append(f"{'¹²³⁴⁵⁶⁷⁸⁹'[len(self.notes)]} {plain(note)}")
                self._paragraph(piece.text)

    def _heading(self, piece: Piece) -> None:
        if self.on_page > PAGE - 4:
            self._new_page()
        block = piece.block
        title = piece.text + block.stop
        if piece.style in ("part", "chapter", "section"):
            self._blank()
            self._put(piece.mark.upper() if piece.style != "section" else piece.mark, centre=True)
            self._centred(title)
            return
        if piece.style in ("roman", "upper", "article"):
            self._blank()
        self._paragraph(f"{piece.mark} {block.run_in or title}".strip())

    def _grid(self, grid: Grid) -> None:
        self._blank()
        for row in grid.rows:
            self.lines.append("\t".join(" ".join(plain(cell).split()) for cell in row))
            self.on_page += 1
        self._blank()

    def _signature(self) -> None:
        document = self.document
        left = ["Nơi nhận:"] if document.recipients else []
        for place, name in enumerate(document.recipients):
            left.append(f"- {name}{'.' if place == len(document.recipients) - 1 else ';'}")
        right = [line for line in (*document.signs_for, document.office) if line]
        if document.signer:
            right += ["", "", "", document.signer]
        self._blank()
        if document.layout.stacked:
            for side in (left, right):
                for line in side:
                    self._put(line) if line else self._blank()
                self._blank()
            return
        wide = max(map(len, left), default=0) + 6
        for place in range(max(len(left), len(right))):
            a, b = (side[place] if place < len(side) else "" for side in (left, right))
            self._put(f"{a:{wide}}{b}".rstrip())
        self._blank()

    def _paragraph(self, text: str) -> None:
        """Its printed lines with their faults; the cited numbers stay whole on one line."""
        text = self._noisy(text)
        lines = textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False) if self.torn else [text]
        for line in lines:
            if self.on_page >= PAGE:
                self._new_page()
            speck = self.random.choice(_SPECKS) if self.torn and self.random.random() < 0.012 else ""
            self._put(line + speck)

    def _noisy(self, text: str) -> str:
        """Faults in the words between cited numbers; in those only lost strokes and a space before the slash."""
        parts = CITED.split(text)
        for place, part in enumerate(parts):
            parts[place] = self._number_noise(part) if place % 2 else self._word_noise(part)
        text = "".join(parts)
        if _FIRST_MARK.match(text) and self.random.random() < 0.25:
            text = _FIRST_MARK.sub("l", text)
        return text

    def _number_noise(self, number: str) -> str:
        chance = self.random.random()
        if chance < 0.08:
            return number.replace("GDĐT", "GDDT").replace("/QĐ-", "/QD-").replace("/NĐ-", "/ND-")
        if chance < 0.14:
            return number.replace("/", " /", 1)
        return number

    def _word_noise(self, text: str) -> str:
        if _DATE.search(text) and self.random.random() < 0.05:
            text = _DATE.sub(lambda match: _confused(match[0]), text, count=1)
        words = text.split(" ")
        for place, word in enumerate(words):
            if place < 3 or not word.isalpha() or word.isupper():
                continue
            chance = self.random.random()
            if chance < 0.012:
                words[place] = _without_marks(word)
            elif chance < 0.022:
                words[place] = word.replace("đ", "d").replace("Đ", "D")
            elif chance < 0.034:
                words[place] = f"{word} "
        return " ".join(words)

    def _centred(self, line: str) -> None:
        """A title in printed lines, those after the first not set off."""
        for part in textwrap.wrap(plain(line), 70, break_on_hyphens=False):
            self._put(part, centre=True)

    def _put(self, line: str, centre: bool = False) -> None:
        self.lines.append(f"{line:^{WIDTH}}".rstrip() if centre and not self.document.layout.stacked else line)
        self.on_page += 1

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.on_page += 1

    def _new_page(self, last: bool = False) -> None:
        """The notes of the page that ends, and the number of the one that begins."""
        if self.notes:
            self._blank()
            self.lines += self.notes
            self.notes.clear()
        self.on_page = 0
        if not last:
            self.page += 1
            self.lines += ["", f"{self.page:^{WIDTH}}".rstrip(), ""]


def _confused(date: str) -> str:
    """l for the first 1 and O for the last 0 of a date's digits."""
    date = re.sub(r"1(?=\d)", "l", date, count=1)
    return re.sub(r"(?<=\d)0(?=\d)", "O", date, count=1)


def _without_marks(word: str) -> str:
    folded = unicodedata.normalize("NFD", word)
    return "".join(char for char in folded if not unicodedata.combining(char))
