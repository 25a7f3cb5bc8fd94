"""The filters as the form shows them, and what of them is chosen, each with the address that takes it away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from .asked import Asked
from .engines.base import Bucket
from .registry import Facet, facets, trait
from .service import Results

SHOWN_VALUES = 12


@dataclass(frozen=True)
class Option:
    """``remove`` is the address without a chosen value, "" for one that is not chosen."""

    value: str
    label: str
    count: int
    selected: bool
    remove: str = ""

    @property
    def results(self) -> str:
        """The word behind the count."""
        return ngettext("result", "results", self.count)


@dataclass(frozen=True)
class FilterGroup:
    """One facet as the form shows it; ``clear`` is the address without it, "" where nothing of it is chosen. ``hidden``
    counts the values that are not shown."""

    name: str
    label: str
    options: tuple[Option, ...]
    clear: str
    hidden: int = 0

    @property
    def chosen(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.selected)


Label = Callable[[str, str], str]
"""From a facet's name and a value no result has to how the index calls it; the value itself where it knows none."""


def groups(asked: Asked, found: Results, label: Label = lambda _name, value: value) -> list[FilterGroup]:
    """Facets that can change something: with two values, or with one that is chosen."""
    made = []
    for facet in facets().values():
        selected = asked.chosen.get(facet.name, ())
        buckets = found.facets.get(facet.name, ())
        options = _options(asked, facet, buckets, selected, label)
        if len(options) > 1 or selected:
            clear = f"?{asked.address(without=facet.name)}" if selected else ""
            hidden = max(0, len(buckets) - len(options))
            made.append(FilterGroup(facet.parameter, str(facet.label), options, clear, hidden))
    return made


def _options(
    asked: Asked, facet: Facet, buckets: Sequence[Bucket], selected: Sequence[str], label: Label
) -> tuple[Option, ...]:
    """The first values, and every chosen one even where it finds nothing, so that it can be taken away."""

    def remove(value: str) -> str:
        return f"?{asked.address(without=facet.name, value=value)}" if value in selected else ""

    shown = [bucket for i, bucket in enumerate(buckets) if i < SHOWN_VALUES or bucket.value in selected]
    options = [
        Option(b.value, said(facet.name, b.value, b.label), b.count, b.value in selected, remove(b.value))
        for b in shown
    ]
    known = {option.value for option in options}
    missing = [value for value in selected if value not in known]
    return (
        *options,
        *(Option(v, said(facet.name, v, label(facet.name, v)), 0, True, remove(v)) for v in missing),
    )


def said(facet: str, value: str, label: str) -> str:
    """A value in words: kinds are called as their rooms call them, in the reader's language."""
    return str(trait(value, "label", label)) if facet == "kind" else label
