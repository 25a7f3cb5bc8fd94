"""The text of a PDF page by page, as search reads it: each page's own words, without running heads and numbers."""

from ..nodes import row_text
from . import scanned
from .document import Page, _in_order, _pages, _without_text
from .furniture import without_furniture
from .layout import Row


def pdf_texts(data: bytes, name: str, recognise: bool = True) -> tuple[str, ...]:
    """One text a page, empty for a page without any. Raises `Unreadable`; a scan is read by OCR where it is
    installed."""
    pages = _pages(data, name)
    pictures = [page for page in pages if page.scanned]
    if pictures and recognise and (scanned.ocr_command() or 2 * len(pictures) >= len(pages)):
        return pdf_texts(scanned.recognised(data, name, len(pages)), name, recognise=False)
    if not any(page.letters for page in pages) or sum(p.unmapped for p in pages) > sum(p.letters for p in pages):
        raise _without_text(name)
    kept = without_furniture([(page.height, page.rows) for page in pages])
    for page, rows in zip(pages, kept, strict=True):
        page.rows = rows
    return tuple("\n".join(_lines(page)) for page in pages)


def _lines(page: Page) -> list[str]:
    lines: list[str] = []
    for part in _in_order(page):
        lines += [part.text] if isinstance(part, Row) else [row_text(cell for cell in row if cell) for row in part.rows]
    return [line for line in lines if line.strip()]
