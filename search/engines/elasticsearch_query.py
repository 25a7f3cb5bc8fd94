"""A plan as Elasticsearch queries: plain dictionaries, terms only."""

from collections.abc import Sequence
from typing import Any

from .compiler import Compiler

Json = dict[str, Any]
PASSAGES = "passages"


class ElasticsearchCompiler(Compiler[Json]):
    """Over documents, or (``path``) over the passages nested in them."""

    def __init__(self, path: str = "") -> None:
        self._prefix = f"{path}." if path else ""

    def term(self, field: str, token: str) -> Json:
        return {"term": {self._prefix + field: token}}

    def begins(self, field: str, prefix: str) -> Json:
        return {"prefix": {self._prefix + field: prefix}}

    def scored(self, field: str, token: str, weight: float) -> Json:
        return {"term": {self._prefix + field: {"value": token, "boost": max(weight, 0.0)}}}

    def phrase(self, field: str, words: Sequence[str]) -> Json:
        # The field's own analysis cuts at the spaces again and does nothing else.
        return {"match_phrase": {self._prefix + field: " ".join(words)}}

    def silent(self, query: Json, score: float = 0.0) -> Json:
        # A rarity can come out below nothing while documents change under it; Elasticsearch refuses that.
        return {"constant_score": {"filter": query, "boost": max(score, 0.0)}}

    def everything(self) -> Json:
        return {"match_all": {}}

    def at_least(self, queries: Sequence[Json], minimum: int) -> Json:
        if len(queries) == 1 and minimum == 1:
            return queries[0]
        return {"bool": {"should": list(queries), "minimum_should_match": minimum}}

    def every(self, queries: Sequence[Json]) -> Json:
        return {"bool": {"must": list(queries)}} if queries else {"match_none": {}}

    def best_of(self, queries: Sequence[Json]) -> Json:
        return {"dis_max": {"queries": list(queries)}}

    def among(self, conditions: Sequence[Json], excluded: Sequence[Json], scores: Sequence[Json]) -> Json:
        clauses = {"filter": list(conditions), "must_not": list(excluded), "should": list(scores)}
        return {"bool": {**clauses, "minimum_should_match": 0}}

    def besides(self, query: Json, more: Sequence[Json]) -> Json:
        return {"bool": {"must": [query], "should": list(more)}}


def within_passages(query: Json, **options: Any) -> Json:
    """Documents by the best of their passages."""
    return {"nested": {"path": PASSAGES, "score_mode": "max", "query": query, **options}}
