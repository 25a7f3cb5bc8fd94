"""Asking a tantivy index: one snapshot of documents and passages for one question."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import tantivy

from ..question import Plan
from ..rank import Candidate
from .base import Bucket, Filters, FoundPassage, Reader, Record, Retrieved, Shown, record_from_json
from .facets import FACET_VALUES, ways
from .facets import facets as facets_of
from .fields import filter_term
from .packing import packed
from .signals import asks, candidates
from .tantivy_query import TantivyCompiler
from .tantivy_schema import entry_id

PASSAGES_LOOKED_AT = 1_000
"""Of a hundred candidates; ten for each."""
PREFIX_TERMS = 200
FIRST_MATCHES = 1_000


class OpenIndex:
    """One index of a folder, for every question of this process. The latest commit is opened when there is one: opening
    the same again would throw away what the library has unpacked of it."""

    def __init__(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        self.schema = self.index.schema
        self._commit = folder / "meta.json"
        self._opened: tuple[bytes, tantivy.Searcher] | None = None

    def searcher(self) -> tantivy.Searcher:
        """As of the latest commit of any process. Safe to call from several threads: at worst two open the same."""
        commit, opened = self._commit.read_bytes(), self._opened
        if opened is None or opened[0] != commit:
            self.index.reload()
            opened = self._opened = commit, self.index.searcher()
        return opened[1]


class TantivyVocabulary:
    """The words of the documents index. tantivy keeps what was removed in its figures until a merge: a word that may
    stand in nothing else is counted, so that nobody hears of it."""

    def __init__(self, searcher: tantivy.Searcher, compiler: TantivyCompiler) -> None:
        self._searcher, self._compiler = searcher, compiler

    @cached_property
    def total(self) -> int:
        return self._searcher.num_docs

    @cached_property
    def _removed(self) -> int:
        """How many documents are still in the figures and no longer there. Each has one kind."""
        kinds = self._searcher.terms_with_prefix("filter", filter_term("kind", ""))
        return sum(count for _, count in kinds) - self.total

    def words(self, token: str) -> int:
        return self._count("all_u", token)

    def pairs(self, token: str) -> int:
        return self._count("b_b", token)

    def accents(self, token: str) -> int:
        return self._count("all_a", token)

    cheap = True

    def marks(self, token: str) -> int:
        return self._count("x", token)

    def marks_from(self, prefix: str) -> Sequence[str]:
        return self._terms("x", prefix)

    def numbers_from(self, prefix: str) -> Sequence[str]:
        return self._terms("number", prefix)

    def _count(self, field: str, token: str) -> int:
        told = self._searcher.doc_freq(field, token)
        if told > self._removed or not told:
            return min(told, self.total)
        return self._searcher.search(self._compiler.term(field, token), limit=1).count

    def _terms(self, field: str, prefix: str) -> list[str]:
        found = self._searcher.terms_with_prefix(field, prefix, limit=PREFIX_TERMS)
        return [term for term, told in found if told > self._removed or self._count(field, term)]


class TantivyReader(Reader):
    """A snapshot: commits that come after it are not seen by it. A document is called by its ``entry_id`` here, which
    is read from a column; what is kept of it lies in compressed blocks."""

    def __init__(self, documents: OpenIndex, passages: OpenIndex, analysis: str = "") -> None:
        self.analysis = analysis
        self._documents = documents.searcher()
        self._passages = passages.searcher()
        self._of_documents = TantivyCompiler(documents.schema)
        self._of_passages = TantivyCompiler(passages.schema)
        self.vocab = TantivyVocabulary(self._documents, self._of_documents)
        self._places: dict[int, tantivy.DocAddress] = {}

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
        if plan.is_empty:
            return Retrieved(0, ())
        found = self._documents.search(
            self._of_documents.documents(plan, filters),
            limit=limit,
            offset=offset,
            order_by_field="date" if newest else None,
        )
        counted = self._facets(plan, filters) if facets and (found.count or any(filters.values())) else {}
        addresses = [address for _, address in found.hits]
        if not addresses:
            return Retrieved(found.count, (), counted)
        ids = self._documents.fast_field_values("id", addresses)
        self._places.update(zip(ids, addresses, strict=True))
        scores = zip(ids, (0.0 if newest else score for score, _ in found.hits), strict=True)
        return Retrieved(found.count, tuple(candidates(plan, self._told(plan, ids, newest), scores)), counted)

    def matches(self, plan: Plan, filters: Filters) -> list[tuple[int, float]]:
        """Everything that matches as (id, score) (``tantivy_schema.entry_id``), titles first; nothing is read but a
        column, so ten thousand cost some milliseconds. An empty plan matches whatever the filters let through."""
        query = self._of_documents.documents(plan, filters, titles_first=True)
        found = self._documents.search(query, limit=FIRST_MATCHES)
        if found.count > FIRST_MATCHES:
            found = self._documents.search(query, limit=found.count, count=False)
        scores = [float(score) for score, _ in found.hits]
        ids = self._documents.fast_field_values("id", [address for _, address in found.hits]) if scores else []
        return list(zip(ids, scores, strict=True))

    def candidates(self, plan: Plan, scores: Mapping[str, float]) -> tuple[Candidate, ...]:
        """These keys, with what the signals say of them."""
        if not scores or plan.is_empty:
            return ()
        keys = {entry_id(key): key for key in scores}
        found = candidates(plan, self._told(plan, list(keys)), ((id_, scores[key]) for id_, key in keys.items()))
        return tuple(replace(one, key=keys[one.key]) for one in found)

    def _told(self, plan: Plan, ids: Sequence[int], newest: bool = False) -> dict[str, dict[int, float]]:
        told: dict[str, dict[int, float]] = {}
        every = asks(plan, self._of_documents, self._of_passages, newest)
        for of_passages, compiler in ((False, self._of_documents), (True, self._of_passages)):
            among = compiler.ids(ids)
            own = {name: ask for name, ask in every.items() if ask.of_passages == of_passages}
            for pack in packed({name: ask for name, ask in own.items() if ask.counts}, compiler):
                told |= pack.told(self._best(of_passages, compiler.both(among, pack.query), ids).every())
            for name, ask in own.items():
                if not ask.counts:
                    told[name] = self._best(of_passages, compiler.both(among, ask.query), ids).first()
        return told

    def _best(self, of_passages: bool, query: tantivy.Query, ids: Sequence[int]) -> "_Best":
        searcher, limit = (self._passages, PASSAGES_LOOKED_AT) if of_passages else (self._documents, len(ids))
        hits = searcher.search(query, limit=limit, count=False).hits
        found = searcher.fast_field_values("id", [address for _, address in hits]) if hits else []
        return _Best(hits, found, whole=len(hits) < limit)

    def shown(self, plan: Plan, keys: Sequence[int], per_document: int) -> Mapping[int, Shown]:
        """One search for all of them; a document whose passages did not fit into it is asked alone."""
        best = self._search_passages(plan, keys)
        passages = self._passages_of(best, keys, per_document)
        for key in keys:
            if not best.whole and len(passages[key]) < per_document:
                passages[key] = self._passages_of(self._search_passages(plan, [key]), [key], per_document)[key]
        return {key: (self._record(self._places[key]), passages[key]) for key in keys}

    def _search_passages(self, plan: Plan, keys: Sequence[int]) -> "_Best":
        query = self._of_passages.both(self._of_passages.ids(keys), self._of_passages.shown(plan))
        return self._best(True, query, keys)

    def _passages_of(self, best: "_Best", keys: Sequence[int], per_document: int) -> dict[int, list[FoundPassage]]:
        """The title is among the passages and is no text."""
        found: dict[int, list[FoundPassage]] = {key: [] for key in keys}
        for (score, address), id_ in zip(best.hits, best.found, strict=True):
            own = found.get(id_)
            if own is not None and len(own) < per_document:
                place = json.loads(self._passages.doc(address).get_first("payload"))
                if place:
                    anchor, path, text, url = place
                    own.append(FoundPassage(anchor, tuple(path), text, float(score), url))
        return found

    def _record(self, address: tantivy.DocAddress) -> Record:
        return record_from_json(self._documents.doc(address).get_first("payload"))

    def placed(self, keys: Sequence[str]) -> dict[str, int]:
        """What this reader calls these entries; those the index does not have are left out."""
        if not keys:
            return {}
        ids = {entry_id(key): key for key in keys}
        query = self._of_documents.ids(list(ids))
        addresses = [address for _, address in self._documents.search(query, limit=len(ids), count=False).hits]
        found = self._documents.fast_field_values("id", addresses) if addresses else []
        self._places.update(zip(found, addresses, strict=True))
        return {ids[id_]: id_ for id_ in found}

    def names(self, keys: Sequence[int]) -> Mapping[int, str]:
        return {key: self._record(self._places[key]).key for key in keys}

    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        query = self._of_documents.listed(filters, name)
        found = self._documents.search(query, limit=limit, order_by_field="date")
        return found.count, tuple(self._record(address).key for _, address in found.hits)

    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        if not keys:
            return {}
        query = self._of_documents.ids([entry_id(key) for key in keys])
        hits = self._documents.search(query, limit=len(keys), count=False).hits
        return {item.key: item for item in (self._record(address) for _, address in hits)}

    def _facets(self, plan: Plan, filters: Filters) -> Mapping[str, Sequence[Bucket]]:
        return facets_of({name: self._count(plan, way) for name, way in ways(filters).items()})

    def _count(self, plan: Plan, filters: Filters) -> Iterator[tuple[str, int]]:
        request = {"facet": {"terms": {"field": "facet", "size": FACET_VALUES, "segment_size": FACET_VALUES}}}
        found = self._documents.aggregate(self._of_documents.matching(plan, filters), request)
        return ((bucket["key"], int(bucket["doc_count"])) for bucket in found["facet"]["buckets"])

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


@dataclass(frozen=True)
class _Best:
    """The first hits of a search among documents, best first, with the document of each; ``whole`` when there are no
    others."""

    hits: Sequence[tuple[float, tantivy.DocAddress]]
    found: Sequence[int]
    whole: bool

    def first(self) -> dict[int, float]:
        """The best score of each document."""
        backwards = zip(reversed(self.found), reversed(self.hits), strict=True)
        return {id_: hit[0] for id_, hit in backwards}

    def every(self) -> set[tuple[int, float]]:
        """The different scores of each document."""
        return set(zip(self.found, [score for score, _ in self.hits], strict=True))
