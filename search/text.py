"""The analysis: the one function that reads both what is indexed and what is asked, for every engine.

A text becomes words (folded and accented, with offsets), pairs of neighbouring words, and marks: what is
recognised over one or more words (a concept, the number of a document, a date, a percentage). No Django.
Offsets are into the text given, which callers bring to NFC first.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from . import numbers
from .concepts import concepts
from .letters import INVISIBLE, fold, fold_word, is_marked, nfc, strip_marks, tone_key
from .numbers import lead, number_key

__all__ = [
    "ANALYSIS_VERSION",
    "Analysis",
    "Mark",
    "Token",
    "analyse",
    "analysis_stamp",
    "bigrams",
    "fold",
    "is_marked",
    "lead",
    "nfc",
    "number_key",
    "strip_marks",
    "tokens",
    "tone_key",
]

ANALYSIS_VERSION = 2
"""Raise it whenever the same text would give other tokens; an index stamped otherwise asks for a rebuild."""

LONGEST_WORD = 64
"""Longer runs of letters are no words; only so much of them is kept."""

_WORD = re.compile(rf"[^\W_]+(?:[\u0300-\u036f{INVISIBLE}]+[^\W_]*)*")
_DIGIT = re.compile(r"\d")


class Token(NamedTuple):
    """One word: ``fold`` for finding, ``acc`` (its ``tone_key``) for agreeing, and where it stands."""

    fold: str
    acc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What was recognised over the words ``first``..``last`` (both included; ``start``/``end`` cover signs
    too).

    ``kind``: concept, hint (a one-way spelling: asked, never indexed), number, date, percent.
    """

    kind: str
    token: str
    first: int
    last: int
    start: int
    end: int
    key: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Analysis:
    """A text and what was read in it."""

    text: str
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]

    @cached_property
    def folds(self) -> tuple[str, ...]:
        return tuple(token.fold for token in self.tokens)

    @cached_property
    def bigrams(self) -> tuple[str, ...]:
        return bigrams(self.folds)

    @cached_property
    def indexed_marks(self) -> tuple[str, ...]:
        """The marks a document is found by. A partial number or a one-way spelling is a question, not a
        fact."""
        return tuple(mark.token for mark in self.marks if mark.kind != "hint" and not mark.partial)


def analysis_stamp() -> str:
    """What an index must have been built with to agree with this code and this concept list."""
    return f"{ANALYSIS_VERSION}-{concepts().digest}"


def tokens(text: str) -> list[Token]:
    """The words of a block."""
    # tuple.__new__ is half the time of Token(): this line runs for every word of the site.
    return [_new(Token, (*_forms(match.group()), *match.span())) for match in _WORD.finditer(text)]


_new = tuple.__new__


@lru_cache(maxsize=65_536)
def _forms(word: str) -> tuple[str, str]:
    word = word[:LONGEST_WORD]
    return fold_word(word), tone_key(word)


def bigrams(words: Sequence[str]) -> tuple[str, ...]:
    """Pairs of neighbours inside one block."""
    return tuple(map("_".join, itertools.pairwise(words)))


def analyse(text: str, *, figures: bool = True, names: bool = True) -> Analysis:
    """Read one block of NFC text. Who wants no numbers, dates and percentages (``figures``) or no concepts (``names``)
    is spared looking for them."""
    words = tokens(text)
    found = _recognised(text, words) if figures else []
    return Analysis(text, tuple(words), (*found, *_concepts(text, words)) if names else tuple(found))


def _recognised(text: str, words: Sequence[Token]) -> list[Mark]:
    """Numbers, dates, percentages; all of them hold a digit, so most blocks cost one scan."""
    if not _DIGIT.search(text):
        return []
    found = []
    for item in numbers.find(text):
        inside = [i for i, token in enumerate(words) if token.end > item.start and token.start < item.end]
        if inside:
            found.append(
                Mark(item.kind, item.token, inside[0], inside[-1], item.start, item.end, item.key, item.partial)
            )
    return found


def _concepts(text: str, words: Sequence[Token]) -> list[Mark]:
    """Every concept, nested ones too; a shorter spelling of the same concept inside a longer one is not
    said twice."""
    folds = [token.fold for token in words]
    known = concepts()
    found: list[Mark] = []
    reached: dict[str, int] = {}
    for i, word in enumerate(folds):
        if word not in known.forms:
            continue
        for form in known.at(folds, i):
            name, last = f"@{form.concept}", i + len(form.words) - 1
            start, end = words[i].start, words[last].end
            if reached.get(name, -1) >= last or (form.upper and not text[start:end].isupper()):
                continue
            if not form.one_way:
                reached[name] = last
            found.append(Mark("hint" if form.one_way else "concept", name, i, last, start, end))
    return found
