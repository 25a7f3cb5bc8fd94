"""A plan as tantivy queries. Terms only, built one by one; nothing is ever parsed."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query, Schema

from .. import rank
from ..question import Group, Phrase, Plan
from .base import Filters
from .tantivy_schema import filter_term

OWN_NUMBER = 50.0
PHRASE = 20.0


class Compiler:
    """Builds queries over one schema. Field names are those of ``tantivy_schema``."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def term(self, field: str, token: str | int) -> Query:
        return Query.term_query(self.schema, field, token, index_option="basic")

    def scored(self, field: str, token: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, field, token, index_option="freq"), weight)

    def ids(self, ids: Sequence[int]) -> Query:
        return silent(Query.term_set_query(self.schema, "id", list(ids)))

    def phrase(self, field: str, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return Query.term_query(self.schema, field, words[0], index_option="freq")
        return Query.phrase_query(self.schema, field, list(words))

    # --- documents

    def documents(self, plan: Plan, filters: Filters) -> Query:
        """What matches, scored: the conditions are silent, only the words score."""
        conditions = [self._enough(plan), *self._phrases(plan)]
        scores = [(Occur.Should, query) for query in self._document_scores(plan)]
        return Query.boolean_query(
            [(Occur.Must, silent(query)) for query in conditions]
            + [(Occur.Must, silent(query)) for query in self._filters(filters)]
            + [(Occur.MustNot, self._excluded(phrase)) for phrase in plan.excluded]
            + scores
        )

    def _enough(self, plan: Plan) -> Query:
        if not plan.groups:
            return Query.all_query()
        return at_least([self._group(group) for group in plan.groups], plan.minimum)

    def _group(self, group: Group) -> Query:
        ways = [self.term("x", mark) for mark in group.marks]
        ways += [self.term("number", key) for key in group.numbers]
        if group.words:
            ways.append(every([self.term("all_u", word) for word in group.words]))
        return any_of(ways)

    def _phrases(self, plan: Plan) -> list[Query]:
        return [any_of([self.phrase(f, words) for f in ("t_u", "h_u", "b_u")]) for words in plan.phrases]

    def _excluded(self, phrase: Phrase) -> Query:
        """A single word typed with its marks excludes only that word: -sở must not exclude số."""
        if len(phrase.words) == 1:
            return self.term("all_a" if phrase.accents else "all_u", (phrase.accents or phrase.words)[0])
        return any_of([self.phrase(field, phrase.words) for field in ("t_u", "h_u", "b_u")])

    def _filters(self, filters: Filters) -> list[Query]:
        return [
            any_of([self.term("filter", filter_term(name, value)) for value in values])
            for name, values in filters.items()
            if values
        ]

    def _document_scores(self, plan: Plan) -> list[Query]:
        def word(token: str) -> list[Query]:
            return [
                self.scored("b_u", token, rank.WORD),
                self.scored("t_u", token, rank.TITLE * rank.WORD),
                self.scored("h_u", token, rank.HEADING * rank.WORD),
            ]

        def pair(token: str) -> list[Query]:
            return [
                self.scored("b_b", token, rank.PAIR),
                self.scored("t_b", token, rank.TITLE * rank.PAIR),
                self.scored("h_b", token, rank.HEADING * rank.PAIR),
            ]

        queries = self._lexical(plan, word, pair)
        queries += [
            Query.boost_query(silent(self.term("number", key), 1.0), OWN_NUMBER * grade) for key, grade in plan.numbers
        ]
        return queries

    # --- passages

    def passages(self, plan: Plan) -> Query:
        """Passages that have anything of what is wanted, scored."""

        def word(token: str) -> list[Query]:
            return [self.scored("p_u", token, rank.WORD)]

        def pair(token: str) -> list[Query]:
            return [self.scored("p_b", token, rank.PAIR)]

        queries = self._lexical(plan, word, pair)
        queries += [Query.boost_query(silent(self.phrase("p_u", words), 1.0), PHRASE) for words in plan.phrases]
        return any_of(queries)

    def together(self, plan: Plan) -> Query:
        """Passages that have everything that is wanted."""
        phrases = [self.phrase("p_u", words) for words in plan.phrases]
        return every([self._within(group, "p_u", "x") for group in plan.groups] + phrases)

    def in_title(self, plan: Plan) -> Query:
        """Documents whose own title has everything that is wanted."""
        return every([self._within(group, "title", "title") for group in plan.groups])

    def _within(self, group: Group, words: str, marks: str) -> Query:
        ways = [self.term(marks, mark) for mark in group.marks]
        if group.words:
            ways.append(every([self.term(words, word) for word in group.words]))
        return any_of(ways)

    def agreeing(self, accents: Iterable[str]) -> Query:
        """Scores one for each accented word that agrees."""
        return any_of([silent(self.term("p_a", accent), 1.0) for accent in accents])

    def text_of(self, entry_id: int) -> Query:
        """The passages of one document that can be shown."""
        return silent(every([self.term("id", entry_id), self.term("role", "text")]))

    # --- both

    def _lexical(self, plan: Plan, word, pair) -> list[Query]:
        """Words, pairs and marks. Inside a concept the better of its words and its mark counts, not both."""
        queries = [q for token in plan.words_outside for q in word(token)]
        queries += [q for token in plan.pairs_outside for q in pair(token)]
        for span in plan.spans:
            spelt = [q for token in span.words for q in word(token)]
            spelt += [q for token in span.pairs for q in pair(token)]
            marked = self.scored("x", span.mark, span.weight)
            queries.append(Query.disjunction_max_query([any_of(spelt), marked]) if spelt else marked)
        return queries + [self.scored("x", mark, weight) for mark, weight in plan.marks]


def silent(query: Query, score: float = 0.0) -> Query:
    """A condition: it matches, and scores a constant."""
    return Query.const_score_query(query, score)


def any_of(queries: Sequence[Query]) -> Query:
    return at_least(queries, 1)


def every(queries: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def at_least(queries: Sequence[Query], minimum: int) -> Query:
    return Query.boolean_query([(Occur.Should, q) for q in queries], minimum_number_should_match=minimum)


def both(condition: Query, scored: Query) -> Query:
    return Query.boolean_query([(Occur.Must, condition), (Occur.Must, scored)])
