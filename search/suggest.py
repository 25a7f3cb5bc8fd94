"""What is offered while someone types: numbers in any spelling, titles from any syllable, names, what others asked.

Everything offered is a question that has an answer, made of titles and numbers the index holds now. The embedded index
is asked, whichever engine answers questions: it lies on this machine. Nothing is kept in memory.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from . import editions, offers
from .engines import EMBEDDED, engine
from .engines.base import IndexMissing, Record
from .engines.tantivy_completion import Completion
from .engines.tantivy_reader import TantivyReader
from .letters import is_marked, strip_marks
from .query import parse
from .registry import registered
from .text import Token, analyse, lead, nfc, number_key, tokens

MAX_CHARS = 100
MOST = 8
NUMBERS = 4
NAMES = 3
PAST = 3
PAST_TRIED = 6
ENOUGH_WORDS = 2
"""With fewer, only numbers and names are offered: any title would do."""

_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))
_DASH = re.compile(r"(?<!\S)-+(?=\w)")

Provider = Callable[[str], Iterable[str]]
_past: list[Provider] = []


@dataclass(frozen=True)
class Typed:
    """What stands in the field, as words. ``beginnings``: how the last one may begin ("quy" is the whole of quy, which
    is kept as "qui", and the beginning of quyết); none where a space ended it."""

    text: str
    words: tuple[Token, ...]
    beginnings: tuple[str, ...]

    @classmethod
    def read(cls, q: str) -> "Typed":
        shown = nfc(q[:MAX_CHARS])
        text = " ".join(shown.split())
        words = tuple(tokens(text))
        if not words or shown[-1:].isspace():
            return cls(text, words, ())
        last = words[-1]
        return cls(text, words, tuple(dict.fromkeys([last.fold, strip_marks(text[last.start : last.end])])))

    @property
    def finished(self) -> list[str]:
        folds = [token.fold for token in self.words]
        return folds[:-1] if self.beginnings else folds

    def fits(self, word: Token) -> bool:
        """Whether a word may be the last one."""
        return word.fold == self.words[-1].fold or word.fold.startswith(self.beginnings or "\0")


@dataclass(frozen=True)
class Suggestion:
    """``value`` is what is asked when it is chosen, ``kind`` number, name, title or past; ``record`` what it names."""

    value: str
    kind: str
    record: Record | None = None


def register_past(provider: Provider) -> None:
    """Let past questions be offered: a function from what was typed to whole questions that begin so, the commonest
    first. It answers at once and only with what many have asked."""
    if provider not in _past:
        _past.append(provider)


def past(prefix: str) -> list[str]:
    """What others asked that begins so."""
    return list(dict.fromkeys(text for provider in _past for text in provider(prefix)))


def suggest(q: str) -> list[Suggestion]:
    """At most eight, no two alike. Never raises for what a reader can type; nothing where there is no index."""
    typed = Typed.read(q)
    if not typed.words:
        return []
    try:
        reader = engine(EMBEDDED).reader()
    except IndexMissing:
        return []
    with editions.reading(reader.analysis):
        return _once([*_numbers(reader, typed.text), *_names(reader, typed), *_titles(reader, typed)])


def _once(found: Iterable[Suggestion]) -> list[Suggestion]:
    kept: dict[str, Suggestion] = {}
    for one in found:
        kept.setdefault(" ".join(token.fold for token in tokens(one.value)), one)
    return list(kept.values())[:MOST]


def _numbers(reader: TantivyReader, text: str) -> list[Suggestion]:
    """Documents by their number, however it is written; those with just this running number first."""
    if not any(char.isdigit() for char in text):
        return []
    keys = [number_key(text), *(mark.key for mark in analyse(text).marks if mark.kind == "number")]
    keys = [key for key in dict.fromkeys(keys) if any(char.isdigit() for char in key)]
    found = [record for record in Completion(reader).numbered(keys) if record.number]
    found.sort(key=lambda record: not any(_goes_on(key, number_key(record.number)) for key in keys))
    return _first(NUMBERS, (_asking(record.number, "number", record) for record in found))


def _goes_on(key: str, number: str) -> bool:
    rest = number[len(key) :]
    return number.startswith(key) and (lead(number) == key or not (key[-1:].isdigit() and rest[:1].isdigit()))


def _names(reader: TantivyReader, typed: Typed) -> list[Suggestion]:
    kinds = [kind for kind, room in registered().items() if getattr(room, "is_named", False)]
    if not kinds:
        return []
    found = _ordered(Completion(reader).titled(typed.finished, typed.beginnings, {"kind": kinds}, "t_u"), typed)
    return _first(NAMES, (_asking(record.title, "name", record) for record in found))


def _titles(reader: TantivyReader, typed: Typed) -> list[Suggestion]:
    if len(typed.words) < ENOUGH_WORDS:
        return []
    kinds = [kind for kind, room in registered().items() if not getattr(room, "is_named", False)]
    records = Completion(reader).titled(typed.finished, typed.beginnings, {"kind": kinds}, "title")
    found = _first(MOST, (_asking(record.title, "title", record) for record in _ordered(records, typed)))
    asked = [one for one in past(typed.text)[:PAST_TRIED] if offers.answers(reader, one)][:PAST]
    return [*(Suggestion(one, "past") for one in asked), *found]


def _ordered(records: Sequence[Record], typed: Typed) -> list[Record]:
    """Titles that have the words side by side first, of them those that begin with them, then those whose marks agree;
    else as they came."""
    marked = is_marked(typed.text)
    return sorted(records, key=lambda record: _distance(tokens(record.title), typed, marked))


def _distance(title: Sequence[Token], typed: Typed, marked: bool) -> tuple[bool, bool, int]:
    count = len(typed.words)
    best = (True, True, count)
    for start in range(len(title) - count + 1):
        run = title[start : start + count]
        pairs = list(zip(run[:-1], typed.words[:-1], strict=True))
        if all(a.fold == b.fold for a, b in pairs) and typed.fits(run[-1]):
            best = min(best, (False, start > 0, marked * sum(a.acc != b.acc for a, b in pairs)))
    return best


def _first(most: int, found: Iterable[Suggestion | None]) -> list[Suggestion]:
    return list(islice(filter(None, found), most))


def _asking(text: str, kind: str, record: Record) -> Suggestion | None:
    """A title as a question: its quotation marks and dashes are no signs of ours."""
    value = " ".join(_DASH.sub("", text.translate(_QUOTES)).split())
    return None if parse(value).is_empty else Suggestion(value, kind, record)
