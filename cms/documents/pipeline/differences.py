"""What differs between two states of one sentence: the words, and above all the figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import dates, docnumbers
from .figures import decimal

Span = tuple[int, int]

LONGEST = 1_500_000
"""Words times words up to which two texts are compared word by word; beyond it, what lies between equal ends."""

_WORD = re.compile(r"\w+(?:[.,/-]\w+)*|[^\w\s]")
_FIGURE = re.compile(
    rf"(?P<date>{dates.date_pattern()})|(?P<document>(?<![\w/]){docnumbers.NUMBER}(?!\w))"
    r"|(?<![\w.,/])(?P<number>[-+]?\d+(?:[.,]\d+)*(?:/\d+)*)(?P<percent>\s?%)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?")
_SENTENCE = re.compile(r"[.;!?](?=\s)|\n")
_DASHES = re.compile(r"(?<=\d)\s?[–—-]\s?(?=\d)")


@dataclass(frozen=True)
class Part:
    """One text before and after, with the places of words that are only in one of them."""

    before: str
    after: str
    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()

    @property
    def is_changed(self) -> bool:
        return bool(self.removed or self.added)


@dataclass(frozen=True)
class FigureChange:
    """A number, percentage, date or number of a document that is another one now: as printed, in its sentence.

    `before` or `after` is "" where the sentence had no such figure.
    """

    anchor: str
    before: str
    after: str
    sentence: str


def part_of(before: str, after: str) -> Part:
    """The two texts with what differs marked, word by word; white space alone is no difference."""
    if before == after or before.split() == after.split():
        return Part(before, after)
    if not before.strip() or not after.strip():
        return Part(before, after, _whole(before), _whole(after))
    olds, news = [*_WORD.finditer(before)], [*_WORD.finditer(after)]
    removed: list[Span] = []
    added: list[Span] = []
    for _, left, end_left, right, end_right in _different([m[0] for m in olds], [m[0] for m in news]):
        if left < end_left:
            removed.append((olds[left].start(), olds[end_left - 1].end()))
        if right < end_right:
            added.append((news[right].start(), news[end_right - 1].end()))
    return Part(before, after, tuple(removed), tuple(added))


def _whole(text: str) -> tuple[Span, ...]:
    return ((0, len(text)),) if text.strip() else ()


Opcode = tuple[str, int, int, int, int]


def _different(olds: Sequence[str], news: Sequence[str]) -> list[Opcode]:
    """What is not equal, as `SequenceMatcher.get_opcodes` tells it."""
    first = 0
    while first < min(len(olds), len(news)) and olds[first] == news[first]:
        first += 1
    last = 0
    while last < min(len(olds), len(news)) - first and olds[-last - 1] == news[-last - 1]:
        last += 1
    olds, news = olds[first : len(olds) - last], news[first : len(news) - last]
    if not olds and not news:
        return []
    if len(olds) * len(news) > LONGEST or not olds or not news:
        return [("replace", first, first + len(olds), first, first + len(news))]
    return [
        (tag, a + first, b + first, c + first, d + first)
        for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


@dataclass(frozen=True)
class _Figure:
    start: int
    shown: str
    value: str


def changed_figures(anchor: str, part: Part, sentence: str = "") -> Iterator[FigureChange]:
    """Figures of a changed text that are others now. "65 %" and "65%", "01/5/2024" and "1/5/2024" are one figure.

    `sentence`: what to show instead of the sentence the figure stands in (the whole row of a cell).
    """
    olds, news = [*_figures(part.before)], [*_figures(part.after)]
    for _, left, end_left, right, end_right in _different([f.value for f in olds], [f.value for f in news]):
        gone, come = olds[left:end_left], news[right:end_right]
        for index in range(max(len(gone), len(come))):
            was = gone[index] if index < len(gone) else None
            now = come[index] if index < len(come) else None
            shown = sentence or (_sentence(part.after, now.start) if now else _sentence(part.before, was.start))
            yield FigureChange(anchor, was.shown if was else "", now.shown if now else "", shown)


def _figures(text: str) -> Iterator[_Figure]:
    if not any(map(str.isdigit, text)):
        return
    plain = _DASHES.sub(lambda match: " " * (len(match[0]) - 1) + "–", text)
    for match in _FIGURE.finditer(plain):
        shown = " ".join(text[match.start() : match.end()].split())
        yield _Figure(match.start(), shown, _value(match, shown))


def _value(match: re.Match, shown: str) -> str:
    if match["date"]:
        day = dates.from_match(match)
        return day.isoformat() if day else shown
    if match["document"]:
        return docnumbers.tidy(match["document"])
    number = match["number"]
    if _PLAIN.fullmatch(number):
        number = f"{decimal(number).normalize():f}"
    return f"{number}%" if match["percent"] else number


def _sentence(text: str, at: int) -> str:
    """The sentence around a place."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    return text[start:end].strip()
