"""Wagtail's snippet screens ask the policy about the model only. These ask it about the row as well (law 10)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.permissions import policy_registry

READING = ("view", "change", "delete", "publish")


def scoped(view_class: type) -> type:
    """A subclass of a generic view that refuses an object the signed-in person has no rights to."""
    if not hasattr(view_class, "get_object"):
        return view_class

    class ScopedView(view_class):  # type: ignore[misc, valid-type]
        def get_object(self, *args: Any, **kwargs: Any) -> Any:
            instance = super().get_object(*args, **kwargs)
            if instance is not None and instance.pk:
                required = getattr(self, "permission_required", None)
                actions = {required} if required and required != "add" else set(READING)
                policy = policy_registry.get(instance)
                if not policy.user_has_any_permission_for_instance(self.request.user, actions, instance):
                    raise PermissionDenied
            return instance

    ScopedView.__name__ = f"Scoped{view_class.__name__}"
    ScopedView.__doc__ = view_class.__doc__
    return ScopedView


class ScopedViewSetMixin:
    """Put before ``SnippetViewSet``: lists show, and screens open, only what the person may see."""

    def get_queryset(self, request: Any) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, READING)

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(scoped(view_class), **kwargs)
