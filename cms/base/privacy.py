"""Which pages are behind a restriction, asked in the statement that reads them."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def is_restricted(path: str = "path") -> Exists:
    """A condition on pages (or on rows that reach one through ``path``): the page or one above it is not for
    everyone."""
    above = PageViewRestriction.objects.annotate(reach=Length("page__path")).filter(
        page__path=Substr(OuterRef(path), 1, F("reach"))
    )
    return Exists(above)
