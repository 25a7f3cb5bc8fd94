"""Keeping the index true to what the public may see: by small steps, by rebuilding, by comparing.

Every write to the index that answers happens under one lock, and reads the current state inside it, so that
the last to write has read last. While a rebuild fills a new index, changes also go into a journal that is
replayed into it before the swap; publishing never waits for a rebuild. An index that several hosts write to has no
journal, which would be one host's: every write goes into the new index too, and versions settle what comes late."""

import fcntl
import json
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from . import editions
from .engines import CLUSTER, EMBEDDED, kept
from .engines import engine as get_engine
from .engines.base import Builder, Engine, EngineAway, State, digest
from .failover import guarded
from .registry import Entry

Change = tuple[str, int]
BATCH = 500
WRITE_SECONDS = 10.0
"""So long whoever has saved something waits for the cluster."""


class RebuildRunning(Exception):
    """Another process is rebuilding the index."""


class RebuildNeeded(Exception):
    """The index was built for another version of the code; ``search_index rebuild`` puts it right."""


@dataclass(frozen=True)
class Report:
    """What a comparison found: keys that should be there and are not, keys that should not be there, keys
    with other content. ``state`` is the index's; ``repaired`` when it was put right afterwards."""

    state: str
    checked: int = 0
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the index agreed with the site when it was looked at."""
        return self.state == State.READY and not (self.missing or self.extra or self.stale)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"agrees": self.agrees}


def apply(changes: Iterable[Change]) -> None:
    """The outbox consumer of the embedded index: put or drop each (kind, id) by its present state, commit once. The
    same changes twice do no harm. A site without an index gets a whole one; an index of another schema raises
    ``RebuildNeeded``, and the changes stay with whoever has them."""
    apply_to(get_engine(EMBEDDED), changes)


def apply_to_cluster(changes: Iterable[Change]) -> None:
    """The outbox consumer of the cluster, with rows of its own: while the cluster is away (``EngineAway``) they wait,
    and the embedded index goes on."""
    engine = get_engine(CLUSTER)
    with guarded(WRITE_SECONDS):
        state = engine.state()
        if state == State.AWAY:
            raise EngineAway("the cluster does not answer")
        if state != State.MISSING:
            apply_to(engine, changes, state)
            return
    apply_to(engine, changes, state)


def apply_to(engine: Engine, changes: Iterable[Change], state: State | None = None) -> None:
    """Put or drop each by its present state, in this engine's index."""
    changes = list(dict.fromkeys(changes))
    if not changes:
        return
    state = state or engine.state()
    if state == State.SCHEMA:
        raise RebuildNeeded("the search index was built for another version: run search_index rebuild")
    if state == State.MISSING:
        rebuild(engine)
        return
    with _lock(engine, "write.lock"):
        _remember(engine, changes)
        read_at = now()
        stamp = engine.stamp()
        with editions.reading(stamp.analysis if stamp else ""):
            engine.write(*_present(engine, changes), read_at=read_at)


def rebuild(engine: Engine | None = None) -> int:
    """A new index (default: the embedded one) from the database and with the newest list of concepts, put in place when
    it is whole; the old one answers until then. Returns how many entries were read. Raises ``RebuildRunning`` when
    another process is at it."""
    engine = engine or get_engine(EMBEDDED)
    with rebuilding(engine) as builder:
        return builder.write(_everything(engine), read_at=now())


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Builder]:
    """A new index to be filled in the block; put in place after it, with what has changed meanwhile. Raises
    ``RebuildRunning``."""
    with _lock(engine, "rebuild.lock", wait=False), editions.filling(), engine.building() as builder:
        if engine.shared:
            yield builder
            builder.publish()
            return
        journal = _journal(engine)
        with _lock(engine, "write.lock"):
            journal.write_text("", encoding="utf-8")
        try:
            yield builder
            with _lock(engine, "write.lock"):
                late, read_at = _remembered(engine), now()
                if late:
                    builder.write(*_present(engine, late), read_at=read_at)
                builder.publish()
                journal.unlink(missing_ok=True)
        finally:
            journal.unlink(missing_ok=True)


def verify(repair: bool = False, engine: Engine | None = None) -> Report:
    """Compare an index (default: the embedded one) with what the public may see now; with ``repair``, put right what
    differs (an index of another version is rebuilt)."""
    engine = engine or get_engine(EMBEDDED)
    state = engine.state()
    if state == State.AWAY:
        return Report(str(state))
    if state in (State.MISSING, State.SCHEMA):
        if repair:
            rebuild(engine)
        return Report(str(state), repaired=repair)
    report = _compare(engine, state)
    if repair and not report.agrees:
        if state == State.ANALYSIS:
            rebuild(engine)
        else:
            apply_to(engine, [_change(key) for key in (*report.missing, *report.extra, *report.stale)])
        report = replace(report, repaired=True)
    if repair:
        engine.tidy()
        _forget(engine)
    return report


