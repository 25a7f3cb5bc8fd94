"""What an entry is found by, the same for every engine: finished tokens, nothing left to analyse.

BM25 takes the average length of a field over its documents. Lucene leaves documents without the field out of that
average and tantivy counts them as empty; so that both see the same figures, a field that scores is never empty: it
holds ``NOTHING``, which no question can ask for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..registry import HIDDEN, Entry, Passage
from ..text import Analysis, analyse, nfc, number_key, tokens
from .base import Record, record_of

SEPARATOR = "\x1f"
NOTHING = "~"

Blocks = tuple[str, ...]
"""Tokens joined by spaces, a value a block, so that phrases never cross blocks."""


@dataclass(frozen=True)
class Piece:
    """A passage; the title is one too (``shown`` False), so that a name asked for weighs as much as a text that
    repeats it. ``words``, ``pairs``, ``marks``, ``accents`` and ``heads`` (the words of the headings above) are
    tokens."""

    shown: bool
    anchor: str
    path: tuple[str, ...]
    text: str
    url: str
    words: Blocks
    pairs: Blocks
    marks: Blocks
    accents: Blocks
    heads: Blocks


@dataclass(frozen=True)
class Fields:
    """``title_*`` are title, number and aliases; ``head_*`` the headings; ``body_*`` the text as printed, with its
    title and headings (ALQAC 2022: MRR@10 .936, without .918); ``all_words`` every word once, ``all_accents`` the
    whole as it is spelt.
    ``filters`` are all facets, ``facets`` those that are counted and shown. ``name`` and ``aliases`` are whole names,
    to be asked for exactly; ``title`` the words and marks of the title."""

    key: str
    day: int
    filters: tuple[str, ...]
    facets: tuple[str, ...]
    numbers: tuple[str, ...]
    name: str
    aliases: tuple[str, ...]
    title: Blocks
    title_words: Blocks
    title_pairs: Blocks
    head_words: Blocks
    head_pairs: Blocks
    body_words: Blocks
    body_pairs: Blocks
    marks: Blocks
    all_words: Blocks
    all_accents: Blocks
    record: Record
    pieces: tuple[Piece, ...]


def fields_of(entry: Entry) -> Fields:
    """Everything an engine keeps of an entry."""
    texts = [(passage, analyse(nfc(passage.text))) for passage in entry.passages]
    titles = [analyse(nfc(name)) for name in (entry.title, entry.number, *entry.aliases) if name]
    paths = dict.fromkeys(nfc(part) for passage in entry.passages for part in passage.path)
    heads = [analyse(part) for part in paths]
    body = [*titles[:1], *heads, *(analysis for _, analysis in texts)]
    every = [*titles, *heads, *(analysis for _, analysis in texts)]
    own = analyse(nfc(entry.title))
    facets = tuple(_facets(entry))
    dated = [f"={entry.date.isoformat()}"] if entry.date else []
    pieces = [_piece(passage, analysis) for passage, analysis in texts]
    return Fields(
        key=entry.key,
        day=entry.date.toordinal() if entry.date else 0,
        filters=tuple(term for term, _ in facets),
        facets=tuple(facet for term, facet in facets if term.partition(SEPARATOR)[0] not in HIDDEN),
        numbers=tuple(sorted({number_key(name) for name in _numbers(entry)} - {""})),
        name=_spelling(entry.title),
        aliases=tuple(_spelling(alias) for alias in entry.aliases),
        title=_joined([[*own.folds, *own.indexed_marks]]),
        title_words=_scored(a.folds for a in titles),
        title_pairs=_scored(a.bigrams for a in titles),
        head_words=_scored(a.folds for a in heads),
        head_pairs=_scored(a.bigrams for a in heads),
        body_words=_scored(a.folds for a in body),
        body_pairs=_scored(a.bigrams for a in body),
        marks=_scored([*(a.indexed_marks for a in every), dated]),
        all_words=_joined([sorted({fold for a in every for fold in a.folds})]),
        all_accents=_joined([token.acc for token in a.tokens] for a in every),
        record=record_of(entry),
        pieces=tuple([_piece(None, titles[0]), *pieces] if titles else pieces),
    )


def filter_term(name: str, value: str) -> str:
    return f"{name}{SEPARATOR}{value}"


def _piece(passage: Passage | None, analysis: Analysis) -> Piece:
    return Piece(
        shown=passage is not None,
        anchor=passage.anchor if passage else "",
        path=(*passage.path, *passage.place) if passage else (),
        text=analysis.text if passage else "",
        url=passage.url if passage else "",
        words=_scored([analysis.folds]),
        pairs=_scored([analysis.bigrams]),
        marks=_scored([analysis.indexed_marks]),
        accents=_joined([[token.acc for token in analysis.tokens]]),
        heads=_scored([token.fold for token in tokens(nfc(part))] for part in (passage.path if passage else ())),
    )


def _joined(blocks: Iterable[Iterable[str]]) -> Blocks:
    return tuple(filter(None, map(" ".join, blocks)))


def _scored(blocks: Iterable[Iterable[str]]) -> Blocks:
    return _joined(blocks) or (NOTHING,)


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
