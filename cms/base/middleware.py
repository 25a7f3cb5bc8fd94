"""The language of a page is in its address, never in a cookie or a header: one address, one text, cacheable."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from wagtail.contrib.redirects.middleware import RedirectMiddleware


class PathLanguageMiddleware:
    """``/en/…`` is English, everything else Vietnamese. The admin then applies its user's own choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Django's own look at the path would take /en-thu-vien/ for English.
        language = (
            "en" if request.path_info.startswith("/en/") or request.path_info == "/en" else settings.LANGUAGE_CODE
        )
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OldAddressMiddleware(RedirectMiddleware):
    """Wagtail's redirects, for English readers too: ``/en/old/`` leads where ``/old/`` does, still in English."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if response.status_code != 404 or not request.path_info.startswith("/en/"):
            return response
        path = request.path_info
        bare = "/" + path[4:].lstrip("/")
        request.path_info, full = bare, request.path
        request.path = bare
        try:
            found = super().process_response(request, response)
        finally:
            request.path_info, request.path = path, full
        target = found.headers.get("Location", "")
        if found.status_code in (301, 302) and target.startswith("/"):
            found.headers["Location"] = f"/en{target}"
        return found
