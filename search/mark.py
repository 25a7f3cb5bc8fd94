"""What to show of a passage: the window that holds most of what was asked, and where to mark it.

Works by offsets into the original text, with the analysis that indexed it, so accents, spacing and case
stay as printed and the marks are those that matched. Pure: no Django, no markup but ``to_html``."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from .question import Plan
from .text import Analysis, Token, analyse

WINDOW = 44
"""Words in an excerpt."""
NO_WORDS = 200
"""Characters of a text that has no words."""
LEAN = 12
"""How far back a window may begin to start with a sentence."""
COMMON = 0.4
"""A syllable standing alone is marked only when it says at least this share of the rarest one's weight."""

_NARROW = re.compile(r"[ \u00a0,/&\-–\"“”']{1,3}")

_has_digit = re.compile(r"\d").search

Span = tuple[int, int]


@dataclass(frozen=True)
class Wanted:
    """What to mark: folded words with their weight, pairs of them, marks (concepts, numbers, percentages).
    ``accents``, when there are any, are what a word standing alone must agree with."""

    words: Mapping[str, float] = field(default_factory=dict)
    pairs: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    accents: frozenset[str] = frozenset()

    @cached_property
    def figures(self) -> bool:
        """Whether numbers and percentages must be looked for: a sign belongs to the digits before it."""
        return any(not mark.startswith("@") for mark in self.marks) or any(map(_has_digit, self.words))

    @cached_property
    def names(self) -> bool:
        """Whether concepts must be looked for."""
        return any(mark.startswith("@") for mark in self.marks)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words a pair begins with."""
        return frozenset(pair.partition("_")[0] for pair in self.pairs)


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text and the spans to mark, both as offsets; ``segments`` is what a template walks
    over."""

    text: str
    start: int
    end: int
    spans: tuple[Span, ...]

    @property
    def plain(self) -> str:
        return "".join(text for text, _ in self.segments)

    @property
    def segments(self) -> tuple[tuple[str, bool], ...]:
        """(text, marked) pieces in order, with an ellipsis where the text goes on."""
        return tuple(_segments(self))

    def to_html(self) -> str:
        """Escaped text with ``<mark>`` around what was found."""
        return "".join(f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in self.segments)


def wanted(plan: Plan) -> Wanted:
    """What a plan's answers are marked by."""
    return Wanted(dict(plan.words), frozenset(plan.pairs), frozenset(plan.every_mark), frozenset(plan.accents))


def excerpt(text: str, wanted: Wanted, size: int = WINDOW) -> Excerpt:
    """The best window of a text with what was found in it. ``text`` is NFC; an empty one gives an empty
    excerpt."""
    analysis = analyse(text, figures=wanted.figures, names=wanted.names)
    hits = _hits(analysis, wanted)
    first, last = _window(analysis, hits, size)
    if not analysis.tokens:
        return Excerpt(text, 0, min(len(text), NO_WORDS), ())
    start = 0 if first == 0 else analysis.tokens[first].start
    end = len(text) if last == len(analysis.tokens) - 1 else analysis.tokens[last].end
    spans = [span for span in _spans(analysis, hits) if start <= span[0] < end]
    return Excerpt(text, start, max(end, *(span[1] for span in spans), 0), tuple(spans))


def highlight(text: str, wanted: Wanted) -> Excerpt:
    """The whole text with what was found in it: titles, and a document's own page."""
    analysis = analyse(text, figures=wanted.figures, names=wanted.names)
    return Excerpt(text, 0, len(text), tuple(_spans(analysis, _hits(analysis, wanted))))


