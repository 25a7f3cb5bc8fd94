"""Which objects match a question of the library (``PlainText``, ``Phrase``, ``And``, ``Not`` …), and how well. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery


@dataclass(frozen=True)
class Found:
    """Primary keys with their scores, the best first; with ``but`` everything except these."""

    scores: Mapping[int, float] = field(default_factory=dict)
    but: bool = False

    def __contains__(self, pk: int) -> bool:
        return (pk in self.scores) != self.but


@dataclass(frozen=True)
class Question:
    """Words for the engine. ``every``: all of them, or any."""

    text: str
    every: bool = True


EVERYTHING = Found(but=True)
Ask = Callable[[Question], Found]


def single(query: SearchQuery) -> Question | None:
    """The question in one piece, where it is words and quotations that must all be found; then it can be put in
    order as a whole."""
    if isinstance(query, PlainText):
        return Question(query.query_string, query.operator == "and")
    if isinstance(query, Phrase):
        return Question('"{}"'.format(query.query_string.replace('"', " ")))
    if isinstance(query, And):
        parts = [single(part) for part in query.subqueries]
        if parts and all(part and part.every for part in parts):
            return Question(" ".join(part.text for part in parts if part))
    return None


def evaluate(query: SearchQuery, ask: Ask) -> Found:
    """What matches the whole. Scores of parts are added. Raises ``NotImplementedError`` for a query nobody knows."""
    if whole := single(query):
        return ask(whole)
    match query:
        case MatchAll():
            return EVERYTHING
        case Fuzzy():
            return ask(Question(query.query_string, query.operator == "and"))
        case Boost():
            inner = evaluate(query.subquery, ask)
            return Found({pk: score * query.boost for pk, score in inner.scores.items()}, inner.but)
        case Not():
            inner = evaluate(query.subquery, ask)
            return Found(inner.scores, not inner.but)
        case And():
            found = EVERYTHING
            for part in query.subqueries:
                found = _both(found, evaluate(part, ask))
            return found
        case Or():
            found = Found()
            for part in query.subqueries:
                found = _either(found, evaluate(part, ask))
            return found
    raise NotImplementedError(f"{type(query).__name__} is no question this search knows.")


def _both(a: Found, b: Found) -> Found:
    if a.but and b.but:
        return Found({**a.scores, **b.scores}, True)
    if a.but or b.but:
        hidden, shown = (a, b) if a.but else (b, a)
        return Found({pk: score for pk, score in shown.scores.items() if pk not in hidden.scores})
    common = ((pk, score + b.scores[pk]) for pk, score in a.scores.items() if pk in b.scores)
    return _ordered(dict(common))


def _either(a: Found, b: Found) -> Found:
    if a.but and b.but:
        return Found({pk: 0.0 for pk in a.scores if pk in b.scores}, True)
    if a.but or b.but:
        hidden, shown = (a, b) if a.but else (b, a)
        return Found({pk: 0.0 for pk in hidden.scores if pk not in shown.scores}, True)
    if not a.scores:
        return b
    return _ordered({pk: a.scores.get(pk, 0.0) + b.scores.get(pk, 0.0) for pk in {**a.scores, **b.scores}})


def _ordered(scores: dict[int, float]) -> Found:
    return Found(dict(sorted(scores.items(), key=lambda item: (-item[1], item[0]))))
