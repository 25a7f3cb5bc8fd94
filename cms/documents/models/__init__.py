"""Documents, what is derived from them, and what they cite."""

from .attachment import DocumentAttachment
from .citation import Citation
from .import_job import ImportJob
from .import_record import ImportRecord
from .pages import DocumentIndexPage, DocumentPage, Topic
from .text import DocumentText

__all__ = [
    "Citation",
    "DocumentAttachment",
    "DocumentIndexPage",
    "DocumentPage",
    "DocumentText",
    "ImportJob",
    "ImportRecord",
    "Topic",
]
