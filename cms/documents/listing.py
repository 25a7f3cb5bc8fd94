"""The list of documents: filters that are plain GET parameters, counted from the documents themselves."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cms.base.searchables import public_pages

from .enums import DocumentType
from .models import DocumentPage

PER_PAGE = 25


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Filter:
    """One filter with its choices. Counts ignore this filter itself and respect the others."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def selected(self) -> Option | None:
        return next((option for option in self.options if option.selected), None)


@dataclass(frozen=True)
class Choice:
    """What a reader has chosen; what is not a legal value counts as not chosen."""

    doc_type: str = ""
    issuer: str = ""
    year: str = ""
    topic: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Choice":
        def one(name: str) -> str:
            return params.get(name, "").replace("\x00", "").strip()[:80]

        year = one("nam")
        return cls(
            doc_type=one("loai") if one("loai") in DocumentType.values else "",
            issuer=one("co-quan"),
            year=year if year.isascii() and year.isdigit() and 1900 <= int(year) <= date.today().year + 1 else "",
            topic=one("chu-de"),
        )

    def apply(self, rows: QuerySet) -> QuerySet:
        if self.doc_type:
            rows = rows.filter(doc_type=self.doc_type)
        if self.issuer:
            rows = rows.filter(issuer__code=self.issuer)
        if self.year:
            rows = rows.filter(issued_on__year=int(self.year))
        if self.topic:
            rows = rows.filter(topics__slug=self.topic)
        return rows

    def query(self) -> str:
        """The same choice as the query of an address; "" for none."""
        named = {"loai": self.doc_type, "co-quan": self.issuer, "nam": self.year, "chu-de": self.topic}
        return urlencode({name: value for name, value in named.items() if value})


class CountedPaginator(Paginator):
    """The total is known from the facets; no statement of its own."""

    def __init__(self, *args: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def listing(index_page: Any, params: Mapping[str, str]) -> dict[str, Any]:
    """Context of the list: ``page_obj``, ``filters``, ``chosen``. Three statements whatever the number of rows."""
    chosen = Choice.read(params)
    public = public_pages(DocumentPage.objects.child_of(index_page))
    groups = _groups(Choice(topic=chosen.topic).apply(public))
    total = sum(group["n"] for group in groups if _fits(group, chosen))
    rows = (
        chosen.apply(public)
        .select_related("issuer")
        .defer("body")
        .order_by(F("issued_on").desc(nulls_last=True), "-first_published_at", "pk")
    )
    page = CountedPaginator(rows, PER_PAGE, total=total).get_page(params.get("trang"))
    filters = [
        _filter("loai", _("Document type"), "doc_type", chosen, groups, dict(DocumentType.choices)),
        _filter("co-quan", _("Issuer"), "issuer", chosen, groups, {g["issuer"]: g["issuer_name"] for g in groups}),
        _filter("nam", _("Year"), "year", chosen, groups, {g["year"]: g["year"] for g in groups}),
        _topic_filter(public, chosen),
    ]
    query = chosen.query()
    return {
        "page_obj": page,
        "filters": filters,
        "chosen": chosen,
        "is_filtered": chosen != Choice(),
        "feed_url": reverse("documents:feed") + (f"?{query}" if query else ""),
    }


def _groups(rows: QuerySet) -> list[dict[str, Any]]:
    """How many documents there are of each (type, issuer, year)."""
    counted = (
        rows.order_by()
        .annotate(year_number=ExtractYear("issued_on"))
        .values("doc_type", "issuer__code", "issuer__name", "year_number")
        .annotate(n=Count("pk", distinct=True))
    )
    return [
        {
            "doc_type": row["doc_type"],
            "issuer": row["issuer__code"] or "",
            "issuer_name": row["issuer__name"] or "",
            "year": str(row["year_number"] or ""),
            "n": row["n"],
        }
        for row in counted
    ]


def _fits(group: Mapping[str, Any], chosen: Choice, ignoring: str = "") -> bool:
    return all(
        not wanted or name == ignoring or group[name] == wanted
        for name, wanted in (("doc_type", chosen.doc_type), ("issuer", chosen.issuer), ("year", chosen.year))
    )


def _filter(
    name: str, label: str, key: str, chosen: Choice, groups: list[dict[str, Any]], labels: Mapping[Any, Any]
) -> Filter:
    counts: Counter[str] = Counter()
    for group in groups:
        if group[key] and _fits(group, chosen, ignoring=key):
            counts[group[key]] += group["n"]
    selected = getattr(chosen, key)
    if key == "year":
        order = sorted(counts, reverse=True)
    else:
        order = sorted(counts, key=lambda value: (-counts[value], str(labels.get(value, value))))
    options = tuple(Option(v, str(labels.get(v, v)), counts[v], v == selected) for v in order)
    if selected and selected not in counts:
        options = (Option(selected, str(labels.get(selected, selected)), 0, True), *options)
    return Filter(name, label, options)


def _topic_filter(public: QuerySet, chosen: Choice) -> Filter:
    others = Choice(doc_type=chosen.doc_type, issuer=chosen.issuer, year=chosen.year)
    counted = (
        others.apply(public)
        .order_by()
        .filter(topics__isnull=False)
        .values_list("topics__slug", "topics__name")
        .annotate(n=Count("pk", distinct=True))
        .order_by("-n", "topics__name")
    )
    options = tuple(Option(slug, name, n, slug == chosen.topic) for slug, name, n in counted)
    return Filter("chu-de", _("Topic"), options)
