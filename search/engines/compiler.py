"""A plan as an engine's query: what must match and what scores, said once for every engine.

An engine brings the few ways of putting a query together. Terms only, one by one: nothing is ever parsed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from .. import rank
from ..question import Group, Phrase, Plan
from .base import Filters
from .fields import filter_term

OWN_NUMBER = 50.0
PHRASE = 20.0

Q = TypeVar("Q")


class Compiler(ABC, Generic[Q]):
    """Over the fields of documents, or over those of passages (their names begin with p_; both have x)."""

    # --- what an engine brings

    @abstractmethod
    def term(self, field: str, token: str) -> Q:
        """Has the token; what it scores does not matter."""

    @abstractmethod
    def scored(self, field: str, token: str, weight: float) -> Q:
        """Has the token; scores by BM25 times the weight."""

    @abstractmethod
    def phrase(self, field: str, words: Sequence[str]) -> Q:
        """Has the words side by side in one block."""

    @abstractmethod
    def silent(self, query: Q, score: float = 0.0) -> Q:
        """A condition: it matches, and scores a constant."""

    @abstractmethod
    def everything(self) -> Q: ...

    @abstractmethod
    def at_least(self, queries: Sequence[Q], minimum: int) -> Q:
        """So many of them match; their scores are added."""

    @abstractmethod
    def every(self, queries: Sequence[Q]) -> Q: ...

    @abstractmethod
    def best_of(self, queries: Sequence[Q]) -> Q:
        """Scores as the best of them."""

    @abstractmethod
    def among(self, conditions: Sequence[Q], excluded: Sequence[Q], scores: Sequence[Q]) -> Q:
        """All conditions, none of the excluded; only ``scores`` score, and none of them must match."""

    def any_of(self, queries: Sequence[Q]) -> Q:
        return self.at_least(queries, 1)

    # --- documents

    def documents(self, plan: Plan, filters: Filters) -> Q:
        """What matches, scored: the conditions are silent, only the words score."""
        conditions = [self._enough(plan), *self._phrases(plan)]
        return self.among(
            [*conditions, *self._filters(filters)],
            [self._excluded(phrase) for phrase in plan.excluded],
            self._document_scores(plan),
        )

    def listed(self, filters: Filters, name: str) -> Q:
        """What the filters let through, and only what is called so where a name is given."""
        named = [self.any_of([self.term("name", name), self.term("alias", name)])] if name else []
        return self.among([self.everything(), *named, *self._filters(filters)], [], [])

    def _enough(self, plan: Plan) -> Q:
        if not plan.groups:
            return self.everything()
        return self.at_least([self._group(group) for group in plan.groups], plan.minimum)

    def _group(self, group: Group) -> Q:
        ways = [self.term("x", mark) for mark in group.marks]
        ways += [self.term("number", key) for key in group.numbers]
        if group.words:
            ways.append(self.every([self.term("all_u", word) for word in group.words]))
        return self.any_of(ways)

    def _phrases(self, plan: Plan) -> list[Q]:
        return [self.any_of([self.phrase(f, words) for f in ("t_u", "h_u", "b_u")]) for words in plan.phrases]

    def _excluded(self, phrase: Phrase) -> Q:
        """A single word typed with its marks excludes only that word: -sở must not exclude số."""
        if len(phrase.words) == 1:
            return self.term("all_a" if phrase.accents else "all_u", (phrase.accents or phrase.words)[0])
        return self.any_of([self.phrase(field, phrase.words) for field in ("t_u", "h_u", "b_u")])

    def _filters(self, filters: Filters) -> list[Q]:
        return [
            self.any_of([self.term("filter", filter_term(name, value)) for value in values])
            for name, values in filters.items()
            if values
        ]

    def _document_scores(self, plan: Plan) -> list[Q]:
        def word(token: str) -> list[Q]:
            return [
                self.scored("b_u", token, rank.WORD),
                self.scored("t_u", token, rank.TITLE * rank.WORD),
                self.scored("h_u", token, rank.HEADING * rank.WORD),
            ]

        def pair(token: str) -> list[Q]:
            return [
                self.scored("b_b", token, rank.PAIR),
                self.scored("t_b", token, rank.TITLE * rank.PAIR),
                self.scored("h_b", token, rank.HEADING * rank.PAIR),
            ]

        queries = self._lexical(plan, word, pair)
        queries += [self.silent(self.term("number", key), OWN_NUMBER * grade) for key, grade in plan.numbers]
        return queries

    # --- passages

    def passages(self, plan: Plan) -> Q:
        """Passages that have anything of what is wanted, scored."""

        def word(token: str) -> list[Q]:
            return [self.scored("p_u", token, rank.WORD)]

        def pair(token: str) -> list[Q]:
            return [self.scored("p_b", token, rank.PAIR)]

        queries = self._lexical(plan, word, pair)
        queries += [self.silent(self.phrase("p_u", words), PHRASE) for words in plan.phrases]
        return self.any_of(queries)

    def together(self, plan: Plan) -> Q:
        """Passages that have everything that is wanted."""
        phrases = [self.phrase("p_u", words) for words in plan.phrases]
        return self.every([self._within(group, "p_u", "x") for group in plan.groups] + phrases)

    def in_title(self, plan: Plan) -> Q:
        """Documents whose own title has everything that is wanted."""
        return self.every([self._within(group, "title", "title") for group in plan.groups])

    def _within(self, group: Group, words: str, marks: str) -> Q:
        ways = [self.term(marks, mark) for mark in group.marks]
        if group.words:
            ways.append(self.every([self.term(words, word) for word in group.words]))
        return self.any_of(ways)

    def agreeing(self, accents: Iterable[str]) -> Q:
        """Scores one for each accented word that agrees."""
        return self.any_of([self.silent(self.term("p_a", accent), 1.0) for accent in accents])

    def opening(self, runs: Sequence[Sequence[str]]) -> Q:
        """Passages that have one of these runs of words; where in it, the caller looks."""
        return self.any_of([self.phrase("p_u", run) for run in runs])

    def covering(self, words: Sequence[tuple[str, float]]) -> Q:
        """Scores each word a document has by its weight, however often."""
        return self.any_of([self.silent(self.term("all_u", word), weight) for word, weight in words])

    # --- both

    def _lexical(self, plan: Plan, word, pair) -> list[Q]:
        """Words, pairs and marks. Inside a concept the better of its words and its mark counts, not both."""
        queries = [q for token in plan.words_outside for q in word(token)]
        queries += [q for token in plan.pairs_outside for q in pair(token)]
        for span in plan.spans:
            spelt = [q for token in span.words for q in word(token)]
            spelt += [q for token in span.pairs for q in pair(token)]
            marked = self.scored("x", span.mark, span.weight)
            queries.append(self.best_of([self.any_of(spelt), marked]) if spelt else marked)
        return queries + [self.scored("x", mark, weight) for mark, weight in plan.marks]
