"""Speaking to the cluster: one client a process, errors in our words, and never longer than the question may take."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from .base import EngineAway, IndexMissing

PATIENCE = 30.0
"""Seconds one request may take where nobody waits for the whole."""
LEAST = 0.05
STEP = 0.05
BUSY = 429

_until: ContextVar[float | None] = ContextVar("search_deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All requests made in this block together may take so long; what is over ends as ``EngineAway``."""
    before = _until.get()
    until = time.monotonic() + seconds
    mark = _until.set(min(until, before) if before else until)
    try:
        yield
    finally:
        _until.reset(mark)


@cache
def connect(urls: tuple[str, ...]) -> Elasticsearch:
    """The process's client of these nodes. It speaks to no node before the first request."""
    options: dict[str, Any] = {
        "max_retries": max(1, len(urls) - 1),
        "retry_on_timeout": False,
        "connections_per_node": 16,
    }
    if settings.ELASTICSEARCH_API_KEY:
        options["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA:
        options["ca_certs"] = settings.ELASTICSEARCH_CA
    # A node that has lost its neighbour says so for a moment; another one, or the same one, then knows better.
    return Elasticsearch(list(urls), retry_on_status=(502, 503, 504), **options)


@contextmanager
def asking(client: Elasticsearch, patience: float = PATIENCE) -> Iterator[Elasticsearch]:
    """The client for one request, with what is left of the time. Raises ``EngineAway`` for a cluster that does not
    answer, cannot or will not, ``IndexMissing`` for an index that is not there."""
    until = _until.get()
    left = patience if until is None else until - time.monotonic()
    if left <= 0:
        raise EngineAway("the time for this question is used up")
    try:
        yield _patient(client, math.ceil(max(left, LEAST) / STEP))
    except NotFoundError as error:
        raise IndexMissing(f"no such index: {_reason(error)}") from error
    except TransportError as error:
        raise EngineAway(f"{type(error).__name__}: {error}") from error
    except ApiError as error:
        if error.status_code == BUSY or error.status_code >= 500:
            raise EngineAway(f"{error.status_code}: {_reason(error)}") from error
        raise


@lru_cache(maxsize=256)
def _patient(client: Elasticsearch, steps: int) -> Elasticsearch:
    """The client with so much time for a request; to make one takes longer than many a question."""
    return client.options(request_timeout=steps * STEP)


def _reason(error: ApiError) -> str:
    return str(error)[:300]
