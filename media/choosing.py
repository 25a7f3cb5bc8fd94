"""Which files a person may put into what she writes: publishing makes them public (laws 10 and 15)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.permissions import policy_registry

from .models import Attachment, File, Picture

USING = ("choose", "change", "view")
GUARDED: tuple[type[Model], ...] = (File, Attachment, Picture)

Reference = tuple[int, int]
"""A row: id of its content type, primary key."""


def usable(model: type[Model], user: Any) -> QuerySet:
    """The rows of a guarded model a person may choose."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, USING)


def guarded_types() -> dict[int, type[Model]]:
    """Guarded models by the id of their content type."""
    return {ContentType.objects.get_for_model(model).pk: model for model in GUARDED}


def not_usable(user: Any, references: Iterable[Reference]) -> set[Reference]:
    """Those of the references whose row this person may not choose. A row that is not there harms nobody."""
    wanted: dict[int, set[int]] = {}
    for kind, pk in references:
        wanted.setdefault(kind, set()).add(pk)
    refused: set[Reference] = set()
    for kind, model in guarded_types().items():
        if pks := wanted.get(kind):
            there = set(model._default_manager.filter(pk__in=pks).values_list("pk", flat=True))
            mine = set(usable(model, user).filter(pk__in=there).values_list("pk", flat=True))
            refused |= {(kind, pk) for pk in there - mine}
    return refused
