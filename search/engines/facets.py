"""Facets as readers see them, from what an engine counts."""

from collections.abc import Iterable, Mapping

from .base import Bucket, Filters
from .fields import SEPARATOR

FACET_VALUES = 2_000
"""Of all facets together."""


def ways(filters: Filters) -> dict[str, Filters]:
    """What must be counted, as a facet ignores its own filter: the filters whole (""), and without each of them."""
    active = [name for name, values in filters.items() if values]
    found: dict[str, Filters] = {"": filters}
    return found | {name: {other: filters[other] for other in active if other != name} for name in active}


def facets(counted: Mapping[str, Iterable[tuple[str, int]]]) -> dict[str, list[Bucket]]:
    """Facet -> its values, the most frequent first. ``counted`` has the terms and their counts by ``ways``."""
    found = {name: _buckets(terms) for name, terms in counted.items()}
    chosen = found.pop("") | {name: own.get(name, []) for name, own in found.items() if name}
    return {name: chosen[name] for name in sorted(chosen)}


def _buckets(terms: Iterable[tuple[str, int]]) -> dict[str, list[Bucket]]:
    """A value that bears several labels is one value."""
    counted: dict[str, dict[str, Bucket]] = {}
    for term, count in terms:
        name, value, label = term.split(SEPARATOR, 2)
        known = counted.setdefault(name, {})
        before = known[value].count if value in known else 0
        known[value] = Bucket(value, label, before + count)
    return {name: sorted(values.values(), key=lambda b: (-b.count, b.label)) for name, values in counted.items()}
