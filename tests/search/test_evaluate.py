"""The measures, against examples worked by hand."""

import math

import pytest

from search.evaluate import ndcg, percentile, read_judgements, recall, reciprocal_rank

GRADES = {"a": 3, "b": 1}


@pytest.mark.parametrize(
    ("found", "depth", "expected"),
    [
        (["a"], 10, 1.0),
        (["x", "b"], 10, 0.5),
        (["x", "y", "a"], 10, 1 / 3),
        (["x", "a"], 1, 0.0),
        ([], 10, 0.0),
    ],
)
def test_reciprocal_rank(found, depth, expected):
    assert reciprocal_rank(found, GRADES, depth) == expected


def test_ndcg_of_the_best_order_is_one():
    assert ndcg(["a", "b"], GRADES, 10) == 1.0


def test_ndcg_by_hand():
    """Gains 7 and 1. Found b, x, a: 1/log2(2) + 7/log2(4) = 4.5; best: 7/log2(2) + 1/log2(3) = 7.6309."""
    assert ndcg(["b", "x", "a"], GRADES, 10) == pytest.approx(4.5 / (7 + 1 / math.log2(3)))


@pytest.mark.parametrize(
    ("found", "depth", "expected"), [(["a", "b"], 10, 1.0), (["a", "x"], 10, 0.5), (["x", "a"], 1, 0.0)]
)
def test_recall(found, depth, expected):
    assert recall(found, GRADES, depth) == expected


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2), (0.95, 4), (0.25, 1), (1.0, 4)])
def test_percentile_is_the_nearest_rank(share, expected):
    assert percentile([4, 1, 3, 2], share) == expected


def test_judgements_are_read_by_question(tmp_path):
    path = tmp_path / "judged.csv"
    path.write_text("query,class,doc,anchor,grade\nmột,t,a,,3\nmột,t,b,,1\nhai,t,,,0\n", encoding="utf-8")
    assert read_judgements(path) == {"một": {"a": 3, "b": 1}, "hai": {}}


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "judged.csv"
    path.write_text("query,doc\n", encoding="utf-8")
    with pytest.raises(ValueError, match="grade"):
        read_judgements(path)
