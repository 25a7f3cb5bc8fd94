"""Asking Elasticsearch: a request for what is found, another for what is shown of it where no embedded index has it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from elasticsearch import Elasticsearch

from ..question import Plan, Vocabulary
from .base import Bucket, Filters, FoundPassage, Reader, Record, Retrieved, Shown, record_from_json
from .elasticsearch_client import asking
from .elasticsearch_query import PASSAGES, ElasticsearchCompiler, Json, within_passages
from .facets import FACET_VALUES, ways
from .facets import facets as facets_of
from .packing import Packed, packed
from .signals import asks, candidates
from .tantivy_reader import TantivyReader

PREFIX_TERMS = 200
PLACE = f"{PASSAGES}.place"
PAGE = 1_000
WINDOW = 200_000
KEPT = {"bool": {"must_not": [{"term": {"gone": True}}]}}
"""Everything but the tombstones."""
KEYS_ONLY: Json = {"source": False, "stored_fields": "_none_"}
"""What is kept beside the index lies in compressed blocks; opening them for 200 documents takes longer than the rest of
the question. The key is read from its column instead."""

FOUND = ["hits.total.value", "hits.hits.sort", "hits.hits.fields", "hits.hits.matched_queries", "aggregations"]
SHOWN = ["hits.hits._id", "hits.hits.fields"]
SHOWN += [f"hits.hits.inner_hits.*.hits.hits.{name}" for name in ("_score", "fields")]
"""What of the answers is read, and sent."""


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
    """The index under one name, at this moment. ``near`` is the embedded one where that stands by: its vocabulary costs
    no request, both engines then understand a question alike, and what it holds of an entry need not be sent."""

    def __init__(
        self, client: Elasticsearch, index: str, near: TantivyReader | None = None, analysis: str = ""
    ) -> None:
        self._client, self._index, self._near, self.analysis = client, index, near, analysis
        self._of_documents, self._of_passages = ElasticsearchCompiler(), ElasticsearchCompiler(PASSAGES)
        self.vocab: Vocabulary = near.vocab if near else ElasticsearchVocabulary(self)
        self._digests: dict[str, str] = {}

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

    def retrieve(
        self,
        plan: Plan,
        filters: Filters,
        *,
        limit: int,
        offset: int = 0,
        newest: bool = False,
        facets: bool = False,
    ) -> Retrieved:
        """One request: what is found, what the signals need to know of each, and the facets. Filters come after the
        counting, because a facet ignores its own."""
        if plan.is_empty:
            return Retrieved(0, ())
        beyond = offset + limit > WINDOW
        packs, alone = self._signals(plan, newest)
        named = [_named(str(i), query) for i, (query, _) in enumerate(packs)]
        named += [_named(name, query) for name, query in alone.items()]
        found = self.search(
            query=self._of_documents.documents(plan, {}),
            post_filter=_after(self._of_documents._filters(filters), named),
            size=0 if beyond else limit,
            from_=0 if beyond else offset,
            sort=[{"date": "desc"} if newest else {"_score": "desc"}, {"key": "asc"}],
            **KEYS_ONLY,
            docvalue_fields=["digest"] if self._near else None,
            include_named_queries_score=True,
            track_total_hits=True,
            aggregations=self._counting(filters) if facets else None,
            filter_path=FOUND,
        )
        hits = found["hits"].get("hits", ())
        if self._near:
            self._digests |= {hit["sort"][1]: hit["fields"]["digest"][0] for hit in hits}
        told: dict[str, Mapping[int | str, float]] = {name: dict(_scores_of(name, hits)) for name in alone}
        for i, (_, pack) in enumerate(packs):
            told |= pack.told(_scores_of(str(i), hits))
        scores = [(hit["sort"][1], 0.0 if newest else hit["sort"][0]) for hit in hits]
        counted = _counted(found["aggregations"], filters) if facets else {}
        return Retrieved(found["hits"]["total"]["value"], tuple(candidates(plan, told, scores)), counted)

    def _signals(self, plan: Plan, newest: bool) -> tuple[list[tuple[Json, Packed[Json]]], dict[str, Json]]:
        """What must be known of each document found, as few queries: those of documents told by bits, those of
        passages one by one, because the best for each may be another passage."""
        every = asks(plan, self._of_documents, self._of_passages, newest)
        packs = [
            (pack.query, pack)
            for pack in packed({name: ask for name, ask in every.items() if not ask.of_passages}, self._of_documents)
        ]
        alone = {}
        for name, ask in every.items():
            if ask.of_passages and ask.counts:
                packs += [(within_passages(p.query), p) for p in packed({name: ask}, self._of_passages)]
            elif ask.of_passages:
                alone[name] = within_passages(ask.query)
        return packs, alone

    def shown(self, plan: Plan, keys: Sequence[str], per_document: int) -> Mapping[str, Shown]:
        """What the embedded index holds just as the cluster does is taken from there; the rest is sent for."""
        found = self._shown_near(plan, keys, per_document)
        return found | self._shown_far(plan, [key for key in keys if key not in found], per_document)

    def _shown_near(self, plan: Plan, keys: Sequence[str], per_document: int) -> dict[str, Shown]:
        if not self._near or self._near.analysis != self.analysis:
            return {}
        ids = self._near.placed(keys)
        near = self._near.shown(plan, list(ids.values()), per_document)
        found = {key: near[id_] for key, id_ in ids.items() if id_ in near}
        return {key: shown for key, shown in found.items() if shown[0].digest == self._digests.get(key)}

    def _shown_far(self, plan: Plan, keys: Sequence[str], per_document: int) -> dict[str, Shown]:
        if not keys:
            return {}
        own = {"bool": {"filter": [self._of_passages.term("role", "text")], "must": [self._of_passages.shown(plan)]}}
        inner = {"size": per_document, "stored_fields": [PLACE], "_source": False}
        hits = self.search(
            query={
                "bool": {
                    "filter": [{"terms": {"key": list(keys)}}, KEPT],
                    "should": [within_passages(own, inner_hits=inner)],
                }
            },
            size=len(keys),
            stored_fields=["record"],
            source=False,
            track_total_hits=False,
            filter_path=SHOWN,
        ).get("hits", {})
        found = {}
        for hit in hits.get("hits", ()):
            inside = hit.get("inner_hits", {}).get(PASSAGES, {}).get("hits", {}).get("hits", ())
            found[hit["_id"]] = _record(hit), [_passage(one) for one in inside]
        return found

    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        found = self.search(
            query={"bool": {"filter": [self._of_documents.listed(filters, name), KEPT]}},
            size=limit,
            sort=[{"date": "desc"}, {"key": "asc"}],
            **KEYS_ONLY,
            track_total_hits=True,
        )["hits"]
        return found["total"]["value"], tuple(hit["sort"][1] for hit in found["hits"])

    def names(self, keys: Sequence[str]) -> Mapping[str, str]:
        return {key: key for key in keys}

    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        if not keys:
            return {}
        hits = self.search(
            query={"bool": {"filter": [{"ids": {"values": list(keys)}}, KEPT]}},
            size=len(keys),
            stored_fields=["record"],
            source=False,
            track_total_hits=False,
        )["hits"]["hits"]
        return {hit["_id"]: _record(hit) for hit in hits}

    def _counting(self, filters: Filters) -> Json:
        """The counts of all facets, and for each filter once more without it."""
        counting = {"facet": {"terms": {"field": "facet", "size": FACET_VALUES}}}
        if not any(filters.values()):
            return counting
        return {
            f"way {i}": {"filter": {"bool": {"filter": self._of_documents._filters(way)}}, "aggregations": counting}
            for i, way in enumerate(ways(filters).values())
        }

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


def _named(name: str, query: Json) -> Json:
    return {"bool": {"must": [query], "_name": name}}


def _after(filters: Sequence[Json], named: Sequence[Json]) -> Json | None:
    """The filters, with queries that select nothing: of each hit that is sent, and of no other, the cluster says which
    of them match and how well."""
    if not (filters or named):
        return None
    return {"bool": {"filter": list(filters) or [{"match_all": {}}], "should": list(named), "minimum_should_match": 0}}


def _scores_of(name: str, hits: Sequence[Json]) -> Iterator[tuple[str, float]]:
    for hit in hits:
        score = hit.get("matched_queries", {}).get(name)
        if score is not None:
            yield hit["sort"][1], score


def _counted(found: Json, filters: Filters) -> dict[str, list[Bucket]]:
    def terms(way: Json) -> Iterator[tuple[str, int]]:
        return ((bucket["key"], bucket["doc_count"]) for bucket in way["facet"].get("buckets", ()))

    if not any(filters.values()):
        return facets_of({"": terms(found)})
    return facets_of({name: terms(found[f"way {i}"]) for i, name in enumerate(ways(filters))})


def _record(hit: Json) -> Record:
    return record_from_json(hit["fields"]["record"][0].encode())


def _passage(hit: Json) -> FoundPassage:
    anchor, path, text, url = json.loads(hit["fields"][PLACE][0])
    return FoundPassage(anchor, tuple(path), text, float(hit["_score"]), url)
