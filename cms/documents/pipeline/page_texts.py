"""The plain text of a file by its pages, for search: a page of a PDF, a sheet, a slide, or a text as a whole.

What readers do not see is left out: deleted and hidden text, comments, hidden sheets and slides.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import groupby

from lxml import etree

from . import decode
from .archives import Archive, damaged, open_archive
from .errors import Unreadable
from .extractors import extract
from .lines import Item, Line
from .nodes import row_text

MAX_CHARS = 2_000_000
"""Characters of all texts together; what is beyond is left out."""
MAX_TEXTS = 1_000
"""Sheets or slides; the same as the pages of the longest PDF."""
MAX_CELLS = 1_000_000
MAX_REPEATS = 100
"""How often a repeated cell or row is written out: spreadsheets fill whole sheets with one empty or constant cell."""

_CALC = "xl/workbook.xml"
_SLIDES = "ppt/presentation.xml"
_OPEN = "content.xml"


def page_texts(data: bytes, name: str) -> tuple[str, ...]:
    """One text a page (PDF), sheet (XLSX, ODS), slide (PPTX); DOCX and ODT are cut where the file itself says that a
    page ended; plain text and CSV are one. Raises `Unreadable` with the reason."""
    decode.check_size(len(data), name)
    kind = decode.sniff(data)
    if kind == "pdf":
        from .pdf.texts import pdf_texts

        return _bounded(pdf_texts(data, name))
    if data.startswith(b"PK\x03\x04"):
        return _bounded(_package_texts(data, name))
    if kind == "text":
        return _bounded([decode.decode(data, name).text])
    raise decode.not_supported(name)


def _package_texts(data: bytes, name: str) -> Iterable[str]:
    archive = open_archive(data, name)
    if _CALC in archive.names:
        return _sheets(archive, data)
    if _SLIDES in archive.names:
        return _slides(archive)
    if _OPEN in archive.names and "word/document.xml" not in archive.names:
        return _open_document(archive)
    return _pages_of(extract(data, name).items)


def _bounded(texts: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    left = MAX_CHARS
    for text in texts:
        kept.append(text[:left])
        left -= len(kept[-1])
        if left <= 0 or len(kept) == MAX_TEXTS:
            break
    return tuple(kept) if any(text.strip() for text in kept) else ()


def _pages_of(items: Iterable[Item]) -> Iterator[str]:
    """A text for each page the file speaks of; one where it speaks of none."""
    for _page, part in groupby(items, key=lambda item: item.page or 1):
        yield "\n".join(line for item in part for line in _lines(item))


def _lines(item: Item) -> list[str]:
    return [item.text] if isinstance(item, Line) else [row_text(cell for cell in row if cell) for row in item.rows]


def _sheets(archive: Archive, data: bytes) -> Iterator[str]:
    """Values as the file keeps them: a formula counts as its last result."""
    import openpyxl

    archive.refuse_type_declarations()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions nobody reads here
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            cells = Countdown(MAX_CELLS)
            for sheet in book.worksheets[:MAX_TEXTS]:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    yield _joined(sheet.title, (map(_shown, row) for row in sheet.iter_rows(values_only=True)), cells)
        except (Unreadable, MemoryError):
            raise
        except Exception as error:  # openpyxl raises nearly anything for a torn file
            raise damaged(archive.name) from error


class Countdown:
    """Cells (empty ones too) and characters that may still be read of a workbook."""

    def __init__(self, cells: int) -> None:
        self.cells, self.chars = cells, MAX_CHARS


def _joined(title: str, rows: Iterable[Iterable[str]], left: Countdown) -> str:
    """The sheet's name and its rows, as far as the countdown allows."""
    lines = [title]
    for row in rows:
        if left.cells <= 0 or left.chars <= 0:
            break
        cells = list(row)
        left.cells -= len(cells) + 1
        if line := row_text(cell for cell in cells if cell):
            lines.append(line)
            left.chars -= len(line)
    return "\n".join(lines) if len(lines) > 1 else ""


