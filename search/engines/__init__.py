"""The engines by name. ``settings.SEARCH_ENGINE`` names the one in use."""

from functools import cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

from .base import Engine

ENGINES = {"tantivy": "search.engines.tantivy.TantivyEngine"}


class UnknownEngine(ValueError):
    """No engine of that name; the message lists those there are."""


def engine(name: str = "") -> Engine:
    """The engine of that name (default: the site's) over the site's own index folder."""
    return _engine(name or settings.SEARCH_ENGINE, Path(settings.SEARCH_DIR))


@cache
def _engine(name: str, folder: Path) -> Engine:
    return engine_class(name)(folder / name)


def engine_class(name: str) -> type[Engine]:
    """The class of an engine. Raises ``UnknownEngine``."""
    if name not in ENGINES:
        raise UnknownEngine(f"unknown search engine {name!r}; there are: {', '.join(sorted(ENGINES))}")
    module, _, attribute = ENGINES[name].rpartition(".")
    return getattr(import_module(module), attribute)
