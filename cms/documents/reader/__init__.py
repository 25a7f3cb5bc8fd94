"""Reading in a process of its own: what a file does to its reader is not done to the site.

`read_bounded` is `pipeline.read` with a limit on time and memory. The process is started at the first file and kept;
it is stopped and started anew when a file ends it, exceeds a limit, or makes it answer nonsense.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.documents.pipeline import Reading

    from .process import ReaderProcess

_ROOT = Path(__file__).resolve().parents[3]
# What reading and OCR need of the environment; passwords and keys stay here.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")

_starting = threading.Lock()
_reader: ReaderProcess | None = None


def read_bounded(data: bytes, name: str) -> Reading:
    """`pipeline.read` within the limits of the settings READER_SECONDS, READER_OCR_SECONDS and READER_MEMORY_MB.

    Raises `Unreadable` also for a file that exceeds them or ends the process. Sentences come in the language active
    here. May be called from any thread; files are read one after the other.
    """
    from django.conf import settings
    from django.utils.translation import get_language

    from cms.documents.pipeline import check_size

    check_size(len(data), name)
    return _process().read(data, name, get_language() or settings.LANGUAGE_CODE)


def _process() -> ReaderProcess:
    from django.conf import settings

    from .process import Limits, ReaderProcess

    global _reader
    with _starting:
        if _reader is None:
            limits = Limits(settings.READER_SECONDS, settings.READER_OCR_SECONDS, settings.READER_MEMORY_MB)
            options = {"memory_mb": limits.memory_mb, "locale_paths": [str(path) for path in settings.LOCALE_PATHS]}
            command = [sys.executable, "-m", "cms.documents.reader", json.dumps(options)]
            _reader = ReaderProcess(command, limits, folder=_ROOT, environment=environment())
            atexit.register(_reader.close)
        return _reader


def environment() -> dict[str, str]:
    """The environment of the process: no secrets, our code on its path, one arena so that memory is what is used."""
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def _forget_after_fork() -> None:
    """A forked process must neither talk to its parent's reader nor hold its pipes open."""
    global _reader, _starting
    _starting = threading.Lock()
    if _reader is not None:
        atexit.unregister(_reader.close)
        _reader.abandon()
        _reader = None


os.register_at_fork(after_in_child=_forget_after_fork)
