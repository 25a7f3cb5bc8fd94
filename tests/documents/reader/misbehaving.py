"""A reader that does what its file tells it to. Started as a program, with the real side of the child around it."""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cms.documents.pipeline import Reading, Unreadable, patience, read
from cms.documents.reader import frames, works
from cms.documents.reader.child import main


def misbehave(data: bytes, name: str) -> Reading:
    order, _, rest = data.decode().partition(" ")
    if order == "loop":
        while True:
            pass
    if order == "stuck":  # in C, nothing else of Python runs meanwhile
        re.match(r"(a|aa)+$", "a" * 60 + "b")
    if order == "sleep":
        time.sleep(float(rest))
    if order == "recognise":
        patience.slow_work_begins()
        time.sleep(float(rest))
    if order == "pages":
        for done in range(1, int(rest) + 1):
            patience.progress(done, int(rest))
            time.sleep(0.01)
    if order == "chatter":
        while True:
            os.write(_answers(), frames.progress_frame(1, 1, 2))
    if order == "limits":
        raise Unreadable(json.dumps(resource.getrlimit(resource.RLIMIT_AS)))
    if order == "memory":
        return [bytearray(50_000_000) for _ in range(1000)]
    if order == "litter":
        Path(tempfile.mkdtemp(), "half.pdf").write_bytes(data)
        subprocess.Popen(["sleep", "60"])
        order = rest
    if order == "sleep on":
        time.sleep(60)
    if order == "die":
        os.abort()
    if order == "fail":
        raise KeyError(rest)
    if order == "object":
        return {"no": "reading"}
    if order == "print":
        print("noise of a library")
        os.write(1, b"\x00noise of a C library")
    if order == "environment":
        raise Unreadable(json.dumps(sorted(os.environ)))
    if order == "descriptors":
        raise Unreadable(json.dumps([os.readlink(f"/proc/self/fd/{fd}") for fd in _open()]))
    return read(data, name)


def _open() -> list[int]:
    return [fd for fd in range(256) if os.path.exists(f"/proc/self/fd/{fd}")]


def _answers() -> int:
    """The pipe to the parent: the last of the two the child has moved its own to."""
    return max(fd for fd in _open() if os.readlink(f"/proc/self/fd/{fd}").startswith("pipe:") and fd > 2)


def _read(data: bytes, about: works.About) -> bytes:
    return frames.pack_reading(misbehave(data, about["name"]))


if __name__ == "__main__":
    main(works.ALL | {"read": _read}, sys.argv[1:])
