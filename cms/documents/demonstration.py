"""True documents, retold: real numbers, dates, issuers and figures; the text is ours and says so."""

import uuid
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from wagtail.blocks import StreamValue

from cms.organisations.models import Organisation

from .models import DocumentIndexPage, DocumentPage, Topic

FILE = Path(__file__).parent / "demo" / "documents.yaml"


def load(say: Any) -> None:
    """Those the site does not hold yet."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    topics = {
        slug: Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in _topic_pairs(data["topics"])
    }
    shelf = DocumentIndexPage.objects.first()
    organisations = {o.code: o for o in Organisation.objects.all()}
    made = 0
    # The plans come first in the file and last onto the site, so that “new” shows them.
    for item in reversed(data["documents"]):
        page = _page(item, organisations)
        page.slug = page.suggested_slug()
        if DocumentPage.objects.child_of(shelf).filter(slug=page.slug).exists():
            continue
        page.topics = [topics[slug] for slug in item.get("topics") or []]
        shelf.add_child(instance=page)
        page.save_revision().publish()
        made += 1
    say(f"{made} văn bản")


def _topic_pairs(topics: Any) -> list[tuple[str, str]]:
    if isinstance(topics, dict):
        return list(topics.items())
    return [(topic["slug"], topic["name"]) for topic in topics]


def _page(item: dict[str, Any], organisations: dict[str, Organisation]) -> DocumentPage:
    issuer = organisations.get(item.get("issuer") or "")
    parent = organisations.get(item.get("parent_issuer") or "")
    title = item["title"]
    return DocumentPage(
        title=title if len(title) <= 255 else title[:254].rpartition(" ")[0] + "…",
        official_title=title if len(title) > 255 else "",
        number=item.get("number") or "",
        doc_type=item.get("type") or "",
        issuer=issuer,
        organisation=issuer,
        parent_issuer_raw=parent.name if parent else "",
        place=item.get("place") or "",
        issued_on=_day(item.get("issued_on")),
        effective_from=_day(item.get("effective_from")),
        period=item.get("period_raw") or "",
        addressees=_lines(item.get("addressees")),
        recipients=_lines(item.get("recipients")),
        is_summary=bool(item.get("body")) and item.get("is_summary", True),
        body=StreamValue(
            DocumentPage._meta.get_field("body").stream_block,
            [
                {**block, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{title}{n}"))}
                for n, block in enumerate(item["body"])
            ],
            is_lazy=True,
        ),
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _lines(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else value or ""
