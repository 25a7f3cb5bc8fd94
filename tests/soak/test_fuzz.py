"""Whatever bytes arrive as a file and whatever is typed into the search field: a clear answer, never a crash.

A seeded sample runs with every test run; ``make soak``, or this file with ``-m soak -s``, runs twenty thousand of each
kind and prints what docs/fuzzing.md holds.
"""

import random
import resource
import time

import pytest

from tests.factories import DocumentPageFactory

from .fuzz import Failure, Tally, fuzz, read_all
from .mutations import KINDS, MARK, mutation

AT_LENGTH = 20_000
SAMPLE = {"text": 200, "docx": 600, "pdf": 300}
QUERY_PIECES = [
    '"', "*", "AND", "OR", "NOT", "title:", "-", "+", "[", "]", "{", "}", "(", ")", "~", "^", "?", "\\", "/", "\x00",
    "\u202e", "😀", "ke hoach", "kế hoạch", "1937/KH-PGDĐT", "65%", "TTKDTM", " ", "\t", "̣", "ngaan hangf", "a" * 500,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_mutation_is_the_same_every_time(kind: str) -> None:
    assert mutation(kind, 7) == mutation(kind, 7)
    assert len({mutation(kind, seed) for seed in range(20)}) > 10
    assert all(mutation(kind, seed).startswith(MARK[kind]) for seed in range(20))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_broken_files(kind: str) -> None:
    tally = fuzz(kind, 0, SAMPLE[kind])
    assert tally.runs == SAMPLE[kind] == tally.read + tally.refused
    assert tally.read > tally.runs / 4, tally
    assert tally.refused > tally.runs / 20, tally


def test_what_ends_the_reader_is_told_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure itself can fail: a fault within, and a process that dies."""
    from cms.documents import pipeline

    monkeypatch.setattr(pipeline, "read", lambda data, name: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_all("text", 0, 1)
    with pytest.raises(Failure, match="another kind, seed 0"):
        fuzz("another kind", 0, 1)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_twenty_thousand_broken_files(kind: str, capsys: pytest.CaptureFixture) -> None:
    tally = fuzz(kind, 0, AT_LENGTH)
    with capsys.disabled():
        print(f"\n{tally}")


def ask_many(client, count: int, seed: int) -> Tally:
    """Odd questions at the public search page; a blank one is answered like any other."""
    rng = random.Random(seed)
    tally = Tally("questions", runs=count)
    for place in range(count):
        query = "".join(rng.choice(QUERY_PIECES) for _ in range(rng.randint(1, 30)))
        parameters = {
            "q": query,
            "trang": rng.choice(["", "1", "-1", "10" * 20, "x"]),
            "type": rng.choice(["", "plan", "?"]),
        }
        began = time.process_time()
        assert client.get("/tim-kiem/", parameters).status_code == 200, parameters
        if (took := time.process_time() - began) > tally.slowest:
            tally.slowest, tally.slowest_seed = took, place
        tally.read += 1
    tally.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return tally


@pytest.fixture
def something_to_find(db, committed):
    with committed():
        page = DocumentPageFactory(number="1937/KH-PGDĐT", body=[("text", "Kế hoạch: 65% thu qua TTKDTM.")])
        page.save_revision().publish()


def test_a_sample_of_odd_questions(something_to_find, reader):
    assert "1937/KH-PGDĐT" in reader.get("/tim-kiem/?q=ke+hoach").content.decode()
    ask_many(reader, 60, seed=20261122)


@pytest.mark.soak
def test_twenty_thousand_odd_questions(something_to_find, reader, capsys: pytest.CaptureFixture) -> None:
    tally = ask_many(reader, AT_LENGTH, seed=1)
    with capsys.disabled():
        print(f"\n{tally}")
