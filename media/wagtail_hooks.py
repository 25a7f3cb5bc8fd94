"""Guards the files' own addresses."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks

from .privacy import may_read


@hooks.register("before_serve_document")
def private_until_published(document: Any, request: HttpRequest) -> None:
    """To everyone else a private file does not exist: its address must not tell that it does."""
    if not may_read(request.user, document):
        raise Http404
