"""Registers the register."""

from wagtail.snippets.models import register_snippet

from .admin import OrganisationViewSet

register_snippet(OrganisationViewSet)
