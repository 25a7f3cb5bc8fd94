"""Answers over 100,000 made passages: the whole service beside one bare query of the library, in one run.

Passages are syllables drawn as often as words are in any language (rank x frequency = constant), so common questions
match nearly everything, which is what makes them slow. ``python -m tests.bench.search [PASSAGES]`` runs it alone.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from search.engines.tantivy import TantivyEngine
from search.evaluate import percentile
from search.query import parse
from search.registry import Entry, Passage
from search.service import search
from search.syllables import RIMES, TONES, written

PASSAGES = 100_000
IN_DOCUMENT = 20
WORDS = (20, 60)
QUESTIONS = 40
ONSETS = ("", "b", "ch", "đ", "h", "kh", "l", "m", "n", "nh", "ph", "t", "th", "tr", "v")
BUDGET_MS = 300


def vocabulary() -> list[str]:
    """Syllables, the commonest first; the order is made once and stays."""
    words = [
        made
        for onset in ONSETS
        for rime in sorted(RIMES)
        for tone in ("", *TONES.values())
        if (made := written(onset + rime, tone))
    ]
    random.Random(1).shuffle(words)
    return words


def entries(words: list[str], passages: int) -> Iterator[Entry]:
    """Documents of twenty passages, with numbers, years and issuers."""
    rnd = random.Random(2)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(length: int) -> str:
        return " ".join(rnd.choices(words, cum_weights=weights, k=length))

    for number in range(passages // IN_DOCUMENT):
        facets = {
            "year": ((str(2015 + number % 11),) * 2,),
            "issuer": ((f"cq{number % 60}", f"Cơ quan {number % 60}"),),
        }
        made = tuple(Passage(f"p-{i}", (f"Mục {i}",), text(rnd.randint(*WORDS))) for i in range(IN_DOCUMENT))
        yield Entry(
            f"document:{number}", "document", text(8), f"/{number}/", f"{number}/KH-UBND", facets=facets, passages=made
        )


def questions(words: list[str]) -> dict[str, list[str]]:
    """By class: what they ask for is common or rare, one word or a sentence."""
    rnd = random.Random(3)

    def some(low: int, high: int, length: int) -> list[str]:
        return [" ".join(rnd.choices(words[low:high], k=length)) for _ in range(QUESTIONS)]

    return {
        "rare": some(2_000, 4_000, 1),
        "common": some(0, 30, 1),
        "two common": some(0, 30, 2),
        "three": some(50, 400, 3),
        "sentence": some(0, 400, 14),
        "number": [f"{rnd.randrange(4_000)} kh ubnd" for _ in range(QUESTIONS)],
        "slip": [f"{text} qzx{text[:3]}" for text in some(50, 400, 2)],
    }


def timed(call: Callable[[str], object], asked: list[str]) -> list[float]:
    """Milliseconds of each question, the better of two turns."""
    turns = []
    for _ in range(2):
        times = []
        for question in asked:
            began = time.perf_counter()
            call(question)
            times.append((time.perf_counter() - began) * 1000)
        turns.append(times)
    return [min(pair) for pair in zip(*turns, strict=True)]


def measure(passages: int = PASSAGES) -> None:
    words = vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder))
        began = time.perf_counter()
        with engine.building() as builder:
            builder.write(entries(words, passages))
            builder.publish()
        spent = time.perf_counter() - began
        print(f"\nSearch over {passages:,} passages, built in {spent:.0f} s (ms; ratio to the bare call)")
        reader = engine.reader()
        compiler = reader._of_documents

        def bare(question: str) -> object:
            every = compiler.every([compiler.term("all_u", token) for token in parse(question).words])
            return reader._documents.search(every, limit=10)

        print(f"  {'':<12}{'bare p50':>10}{'p95':>8}{'service p50':>13}{'p95':>8}{'ratio p95':>11}")
        worst = 0.0
        for name, asked in questions(words).items():
            low, whole = timed(bare, asked), timed(lambda q: search(q, engine=engine), asked)
            p95 = percentile(whole, 0.95)
            worst = max(worst, p95)
            print(
                f"  {name:<12}{statistics.median(low):10.2f}{percentile(low, 0.95):8.2f}"
                f"{statistics.median(whole):13.1f}{p95:8.1f}{p95 / max(percentile(low, 0.95), 0.01):11.0f}"
            )
        print(f"  the slowest class is at {worst / BUDGET_MS:.0%} of {BUDGET_MS} ms")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES)
