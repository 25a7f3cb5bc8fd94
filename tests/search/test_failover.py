"""The cluster slow, gone and back: the reader always has an answer, the outbox keeps what the cluster has missed."""

import signal
import threading
import time

import pytest
from django.core.management import CommandError, call_command

from cms.base import outbox
from cms.base.models import OutboxRow
from search import engines, failover, registry, sync
from search.breaker import Breaker
from search.engines.base import EngineAway, State
from search.registry import Entry, Passage
from search.server.distribution import obtain
from search.server.node import Node
from search.service import search

from ..conftest import ROOT

pytestmark = pytest.mark.xdist_group("elasticsearch")
LONGEST = 2.5
"""Seconds a reader waits at most."""


# --- the breaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_failure_opens_the_breaker_and_a_success_closes_it():
    clock = Clock()
    breaker = Breaker(rest=2, clock=clock)
    assert breaker.allows()
    assert breaker.failed()
    assert not breaker.failed()
    assert not breaker.allows()
    clock.now += 2
    assert breaker.allows()
    assert not breaker.allows()
    assert breaker.succeeded()
    assert breaker.allows()
    assert not breaker.succeeded()


def test_each_try_that_fails_is_followed_by_twice_the_rest_up_to_a_limit():
    clock = Clock()
    breaker = Breaker(rest=2, longest=8, clock=clock)
    breaker.failed()
    waits = []
    for _ in range(4):
        before = clock.now
        while not breaker.allows():
            clock.now += 1
        waits.append(clock.now - before)
        breaker.failed()
    assert waits == [2, 4, 8, 8]


def test_those_under_way_when_it_opens_prolong_nothing():
    clock = Clock()
    breaker = Breaker(rest=2, clock=clock)
    breaker.failed()
    clock.now += 1.5
    breaker.failed()
    clock.now += 0.5
    assert breaker.allows()


# --- with a server


class Shelf:
    kind = "thing"

    def __init__(self) -> None:
        self.things: dict[int, str] = {}

    def entries(self, ids):
        for pk in list(self.things) if ids is None else ids:
            if pk in self.things:
                text = self.things[pk]
                yield Entry(f"thing:{pk}", "thing", text, f"/{pk}/", passages=(Passage("p", (), text),))


@pytest.fixture(scope="module")
def fragile():
    """A server of this module's own, to be stopped and killed."""
    node = Node(obtain(ROOT / "var" / "es"), heap_mb=384)
    node.start()
    node.wait()
    yield node
    node.stop()


@pytest.fixture
def site(fragile, settings, tmp_path, monkeypatch):
    """A site on the cluster with two things on its shelf, both indexes whole."""
    if fragile.process.poll() is not None:
        fragile.start()
    fragile.wait()
    settings.SEARCH_DIR = tmp_path
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = [fragile.url]
    settings.SEARCH_INDEX = f"failover-{time.time_ns():x}"
    settings.OUTBOX_CONSUMERS = {"search": "search.sync.apply", "cluster": "search.sync.apply_to_cluster"}
    monkeypatch.setattr(failover, "breaker", Breaker(rest=0.5, longest=1))
    shelf = Shelf()
    shelf.things = {1: "thư viện", 2: "học phí"}
    monkeypatch.setattr(registry, "_registered", {"thing": shelf})
    for engine in engines.kept():
        sync.rebuild(engine)
    yield shelf
    fragile.signal(signal.SIGCONT)


def found(question: str) -> tuple[str, list[str]]:
    results = search(question)
    return results.engine, [hit.record.key for hit in results.hits]


def timed(question: str) -> tuple[float, str, list[str]]:
    began = time.monotonic()
    engine, keys = found(question)
    return time.monotonic() - began, engine, keys


def test_a_healthy_cluster_answers(site):
    assert found("học phí") == ("elasticsearch", ["thing:2"])
    assert not search("học phí").stood_in


def test_a_cluster_that_hangs_is_stood_in_for_in_time(site, fragile):
    fragile.signal(signal.SIGSTOP)
    took, engine, keys = timed("học phí")
    assert (engine, keys) == ("tantivy", ["thing:2"])
    assert took < LONGEST
    took, engine, _ = timed("thư viện")
    assert (engine, took < 0.3) == ("tantivy", True)
    fragile.signal(signal.SIGCONT)
    until = time.monotonic() + 15
    while found("học phí")[0] != "elasticsearch":
        assert time.monotonic() < until, "the cluster is back and nobody asks it"
        time.sleep(0.2)


