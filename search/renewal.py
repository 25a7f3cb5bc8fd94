"""Bringing the indexes up to the newest list of concepts. A new list counts from the swap on, never before."""

import logging

from django.db import transaction

from . import sync
from .engines import kept
from .engines.base import Engine, EngineAway, State

logger = logging.getLogger(__name__)

AGAIN = 3
"""Lists saved while an index is filled with the one before are looked for so often; the next tick does the rest."""


def ask() -> None:
    """Have the indexes rebuilt in the background once the present transaction is committed."""
    from .tasks import renew_indexes

    # Robust: what cannot be asked for now, ``renew`` does with the next tick.
    transaction.on_commit(lambda: renew_indexes.enqueue(), robust=True)


def renew() -> int:
    """Rebuild every index that is kept and was filled with another list or by another analysis; the old ones answer
    until then. Returns how many were rebuilt; what another process is at, and a cluster that is away, are left to the
    next time. An index that fails holds up no other; the first failure is raised in the end."""
    done, failures = 0, []
    for engine in kept():
        try:
            done += _renew(engine)
        except Exception as error:
            logger.exception("search: the index of %s could not be rebuilt", engine.name)
            failures.append(error)
    if failures:
        raise failures[0]
    return done


def _renew(engine: Engine) -> int:
    done = 0
    while done < AGAIN and engine.state() == State.ANALYSIS:
        try:
            sync.rebuild(engine)
        except (sync.RebuildRunning, EngineAway) as error:
            logger.info("search: %s is left to the next time: %s", engine.name, error)
            break
        done += 1
    return done
