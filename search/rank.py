"""Order: what the engine scored, put together and nudged by a few small signals that can be told to a reader.

    score = (document + PASSAGE x best passage) x (1 + min(CAP, sum of signals))

A document whose own number was asked for stands before all others. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .question import Plan

WORD = 1.0
PAIR = 2.0
"""Folded words and pairs of neighbours (ALQAC 2022: pairs at twice the words; differences under .01 are
noise)."""
TITLE = 0.2
HEADING = 0.1
"""Titles and headings repeat the words of the text; they add a little, and the exact title is a signal."""
PASSAGE = 0.5
"""How much of the best passage's own score is added to the document's."""

CAP = 0.8
EXACT_TITLE = 0.5
IN_TITLE = 0.25
TOGETHER = 0.2
ACCENTS = 0.15


@dataclass(frozen=True)
class Candidate:
    """What an engine knows of a document that matched. ``accents``: share of the accented words that agree
    within one passage or the title; ``together``: everything wanted stands in one passage; ``in_title``: in
    the title; ``number``: the plan's grade."""

    key: str
    document: float
    passage: float = 0.0
    accents: float = 0.0
    together: bool = False
    in_title: bool = False
    exact_title: bool = False
    number: int = 0


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score and the reasons for it."""

    key: str
    score: float
    lexical: float
    number: int
    signals: tuple[tuple[str, float], ...]


def signals(plan: Plan, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """The signals that apply, with their worth."""
    found = []
    if candidate.exact_title:
        found.append(("exact_title", EXACT_TITLE))
    elif candidate.in_title:
        found.append(("in_title", IN_TITLE))
    if candidate.together and len(plan.groups) > 1:
        found.append(("together", TOGETHER))
    if plan.accents and candidate.accents:
        found.append(("accents", round(ACCENTS * candidate.accents, 4)))
    return tuple(found)


def rank(plan: Plan, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Best first; equals in the order of their keys, so that the same question has the same answer."""
    ranked = []
    for candidate in candidates:
        lexical = candidate.document + PASSAGE * candidate.passage
        found = signals(plan, candidate)
        score = lexical * (1 + min(CAP, sum(worth for _, worth in found)))
        ranked.append(Ranked(candidate.key, score, lexical, candidate.number, found))
    return sorted(ranked, key=lambda item: (-item.number, -item.score, item.key))
