"""A topic's name stands in the entries of its documents; these receivers only write outbox rows."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from cms.base.outbox import record

from .models import DocumentPage, Topic


@receiver([post_save, pre_delete], sender=Topic)
def changed(sender: Any, instance: Topic, **kwargs: Any) -> None:
    record("document", DocumentPage.objects.live().filter(topics=instance).values_list("pk", flat=True))
