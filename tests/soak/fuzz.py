"""Reads mutated files in a process of its own and says how it went.

``python -m tests.soak.fuzz KIND FIRST LAST`` reads the mutations FIRST to LAST - 1 and prints one JSON object.
Of its own, because PDFium and lxml are C: what ends the process must not end the tests, and the peak of memory is
this kind's alone. A file KIND may be followed by a path: the seed being read is kept there for who finds us dead.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES = {"text": "thử.txt", "docx": "thử.docx", "pdf": "thử.pdf"}
MOST_SECONDS = 5.0  # of processor time, for one file of a few kilobytes
MOST_MEGABYTES = 512
CHUNK = 2000  # files a process reads before a new one takes over


class Failure(AssertionError):
    """A mutation that was neither read nor refused. The message names kind and seed."""


@dataclass
class Tally:
    """How a number of mutations went: slowest in seconds of processor time, peak in megabytes of memory."""

    kind: str
    runs: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    slowest_seed: int = -1
    peak: int = 0

    def add(self, other: Tally) -> None:
        self.runs += other.runs
        self.read += other.read
        self.refused += other.refused
        if other.slowest > self.slowest:
            self.slowest, self.slowest_seed = other.slowest, other.slowest_seed
        self.peak = max(self.peak, other.peak)

    def __str__(self) -> str:
        return (
            f"{self.kind}: {self.runs:,} runs, {self.read:,} read, {self.refused:,} refused with a reason, 0 crashes, "
            f"slowest {self.slowest:.2f} s (seed {self.slowest_seed}), peak {self.peak} MB"
        )


def fuzz(kind: str, first: int, last: int) -> Tally:
    """Mutations first to last - 1, in processes of their own. Raises `Failure` with the seed at the first fault."""
    total = Tally(kind)
    for start in range(first, last, CHUNK):
        total.add(_in_process(kind, start, min(start + CHUNK, last)))
    return total


def _in_process(kind: str, first: int, last: int) -> Tally:
    with tempfile.NamedTemporaryFile(suffix=".seed") as seed_file:
        command = [sys.executable, "-m", "tests.soak.fuzz", kind, str(first), str(last), seed_file.name]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)])}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            seed = Path(seed_file.name).read_text() or "none yet"
            raise Failure(f"{kind}, seed {seed}: ended with {done.returncode}\n{done.stderr[-3000:]}")
    return Tally(**json.loads(done.stdout.strip().splitlines()[-1]))


def _peak_megabytes() -> int:
    """Of this program: ``ru_maxrss`` would begin with what its parent had when it forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) // 1024


def read_all(kind: str, first: int, last: int, seed_file: str = "") -> Tally:
    """The same in this process."""
    from .mutations import mutation

    tally = Tally(kind, runs=last - first)
    for seed in range(first, last):
        if seed_file:
            Path(seed_file).write_text(str(seed))
        data = mutation(kind, seed)
        began = time.process_time()
        was_read = _one(data, NAMES[kind])
        took = time.process_time() - began
        tally.read += was_read
        tally.refused += not was_read
        if took > tally.slowest:
            tally.slowest, tally.slowest_seed = round(took, 3), seed
        if took > MOST_SECONDS:
            raise Failure(f"{kind}, seed {seed}: took {took:.1f} s")
    tally.peak = _peak_megabytes()
    if tally.peak > MOST_MEGABYTES:
        raise Failure(f"{kind}, seeds {first} to {last - 1}: {tally.peak} MB")
    return tally


def _one(data: bytes, name: str) -> bool:
    """Whether it was read; False for a refusal that names the file. What was read must hold together."""
    from cms.documents.pipeline import Unreadable, find_citations, nodes_from_blocks, read
    from cms.documents.pipeline.abbreviations import find_abbreviations

    try:
        reading = read(data, name)
    except Unreadable as refused:
        assert name in str(refused), f"a refusal without the file's name: {refused}"
        return False
    anchors = [node.anchor for node in reading.nodes]
    assert len(anchors) == len(set(anchors)), "two nodes with one anchor"
    assert list(reading.nodes) == nodes_from_blocks(reading.blocks), "the blocks give other nodes"
    assert list(reading.citations) == find_citations(reading.nodes, reading.header.number_key), "other citations"
    json.dumps([reading.as_json(), [asdict(found) for found in find_abbreviations(reading.nodes)]])
    return True


def main(arguments: list[str]) -> None:
    import django
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    from cms.documents.pipeline.pdf import scanned

    scanned.ocr_command = lambda: None  # recognising noise would take minutes and try another program
    kind, first, last, *seed_file = arguments
    sys.stdout.write(json.dumps(asdict(read_all(kind, int(first), int(last), *seed_file))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
