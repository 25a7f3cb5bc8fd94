"""Keeping the admin's index in step: rows of the outbox, written with the change, dealt with before the next answer.

A save costs its editor one row. Whoever searches next hands over what is waiting first, so that she finds what she
has just saved; what nobody searches for the next tick takes. ``SEARCH_OUTBOX`` names the two calls of the outbox:
``record(kind, ids)`` and ``catch_up()``. Where several hosts serve the admin each has an index and rows of its own."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from .. import sync
from ..engines.base import State
from .engine import admin_engine
from .searchables import LIVE, kind_of, searchables


def record(model: type[Model], ids: Iterable[int]) -> None:
    """These objects have changed; in the transaction that changes them."""
    kind = kind_of(model)
    if kind in searchables():
        _outbox("record")(kind, ids)


def catch_up() -> None:
    """Before an answer: what is waiting, as far as there is an index it could go into."""
    engine = admin_engine()
    stamp = engine.stamp()  # not its state, which would ask the database for the list of concepts
    if stamp and stamp.schema == engine.schema:
        _outbox("catch_up")()


def apply(changes: Iterable[sync.Change]) -> None:
    """The outbox consumer. The first change of a site builds its index."""
    known = searchables()
    every = [(one, pk) for kind, pk in changes for one in (kind, kind + LIVE) if one == kind or one in known]
    sync.apply_to(admin_engine(), every)


def keep() -> None:
    """What falls due: an index that is missing, or was built for another version, is built."""
    if admin_engine().state() != State.READY:
        with suppress(sync.RebuildRunning):
            sync.rebuild(admin_engine())


def _outbox(name: str) -> Callable[..., Any]:
    return import_string(settings.SEARCH_OUTBOX[name])
