"""Once a night the indexes are compared with the site and put right, by ``manage.py tick``."""

import logging
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import localtime, make_aware

from cms.base.ticks import TICKS
from search import engines, nightly, registry, sync
from search.engines.base import EngineAway, State
from search.nightly import verify_nightly

from .test_sync import Shelf, found

EVENING = make_aware(datetime(2025, 3, 1, 22, 0))
NIGHT = make_aware(datetime(2025, 3, 2, 2, 1))


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch) -> Shelf:
    settings.SEARCH_DIR = tmp_path
    made = Shelf()
    made.things = {1: "thư viện", 2: "học phí"}
    monkeypatch.setattr(registry, "_registered", {"thing": made})
    sync.rebuild()
    verify_nightly(EVENING)
    return made


def test_what_differs_is_put_right_and_told(shelf, caplog):
    shelf.things = {2: "học phí mới", 3: "căng tin"}
    with caplog.at_level(logging.INFO, logger="search.nightly"):
        (report,) = verify_nightly(NIGHT)
    assert (report.missing, report.extra, report.stale) == (("thing:3",), ("thing:1",), ("thing:2",))
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        (
            "WARNING",
            "search: tantivy (ready) differed from the site and was put right: "
            "1 missing, 1 too many, 1 out of date of 2",
        )
    ]
    assert found("căng tin") == ["thing:3"]
    assert sync.verify().agrees


def test_what_agrees_is_told_quietly(shelf, caplog):
    with caplog.at_level(logging.INFO, logger="search.nightly"):
        verify_nightly(NIGHT)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("INFO", "search: tantivy and the site agree in 2 entries")
    ]


@pytest.mark.parametrize(
    ("moment", "runs"),
    [
        (EVENING + timedelta(minutes=1), False),
        (NIGHT - timedelta(minutes=2), False),
        (NIGHT, True),
        (NIGHT + timedelta(hours=9), True),
        (NIGHT + timedelta(days=40), True),
    ],
)
def test_it_runs_once_after_two_in_the_night_or_when_the_machine_is_on_again(shelf, moment, runs):
    assert bool(verify_nightly(moment)) is runs
    assert verify_nightly(moment) == []
    assert bool(verify_nightly(moment + timedelta(days=1))) is True


def test_one_of_several_does_it(shelf):
    with sync.locked(engines.engine(), "verify.lock") as mine:
        assert mine
        assert verify_nightly(NIGHT) == []
    assert len(verify_nightly(NIGHT)) == 1


def test_a_comparison_that_fails_waits_for_the_next_night(shelf, monkeypatch):
    def breaks(**_options):
        raise RuntimeError("the database went away")

    with monkeypatch.context() as patched:
        patched.setattr(nightly, "verify", breaks)
        with pytest.raises(RuntimeError):
            verify_nightly(NIGHT)
    assert verify_nightly(NIGHT + timedelta(minutes=1)) == []
    assert len(verify_nightly(NIGHT + timedelta(days=1))) == 1


def test_a_cluster_that_is_away_is_asked_again_the_next_time(shelf, monkeypatch):
    class Away:
        name = "elasticsearch"

        def state(self) -> State:
            return State.AWAY

    class Flaky(Away):
        def state(self) -> State:
            return State.READY

        def reader(self):
            raise EngineAway("gone in the middle")

    for kind in (Away, Flaky):
        monkeypatch.setattr(nightly, "kept", lambda made=kind: (made(),))
        assert verify_nightly(NIGHT) == []
    engine = engines.engine()
    engine_as_the_cluster = type("Back", (type(engine),), {"name": "elasticsearch"})(engine.folder)
    monkeypatch.setattr(nightly, "kept", lambda: (engine_as_the_cluster,))
    assert len(verify_nightly(NIGHT)) == 1


@pytest.mark.django_db
def test_it_is_a_duty_of_the_tick(settings, tmp_path):
    assert verify_nightly in TICKS
    settings.SEARCH_DIR = tmp_path
    call_command("tick", verbosity=0)
    night = (localtime() - timedelta(hours=nightly.HOUR)).date()
    assert (tmp_path / "tantivy.verified").read_text() == night.isoformat()
    assert sync.verify().agrees
