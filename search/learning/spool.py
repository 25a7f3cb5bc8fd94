"""A file that lines are added to at once and taken from in bulk: what the search page leaves behind costs the reader
some 30 microseconds and no statement.

Several processes may add while one takes. A line is added under a shared lock of the file that is there at that
moment; taking renames the file under the exclusive lock, so that nothing is added to what is being read. What was
taken stays on the disk until it is said to be ``done``: a crash in between loses nothing."""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NAME = "spool.jsonl"
MOST_BYTES = 32 * 1024 * 1024
"""Where nobody takes, the disk is not filled."""
_ATTEMPTS = 5


def add(folder: Path, line: Mapping[str, Any]) -> bool:
    """Add a line; False where it was left out, because nobody takes. Raises ``OSError``."""
    data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    path = folder / NAME
    for _attempt in range(_ATTEMPTS):
        handle = _opened(path)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            size = _size_if_same(handle, path)
            if size is None:
                continue
            if size > MOST_BYTES:
                return False
            os.write(handle, data)
            return True
        finally:
            os.close(handle)
    return False


def _opened(path: Path) -> int:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags, 0o600)


def _size_if_same(handle: int, path: Path) -> int | None:
    """None where the file was taken between opening and locking it."""
    mine = os.fstat(handle)
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return None
    return mine.st_size if (mine.st_ino, mine.st_dev) == (there.st_ino, there.st_dev) else None


def take(folder: Path) -> list[Path]:
    """The files to be read now, the oldest first: those left by a crash, and what has been added since. One process
    takes at a time; the caller sees to that."""
    path = folder / NAME
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        pass
    else:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            os.rename(path, folder / f"taken-{time.time_ns()}.jsonl")
        finally:
            os.close(handle)
    return sorted(folder.glob("taken-*.jsonl"))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """What stands in a file; a line that cannot be read (a full disk cut it) is left out."""
    with open(path, encoding="utf-8", errors="replace") as handle:
        for line in handle:
            try:
                item = json.loads(line)
            except ValueError:
                continue
            if isinstance(item, dict):
                yield item


def done(path: Path) -> None:
    """The file has been dealt with."""
    path.unlink(missing_ok=True)
