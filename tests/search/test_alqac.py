"""The public retrieval set ALQAC 2022: 1,377 articles, 520 questions, asked as a reader would ask."""

from pathlib import Path

import pytest

from search.engines.tantivy import TantivyEngine
from search.evaluate import evaluate, read_corpus, read_judgements

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
REACHED = 0.935
"""MRR@10 of folded syllables and pairs on tantivy."""


@pytest.mark.skipif(not EVAL.is_dir(), reason="../shared/eval is not on this machine")
def test_retrieval_is_as_good_as_was_reached(tmp_path, capsys):
    engine = TantivyEngine(tmp_path)
    with engine.building() as builder:
        builder.write(read_corpus(EVAL / "alqac2022_corpus.jsonl"))
        builder.publish()
    figures = evaluate(engine, read_judgements(EVAL / "alqac2022_queries.csv"))
    with capsys.disabled():
        print(f"\nALQAC 2022: {figures}")
    assert figures["n"] == 520
    assert figures["mrr10"] >= REACHED - 0.01
    assert figures["recall100"] >= 0.98
