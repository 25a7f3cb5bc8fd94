"""Deleting and re-placing go past ``Organisation.save``; search must hear of them. These only write outbox rows."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.base.outbox import record

from .models import Organisation, OrganisationName, Placement


@receiver(post_delete, sender=Organisation)
def deleted(sender: Any, instance: Organisation, **kwargs: Any) -> None:
    record("organisation", [instance.pk])


@receiver([post_save, post_delete], sender=Placement)
@receiver([post_save, post_delete], sender=OrganisationName)
def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    record("organisation", [instance.organisation_id])
