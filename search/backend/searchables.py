"""What the admin can find: every indexed model, its objects with their newest words.

A published page with changes nobody has published yet is kept twice: with all its words, old and new, for those who
may see the draft, and (kind ``….live``) with the published ones for those who may only see the page."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Model, QuerySet
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models

from ..registry import Entry, Searchable
from .texts import Texts, read

LIVE = ".live"
LONGEST_KIND = 30
CHUNK = 200


def kind_of(model: type[Model]) -> str:
    """The kind of a model's objects: all models that share their primary keys have one."""
    label = get_model_root(model)._meta.label_lower
    return label if len(label) <= LONGEST_KIND else f"{label[:21]}~{zlib.crc32(label.encode()):08x}"


@dataclass(frozen=True)
class Objects:
    """The objects of models that share their primary keys, with their newest words beside the published ones."""

    kind: str
    models: tuple[type[Model], ...]

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        for model in self.models:
            rows = model.get_indexed_objects()
            for instance, draft in read_with_drafts(rows if ids is None else rows.filter(pk__in=ids)):
                if instance := instance.get_indexed_instance():
                    yield self._entry(instance, draft)

    def _entry(self, instance: Any, draft: Any) -> Entry:
        texts = read(instance)
        if draft is not None:
            newest = read(draft)
            older = texts.without(newest)
            names = (*newest.names, older.title, *older.names)
            texts = Texts(newest.title, tuple(filter(None, names)), newest.passages + older.passages)
        return _entry(self.kind, instance.pk, texts)


@dataclass(frozen=True)
class Published:
    """Those of them whose newest words are not the published ones, with the published ones only."""

    kind: str
    models: tuple[type[Model], ...]

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        for model in self.models:
            rows = model.get_indexed_objects().filter(live=True).exclude(latest_revision=F("live_revision"))
            rows = rows.filter(latest_revision__isnull=False)
            for instance in (rows if ids is None else rows.filter(pk__in=ids)).iterator(chunk_size=CHUNK):
                yield _entry(self.kind, instance.pk, read(instance))


@cache
def searchables() -> Mapping[str, Searchable]:
    """Every kind with what says what is in it."""
    kinds: dict[str, list[type[Model]]] = {}
    for model in get_indexed_models():
        if _has_number(model):
            kinds.setdefault(kind_of(model), []).append(model)
    found: dict[str, Searchable] = {}
    for kind, models in kinds.items():
        found[kind] = Objects(kind, tuple(models))
        drafting = tuple(model for model in models if hasattr(model, "live_revision"))
        if drafting:
            found[kind + LIVE] = Published(kind + LIVE, drafting)
    return found


def _has_number(model: type[Model]) -> bool:
    return get_model_root(model)._meta.pk.get_internal_type().endswith(("AutoField", "IntegerField"))


def read_with_drafts(rows: QuerySet) -> Iterator[tuple[Any, Any]]:
    """Each object with its newest draft, None where that says nothing else or is not to be found."""
    if not hasattr(rows.model, "latest_revision"):
        yield from ((instance, None) for instance in rows.iterator(chunk_size=CHUNK))
        return
    chunk: list[Any] = []
    for instance in rows.iterator(chunk_size=CHUNK):
        chunk.append(instance)
        if len(chunk) == CHUNK:
            yield from _drafts(chunk)
            chunk = []
    yield from _drafts(chunk)


def _drafts(chunk: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Revisions are fetched only where the row is not the newest."""
    if not chunk:
        return
    newer = {
        instance.pk: instance.latest_revision_id
        for instance in chunk
        if instance.latest_revision_id
        and instance.latest_revision_id != getattr(instance, "live_revision_id", None)
        and (getattr(instance, "drafts_are_found", True) or not instance.live)
    }
    revisions = {}
    if newer:
        model = type(chunk[0])._meta.get_field("latest_revision").related_model
        revisions = model._default_manager.in_bulk(list(newer.values()))
    for instance in chunk:
        revision = revisions.get(newer.get(instance.pk))
        yield instance, instance.with_content_json(revision.content) if revision else None


def _entry(kind: str, pk: int, texts: Texts) -> Entry:
    return Entry(f"{kind}:{pk}", kind, texts.title, "", aliases=texts.names, passages=texts.passages)
