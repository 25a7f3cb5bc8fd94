"""A whole PDF, page by page, to the stream of lines and tables."""

import re
import statistics
from dataclasses import dataclass, replace

import pypdfium2
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import patience
from ..errors import Unreadable
from ..extractors import Extracted
from ..lines import Item
from . import scanned
from .boxes import line_box, page_box
from .columns import part_columns
from .flow import learn, paragraphs
from .fonts import in_unicode
from .furniture import without_furniture
from .glyphs import TooDense, page_text
from .layout import Row, rows_of, set_distances
from .margins import set_margins
from .notes import mark_notes
from .opening import opened, unreadable
from .ruling import edges_of
from .tables import Grid, grids_of, joined, table_of

MAX_CHARS = 12_000_000
"""Characters of a whole document, about a thousand dense pages."""

_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Page:
    """What was read of one page."""

    number: int
    width: float
    height: float
    rows: list[Row]
    grids: list[Grid]
    letters: int
    unmapped: int
    scanned: bool
    drawn_too_much: bool
    converted: bool


def extract_pdf(data: bytes, name: str, recognise: bool = True) -> Extracted:
    """The stream of a PDF. Raises `Unreadable`; a scanned one is read by OCR once where that is installed."""
    pages = _pages(data, name, tell=recognise)
    pictures = [page for page in pages if page.scanned]
    if pictures and recognise and (scanned.ocr_command() or 2 * len(pictures) >= len(pages)):
        again = extract_pdf(scanned.recognised(data, name, len(pages)), name, recognise=False)
        warning = gettext("The text was recognised in a scan (OCR); compare it with the original.")
        return replace(again, warnings=(warning, *again.warnings))
    if not any(page.letters for page in pages):
        raise _without_text(name)
    _check_letters(pages, name)
    return Extracted(tuple(_stream(pages)), tuple(_warnings(pages, pictures)), len(pages))


def _pages(data: bytes, name: str, tell: bool = True) -> list[Page]:
    pages: list[Page] = []
    chars = 0
    with opened(data, name) as document:
        for number in range(1, len(document) + 1):
            leaf = document[number - 1]
            try:
                above = pages[-1].grids[-1] if pages and pages[-1].grids else None
                pages.append(_page(leaf, number, above))
            except TooDense:
                raise _too_dense(name, number) from None
            finally:
                leaf.close()
            if tell:
                patience.progress(number, len(document))
            chars += sum(len(row.text) for row in pages[-1].rows)
            if chars > MAX_CHARS:
                raise _too_dense(name, number)
    return pages


def _page(leaf: pypdfium2.PdfPage, number: int, above: Grid | None) -> Page:
    text = page_text(leaf)
    converted = in_unicode(text.words)
    recognised = bool(text.words) and scanned.is_recognised(leaf)
    if recognised:
        scanned.level_sizes(text.words)
    edges = edges_of(leaf, text.to_view)
    grids = grids_of(edges, text.words, number, above) if edges else []
    inside = set().union(*(grid.words for grid in grids)) if grids else set()
    words = [word for word in text.words if id(word) not in inside]
    letters = sum(len(_LETTER.findall(word.text)) for word in text.words)
    rows = part_columns(rows_of(words, number), text.width, first_page=number == 1)
    for row in rows:
        row.words = []
        row.box = line_box(text, row.x0, row.x1, row.y, row.size)
    for grid in grids or []:
        grid.box = page_box(text, grid.xs[0], grid.y, grid.xs[-1], grid.bottom)
    return Page(
        number=number,
        width=text.width,
        height=text.height,
        rows=rows,
        grids=grids or [],
        letters=letters,
        unmapped=text.unmapped,
        scanned=not recognised and scanned.is_scanned(leaf, letters),
        drawn_too_much=edges is None or grids is None,
        converted=converted,
    )


def _stream(pages: list[Page]) -> list[Item]:
    kept = without_furniture([(page.height, page.rows) for page in pages])
    for page, rows in zip(pages, kept, strict=True):
        page.rows = rows
    set_margins([(page.width, page.rows) for page in pages])
    everything = [row for page in pages for row in page.rows]
    if everything:
        body_size = statistics.median(row.size for row in everything)
        for page in pages:
            mark_notes(page.rows, body_size)
    set_distances(everything)
    habits = learn(everything)
    items: list[Item] = []
    run: list[Row] = []
    printed = 0
    for part in _parts(pages):
        if isinstance(part, Row):
            run.append(part)
            continue
        items += paragraphs(run, habits, start=printed + 1)
        printed += len(run)
        run = []
        printed += len(part.rows)
        items.append(replace(table_of(part, printed - len(part.rows) + 1, part.first_page), box=part.box))
    return items + paragraphs(run, habits, start=printed + 1)


def _parts(pages: list[Page]) -> list[Row | Grid]:
    """Rows and tables in reading order; a table that goes on over a page break is one."""
    parts: list[Row | Grid] = []
    for page in pages:
        for part in _in_order(page):
            before = parts[-1] if parts else None
            if isinstance(part, Grid) and isinstance(before, Grid) and part.page == before.page + 1:
                if joined(before, part):
                    continue
            parts.append(part)
    return parts


def _in_order(page: Page) -> list[Row | Grid]:
    """Tables put between the rows; rows keep their order (a letterhead's left column comes before its right)."""
    parts: list[Row | Grid] = []
    grids = list(page.grids)
    for row in page.rows:
        while grids and not row.column and grids[0].y < row.y:
            parts.append(grids.pop(0))
        while grids and row.column and grids[0].bottom < row.y:
            parts.append(grids.pop(0))
        parts.append(row)
    return parts + grids


def _warnings(pages: list[Page], pictures: list[Page]) -> list[str]:
    found = []
    if pictures:
        listed = ", ".join(str(page.number) for page in pictures[:20])
        found.append(
            gettext("Pages that are pictures and were not read (OCR is needed): %(pages)s.") % {"pages": listed}
        )
    if any(page.converted for page in pages):
        found.append(
            gettext(
                "The text was in old Vietnamese fonts (TCVN3 or VNI) and was converted to Unicode; check the capitals "
                "in names and headings."
            )
        )
    drawn = [page for page in pages if page.drawn_too_much]
    if drawn:
        listed = ", ".join(str(page.number) for page in drawn[:20])
        found.append(gettext("Pages with a drawing too detailed to look for tables: %(pages)s.") % {"pages": listed})
    if unmapped := sum(page.unmapped for page in pages):
        found.append(gettext("Characters the PDF gives no letter for: %(count)d.") % {"count": unmapped})
    return found


def _check_letters(pages: list[Page], name: str) -> None:
    """Refuse text whose letters are not letters: fonts without Unicode, or the old Vietnamese encodings."""
    letters, unmapped = sum(page.letters for page in pages), sum(page.unmapped for page in pages)
    if unmapped > letters:
        raise _without_text(name)


def _without_text(name: str) -> Unreadable:
    return unreadable(
        _(
            "“{name}” holds no text that can be read: its letters are drawn as pictures or shapes. Upload the "
            "document’s Word file, or a PDF exported from it (“Save as PDF”, not printed as an image)."
        ),
        name,
    )


def _too_dense(name: str, page: int) -> Unreadable:
    return unreadable(
        _(
            "Page {page} of “{name}” holds more text than a page can; the file is damaged or made to do harm. Print "
            "the document to a new PDF and upload that."
        ),
        name,
        page=page,
    )
