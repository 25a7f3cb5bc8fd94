"""How entries lie in a tantivy index: one index of documents, one of their passages.

Two indexes, because BM25 takes its statistics over everything in one: passages beside documents would
distort the frequencies and lengths of both. Analysis happens here; fields hold finished tokens joined by
spaces, a value a block, so that phrases never cross blocks.

    documents   id filter facet date number name alias title; t_u t_b (title, number, aliases);
                h_u h_b (headings); b_u b_b (the text as printed, with its title and headings);
                x (marks); all_u (every word once) all_a (everything as it is spelt); payload
    passages    id role; p_u p_b (its words and pairs) p_a (as it is spelt) p_h (the headings above it) x; payload
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache

import tantivy

from ..registry import Entry
from .base import record_to_json
from .fields import SEPARATOR, Fields, Piece, fields_of, filter_term

__all__ = ["SCHEMA_VERSION", "SEPARATOR", "document_schema", "entry_id", "filter_term", "passage_schema", "records_of"]

SCHEMA_VERSION = 4
"""Raise it with every change of fields; an index of another version says that it must be rebuilt."""

NUMBER_BITS = 40

_RAW = {"tokenizer_name": "raw", "index_option": "basic"}
_POSITIONS = {"tokenizer_name": "whitespace", "index_option": "position"}
_FREQUENCIES = {"tokenizer_name": "whitespace", "index_option": "freq"}
_PRESENCE = {"tokenizer_name": "whitespace", "index_option": "basic"}


def document_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("filter", **_RAW)
    builder.add_text_field("facet", fast=True, **_RAW)
    builder.add_integer_field("date", fast=True)
    builder.add_text_field("number", **_RAW)
    builder.add_text_field("name", **_RAW)
    builder.add_text_field("alias", **_RAW)
    for name in ("t_u", "h_u", "b_u", "all_a"):
        builder.add_text_field(name, **_POSITIONS)
    for name in ("t_b", "h_b", "b_b", "x"):
        builder.add_text_field(name, **_FREQUENCIES)
    for name in ("all_u", "title"):
        builder.add_text_field(name, **_PRESENCE)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def passage_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_text_field("role", **_RAW)
    for name in ("p_u", "p_a"):
        builder.add_text_field(name, **_POSITIONS)
    for name in ("p_b", "p_h", "x"):
        builder.add_text_field(name, **_FREQUENCIES)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def entry_id(key: str) -> int:
    """A number for a key: an entry and its passages are found, joined and dropped by it without reading what is kept
    of them. 23 bits for the kind and 40 for the object's own number; where a key has none, all of it hashed."""
    kind, _, number = key.rpartition(":")
    if number.isdecimal() and (int(number) >> NUMBER_BITS == 0) and str(int(number)) == number:
        return kind_id(kind) << NUMBER_BITS | int(number)
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


@cache
def kind_id(kind: str) -> int:
    return int.from_bytes(hashlib.sha256(kind.encode()).digest()[:3]) >> 1


def taken_apart(entry: int) -> tuple[int, int]:
    """The kind's number and the object's own, of an id made from ``{kind}:{number}``."""
    return entry >> NUMBER_BITS, entry & ((1 << NUMBER_BITS) - 1)


def records_of(entry: Entry) -> tuple[tantivy.Document, list[tantivy.Document]]:
    """The document record and the passage records of an entry."""
    fields = fields_of(entry)
    own = entry_id(fields.key)
    return _document(own, fields), [_passage(own, piece) for piece in fields.pieces]


def _document(own: int, fields: Fields) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("id", own)
    document.add_integer("date", fields.day)
    document.add_text("name", fields.name)
    for name, values in (
        ("filter", fields.filters),
        ("facet", fields.facets),
        ("number", fields.numbers),
        ("alias", fields.aliases),
        ("title", fields.title),
        ("t_u", fields.title_words),
        ("t_b", fields.title_pairs),
        ("h_u", fields.head_words),
        ("h_b", fields.head_pairs),
        ("b_u", fields.body_words),
        ("b_b", fields.body_pairs),
        ("x", fields.marks),
        ("all_u", fields.all_words),
        ("all_a", fields.all_accents),
    ):
        _add(document, name, values)
    document.add_bytes("payload", record_to_json(fields.record))
    return document


def _passage(own: int, piece: Piece) -> tantivy.Document:
    """A passage record. The title's is scored and never shown."""
    document = tantivy.Document()
    document.add_text("role", "text" if piece.shown else "title")
    document.add_integer("id", own)
    _add(document, "p_u", piece.words)
    _add(document, "p_b", piece.pairs)
    _add(document, "p_a", piece.accents)
    _add(document, "p_h", piece.heads)
    _add(document, "x", piece.marks)
    place = [piece.anchor, list(piece.path), piece.text, piece.url] if piece.shown else []
    document.add_bytes("payload", json.dumps(place, ensure_ascii=False).encode())
    return document


def _add(document: tantivy.Document, field: str, values: Iterable[str]) -> None:
    for value in values:
        document.add_text(field, value)
