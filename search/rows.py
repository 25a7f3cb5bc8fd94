"""Results as the page, the files and the feed show them: where they lead, their facts, why they stand there."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from .cards import card_of
from .engines.base import Record
from .explain import reasons
from .registry import Card, trait
from .service import Hit, PassageHit, Results

PAGE = "/tim-kiem/"
CARRIED = 200
"""Characters of the question that links carry to the pages they lead to; longer ones would fill the page."""


@dataclass(frozen=True)
class Shown:
    """A passage with where it leads; ``is_elsewhere`` when that is no page of the site in a language of its own."""

    passage: PassageHit
    url: str
    is_elsewhere: bool


@dataclass(frozen=True)
class Row:
    """One result: ``facts`` are the words of its line, ``day`` its date, ``rank`` its place over all pages; ``card``
    where it is the one document that was asked for."""

    hit: Hit
    url: str
    passages: tuple[Shown, ...]
    facts: tuple[str, ...]
    day: date | None
    rank: int
    reasons: tuple[str, ...] = ()
    card: Card | None = None


@dataclass(frozen=True)
class Pages:
    """What ``includes/pagination.html`` asks of a page."""

    number: int
    num_pages: int

    @property
    def paginator(self) -> "Pages":
        return self

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.num_pages

    @property
    def has_other_pages(self) -> bool:
        return self.num_pages > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def rows(found: Results) -> list[Row]:
    """The results of this page of the answer."""
    first = (found.page - 1) * found.per_page + 1
    q = carried(found)
    return [
        Row(
            hit=hit,
            url=leading(hit.record, q),
            passages=tuple(_shown(hit.record, passage, q) for passage in hit.passages),
            facts=facts(hit.record),
            day=day(hit.record),
            rank=rank,
            reasons=reasons(hit, found.plan) if found.plan else (),
            card=card_of(hit.record) if hit is found.answer else None,
        )
        for rank, hit in enumerate(found.hits, start=first)
    ]


def carried(found: Results) -> str:
    """The question as it was asked, short enough to be carried in every link."""
    used = found.shown_for or (found.plan.read_as if found.plan else "") or found.query.text
    if len(used) <= CARRIED:
        return used
    return used[:CARRIED].rpartition(" ")[0]


def leading(record: Record, q: str, anchor: str = "") -> str:
    """The address of a result, with the question where its pages mark the words of one."""
    query = f"?{urlencode({'q': q})}" if q and trait(record.kind, "marks_words", False) else ""
    return f"{record.url}{query}{'#' if anchor else ''}{anchor}"


def _shown(record: Record, passage: PassageHit, q: str) -> Shown:
    if passage.place_url:
        return Shown(passage, passage.place_url, True)
    return Shown(passage, leading(record, q, passage.anchor), False)


def facts(record: Record) -> tuple[str, ...]:
    """Number, what kind of thing it is, type, issuer."""
    said = [record.number] if record.number and record.number not in record.title else []
    labels = [label for name in ("type", "issuer") for _value, label in record.facets.get(name, ())]
    if not record.facets.get("type"):
        said.append(kind_label(record.kind))
    return (*said, *labels)


def kind_label(kind: str) -> str:
    return str(trait(kind, "label", kind))


def local(path: str) -> str:
    """A root-relative path in the reader's language."""
    language = get_language()
    return path if language in (None, settings.LANGUAGE_CODE) else f"/{language}{path}"


def day(record: Record) -> date | None:
    return date.fromisoformat(record.date) if record.date else None
