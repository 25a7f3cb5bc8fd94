"""What a search engine does for us: keep entries, retrieve candidates, count facets, know its words.

Analysis, planning, ranking and highlighting are shared and stay outside. An engine only stores tokens and
retrieves; user text never reaches it as syntax."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from ..question import Plan, Vocabulary
from ..rank import Candidate
from ..registry import Entry
from ..text import analysis_stamp, nfc

Filters = Mapping[str, Sequence[str]]
"""Facet name -> accepted values; any value of a name, every name. "kind" is a facet like the others."""


class IndexMissing(Exception):
    """There is no index yet, or it cannot be read with this schema: it must be rebuilt before it can be
    asked."""


class EngineAway(Exception):
    """The engine cannot be reached, or not in time. ``later`` tells the outbox to keep what it has and to try again
    another time."""

    later = True


class State(StrEnum):
    """Of an index: it agrees with the code; its words are those of another analysis (it answers, less
    well); it cannot be read by this code; there is none. All but the first say: rebuild. The last: nobody
    knows, its engine does not answer."""

    READY = "ready"
    ANALYSIS = "analysis"
    SCHEMA = "schema"
    MISSING = "missing"
    AWAY = "away"


@dataclass(frozen=True)
class Stamp:
    """What an index was built with. ``schema`` must agree for it to be read; ``analysis`` for it to be
    right."""

    schema: int
    analysis: str


@dataclass(frozen=True)
class Record:
    """What the result list needs to know of an entry, kept beside its tokens. ``lead`` is how its text
    begins, ``lead_anchor`` where."""

    key: str
    kind: str
    title: str
    url: str
    number: str = ""
    date: str = ""
    digest: str = ""
    lead: str = ""
    lead_anchor: str = ""
    facets: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


LEAD_CHARS = 240


def digest(entry: Entry) -> str:
    """Changes when anything of the entry does; what a comparison of index and site looks at."""
    whole = json.dumps(asdict(entry), default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def record_of(entry: Entry) -> Record:
    """The record of an entry, its texts in NFC."""
    first = next((p for p in entry.passages if p.text.strip()), None)
    return Record(
        key=entry.key,
        kind=entry.kind,
        title=nfc(entry.title),
        url=entry.url,
        number=nfc(entry.number),
        date=entry.date.isoformat() if entry.date else "",
        digest=digest(entry),
        lead=nfc(first.text)[:LEAD_CHARS] if first else "",
        lead_anchor=first.anchor if first else "",
        facets={name: tuple(map(tuple, pairs)) for name, pairs in entry.facets.items()},
        details=dict(entry.details),
    )


def record_to_json(record: Record) -> bytes:
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode()


def record_from_json(data: bytes) -> Record:
    fields = json.loads(data)
    fields["facets"] = {name: tuple(map(tuple, pairs)) for name, pairs in fields["facets"].items()}
    return Record(**fields)


@dataclass(frozen=True)
class FoundPassage:
    """A passage that matched, with its whole text. ``url`` as ``registry.Passage`` has it."""

    anchor: str
    path: tuple[str, ...]
    text: str
    score: float
    url: str = ""


@dataclass(frozen=True)
class Bucket:
    """One value of a facet and how many documents have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Retrieved:
    """``total`` counts documents exactly; ``candidates`` are the first of them, in the engine's order."""

    total: int
    candidates: tuple[Candidate, ...]


class Reader(ABC):
    """One unchanging view of the index, taken for one question."""

    vocab: Vocabulary

    @abstractmethod
    def retrieve(self, plan: Plan, filters: Filters, *, limit: int, offset: int = 0, newest: bool = False) -> Retrieved:
        """Documents that match the plan and the filters; by the engine's score, or newest first."""

    @abstractmethod
    def passages(self, plan: Plan, keys: Sequence[str], per_document: int) -> Mapping[str, Sequence[FoundPassage]]:
        """The best passages of each document; none where only its title matched."""

    @abstractmethod
    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        """Without a question: how many entries these filters let through, and the keys of the newest. With ``name``
        (folded words), only those that bear exactly this name or alias."""

    @abstractmethod
    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        """The records of these keys; keys the index does not have are left out."""

    @abstractmethod
    def facets(self, plan: Plan, filters: Filters) -> Mapping[str, Sequence[Bucket]]:
        """Counts of documents for every facet; each facet ignores its own filter."""

    @abstractmethod
    def digests(self) -> Iterator[tuple[str, str]]:
        """(key, digest) of everything in the index."""

    @abstractmethod
    def stats(self) -> Mapping[str, Any]:
        """Figures for the operator."""


class Builder(ABC):
    """A new index being filled beside the one that answers."""

    @abstractmethod
    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        """Replace these entries and drop these keys in the new index. Returns how many entries were put."""

    @abstractmethod
    def publish(self) -> None:
        """Let the new index answer from now on, in one step."""


class Engine(ABC):
    """A kind of index at one place."""

    name: str
    schema: int

    @abstractmethod
    def reader(self) -> Reader:
        """The committed state at this moment. Raises ``IndexMissing``."""

    @abstractmethod
    def stamp(self) -> Stamp | None:
        """What the present index was built with; None when there is none."""

    @abstractmethod
    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        """Replace these entries, drop these keys, commit once. Raises ``IndexMissing``. ``read_at`` is when their
        state was read, in microseconds since 1970: an engine with several writers lets no older state replace a
        newer one."""

    @abstractmethod
    def building(self) -> AbstractContextManager[Builder]:
        """A new index beside the present one; left behind nowhere unless ``publish`` was called in the
        block."""

    def tidy(self) -> int:
        """Remove what only served to keep several writers apart. Returns how much."""
        return 0

    def state(self) -> State:
        """Whether the present index agrees with the code."""
        try:
            stamp = self.stamp()
        except EngineAway:
            return State.AWAY
        if stamp is None:
            return State.MISSING
        if stamp.schema != self.schema:
            return State.SCHEMA
        return State.READY if stamp.analysis == analysis_stamp() else State.ANALYSIS
