"""What stands in the address of a search, and the addresses that lead on from it: one reading for page, files, feed."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from .query import MAX_CHARS, parse
from .registry import facets
from .service import SORTS, Results, search

logger = logging.getLogger(__name__)

EXACT = "nguyen-van"
MAX_VALUES = 20
MAX_VALUE_CHARS = 200


@dataclass(frozen=True)
class Asked:
    """``chosen``: facet -> accepted values; ``exact``: as typed, in no other spelling. Whatever stands in the address,
    this is a question that can be asked."""

    q: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = SORTS[0]
    page: int = 1
    exact: bool = False

    @classmethod
    def read(cls, params: QueryDict) -> "Asked":
        sort = params.get("sap-xep", "")
        chosen = {facet.name: _values(params.getlist(facet.parameter)) for facet in facets().values()}
        return cls(
            params.get("q", ""),
            {name: values for name, values in chosen.items() if values},
            sort if sort in SORTS else SORTS[0],
            _page(params),
            params.get(EXACT, "") == "1",
        )

    def asking(self, q: str) -> "Asked":
        """The same with the question as it was used."""
        return replace(self, q=q)

    def address(
        self,
        *,
        q: str | None = None,
        sort: str | None = None,
        without: str = "",
        value: str = "",
        chosen: Mapping[str, Sequence[str]] | None = None,
        exact: bool | None = None,
    ) -> str:
        """The query string of this question without its page, with changes: ``without`` a facet or one ``value`` of it,
        or with other filters."""
        exact = (self.exact and q is None) if exact is None else exact
        q = " ".join((self.q if q is None else q).split())[:MAX_CHARS]
        sort = self.sort if sort is None else sort
        pairs = [("q", q)] if q else []
        kept = self.chosen if chosen is None else chosen
        for facet in facets().values():
            values = kept.get(facet.name, ())
            if facet.name == without:
                values = [other for other in values if value and other != value]
            pairs += [(facet.parameter, other) for other in values]
        if sort != SORTS[0]:
            pairs.append(("sap-xep", sort))
        if exact:
            pairs.append((EXACT, "1"))
        return urlencode(pairs)


def answer(asked: Asked, page: int | None = None, per_page: int = 10) -> Results:
    """The answer; a broken index is the operator's trouble and is logged, the reader is told there is no answer
    (``ready`` is False)."""
    try:
        return search(
            asked.q,
            filters=asked.chosen,
            page=page or asked.page,
            per_page=per_page,
            sort=asked.sort,
            exact=asked.exact,
        )
    except Exception:
        logger.exception("search failed")
        return Results(parse(asked.q), ready=False)


def _values(raw: Sequence[str]) -> tuple[str, ...]:
    usable = (value[:MAX_VALUE_CHARS] for value in raw if value.strip() and value.isprintable())
    return tuple(dict.fromkeys(usable))[:MAX_VALUES]


def _page(params: QueryDict) -> int:
    """1 for anything that is no number; the service brings it into range."""
    raw = params.get("trang", params.get("page", "1"))[:12]
    return int(raw) if raw.isascii() and raw.isdigit() else 1
