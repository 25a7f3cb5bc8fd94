"""Files beside the text: who refers to them, what the page shows of them, what search reads in them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from media.extraction import CannotRead
from media.models import File
from search.registry import Passage

from .models import DocumentAttachment, DocumentPage

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
PRESENTATION = f"{_OFFICE}presentationml.presentation"
SPREADSHEETS = (f"{_OFFICE}spreadsheetml.sheet", f"{_OPEN}spreadsheet")
READABLE = (
    "application/pdf",
    f"{_OFFICE}wordprocessingml.document",
    f"{_OPEN}text",
    *SPREADSHEETS,
    PRESENTATION,
    "text/plain",
)
PIECE = 3000
"""Characters of a passage: about a page."""


def pages_with(file: File) -> QuerySet:
    """Documents whose public row has the file attached. The file a text was read from is not attached: it stays
    private until an editor attaches it."""
    return DocumentPage.objects.filter(pk__in=DocumentAttachment.objects.filter(file=file).values("page"))


def attached(page: DocumentPage) -> list[DocumentAttachment]:
    """In the editor's order, with their files."""
    if page.pk is None or hasattr(page, "_cluster_related_objects"):
        return list(page.attachments.all())
    return list(DocumentAttachment.objects.filter(page=page).select_related("file").order_by("sort_order", "pk"))


def read_texts(data: bytes, name: str) -> tuple[str, ...]:
    """The texts of a file by its pages, read within limits. Raises ``CannotRead`` with the reason."""
    from .pipeline import Unreadable
    from .reader import page_texts_bounded

    try:
        return page_texts_bounded(data, name)
    except Unreadable as error:
        raise CannotRead(str(error)) from error


def passages(page: DocumentPage) -> Iterator[Passage]:
    """The text of each attached file, in pieces short enough to be shown; all land on the file's line below the
    text. The path names the file and, where it has any, the page, sheet or slide; a PDF is opened at the page."""
    for attachment in page.attachments.all():
        file = attachment.file
        for number, text in enumerate(file.page_texts, start=1):
            place = _place(file.media_type, number)
            path = (str(attachment), place) if place else (str(attachment),)
            url = f"{file.get_absolute_url()}#page={number}" if file.media_type == "application/pdf" else ""
            for piece in pieces(text):
                yield Passage(anchor=f"tep-{file.sha256[:8]}", path=path, text=piece, url=url)


def _place(media_type: str, number: int) -> str:
    """“tr. 2” only where pages are pages: a Word file breaks them anew on every machine."""
    match media_type:
        case "application/pdf":
            return _("p. %(number)d") % {"number": number}
        case kind if kind in SPREADSHEETS:
            return _("sheet %(number)d") % {"number": number}
        case kind if kind == PRESENTATION:
            return _("slide %(number)d") % {"number": number}
    return ""


def pieces(text: str, limit: int = PIECE) -> Iterator[str]:
    """``text`` cut at line ends, or spaces where a line is longer, into pieces of about ``limit`` characters."""
    text = text.strip()
    while len(text) > limit:
        breaks = (text.rfind(sign, limit // 2, limit) for sign in "\n ")
        end = next((place for place in breaks if place > 0), limit)
        yield text[:end].strip()
        text = text[end:].lstrip()
    if text:
        yield text
