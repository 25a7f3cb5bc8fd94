"""The page reached from the results marks what the results marked, for a bounded amount of work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import editions
from search import landing as module
from search.engines.tantivy import TantivyEngine
from search.landing import MOST, landing
from search.models import Concept
from search.registry import Entry, Passage


@pytest.fixture(autouse=True)
def _asked(engine, monkeypatch):
    monkeypatch.setattr(module, "engine", lambda _name: engine)


def test_the_passages_that_match_are_marked_as_they_are_printed():
    found = landing("document:1", "so lien lac")
    text = "Cha mẹ học sinh nhận thông báo qua sổ liên lạc."
    assert [text[start:end] for start, end in found.spans("ii.1", text)] == ["sổ liên lạc"]


def test_other_passages_are_not_read_at_all():
    found = landing("document:1", "sổ liên lạc")
    assert found.spans("i.1", "sổ liên lạc") == ()


@pytest.mark.parametrize("q", ["", " ", "\x00", "-", "?!", "xyzzy"])
def test_nothing_is_marked_where_nothing_was_asked_or_found(q):
    assert not landing("document:1", q).anchors


@given(st.text(max_size=400))
def test_anything_can_stand_in_the_address(q):
    landing("document:1", q)


@pytest.mark.django_db
def test_a_concept_of_the_editors_is_marked_by_its_other_name(tmp_path, monkeypatch):
    Concept.objects.create(name="bep", forms="BATT\nbếp ăn tập thể", note="n")
    made = TantivyEngine(tmp_path / "editors")
    with editions.filling(), made.building() as builder:
        builder.write(
            [Entry("document:1", "document", "Sổ tay", "/1/", passages=(Passage("p", (), "Bếp ăn tập thể."),))]
        )
        builder.publish()
    monkeypatch.setattr(module, "engine", lambda _name: made)
    assert landing("document:1", "BATT").spans("p", "Bếp ăn tập thể.") == ((0, 14),)


def test_so_many_passages_are_marked_and_no_more(tmp_path, monkeypatch):
    made = TantivyEngine(tmp_path / "large")
    passages = tuple(Passage(f"p.{i}", (), "bếp ăn bán trú") for i in range(3_000))
    with made.building() as builder:
        builder.write([Entry("document:1", "document", "Sổ tay", "/1/", passages=passages)])
        builder.publish()
    monkeypatch.setattr(module, "engine", lambda _name: made)
    assert len(landing("document:1", "bán trú").anchors) == MOST


def test_a_missing_or_broken_index_only_leaves_the_marks_out(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(module, "engine", lambda _name: TantivyEngine(tmp_path / "none"))
    assert not landing("document:1", "thư").anchors
    monkeypatch.setattr(module, "engine", lambda _name: 1 / 0)
    assert not landing("document:1", "thư").anchors
    assert "could not be marked" in caplog.text
