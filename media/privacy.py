"""A file is private until something published refers to it (law 15)."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.base.privacy import is_restricted

from .choosing import USING
from .models import File

REFERRERS: list[Callable[[File], QuerySet]] = []
"""How rooms refer to kept files: from a file to the pages (drafts too) whose own rows name it. A room appends its
own when the apps are ready."""


def referring_pages(file: Any) -> QuerySet:
    """Pages whose stored text or rows refer to a file; whether they are public is another question."""
    if isinstance(file, File):
        found: set[int] = set()
        for pages_of in REFERRERS:
            found |= set(pages_of(file).values_list("pk", flat=True))
        return Page.objects.filter(pk__in=found)
    references = ReferenceIndex.get_references_to(file).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = references.values_list("object_id", flat=True).distinct()
    return Page.objects.filter(pk__in=[int(pk) for pk in ids if pk.isdigit()])


def is_public(file: Any) -> bool:
    """A page anyone may read refers to it."""
    return referring_pages(file).live().filter(~is_restricted()).exists()


def may_read(user: Any, file: Any) -> bool:
    """Anyone, once a public page refers to it; before that those of its own office."""
    if is_public(file):
        return True
    policy = policy_registry.get(file)
    return policy.user_has_any_permission_for_instance(user, USING, file)
