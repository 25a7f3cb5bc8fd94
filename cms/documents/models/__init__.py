"""Documents, what is derived from them, and how they relate."""

from .attachment import DocumentAttachment
from .import_job import ImportJob
from .import_record import ImportRecord
from .pages import DocumentIndexPage, DocumentPage, Topic
from .relation import Relation, StatedRelation
from .text import DocumentText
from .version import ChangeNote, DocumentVersion

__all__ = [
    "ChangeNote",
    "DocumentAttachment",
    "DocumentIndexPage",
    "DocumentPage",
    "DocumentText",
    "DocumentVersion",
    "ImportJob",
    "ImportRecord",
    "Relation",
    "StatedRelation",
    "Topic",
]
