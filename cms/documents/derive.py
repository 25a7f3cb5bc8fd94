"""From the text an editor wrote to what the public page, search and other documents need of it."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import Q

from cms.base.outbox import record

from .models import DocumentPage, DocumentText
from .pipeline.abbreviations import find_abbreviations
from .pipeline.anchors import settle
from .pipeline.stored import from_plain, to_plain
from .relating import relate, settle_for
from .texts import make_nodes
from .versions import next_number, publish_version

RULES = 1
"""Raised when what is derived changes its shape or its rules; public texts made by older ones are derived anew."""


def derive(page: DocumentPage) -> None:
    """Store the nodes of a public page under their settled anchors, a version where something changed, and its
    relations. Runs in the publishing transaction; ``relating.settle_for`` follows."""
    text = DocumentText.objects.filter(page=page).first()
    published = from_plain(text.nodes) if text else []
    settled = settle(make_nodes(page), published, text.aliases if text else (), next_number(page))
    now = {
        "rules": RULES,
        "nodes": to_plain(settled.nodes),
        "aliases": list(settled.aliases),
        "glossary": [asdict(abbreviation) for abbreviation in find_abbreviations(settled.nodes)],
    }
    if text is None or any(getattr(text, name) != value for name, value in now.items()):
        text, _created = DocumentText.objects.update_or_create(page=page, defaults=now)
    page.text = text
    publish_version(page, settled.nodes)
    relate(page, settled.nodes)


def derive_outdated() -> int:
    """Derive anew what older rules made, page by page; after an upgrade once. Returns how many pages there were."""
    outdated = DocumentPage.objects.live().filter(Q(text=None) | Q(text__rules__lt=RULES))
    found = list(outdated.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            page = DocumentPage.objects.select_for_update().get(pk=pk)
            derive(page)
            settle_for(page, None)
            record(page.search_kind, [pk])
    return len(found)
