"""Which site a request is for. Asked on every request and changed about never, so it is remembered for a moment."""

from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Site

SECONDS = 30
_VERSION = "sites-version"


def site_for(request: HttpRequest) -> Site | None:
    """As ``Site.find_for_request``, without a statement for each request. Other processes see a change of the
    sites themselves after ``SECONDS`` at the latest; this one at once (``forget_sites``)."""
    if hasattr(request, "_wagtail_site"):
        return request._wagtail_site
    key = f"site:{cache.get(_VERSION, 0)}:{request.get_host()}:{request.get_port()}"
    site = cache.get(key)
    if site is None:
        site = Site.find_for_request(request)
        cache.set(key, site, SECONDS)
    request._wagtail_site = site
    return site


def forget_sites() -> None:
    """After a site or a home page has changed."""
    cache.set(_VERSION, cache.get(_VERSION, 0) + 1, None)
