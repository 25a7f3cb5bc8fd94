"""What others change and documents depend on; these receivers only write outbox rows or call what settles."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from cms.base.outbox import record
from cms.organisations.models import OrganisationName, Placement, Succession

from . import authority, relating, standing
from .models import DocumentPage, Topic


@receiver([post_save, pre_delete], sender=Topic)
def changed(sender: Any, instance: Topic, **kwargs: Any) -> None:
    record("document", DocumentPage.objects.live().filter(topics=instance).values_list("pk", flat=True))


@receiver(pre_delete, sender=DocumentPage)
def leaving(sender: Any, instance: DocumentPage, **kwargs: Any) -> None:
    standing.tell_difference(standing.outgoing(instance.pk), set())


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


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if page := Page.objects.filter(pk=instance.page_id).first():
        standing.tell_cited_below(page.path)


@receiver(post_page_move)
def carried(sender: Any, instance: Page, **kwargs: Any) -> None:
    standing.tell_cited_below(Page.objects.values_list("path", flat=True).get(pk=instance.pk))
