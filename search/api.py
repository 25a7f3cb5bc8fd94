"""``/api/v1/search``: what the search page answers, for programs. Reading only, no key, any origin.

The words of errors are Vietnamese; names and codes are English. An unknown parameter is an error and not ignored: an
answer to another question than the one meant is worse than none.
"""

import datetime
import logging
from itertools import accumulate
from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view

from .explain import reasons
from .service import MAX_PER_PAGE, Hit, PassageHit, Results, search

logger = logging.getLogger(__name__)
router = Router(tags=["search"])

MOST_HITS = 10_000
"""So far a list can be paged through; a file of the results has more."""
SECONDS = 60
CANNOT_BE_USED = gettext_lazy("The question has parameters that cannot be used.")


class Question(Schema):
    """What may be asked. A filter may be given several times: any of its values counts."""

    q: str = Field("", description='Words, a number in any spelling; "quoted words" stand together, -word excludes.')
    kind: list[str] = Field([], description="document, organisation, page: values of facets.kind of an answer.")
    type: list[str] = Field([], description="Document type: values of facets.type of an answer.")
    issuer: list[str] = Field([], description="Code of the issuing organisation: values of facets.issuer.")
    year: list[str] = Field([], description="Year of issue.")
    topic: list[str] = Field([], description="Topic: values of facets.topic.")
    sort: Literal["relevance", "newest"] = "relevance"
    page: int = Field(1, ge=1, le=MOST_HITS)
    per_page: int = Field(10, ge=1, le=MAX_PER_PAGE)


FILTERS = ("kind", "type", "issuer", "year", "topic")


class Value(Schema):
    value: str
    label: str


class Bucket(Value):
    count: int


class FoundPassage(Schema):
    """``text`` is an excerpt; ``marks`` are [start, end) offsets of what matched in it."""

    anchor: str
    path: list[str]
    url: str
    text: str
    marks: list[tuple[int, int]]


class FoundEntry(Schema):
    kind: str
    title: str
    number: str | None
    url: str
    date: datetime.date | None
    facets: dict[str, list[Value]]
    score: float
    why: list[str]
    passages: list[FoundPassage]


class Answer(Schema):
    """``dropped`` are words no result was required to have; ``unknown_numbers`` numbers of no document here;
    ``shown_for`` the other spelling that was asked because nothing has the words as typed."""

    query: str
    total: int
    page: int
    pages: int
    per_page: int
    next: str | None
    hits: list[FoundEntry]
    facets: dict[str, list[Bucket]]
    did_you_mean: str | None
    shown_for: str | None
    dropped: list[str]
    unknown_numbers: list[str]
    engine: str


class ProblemAt(Schema):
    code: str
    path: str
    detail: str


class Problem(Schema):
    """Why there is no answer, in words; each wrong parameter by name."""

    title: str
    status: int
    errors: list[ProblemAt] = []


def open_to_all(view):
    """Any page of any site may read the answer. That there is none yet is kept by no cache."""

    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 503:
            response.headers["Cache-Control"] = "no-store"
            response.headers["Retry-After"] = "120"
        return response

    return wrapped


@router.get(
    "/search",
    response={200: Answer, 400: Problem, 429: Problem, 503: Problem},
    url_name="search",
    operation_id="search",
    summary="Search everything that is published",
)
@decorate_view(conditional_page, cache_control(public=True, max_age=SECONDS), open_to_all)
def answer(request: HttpRequest, asked: Query[Question]):
    """Grouped by document, each with up to three passages; facets count documents and ignore their own filter."""
    if unknown := sorted(set(request.GET) - set(Question.model_fields)):
        detail = _("There is no such parameter; the parameters are listed in openapi.json.")
        return Status(400, problem(CANNOT_BE_USED, *(("unknown", name[:100], detail) for name in unknown[:20])))
    if asked.page * asked.per_page > MOST_HITS:
        detail = _("A list goes on to result %(most)s at most; narrow it with a filter.") % {"most": MOST_HITS}
        return Status(400, problem(_("This page is too far on."), ("too_far", "page", detail)))
    filters = {name: getattr(asked, name) for name in FILTERS if getattr(asked, name)}
    try:
        found = search(asked.q, filters=filters, page=asked.page, per_page=asked.per_page, sort=asked.sort)
    except Exception:
        logger.exception("search failed")
        found = None
    if found is None or not found.ready:
        return Status(503, problem(_("Search is being prepared. Please try again in a few minutes."), status=503))
    return Status(200, _answer(request, asked, found))


def problem(title: str, *errors: tuple[str, str, str], status: int = 400) -> Problem:
    """``errors`` are (code, parameter, words)."""
    return Problem(
        title=str(title),
        status=status,
        errors=[ProblemAt(code=code, path=path, detail=words) for code, path, words in errors],
    )


def _answer(request: HttpRequest, asked: Question, found: Results) -> Answer:
    beyond = asked.page > found.pages
    on = asked.page < found.pages and (asked.page + 1) * asked.per_page <= MOST_HITS
    parameters = asked.model_dump(exclude_defaults=True) | {"page": asked.page + 1}
    return Answer(
        query=found.query.text,
        total=found.total,
        page=asked.page,
        pages=found.pages,
        per_page=found.per_page,
        next=request.build_absolute_uri(f"{request.path}?{urlencode(parameters, doseq=True)}") if on else None,
        hits=[] if beyond else [_entry(request, hit, found) for hit in found.hits],
        facets={
            name: [Bucket(value=b.value, label=b.label, count=b.count) for b in buckets]
            for name, buckets in found.facets.items()
        },
        did_you_mean=found.did_you_mean,
        shown_for=found.shown_for or None,
        dropped=list(found.dropped),
        unknown_numbers=list(found.unknown_numbers),
        engine=found.engine,
    )


def _entry(request: HttpRequest, hit: Hit, found: Results) -> FoundEntry:
    record = hit.record
    return FoundEntry(
        kind=record.kind,
        title=record.title,
        number=record.number or None,
        url=request.build_absolute_uri(hit.url),
        date=datetime.date.fromisoformat(record.date) if record.date else None,
        facets={
            name: [Value(value=value, label=label) for value, label in record.facets[name]]
            for name in FILTERS
            if record.facets.get(name)
        },
        score=round(hit.score, 4),
        why=[str(reason) for reason in reasons(hit, found.plan)],
        passages=[_passage(request, passage) for passage in hit.passages],
    )


def _passage(request: HttpRequest, passage: PassageHit) -> FoundPassage:
    segments = passage.excerpt.segments
    ends = list(accumulate(len(text) for text, _marked in segments))
    marks = [(end - len(text), end) for (text, marked), end in zip(segments, ends, strict=True) if marked]
    return FoundPassage(
        anchor=passage.anchor,
        path=list(passage.path),
        url=request.build_absolute_uri(passage.url),
        text=passage.excerpt.plain,
        marks=marks,
    )
