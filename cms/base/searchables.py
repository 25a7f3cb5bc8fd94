"""What search may find of ordinary pages, and which pages the public may see at all."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from search.registry import Entry, Passage, register

from .models import ArticlePage, SectionPage
from .privacy import is_restricted


def public_pages(pages: QuerySet) -> QuerySet:
    """Those anyone may read now: live, and behind no restriction of their own or of an ancestor."""
    return pages.live().filter(~is_restricted())


def site_path(page: Page, roots: Sequence[str]) -> str | None:
    """The root-relative address of a page, or nothing when it stands below no site's home page."""
    for root in roots:
        if page.url_path.startswith(root):
            return "/" + page.url_path[len(root) :]
    return None


def site_roots() -> list[str]:
    """The tree paths of the sites' home pages, the default site first."""
    return list(Site.objects.order_by("-is_default_site").values_list("root_page__url_path", flat=True))


class PageSearchable:
    """Sections and articles."""

    kind = "page"
    label = gettext_lazy("Other pages")

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        roots = site_roots()
        for model in (SectionPage, ArticlePage):
            rows = public_pages(model.objects.all())
            if ids is not None:
                rows = rows.filter(pk__in=ids)
            for page in rows.iterator(chunk_size=200):
                url = site_path(page, roots)
                if url is None:
                    continue
                yield Entry(
                    key=f"page:{page.pk}",
                    kind=self.kind,
                    title=page.title,
                    url=url,
                    facets={},
                    date=page.first_published_at.date() if page.first_published_at else None,
                    passages=tuple(self._passages(page)),
                )

    def _passages(self, page: SectionPage | ArticlePage) -> Iterator[Passage]:
        if page.intro:
            yield Passage(anchor="", path=(), text=page.intro)
        heading = ()
        for block in getattr(page, "body", ()):
            if block.block_type == "heading":
                heading = (block.value["text"],)
            text = " ".join(strip_tags(str(part)) for part in block.block.get_searchable_content(block.value)).strip()
            if text:
                yield Passage(anchor=f"b-{block.id}" if block.id else "", path=heading, text=text)


def register_searchables() -> None:
    register(PageSearchable())
