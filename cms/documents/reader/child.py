"""The reader's own side: takes a file from its parent, reads it within limits, answers, waits for the next.

It holds no database, no settings of the site and no secrets; it ends when its parent does.
"""

import contextlib
import json
import os
import queue
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from typing import Any, BinaryIO

from django.utils import translation

from cms.documents.pipeline import Unreadable, patience

from . import frames
from .works import Doing, NotThere

# The parent gives up first; the alarm is for a child whose parent cannot.
_GRACE_SECONDS = 5
_TELL_EVERY = 0.25


def main(works: Mapping[str, Doing], arguments: list[str]) -> None:
    """Serve the parent on standard input and output until it ends. `arguments`: one JSON object of options.

    `works` are the functions for the keys of `frames.WORKS`.
    """
    options = json.loads(arguments[0])
    incoming, outgoing = _own_pipes()
    _prepare_translations(options.get("locale_paths", []))
    files: queue.SimpleQueue = queue.SimpleQueue()
    threading.stack_size(256 * 1024)
    threading.Thread(target=_receive, args=(incoming, files), daemon=True).start()
    _limit_memory(options["memory_mb"], options.get("ocr_memory_mb", 0))
    outgoing.write(frames.frame(frames.READY, 0))
    _serve(works, files, outgoing)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes to the parent, moved where no library prints to: standard output becomes standard error."""
    incoming, outgoing = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return open(incoming, "rb"), open(outgoing, "wb", buffering=0)


def _prepare_translations(locale_paths: list[str]) -> None:
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=locale_paths, INSTALLED_APPS=[])
    apps.populate([])


def _limit_memory(megabytes: int, most: int) -> None:
    """At most so much more address space than now. Where the system cannot say how much that is, no limit.

    Recognition of scanned pages, a program of its own, may take up to `most` megabytes (see `pdf.scanned`).
    """
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", encoding="ascii") as statm:
            pages = int(statm.read().split()[0])
        limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, max(limit, most * 1024 * 1024)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _receive(incoming: BinaryIO, files: queue.SimpleQueue) -> None:
    """Files as they come; the end of the pipe is the end of the parent, and of this process at once."""
    try:
        while head := incoming.read(frames.HEADER.size):
            _kind, serial, length = frames.HEADER.unpack(head)
            try:
                files.put((serial, *frames.file_of(incoming.read(length))))
            except MemoryError:
                files.put((serial, None, b""))
    finally:
        _end()


def _end() -> None:
    if os.getpid() == os.getpgrp():  # with whatever a recognition of pages has started
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _serve(works: Mapping[str, Doing], files: queue.SimpleQueue, outgoing: BinaryIO) -> None:
    now: dict[str, Any] = {}
    told = 0.0

    def slow_work_begins() -> None:
        signal.alarm(int(now["slow_seconds"]) + _GRACE_SECONDS)
        _write(outgoing, frames.frame(frames.SLOW, now["serial"]))

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _TELL_EVERY or done >= total:
            told = time.monotonic()
            _write(outgoing, frames.progress_frame(now["serial"], done, total))

    patience.listen(slow_work_begins)
    patience.watch(progress)
    while True:
        serial, about, data = files.get()
        kind, answer = frames.MEMORY, b""
        if about is not None:
            now |= about | {"serial": serial}
            signal.alarm(int(about["seconds"]) + _GRACE_SECONDS)
            kind, answer = _answer(works, data, about)
            signal.alarm(0)
        del data
        _write(outgoing, frames.frame(kind, serial, answer))


def _answer(works: Mapping[str, Doing], data: bytes, about: dict[str, Any]) -> tuple[bytes, bytes]:
    work = about["work"]
    with translation.override(about["language"]):
        try:
            return frames.WORKS[work].kind, works[work](data, about)
        except Unreadable as error:
            return frames.UNREADABLE, str(error).encode()
        except MemoryError:
            return frames.MEMORY, b""
        except NotThere as error:
            return error.kind, b""
        except Exception:
            return frames.FAILED, traceback.format_exc(limit=-20).encode("utf-8", "replace")


def _write(outgoing: BinaryIO, message: bytes) -> None:
    left = memoryview(message)
    try:
        while left:
            left = left[outgoing.write(left) :]
    except OSError:  # nobody listens any more
        sys.exit(0)
