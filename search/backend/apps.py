"""The library Wagtail searches with, without its own way of following changes.

It would queue a task a save, and write inside the transaction what may yet be rolled back. Here a change is a row
in the outbox, written with it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from modelsearch.apps import ModelSearchAppConfig


class AdminSearchConfig(ModelSearchAppConfig):
    """Stands for ``modelsearch`` in ``INSTALLED_APPS``."""

    def ready(self) -> None:
        from modelsearch.index import get_indexed_models

        for model in get_indexed_models():
            if getattr(model, "search_auto_update", True):
                post_save.connect(saved, sender=model)
                post_delete.connect(deleted, sender=model)
        self.get_model("IndexEntry").add_generic_relations()


def saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        deleted(sender, instance)


def deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    from .following import record

    record(sender, [instance.pk])
