"""How entries lie in Elasticsearch: one document an entry, its passages nested in it.

A passage is a document of its own inside the index and its fields have names of their own, so BM25 keeps the figures
of passages and of whole texts apart, as the two indexes of the embedded engine do; and an entry is replaced in one
step, with a version. Fields hold finished tokens: the analysis only cuts at spaces. A tombstone is a document with a
key and nothing else; no question can find it.
"""

import json
from collections.abc import Iterable
from typing import Any

from elasticsearch import dsl

from ..registry import Entry
from .base import record_to_json
from .fields import Piece, fields_of

SCHEMA_VERSION = 3
"""Raise it with every change of the mapping; an index of another version says that it must be rebuilt."""

LONGEST_KEYWORD = 8_000
"""Characters; Lucene takes 32,766 bytes a term. Nobody asks for a longer name exactly."""

_CUT = {"analyzer": "whitespace", "norms": True}


def _exact(**options: Any) -> dsl.Keyword:
    return dsl.Keyword(ignore_above=LONGEST_KEYWORD, **options)


def _positions() -> dsl.Text:
    return dsl.Text(index_options="positions", **_CUT)


def _frequencies() -> dsl.Text:
    return dsl.Text(index_options="freqs", **_CUT)


def _kept() -> dsl.Text:
    """Only kept, and by itself: to read one passage the cluster need not unpack its whole document."""
    return dsl.Text(index=False, store=True)


def _spelling() -> dsl.Text:
    """For phrases that do not score."""
    return dsl.Text(analyzer="whitespace", index_options="positions", norms=False)


def _presence() -> dsl.Text:
    return dsl.Text(analyzer="whitespace", index_options="docs", norms=False)


class PassageInside(dsl.InnerDoc):
    """``place`` is anchor, path, text and address, only kept."""

    role = dsl.Keyword()
    p_u = _positions()
    p_b = _frequencies()
    p_h = _frequencies()
    p_a = _spelling()
    x = _frequencies()
    place = _kept()

    class Meta:
        dynamic = dsl.MetaField("strict")


class EntryDocument(dsl.Document):
    """The mapping; field names are those of ``compiler``."""

    key = dsl.Keyword()
    gone = dsl.Boolean()
    digest = dsl.Keyword()
    filter = _exact(doc_values=False)
    facet = _exact()
    date = dsl.Integer()
    number = _exact()
    mark = _exact()
    name = _exact(doc_values=False)
    alias = _exact(doc_values=False)
    title = _presence()
    t_u = _positions()
    t_b = _frequencies()
    h_u = _positions()
    h_b = _frequencies()
    b_u = _positions()
    b_b = _frequencies()
    x = _frequencies()
    all_u = _presence()
    all_a = _spelling()
    record = _kept()
    passages = dsl.Nested(PassageInside)

    class Meta:
        dynamic = dsl.MetaField("strict")


def mapping(meta: dict[str, Any]) -> dict[str, Any]:
    """The mapping with what the index was built with. Nothing is kept twice."""
    made = EntryDocument._doc_type.mapping.to_dict()
    return made | {"_meta": meta, "_source": {"includes": ["gone"]}}


SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "refresh_interval": -1,
    "max_result_window": 200_000,
    "mapping.nested_objects.limit": 100_000,
    "query.default_field": "key",
}
"""One shard: BM25's figures are a shard's own. Replicas come when the index is whole."""


def source_of(entry: Entry) -> dict[str, Any]:
    """What is sent for an entry."""
    fields = fields_of(entry)
    return {
        "key": fields.key,
        "digest": fields.record.digest,
        "filter": fields.filters,
        "facet": fields.facets,
        "date": fields.day,
        "number": fields.numbers,
        "mark": _once(fields.marks),
        "name": fields.name,
        "alias": fields.aliases,
        "title": fields.title,
        "t_u": fields.title_words,
        "t_b": fields.title_pairs,
        "h_u": fields.head_words,
        "h_b": fields.head_pairs,
        "b_u": fields.body_words,
        "b_b": fields.body_pairs,
        "x": fields.marks,
        "all_u": fields.all_words,
        "all_a": fields.all_accents,
        "record": record_to_json(fields.record).decode(),
        "passages": [_passage(piece) for piece in fields.pieces],
    }


def tombstone(key: str) -> dict[str, Any]:
    return {"key": key, "gone": True}


def _passage(piece: Piece) -> dict[str, Any]:
    return {
        "role": "text" if piece.shown else "title",
        "p_u": piece.words,
        "p_b": piece.pairs,
        "p_a": piece.accents,
        "p_h": piece.heads,
        "x": piece.marks,
        "place": _place(piece),
    }


def _place(piece: Piece) -> str:
    place = [piece.anchor, list(piece.path), piece.text, piece.url] if piece.shown else []
    return json.dumps(place, ensure_ascii=False)


def _once(blocks: Iterable[str]) -> list[str]:
    return sorted({token for block in blocks for token in block.split(" ")})