def test_a_cluster_without_its_index_is_stood_in_for(site):
    engines.engine().remove()
    engines.engine()._seen = (0.0, None)
    assert found("học phí") == ("tantivy", ["thing:2"])


def test_a_fault_inside_the_cluster_engine_is_stood_in_for(site, monkeypatch):
    from search.engines.elasticsearch_reader import ElasticsearchReader

    monkeypatch.setattr(ElasticsearchReader, "shown", lambda *_: 1 / 0)
    assert found("học phí") == ("tantivy", ["thing:2"])


@pytest.mark.django_db
def test_the_engine_that_is_named_answers_itself_or_says_why_not(site, fragile, settings):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    with pytest.raises(EngineAway):
        search("học phí", engine=engines.engine("elasticsearch"))
    with pytest.raises(CommandError):
        call_command("search", "học phí", engine="elasticsearch")
    with pytest.raises(CommandError, match="elasticsearch"):
        call_command("search_index", "rebuild")
    assert sync.status()["state"] == State.AWAY
    assert sync.is_current()


@pytest.mark.django_db
def test_staff_are_told_and_readers_are_not(site, settings, client, admin_client):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    address = "/en/tim-kiem/?q=h%E1%BB%8Dc"
    words = "search engine is away"
    assert words in admin_client.get(address).content.decode()
    assert words not in client.get(address).content.decode()


# --- the outbox


@pytest.mark.django_db
def test_rows_wait_for_the_cluster_and_the_embedded_index_does_not(site, settings, fragile, committed):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    site.things[3] = "căng tin"
    del site.things[1]
    with committed():
        outbox.record("thing", [1, 3])
    waiting = OutboxRow.objects.exclude(consumer="admin")  # whose rows are fetched by who searches there
    assert [row.consumer for row in waiting.all()] == ["cluster", "cluster"]
    assert found("căng tin") == ("tantivy", ["thing:3"])
    assert waiting.filter(attempts__gt=0).count() == 0

    settings.ELASTICSEARCH_URL = [fragile.url]
    failover.breaker.succeeded()
    assert outbox.drain() == 2
    assert not waiting.exists()
    assert found("căng tin") == ("elasticsearch", ["thing:3"])
    assert found("thư viện") == ("elasticsearch", [])
    assert all(sync.verify(engine=engine).agrees for engine in engines.kept())


@pytest.mark.django_db
def test_whoever_saves_while_the_cluster_hangs_waits_once(site, fragile, committed, monkeypatch):
    monkeypatch.setattr(sync, "WRITE_SECONDS", 1.0)
    monkeypatch.setattr(failover, "breaker", Breaker(rest=30))
    fragile.signal(signal.SIGSTOP)
    times = []
    for number in (3, 4, 5):
        site.things[number] = f"căng tin {number}"
        began = time.monotonic()
        with committed():
            outbox.record("thing", [number])
        times.append(time.monotonic() - began)
    assert times[0] < 3
    assert max(times[1:]) < 1
    assert len(found("căng tin")[1]) == 3
    assert OutboxRow.objects.filter(consumer="cluster").count() == 3


# --- under load


def test_no_answer_fails_while_the_cluster_is_killed_and_comes_back(site, fragile):
    """Readers ask all the while. Every answer is right, none takes too long."""
    answers: list[tuple[float, str, list[str]]] = []
    failures: list[Exception] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                answers.append(timed("học phí"))
            except Exception as error:
                failures.append(error)
            time.sleep(0.01)

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        time.sleep(1)
        fragile.kill()
        time.sleep(2)
        fragile.start()
        fragile.wait()
        until = time.monotonic() + 30
        while answers[-1][1] != "elasticsearch" and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(0.5)
    finally:
        over.set()
        for reader in readers:
            reader.join(10)
    assert not failures
    assert all(keys == ["thing:2"] for _, _, keys in answers)
    assert max(took for took, _, _ in answers) < LONGEST
    assert {engine for _, engine, _ in answers} == {"elasticsearch", "tantivy"}
    assert answers[-1][1] == "elasticsearch"
