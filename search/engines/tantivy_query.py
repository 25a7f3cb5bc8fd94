"""A plan as tantivy queries."""

import re
from collections.abc import Sequence

from tantivy import Occur, Query, Schema

from .compiler import Compiler


class TantivyCompiler(Compiler[Query]):
    """Builds queries over one schema. Field names are those of ``tantivy_schema``."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def term(self, field: str, token: str | int) -> Query:
        return Query.term_query(self.schema, field, token, index_option="basic")

    def begins(self, field: str, prefix: str) -> Query:
        return Query.regex_query(self.schema, field, re.escape(prefix) + ".*")

    def scored(self, field: str, token: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, field, token, index_option="freq"), weight)

    def phrase(self, field: str, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return Query.term_query(self.schema, field, words[0], index_option="freq")
        return Query.phrase_query(self.schema, field, list(words))

    def silent(self, query: Query, score: float = 0.0) -> Query:
        return Query.const_score_query(query, score)

    def everything(self) -> Query:
        return Query.all_query()

    def at_least(self, queries: Sequence[Query], minimum: int) -> Query:
        if len(queries) == minimum == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Should, q) for q in queries], minimum_number_should_match=minimum)

    def every(self, queries: Sequence[Query]) -> Query:
        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Must, query) for query in queries])

    def best_of(self, queries: Sequence[Query]) -> Query:
        return Query.disjunction_max_query(list(queries))

    def among(self, conditions: Sequence[Query], excluded: Sequence[Query], scores: Sequence[Query]) -> Query:
        return Query.boolean_query(
            [(Occur.Must, self.silent(query)) for query in conditions]
            + [(Occur.MustNot, query) for query in excluded]
            + [(Occur.Should, query) for query in scores]
        )

    def besides(self, query: Query, more: Sequence[Query]) -> Query:
        return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in more)])

    def ids(self, ids: Sequence[int]) -> Query:
        """One by one: the library's own query for a set of terms walks the dictionary and takes four times as long."""
        return self.silent(self.any_of([self.term("id", own) for own in ids]))

    def both(self, condition: Query, scored: Query) -> Query:
        return Query.boolean_query([(Occur.Must, condition), (Occur.Must, scored)])
