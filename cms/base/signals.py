"""Wagtail moves and renames whole branches with single statements, and deletes without calling ``save``. These
receivers only write outbox rows; they decide nothing."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from .models import BasePage, OfficeSettings
from .outbox import record
from .sites import forget_sites

MENU_DEPTH = 3
"""Home pages and what stands in their menus."""


def record_branch(page: Page) -> None:
    """Every page of a branch may have changed its address or who may see it."""
    ids: dict[str, list[int]] = {}
    for found in page.get_descendants(inclusive=True).specific(defer=True).iterator(chunk_size=500):
        if isinstance(found, BasePage):
            ids.setdefault(found.search_kind, []).append(found.pk)
    for kind, pks in ids.items():
        record(kind, pks)


@receiver(post_page_move)
def moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    forget_sites()
    transaction.on_commit(forget_sites)
    record_branch(instance)


@receiver(post_save)
def saved(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        _menu_changed(instance)


def _menu_changed(page: Page) -> None:
    """Forgotten at once for whoever saves, and again when everybody else can see it."""
    if page.depth <= MENU_DEPTH:
        forget_sites()
        transaction.on_commit(forget_sites)


@receiver(page_slug_changed)
def renamed(sender: Any, instance: Page, **kwargs: Any) -> None:
    forget_sites()
    record_branch(instance)


@receiver(post_delete)
def deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        _menu_changed(instance)
    if isinstance(instance, BasePage):
        record(instance.search_kind, [instance.pk])
    elif isinstance(instance, PageViewRestriction):
        _restricted(instance)


@receiver(post_save, sender=PageViewRestriction)
def restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    _restricted(instance)


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=OfficeSettings)
@receiver([post_save, post_delete], sender="organisations.Organisation")
@receiver([post_save, post_delete], sender="organisations.Placement")
def site_changed(sender: Any, **kwargs: Any) -> None:
    forget_sites()


def _restricted(restriction: PageViewRestriction) -> None:
    page = Page.objects.filter(pk=restriction.page_id).first()
    if page:
        record_branch(page)
