"""The engine for large sites: a cluster of Elasticsearch 8 nodes.

    {name}                    an alias: the index that answers; a rebuild switches it in one call
    {name}-{time}             the indexes; the former one stays, older ones go
    {name}-{time}-building    an alias every index is written through while it is filled, so that a write to an index
                              that is gone fails instead of making one
    {name}-building           an alias of all that are being filled now: every host's writer writes to them too, so
                              what changes during a rebuild is in the new index whoever builds it

Every write carries the moment its state was read as its version. A write whose state is older than what stands there
is refused by the cluster and done with: whoever came late had old news. A drop leaves a tombstone with its version, so
that old news cannot bring the entry back; a rebuild leaves tombstones behind.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from ..editions import reading
from ..registry import Entry
from ..text import analysis_stamp
from .base import Builder, Engine, EngineAway, IndexMissing, Stamp
from .elasticsearch_client import asking
from .elasticsearch_reader import ElasticsearchReader
from .elasticsearch_schema import SCHEMA_VERSION, SETTINGS, mapping, source_of, tombstone
from .tantivy import TantivyEngine
from .tantivy_reader import TantivyReader

CHUNK = 200
CHUNK_BYTES = 4_000_000
"""A bulk request is never larger, but for an entry that is."""
BUSY_TRIES = 4
CONFLICT = 409
STAMP_SECONDS = 5.0
"""So long a process trusts what it last saw of the index's version."""
BUILDING = "building"
MERGE_SECONDS = 1_800.0
"""So long the cluster may take to make a new index one piece; it answers faster from one, and also from several."""
ABANDONED = 86_400_000_000_000
"""Nanoseconds after which an index that is still being filled is nobody's."""


class ElasticsearchEngine(Engine):
    """The index behind one alias. Safe to share between threads. ``beside`` is the embedded engine that stands by:
    its vocabulary, and what it holds of the entries that
    are shown, is used while it is whole."""

    name = "elasticsearch"
    schema = SCHEMA_VERSION
    shared = True

    def __init__(
        self, client: Elasticsearch, alias: str, beside: TantivyEngine | None = None, replicas: str = "0-1"
    ) -> None:
        self.client, self.alias, self.beside, self.replicas = client, alias, beside, replicas
        self._seen: tuple[float, Stamp | None] = (0.0, None)

    # --- reading

    def reader(self) -> ElasticsearchReader:
        """Asks nothing of the cluster when its version was seen lately. Raises ``IndexMissing``, ``EngineAway``."""
        looked, stamp = self._seen
        if stamp is None or time.monotonic() - looked > STAMP_SECONDS:
            stamp = self.stamp()
        if stamp is None:
            raise IndexMissing(f"no index {self.alias}")
        if stamp.schema != SCHEMA_VERSION:
            raise IndexMissing(f"the index {self.alias} was built for another version")
        return ElasticsearchReader(self.client, self.alias, self._standing_by(), stamp.analysis)

    def _standing_by(self) -> TantivyReader | None:
        if self.beside:
            with suppress(IndexMissing):
                return self.beside.reader()
        return None

    def stamp(self) -> Stamp | None:
        stamp = None
        with suppress(IndexMissing):
            stamp = self._stamp_of(self.alias)
        self._seen = (time.monotonic(), stamp)
        return stamp

    def _stamp_of(self, index: str) -> Stamp:
        with asking(self.client) as client:
            found = client.indices.get_mapping(index=index).body
        meta = next(iter(found.values()))["mappings"].get("_meta", {})
        return Stamp(meta.get("schema", 0), meta.get("analysis", ""))

    # --- writing

    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        """What is being filled is written first: if it is put in place meanwhile, the alias leads to it, and what was
        meant for the former index, perhaps read with another list of concepts, is older there and refused."""
        entries, drop = list(entries), list(drop)
        read_at = now() if read_at is None else read_at
        built = self.being_built()
        for name in built:
            with suppress(IndexMissing), reading(self._stamp_of(name).analysis):
                _write(self.client, _filled_through(name), entries, drop, read_at)
        return _write(self.client, self.alias, entries, drop, read_at - bool(built), refresh=True)

    def being_built(self) -> list[str]:
        """The indexes that some host is filling, oldest first."""
        with suppress(IndexMissing), asking(self.client) as client:
            return sorted(client.indices.get_alias(name=f"{self.alias}-{BUILDING}").body)
        return []

    def tidy(self) -> int:
        """Remove the tombstones that no news can be older than, and what a killed rebuild has left behind."""
        for name in self.being_built():
            if _is_abandoned(name):
                with suppress(IndexMissing), asking(self.client) as client:
                    client.indices.delete(index=name)
        oldest = now() - TOMBSTONES_KEPT
        reader = ElasticsearchReader(self.client, self.alias)
        old = [(key, version) for key, version in reader.tombstones() if version < oldest]
        actions = (
            {"_op_type": "delete", "_id": key, "version": version, "version_type": "external_gte"}
            for key, version in old
        )
        _bulk(self.client, self.alias, actions, refresh=True)
        return len(old)

    @contextmanager
    def building(self) -> Iterator["ElasticsearchBuilder"]:
        builder = ElasticsearchBuilder(self)
        try:
            yield builder
        finally:
            builder.close()
            self._seen = (0.0, None)

    def indexes(self) -> list[str]:
        """The indexes there are under this name, oldest first."""
        with asking(self.client) as client:
            found = client.indices.get(index=f"{self.alias}-*", features="aliases", expand_wildcards="open").body
        own = len(self.alias) + 1
        return sorted(name for name in found if name[own:].isalnum())

    def current(self) -> str:
        """The index that answers. Raises ``IndexMissing``."""
        with asking(self.client) as client:
            return next(iter(client.indices.get_alias(name=self.alias).body))

    def remove(self) -> None:
        """The alias and all its indexes, for a scratch index that has served."""
        for name in self.indexes():
            with suppress(IndexMissing), asking(self.client) as client:
                client.indices.delete(index=name)


