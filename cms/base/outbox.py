"""Telling other rooms that something the public may see has changed, exactly when it has.

A row a consumer is written in the transaction that makes the change, so a rolled-back change leaves nothing
behind. After the commit the rows are drained: the consumer is given the keys, reads the current state (not the
message) and acts. One process drains at a time; the others leave their rows to it, and it looks again after it
has let go, so no row is left lying.
"""

import fcntl
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from .models.outbox import OutboxRow

logger = logging.getLogger(__name__)

BATCH = 500
CATCH_UP_BATCH = 20
CATCH_UP_SECONDS = 0.5
DRAIN = "drain.lock"

Change = tuple[str, int]
Consumer = Callable[[Iterable[Change]], None]


def record(kind: str, ids: Iterable[int]) -> None:
    """Write one row a consumer for each object and for what depends on it; drains after the commit.

    ``kind`` is a searchable's kind. ``DEPENDENTS`` says what else shows the object's name.
    """
    changes = dict.fromkeys((kind, pk) for pk in ids)
    for dependents in DEPENDENTS.get(kind, ()):
        changes |= dict.fromkeys(dependents([pk for own, pk in changes if own == kind]))
    rows = [
        OutboxRow(consumer=name, kind=kind, object_id=pk) for kind, pk in changes for name in settings.OUTBOX_CONSUMERS
    ]
    if rows:
        OutboxRow.objects.bulk_create(rows, batch_size=1000)
        transaction.on_commit(_drain_quietly)


def record_own(kind: str, ids: Iterable[int]) -> None:
    """Write rows for the consumers that fetch theirs themselves (``catch_up``), here (``OUTBOX_OWN``) and on the other
    hosts (``OUTBOX_ELSEWHERE``). What they do not fetch is their next tick's."""
    names = (*settings.OUTBOX_OWN, *settings.OUTBOX_ELSEWHERE)
    OutboxRow.objects.bulk_create(
        [OutboxRow(consumer=name, kind=kind, object_id=pk) for pk in ids for name in names], batch_size=1000
    )


DEPENDENTS: dict[str, list[Callable[[list[int]], Iterable[Change]]]] = {}
"""What must be told too when an object of a kind changes; rooms append their own when they are ready."""


def _drain_quietly() -> None:
    """A consumer that is out of order must not undo what the editor has just saved: the rows stay and wait."""
    try:
        drain()
    except Exception:
        logger.exception("outbox: draining failed; rows are kept")


def drain() -> int:
    """Hand every waiting row to its consumer, but for those who fetch theirs. Returns how many rows were done; 0 when
    another process drains."""
    consumers = settings.OUTBOX_CONSUMERS
    known = (*consumers, *settings.OUTBOX_OWN, *settings.OUTBOX_ELSEWHERE)
    if OutboxRow.objects.exclude(consumer__in=known).delete()[0]:
        logger.warning("outbox: rows of a consumer that no longer exists were dropped")
    return _drain(consumers)


def drain_own() -> int:
    """The same for what the others have not fetched."""
    return sum(_drain({name: path}, f"{name}.{DRAIN}") for name, path in settings.OUTBOX_OWN.items())


def catch_up() -> None:
    """Hand those of ``OUTBOX_OWN`` what is waiting for them, the newest first, before they answer: as far as
    ``CATCH_UP_SECONDS`` allow, which they also wait for a process that is at it. Never raises for a consumer's
    failures. Not inside a transaction, which may yet be rolled back."""
    if _in_transaction():
        return
    for consumer, path in settings.OUTBOX_OWN.items():
        rows = OutboxRow.objects.filter(consumer=consumer).order_by("-pk")
        if rows.exists():
            _hand_over_newest(consumer, path, rows)


def _hand_over_newest(consumer: str, path: str, rows: QuerySet) -> None:
    ends = time.monotonic() + CATCH_UP_SECONDS
    with _only_one(f"{consumer}.{DRAIN}", until=ends) as mine:
        while mine and time.monotonic() < ends and (some := list(rows[:CATCH_UP_BATCH])):
            try:
                _hand_over(_load(path), some)
            except Exception:
                logger.exception("outbox: %s refused a batch; it waits for the next tick", consumer)
                return


def _in_transaction() -> bool:
    """Whether what is written now may be undone; the transaction a test runs in does not count."""
    blocks = transaction.get_connection().atomic_blocks
    return bool(blocks) and not blocks[-1]._from_testcase


def _drain(consumers: Mapping[str, str], lock: str = DRAIN) -> int:
    done, failed, away = 0, set(), set()
    mine = OutboxRow.objects.filter(consumer__in=consumers)
    while mine.exclude(pk__in=failed).exclude(consumer__in=away).exists():
        with _only_one(lock) as free:
            if not free:
                return done
            for name, path in consumers.items():
                if name not in away:
                    done += _drain_consumer(name, _load(path), failed, away)
    return done


def _drain_consumer(name: str, consumer: Consumer, failed: set[int], away: set[str]) -> int:
    """Batch by batch; the rows of a batch that fails are tried one by one, so that one that cannot be dealt with
    holds up no other. It stays, with its error, and is tried again the next time. A consumer that is away (its error
    says ``later``) is asked for nothing more this time: its rows wait, and the other consumers go on."""
    done = 0
    while rows := list(OutboxRow.objects.filter(consumer=name).exclude(pk__in=failed).order_by("pk")[:BATCH]):
        try:
            _hand_over(consumer, rows)
        except Exception as refusal:
            if getattr(refusal, "later", False):
                logger.warning("outbox: %s is away, its rows wait: %s", name, refusal)
                away.add(name)
                return done
            logger.exception("outbox: %s refused a batch; its rows are tried one by one", name)
            for row in rows:
                try:
                    _hand_over(consumer, [row])
                except Exception as error:
                    failed.add(row.pk)
                    row.attempts, row.last_error = row.attempts + 1, repr(error)[:300]
                    row.save(update_fields=["attempts", "last_error"])
                else:
                    done += 1
        else:
            done += len(rows)
    return done


def _hand_over(consumer: Consumer, rows: list[OutboxRow]) -> None:
    consumer(list(dict.fromkeys((row.kind, row.object_id) for row in rows)))
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _load(path: str) -> Consumer:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


@contextmanager
def _only_one(name: str = DRAIN, until: float = 0.0) -> Iterator[bool]:
    """True for the one process that holds the lock; ``until`` then (by the monotonic clock) it is waited for. The lock
    dies with its process, so none is ever stale."""
    folder = settings.SEARCH_DIR
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / name, "w") as handle:
        while not _locked(handle):
            if time.monotonic() >= until:
                yield False
                return
            time.sleep(0.01)
        yield True


def _locked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
