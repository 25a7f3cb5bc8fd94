"""The admin's own API lists what the person may use, as its screens do."""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class ScopedQueryset:
    """Put before Wagtail's endpoint."""

    def get_queryset(self) -> Any:
        policy = policy_registry.get_by_type(self.model)
        mine = policy.instances_user_has_any_permission_for(self.request.user, {"choose", "change", "view"})
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class ScopedImages(ScopedQueryset, ImagesAdminAPIViewSet):
    """Pictures."""


class ScopedDocuments(ScopedQueryset, DocumentsAdminAPIViewSet):
    """Files."""
