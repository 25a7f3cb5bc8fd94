"""The admin's own search: Wagtail's explorer, choosers and lists ask the same analysis and the same embedded engine as
the public page, over an index of its own that holds drafts.

The engine says what matches and in which order; who may see it stays with the queryset that is searched. How the
words of drafts are kept from those who only see the published page: ``narrowing``.
"""

from .backend import SearchBackend
from .narrowing import NEWEST

__all__ = ["NEWEST", "SearchBackend"]
