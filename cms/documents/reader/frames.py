"""What travels between the site and its reader: frames of a kind, the number of the file, a length and as many bytes.

An answer is data, never code: only the pipeline's own dataclasses and enumerations, dates and decimal numbers are
made from it. Before its answer a child may say that it takes longer (`SLOW`) and how far it is (`PROGRESS`).
"""

import io
import json
import pickle
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any

from cms.documents.pipeline import Reading

HEADER = struct.Struct(">cIQ")
_LENGTH = struct.Struct(">I")
_PROGRESS = struct.Struct(">II")
_MOST = 0xFFFFFFFF
_PNG = b"\x89PNG\r\n\x1a\n"
_PLAIN = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}
_PACKAGE = "cms.documents.pipeline."

FILE = b"Q"
READY = b"A"
READING = b"R"
IMAGE = b"I"
TEXTS = b"T"
UNREADABLE = b"U"
NO_PAGE = b"N"
BAD_VALUE = b"V"
SLOW = b"S"
PROGRESS = b"P"
MEMORY = b"M"
FAILED = b"F"
ANSWERS = frozenset({READY, READING, IMAGE, TEXTS, UNREADABLE, NO_PAGE, BAD_VALUE, SLOW, PROGRESS, MEMORY, FAILED})
MAX_ANSWER = 256 * 1024 * 1024


class Garbage(Exception):
    """Bytes that are no answer."""


def frame(kind: bytes, serial: int, payload: bytes = b"") -> bytes:
    """One frame, ready to send."""
    return HEADER.pack(kind, serial, len(payload)) + payload


def file_frame(serial: int, data: bytes, **about: Any) -> bytes:
    """A file, what is to be done with it (`work`, a key of `WORKS`) and what is to be known of it (name, …)."""
    head = json.dumps(about).encode()
    return frame(FILE, serial, b"".join((_LENGTH.pack(len(head)), head, data)))


def file_of(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """What `file_frame` was given."""
    (length,) = _LENGTH.unpack_from(payload)
    start = _LENGTH.size + length
    return json.loads(payload[_LENGTH.size : start]), payload[start:]


def take(buffer: bytearray) -> tuple[bytes, int, bytes] | None:
    """The first whole frame of `buffer`, removed from it, or None. Raises `Garbage` where there can be none."""
    if len(buffer) < HEADER.size:
        return None
    kind, serial, length = HEADER.unpack_from(buffer)
    if kind not in ANSWERS or length > MAX_ANSWER:
        raise Garbage
    end = HEADER.size + length
    if len(buffer) < end:
        return None
    payload = bytes(memoryview(buffer)[HEADER.size : end])
    del buffer[:end]
    return kind, serial, payload


def progress_frame(serial: int, done: int, total: int) -> bytes:
    """So many pages of so many."""
    return frame(PROGRESS, serial, _PROGRESS.pack(*(min(max(count, 0), _MOST) for count in (done, total))))


def unpack_progress(payload: bytes) -> tuple[int, int]:
    """What `progress_frame` was given. Raises `Garbage`."""
    if len(payload) != _PROGRESS.size:
        raise Garbage
    return _PROGRESS.unpack(payload)


def unpack_image(payload: bytes) -> bytes:
    """The picture itself. Raises `Garbage` for what does not begin like a PNG."""
    if not payload.startswith(_PNG):
        raise Garbage
    return payload


def pack_texts(texts: Iterable[str]) -> bytes:
    return json.dumps(list(texts), ensure_ascii=True).encode()


def unpack_texts(payload: bytes) -> tuple[str, ...]:
    """The texts packed in `payload`. Raises `Garbage` for anything else."""
    try:
        texts = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise Garbage from error
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Garbage
    return tuple(texts)


def pack_reading(reading: Reading) -> bytes:
    return pickle.dumps(reading, protocol=5)


def unpack_reading(payload: bytes) -> Reading:
    """The reading packed in `payload`. Raises `Garbage` for anything else."""
    try:
        reading = _Unpickler(io.BytesIO(payload)).load()
    except Exception as error:  # a damaged pickle raises nearly anything
        raise Garbage from error
    if not isinstance(reading, Reading):
        raise Garbage
    return reading


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if plain := _PLAIN.get((module, name)):
            return plain
        if module.startswith(_PACKAGE) and name.isidentifier():
            found = getattr(import_module(module), name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


@dataclass(frozen=True)
class Work:
    """What can be done with a file: the kind of its answer, and how that is unpacked (raises `Garbage`)."""

    kind: bytes
    unpack: Callable[[bytes], Any]


WORKS = {
    "read": Work(READING, unpack_reading),
    "image": Work(IMAGE, unpack_image),
    "texts": Work(TEXTS, unpack_texts),
    "signatures": Work(TEXTS, unpack_texts),
}
