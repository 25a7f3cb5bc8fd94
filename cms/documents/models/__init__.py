"""Documents, what is derived from them, and what they cite."""

from .citation import Citation
from .pages import DocumentIndexPage, DocumentPage, Topic
from .text import DocumentText

__all__ = ["Citation", "DocumentIndexPage", "DocumentPage", "DocumentText", "Topic"]
