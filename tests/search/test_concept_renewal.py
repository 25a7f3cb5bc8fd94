"""A saved list asks for a rebuild, which happens; whatever goes wrong, the old index answers with the old list."""

import pytest

from cms.base.ticks import TICKS, run_ticks
from search import editions, registry, renewal, sync
from search.engines import engine
from search.engines.base import EngineAway, State
from search.models import Concept
from search.service import search
from tests.search.test_concept_editions import Shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def outdated(settings, tmp_path, monkeypatch):
    """An index, and a list that is newer."""
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"thing": Shelf()})
    sync.rebuild()
    Concept.objects.create(name="covua", forms="CLB cờ\nđội cờ vua", note="chess club")
    editions.keep()


def is_renewed() -> bool:
    return engine().state() == State.READY and search("CLB cờ").total == 2


def test_asking_rebuilds_after_the_commit(outdated, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        renewal.ask()
        assert not is_renewed()
    assert is_renewed()


def test_a_rolled_back_change_rebuilds_nothing(outdated, django_capture_on_commit_callbacks):
    from django.db import transaction

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        renewal.ask()
        raise ZeroDivisionError
    assert not is_renewed()


def test_the_tick_notices_an_index_with_another_list(outdated):
    assert renewal.renew in TICKS
    run_ticks()
    assert is_renewed()


def test_an_index_that_is_right_is_left_alone(outdated, monkeypatch):
    assert renewal.renew() == 1
    monkeypatch.setattr(sync, "rebuild", lambda engine: pytest.fail("rebuilt"))
    assert renewal.renew() == 0


def test_a_rebuild_that_breaks_leaves_the_old_index_with_its_list(outdated, monkeypatch):
    def broken(self, ids):
        yield from Shelf.whole(self, None)
        raise OSError("disk full")

    monkeypatch.setattr(Shelf, "whole", Shelf.entries, raising=False)
    monkeypatch.setattr(Shelf, "entries", broken)
    before = search("CLB cờ").total
    with pytest.raises(OSError, match="disk full"):
        renewal.renew()
    assert engine().state() == State.ANALYSIS
    assert search("CLB cờ").total == before
    assert search("văn thể").total == 1
    monkeypatch.setattr(Shelf, "entries", Shelf.whole)
    assert renewal.renew() == 1
    assert is_renewed()


def test_a_list_saved_while_the_index_is_filled_is_taken_too(outdated, monkeypatch):
    def saved_meanwhile(self, ids):
        yield from Shelf.whole(self, ids)
        concept = Concept.objects.get()
        if "cờ tướng" not in concept.forms:
            concept.forms += "\ncờ tướng"
            concept.save()
            editions.keep()

    monkeypatch.setattr(Shelf, "whole", Shelf.entries, raising=False)
    monkeypatch.setattr(Shelf, "entries", saved_meanwhile)
    assert renewal.renew() == 2
    assert is_renewed()


def test_another_process_that_is_at_it_is_left_to_it(outdated):
    with sync._lock(engine(), "rebuild.lock"):
        assert renewal.renew() == 0
    assert renewal.renew() == 1


def test_a_cluster_that_is_away_holds_up_nothing(outdated, monkeypatch):
    class Away:
        name = "elasticsearch"

        def state(self):
            raise EngineAway("gone")

    monkeypatch.setattr(renewal, "kept", lambda: (engine(), Away()))
    with pytest.raises(EngineAway):
        renewal.renew()
    assert is_renewed()


def test_a_site_without_an_index_is_not_given_one_by_the_tick(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "empty"
    assert renewal.renew() == 0
    assert engine().state() == State.MISSING
