"""What the published documents say their short forms stand for, told to search."""

from collections.abc import Iterator

from cms.base.searchables import public_pages, site_path, site_roots
from search.learnt import Said

from .models import DocumentPage


def said_in_documents() -> Iterator[Said]:
    """Of what the public may read only: a draft's words are nobody's business yet."""
    roots = site_roots()
    pages = public_pages(DocumentPage.objects.all()).filter(text__isnull=False).exclude(text__glossary=[])
    pages = pages.select_related("text").defer("body", "text__nodes", "text__aliases").order_by("pk")
    for page in pages.iterator(chunk_size=200):
        url = site_path(page, roots)
        for one in page.text.glossary if url else ():
            key = f"document:{page.pk}"
            yield Said(one["short"], one["meaning"], key, page.title, f"{url}#{one['anchor']}")