def _shown(value: object) -> str:
    """A value as a Vietnamese reader writes it, near enough to be found."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M}"
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}".replace(".", ",")
        case _:
            return " ".join(str(value).split())


def _slides(archive: Archive) -> Iterator[str]:
    """In the order of the presentation; a hidden slide and the speaker's notes are not for the audience."""
    related = archive.related(_SLIDES)
    for entry in list(archive.root(_SLIDES).iter("{*}sldId"))[:MAX_TEXTS]:
        key = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
        kind, part = related.get(key, ("", ""))
        if kind != "slide" or part not in archive.names:
            continue
        slide = archive.root(part)
        if slide.get("show") in ("0", "false"):
            continue
        yield "\n".join(filter(None, map(_paragraph, slide.iter("{*}p"))))


def _paragraph(paragraph: etree._Element) -> str:
    pieces = []
    for element in paragraph.iter("{*}t", "{*}br"):
        pieces.append(" " if element.tag.endswith("}br") else element.text or "")
    return " ".join("".join(pieces).split())


_UNSEEN = {"tracked-changes", "annotation", "annotation-end", "forms", "scripts", "shapes", "note-citation"}
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def _open_document(archive: Archive) -> Iterator[str]:
    """ODS a text a sheet; ODT cut at the page breaks its last editor left in it."""
    body = archive.root(_OPEN).find(".//{*}body")
    content = next((child for child in body if isinstance(child.tag, str)), None) if body is not None else None
    if content is None:
        raise damaged(archive.name)
    if _tag(content) != "spreadsheet":
        yield from _running_text(content)
        return
    left = Countdown(MAX_CELLS)
    hidden = _hidden_styles(content.getroottree().getroot())
    for table in list(content.findall("{*}table"))[:MAX_TEXTS]:
        if _attribute(table, "style-name") not in hidden:
            yield _joined(_attribute(table, "name"), _open_rows(table, left), left)


def _hidden_styles(root: etree._Element) -> set[str]:
    return {
        _attribute(style, "name")
        for style in root.iterfind(".//{*}style")
        if any(_attribute(properties, "display") == "false" for properties in style.iterfind("{*}table-properties"))
    }


def _open_rows(table: etree._Element, left: Countdown) -> Iterator[list[str]]:
    for row in table.iter("{*}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            text = " ".join(" ".join(_running_text(cell)).split())
            cells += [text] * (_repeats(cell, "number-columns-repeated") if text else 1)
            left.cells -= 1
        for _time in range(_repeats(row, "number-rows-repeated") if any(cells) else 1):
            yield cells


def _repeats(element: etree._Element, attribute: str) -> int:
    value = _attribute(element, attribute)
    return min(int(value), MAX_REPEATS) if value.isdecimal() else 1


def _running_text(content: etree._Element) -> Iterator[str]:
    """The text below an element, a paragraph a line, parted at soft page breaks."""
    pieces: list[str] = []
    for piece in _pieces(content):
        if piece == "\f":
            yield _tidy(pieces)
            pieces = []
        else:
            pieces.append(piece)
    yield _tidy(pieces)


def _pieces(content: etree._Element) -> Iterator[str]:
    """Without recursion: a document may be nested deeper than Python is."""
    waiting: list[str | etree._Element] = [content]
    while waiting:
        now = waiting.pop()
        if isinstance(now, str):
            yield now
            continue
        tag = _tag(now)
        if tag in _UNSEEN:
            continue
        if tag in _SPACES:
            yield _SPACES[tag]
        if tag == "soft-page-break":
            yield "\f"
        after: list[str | etree._Element] = [now.text] if now.text else []
        for child in now:
            after += [child, child.tail] if child.tail else [child]
        if tag in ("p", "h"):
            after.append("\n")
        elif tag == "table-cell":
            after.append(" ")
        waiting += reversed(after)


def _tidy(pieces: list[str]) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(pieces).split("\n"))))


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")
