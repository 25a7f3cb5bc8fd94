"""Asking a tantivy index: one snapshot of documents and passages for one question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import tantivy

from ..question import Plan
from .base import Bucket, Filters, FoundPassage, Reader, Record, Retrieved, record_from_json
from .fields import SEPARATOR
from .signals import asks, candidate
from .tantivy_query import TantivyCompiler
from .tantivy_schema import entry_id

PASSAGES_LOOKED_AT = 2_000
FACET_VALUES = 2_000
PREFIX_TERMS = 200


class TantivyVocabulary:
    """The words of the documents index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    @cached_property
    def total(self) -> int:
        return self._searcher.num_docs

    def words(self, token: str) -> int:
        return self._searcher.doc_freq("all_u", token)

    def pairs(self, token: str) -> int:
        return self._searcher.doc_freq("b_b", token)

    def accents(self, token: str) -> int:
        return self._searcher.doc_freq("all_a", token)

    cheap = True

    def marks(self, token: str) -> int:
        return self._searcher.doc_freq("x", token)

    def marks_from(self, prefix: str) -> Sequence[str]:
        return self._terms("x", prefix)

    def numbers_from(self, prefix: str) -> Sequence[str]:
        return self._terms("number", prefix)

    def _terms(self, field: str, prefix: str) -> list[str]:
        return [term for term, _ in self._searcher.terms_with_prefix(field, prefix, limit=PREFIX_TERMS)]


class TantivyReader(Reader):
    """A snapshot: commits that come after it are not seen by it."""

    def __init__(self, documents: tantivy.Index, passages: tantivy.Index) -> None:
        self._documents = documents.searcher()
        self._passages = passages.searcher()
        self._of_documents = TantivyCompiler(documents.schema)
        self._of_passages = TantivyCompiler(passages.schema)
        self.vocab = TantivyVocabulary(self._documents)

    def retrieve(self, plan: Plan, filters: Filters, *, limit: int, offset: int = 0, newest: bool = False) -> Retrieved:
        if plan.is_empty:
            return Retrieved(0, ())
        found = self._documents.search(
            self._of_documents.documents(plan, filters),
            limit=limit,
            offset=offset,
            order_by_field="date" if newest else None,
        )
        addresses = [address for _, address in found.hits]
        if not addresses:
            return Retrieved(found.count, ())
        ids = self._documents.fast_field_values("id", addresses)
        keys = [self._documents.doc(address).get_first("key") for address in addresses]
        scores = [0.0 if newest else float(score) for score, _ in found.hits]
        told = self._told(plan, ids, dict(zip(ids, keys, strict=True)))
        return Retrieved(
            found.count,
            tuple(candidate(plan, told, key, score) for key, score in zip(keys, scores, strict=True)),
        )

    def _told(self, plan: Plan, ids: Sequence[int], keys: Mapping[int, str]) -> dict[str, dict[str, float]]:
        told = {}
        for name, ask in asks(plan, self._of_documents, self._of_passages).items():
            compiler = self._of_passages if ask.of_passages else self._of_documents
            searcher = self._passages if ask.of_passages else self._documents
            best = _best(searcher, compiler.both(compiler.ids(ids), ask.query))
            told[name] = {keys[id_]: score for id_, score in best.items()}
        return told

    def passages(self, plan: Plan, keys: Sequence[str], per_document: int) -> Mapping[str, Sequence[FoundPassage]]:
        wanted = self._of_passages.passages(plan)
        found = {}
        for key in keys:
            own = self._of_passages.text_of(entry_id(key))
            hits = self._passages.search(self._of_passages.both(own, wanted), limit=per_document, count=False).hits
            found[key] = [self._passage(address, score) for score, address in hits]
        return found

    def _passage(self, address: tantivy.DocAddress, score: float) -> FoundPassage:
        anchor, path, text, url = json.loads(self._passages.doc(address).get_first("payload"))
        return FoundPassage(anchor, tuple(path), text, float(score), url)

    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        query = self._of_documents.listed(filters, name)
        found = self._documents.search(query, limit=limit, order_by_field="date")
        return found.count, tuple(self._documents.doc(address).get_first("key") for _, address in found.hits)

    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        if not keys:
            return {}
        query = self._of_documents.ids([entry_id(key) for key in keys])
        hits = self._documents.search(query, limit=len(keys), count=False).hits
        found = (record_from_json(self._documents.doc(address).get_first("payload")) for _, address in hits)
        return {item.key: item for item in found}

    def facets(self, plan: Plan, filters: Filters) -> Mapping[str, Sequence[Bucket]]:
        if plan.is_empty:
            return {}
        active = {name for name, values in filters.items() if values}
        counted = self._count(plan, filters)
        for name in active:
            others = {other: values for other, values in filters.items() if other != name}
            counted[name] = self._count(plan, others).get(name, [])
        return {name: counted[name] for name in sorted(counted)}

    def _count(self, plan: Plan, filters: Filters) -> dict[str, list[Bucket]]:
        query = self._of_documents.silent(self._of_documents.documents(plan, filters))
        request = {"facet": {"terms": {"field": "facet", "size": FACET_VALUES, "segment_size": FACET_VALUES}}}
        buckets = self._documents.aggregate(query, request)["facet"]["buckets"]
        counted: dict[str, dict[str, Bucket]] = {}
        for bucket in buckets:
            name, value, label = bucket["key"].split(SEPARATOR, 2)
            known = counted.setdefault(name, {})
            before = known[value].count if value in known else 0
            known[value] = Bucket(value, label, before + int(bucket["doc_count"]))
        return {name: sorted(values.values(), key=lambda b: (-b.count, b.label)) for name, values in counted.items()}

    def digests(self) -> Iterator[tuple[str, str]]:
        everything = tantivy.Query.all_query()
        for start in range(0, self._documents.num_docs, 1_000):
            hits = self._documents.search(everything, limit=1_000, offset=start, count=False).hits
            for _, address in hits:
                item = record_from_json(self._documents.doc(address).get_first("payload"))
                yield item.key, item.digest

    def stats(self) -> Mapping[str, Any]:
        texts = self._passages.search(self._of_passages.term("role", "text"), limit=1)
        return {"documents": self._documents.num_docs, "passages": texts.count}


def _best(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[int, float]:
    """The best score of each id among the first hits."""
    hits = searcher.search(query, limit=PASSAGES_LOOKED_AT, count=False).hits
    best: dict[int, float] = {}
    ids = searcher.fast_field_values("id", [address for _, address in hits]) if hits else []
    for (score, _), id_ in zip(hits, ids, strict=True):
        best.setdefault(id_, float(score))
    return best
