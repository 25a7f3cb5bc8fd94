"""The embedded engine: tantivy, a Lucene-like library, in a folder of its own.

    {folder}/current            names the folder that answers; replaced in one step, so a rebuild is a swap
    {folder}/{name}/documents   {folder}/{name}/passages   {folder}/{name}/stamp.json

tantivy allows one writer at a time over all processes; ``search.sync`` holds a lock around every write.
Readers are never told of a commit by the library in another process, so each question looks at what a commit leaves
(microseconds)."""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import tantivy

from ..registry import Entry
from ..text import analysis_stamp
from .base import Builder, Engine, IndexMissing, Stamp
from .tantivy_reader import OpenIndex, TantivyReader
from .tantivy_schema import SCHEMA_VERSION, document_schema, entry_id, passage_schema, records_of

HEAP = 32_000_000
BUILD_HEAP = 256_000_000
PARTS = ("documents", "passages")


class TantivyEngine(Engine):
    """The index in one folder. Safe to share between threads."""

    name = "tantivy"
    schema = SCHEMA_VERSION

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: tuple[str, tuple[OpenIndex, OpenIndex], str] | None = None

    # --- reading

    def current(self) -> str:
        """The name of the index that answers. Raises ``IndexMissing``."""
        try:
            return (self.folder / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise IndexMissing(f"no index in {self.folder}") from None

    def stamp(self) -> Stamp | None:
        try:
            return self._stamp_of(self.current())
        except IndexMissing:
            return None

    def _stamp_of(self, name: str) -> Stamp | None:
        try:
            return Stamp(**json.loads((self.folder / name / "stamp.json").read_text(encoding="ascii")))
        except (OSError, ValueError, TypeError):
            return None

    def reader(self) -> TantivyReader:
        (documents, passages), analysis = self._indexes()
        return TantivyReader(documents, passages, analysis)

    def _indexes(self) -> tuple[tuple[OpenIndex, OpenIndex], str]:
        """The open indexes and the analysis of their stamp, opened again when the pointer names another folder."""
        with self._lock:
            name = self.current()
            if self._open is None or self._open[0] != name:
                self._open = name, *self._open_folder(name)
            return self._open[1:]

    def _open_folder(self, name: str) -> tuple[tuple[OpenIndex, OpenIndex], str]:
        stamp = self._stamp_of(name)
        if stamp is None or stamp.schema != SCHEMA_VERSION:
            raise IndexMissing(f"the index in {self.folder} was built for another version")
        try:
            documents, passages = (OpenIndex(self.folder / name / part) for part in PARTS)
        except ValueError as error:
            raise IndexMissing(f"the index in {self.folder} cannot be opened: {error}") from error
        return (documents, passages), stamp.analysis

    # --- writing

    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        return _Writer(*(part.index for part in self._indexes()[0])).write(entries, drop)

    @contextmanager
    def building(self) -> Iterator["TantivyBuilder"]:
        builder = TantivyBuilder(self.folder, f"index-{time.time_ns():x}")
        try:
            yield builder
        finally:
            builder.close()


class TantivyBuilder(Builder):
    """A new index in a folder of its own; nothing reads it until the pointer names it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name, self.published = folder, name, False
        target = folder / name
        indexes = []
        for part, schema in zip(PARTS, (document_schema(), passage_schema()), strict=True):
            (target / part).mkdir(parents=True)
            indexes.append(tantivy.Index(schema, path=str(target / part)))
        stamp = Stamp(SCHEMA_VERSION, analysis_stamp())
        (target / "stamp.json").write_text(json.dumps(asdict(stamp)), encoding="ascii")
        self._writer = _Writer(*indexes, BUILD_HEAP)

    def write(self, entries: Iterable[Entry], drop: Iterable[str] = (), *, read_at: int | None = None) -> int:
        return self._writer.write(entries, drop)

    def publish(self) -> None:
        """Point at the new index. The former one stays for the readers of other processes that are still in
        it; older ones, and what an interrupted rebuild has left, go."""
        pointer = self.folder / "current"
        former = pointer.read_text(encoding="ascii").strip() if pointer.exists() else ""
        fresh = self.folder / f"current.{self.name}"
        with open(fresh, "w", encoding="ascii") as handle:
            handle.write(self.name)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(fresh, pointer)
        self.published = True
        for path in self.folder.glob("index-*"):
            if path.name not in (self.name, former):
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        if not self.published:
            shutil.rmtree(self.folder / self.name, ignore_errors=True)


class _Writer:
    """Writes a batch to both indexes. A crash between the two commits leaves the batch with whoever asked
    for it (an outbox row is only removed afterwards), and writing it again puts both right."""

    def __init__(self, documents: tantivy.Index, passages: tantivy.Index, heap: int = HEAP) -> None:
        self._indexes = (documents, passages)
        self._heap = heap

    def write(self, entries: Iterable[Entry], drop: Iterable[str]) -> int:
        documents, passages = (index.writer(self._heap, 1) for index in self._indexes)
        put = 0

        def remove(key: str) -> None:
            own = entry_id(key)
            documents.delete_documents_by_term("id", own)
            passages.delete_documents_by_term("id", own)

        try:
            for key in drop:
                remove(key)
            for entry in entries:
                document, pieces = records_of(entry)
                remove(entry.key)
                documents.add_document(document)
                for piece in pieces:
                    passages.add_document(piece)
                put += 1
        except BaseException:
            passages.rollback()
            documents.rollback()
            raise
        passages.commit()
        documents.commit()
        passages.wait_merging_threads()
        documents.wait_merging_threads()
        return put
