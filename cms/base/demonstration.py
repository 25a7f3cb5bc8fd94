"""Content that shows what the site does. Each room that has some appends its loader; all are repeatable and
deterministic, and change nothing an editor has made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Site

from .models import ArticlePage, HomePage, OfficeSettings

Say = Callable[[str], Any]

LOADERS: list[tuple[int, Callable[[Say], None]]] = []
"""(order, loader) pairs; a loader is given a function that tells the operator what it did."""

PAGES = Path(__file__).parent / "demo" / "pages.yaml"


def load_all(say: Say) -> None:
    """Run every loader in one transaction."""
    with transaction.atomic():
        for _, loader in sorted(LOADERS, key=lambda pair: pair[0]):
            loader(say)


def load(say: Say) -> None:
    """The office of the site, its introduction and its standing pages (about, privacy, accessibility)."""
    from cms.organisations.models import Organisation

    data = yaml.safe_load(PAGES.read_text(encoding="utf-8"))
    home = HomePage.objects.first()
    if not home.intro:
        home.title, home.intro = data["home"]["title"], data["home"]["intro"]
        home.save_revision().publish()
    made = {item["slug"]: _article(home, item) for item in data["articles"]}
    office, _ = OfficeSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    if not office.name:
        office.name = data["office"]["name"]
        office.footer_note = data["office"]["footer_note"]
        office.organisation = Organisation.objects.filter(code=data["office"]["organisation"]).first()
        office.privacy_page = made[data["office"]["privacy"]]
        office.accessibility_page = made[data["office"]["accessibility"]]
        office.save()
    say(f"{len(made)} trang")


def _article(home: HomePage, item: dict[str, Any]) -> ArticlePage:
    page = ArticlePage.objects.child_of(home).filter(slug=item["slug"]).first()
    if page is None:
        page = ArticlePage(title=item["title"], slug=item["slug"], intro=item["intro"])
        page.body = [
            ("heading", {"text": part["heading"], "level": "2"})
            if "heading" in part
            else ("paragraph", _rich(part["text"]))
            for part in item["body"]
        ]
        home.add_child(instance=page)
        page.save_revision().publish()
    return page


def _rich(html: str) -> Any:
    from wagtail.rich_text import RichText

    return RichText(html)


LOADERS.append((15, load))
