"""Asking Elasticsearch: a handful of requests for one question."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from elasticsearch import Elasticsearch

from ..question import Plan, Vocabulary
from .base import Bucket, Filters, FoundPassage, Reader, Record, Retrieved, record_from_json
from .elasticsearch_client import asking
from .elasticsearch_query import PASSAGES, ElasticsearchCompiler, Json, within_passages
from .fields import SEPARATOR
from .signals import asks, candidate

FACET_VALUES = 2_000
PREFIX_TERMS = 200
PAGE = 1_000
WINDOW = 200_000
KEPT = {"bool": {"must_not": [{"term": {"gone": True}}]}}
"""Everything but the tombstones."""
KEYS_ONLY: Json = {"source": False, "stored_fields": "_none_"}
"""What is kept beside the index lies in compressed blocks; opening them for 200 documents takes longer than the rest of
the question. The key is read from its column instead."""


class ElasticsearchVocabulary:
    """The words of the index, asked one by one; used where no embedded index stands by."""

    def __init__(self, reader: "ElasticsearchReader") -> None:
        self._reader = reader
        self._known: dict[tuple[str, str], int] = {}

    @cached_property
    def total(self) -> int:
        return self._reader.count(KEPT)

    def words(self, token: str) -> int:
        return self._count("all_u", token)

    def pairs(self, token: str) -> int:
        return self._count("b_b", token)

    def accents(self, token: str) -> int:
        return self._count("all_a", token)

    cheap = False

    def marks(self, token: str) -> int:
        return self._count("x", token)

    def marks_from(self, prefix: str) -> Sequence[str]:
        return self._terms("mark", prefix)

    def numbers_from(self, prefix: str) -> Sequence[str]:
        return self._terms("number", prefix)

    def _count(self, field: str, token: str) -> int:
        if (field, token) not in self._known:
            # The index goes on changing between two requests: no word is in more documents than there are.
            self._known[field, token] = min(self.total, self._reader.count({"term": {field: token}}))
        return self._known[field, token]

    def _terms(self, field: str, prefix: str) -> list[str]:
        beginning = re.sub(r"(\W)", r"\\\1", prefix) + ".*"
        wanted = {"field": field, "include": beginning, "size": PREFIX_TERMS, "order": {"_key": "asc"}}
        found = self._reader.search(
            query={"prefix": {field: prefix}}, size=0, aggregations={"terms": {"terms": wanted}}
        )
        return [bucket["key"] for bucket in found["aggregations"]["terms"]["buckets"]]


class ElasticsearchReader(Reader):
    """The index under one name, at this moment. ``vocab`` is the embedded index's where that stands by: it costs no
    request, and both engines then understand a question alike."""

    def __init__(self, client: Elasticsearch, index: str, vocab: Vocabulary | None = None) -> None:
        self._client, self._index = client, index
        self._of_documents, self._of_passages = ElasticsearchCompiler(), ElasticsearchCompiler(PASSAGES)
        self.vocab = vocab or ElasticsearchVocabulary(self)

    # --- requests

    def search(self, **body: Any) -> Json:
        """One search. Answers of a part of the index are no answers: Elasticsearch is told to fail instead."""
        with asking(self._client) as client:
            return client.search(
                index=self._index, allow_partial_search_results=False, preference="_local", **body
            ).body

    def count(self, query: Json) -> int:
        with asking(self._client) as client:
            return client.count(index=self._index, query=query)["count"]

    # --- the questions

    def retrieve(self, plan: Plan, filters: Filters, *, limit: int, offset: int = 0, newest: bool = False) -> Retrieved:
        if plan.is_empty:
            return Retrieved(0, ())
        beyond = offset + limit > WINDOW
        found = self.search(
            query=self._of_documents.documents(plan, filters),
            size=0 if beyond else limit,
            from_=0 if beyond else offset,
            sort=[{"date": "desc"} if newest else {"_score": "desc"}, {"key": "asc"}],
            **KEYS_ONLY,
            track_total_hits=True,
        )["hits"]
        scores = {hit["sort"][1]: 0.0 if newest else hit["sort"][0] for hit in found["hits"]}
        told = self._told(plan, list(scores)) if scores else {}
        candidates = tuple(candidate(plan, told, key, score) for key, score in scores.items())
        return Retrieved(found["total"]["value"], candidates)

    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        found = self.search(
            query={"bool": {"filter": [self._of_documents.listed(filters, name), KEPT]}},
            size=limit,
            sort=[{"date": "desc"}, {"key": "asc"}],
            **KEYS_ONLY,
            track_total_hits=True,
        )["hits"]
        return found["total"]["value"], tuple(hit["sort"][1] for hit in found["hits"])

    def _told(self, plan: Plan, keys: Sequence[str]) -> dict[str, dict[str, float]]:
        """All signals in one request: each is a named query, and each hit says which matched it with what score."""
        named = []
        for name, ask in asks(plan, self._of_documents, self._of_passages).items():
            query = within_passages(ask.query) if ask.of_passages else ask.query
            named.append({"bool": {"must": [query], "_name": name}})
        hits = self.search(
            query={"bool": {"filter": [{"ids": {"values": list(keys)}}], "should": named}},
            size=len(keys),
            **KEYS_ONLY,
            docvalue_fields=["key"],
            track_total_hits=False,
            include_named_queries_score=True,
        )["hits"]["hits"]
        told: dict[str, dict[str, float]] = {}
        for hit in hits:
            for name, score in hit.get("matched_queries", {}).items():
                told.setdefault(name, {})[hit["fields"]["key"][0]] = score
        return told

    def passages(self, plan: Plan, keys: Sequence[str], per_document: int) -> Mapping[str, Sequence[FoundPassage]]:
        if not keys:
            return {}
        own = {"bool": {"filter": [self._of_passages.term("role", "text")], "must": [self._of_passages.passages(plan)]}}
        inner = {"size": per_document, "_source": [f"{PASSAGES}.place"]}
        hits = self.search(
            query={
                "bool": {"filter": [{"ids": {"values": list(keys)}}], "must": [within_passages(own, inner_hits=inner)]}
            },
            size=len(keys),
            source=False,
            track_total_hits=False,
        )["hits"]["hits"]
        found = {hit["_id"]: hit["inner_hits"][PASSAGES]["hits"]["hits"] for hit in hits}
        return {key: [_passage(inside) for inside in found.get(key, ())] for key in keys}

    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        if not keys:
            return {}
        hits = self.search(
            query={"bool": {"filter": [{"ids": {"values": list(keys)}}, KEPT]}},
            size=len(keys),
            source=["record"],
            track_total_hits=False,
        )["hits"]["hits"]
        return {hit["_id"]: record_from_json(hit["_source"]["record"].encode()) for hit in hits}

    def facets(self, plan: Plan, filters: Filters) -> Mapping[str, Sequence[Bucket]]:
        """One request: what matches without filters, and an aggregation for each way of leaving one out."""
        if plan.is_empty:
            return {}
        active = [name for name, values in filters.items() if values]
        ways: dict[str, Filters] = {"": filters}
        ways |= {name: {other: filters[other] for other in active if other != name} for name in active}
        counting = {"facet": {"terms": {"field": "facet", "size": FACET_VALUES}}}
        found = self.search(
            query={"bool": {"filter": [self._of_documents.documents(plan, {})]}},
            size=0,
            track_total_hits=False,
            aggregations={
                f"way {i}": {
                    "filter": {"bool": {"filter": self._of_documents._filters(way)}},
                    "aggregations": counting,
                }
                for i, way in enumerate(ways.values())
            },
        )["aggregations"]
        counted = {name: _buckets(found[f"way {i}"]["facet"]["buckets"]) for i, name in enumerate(ways)}
        facets = counted[""] | {name: counted[name].get(name, []) for name in active}
        return {name: facets[name] for name in sorted(facets)}

    def digests(self) -> Iterator[tuple[str, str]]:
        for hit in self._scan(KEPT, ["digest"]):
            yield hit["_id"], hit["fields"]["digest"][0]

    def tombstones(self) -> Iterator[tuple[str, int]]:
        """(key, version) of what was dropped."""
        for hit in self._scan({"term": {"gone": True}}, ["key"]):
            yield hit["_id"], hit["_version"]

    def _scan(self, query: Json, fields: Sequence[str]) -> Iterator[Json]:
        """All that match, as they stood at one moment."""
        with asking(self._client) as client:
            moment = client.open_point_in_time(index=self._index, keep_alive="2m")["id"]
        after = None
        try:
            while True:
                with asking(self._client) as client:
                    answer = client.search(
                        pit={"id": moment, "keep_alive": "2m"},
                        query={"bool": {"filter": [query]}},
                        sort=["_shard_doc"],
                        size=PAGE,
                        search_after=after,
                        source=False,
                        docvalue_fields=list(fields),
                        version=True,
                        track_total_hits=False,
                    )
                hits = answer["hits"]["hits"]
                yield from hits
                if len(hits) < PAGE:
                    break
                after, moment = hits[-1]["sort"], answer["pit_id"]
        finally:
            with asking(self._client) as client:
                client.close_point_in_time(id=moment)

    def stats(self) -> Mapping[str, Any]:
        texts = {"texts": {"filter": {"term": {f"{PASSAGES}.role": "text"}}}}
        found = self.search(
            query=KEPT,
            size=0,
            track_total_hits=True,
            aggregations={"inside": {"nested": {"path": PASSAGES}, "aggregations": texts}},
        )
        return {
            "documents": found["hits"]["total"]["value"],
            "passages": found["aggregations"]["inside"]["texts"]["doc_count"],
        }


def _passage(hit: Json) -> FoundPassage:
    anchor, path, text, url = json.loads(hit["_source"]["place"])
    return FoundPassage(anchor, tuple(path), text, float(hit["_score"]), url)


def _buckets(found: Sequence[Json]) -> dict[str, list[Bucket]]:
    counted: dict[str, dict[str, Bucket]] = {}
    for bucket in found:
        name, value, label = bucket["key"].split(SEPARATOR, 2)
        known = counted.setdefault(name, {})
        before = known[value].count if value in known else 0
        known[value] = Bucket(value, label, before + bucket["doc_count"])
    return {name: sorted(values.values(), key=lambda b: (-b.count, b.label)) for name, values in counted.items()}
