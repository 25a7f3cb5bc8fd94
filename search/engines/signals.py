"""What the signals need to know of the candidates, said once for every engine and asked of all of them at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic

from ..question import Plan
from ..rank import Candidate
from .compiler import Compiler, Q
from .fields import filter_term

NAMESAKES = 3
"""An alias that more documents bear (their issuer's name, say) names none of them."""

HALF_LIFE = 3
RECENT_YEARS = 15
CITED_STEPS = 6
"""The facet "cited" holds how many documents cite this one, brought down to a power of two: 1, 2, 4 … 32."""
OUT_OF_FORCE = ("replaced", "expired", "withdrawn")
"""Values of the facet "status" that put a document behind the others."""


@dataclass(frozen=True)
class Ask(Generic[Q]):
    """A query over passages (each document is given the score of its best one) or over the documents themselves.
    ``scored`` is False where only matching matters."""

    query: Q
    of_passages: bool
    scored: bool = True


Scores = Mapping[str, float]
"""Document -> score, of those that match."""


def asks(plan: Plan, documents: Compiler[Q], passages: Compiler[Q]) -> dict[str, Ask[Q]]:
    """The queries, by the name of what they tell."""
    found = {"passage": Ask(passages.passages(plan), True)}
    if len(plan.groups) > 1:
        found["together"] = Ask(passages.silent(passages.together(plan)), True, scored=False)
    if plan.groups:
        found["in_title"] = Ask(documents.in_title(plan), False, scored=False)
    if plan.title:
        found["titled"] = Ask(documents.term("name", plan.title), False, scored=False)
        found["aliased"] = Ask(documents.term("alias", plan.title), False, scored=False)
    if plan.accents:
        found["accents"] = Ask(passages.agreeing(plan.accents), True)
    if any(weight for _, weight in plan.words):
        found["cover"] = Ask(documents.covering(plan.words), False)
    if plan.openings:
        found["defining"] = Ask(passages.opening(plan.openings), True, scored=False)
    if plan.groups:
        found |= _standing(documents)
    for grade in sorted({grade for _, grade in plan.numbers}):
        own = [documents.term("number", key) for key, found_grade in plan.numbers if found_grade == grade]
        found[f"number{grade}"] = Ask(documents.any_of(own), False, scored=False)
    return found


def _standing(documents: Compiler[Q]) -> dict[str, Ask[Q]]:
    """What is known of a document beside its words, from its facets: how new it is (half as much every three years),
    whether it is still in force, how often others cite it."""

    def weighed(name: str, weights: Mapping[str, float]) -> Q:
        terms = (documents.silent(documents.term("filter", filter_term(name, v)), w) for v, w in weights.items())
        return documents.any_of(list(terms))

    this_year = date.today().year
    years = {str(this_year - age): 0.5 ** (age / HALF_LIFE) for age in range(RECENT_YEARS)}
    cited = {str(2**power): (power + 1) / CITED_STEPS for power in range(CITED_STEPS)}
    return {
        "recent": Ask(weighed("year", years), False),
        "cited": Ask(weighed("cited", cited), False),
        "out_of_force": Ask(weighed("status", dict.fromkeys(OUT_OF_FORCE, 1.0)), False, scored=False),
    }


def candidate(plan: Plan, told: Mapping[str, Scores], key: str, score: float) -> Candidate:
    """One document with what was told of it. ``told`` is by the names of ``asks``."""

    def has(name: str) -> bool:
        return key in told.get(name, ())

    def share(name: str, of: float) -> float:
        return told.get(name, {}).get(key, 0.0) / of if of else 0.0

    return Candidate(
        key=key,
        document=score,
        passage=share("passage", 1.0),
        accents=share("accents", len(plan.accents)),
        together=has("together"),
        in_title=has("in_title"),
        exact_title=has("titled") or (has("aliased") and len(told["aliased"]) <= NAMESAKES),
        cover=share("cover", sum(weight for _, weight in plan.words)),
        defines=has("defining"),
        recent=share("recent", 1.0),
        cited=share("cited", 1.0),
        out_of_force=has("out_of_force"),
        number=max((grade for _, grade in plan.numbers if has(f"number{grade}")), default=0),
    )
