"""Registers the people's screens."""

from wagtail.snippets.models import register_snippet

from .admin import MembershipViewSet

register_snippet(MembershipViewSet)
