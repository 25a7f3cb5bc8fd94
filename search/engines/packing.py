"""Many small facts of a document told by one score.

A search answers with one number a document. Facts that only hold or do not, and weights that come in steps, are asked
together: each has bits of its own in that number, and the sums stay whole numbers that a 32-bit float holds exactly.
So a question costs two searches instead of eight.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from .compiler import Compiler, Q
from .signals import Ask

BITS = 24
"""A float's own; a sum of more is no longer exact."""
STEPS = 4_095
"""How finely weights are told: to one part in so many of the most they can come to."""


@dataclass(frozen=True)
class Fact:
    """Where one fact's bits are; ``unit`` is what one step of it is worth."""

    name: str
    shift: int
    bits: int
    unit: float = 1.0


@dataclass(frozen=True)
class Packed(Generic[Q]):
    """A query and how its scores are read."""

    query: Q
    facts: tuple[Fact, ...]

    def read(self, score: float) -> list[tuple[str, float]]:
        """(name, worth) of the facts that hold."""
        told = int(score)
        steps = ((fact, (told >> fact.shift) & ((1 << fact.bits) - 1)) for fact in self.facts)
        return [(fact.name, count * fact.unit) for fact, count in steps if count]

    def told(self, scores: Iterable[tuple[int | str, float]]) -> dict[str, dict[int | str, float]]:
        """Fact -> document -> worth, from (document, score) pairs; of several the most of each fact."""
        found: dict[str, dict[int | str, float]] = {fact.name: {} for fact in self.facts}
        read: dict[float, list[tuple[str, float]]] = {}
        for key, score in scores:
            if score not in read:
                read[score] = self.read(score)
            for name, worth in read[score]:
                known = found[name]
                if worth > known.get(key, 0.0):
                    known[key] = worth
        return found


def packed(asks: Mapping[str, Ask[Q]], compiler: Compiler[Q]) -> list[Packed[Q]]:
    """As few queries as hold all these facts."""
    queries: list[list[Q]] = []
    facts: list[list[Fact]] = []
    taken: list[int] = []
    for name, ask in asks.items():
        parts, unit = _steps(ask)
        bits = sum(steps for _, steps in parts).bit_length()
        place = next((i for i, used in enumerate(taken) if used + bits <= BITS), len(taken))
        if place == len(taken):
            queries.append([])
            facts.append([])
            taken.append(0)
        shift = taken[place]
        queries[place] += [compiler.silent(query, float(steps << shift)) for query, steps in parts]
        facts[place].append(Fact(name, shift, bits, unit))
        taken[place] += bits
    return [Packed(compiler.any_of(each), tuple(known)) for each, known in zip(queries, facts, strict=True) if each]


def _steps(ask: Ask[Q]) -> tuple[Sequence[tuple[Q, int]], float]:
    """What adds how many steps, and what a step is worth. All of them together never leave their bits."""
    if not ask.parts:
        return [(ask.query, 1)], 1.0
    most = max(sum(weight for _, weight in ask.parts), 1e-9)
    weights = {weight for _, weight in ask.parts}
    unit = min(weights) if len(weights) == 1 else most / STEPS
    parts = [(query, round(weight / unit)) for query, weight in ask.parts]
    return [(query, steps) for query, steps in parts if steps > 0], unit
