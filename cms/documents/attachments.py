"""Files beside the text: who refers to them, what the page shows of them, what search reads in them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from media.models import File
from search.registry import Passage

from .models import DocumentAttachment, DocumentPage


def pages_with(file: File) -> QuerySet:
    """Documents whose public row has the file attached. The file a text was read from is not attached: it stays
    private until an editor attaches it."""
    return DocumentPage.objects.filter(pk__in=DocumentAttachment.objects.filter(file=file).values("page"))


def attached(page: DocumentPage) -> list[DocumentAttachment]:
    """In the editor's order, with their files."""
    if page.pk is None or hasattr(page, "_cluster_related_objects"):
        return list(page.attachments.all())
    return list(DocumentAttachment.objects.filter(page=page).select_related("file").order_by("sort_order", "pk"))


def passages(page: DocumentPage) -> Iterator[Passage]:
    """One passage a page of each attached file; it lands on the file's line below the text."""
    for attachment in page.attachments.all():
        for number, text in enumerate(attachment.file.page_texts, start=1):
            if text.strip():
                yield Passage(
                    anchor=f"tep-{attachment.file.sha256[:8]}", path=(str(attachment), f"tr. {number}"), text=text
                )
