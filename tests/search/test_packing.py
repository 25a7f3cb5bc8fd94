"""Facts told by the bits of one score."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.elasticsearch_query import ElasticsearchCompiler
from search.engines.packing import BITS, packed
from search.engines.signals import Ask

COMPILER = ElasticsearchCompiler()


def f32(value: float) -> float:
    """As an engine keeps a score."""
    return struct.unpack("f", struct.pack("f", value))[0]


def adds(query: dict) -> list[tuple[str, float]]:
    """(which query, what it adds) of a packed query."""
    clauses = query["bool"]["should"] if "bool" in query else [query]
    return [(c["constant_score"]["filter"]["term"]["x"], c["constant_score"]["boost"]) for c in clauses]


def flag(name: str) -> Ask:
    return Ask(COMPILER.term("x", name), False, scored=False)


def weighed(name: str, weights: list[float]) -> Ask:
    return Ask(None, False, parts=[(COMPILER.term("x", f"{name}{i}"), weight) for i, weight in enumerate(weights)])


weights = st.lists(st.floats(0.01, 20), min_size=1, max_size=64)


@given(st.integers(0, 12), st.lists(weights, max_size=4), st.data())
def test_what_holds_is_read_from_the_score_whatever_else_holds(flags, all_weights, data):
    asks = {f"f{i}": flag(f"f{i}") for i in range(flags)}
    asks |= {f"w{i}": weighed(f"w{i}_", own) for i, own in enumerate(all_weights)}
    told: dict[str, dict] = {}
    chosen: set[str] = set()
    for pack in packed(asks, COMPILER):
        added = adds(pack.query)
        holds = {which for which, _ in added if data.draw(st.booleans())}
        chosen |= holds
        score = 0.0
        for which, worth in added:
            score = f32(score + worth) if which in holds else score
        told |= pack.told([("document:1", score)])
    for i in range(flags):
        assert ("document:1" in told[f"f{i}"]) == (f"f{i}" in chosen)
    for i, own in enumerate(all_weights):
        due = sum(weight for j, weight in enumerate(own) if f"w{i}_{j}" in chosen)
        assert told[f"w{i}"].get("document:1", 0.0) == pytest.approx(due, abs=sum(own) * len(own) / 4_000)


def test_no_score_needs_more_bits_than_a_float_has():
    asks = {f"f{i}": flag(f"f{i}") for i in range(60)} | {"w": weighed("w", [1.0] * 64)}
    packs = packed(asks, COMPILER)
    assert len(packs) == 3
    assert all(sum(worth for _, worth in adds(pack.query)) < 2**BITS for pack in packs)


def test_equal_weights_are_counted_exactly():
    (pack,) = packed({"accents": weighed("a", [1.0] * 5)}, COMPILER)
    assert pack.told([("a", 5.0), ("b", 2.0), ("b", 3.0)]) == {"accents": {"a": 5.0, "b": 3.0}}


def test_nothing_asked_is_nothing_sent():
    assert packed({}, COMPILER) == []
