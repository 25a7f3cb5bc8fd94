"""Who cites a number: the page of a document that is not here, or of several that share their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max

from cms.base.searchables import public_pages

from .diagram import PER_PAGE, Row, from_source, label_of, restricted_pages, with_source
from .models import DocumentPage, Relation


@dataclass(frozen=True)
class CitedGroup:
    """What one document, as those who cite it describe it, is: facts that agree, who cites it (the newest of
    ``count``), what it can be. ``url`` is set when it is here after all."""

    number: str
    type_word: str
    issuer: str
    issued_on: date | None
    title: str
    count: int
    url: str = ""
    unresolved: int = 0
    is_ambiguous: bool = False
    rows: tuple[Row, ...] = ()
    candidates: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Cited:
    """All that is said of one number. ``redirect`` is the address of the one document it always means, or ""."""

    number_key: str
    count: int
    groups: tuple[CitedGroup, ...] = ()
    page: int = 1

    @property
    def redirect(self) -> str:
        urls = {group.url for group in self.groups}
        return urls.pop() if len(urls) == 1 and not any(group.unresolved for group in self.groups) else ""


@dataclass
class _Facts:
    days: set = field(default_factory=set)
    issuers: set = field(default_factory=set)
    targets: set = field(default_factory=set)
    counted: list = field(default_factory=list)


def cited(number_key: str, number: int = 1) -> Cited:
    """Who cites this number, grouped by the facts that agree, a hundred a page over all groups. Four statements."""
    rows = Relation.objects.filter(number_key=number_key, is_first=True).exclude(source__in=restricted_pages())
    facts = list(
        rows.order_by()
        .values("issued_on", "issuer_key", "target", "is_ambiguous")
        .annotate(n=Count("pk"), sample=Max("pk"))
        .order_by("-n", "issued_on", "issuer_key")[:_MOST_FACTS]
    )
    if not number_key or not facts:
        return Cited(number_key, 0)
    number = max(1, number)
    start = (number - 1) * PER_PAGE
    loaded = list(with_source(rows).only(*_SOURCE)[start : start + PER_PAGE])
    words = Relation.objects.in_bulk([row["sample"] for row in facts])
    candidates = list(
        public_pages(DocumentPage.objects.filter(number_key=number_key)).select_related("issuer").defer("body")
    )
    groups = [_cited_group(group, loaded, candidates, words) for group in _agreeing(facts)]
    return Cited(number_key, sum(group.count for group in groups), tuple(groups), number)


_MOST_FACTS = 500
_SOURCE = (
    "kind", "origin", "is_partial", "anchor", "number_key", "issued_on", "issuer_key", "target_id", "source__slug",
    "source__title", "source__number", "source__official_title", "source__doc_type", "source__issued_on",
    "source__issuer_raw", "source__issuer__name",
)  # fmt: skip


def _agreeing(facts: Sequence[dict]) -> list[_Facts]:
    """Put together what no date and no issuer tells apart; what settled on one document is one group. A bare number
    stands with the only document that is described, and apart where there are several."""
    groups: list[_Facts] = []
    bare = [row for row in facts if _is_bare(row)]
    told = [row for row in facts if not _is_bare(row)]
    for row in sorted(told, key=lambda r: (r["target"] is None, r["issued_on"] is None, not r["issuer_key"], -r["n"])):
        home = next((group for group in groups if _agrees(group, row)), None)
        if home is None:
            groups.append(home := _Facts())
        _add(home, row)
    if bare and len(groups) != 1:
        groups.append(_Facts())
    for row in bare:
        _add(groups[-1], row)
    return sorted(groups, key=lambda group: (-sum(row["n"] for row in group.counted), not group.days))


def _is_bare(row: dict) -> bool:
    return not (row["target"] or row["issued_on"] or row["issuer_key"])


def _add(group: _Facts, row: dict) -> None:
    group.days |= {row["issued_on"]} - {None}
    group.issuers |= {row["issuer_key"]} - {""}
    group.targets |= {row["target"]} - {None}
    group.counted.append(row)


def _agrees(group: _Facts, row: dict) -> bool:
    if row["target"] or group.targets:
        return row["target"] in group.targets
    if row["issued_on"] and group.days:
        return row["issued_on"] in group.days
    return bool(row["issuer_key"]) and row["issuer_key"] in group.issuers


def _cited_group(
    group: _Facts, loaded: Sequence[Relation], candidates: Sequence[DocumentPage], words: Mapping[int, Relation]
) -> CitedGroup:
    keys = {(row["issued_on"], row["issuer_key"], row["target"]) for row in group.counted}
    mine = [row for row in loaded if (row.issued_on, row.issuer_key, row.target_id) in keys]
    said = [words[row["sample"]] for row in group.counted]
    best = max(said, key=lambda one: (bool(one.issuer_raw), bool(one.title_raw)))
    target = next((one for one in candidates if one.pk in group.targets), None)
    is_ambiguous = any(row["is_ambiguous"] for row in group.counted)
    return CitedGroup(
        number=best.number,
        type_word=best.type_word,
        issuer=best.issuer_raw,
        issued_on=min(group.days, default=None),
        title=target.full_title if target else best.title_raw,
        count=sum(row["n"] for row in group.counted),
        url=f"/van-ban/{target.slug}/" if target else "",
        unresolved=sum(row["n"] for row in group.counted if not row["target"]),
        is_ambiguous=is_ambiguous,
        rows=tuple(from_source(row) for row in mine),
        candidates=tuple(_candidate(one) for one in candidates) if is_ambiguous else (),
    )


def _candidate(page: DocumentPage) -> Row:
    url = f"/van-ban/{page.slug}/"
    return Row("", "", label_of(page), page.full_title, url, page.issued_on, page.issuer_name, "", page.number_key)
