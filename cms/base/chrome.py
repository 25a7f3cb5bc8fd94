"""The frame of every public page: whose site this is, where one can go, which language, the way back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from .models import OfficeSettings
from .sites import SHOWN, menu_of, office_of, site_for


@dataclass(frozen=True)
class Crumb:
    """One step of the way from the home page; the last has no address."""

    title: str
    url: str = ""

    def __init__(self, title: str, url_name: str = "", url: str = "") -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "url", url or (reverse(url_name) if url_name else ""))

    @classmethod
    def home(cls) -> "Crumb":
        return cls(_("Home"), url=public_path("/"))


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool = False


def public_path(path: str) -> str:
    """A root-relative path in the reader's language: ``/van-ban/`` -> ``/en/van-ban/`` for an English reader."""
    return path if translation.get_language() in (None, "vi") else f"/{translation.get_language()}{path}"


def in_language(path: str, language: str) -> str:
    """The same page in a language."""
    bare = path[3:] if path.startswith("/en/") or path == "/en" else path
    bare = "/" + bare.lstrip("/")  # “//host” would lead to another site
    return bare if language == "vi" else f"/en{bare}"


class Chrome:
    """Read lazily: a view that renders no template costs nothing. At most one statement a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = translation.get_language()

    @cached_property
    def site(self) -> Site | None:
        return site_for(self.request)

    @cached_property
    def office(self) -> OfficeSettings:
        return office_of(self.site)

    @property
    def office_name(self) -> str:
        return self.office.display_name

    @property
    def footer_note(self) -> str:
        return self.office.footer_note

    @cached_property
    def pages(self) -> list[Page]:
        """The navigation and the ancestors of the page being shown; a statement only for those that are in no menu."""
        root = self.site.root_page if self.site else None
        if root is None:
            return []
        pages = {page.path: page for page in (*([root] if root.live else ()), *menu_of(self.site))}
        shown = getattr(self.request, "served_page", None)
        if shown is not None:
            above = [shown.path[:i] for i in range(len(root.path) + Page.steplen, len(shown.path), Page.steplen)]
            if missing := [path for path in above if path not in pages]:
                found = Page.objects.live().filter(path__in=missing).only(*SHOWN)
                pages |= {page.path: page for page in found}
        return [pages[path] for path in sorted(pages)]

    def url_of(self, page: Page) -> str:
        """The page's address on this site, without asking the database again."""
        root = self.site.root_page
        return public_path("/" + page.url_path[len(root.url_path) :])

    @cached_property
    def navigation(self) -> list[Link]:
        current = getattr(getattr(self.request, "served_page", None), "path", "")
        depth = self.site.root_page.depth + 1 if self.site else 0
        return [
            Link(page.title, self.url_of(page), bool(current) and current.startswith(page.path))
            for page in self.pages
            if page.depth == depth and page.show_in_menus
        ]

    def trail(self, page: Page, part: str = "") -> list[Crumb]:
        """Home, the sections above, the page itself; then the part of it that is shown."""
        above = [p for p in self.pages if page.path.startswith(p.path) and p.path != page.path]
        crumbs = [
            Crumb(_("Home") if p.depth == self.site.root_page.depth else p.title, url=self.url_of(p)) for p in above
        ]
        title = getattr(page, "crumb_title", page.title)
        return [*crumbs, Crumb(title, url=self.url_of(page)), Crumb(part)] if part else [*crumbs, Crumb(title)]

    @property
    def privacy_url(self) -> str:
        page = self.office.privacy_page
        return self.url_of(page) if page and page.live else ""

    @property
    def accessibility_url(self) -> str:
        page = self.office.accessibility_page
        return self.url_of(page) if page and page.live else ""

    @cached_property
    def logo_url(self) -> str:
        return self._picture(self.office.logo, "max-400x120|format-webp")

    @cached_property
    def favicon_url(self) -> str:
        return self._picture(self.office.favicon, "fill-64x64|format-png")

    @cached_property
    def og_image_url(self) -> str:
        return self._picture(self.office.sharing_image, "fill-1200x630|format-jpeg")

    def _picture(self, image: Any, spec: str) -> str:
        return image.get_rendition(spec).url if image else ""

    @property
    def other_language(self) -> dict[str, str]:
        code, label = ("en", "English") if self.language == "vi" else ("vi", "Tiếng Việt")
        query = self.request.META.get("QUERY_STRING", "")
        path = in_language(self.request.path, code)
        return {"code": code, "label": label, "url": f"{path}?{query}" if query else path}

    @property
    def canonical_url(self) -> str:
        return self.request.build_absolute_uri(self.request.path)


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``chrome`` for the public site. Not for the admin, which has a frame of its own."""
    if request.path_info.startswith("/admin/"):
        return {}
    chrome = SimpleLazyObject(lambda: Chrome(request))
    found: dict[str, Any] = {"chrome": chrome}
    page = getattr(request, "served_page", None)
    if page is not None:
        found["breadcrumbs"] = SimpleLazyObject(lambda: chrome.trail(page, getattr(request, "served_part", "")))
    return found
