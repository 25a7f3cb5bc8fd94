"""After ``migrate`` alone the site is usable: root, home page, default site, and what each room cannot do without.

Runs after every ``migrate`` and changes nothing that is there. Rooms above append their own step.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page, Site, Workflow, WorkflowPage

from .models import HomePage
from .sites import forget_sites

STEPS: list[Callable[[HomePage], None]] = []
"""What rooms add below the home page; each must be repeatable."""

NEEDED = {
    "wagtailcore_site",
    "base_homepage",
    "base_outboxrow",
    "documents_documentindexpage",
    "people_roleapprovaltask",
    "search_conceptedition",
}


def lay(**kwargs: Any) -> None:
    """Receiver of ``post_migrate``. Does nothing while tables are still missing (a partial ``migrate``)."""
    tables = set(connection.introspection.table_names())
    if not NEEDED <= tables:
        return
    # A flushed database has forgotten the ids this process still remembers.
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    forget_sites()
    with transaction.atomic():
        home = ensure_home()
        for step in STEPS:
            step(home)


def ensure_home() -> HomePage:
    """The tree's root, the home page below it, the default site that shows it."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = HomePage.objects.first()
    if home is None:
        home = HomePage(title="Minh Bạch", slug="trang-chu")
        root.add_child(instance=home)
        home.save_revision().publish()
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Minh Bạch")
    _replace_welcome_page(home)
    return home


def _replace_welcome_page(home: HomePage) -> None:
    """Wagtail's first migration makes a page that says welcome to Wagtail; the site starts with its own."""
    for page in Page.objects.filter(depth=2, content_type__app_label="wagtailcore"):
        # Groups and the workflow that asks them give nobody a right here: memberships do.
        WorkflowPage.objects.filter(workflow__name="Moderators approval").delete()
        Workflow.objects.filter(name="Moderators approval").update(active=False)
        Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
        Site.objects.filter(root_page=page).update(root_page=home, site_name="Minh Bạch")
        Site.clear_site_root_paths_cache()
        page.delete()