def _hits(analysis: Analysis, wanted: Wanted) -> dict[int, float]:
    """The weight of each word position that is to be marked. A word that stands with its neighbours
    somewhere in the text is not marked where it stands alone: beside "chuyển đổi số" the "số" of "số 5"
    says nothing."""
    hits: dict[int, float] = {}
    folds = analysis.folds
    for i, word in enumerate(folds[:-1]):
        if word in wanted.heads and f"{word}_{folds[i + 1]}" in wanted.pairs:
            for place in (i, i + 1):
                hits[place] = 2 * wanted.words.get(folds[place], 1.0)
    for mark in analysis.marks:
        if mark.token in wanted.marks and mark.kind != "hint":
            places = range(mark.first, mark.last + 1)
            weights = (2 * wanted.words.get(folds[place], 0.0) for place in places)
            hits |= dict.fromkeys(places, max(3.0, *weights))
    told = {folds[place] for place in hits}
    for i, word in enumerate(folds):
        if word in wanted.words and word not in told and _stands_alone(analysis.tokens[i], wanted):
            hits[i] = wanted.words[word]
    return hits


def _stands_alone(token: Token, wanted: Wanted) -> bool:
    """Whether a word is worth marking without a neighbour: it says something, and it is the word that was
    typed."""
    if wanted.accents and token.acc not in wanted.accents:
        return False
    enough = COMMON * max(wanted.words.values())
    return wanted.words[token.fold] >= enough or len(wanted.words) < 3


def _window(analysis: Analysis, hits: Mapping[int, float], size: int) -> tuple[int, int]:
    """The first and last word of the densest window. A word's weight counts once in a window, so that five
    times the same word do not outweigh two different ones."""
    count = len(analysis.tokens)
    if count <= size or not hits:
        return 0, max(0, min(count, size) - 1)
    places = sorted(hits)
    best, chosen = -1.0, places[0]
    for i, place in enumerate(places):
        inside = places[i : bisect_left(places, place + size)]
        mass = sum({analysis.folds[p]: hits[p] for p in inside}.values())
        if mass > best:
            best, chosen = mass, place
    first = _sentence_start(analysis, chosen, max(0, chosen - LEAN))
    first = max(0, min(first, count - size))
    return first, min(count, first + size) - 1


def _sentence_start(analysis: Analysis, place: int, earliest: int) -> int:
    """The beginning of the sentence or clause a word stands in, where it is near; else a few words before."""
    for i in range(place, earliest - 1, -1):
        if i == 0:
            return 0
        between = analysis.text[analysis.tokens[i - 1].end : analysis.tokens[i].start]
        if any(sign in between for sign in ".;:!?\n"):
            return i
    return max(earliest, place - LEAN // 3)


def _spans(analysis: Analysis, hits: Mapping[int, float]) -> Iterator[Span]:
    """Neighbouring marked words become one span; signs that belong to a mark ("65%") are covered."""
    ends = {m.last: m.end for m in analysis.marks if m.kind in ("percent", "number", "date") and m.last in hits}
    run: list[int] = []
    for place in sorted(hits):
        if run and (place != run[-1] + 1 or not _joined(analysis, run[-1])):
            yield _cover(analysis, run, ends)
            run = []
        run.append(place)
    if run:
        yield _cover(analysis, run, ends)


def _joined(analysis: Analysis, place: int) -> bool:
    """Whether only a short gap without a break stands between a word and the next."""
    gap = analysis.text[analysis.tokens[place].end : analysis.tokens[place + 1].start]
    return _NARROW.fullmatch(gap) is not None


def _cover(analysis: Analysis, run: Sequence[int], ends: Mapping[int, int]) -> Span:
    last = analysis.tokens[run[-1]].end
    return analysis.tokens[run[0]].start, max(last, min(ends.get(run[-1], last), last + 3))


def _segments(excerpt: Excerpt) -> Iterator[tuple[str, bool]]:
    if excerpt.start > 0:
        yield "… ", False
    place = excerpt.start
    for start, end in excerpt.spans:
        if start > place:
            yield excerpt.text[place:start], False
        yield excerpt.text[start:end], True
        place = end
    if place < excerpt.end:
        yield excerpt.text[place : excerpt.end], False
    if excerpt.end < len(excerpt.text):
        yield " …", False
