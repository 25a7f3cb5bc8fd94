"""The search page: a GET form, so every answer has an address that can be kept and sent."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from .engines.base import Bucket
from .learning import log
from .promotions import for_results
from .query import parse
from .service import SORTS, Hit, Results, search

logger = logging.getLogger(__name__)

PARAMETERS = {"muc": "kind", "loai": "type", "co-quan": "issuer", "nam": "year", "chu-de": "topic"}
"""Address parameter -> facet; the document list uses the same names."""
LABELS = {
    "kind": gettext_lazy("Kind of result"),
    "type": gettext_lazy("Document type"),
    "issuer": gettext_lazy("Issuer"),
    "year": gettext_lazy("Year"),
    "topic": gettext_lazy("Topic"),
}
KINDS = {
    "document": pgettext_lazy("administrative", "Documents"),
    "organisation": gettext_lazy("Organisations"),
    "page": gettext_lazy("Other pages"),
}
SHOWN_VALUES = 12
MAX_VALUES = 20
MAX_VALUE_CHARS = 200


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class FilterGroup:
    """One facet as the form shows it; ``clear`` is the address without it, "" where nothing of it is
    chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    clear: str


@dataclass(frozen=True)
class Row:
    """One result as the list shows it: ``facts`` are the words of its line, ``day`` its date."""

    hit: Hit
    facts: tuple[str, ...]
    day: date | None


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


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Whatever stands in the address, the answer is a page. Asks the database nothing."""
    chosen = _chosen(request.GET)
    sort = request.GET.get("sap-xep", "")
    sort = sort if sort in SORTS else SORTS[0]
    found = _answer(request.GET.get("q", ""), chosen, _page_number(request.GET), sort)
    text = found.query.text
    # Links carry the question as it was used: ten thousand characters would otherwise stand in each of them.
    params = request.GET.copy()
    params["q"] = text
    context = {
        "results": found,
        "rows": [_row(hit) for hit in found.hits],
        "groups": _groups(params, found, chosen),
        "is_filtered": bool(chosen),
        "clear_url": "?" + _without(params, set(PARAMETERS)),
        "relevance_url": "?" + _without(params, {"sap-xep"}),
        "newest_url": "?" + _without(params, {"sap-xep"}, {"sap-xep": "newest"}),
        "unquoted_url": "?" + _without(params, {"q"}, {"q": text.replace('"', " ")}),
        "meant_url": "?" + _without(params, {"q"}, {"q": found.did_you_mean or ""}),
        "is_newest": sort == "newest",
        "first_number": str((found.page - 1) * found.per_page + 1),
        "page_obj": Pages(found.page, found.pages),
        "rest": _without(params, set()),
        "heading": _heading(found),
        "promoted": for_results(found),
        "click_token": log.record(request, found),
        "tell_staff": found.stood_in and request.user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "search/search.html", context)


def _answer(q: str, chosen: dict[str, list[str]], page: int, sort: str) -> Results:
    """The answer; a broken index is the operator's trouble and is logged, the reader is told there is no
    answer."""
    try:
        return search(q, filters=chosen, page=page, sort=sort)
    except Exception:
        logger.exception("search failed")
        return Results(parse(q), ready=False)


def _heading(found: Results) -> str:
    return _("Search: %(query)s") % {"query": found.query.text} if found.query.text else _("Search")


def _page_number(params: QueryDict) -> int:
    """1 for anything that is no number; the service brings it into range."""
    raw = params.get("trang", params.get("page", "1"))[:12]
    return int(raw) if raw.isascii() and raw.isdigit() else 1


def _chosen(params: QueryDict) -> dict[str, list[str]]:
    """facet -> chosen values; parameters nobody knows are left alone."""
    chosen = {}
    for parameter, facet in PARAMETERS.items():
        values = [value[:MAX_VALUE_CHARS] for value in params.getlist(parameter) if _usable(value)]
        if values:
            chosen[facet] = list(dict.fromkeys(values))[:MAX_VALUES]
    return chosen


def _usable(value: str) -> bool:
    return bool(value.strip()) and value.isprintable()


def _without(params: QueryDict, names: set[str], changes: dict[str, str] | None = None) -> str:
    """The query string of the known parameters without some of them and without the page, with changes."""
    kept = QueryDict(mutable=True)
    for name in ("q", "sap-xep", *PARAMETERS):
        values = [value[:MAX_VALUE_CHARS] for value in params.getlist(name) if _usable(value)][:MAX_VALUES]
        if values and name not in names:
            kept.setlist(name, values[-1:] if name in ("q", "sap-xep") else values)
    for name, value in (changes or {}).items():
        kept[name] = value
    return kept.urlencode()


def _groups(params: QueryDict, found: Results, chosen: dict[str, list[str]]) -> list[FilterGroup]:
    groups = []
    for parameter, facet in PARAMETERS.items():
        selected = chosen.get(facet, [])
        options = _options(facet, found.facets.get(facet, ()), selected)
        if len(options) > 1 or selected:
            clear = "?" + _without(params, {parameter}) if selected else ""
            groups.append(FilterGroup(parameter, str(LABELS[facet]), options, clear))
    return groups


def _options(facet: str, buckets: Sequence[Bucket], selected: Sequence[str]) -> tuple[Option, ...]:
    """The commonest values, and every chosen one even where it finds nothing, so that it can be taken
    away."""
    options = [
        Option(bucket.value, _label(facet, bucket), bucket.count, bucket.value in selected)
        for i, bucket in enumerate(buckets)
        if i < SHOWN_VALUES or bucket.value in selected
    ]
    known = {option.value for option in options}
    return (*options, *(Option(value, value, 0, True) for value in selected if value not in known))


def _label(facet: str, bucket: Bucket) -> str:
    return str(KINDS.get(bucket.value, bucket.label)) if facet == "kind" else bucket.label


def _row(hit: Hit) -> Row:
    record = hit.record
    labels = [label for name in ("type", "issuer") for _value, label in record.facets.get(name, ())]
    facts = [record.number] if record.number and record.number not in record.title else []
    if record.kind != "document":
        facts.append(str(KINDS.get(record.kind, record.kind)))
    return Row(hit, (*facts, *labels), date.fromisoformat(record.date) if record.date else None)
