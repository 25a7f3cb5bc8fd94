"""Registers what this room adds to the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .concepts_admin import ConceptViewSet, concepts_taken_away
from .learning import hooks as _learning  # noqa: F401

register_snippet(ConceptViewSet)
hooks.register("after_bulk_action", concepts_taken_away)