def is_current() -> bool:
    """Whether every index that is kept was built by this code and they hold as much as each other, as far as their
    engines answer: one that was left behind while the other engine was the site's is not current."""
    states = {engine: engine.state() for engine in kept()}
    if not all(state in (State.READY, State.AWAY) for state in states.values()):
        return False
    counted = []
    for engine, state in states.items():
        with suppress(EngineAway):
            counted += [engine.reader().stats()] if state == State.READY else []
    return all(stats == counted[0] for stats in counted)


def status(engine: Engine | None = None) -> dict[str, Any]:
    """What is indexed (default: what answers), and whether it agrees with the code."""
    engine = engine or get_engine()
    state = engine.state()
    stamp = engine.stamp() if state != State.AWAY else None
    found: dict[str, Any] = {
        "engine": engine.name,
        "state": str(state),
        "schema": stamp.schema if stamp else None,
        "analysis": stamp.analysis if stamp else None,
        "kinds": sorted(engine.searchables()),
    }
    if state in (State.READY, State.ANALYSIS):
        found |= engine.reader().stats()
        if (apart := _apart(engine)) is not None:
            found["differs_from_embedded"] = apart
    return found


def _apart(engine: Engine) -> int | None:
    """In how many entries an index differs from the embedded one; None for that one, and where it cannot be asked."""
    embedded = get_engine(EMBEDDED)
    if engine.name == EMBEDDED or embedded.state() not in (State.READY, State.ANALYSIS):
        return None
    one, other = (dict(each.reader().digests()) for each in (embedded, engine))
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())


def now() -> int:
    """When something was read: microseconds since 1970."""
    return time.time_ns() // 1_000


def _compare(engine: Engine, state: State) -> Report:
    indexed = dict(engine.reader().digests())
    missing, stale, seen = [], [], set()
    for entry in _everything(engine):
        seen.add(entry.key)
        if entry.key not in indexed:
            missing.append(entry.key)
        elif indexed[entry.key] != digest(entry):
            stale.append(entry.key)
    extra = sorted(indexed.keys() - seen)
    return Report(str(state), len(seen), tuple(missing), tuple(extra), tuple(stale))


def _everything(engine: Engine | None = None) -> Iterator[Entry]:
    """Every entry, its labels in the site's own language, whoever set this off."""
    with translation.override(settings.LANGUAGE_CODE):
        for searchable in (engine or get_engine(EMBEDDED)).searchables().values():
            yield from searchable.entries(None)


def _present(engine: Engine, changes: Iterable[Change]) -> tuple[list[Entry], list[str]]:
    """What these changes come to now: entries to put, keys to drop. A kind nobody registers has no
    entries."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in changes:
        wanted.setdefault(kind, []).append(pk)
    put: dict[str, Entry] = {}
    gone: list[str] = []
    known = engine.searchables()
    for kind, ids in wanted.items():
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            if kind in known:
                with translation.override(settings.LANGUAGE_CODE):
                    put |= {entry.key: entry for entry in known[kind].entries(batch)}
            gone += [key for key in (f"{kind}:{pk}" for pk in batch) if key not in put]
    return list(put.values()), gone


def _change(key: str) -> Change:
    kind, _, pk = key.rpartition(":")
    return kind, int(pk)


# --- the lock and the journal

JOURNAL = "journal.jsonl"


def _path(engine: Engine, name: str) -> Path:
    """Each engine has its own lock and journal."""
    folder = Path(settings.SEARCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (name if engine.name == EMBEDDED else f"{engine.name}.{name}")


def _journal(engine: Engine) -> Path:
    return _path(engine, JOURNAL)


@contextmanager
def _lock(engine: Engine, name: str, wait: bool = True) -> Iterator[None]:
    """Held by one process or thread at a time; it dies with its process, so none is ever stale."""
    with open(_path(engine, name), "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise RebuildRunning("the search index is being rebuilt by another process") from None
        yield


@contextmanager
def locked(engine: Engine, name: str) -> Iterator[bool]:
    """True for the one who holds this lock of an engine's; False, at once, for the others."""
    with ExitStack() as held:
        try:
            held.enter_context(_lock(engine, name, wait=False))
        except RebuildRunning:
            yield False
        else:
            yield True


def _remember(engine: Engine, changes: Iterable[Change]) -> None:
    """While a rebuild fills a new index (its journal exists), note what changes meanwhile."""
    journal = _journal(engine)
    if journal.exists():
        with open(journal, "a", encoding="utf-8") as handle:
            handle.writelines(json.dumps(change) + "\n" for change in changes)


def _forget(engine: Engine) -> None:
    """Remove the journal of a rebuild that was killed; nobody waits for it."""
    with suppress(RebuildRunning), _lock(engine, "rebuild.lock", wait=False):
        _journal(engine).unlink(missing_ok=True)


def _remembered(engine: Engine) -> list[Change]:
    lines = _journal(engine).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys((kind, pk) for kind, pk in map(json.loads, lines)))
