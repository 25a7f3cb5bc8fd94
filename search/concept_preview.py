"""What another list of concepts would do to questions, told before it is saved.

Both lists are asked of the present embedded index: a question is read with each, and the marks in which the list of
the index differs are replaced by the words they stand for (``engines.tantivy_trial``). So the number of results is that
of the rebuilt index, of a spelling that counts only in capitals at most; their order may still shift a little.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import editions
from .concepts import Concepts, Line, using
from .engines import EMBEDDED, engine
from .engines.base import IndexMissing
from .engines.tantivy_reader import TantivyReader
from .engines.tantivy_trial import TrialReader, changed_marks
from .query import parse
from .question import Query
from .rank import Ranked
from .service import find

RECENT = 200
"""So many of the latest questions are tried."""
TITLES = 20
"""Where nobody has asked anything yet, titles are tried instead."""
SHOWN = 20
SECONDS = 8.0
"""So long an editor waits; what is not tried by then is told."""
FIRST = 3

_providers: list[Callable[[int], Iterable[str]]] = []


@dataclass(frozen=True)
class Answer:
    """How a question is read (its terms, each with the concept it is or "") and what it finds first."""

    reading: tuple[tuple[str, str], ...]
    total: int
    first: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """A question that is answered in another way. ``asked`` when a reader has asked it, else it was made up for the
    trial."""

    question: str
    asked: bool
    before: Answer
    after: Answer

    @property
    def sides(self) -> tuple[Answer, Answer]:
        return self.before, self.after


@dataclass(frozen=True)
class Preview:
    """``tried`` questions, of which ``changed`` are answered in another way; ``effects`` shows the first of those.
    ``untried`` were left when the time was up.
    ``in_capitals`` says that a spelling which counts only in capitals was taken in any letters."""

    effects: tuple[Effect, ...]
    tried: int
    changed: int
    asked: int
    untried: int = 0
    in_capitals: bool = False
    ready: bool = True


def recent_from(provider: Callable[[int], Iterable[str]]) -> None:
    """Where the latest questions are to be had: ``provider(count)`` gives at most so many, what is told first first."""
    _providers[:] = [provider]


def recent(count: int = RECENT) -> tuple[str, ...]:
    """The latest questions of readers, each once; none where nobody keeps them."""
    asked = (question for provider in _providers for question in provider(count))
    return tuple(dict.fromkeys(" ".join(question.split()) for question in asked if question.strip()))[:count]


def preview(line: Line, before: Concepts, after: Concepts) -> Preview:
    """The effect of changing the list from one to the other, where ``line`` is what is said anew. Its own spellings,
    and those it had, are always tried."""
    try:
        present = engine(EMBEDDED).reader()
    except IndexMissing:
        return Preview((), 0, 0, 0, ready=False)
    _, *moved = changed_marks(editions.of(present.analysis), before, after)
    trials = [_Trial(one, TrialReader(present, marks)) for one, marks in zip((before, after), moved, strict=True)]
    own = _spellings(line, before)
    asked = recent()
    made_up = [*own, *(() if asked else titles(present, own))]
    questions = dict.fromkeys([*made_up[: len(own)], *asked, *made_up[len(own) :]])
    effects: list[Effect] = []
    changed = untried = 0
    until = time.monotonic() + SECONDS
    for i, question in enumerate(questions):
        if time.monotonic() > until:
            untried = len(questions) - i
            break
        if not _concerns(question, trials, moved[0]):
            continue
        was, now = (trial.ask(question) for trial in trials)
        if was != now:
            changed += 1
            if len(effects) < SHOWN:
                effects.append(Effect(question, question in asked, was, now))
    tried = len(questions) - untried
    return Preview(tuple(effects), tried, changed, len(asked), untried, in_capitals=bool(line.upper))


def titles(reader: TantivyReader, spellings: Sequence[str]) -> tuple[str, ...]:
    """Titles of what the spellings find: questions somebody might ask."""
    found: dict[str, None] = {}
    with editions.reading(reader.analysis):
        for spelling in spellings:
            _, order, _ = find(reader, parse(spelling), {})
            found |= dict.fromkeys(_titles(reader, order[:TITLES]))
    return tuple(found)[:TITLES]


@dataclass(frozen=True)
class _Trial:
    """The present index under one list."""

    concepts: Concepts
    reader: TrialReader

    def read(self, question: str) -> Query:
        with using(self.concepts):
            return parse(question)

    def ask(self, question: str) -> Answer:
        with using(self.concepts):
            query = parse(question)
            _, order, found = find(self.reader, query, {})
        return Answer(_reading(query), found.total, _titles(self.reader, order[:FIRST]))


def _titles(reader: TantivyReader, order: Sequence[Ranked]) -> tuple[str, ...]:
    keys = reader.names([item.key for item in order]).values()
    records = reader.records(list(keys))
    return tuple(records[key].title for key in keys if key in records)


def _concerns(question: str, trials: Sequence[_Trial], moved: Mapping[str, object]) -> bool:
    """Whether the question is read in another way, or has a concept that means something else. The rest is not even
    asked: it cannot change."""
    was, now = (trial.read(question) for trial in trials)
    if _reading(was) != _reading(now):
        return True
    return any(term.mark in moved for query in (was, now) for term in query.terms)


def _reading(query: Query) -> tuple[tuple[str, str], ...]:
    return tuple((term.text, term.mark[1:] if term.kind in ("concept", "hint") else "") for term in query.terms)


def _spellings(line: Line, before: Concepts) -> list[str]:
    """As they are written now, and those that are said no longer."""
    own = [*line.forms, *line.upper, *line.one_way]
    former = [" ".join(f.words) for forms in before.forms.values() for f in forms if f.concept == line.name]
    with using(before):
        known = {parse(spelling).spelling for spelling in own}
    return [*own, *(spelling for spelling in sorted(former) if spelling not in known)]