class ElasticsearchBuilder(Builder):
    """A new index; nothing reads it until the alias names it."""

    def __init__(self, engine: ElasticsearchEngine) -> None:
        self.engine, self.published = engine, False
        self.name = f"{engine.alias}-{time.time_ns():016x}"
        self._alias = _filled_through(self.name)
        meta = {"schema": SCHEMA_VERSION, "analysis": analysis_stamp()}
        with asking(engine.client) as client:
            client.indices.create(
                index=self.name,
                mappings=mapping(meta),
                settings=SETTINGS | {"auto_expand_replicas": False, "number_of_replicas": 0},
                aliases={self._alias: {}, f"{engine.alias}-{BUILDING}": {}},
            )

    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        return _write(self.engine.client, self._alias, entries, drop, read_at)

    def publish(self) -> None:
        """Make it whole, give it its copies, and switch the alias in one call."""
        engine = self.engine
        with suppress(EngineAway), asking(engine.client, MERGE_SECONDS) as client:
            client.indices.forcemerge(index=self.name, max_num_segments=1)
        with asking(engine.client) as client:
            client.indices.refresh(index=self.name)
            client.indices.put_settings(
                index=self.name, settings={"refresh_interval": "1s", "auto_expand_replicas": engine.replicas}
            )
        former = ""
        with suppress(IndexMissing):
            former = engine.current()
        everyone = f"{engine.alias}-*"  # another host may have put its own in place a moment ago
        actions: list[dict[str, Any]] = [
            {"remove": {"index": everyone, "alias": engine.alias, "must_exist": False}},
            {"remove": {"index": self.name, "alias": f"{engine.alias}-{BUILDING}"}},
            {"add": {"index": self.name, "alias": engine.alias}},
        ]
        with asking(engine.client) as client:
            client.indices.update_aliases(actions=actions)
            client.indices.refresh(index=self.name)  # what another host wrote to it since
        self.published = True
        filled = {name for name in engine.being_built() if not _is_abandoned(name)}
        for name in engine.indexes():
            if name not in (former, self.name) and name < self.name and name not in filled:
                with suppress(IndexMissing), asking(engine.client) as client:
                    client.indices.delete(index=name)

    def close(self) -> None:
        """An index that was not published goes, if the cluster can be asked; else the next rebuild removes it."""
        if not self.published:
            with suppress(IndexMissing, EngineAway), asking(self.engine.client) as client:
                client.indices.delete(index=self.name)


def _is_abandoned(name: str) -> bool:
    return time.time_ns() - int(name.rpartition("-")[2], 16) > ABANDONED


def _filled_through(name: str) -> str:
    return f"{name}-{BUILDING}"


TOMBSTONES_KEPT = 86_400_000_000
"""Microseconds."""


def now() -> int:
    """A version: microseconds since 1970. Whoever reads later writes a higher one."""
    return time.time_ns() // 1_000


def _write(
    client: Elasticsearch,
    index: str,
    entries: Iterable[Entry],
    drop: Iterable[str],
    read_at: int | None,
    refresh: bool = False,
) -> int:
    version = now() if read_at is None else read_at
    put = 0

    def actions() -> Iterator[dict[str, Any]]:
        nonlocal put
        versioned = {"version": version, "version_type": "external_gte"}
        for key in drop:
            yield {"_op_type": "index", "_id": key, **versioned, "_source": tombstone(key)}
        for entry in entries:
            yield {"_op_type": "index", "_id": entry.key, **versioned, "_source": source_of(entry)}
            put += 1

    _bulk(client, index, actions(), refresh)
    return put


def _bulk(client: Elasticsearch, index: str, actions: Iterator[dict[str, Any]], refresh: bool = False) -> None:
    """With ``refresh`` what is written can be found when this returns. Raises ``EngineAway``, ``IndexMissing``, and
    ``WriteRefused`` when the cluster will not have an entry."""
    refused = []
    with asking(client) as patient:
        for done, answer in streaming_bulk(
            patient,
            actions,
            index=index,
            require_alias=True,
            refresh=refresh,
            chunk_size=CHUNK,
            max_chunk_bytes=CHUNK_BYTES,
            max_retries=BUSY_TRIES,
            initial_backoff=0.5,
            raise_on_error=False,
            raise_on_exception=True,
        ):
            (told,) = answer.values()
            if not done and told["status"] not in (CONFLICT, 404):
                refused.append(f"{told['_id']}: {told['status']} {str(told.get('error'))[:200]}")
            elif told["status"] == 404 and told.get("error"):
                raise IndexMissing(f"no such index: {index}")
    if refused:
        raise WriteRefused(f"{len(refused)} entries were refused, the first: {refused[0]}")


class WriteRefused(Exception):
    """The cluster answers and does not take an entry as it is."""
