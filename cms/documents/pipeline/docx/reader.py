"""The whole document: body, first-page letterhead, notes and text boxes put in the one stream of lines and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lxml import etree

from .. import legacy
from ..errors import Unreadable
from ..extractors import Extracted, two_columns
from ..lines import Item, Line, Table
from . import tables
from .archive import Package, damaged, too_large
from .flow import CHUNK, DROPPED, PARAGRAPH, SECTION, TABLE, WRAPPERS, Flow, Paragraph
from .notes import Notes
from .numbering import Numbering
from .runs import Runs
from .styles import Styles
from .wml import ALTERNATE, R_ID, child, switch, w
from .words import Pages

MAX_LINES = 150_000
MAX_LINE = 1_000_000
_SAMPLE = 60_000
_STREAMED = (PARAGRAPH, TABLE, SECTION, CHUNK, ALTERNATE, *WRAPPERS, *DROPPED)


def read_package(package: Package, name: str) -> Extracted:
    """The stream of a package. Raises `Unreadable`, and nothing else, where it cannot be read."""
    try:
        reader = _Reader(package, name)
        items = reader.read()
        if encoding := legacy.recognise(reader.sample()):  # old text in a font whose name does not tell
            reader = _Reader(package, name, encoding)
            items = reader.read()
    except RecursionError as error:
        raise damaged(name) from error
    if not items:
        raise _without_text(name, reader.runs.pictures)
    return Extracted(tuple(items), tuple(reader.warnings()))


class _Reader:
    """One pass over the document."""

    def __init__(self, package: Package, name: str, encoding: str | None = None):
        self.package = package
        self.name = name
        styles = Styles(package.related("styles"))
        self.notes = Notes(package.related("footnotes"), package.related("endnotes"))
        self.runs = Runs(styles, self.notes, Pages(), encoding)
        self.flow = Flow(styles, Numbering(package.related("numbering"), styles), self.runs)
        self.items: list[Item] = []
        self.pending: list[tuple[str, str]] = []
        self.header: str | None = None
        self.blank = 0
        self.number = 0
        self.block: tuple[bool, bool] | None = None

    def read(self) -> list[Item]:
        self._blocks(self._body())
        self._write_notes()
        items = self.items
        letterhead = self._letterhead_above()
        if letterhead:
            items = _renumbered([*letterhead, *items])
        return _apart(items)

    def sample(self) -> str:
        """Words from all over the document as they stand in the file, to tell an old encoding by."""
        return "\n".join(self.runs.as_stored)[:_SAMPLE]

    def warnings(self) -> Iterator[str]:
        for encoding in sorted(self.runs.converted):
            yield (
                gettext("The text was in the old VNI encoding (fonts like VNI-Times) and was converted to Unicode.")
                if encoding == "vni"
                else gettext(
                    "The text was in the old TCVN3 (ABC) encoding (fonts like .VnTime) and was converted to Unicode. "
                    "TCVN3 has no capital letters with tone marks: check the capitals in names and headings."
                )
            )
        if self.runs.swapped:
            yield gettext("Look-alike letters were put right (for example Ð for Đ): %(count)d.") % {
                "count": self.runs.swapped
            }
        if self.flow.chunks:
            yield gettext("Files embedded in the document as text were not read: %(count)d.") % {
                "count": self.flow.chunks
            }
        if self.runs.pictures:
            yield gettext("Pictures in the document were left out: %(count)d.") % {"count": self.runs.pictures}

    def _body(self) -> Iterator[etree._Element]:
        """The elements right inside the body; each is thrown away once it has been read."""
        body = w("body")
        for element in self.package.stream(_STREAMED):
            parent = element.getparent()
            if parent is None or parent.tag != body:
                continue
            if self.header is None:
                section = element if element.tag == SECTION else child(child(element, "pPr"), "sectPr")
                if section is not None:
                    self.header = _header_of(section)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]

    def _blocks(self, elements) -> None:
        for block in self.flow.blocks(elements):
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif tables.is_frame(block):
                for cell in block.iter(w("tc")):
                    self._blocks(cell)
                    break
            else:
                self._table(tables.read(block, self.flow))

    def _paragraph(self, paragraph: Paragraph, column: str = "") -> None:
        """Its lines. Centred paragraphs in one look belong together (a title over several); others stand apart."""
        lines = paragraph.in_text
        printed = [line for line in lines if line.text.strip()]
        if not printed:
            self.blank += len(lines)
            return self._attached(paragraph)
        if not paragraph.centred and not column:
            self._write_notes()
        look = (True, printed[0].bold) if paragraph.centred else None
        together = column or (look is not None and look == self.block)
        self.block = look
        begun = False
        for line in lines:
            text = " ".join(line.text.split())
            if not text:
                self.blank += 1
                continue
            self._line(
                Line(
                    text=text,
                    number=self._next(text),
                    raw=line.text.rstrip(),
                    page=line.page,
                    blank_before=self.blank or (0 if begun or together else 1),
                    bold=line.bold,
                    centred=paragraph.centred,
                    hashes=0 if column or begun else paragraph.hashes,
                    column=column,
                )
            )
            begun = True
        self._attached(paragraph)

    def _attached(self, paragraph: Paragraph) -> None:
        """Notes wait until a text paragraph is over; a text box is read behind the paragraph that holds it."""
        self.pending += paragraph.notes
        for box in paragraph.boxes:
            self.blank = self.blank or 1
            self._blocks(box)
            self.blank = self.blank or 1
            self.block = None

    def _table(self, grid: tables.Grid) -> None:
        if not any(cell.text for cell in grid.cells):
            return
        if tables.is_layout(grid):
            self.blank = self.blank or 1
            for column, paragraphs in tables.in_columns(grid):
                for paragraph in paragraphs:
                    self._paragraph(paragraph, column)
        else:
            self._data(grid)
        self.block = None
        for cell in grid.cells:
            self.pending += [note for paragraph in cell.paragraphs for note in paragraph.notes]
        self._write_notes()

    def _data(self, grid: tables.Grid) -> None:
        """A table of data; one that only repeats the header of the table right above goes on with it."""
        rows = tuple(row for row in grid.matrix() if any(row))
        if self.number + len(rows) > MAX_LINES or len(rows) * len(rows[0]) > 8 * MAX_LINES:
            raise _too_long(self.name)
        before = self.items[-1] if self.items else None
        if isinstance(before, Table) and len(rows) > 1 and _folded(before.rows[0]) == _folded(rows[0]):
            self.items[-1] = replace(before, rows=before.rows + rows[1:])
            self.number += len(rows)
        else:
            page = next(
                (line.page for cell in grid.cells for p in cell.paragraphs for line in p.lines if line.page), None
            )
            self.items.append(Table(rows=rows, number=self.number + 1, page=page, blank_before=self.blank or 1))
            self.number += len(rows)
        self.blank = 0

    def _write_notes(self) -> None:
        """The lines of the notes the text has referred to so far, each once."""
        pending, self.pending = self.pending, []
        for key in pending:
            element = self.notes.elements.pop(key, None)
            mark = self.notes.marks.get(key)
            if element is None or mark is None:
                continue
            blocks = self.flow.blocks(element)
            lines = [line.text for block in blocks if isinstance(block, Paragraph) for line in block.printed]
            if text := " ".join(" ".join(lines).split()):
                line = f"[{mark}] {text}"
                self._line(Line(text=line, number=self._next(line), raw=line, blank_before=self.blank or 1))

    def _line(self, line: Line) -> None:
        self.items.append(line)
        self.blank = 0

    def _next(self, text: str) -> int:
        self.number += 1
        if self.number > MAX_LINES:
            raise _too_long(self.name)
        if len(text) > MAX_LINE:
            raise too_large(self.name)
        return self.number

    def _letterhead_above(self) -> list[Item]:
        """Lines of the first page's header, where an office keeps its letterhead; any other header is left out."""
        header = self.package.part(self.package.targets.get(self.header or "", ""))
        if header is None:
            return []
        body, self.items, self.blank, self.block = self.items, [], 0, None
        self._blocks(header)
        above, self.items = self.items, body
        lines = [item.text for item in above if isinstance(item, Line)]
        return above if any(map(tables.is_letterhead, lines)) else []


