"""Wagtail's actions on many rows at once name what the person may not touch. What she may not even see they leave out
(law 10): "all that match a word" would else tell whose draft has it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages import bulk_actions as pages
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as CollectDocuments
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as CollectImages
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction as DeleteSnippets

from .viewsets import READING

STOCK: tuple[type[BulkAction], ...] = (
    *(getattr(pages, name) for name in pages.__all__),
    *(TagDocuments, CollectDocuments, DeleteDocuments, TagImages, CollectImages, DeleteImages, DeleteSnippets),
)


def scoped() -> Iterator[type[BulkAction]]:
    """Each action with a list of refusals that names only what the person may see."""
    for action in STOCK:
        yield type(f"Scoped{action.__name__}", (OnlyWhatMayBeSeen, action), {"__module__": __name__})


class OnlyWhatMayBeSeen:
    """Put before one of Wagtail's actions."""

    request: Any
    model: Any

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        objects, refused = super().get_actionable_objects()  # type: ignore[misc]
        seen = set(_visible(self.model, self.request.user).values_list("pk", flat=True))
        return objects, {reason: [row for row in rows if row.pk in seen] for reason, rows in refused.items()}


def _visible(model: Any, user: Any) -> QuerySet:
    policy = policy_registry.get_by_type(model)
    if issubclass(model, Page):
        return policy.explorable_instances(user)
    return policy.instances_user_has_any_permission_for(user, (*READING, "choose"))
