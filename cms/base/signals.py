"""Wagtail moves and renames whole branches with single statements, and deletes without calling ``save``. These
receivers only write outbox rows; they decide nothing."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, post_page_move

from .models import BasePage
from .outbox import record


def record_branch(page: Page) -> None:
    """Every page of a branch may have changed its address or who may see it."""
    for found in page.get_descendants(inclusive=True).specific(defer=True).iterator(chunk_size=500):
        if isinstance(found, BasePage):
            record(found.search_kind, [found.pk])


@receiver(post_page_move)
def moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    record_branch(instance)


@receiver(page_slug_changed)
def renamed(sender: Any, instance: Page, **kwargs: Any) -> None:
    record_branch(instance)


@receiver(post_delete)
def deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        record(instance.search_kind, [instance.pk])
    elif isinstance(instance, PageViewRestriction):
        _restricted(instance)


@receiver(post_save, sender=PageViewRestriction)
def restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    _restricted(instance)


def _restricted(restriction: PageViewRestriction) -> None:
    page = Page.objects.filter(pk=restriction.page_id).first()
    if page:
        record_branch(page)
