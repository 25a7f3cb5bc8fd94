"""What the signals need to know of the candidates, said once for every engine and asked of all of them at once."""

from collections.abc import Iterable, Mapping, Sequence
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
    ``scored`` is False where only matching matters. ``parts`` in place of a query: each that matches adds its
    weight."""

    query: Q | None
    of_passages: bool
    scored: bool = True
    parts: Sequence[tuple[Q, float]] = ()

    @property
    def counts(self) -> bool:
        """Whether it is told by yes or no or by weights, and not by a score of the engine's own."""
        return bool(self.parts) or not self.scored


Scores = Mapping[int | str, float]
"""Document, by the name its reader gives it -> score, of those that match."""


def asks(plan: Plan, documents: Compiler[Q], passages: Compiler[Q], newest: bool = False) -> dict[str, Ask[Q]]:
    """The queries, by the name of what they tell. Where the newest come first only the number asked for counts."""
    if newest:
        return _numbered(plan, documents)
    found = {"passage": Ask(passages.passages(plan), True)}
    if len(plan.groups) > 1:
        found["together"] = Ask(passages.silent(passages.together(plan)), True, scored=False)
    if plan.groups:
        found["in_title"] = Ask(documents.in_title(plan), False, scored=False)
    if plan.title:
        found["titled"] = Ask(documents.term("name", plan.title), False, scored=False)
        found["aliased"] = Ask(documents.term("alias", plan.title), False, scored=False)
    if plan.accents:
        found["accents"] = Ask(None, True, parts=[(passages.term("p_a", accent), 1.0) for accent in plan.accents])
    if any(weight for _, weight in plan.words):
        found["cover"] = Ask(None, False, parts=[(documents.term("all_u", word), idf) for word, idf in plan.words])
    if plan.openings:
        found["defining"] = Ask(passages.opening(plan.openings), True, scored=False)
    if plan.groups:
        found |= _standing(documents)
    return found | _numbered(plan, documents)


def _numbered(plan: Plan, documents: Compiler[Q]) -> dict[str, Ask[Q]]:
    found = {}
    for grade in sorted({grade for _, grade in plan.numbers}):
        own = [documents.term("number", key) for key, found_grade in plan.numbers if found_grade == grade]
        found[f"number{grade}"] = Ask(documents.any_of(own), False, scored=False)
    return found


def _standing(documents: Compiler[Q]) -> dict[str, Ask[Q]]:
    """What is known of a document beside its words, from its facets: how new it is (half as much every three years),
    whether it is still in force, how often others cite it."""

    def weighed(name: str, weights: Mapping[str, float]) -> Ask[Q]:
        parts = [(documents.term("filter", filter_term(name, value)), worth) for value, worth in weights.items()]
        return Ask(None, False, parts=parts)

    this_year = date.today().year
    years = {str(this_year - age): 0.5 ** (age / HALF_LIFE) for age in range(RECENT_YEARS)}
    cited = {str(2**power): (power + 1) / CITED_STEPS for power in range(CITED_STEPS)}
    return {
        "recent": weighed("year", years),
        "cited": weighed("cited", cited),
        "out_of_force": weighed("status", dict.fromkeys(OUT_OF_FORCE, 1.0)),
    }


def candidates(plan: Plan, told: Mapping[str, Scores], scores: Iterable[tuple[int | str, float]]) -> list[Candidate]:
    """Documents and their scores, with what was told of each. ``told`` is by the names of ``asks``."""

    def of(name: str) -> Scores:
        return told.get(name, {})

    passage, accents, cover = of("passage"), of("accents"), of("cover")
    together, in_title, defining, titled = of("together"), of("in_title"), of("defining"), of("titled")
    recent, cited, out_of_force = of("recent"), of("cited"), of("out_of_force")
    aliased = of("aliased") if len(of("aliased")) <= NAMESAKES else {}
    grades = sorted({grade for _, grade in plan.numbers}, reverse=True)
    numbered = [(grade, of(f"number{grade}")) for grade in grades]
    accented, words = len(plan.accents) or 1, sum(weight for _, weight in plan.words) or 1.0
    return [
        Candidate(
            key=key,
            document=score,
            passage=passage.get(key, 0.0),
            accents=accents.get(key, 0.0) / accented,
            together=key in together,
            in_title=key in in_title,
            exact_title=key in titled or key in aliased,
            cover=cover.get(key, 0.0) / words,
            defines=key in defining,
            recent=recent.get(key, 0.0),
            cited=cited.get(key, 0.0),
            out_of_force=key in out_of_force,
            number=next((grade for grade, own in numbered if key in own), 0),
        )
        for key, score in scores
    ]
