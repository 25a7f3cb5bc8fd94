"""How entries lie in a tantivy index: one index of documents, one of their passages.

Two indexes, because BM25 takes its statistics over everything in one: passages beside documents would
distort the frequencies and lengths of both. Analysis happens here; fields hold finished tokens joined by
spaces, a value a block, so that phrases never cross blocks.

    documents   key id filter facet date number name alias title; t_u t_b (title, number, aliases);
                h_u h_b (headings); b_u b_b (the text as printed, with its title and headings);
                x (marks); all_u all_a (everything, folded and accented); payload
    passages    key id role; p_u p_b p_a x; payload

With its title in the text ALQAC 2022 reaches an MRR@10 of .936, without .918.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

import tantivy

from ..registry import Entry, Passage
from ..text import Analysis, analyse, nfc, number_key, tokens
from .base import record_of, record_to_json

SCHEMA_VERSION = 1
"""Raise it with every change of fields; an index of another version says that it must be rebuilt."""
SEPARATOR = "\x1f"

_RAW = {"tokenizer_name": "raw", "index_option": "basic"}
_POSITIONS = {"tokenizer_name": "whitespace", "index_option": "position"}
_FREQUENCIES = {"tokenizer_name": "whitespace", "index_option": "freq"}
_PRESENCE = {"tokenizer_name": "whitespace", "index_option": "basic"}


def document_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, **_RAW)
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("filter", **_RAW)
    builder.add_text_field("facet", fast=True, **_RAW)
    builder.add_integer_field("date", fast=True)
    builder.add_text_field("number", **_RAW)
    builder.add_text_field("name", **_RAW)
    builder.add_text_field("alias", **_RAW)
    for name in ("t_u", "h_u", "b_u"):
        builder.add_text_field(name, **_POSITIONS)
    for name in ("t_b", "h_b", "b_b", "x"):
        builder.add_text_field(name, **_FREQUENCIES)
    for name in ("all_u", "all_a", "title"):
        builder.add_text_field(name, **_PRESENCE)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def passage_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, **_RAW)
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("role", **_RAW)
    builder.add_text_field("p_u", **_POSITIONS)
    for name in ("p_b", "x"):
        builder.add_text_field(name, **_FREQUENCIES)
    builder.add_text_field("p_a", **_PRESENCE)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


def entry_id(key: str) -> int:
    """A number for a key, so that passages are joined to documents without reading stored fields."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def filter_term(name: str, value: str) -> str:
    return f"{name}{SEPARATOR}{value}"


def records_of(entry: Entry) -> tuple[tantivy.Document, list[tantivy.Document]]:
    """The document record and the passage records of an entry."""
    passages = [(passage, analyse(nfc(passage.text))) for passage in entry.passages]
    titles = [analyse(nfc(name)) for name in (entry.title, entry.number, *entry.aliases) if name]
    headings = list(dict.fromkeys(nfc(part) for passage in entry.passages for part in passage.path))
    document = _document(entry, titles, [analyse(part) for part in headings], [a for _, a in passages])
    pieces = [_passage(entry.key, passage, analysis) for passage, analysis in passages]
    return document, [_passage(entry.key, None, titles[0]), *pieces] if titles else pieces


def _document(
    entry: Entry, titles: list[Analysis], headings: list[Analysis], texts: list[Analysis]
) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", entry.key)
    document.add_unsigned("id", entry_id(entry.key))
    document.add_integer("date", entry.date.toordinal() if entry.date else 0)
    for term, facet in _facets(entry):
        document.add_text("filter", term)
        document.add_text("facet", facet)
    for key in {number_key(name) for name in _numbers(entry)} - {""}:
        document.add_text("number", key)
    document.add_text("name", _spelling(entry.title))
    own = analyse(nfc(entry.title))
    _add(document, "title", [[*own.folds, *own.indexed_marks]])
    for alias in entry.aliases:
        document.add_text("alias", _spelling(alias))
    for prefix, blocks in (("t", titles), ("h", headings), ("b", [*titles[:1], *headings, *texts])):
        _add(document, f"{prefix}_u", (block.folds for block in blocks))
        _add(document, f"{prefix}_b", (block.bigrams for block in blocks))
    every = [*titles, *headings, *texts]
    _add(document, "x", (block.indexed_marks for block in every))
    if entry.date:
        document.add_text("x", f"={entry.date.isoformat()}")
    _add(document, "all_u", [sorted({fold for block in every for fold in block.folds})])
    _add(document, "all_a", [sorted({token.acc for block in every for token in block.tokens})])
    document.add_bytes("payload", record_to_json(record_of(entry)))
    return document


def _passage(key: str, passage: Passage | None, analysis: Analysis) -> tantivy.Document:
    """A passage record; the title is one too (no ``passage``), so that a name asked for weighs as much as a
    text that repeats it. It is scored and never shown."""
    document = tantivy.Document()
    document.add_text("key", key)
    document.add_text("role", "text" if passage else "title")
    document.add_unsigned("id", entry_id(key))
    _add(document, "p_u", [analysis.folds])
    _add(document, "p_b", [analysis.bigrams])
    _add(document, "p_a", [tuple(token.acc for token in analysis.tokens)])
    _add(document, "x", [analysis.indexed_marks])
    place = [passage.anchor, list(passage.path), analysis.text] if passage else []
    document.add_bytes("payload", json.dumps(place, ensure_ascii=False).encode())
    return document


def _add(document: tantivy.Document, field: str, blocks: Iterable[Iterable[str]]) -> None:
    for block in blocks:
        if joined := " ".join(block):
            document.add_text(field, joined)


def _spelling(name: str) -> str:
    """A whole name, folded, to be asked for exactly."""
    return " ".join(token.fold for token in tokens(nfc(name)))


def _numbers(entry: Entry) -> Iterator[str]:
    """The entry's number and those of its aliases that read as numbers."""
    if entry.number:
        yield entry.number
    for alias in entry.aliases:
        if any(mark.kind == "number" and not mark.partial for mark in analyse(nfc(alias)).marks):
            yield alias


def _facets(entry: Entry) -> Iterator[tuple[str, str]]:
    facets = {"kind": ((entry.kind, entry.kind),), **entry.facets}
    for name, pairs in facets.items():
        for value, label in pairs:
            term = filter_term(name, value)
            yield term, f"{term}{SEPARATOR}{nfc(label)}"
