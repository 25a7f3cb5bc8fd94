"""What a search engine does for us: keep entries, retrieve candidates, count facets, know its words.

Analysis, planning, ranking and highlighting are shared and stay outside. An engine only stores tokens and
retrieves; user text never reaches it as syntax."""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

from ..editions import newest_stamp
from ..question import Plan, Vocabulary
from ..rank import Candidate
from ..registry import HIDDEN, Entry, Searchable, registered
from ..text import nfc

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
    """Of an index: it agrees with the code and the newest list of concepts; its words are those of another analysis or
    another list (it answers, less well); it cannot be read by this code; there is none. All but the first say: rebuild.
    The last: nobody knows, its engine does not answer."""

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
_OWN = tuple(item.name for item in fields(Entry) if item.name != "passages")


def digest(entry: Entry) -> str:
    """Changes when anything of the entry does; what a comparison of index and site looks at."""
    passages = [(passage.anchor, passage.path, passage.text) for passage in entry.passages]
    own = [getattr(entry, name) for name in _OWN]
    whole = json.dumps([own, passages], default=str, ensure_ascii=False, sort_keys=True)
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
        facets={name: tuple(map(tuple, pairs)) for name, pairs in entry.facets.items() if name not in HIDDEN},
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
    """``total`` counts documents exactly; ``candidates`` are the first of them, in the engine's order; ``facets`` the
    counts of documents for every facet, where they were asked for."""

    total: int
    candidates: tuple[Candidate, ...]
    facets: Mapping[str, Sequence[Bucket]] = field(default_factory=dict)


Shown = tuple[Record, Sequence[FoundPassage]]
"""What is shown of a document: its record and its best passages, none where only its title matched."""


class Reader(ABC):
    """One unchanging view of the index, taken for one question. It calls a document what it likes while it answers
    (``Candidate.key``): what is kept of 100 candidates is only read for the ten that are shown."""

    vocab: Vocabulary
    analysis: str = ""
    """That of the index's stamp: what a question must be read with."""

    @abstractmethod
    def retrieve(
        self,
        plan: Plan,
        filters: Filters,
        *,
        limit: int,
        offset: int = 0,
        newest: bool = False,
        facets: bool = False,
    ) -> Retrieved:
        """Documents that match the plan and the filters; by the engine's score, or newest first and then without
        signals. A facet's counts ignore its own filter."""

    @abstractmethod
    def shown(self, plan: Plan, keys: Sequence[int | str], per_document: int) -> Mapping[int | str, Shown]:
        """Candidates of this reader with their best passages. Those the index has no longer are left out."""

    @abstractmethod
    def names(self, keys: Sequence[int | str]) -> Mapping[int | str, str]:
        """Candidates of this reader by the keys of their entries."""

    @abstractmethod
    def listed(self, filters: Filters, *, name: str = "", limit: int = 10) -> tuple[int, tuple[str, ...]]:
        """Without a question: how many entries these filters let through, and the keys of the newest. With ``name``
        (folded words), only those that bear exactly this name or alias."""

    @abstractmethod
    def records(self, keys: Sequence[str]) -> Mapping[str, Record]:
        """The records of these entries; keys the index does not have are left out."""

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
    shared = False
    """Whether several hosts write to it. Then it takes every write into the index that is being built too, whoever
    builds it; what is not shared is written by one host, which keeps a journal (``search.sync``)."""

    def searchables(self) -> Mapping[str, Searchable]:
        """What belongs into the index, by kind."""
        return registered()

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
        return State.READY if stamp.analysis == newest_stamp() else State.ANALYSIS
