"""Order: what the engine scored, put together and nudged by a few small signals that can be told to a reader.

    score = (document + PASSAGE x best passage) x (1 + COVER x cover) x (1 + min(CAP, sum of signals))

A document whose own number was asked for stands before all others. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .question import Plan

WORD = 1.0
PAIR = 1.5
"""Folded words and pairs of neighbours (ALQAC 2022: pairs at twice the words; differences under .01 are
noise)."""
TITLE = 0.1
HEADING = 0.1
"""Titles and headings repeat the words of the text; they add a little, and the exact title is a signal."""
PASSAGE = 0.75
"""How much of the best passage's own score is added to the document's."""

ABOVE = 0.5
"""What a word in the headings above a passage is worth when the passages to show are chosen; documents keep their order
(own judged questions, right passage among three: .952 of those tuned on at .2 to .7, .940 without; those held out .971,
.943 without)."""

COVER = 0.8
"""How much having all the words asked for, weighed by how rare they are, adds to having none: a text that says one
rare word ten times is not the answer to a question of six."""

CAP = 0.8
DEFINES = 0.8
EXACT_TITLE = 0.5
IN_TITLE = 0.25
TOGETHER = 0.2
ACCENTS = 0.15
HOMOGRAPH = -0.7
"""The words with other marks than those typed ("chi tiêu" is not "chỉ tiêu"), while another document has them as
typed. Only of a short question: of a long one hardly any passage has all the words."""
SHORT = 3
RECENT = 0.08
CITED = 0.1
OUT_OF_FORCE = -0.4
"""A document that was replaced, withdrawn or has expired stays findable, behind those that are in force."""


@dataclass(frozen=True)
class Candidate:
    """What an engine knows of a document that matched. ``accents``: share of the accented words that agree
    within one passage or the title; ``together``: everything wanted stands in one passage; ``in_title``: in
    the title; ``cover``: share of the words, by how rare they are, that the document has; ``defines``: a passage says
    what is asked the meaning of; ``recent`` and ``cited``: 0 to 1; ``number``: the plan's grade. ``key`` is what the
    reader calls the document while it answers one question."""

    key: int | str
    document: float
    passage: float = 0.0
    cover: float = 0.0
    accents: float = 0.0
    together: bool = False
    in_title: bool = False
    exact_title: bool = False
    defines: bool = False
    recent: float = 0.0
    cited: float = 0.0
    out_of_force: bool = False
    number: int = 0


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score and the reasons for it."""

    key: int | str
    score: float
    lexical: float
    number: int
    signals: tuple[tuple[str, float], ...]


AGREES = 0.999
BY_WORDS = frozenset({"exact_title", "in_title", "defines", "together", "accents"})
"""Signals that say nothing of a document whose words are others."""


def signals(plan: Plan, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """The signals that apply, with their worth."""
    found = []
    if candidate.exact_title:
        found.append(("exact_title", EXACT_TITLE))
    elif candidate.in_title:
        found.append(("in_title", IN_TITLE))
    if candidate.defines:
        found.append(("defines", DEFINES))
    if candidate.together and len(plan.groups) > 1:
        found.append(("together", TOGETHER))
    if plan.accents and candidate.accents:
        found.append(("accents", round(ACCENTS * candidate.accents, 4)))
    if candidate.recent:
        found.append(("recent", round(RECENT * candidate.recent, 4)))
    if candidate.cited:
        found.append(("cited", round(CITED * candidate.cited, 4)))
    if candidate.out_of_force and not candidate.number:
        found.append(("out_of_force", OUT_OF_FORCE))
    return tuple(found)


def rank(plan: Plan, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Best first; equals in the order of their keys, so that the same question has the same answer."""
    ranked = []
    candidates = tuple(candidates)
    as_typed = len(plan.words) <= SHORT and any(c.together and c.accents >= AGREES for c in candidates)
    for candidate in candidates:
        lexical = (candidate.document + PASSAGE * candidate.passage) * (1 + COVER * candidate.cover)
        found = signals(plan, candidate)
        if as_typed and plan.accents and candidate.together and candidate.accents < AGREES:
            found = (*(signal for signal in found if signal[0] not in BY_WORDS), ("homograph", HOMOGRAPH))
        score = lexical * (1 + min(CAP, sum(worth for _, worth in found)))
        ranked.append(Ranked(candidate.key, score, lexical, candidate.number, found))
    return sorted(ranked, key=lambda item: (-item.number, -item.score, item.key))