def _header_of(section: etree._Element) -> str:
    """The id of the header a section prints on its first page, "" without one."""
    wanted = "first" if switch(section, "titlePg") else "default"
    references = section.iterchildren(w("headerReference"))
    return next((found.get(R_ID, "") for found in references if found.get(w("type"), "default") == wanted), "")


def _apart(items: list[Item]) -> list[Item]:
    """Letterheads and signatures set in two columns by tabs alone taken apart, as in plain text."""
    places = [index for index, item in enumerate(items) if isinstance(item, Line) and not item.column]
    raws: list[tuple[int, str]] = []
    at: dict[int, int] = {}
    for index in places:
        line = items[index]
        if line.blank_before:
            raws.append((line.number, ""))
        at[len(raws)] = index
        raws.append((line.number, line.raw))
    columns = two_columns(raws)
    if not columns:
        return items
    pages = {item.number: item.page for item in items}
    result: list[Item] = []
    instead = {at[index]: lines for index, lines in columns.items()}
    for index, item in enumerate(items):
        result += [replace(line, page=pages[line.number]) for line in instead[index]] if index in instead else [item]
    return result


def _renumbered(items: Sequence[Item]) -> list[Item]:
    numbered, number = [], 1
    for item in items:
        numbered.append(replace(item, number=number))
        number += len(item.rows) if isinstance(item, Table) else 1
    return numbered


def _folded(row: Sequence[str]) -> list[str]:
    return ["".join(cell.lower().split()) for cell in row]


def _too_long(name: str) -> Unreadable:
    return Unreadable(
        format_lazy(
            _(
                "“{name}” has more than {limit} paragraphs and table rows, more than is read at once. Split it into "
                "several documents and upload them one by one."
            ),
            name=name,
            limit=f"{MAX_LINES:,}",
        )
    )


def _without_text(name: str, pictures: int) -> Unreadable:
    if pictures:
        message = _(
            "“{name}” holds only pictures, no text: perhaps scanned pages were put into a Word document. Upload the "
            "document the pages were printed from."
        )
    else:
        message = _("“{name}” is empty: there is no text in it. Check the file and upload it again.")
    return Unreadable(format_lazy(message, name=name))
