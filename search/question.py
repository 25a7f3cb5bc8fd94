"""What a question is made of: as it was read (``Query``) and as it will be asked (``Plan``).

All frozen, all JSON-able (``as_json``), so that how a question was understood can be shown and kept.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol


class Vocabulary(Protocol):
    """What an index knows about words, asked while planning."""

    @property
    def total(self) -> int: ...

    def words(self, token: str) -> int:
        """In how many documents a folded word occurs."""

    def pairs(self, token: str) -> int:
        """In how many documents two folded words ("a_b") stand side by side."""

    def accents(self, token: str) -> int:
        """In how many documents an accented form (its ``tone_key``) occurs."""

    @property
    def cheap(self) -> bool:
        """Whether asking for hundreds of words costs nothing worth mentioning."""

    def marks(self, token: str) -> int:
        """In how many documents a mark (``@concept``, ``#number``, ``65%``) occurs."""

    def marks_from(self, prefix: str) -> Sequence[str]:
        """Marks that begin so."""

    def numbers_from(self, prefix: str) -> Sequence[str]:
        """Keys of documents' own numbers that begin so."""


@dataclass(frozen=True)
class Term:
    """One thing wanted. ``kind``: word, concept, hint, number, date, percent; ``words`` folded, ``mark``
    the token of what was recognised over them, ``key`` a number's."""

    text: str
    words: tuple[str, ...]
    kind: str = "word"
    mark: str = ""
    key: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that stand together. ``accents`` are their accented forms, where the reader typed any mark: then only
    this spelling is meant."""

    text: str
    words: tuple[str, ...]
    accents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """What was typed, read. ``words`` and ``pairs`` are for scoring, each once; ``accents`` are (folded,
    accented) words, all of them as soon as one was typed with a mark; ``spelling`` is everything wanted,
    folded, in order; ``defined`` is what the question asks the meaning of;
    ``read_as`` is the text it was converted to, where it came from a keyboard without its converter."""

    raw: str
    text: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    accents: tuple[tuple[str, str], ...] = ()
    spelling: str = ""
    truncated: bool = False
    defined: tuple[tuple[str, ...], ...] = ()
    read_as: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to look for; an exclusion alone is not a question."""
        return not (self.terms or self.phrases)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Group:
    """Something wanted, as any of: all ``words`` in the document (and one that begins with ``begins``), one of the
    ``marks``, one of its own ``numbers``."""

    label: str
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    frequency: int = 0
    begins: str = ""


@dataclass(frozen=True)
class Span:
    """A concept in the query: its words, or its mark at the weight of as many words, whichever scores
    better."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    mark: str
    weight: float


@dataclass(frozen=True)
class Plan:
    """What an engine runs. ``minimum`` of the ``groups`` must match and all ``phrases``; ``words``,
    ``pairs``, ``spans`` and ``marks`` score. ``numbers`` are own numbers with their grade (3 exact, 2
    begins so, 1 same running number). ``dropped`` words were wanted and not required; ``unknown_numbers``
    belong to no document here. ``openings`` are runs of words one of which begins a passage that answers.
    ``is_whole``: the document whose number was asked for must have the rest of the question too."""

    text: str
    groups: tuple[Group, ...] = ()
    minimum: int = 0
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    words: tuple[tuple[str, float], ...] = ()
    pairs: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    marks: tuple[tuple[str, float], ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()
    accents: tuple[str, ...] = ()
    title: str = ""
    dropped: tuple[str, ...] = ()
    unknown_numbers: tuple[str, ...] = ()
    openings: tuple[tuple[str, ...], ...] = ()
    read_as: str = ""
    is_whole: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.phrases)

    @property
    def words_outside(self) -> tuple[str, ...]:
        """Words that stand in no concept."""
        inside = {word for span in self.spans for word in span.words}
        return tuple(word for word, _ in self.words if word not in inside)

    @property
    def pairs_outside(self) -> tuple[str, ...]:
        """Pairs that stand in no concept."""
        inside = {pair for span in self.spans for pair in span.pairs}
        return tuple(pair for pair in self.pairs if pair not in inside)

    @property
    def every_mark(self) -> tuple[str, ...]:
        """All marks wanted; what is highlighted as a whole."""
        found = [mark for group in self.groups for mark in group.marks]
        found += [mark for mark, _ in self.marks]
        return tuple(dict.fromkeys(found + [span.mark for span in self.spans]))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
