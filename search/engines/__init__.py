"""The engines by name. ``settings.SEARCH_ENGINE`` names the one that answers; the embedded one is always kept."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from .base import Engine

EMBEDDED = "tantivy"
CLUSTER = "elasticsearch"
ENGINES = (EMBEDDED, CLUSTER)
ADMIN = "admin"
"""The index of the admin's own search (``search.backend``): no engine to be chosen, kept beside the others."""


class UnknownEngine(ValueError):
    """No engine of that name; the message lists those there are."""


def engine(name: str = "") -> Engine:
    """The engine of that name (default: the site's) over the site's own index. Raises ``UnknownEngine``."""
    return _engine(
        name if name == ADMIN else _known(name),
        Path(settings.SEARCH_DIR),
        tuple(settings.ELASTICSEARCH_URL),
        settings.SEARCH_INDEX,
    )


def kept() -> tuple[Engine, ...]:
    """The engines that are kept in step with the site: the embedded one, and the site's own where that is another."""
    return tuple(engine(name) for name in dict.fromkeys((EMBEDDED, _known(""))))


@contextmanager
def scratch(name: str = "") -> Iterator[Engine]:
    """An engine of that name over an index of its own, which is gone afterwards. Raises ``UnknownEngine``."""
    known = _known(name)
    with tempfile.TemporaryDirectory(prefix="search-scratch-") as folder:
        alias = f"{settings.SEARCH_INDEX}-scratch-{time.time_ns():x}"
        made = _engine.__wrapped__(known, Path(folder), tuple(settings.ELASTICSEARCH_URL), alias)
        try:
            yield made
        finally:
            if known == CLUSTER:
                made.remove()


def _known(name: str) -> str:
    name = name or settings.SEARCH_ENGINE
    if name not in ENGINES:
        raise UnknownEngine(f"unknown search engine {name!r}; there are: {', '.join(sorted(ENGINES))}")
    return name


@cache
def _engine(name: str, folder: Path, urls: tuple[str, ...], index: str) -> Engine:
    """Each engine's libraries are loaded when it is used."""
    if name == EMBEDDED:
        from .tantivy import TantivyEngine

        return TantivyEngine(folder / name)
    if name == ADMIN:
        from ..backend.engine import AdminEngine

        return AdminEngine(folder / name)
    from .elasticsearch import ElasticsearchEngine
    from .elasticsearch_client import connect

    return ElasticsearchEngine(connect(urls), index, beside=_engine(EMBEDDED, folder, urls, index))
