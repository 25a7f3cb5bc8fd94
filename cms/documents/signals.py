"""What others change and documents depend on; these receivers only write outbox rows or call what settles."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from cms.base.outbox import record
from cms.organisations.models import OrganisationName, Placement, Succession

from . import authority, relating
from .models import DocumentPage, Topic


@receiver([post_save, pre_delete], sender=Topic)
def changed(sender: Any, instance: Topic, **kwargs: Any) -> None:
    record("document", DocumentPage.objects.live().filter(topics=instance).values_list("pk", flat=True))


@receiver(post_delete, sender=DocumentPage)
def deleted(sender: Any, instance: DocumentPage, **kwargs: Any) -> None:
    relating.forget(instance)


@receiver([post_save, post_delete], sender=OrganisationName)
def renamed(sender: Any, instance: OrganisationName, **kwargs: Any) -> None:
    relating.settle_issued_by([instance.organisation_id])


@receiver([post_save, post_delete], sender=Placement)
@receiver([post_save, post_delete], sender=Succession)
def moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    authority.settle_all_effects()
