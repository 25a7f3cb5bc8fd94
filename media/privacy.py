"""A file is private until something published refers to it (law 15)."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from cms.base.privacy import is_restricted


def public_references(file: Any) -> QuerySet:
    """The public pages whose published text refers to a file."""
    pages = [
        int(pk)
        for pk in ReferenceIndex.get_references_to(file).values_list("object_id", flat=True).distinct()
        if pk.isdigit()
    ]
    return Page.objects.live().filter(pk__in=pages).filter(~is_restricted())


def may_read(user: Any, file: Any) -> bool:
    """Anyone, once a public page refers to it; before that, those who may choose it for their own pages."""
    if public_references(file).exists():
        return True
    policy = policy_registry.get(file)
    return policy.user_has_any_permission_for_instance(user, {"choose", "change", "view"}, file)
