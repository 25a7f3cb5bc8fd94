"""Two engines, one answer: the cluster's while it answers in time, the embedded engine's otherwise."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings

from .breaker import Breaker
from .engines import EMBEDDED, engine
from .engines.base import Engine, EngineAway

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

breaker = Breaker()
"""The process's own: what one reader has waited for in vain the next ones do not wait for."""


def answer(ask: Callable[[Engine], Answer], usable: Callable[[Answer], bool]) -> tuple[Answer, bool]:
    """What the site's engine answers, else what the embedded one does; True when that stood in. Whatever goes wrong
    in the cluster is no reader's trouble: it is logged, and the embedded engine answers."""
    own = engine()
    if own.name == EMBEDDED:
        return ask(own), False
    try:
        if breaker.allows():
            with _in_time():
                found = ask(own)
            if usable(found):
                _went_well()
                return found, False
            logger.error("search: the cluster has no usable index; the embedded engine answers")
    except EngineAway as error:
        _went_wrong(error)
    except Exception:
        logger.exception("search: the cluster failed; the embedded engine answers")
    return ask(engine(EMBEDDED)), True


@contextmanager
def guarded(seconds: float):
    """For writing to the cluster: not at all while it is known to be away, and never longer than this. Raises
    ``EngineAway``."""
    from .engines.elasticsearch_client import within

    if not breaker.allows():
        raise EngineAway("the cluster has just failed; it is left alone for a moment")
    try:
        with within(seconds):
            yield
    except EngineAway as error:
        _went_wrong(error)
        raise
    _went_well()


def _in_time():
    from .engines.elasticsearch_client import within

    return within(settings.SEARCH_SECONDS)


def _went_well() -> None:
    if breaker.succeeded():
        logger.warning("search: the cluster answers again")


def _went_wrong(error: EngineAway) -> None:
    if breaker.failed():
        logger.warning("search: the cluster is away (%s); the embedded engine answers", error)
