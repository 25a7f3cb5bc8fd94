"""Which site a request is for and whose it is. Asked on every request and changed about never, so both are remembered
for a moment. Other processes see a change after ``SECONDS`` at the latest; this one at once (``forget_sites``)."""

from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.organisations.models import Organisation

from .models import OfficeSettings

SECONDS = 30
SHOWN = ("pk", "path", "depth", "title", "url_path", "show_in_menus", "live")
"""What the frame of a page shows of others."""
_VERSION = "sites-version"


def site_for(request: HttpRequest) -> Site | None:
    """As ``Site.find_for_request``, without a statement for each request."""
    if hasattr(request, "_wagtail_site"):
        return request._wagtail_site
    key = f"site:{cache.get(_VERSION, 0)}:{request.get_host()}:{request.get_port()}"
    site = cache.get(key)
    if site is None:
        site = Site.find_for_request(request)
        cache.set(key, site, SECONDS)
    request._wagtail_site = site
    return site


def office_of(site: Site | None) -> OfficeSettings:
    """The settings of the office behind a site, with everything the frame of a page shows of them."""
    if site is None:
        return OfficeSettings()
    key = f"office:{cache.get(_VERSION, 0)}:{site.pk}"
    office = cache.get(key)
    if office is None:
        rows = OfficeSettings.objects.select_related(*OfficeSettings.select_related)
        office = rows.filter(site=site).first() or OfficeSettings(site=site)
        cache.set(key, office, SECONDS)
    return office


def menu_of(site: Site) -> list[Page]:
    """The published pages right below the home page that stand in the menu, in their order."""
    root = site.root_page
    key = f"menu:{cache.get(_VERSION, 0)}:{root.path}"
    pages = cache.get(key)
    if pages is None:
        below = Page.objects.live().filter(path__startswith=root.path, depth=root.depth + 1, show_in_menus=True)
        pages = list(below.only(*SHOWN).order_by("path"))
        cache.set(key, pages, SECONDS)
    return pages


def offices_above_sites() -> frozenset[int]:
    """The offices whose sites these are and all above them."""
    key = f"above-sites:{cache.get(_VERSION, 0)}"
    found = cache.get(key)
    if found is None:
        offices = OfficeSettings.objects.exclude(organisation=None).values_list("organisation_id", flat=True)
        above = (Organisation.objects.above(office).values_list("pk", flat=True) for office in offices)
        found = frozenset(pk for pks in above for pk in pks)
        cache.set(key, found, SECONDS)
    return found


def forget_sites() -> None:
    """After a site, its office, a home page or a page of the menu has changed."""
    cache.set(_VERSION, cache.get(_VERSION, 0) + 1, None)
