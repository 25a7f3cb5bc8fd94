"""Telling other rooms that something the public may see has changed, exactly when it has.

A row a consumer is written in the transaction that makes the change, so a rolled-back change leaves nothing
behind. After the commit the rows are drained: the consumer is given the keys, reads the current state (not the
message) and acts. One process drains at a time; the others leave their rows to it, and it looks again after it
has let go, so no row is left lying.
"""

import fcntl
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.db import transaction

from .models.outbox import OutboxRow

logger = logging.getLogger(__name__)

BATCH = 500

Change = tuple[str, int]
Consumer = Callable[[Iterable[Change]], None]


def record(kind: str, ids: Iterable[int]) -> None:
    """Write one row a consumer for each object; drains after the commit. ``kind`` is a searchable's kind."""
    rows = [OutboxRow(consumer=name, kind=kind, object_id=pk) for pk in ids for name in settings.OUTBOX_CONSUMERS]
    if rows:
        OutboxRow.objects.bulk_create(rows, batch_size=1000)
        transaction.on_commit(_drain_quietly)


def _drain_quietly() -> None:
    """A consumer that is out of order must not undo what the editor has just saved: the rows stay and wait."""
    try:
        drain()
    except Exception:
        logger.exception("outbox: draining failed; rows are kept")


def drain() -> int:
    """Hand every waiting row to its consumer. Returns how many rows were done; 0 when another process drains."""
    done = 0
    while OutboxRow.objects.exists():
        with _only_one() as mine:
            if not mine:
                return done
            done += sum(_drain_consumer(name) for name in settings.OUTBOX_CONSUMERS)
            if OutboxRow.objects.exclude(consumer__in=settings.OUTBOX_CONSUMERS).delete()[0]:
                logger.warning("outbox: rows of a consumer that no longer exists were dropped")
    return done


def _drain_consumer(name: str) -> int:
    consumer = _load(settings.OUTBOX_CONSUMERS[name])
    done = 0
    while rows := list(
        OutboxRow.objects.filter(consumer=name).order_by("pk").values_list("pk", "kind", "object_id")[:BATCH]
    ):
        consumer(list(dict.fromkeys((kind, object_id) for _, kind, object_id in rows)))
        OutboxRow.objects.filter(pk__in=[pk for pk, _, _ in rows]).delete()
        done += len(rows)
    return done


def _load(path: str) -> Consumer:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


@contextmanager
def _only_one() -> Iterator[bool]:
    """True for the one process that holds the lock. The lock dies with its process, so none is ever stale."""
    folder = settings.SEARCH_DIR
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "drain.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
