"""The index follows what the public may see."""

import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence

import pytest
from django.utils import translation

from search import registry, sync
from search.engines import engine
from search.engines.base import State
from search.registry import Entry, Passage
from search.service import search


class Shelf:
    """A room with things that come and go."""

    kind = "thing"

    def __init__(self) -> None:
        self.things: dict[int, str] = {}
        self.before_reading = lambda: None

    def entries(self, ids: Sequence[int] | None) -> Iterator[Entry]:
        for pk in list(self.things) if ids is None else ids:
            if pk in self.things:
                text = self.things[pk]
                yield Entry(f"thing:{pk}", "thing", text, f"/{pk}/", passages=(Passage("p", (), text),))
        if ids is None:
            self.before_reading()


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch) -> Shelf:
    settings.SEARCH_DIR = tmp_path
    made = Shelf()
    monkeypatch.setattr(registry, "_registered", {"thing": made})
    return made


def found(question: str) -> list[str]:
    return [hit.record.key for hit in search(question).hits]


def test_the_first_change_of_a_site_builds_the_whole_index(shelf):
    shelf.things = {1: "thư viện", 2: "học phí"}
    sync.apply([("thing", 1)])
    assert found("học phí") == ["thing:2"]


def test_a_change_puts_and_a_disappearance_drops(shelf):
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    shelf.things = {2: "học phí"}
    sync.apply([("thing", 1), ("thing", 2), ("thing", 2)])
    assert found("thư viện") == []
    assert found("học phí") == ["thing:2"]


def test_the_same_change_twice_does_no_harm(shelf):
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    for _ in range(2):
        sync.apply([("thing", 1)])
    assert search("thư viện").total == 1


def test_a_kind_nobody_registers_is_dropped(shelf):
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    sync.apply([("gone", 1)])
    engine().write([Entry("gone:1", "gone", "thư viện", "/")])
    sync.apply([("gone", 1)])
    assert found("thư viện") == ["thing:1"]


def test_labels_are_in_the_sites_language_whoever_publishes(shelf):
    spoken = []
    shelf.before_reading = lambda: spoken.append(translation.get_language())
    with translation.override("en"):
        sync.rebuild()
    assert spoken == ["vi"]


def test_no_change_writes_nothing(shelf):
    sync.apply([])
    assert engine().state() == State.MISSING


def test_what_changes_during_a_rebuild_is_in_the_new_index(shelf):
    shelf.things = {1: "thư viện", 2: "học phí"}
    sync.rebuild()

    def meanwhile():
        shelf.before_reading = lambda: None
        shelf.things[3] = "căng tin"
        del shelf.things[1]
        sync.apply([("thing", 3), ("thing", 1)])
        assert found("căng tin") == ["thing:3"]

    shelf.before_reading = meanwhile
    sync.rebuild()
    assert found("căng tin") == ["thing:3"]
    assert found("thư viện") == []
    assert sync.verify().agrees


def test_an_interrupted_rebuild_leaves_the_old_index_and_no_journal(shelf, settings):
    shelf.things = {1: "thư viện"}
    sync.rebuild()

    def breaks():
        raise RuntimeError("the database went away")

    shelf.before_reading = breaks
    with pytest.raises(RuntimeError):
        sync.rebuild()
    assert found("thư viện") == ["thing:1"]
    assert not (settings.SEARCH_DIR / sync.JOURNAL).exists()


def test_two_rebuilds_at_once_are_refused(shelf):
    shelf.things = {1: "thư viện"}
    refused = []

    def second():
        with pytest.raises(sync.RebuildRunning) as error:
            sync.rebuild()
        refused.append(error)

    shelf.before_reading = second
    sync.rebuild()
    assert refused


def test_writers_wait_for_each_other(shelf):
    shelf.things = {i: f"thư viện {i}" for i in range(8)}
    sync.rebuild()
    threads = [threading.Thread(target=sync.apply, args=([("thing", i)],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert search("thư viện").total == 8
    assert sync.verify().agrees


def _killed_while_writing(folder) -> None:
    import tantivy

    writer = tantivy.Index.open(str(folder / "documents")).writer(64_000_000, 1)
    writer.add_document(tantivy.Document(key=["thing:99"]))
    time.sleep(60)


def test_a_killed_writer_leaves_neither_a_lock_nor_half_a_change(shelf):
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    folder = engine().folder / engine().current()
    process = multiprocessing.get_context("fork").Process(target=_killed_while_writing, args=(folder,))
    process.start()
    time.sleep(0.5)
    process.kill()
    process.join()
    shelf.things[2] = "học phí"
    sync.apply([("thing", 2)])
    assert sync.verify().agrees
    assert found("học phí") == ["thing:2"]


# --- comparing


def test_verifying_names_what_differs_and_repairs_it(shelf):
    shelf.things = {1: "thư viện", 2: "học phí", 3: "căng tin"}
    sync.rebuild()
    shelf.things = {1: "thư viện số", 3: "căng tin", 4: "sân chơi"}
    report = sync.verify()
    assert (report.missing, report.extra, report.stale) == (("thing:4",), ("thing:2",), ("thing:1",))
    assert not report.agrees
    assert sync.verify(repair=True).repaired
    assert sync.verify().agrees


def test_verifying_a_missing_index_builds_it_when_told(shelf):
    shelf.things = {1: "thư viện"}
    assert sync.verify().state == "missing"
    assert sync.verify(repair=True).repaired
    assert sync.verify().agrees


def test_the_status_says_what_there_is(shelf):
    assert sync.status()["state"] == "missing"
    assert not sync.is_current()
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    status = sync.status()
    assert (status["state"], status["documents"], status["passages"], status["kinds"]) == (
        "ready",
        1,
        1,
        ["thing"],
    )
    assert sync.is_current()


def test_an_index_of_another_schema_keeps_the_changes_waiting(shelf, monkeypatch):
    shelf.things = {1: "thư viện"}
    sync.rebuild()
    monkeypatch.setattr(type(engine()), "schema", 99)
    with pytest.raises(sync.RebuildNeeded):
        sync.apply([("thing", 1)])
