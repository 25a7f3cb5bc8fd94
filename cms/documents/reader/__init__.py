"""Reading in a process of its own: what a file does to its reader is not done to the site.

`read_bounded` is `pipeline.read` with a limit on time and memory; `page_texts_bounded` and `page_image_bounded` are for
search and for looking at the original. Each process is started at its first file and kept; it is stopped and started
anew when a file ends it, exceeds a limit, or makes it answer nonsense. Pictures are drawn in a process of their own, so
that a long reading does not hold them up.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.documents.pipeline import Reading

    from .process import ReaderProcess

_ROOT = Path(__file__).resolve().parents[3]
# What reading and OCR need of the environment; passwords and keys stay here.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
_FILES, _PICTURES = "files", "pictures"
PICTURE_SECONDS = 20

_starting = threading.Lock()
_processes: dict[str, ReaderProcess] = {}


def read_bounded(data: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> Reading:
    """`pipeline.read` within the limits of the settings READER_SECONDS, READER_OCR_SECONDS and READER_MEMORY_MB.

    Raises `Unreadable` also for a file that exceeds them or ends the process. Sentences come in the language active
    here. May be called from any thread; files are read one after the other. `progress(pages done, pages in all)` is
    called in the calling thread, a few times a second at most; it begins anew when scanned pages are recognised.
    """
    return _asked(_FILES, "read", data, name, progress=progress)


def page_texts_bounded(data: bytes, name: str) -> tuple[str, ...]:
    """`pipeline.page_texts.page_texts`, within the same limits and in the same process as `read_bounded`."""
    return _asked(_FILES, "texts", data, name)


def signatures_bounded(data: bytes, name: str) -> list[dict]:
    """`pipeline.pdf.signatures.signatures` as JSON, within the same limits and in the same process."""
    return [json.loads(found) for found in _asked(_FILES, "signatures", data, name)]


def page_image_bounded(data: bytes, page: int, width: int, name: str) -> bytes:
    """`pipeline.pdf.images.page_image` within `PICTURE_SECONDS` and READER_MEMORY_MB, in a process of its own.

    Raises `Unreadable`, `IndexError` where there is no such page, `ValueError` for a width that is not drawn.
    """
    return _asked(_PICTURES, "image", data, name, page=page, width=width)


def _asked(kind: str, work: str, data: bytes, name: str, **about):
    from django.conf import settings
    from django.utils.translation import get_language

    from cms.documents.pipeline import check_size

    check_size(len(data), name)
    return _process(kind).ask(work, data, name, get_language() or settings.LANGUAGE_CODE, **about)


def _process(kind: str) -> ReaderProcess:
    from django.conf import settings

    from .process import Limits, ReaderProcess

    with _starting:
        if kind not in _processes:
            seconds = {
                _FILES: (settings.READER_SECONDS, settings.READER_OCR_SECONDS),
                _PICTURES: (PICTURE_SECONDS, PICTURE_SECONDS),
            }[kind]
            limits = Limits(*seconds, settings.READER_MEMORY_MB)
            options = {
                "memory_mb": limits.memory_mb,
                "ocr_memory_mb": settings.READER_OCR_MEMORY_MB,
                "locale_paths": [str(path) for path in settings.LOCALE_PATHS],
            }
            command = [sys.executable, "-m", "cms.documents.reader", json.dumps(options)]
            _processes[kind] = ReaderProcess(command, limits, folder=_ROOT, environment=environment())
            atexit.register(_processes[kind].close)
        return _processes[kind]


def environment() -> dict[str, str]:
    """The environment of the process: no secrets, our code on its path, one arena so that memory is what is used."""
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def _forget_after_fork() -> None:
    """A forked process must neither talk to its parent's readers nor hold their pipes open."""
    global _starting
    _starting = threading.Lock()
    for process in _processes.values():
        atexit.unregister(process.close)
        process.abandon()
    _processes.clear()


os.register_at_fork(after_in_child=_forget_after_fork)
