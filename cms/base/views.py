"""Serving pages with few statements, and the site's own small addresses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.static import serve as serve_file
from wagtail import hooks
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from .chrome import Chrome, public_path
from .privacy import is_restricted
from .sites import site_for


def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page by its whole path in one look-up instead of two a level.

    Wagtail's own view answers for what the look-up does not find (routable sub-addresses, wrong paths) and for
    pages that are not for everyone. A page that was public once and is no longer says so with 410 (law 19).
    """
    site = site_for(request)
    if site is None:
        raise Http404
    wanted = f"{site.root_page.url_path}{path}"
    found = Page.objects.filter(url_path=wanted).annotate(restricted=is_restricted()).first()
    if found is None or found.restricted:
        return wagtail_serve(request, path)
    if not found.live:
        return _gone(request, found)
    model = found.specific_class
    page = model.serving().filter(pk=found.pk).first() if hasattr(model, "serving") else found.specific
    for hook in hooks.get_hooks("before_serve_page"):
        response = hook(page, request, [], {})
        if isinstance(response, HttpResponse):
            return response
    return page.serve(request)


def serve_part(
    request: HttpRequest, path: str, model: Any, view: Callable[[HttpRequest, Any], HttpResponse]
) -> HttpResponse:
    """A sub-address of the page at ``path``, drawn by ``view(request, page)``: where the page itself is gone, unknown,
    moved or behind a restriction, the sub-address answers as it does. One statement."""
    site = site_for(request)
    if site is None:
        raise Http404
    wanted = f"{site.root_page.url_path}{path}"
    page = model.serving().filter(url_path=wanted).annotate(restricted=is_restricted()).first()
    if page is None:
        return _moved(request, path)
    if not page.live:
        if page.restricted:
            raise Http404
        return _gone(request, page)

    def draw(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        request.served_page = page
        return view(request, page)

    for hook in hooks.get_hooks("before_serve_page"):
        response = hook(page, request, [], {})
        if isinstance(response, HttpResponse):
            return response
    if page.restricted:
        for wrap in hooks.get_hooks("on_serve_page"):  # Wagtail's own asks for the password there
            draw = wrap(draw)
    return draw(page, request, [], {})


def _gone(request: HttpRequest, page: Page) -> HttpResponse:
    """410 for what was public once, 404 for what never was."""
    if page.first_published_at is None:
        raise Http404
    return render(request, "410.html", {"title": page.title}, status=410)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """The same part of the page that the page's old address leads to."""
    redirect = get_redirect(request, Redirect.normalise_path(f"/{path}"))
    if redirect is None or not redirect.link or not redirect.link.endswith("/"):
        raise Http404
    part = request.get_full_path().partition(f"/{path}")[2]
    target = public_path(redirect.link) if redirect.link.startswith("/") else redirect.link
    answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
    return answer(f"{target}{part}")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the site's own frame, with a search field."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that asks nothing of the database, which may be what broke."""
    return HttpResponse(get_template("500.html").template.render(Context()), status=500)


@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may do, from the office's settings."""
    office = Chrome(request).office
    lines = ["User-agent: *"]
    if office.allow_robots:
        lines += ["Disallow: /admin/", "Disallow: /tim-kiem/", "Disallow: /en/tim-kiem/"]
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    else:
        lines.append("Disallow: /")
    lines += office.robots_extra.splitlines()
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask here whatever the page says."""
    return HttpResponsePermanentRedirect(Chrome(request).favicon_url or static("img/favicon.svg"))


@cache_control(public=True, max_age=31_536_000, immutable=True)
def rendition(request: HttpRequest, path: str) -> HttpResponse:
    """Pictures at their sizes. Originals and documents lie beside that folder and are never served from here."""
    return serve_file(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
