"""The site's side of the reader: one child process, one file at a time, a deadline for each."""

import contextlib
import logging
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.documents.pipeline import Unreadable

from . import frames

logger = logging.getLogger(__name__)

_CHUNK = 256 * 1024
_TELL_EVERY = 0.25
_SAID_BEFORE = (frames.SLOW, frames.PROGRESS)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Limits:
    """What one file may take. `files`: after so many the process is replaced, whatever it may have leaked."""

    seconds: float = 60
    slow_seconds: float = 180
    memory_mb: int = 512
    start_seconds: float = 30
    files: int = 200


class _Stopped(Exception):
    """The process ended, or answered what is no answer."""


class _TookTooLong(Exception):
    """The deadline passed; `seconds` it was."""

    def __init__(self, seconds: float):
        super().__init__(seconds)
        self.seconds = seconds


class ReaderProcess:
    """Starts `command` when first needed and speaks `frames` with it over its standard input and output."""

    def __init__(
        self, command: Sequence[str], limits: Limits, *, folder: Path | None = None, environment: Mapping[str, str]
    ):
        self._command, self._limits, self._folder = list(command), limits, folder
        self._environment = dict(environment)
        self._lock = threading.Lock()
        self._child: subprocess.Popen | None = None
        self._temporary = ""
        self._buffer = bytearray()
        self._serial = 0
        self._files = 0

    @property
    def pid(self) -> int | None:
        """The child's process number while there is one."""
        return self._child.pid if self._child else None

    def ask(
        self, work: str, data: bytes, name: str, language: str, *, progress: Progress | None = None, **about: Any
    ) -> Any:
        """What the child makes of `data`: `work` is a key of `frames.WORKS`, `about` what it must know besides.

        Raises `IndexError` for a page and `ValueError` for a value the child refuses, `Unreadable` in every other case,
        saying what to do. `progress(done, total)` is called in this thread, a few times a second at most.
        """
        if not self._lock.acquire(timeout=self._limits.slow_seconds):
            raise _unreadable(_BUSY, name)
        try:
            self._start(name)
            kind, payload = self._answer(
                data, progress or _no_progress, name=name, language=language, work=work, **about
            )
            if kind == frames.WORKS[work].kind:
                return frames.WORKS[work].unpack(payload)
        except (_Stopped, frames.Garbage) as error:
            logger.warning("The reader stopped (%s) at a file of %d bytes.", self._stop(), len(data), exc_info=error)
            raise _unreadable(_STOPPED, name) from error
        except _TookTooLong as error:
            self._stop()
            raise _unreadable(_TOO_LONG, name, seconds=f"{error.seconds:g}") from error
        except BaseException:  # an interrupt between question and answer: the answer must not be the next file's
            self._stop()
            raise
        finally:
            self._lock.release()
        if kind == frames.UNREADABLE:
            raise Unreadable(payload.decode("utf-8", "replace"))
        if kind == frames.NO_PAGE:
            raise IndexError(name)
        if kind == frames.BAD_VALUE:
            raise ValueError(name)
        if kind == frames.MEMORY:
            raise _unreadable(_TOO_LARGE, name, limit=self._limits.memory_mb)
        logger.error("Reading a file of %d bytes failed.\n%s", len(data), payload.decode("utf-8", "replace"))
        raise _unreadable(_STOPPED, name)

    def close(self) -> None:
        """End the child, also in the middle of a file; the next file starts another."""
        if not self._lock.acquire(timeout=0.1):
            if child := self._child:
                _kill(child)
            if not self._lock.acquire(timeout=2):
                return
        try:
            self._stop()
        finally:
            self._lock.release()

    def abandon(self) -> None:
        """Let go of a child that belongs to the process this one was forked from."""
        child, self._child, self._temporary, self._lock = self._child, None, "", threading.Lock()
        if child:
            for pipe in (child.stdin, child.stdout):
                pipe.close()
            child.returncode = 0  # not ours to wait for

    def _answer(self, data: bytes, progress: Progress, **about: Any) -> tuple[bytes, bytes]:
        self._serial += 1
        self._files += 1
        limits = self._limits
        question = frames.file_frame(
            self._serial, data, **about, seconds=limits.seconds, slow_seconds=limits.slow_seconds
        )
        allowed, started, told = limits.seconds, time.monotonic(), 0.0
        while True:
            kind, serial, payload = self._exchange(question, started + allowed, allowed)
            question = b""
            if serial == self._serial and kind in _SAID_BEFORE:
                if kind == frames.SLOW:
                    allowed = limits.slow_seconds
                elif (now := time.monotonic()) - told >= _TELL_EVERY:
                    told = now
                    progress(*frames.unpack_progress(payload))
                if time.monotonic() > started + allowed:  # a child that talks without end
                    raise _TookTooLong(allowed)
                continue
            if serial != self._serial or kind == frames.READY or self._buffer:
                raise frames.Garbage
            if any(kind == work.kind != frames.WORKS[about["work"]].kind for work in frames.WORKS.values()):
                raise frames.Garbage
            if kind in (frames.MEMORY, frames.FAILED) or self._files >= limits.files:
                self._stop()
            return kind, payload

    def _start(self, name: str) -> None:
        if self._child and self._child.poll() is None:
            return
        self._stop()
        try:
            self._temporary = tempfile.mkdtemp(prefix="reader-")
            self._child = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
                cwd=self._folder, env=self._environment | {"TMPDIR": self._temporary}, start_new_session=True,
            )  # fmt: skip
            os.set_blocking(self._child.stdin.fileno(), False)
            os.set_blocking(self._child.stdout.fileno(), False)
            seconds = self._limits.start_seconds
            kind, _serial, _payload = self._exchange(b"", time.monotonic() + seconds, seconds)
            if kind != frames.READY:
                raise frames.Garbage
        except (OSError, _Stopped, _TookTooLong, frames.Garbage) as error:
            logger.exception("The reader of documents does not start (%s): %s", self._stop(), self._command[:3])
            raise _unreadable(_NOT_STARTED, name) from error

    def _exchange(self, question: bytes, deadline: float, allowed: float) -> tuple[bytes, int, bytes]:
        """Send `question` and wait for one frame, neither longer than until `deadline`."""
        left = memoryview(question)
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            if left:
                selector.register(self._child.stdin, selectors.EVENT_WRITE)
            while True:
                if found := frames.take(self._buffer):
                    return found
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise _TookTooLong(allowed)
                for key, _events in selector.select(remaining):
                    if key.fileobj is self._child.stdout:
                        self._receive()
                        continue
                    left = left[self._send(left) :]
                    if not left:
                        selector.unregister(self._child.stdin)

    def _receive(self) -> None:
        try:
            piece = os.read(self._child.stdout.fileno(), _CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise _Stopped from error
        if not piece:
            raise _Stopped
        self._buffer += piece

    def _send(self, left: memoryview) -> int:
        try:
            return os.write(self._child.stdin.fileno(), left[:_CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise _Stopped from error

    def _stop(self) -> str:
        """Kill the child and what it started, wait for it, and say how it ended."""
        child, self._child = self._child, None
        self._buffer.clear()
        self._files = 0
        folder, self._temporary = self._temporary, ""
        ended: int | str | None = "not running"
        if child is not None:
            ended = child.poll()
            _kill(child)
            for pipe in (child.stdin, child.stdout):
                pipe.close()
            child.wait()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        return "still running" if ended is None else f"exit status {ended}"


def _no_progress(done: int, total: int) -> None:
    """Nobody wants to know."""


def _kill(child: subprocess.Popen) -> None:
    """The child and whatever it has started: all are of its process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()


_TOO_LONG = _(
    "“{name}” was still being read after {seconds} seconds, so reading was stopped: the file is too long or too "
    "complicated. Split the document into parts, or save it as plain text (UTF-8), and upload it again."
)
_TOO_LARGE = _(
    "Reading “{name}” takes more than {limit} MB of memory: the file is too large or too complicated. Leave out the "
    "pictures, split the document into parts, or save it as plain text (UTF-8), and upload it again."
)
_STOPPED = _(
    "“{name}” made the reader stop, so the file is probably damaged. Open it in its own program, save it under a new "
    "name, or as plain text (UTF-8), and upload the result."
)
_BUSY = _("“{name}” was not read: other files have kept the reader busy. Upload it again in a few minutes.")
_NOT_STARTED = _(
    "“{name}” was not read: the reader of documents does not start on this server. The file is not to blame; tell the "
    "administrator, the server’s log says why."
)


def _unreadable(message: str | Promise, name: str, **values: object) -> Unreadable:
    return Unreadable(format_lazy(message, name=name, **values))
