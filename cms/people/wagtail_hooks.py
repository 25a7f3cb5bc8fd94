"""Registers the people's screens, and what choosers may offer."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from search.backend import NEWEST

from .admin import MembershipViewSet
from .bulk import scoped
from .permissions import page_policy

register_snippet(MembershipViewSet)

for action in scoped():
    # After Wagtail's own registration, in its place.
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("construct_page_chooser_queryset")
def choosable_pages(pages: Any, request: Any) -> Any:
    """Public pages, and those the person may open in the explorer; a sibling's drafts are not even named, nor found by
    a word that only the draft of a public page has."""
    mine = Q(pk__in=page_policy.explorable_instances(request.user).values("pk"))
    return pages.filter(Q(live=True) | mine).annotate(**{NEWEST: ExpressionWrapper(mine, BooleanField())})
