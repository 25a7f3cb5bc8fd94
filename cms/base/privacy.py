"""Which pages are behind a restriction, asked in the statement that reads them."""

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction


def is_restricted(path: str = "path") -> Exists:
    """A condition on pages (or on rows that reach one through ``path``): the page or one above it is not for
    everyone.

    The path is looked up for each restriction and not joined: a join may be read from the hundred thousand pages
    towards the few restrictions.
    """
    top = Subquery(Page.objects.filter(pk=OuterRef("page")).order_by().values("path")[:1])
    above = PageViewRestriction.objects.order_by().annotate(top=top)
    return Exists(above.filter(top=Substr(OuterRef(path), 1, Length("top"))))
