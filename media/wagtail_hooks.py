"""Guards the files' own addresses; registers the kept files."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin import FileViewSet, read_again_button, read_again_view
from .api import ScopedDocuments, ScopedImages
from .models import File
from .privacy import may_read

register_snippet(FileViewSet)


@hooks.register("before_serve_document")
def private_until_published(document: Any, request: HttpRequest) -> None:
    """To everyone else a private file does not exist: its address must not tell that it does."""
    if not may_read(request.user, document):
        raise Http404


@hooks.register("construct_admin_api", order=100)
def scoped_api(router: Any) -> None:
    """After Wagtail's own registration, in its place."""
    router.register_endpoint("images", ScopedImages)
    router.register_endpoint("documents", ScopedDocuments)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("tep-goc/<int:pk>/doc-lai/", read_again_view, name="file_read_again")]


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list:
    return read_again_button(snippet, user) if isinstance(snippet, File) else []
