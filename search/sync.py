"""Keeping the index true to what the public may see: by small steps, by rebuilding, by comparing.

Every write to the index that answers happens under one lock, and reads the current state inside it, so that
the last to write has read last. While a rebuild fills a new index, changes also go into a journal that is
replayed into it before the swap; publishing never waits for a rebuild."""

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from .engines import engine as get_engine
from .engines.base import Engine, State, digest
from .registry import Entry, registered

Change = tuple[str, int]
BATCH = 500


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
    """The outbox consumer: put or drop each (kind, id) by its present state, commit once. The same changes
    twice do no harm. A site without an index gets a whole one; an index of another schema raises
    ``RebuildNeeded``, and the changes stay with whoever has them."""
    changes = list(dict.fromkeys(changes))
    if not changes:
        return
    engine = get_engine()
    state = engine.state()
    if state == State.SCHEMA:
        raise RebuildNeeded("the search index was built for another version: run search_index rebuild")
    if state == State.MISSING:
        rebuild()
        return
    with _lock("write.lock"):
        _remember(changes)
        engine.write(*_present(changes))


def rebuild() -> int:
    """A new index from the database, put in place when it is whole; the old one answers until then. Returns
    how many entries were read. Raises ``RebuildRunning`` when another process is at it."""
    with _lock("rebuild.lock", wait=False), get_engine().building() as builder:
        journal = _folder() / JOURNAL
        with _lock("write.lock"):
            journal.write_text("", encoding="utf-8")
        try:
            put = builder.write(_everything())
            with _lock("write.lock"):
                late = _remembered()
                if late:
                    builder.write(*_present(late))
                builder.publish()
                journal.unlink(missing_ok=True)
        finally:
            journal.unlink(missing_ok=True)
    return put


def verify(repair: bool = False) -> Report:
    """Compare the index with what the public may see now; with ``repair``, put right what differs (an index
    of another version is rebuilt)."""
    engine = get_engine()
    state = engine.state()
    if state in (State.MISSING, State.SCHEMA):
        if repair:
            rebuild()
        return Report(str(state), repaired=repair)
    report = _compare(engine, state)
    if repair and not report.agrees:
        if state == State.ANALYSIS:
            rebuild()
        else:
            apply([_change(key) for key in (*report.missing, *report.extra, *report.stale)])
        report = replace(report, repaired=True)
    return report


def is_current() -> bool:
    """Whether there is an index built by this code."""
    return get_engine().state() == State.READY


def status() -> dict[str, Any]:
    """What is indexed, and whether it agrees with the code."""
    engine = get_engine()
    state, stamp = engine.state(), engine.stamp()
    found: dict[str, Any] = {
        "engine": engine.name,
        "state": str(state),
        "schema": stamp.schema if stamp else None,
        "analysis": stamp.analysis if stamp else None,
        "kinds": sorted(registered()),
    }
    if state in (State.READY, State.ANALYSIS):
        found |= engine.reader().stats()
    return found


def _compare(engine: Engine, state: State) -> Report:
    indexed = dict(engine.reader().digests())
    missing, stale, seen = [], [], set()
    for entry in _everything():
        seen.add(entry.key)
        if entry.key not in indexed:
            missing.append(entry.key)
        elif indexed[entry.key] != digest(entry):
            stale.append(entry.key)
    extra = sorted(indexed.keys() - seen)
    return Report(str(state), len(seen), tuple(missing), tuple(extra), tuple(stale))


def _everything() -> Iterator[Entry]:
    """Every entry, its labels in the site's own language, whoever set this off."""
    with translation.override(settings.LANGUAGE_CODE):
        for searchable in registered().values():
            yield from searchable.entries(None)


def _present(changes: Iterable[Change]) -> tuple[list[Entry], list[str]]:
    """What these changes come to now: entries to put, keys to drop. A kind nobody registers has no
    entries."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in changes:
        wanted.setdefault(kind, []).append(pk)
    put: dict[str, Entry] = {}
    gone: list[str] = []
    known = registered()
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


def _folder() -> Path:
    folder = Path(settings.SEARCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _lock(name: str, wait: bool = True) -> Iterator[None]:
    """Held by one process or thread at a time; it dies with its process, so none is ever stale."""
    with open(_folder() / name, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise RebuildRunning("the search index is being rebuilt by another process") from None
        yield


def _remember(changes: Iterable[Change]) -> None:
    """While a rebuild fills a new index (its journal exists), note what changes meanwhile."""
    journal = _folder() / JOURNAL
    if journal.exists():
        with open(journal, "a", encoding="utf-8") as handle:
            handle.writelines(json.dumps(change) + "\n" for change in changes)


def _remembered() -> list[Change]:
    lines = (_folder() / JOURNAL).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys((kind, pk) for kind, pk in map(json.loads, lines)))
