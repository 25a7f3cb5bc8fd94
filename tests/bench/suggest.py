"""What is offered while someone types, over 100,000 made passages: every stroke of numbers, titles and names, timed in
the service (CPU time, the steadier measure on a shared machine, beside the clock's).

``python -m tests.bench.suggest [PASSAGES] [IN_DOCUMENT]`` runs it alone; with one passage a document there are as many
titles as passages.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from search import registry
from search.engines.tantivy import TantivyEngine
from search.evaluate import percentile
from search.letters import strip_marks
from search.registry import Entry
from search.suggest import suggest
from tests.bench.search import IN_DOCUMENT, PASSAGES, entries, vocabulary

TITLES = 60
BUDGET_MS = 10


class Documents:
    kind = "document"


class Schools:
    kind = "organisation"
    is_named = True


def site(words: list[str], passages: int, in_document: int) -> Iterator[Entry]:
    """The documents of the search bench, and a school for every twenty of them."""
    rnd = random.Random(5)
    for number, entry in enumerate(entries(words, passages * IN_DOCUMENT // in_document)):
        yield replace(entry, passages=entry.passages[:in_document])
        if number % 20 == 0:
            name = f"Trường {' '.join(rnd.choices(words[:2_000], k=4))}"
            yield Entry(f"organisation:{number}", "organisation", name, f"/co-quan/{number}/")


def strokes(titles: list[str], numbers: list[str]) -> dict[str, list[str]]:
    """What stands in the field after every key, typed with marks, without, from the middle of a title, as numbers."""
    rnd = random.Random(6)
    some = rnd.sample(titles, min(TITLES, len(titles)))

    def growing(text: str) -> list[str]:
        return [text[:i] for i in range(1, min(len(text), 25) + 1)]

    return {
        "title": [q for title in some for q in growing(title)],
        "no marks": [q for title in some for q in growing(strip_marks(title))],
        "middle": [q for title in some for q in growing(" ".join(title.split()[2:]))],
        "number": [q for number in rnd.sample(numbers, min(TITLES, len(numbers))) for q in growing(number)],
    }


def measure(passages: int = PASSAGES, in_document: int = IN_DOCUMENT) -> float:
    """Prints the table; the p95 of all strokes."""
    from search import suggest as module

    words = vocabulary()
    titles, numbers = [], []

    def noted() -> Iterator[Entry]:
        for entry in site(words, passages, in_document):
            titles.append(entry.title)
            numbers.extend(filter(None, [entry.number]))
            yield entry

    known, asked = registry._registered, module.engine
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        with engine.building() as builder:
            builder.write(noted())
            builder.publish()
        try:
            registry._registered = {room.kind: room for room in (Documents(), Schools())}
            module.engine = lambda _name: engine
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(f"\nSuggestions over {passages:,} passages, {len(titles):,} titles (CPU ms a stroke)")
            print(f"  {'':<12}{'strokes':>8}{'p50':>8}{'p95':>8}{'max':>8}{'clock p95':>11}")
            every = []
            for name, typed in strokes(titles, numbers).items():
                times, clock = [], []
                for q in typed:
                    began, began_cpu = time.perf_counter(), time.thread_time()
                    suggest(q)
                    times.append((time.thread_time() - began_cpu) * 1000)
                    clock.append((time.perf_counter() - began) * 1000)
                every += times
                print(
                    f"  {name:<12}{len(times):8}{statistics.median(times):8.2f}"
                    f"{percentile(times, 0.95):8.2f}{max(times):8.2f}{percentile(clock, 0.95):11.2f}"
                )
            p95 = percentile(every, 0.95)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            print(
                f"  p95 of all {p95:.2f} ms, {p95 / BUDGET_MS:.0%} of {BUDGET_MS} ms; memory grew by {grown // 1024} MB"
            )
            return p95
        finally:
            registry._registered, module.engine = known, asked


if __name__ == "__main__":
    measure(*map(int, sys.argv[1:]))
