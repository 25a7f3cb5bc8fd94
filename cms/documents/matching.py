"""Is an uploaded file another version of a document the site holds?

The same number, year and issuer decide. A document without a number is recognised by its title, and then only offered:
it is chosen beforehand when its text is nearly the same, and never when two would do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.organisations.naming import name_key
from search.text import fold

from .importing import another_offices, may_edit, same_document
from .models import DocumentPage
from .pipeline import nodes_from_blocks, row_text
from .texts import raw_blocks

NEARLY_THE_SAME = 0.85
"""The share of words in common (Dice) from which two texts of one title are taken for one document."""

OFFERED = 5


@dataclass(frozen=True)
class Candidate:
    """A document the file may be a new version of; ``chosen`` before the editor says anything."""

    pk: int
    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True)
class Match:
    """What may be chosen, and why the file can go nowhere when it is another office's document."""

    candidates: tuple[Candidate, ...] = ()
    refusal: str = ""

    @property
    def chosen(self) -> int | None:
        return next((candidate.pk for candidate in self.candidates if candidate.chosen), None)


def match(
    fields: Mapping[str, Any], user: Any, *, blocks: Sequence[Mapping[str, Any]] | None = None, sha256: str = ""
) -> Match:
    """Documents of this number, year and issuer, of this title, or of this very file, that the person may edit.

    ``fields`` as ``importing.fields_of`` gives them. Without ``blocks`` no texts are compared: a title chooses none.
    """
    if same := same_document(fields):
        if not may_edit(user, same):
            return Match(refusal=another_offices(same))
        return Match((_candidate(same, chosen=True),))
    known = list(DocumentPage.objects.filter(source_sha256=sha256).order_by("-pk")[:OFFERED]) if sha256 else []
    unlike = {page.pk: page for page in (*known, *_of_this_title(fields))}
    pages = [page for page in unlike.values() if may_edit(user, page)][:OFFERED]
    alike = [page.pk for page in pages if blocks is not None and _is_one(page, fields, blocks)]
    chosen = alike[0] if len(alike) == 1 else None
    return Match(tuple(_candidate(page, chosen=page.pk == chosen) for page in pages))


def _candidate(page: DocumentPage, chosen: bool) -> Candidate:
    facts = [page.heading, page.issuer_name, page.issued_on.strftime("%d/%m/%Y") if page.issued_on else ""]
    label = " · ".join(filter(None, [page.full_title, *facts]))
    return Candidate(page.pk, label, reverse("wagtailadmin_pages:view_draft", args=[page.pk]), chosen)


def _of_this_title(fields: Mapping[str, Any]) -> list[DocumentPage]:
    """Documents of the same title, case and diacritics aside, one of the two having no number."""
    title = _folded(fields["official_title"] or fields["title"])
    if not title:
        return []
    rows = DocumentPage.objects.order_by("-pk")
    if fields["number"]:
        rows = rows.filter(number_key="")
    found = [
        pk
        for pk, *names in rows.values_list("pk", "title", "draft_title", "official_title")
        if title in map(_folded, names)
    ]
    return list(DocumentPage.objects.filter(pk__in=found[: 4 * OFFERED]).select_related("issuer", "organisation"))


def _is_one(page: DocumentPage, fields: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]) -> bool:
    """No number or office tells them apart, and their words are nearly the same."""
    draft = page.get_latest_revision_as_object()
    if fields["number"] or draft.number:
        return False
    ours, theirs = (name_key(name or "") for name in (draft.issuer_name, _issuer_name(fields)))
    if ours and theirs and ours != theirs:
        return False
    return likeness(raw_blocks(draft), blocks) >= NEARLY_THE_SAME


def _issuer_name(fields: Mapping[str, Any]) -> str:
    return fields["issuer"].name if fields["issuer"] else fields["issuer_raw"]


def likeness(one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]) -> float:
    """The share of words two texts have in common, 0 to 1."""
    bags = [_words(one), _words(other)]
    total = sum(bag.total() for bag in bags)
    return 2 * (bags[0] & bags[1]).total() / total if total else 0.0


def _words(blocks: Iterable[Mapping[str, Any]]) -> Counter[str]:
    words: Counter[str] = Counter()
    for node in nodes_from_blocks(blocks):
        words.update(_folded(" ".join([node.text, *map(row_text, node.rows)])).split())
    return words


def _folded(text: str) -> str:
    return " ".join(fold(text or "").split())


def choices(match_: Match, user: Any, target_id: int | None) -> list[Candidate]:
    """The candidates with what is chosen now; a document chosen earlier stays among them while it may be edited."""
    found = list(match_.candidates)
    if target_id and target_id not in {candidate.pk for candidate in found}:
        page = DocumentPage.objects.filter(pk=target_id).select_related("issuer", "organisation").first()
        if page and may_edit(user, page):
            found.insert(0, _candidate(page, chosen=True))
    return [Candidate(one.pk, one.label, one.url, one.pk == target_id) for one in found]
