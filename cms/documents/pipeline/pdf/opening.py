"""Opening a PDF: closed again whatever happens, and refused with file, reason and way out where it cannot be read."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..errors import Unreadable

MAX_PAGES = 1000
"""Pages of the longest document read."""

_LOCK = threading.RLock()
"""PDFium is not thread-safe: one document at a time in a process."""


def unreadable(message, name: str, **values) -> Unreadable:
    """A refusal; `message` is a lazy translation with `{name}` in it."""
    return Unreadable(format_lazy(message, name=name, **values))


def damaged(name: str) -> Unreadable:
    """The refusal of a file that begins like a PDF and is none, or only a part of one."""
    return unreadable(
        _(
            "“{name}” is damaged: it begins like a PDF, but its pages cannot be found. It may have been cut off on the "
            "way. Ask for the file again, or open it in a PDF reader, print it to a new PDF and upload that."
        ),
        name,
    )


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The document, for the time of the `with`. Raises `Unreadable`: encrypted, damaged, no page, too many pages."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except (pypdfium2.PdfiumError, ValueError) as error:
            raise _refused(error, name) from error
        try:
            _check_pages(len(document), name)
            yield document
        except pypdfium2.PdfiumError as error:
            raise damaged(name) from error
        finally:
            document.close()


def _refused(error: Exception, name: str) -> Unreadable:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        return unreadable(
            _(
                "“{name}” is protected with a password, so it cannot be read. Open it with the password, save it or "
                "print it to a new PDF without one, and upload that."
            ),
            name,
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return unreadable(
            _(
                "“{name}” is encrypted in a way that cannot be read here. Open it in its own program, print it to a "
                "new PDF and upload that."
            ),
            name,
        )
    return damaged(name)


def _check_pages(count: int, name: str) -> None:
    if count < 1:
        raise unreadable(
            _("“{name}” is a PDF without a single page. Make the PDF again from the document and upload it."), name
        )
    if count > MAX_PAGES:
        raise unreadable(
            _(
                "“{name}” has {count} pages; the longest PDF read here has {limit}. Split it into parts, for example "
                "the main text and each appendix, and upload them one by one."
            ),
            name,
            count=count,
            limit=MAX_PAGES,
        )
