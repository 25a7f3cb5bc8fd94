"""Answers over 100,000 made passages: the whole service, with facets and excerpts, beside one bare call of the engine.

The bare call is the same question asked of the library alone: what matches, scored, the ten first as they are kept, the
exact number of all and the counts of the facets. It plans nothing, knows no signal, picks no passage and marks nothing.
Service and bare call are asked in turns, three rounds; printed are medians of the rounds. On a busy machine believe
the processor's time and the differences, not the clock.

    python -m tests.bench.search [PASSAGES] [tantivy|elasticsearch ...]

Without names: both, Elasticsearch where it can be had.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = 100_000
ROUNDS = 3
TARGETS = {  # engine -> p95 at 100,000 passages, at 1,000,000
    "tantivy": (15, 40),
    "elasticsearch": (30, 120),
}
HEAP_MB = {100_000: 1_024, 1_000_000: 2_048}
"""Of Elasticsearch, by passages."""


@dataclass(frozen=True)
class Spent:
    """Milliseconds of each question: by the clock, and of this thread's processor."""

    wall: list[float]
    cpu: list[float]


def once(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.thread_time()
    call()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000


def interleaved(calls: dict[str, Callable[[str], object]], asked: list[str]) -> dict[str, Spent]:
    """Each question of each call in turns, in three rounds: the median of each question's."""
    spent: dict[str, list[list[tuple[float, float]]]] = {name: [[] for _ in asked] for name in calls}
    for turn in range(ROUNDS + 1):
        for i, question in enumerate(asked):
            for name, call in calls.items():
                measured = once(lambda c=call, q=question: c(q))
                if turn:  # the first round warms
                    spent[name][i].append(measured)
    return {
        name: Spent(
            [statistics.median(wall for wall, _ in own) for own in each],
            [statistics.median(cpu for _, cpu in own) for own in each],
        )
        for name, each in spent.items()
    }


def bare_of(engine) -> Callable[[str], object]:
    """The bare call of an engine's library."""
    from search.query import parse, plan

    reader = engine.reader()
    plans: dict[str, object] = {}

    def planned(question: str):
        if question not in plans:
            plans[question] = plan(parse(question), reader.vocab)
        return plans[question]

    def tantivy(question: str) -> object:
        query = reader._of_documents.documents(planned(question), {})
        found = reader._documents.search(query, limit=10)
        counted = reader._documents.aggregate(query, {"facet": {"terms": {"field": "facet", "size": 2_000}}})
        return [reader._documents.doc(address) for _, address in found.hits], counted

    def elasticsearch(question: str) -> object:
        return reader.search(
            query=reader._of_documents.documents(planned(question), {}),
            size=10,
            stored_fields=["record"],
            source=False,
            track_total_hits=True,
            aggregations={"facet": {"terms": {"field": "facet", "size": 2_000}}},
        )

    return {"tantivy": tantivy, "elasticsearch": elasticsearch}[engine.name]


def fill(engine, passages: int) -> None:
    """Build, and say how fast: what making the passages takes is measured alone and taken off."""
    from .collection import entries, real_texts, vocabulary

    words, real = vocabulary(), real_texts()
    sample = min(passages, 50_000)
    began = time.thread_time()
    made = sum(len(entry.passages) for entry in entries(words, sample, real))
    making = (time.thread_time() - began) / made * passages
    began, cpu = time.perf_counter(), time.process_time()
    with engine.building() as builder:
        builder.write(entries(words, passages, real))
        builder.publish()
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"\n{engine.name}: {passages:,} passages built in {wall:.0f} s: {passages / (wall - making):,.0f} a second "
        f"by the clock; {(cpu - making) / passages * 1e6:.0f} µs of processor each, on several threads",
        flush=True,
    )


def ask(engine, passages: int) -> None:
    """Every class of question; the table, and what it comes to."""
    from search.evaluate import percentile
    from search.service import search

    from .collection import IN_DOCUMENT, questions, vocabulary

    def p95(values: list[float]) -> float:
        return percentile(values, 0.95)

    calls = {"bare": bare_of(engine), "service": lambda question: search(question, engine=engine)}
    print(f"  load {os.getloadavg()[0]:.1f}; ms, wall p50/p95 and processor p95")
    print(
        f"  {'':<11}{'bare':>14}{'cpu':>7}{'service':>15}{'cpu':>7}{'p95 over bare':>15}{'cpu':>7}{'of bare':>9}",
        flush=True,
    )
    worst: dict[str, tuple[float, float]] = {}
    for name, asked in questions(vocabulary(), passages // IN_DOCUMENT).items():
        spent = interleaved(calls, asked)
        bare, whole = spent["bare"], spent["service"]
        more, times = p95(whole.wall) - p95(bare.wall), p95(whole.wall) / p95(bare.wall)
        worst[name] = p95(whole.wall), p95(whole.cpu)
        print(
            f"  {name:<11}{statistics.median(bare.wall):7.1f}{p95(bare.wall):7.1f}{p95(bare.cpu):7.1f}"
            f"{statistics.median(whole.wall):8.1f}{p95(whole.wall):7.1f}{p95(whole.cpu):7.1f}{more:15.1f}"
            f"{p95(whole.cpu) - p95(bare.cpu):7.1f}{times:9.1f}",
            flush=True,
        )
    target = TARGETS[engine.name][passages > PASSAGES]
    (slowest, own), (rare, rare_cpu) = max(worst.values()), worst["rare"]
    print(
        f"  the slowest class: p95 {slowest:.1f} ms (to reach: {target}), {slowest / rare:.1f} times the rare one "
        f"(processor {own / rare_cpu:.1f}; to reach: 5)"
    )


@contextmanager
def cluster(passages: int, beside) -> Iterator[object]:
    """A cluster's engine over a server of this run's own. Raises ``Unavailable``."""
    from search.engines.elasticsearch import ElasticsearchEngine
    from search.engines.elasticsearch_client import connect
    from search.server.distribution import obtain
    from search.server.node import Node

    heap = HEAP_MB[PASSAGES] if passages <= PASSAGES else HEAP_MB[1_000_000]
    node = Node(obtain(ROOT / "var" / "es"), heap_mb=heap)
    try:
        node.start()
        node.wait()
        yield ElasticsearchEngine(connect((node.url,)), "bench", beside=beside)
    finally:
        node.stop()


def measure(passages: int = PASSAGES, names: tuple[str, ...] = ("tantivy", "elasticsearch")) -> None:
    """All figures, in a site that is set up (``tests.bench.site``)."""
    from search.engines.tantivy import TantivyEngine
    from search.server.distribution import Unavailable

    from .worker import memory

    with tempfile.TemporaryDirectory() as folder:
        embedded = TantivyEngine(Path(folder) / "search" / "tantivy")
        fill(embedded, passages)
        if "tantivy" in names:
            ask(embedded, passages)
            before, after = memory(Path(folder))
            print(f"  a web worker: {before} at first, {after} after its questions (to reach: 200 MB)")
        if "elasticsearch" in names:
            try:
                with cluster(passages, embedded) as engine:
                    fill(engine, passages)
                    ask(engine, passages)
            except Unavailable as error:
                print(f"\nelasticsearch: not measured: {error}")


if __name__ == "__main__":
    from .site import site

    chosen = tuple(word for word in sys.argv[1:] if not word.isdigit())
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    with site():
        measure(*(numbers or [PASSAGES]), *([chosen] if chosen else []))
