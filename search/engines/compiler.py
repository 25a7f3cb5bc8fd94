"""A plan as an engine's query: what must match and what scores, said once for every engine.

An engine brings the few ways of putting a query together. Terms only, one by one: nothing is ever parsed.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from .. import rank
from ..question import Group, Phrase, Plan
from .base import Filters
from .fields import filter_term

OWN_NUMBER = 50.0
PHRASE = 20.0
IN_TITLE = 100.0
CALLED = 200.0

Q = TypeVar("Q")


class Compiler(ABC, Generic[Q]):
    """Over the fields of documents, or over those of passages (their names begin with p_; both have x)."""

    # --- what an engine brings

    @abstractmethod
    def term(self, field: str, token: str) -> Q:
        """Has the token; what it scores does not matter."""

    @abstractmethod
    def begins(self, field: str, prefix: str) -> Q:
        """Has a token that begins so; what it scores does not matter."""

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

    @abstractmethod
    def besides(self, query: Q, more: Sequence[Q]) -> Q:
        """Matches as the query does; ``more`` adds to its score where it matches too."""

    def any_of(self, queries: Sequence[Q]) -> Q:
        return self.at_least(queries, 1)

    # --- documents

    def documents(self, plan: Plan, filters: Filters, *, titles_first: bool = False) -> Q:
        """What matches, scored: the conditions are silent, only the words score. With ``titles_first`` what has
        everything in its title comes before the rest, and what is called so before that."""
        scores = self._document_scores(plan)
        return self._among(plan, filters, [*scores, *self._titles(plan)] if titles_first else scores)

    def matching(self, plan: Plan, filters: Filters) -> Q:
        """What matches, for counting."""
        return self._among(plan, filters, [])

    def _among(self, plan: Plan, filters: Filters, scores: Sequence[Q]) -> Q:
        conditions = [self._enough(plan), *self._phrases(plan), *self._filters(filters)]
        return self.among(conditions, [self._excluded(phrase) for phrase in plan.excluded], scores)

    def _titles(self, plan: Plan) -> list[Q]:
        found = [self.silent(self.in_title(plan), IN_TITLE)] if plan.groups else []
        if plan.title:
            called = self.any_of([self.term("name", plan.title), self.term("alias", plan.title)])
            found.append(self.silent(called, CALLED))
        return found

    def listed(self, filters: Filters, name: str) -> Q:
        """What the filters let through, and only what is called so where a name is given."""
        named = [self.any_of([self.term("name", name), self.term("alias", name)])] if name else []
        return self.among([self.everything(), *named, *self._filters(filters)], [], [])

    def _enough(self, plan: Plan) -> Q:
        """As many of the wanted things as are asked for; the document whose number was asked for needs no more."""
        if not plan.groups:
            return self.everything()
        enough = self.at_least([self._group(group) for group in plan.groups], plan.minimum)
        alone = [] if plan.is_whole else plan.numbers
        own = [self.term("number", key) for key, grade in alone if grade > 1 < plan.minimum]
        return self.any_of([enough, *own]) if own else enough

    def _group(self, group: Group) -> Q:
        ways = [self.term("x", mark) for mark in group.marks]
        ways += [self.term("number", key) for key in group.numbers]
        return self.any_of(ways + self._worded(group, "all_u"))

    def _worded(self, group: Group, field: str) -> list[Q]:
        words = [self.term(field, word) for word in group.words]
        if group.begins:
            words.append(self.begins(field, group.begins))
        return [self.every(words)] if words else []

    def _phrases(self, plan: Plan) -> list[Q]:
        return [self._spelt(phrase, ("t_u", "h_u", "b_u"), "all_a") for phrase in plan.phrases]

    def _excluded(self, phrase: Phrase) -> Q:
        """What was typed with its marks excludes only that: -sở must not exclude số."""
        if len(phrase.words) == 1 and not phrase.accents:
            return self.term("all_u", phrase.words[0])
        return self._spelt(phrase, ("t_u", "h_u", "b_u"), "all_a")

    def _spelt(self, phrase: Phrase, folded: Sequence[str], accented: str) -> Q:
        """The words side by side: as they were typed where they were typed with marks, else in any spelling."""
        if phrase.accents:
            return self.phrase(accented, phrase.accents)
        return self.any_of([self.phrase(field, phrase.words) for field in folded])

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
        queries += [self.silent(self._spelt(phrase, ("p_u",), "p_a"), PHRASE) for phrase in plan.phrases]
        return self.any_of(queries)

    def shown(self, plan: Plan) -> Q:
        """The same passages, in the order they are shown: what the headings above them say counts a little, so that of
        two clauses with the words the one under the right heading is chosen."""
        heads = [self.scored("p_h", token, rank.ABOVE) for token, _ in plan.words]
        return self.besides(self.passages(plan), heads) if heads else self.passages(plan)

    def together(self, plan: Plan) -> Q:
        """Passages that have everything that is wanted."""
        phrases = [self._spelt(phrase, ("p_u",), "p_a") for phrase in plan.phrases]
        return self.every([self._within(group, "p_u", "x") for group in plan.groups] + phrases)

    def in_title(self, plan: Plan) -> Q:
        """Documents whose own title has everything that is wanted."""
        return self.every([self._within(group, "title", "title") for group in plan.groups])

    def _within(self, group: Group, words: str, marks: str) -> Q:
        ways = [self.term(marks, mark) for mark in group.marks]
        return self.any_of(ways + self._worded(group, words))

    def opening(self, runs: Sequence[Sequence[str]]) -> Q:
        """Passages that have one of these runs of words; where in it, the caller looks."""
        return self.any_of([self.phrase("p_u", run) for run in runs])

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
