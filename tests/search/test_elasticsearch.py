"""The cluster's engine on a real server: what is promised of the embedded one, and what only several writers need."""

import json
import time
from dataclasses import replace

import pytest

from search import engines, registry, sync
from search.engines.base import EngineAway, IndexMissing, State
from search.engines.elasticsearch import ElasticsearchBuilder, ElasticsearchEngine, WriteRefused, now
from search.engines.elasticsearch_client import connect, within
from search.registry import Entry, Passage
from search.service import search

# What holds for one engine holds for the other: the same questions, asked of this module's ``engine``.
from .test_engine import (  # noqa: F401
    LETTER,
    PLAN,
    SCHOOL,
    keys,
    test_a_document_comes_before_those_that_mention_its_number,
    test_a_facet_ignores_its_own_filter_and_respects_the_others,
    test_a_filter_nobody_knows_is_ignored,
    test_a_filter_that_finds_nothing_still_offers_the_other_values,
    test_a_hit_is_a_document_with_its_best_passage_and_where_it_stands,
    test_a_mentioned_number_is_found_and_told_as_not_held,
    test_a_word_nobody_has_is_dropped_and_named,
    test_any_page_number_is_brought_into_range,
    test_newest_first,
    test_one_kind_can_be_asked_for,
    test_one_way_concepts_go_one_way,
    test_phrases_do_not_cross_passages,
    test_quoted_words_must_stand_together,
    test_the_right_one_comes_first,
    test_totals_and_facets_count_documents_not_passages,
    test_values_of_one_filter_are_alternatives,
    test_what_is_excluded_is_not_found,
    test_words_that_never_meet_are_relaxed_and_named,
)

pytestmark = pytest.mark.xdist_group("elasticsearch")

NAMES = iter(f"test-{i}" for i in range(10_000))


@pytest.fixture(scope="module")
def made_once(search_server):
    from .conftest import COLLECTION

    made = ElasticsearchEngine(connect((search_server.url,)), next(NAMES))
    fill(made, COLLECTION)
    yield made
    made.remove()


@pytest.fixture
def engine(made_once):
    """For questions only."""
    return made_once


@pytest.fixture
def own(search_server, collection):
    """For tests that change what is kept."""
    made = ElasticsearchEngine(connect((search_server.url,)), next(NAMES))
    fill(made, collection)
    yield made
    made.remove()


def fill(engine: ElasticsearchEngine, entries) -> None:
    with engine.building() as builder:
        builder.write(entries)
        builder.publish()


# --- keeping


def test_putting_again_replaces_and_dropping_removes(own, collection):
    changed = replace(collection[1], title="Mượn sách", passages=(Passage("p-9", (), "Nội dung mới."),))
    assert own.write([changed], [PLAN]) == 1
    assert keys(search("mượn sách", engine=own)) == [LETTER]
    assert search("thư viện", engine=own).total == 0
    assert search("tiền mặt", engine=own).total == 0
    assert own.reader().stats() == {"documents": 2, "passages": 2}
    assert set(dict(own.reader().digests())) == {LETTER, SCHOOL}
    assert own.reader().records([PLAN]) == {}
    assert own.reader().vocab.total == 2


def test_writing_twice_changes_nothing(own, collection):
    before = dict(own.reader().digests())
    own.write(collection)
    assert dict(own.reader().digests()) == before


def test_old_news_neither_replaces_new_ones_nor_brings_back_what_was_dropped(own, collection):
    moment = now()
    own.write([replace(collection[1], title="Mượn sách")], [PLAN], read_at=moment + 2)
    own.write(collection, read_at=moment)
    assert keys(search("mượn sách", engine=own)) == [LETTER]
    assert search("tiền mặt", engine=own).total == 0
    own.write([collection[0]], read_at=moment + 3)
    assert keys(search("tiền mặt", engine=own)) == [PLAN]


def test_tombstones_go_when_no_news_can_be_older(own, monkeypatch):
    own.write([], [PLAN])
    assert own.tidy() == 0
    monkeypatch.setattr("search.engines.elasticsearch.TOMBSTONES_KEPT", -10_000_000)
    assert own.tidy() == 1
    assert not list(own.reader().tombstones())


def test_a_rebuild_switches_at_once_and_keeps_the_former_index_only(own, collection):
    before = own.current()
    with own.building() as builder:
        builder.write(collection[:1])
        assert search("viện", engine=own).total == 1
        builder.publish()
    assert search("viện", engine=own).total == 0
    fill(own, collection)
    assert len(own.indexes()) == 2
    assert before not in own.indexes()


def test_a_failed_rebuild_leaves_the_old_index(own):
    def breaks():
        yield Entry("document:9", "document", "Một", "/1/")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError), own.building() as builder:
        builder.write(breaks())
    assert search("thư viện", engine=own).total == 1
    assert len(own.indexes()) == 1


def test_a_write_to_an_index_that_is_gone_makes_none(own):
    with pytest.raises(IndexMissing), own.building() as builder:
        own.client.indices.delete(index=builder.name)
        builder.write([Entry("document:9", "document", "Một", "/1/")])
    assert len(own.indexes()) == 1


def test_fields_nobody_declared_are_refused(own):
    from elasticsearch import BadRequestError

    with pytest.raises(BadRequestError, match="strict"):
        own.client.index(index=own.alias, document={"colour": "red"})


def test_an_entry_the_cluster_will_not_have_is_named(own, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch.source_of", lambda entry: {"key": entry.key, "colour": "red"})
    with pytest.raises(WriteRefused, match="document:9"):
        own.write([Entry("document:9", "document", "Một", "/1/")])


@pytest.mark.parametrize("title", ["", "\x00", "\ud83d\ude00", "a\nb", "x" * 100_000, '"&<>', "﷽"])
def test_any_text_can_be_kept(own, title):
    title = title.encode("utf-16", "surrogatepass").decode("utf-16")
    own.write([Entry("document:8", "document", title, "/8/", passages=(Passage("p", (title,), title),))])
    assert own.reader().records(["document:8"])["document:8"].title == title


def test_everything_is_compared_however_much_there_is(own, monkeypatch):
    monkeypatch.setattr("search.engines.elasticsearch_reader.PAGE", 2)
    assert set(dict(own.reader().digests())) == {PLAN, LETTER, SCHOOL}


# --- versions of the code


def test_no_index_is_told_apart_from_no_result(search_server):
    engine = ElasticsearchEngine(connect((search_server.url,)), "none")
    assert engine.state() == State.MISSING
    with pytest.raises(IndexMissing):
        engine.reader()
    assert not search("thư viện", engine=engine).ready


@pytest.mark.parametrize(
    ("meta", "state", "answers"),
    [({"analysis": "0-old"}, State.ANALYSIS, True), ({"schema": 0}, State.SCHEMA, False)],
)
def test_an_index_of_another_version_says_rebuild(own, meta, state, answers):
    stamp = own.stamp()
    own.client.indices.put_mapping(index=own.alias, meta={"schema": stamp.schema, "analysis": stamp.analysis} | meta)
    fresh = ElasticsearchEngine(own.client, own.alias)
    assert fresh.state() == state
    assert search("thư viện", engine=fresh).ready is answers


# --- time


def test_all_requests_of_a_question_share_its_time(own):
    with within(0.2):
        time.sleep(0.25)
        with pytest.raises(EngineAway):
            search("thư viện", engine=own)


def test_a_cluster_that_is_not_there_is_told():
    engine = ElasticsearchEngine(connect(("http://127.0.0.1:9",)), "none")
    assert engine.state() == State.AWAY
    with pytest.raises(EngineAway):
        engine.reader()


def test_a_long_question_is_one_the_cluster_takes(own):
    words = " ".join(f"{a}{b}" for a in "bcdgh" for b in ("an", "en", "in", "on", "un", "anh", "inh", "ong"))
    assert search(f"{words} thư viện -sách", engine=own).ready
    assert json.dumps(search('"thư" viện -"sách hay"' * 40, engine=own).as_json())


# --- several hosts


class Host:
    """The site's things as one host reads them, with a folder of its own."""

    kind = "thing"

    def __init__(self) -> None:
        self.things: dict[int, str] = {}
        self.while_reading = lambda: None

    def entries(self, ids):
        for pk in list(self.things) if ids is None else ids:
            if pk in self.things:
                text = self.things[pk]
                yield Entry(f"thing:{pk}", "thing", text, f"/{pk}/", passages=(Passage("p", (), text),))
        if ids is None:
            self.while_reading()


@pytest.fixture
def hosts(search_server, settings, tmp_path, monkeypatch):
    """``hosts(name)`` -> from now on this process is that host: its folder, its locks, its engine of one cluster."""
    things = Host()
    monkeypatch.setattr(registry, "_registered", {"thing": things})
    settings.ELASTICSEARCH_URL = [search_server.url]
    settings.SEARCH_INDEX = next(NAMES)
    settings.SEARCH_ENGINE = "elasticsearch"

    def become(name: str) -> ElasticsearchEngine:
        settings.SEARCH_DIR = tmp_path / name / "search"
        return engines.engine()

    become.things = things
    yield become
    become("one").remove()


def found_on(engine, question: str) -> list[str]:
    return sorted(keys(search(question, engine=engine)))


def test_what_another_host_changes_during_a_rebuild_is_in_the_new_index(hosts):
    things = hosts.things
    things.things = {1: "thư viện", 2: "học phí"}
    one = hosts("one")
    sync.rebuild(one)
    before = one.current()

    def meanwhile():
        things.while_reading = lambda: None
        other = hosts("two")
        assert len(other.being_built()) == 1
        things.things = {2: "học phí mới", 3: "căng tin"}
        sync.apply_to_cluster([("thing", 1), ("thing", 2), ("thing", 3)])
        assert found_on(other, "căng tin") == ["thing:3"]
        (new,) = other.being_built()
        ages = [other.client.get(index=index, id="thing:3")["_version"] for index in (other.alias, new)]
        assert ages[0] < ages[1], "what comes late through the alias must not replace what is in the new index"
        hosts("one")

    things.while_reading = meanwhile
    sync.rebuild(one)
    assert one.current() != before
    assert one.being_built() == []
    assert (found_on(one, "căng tin"), found_on(one, "thư viện"), found_on(one, "mới")) == (
        ["thing:3"],
        [],
        ["thing:2"],
    )
    assert sync.verify(engine=one).agrees


def test_two_hosts_that_rebuild_at_once_leave_one_whole_index(hosts):
    things = hosts.things
    things.things = {1: "thư viện"}
    one = hosts("one")

    def meanwhile():
        things.while_reading = lambda: None
        things.things[2] = "học phí"
        sync.rebuild(hosts("two"))
        things.things[3] = "căng tin"
        sync.apply_to_cluster([("thing", 3)])
        hosts("one")

    things.while_reading = meanwhile
    sync.rebuild(one)
    assert len(one.client.indices.get_alias(name=one.alias).body) == 1
    assert found_on(one, "căng tin") == ["thing:3"]
    assert sync.verify(engine=one).missing == ("thing:2",)  # its own change row brings it; here nobody wrote one
    sync.apply_to_cluster([("thing", 2)])
    assert sync.verify(engine=one).agrees


def test_what_a_killed_rebuild_left_goes_after_a_day(hosts, monkeypatch):
    hosts.things.things = {1: "thư viện"}
    one = hosts("one")
    sync.rebuild(one)
    left = ElasticsearchBuilder(one)
    one.tidy()
    assert one.being_built() == [left.name]
    monkeypatch.setattr("search.engines.elasticsearch.ABANDONED", 0)
    one.tidy()
    assert one.being_built() == []
    assert found_on(one, "thư viện") == ["thing:1"]


def test_an_index_left_behind_is_told(hosts):
    hosts.things.things = {1: "thư viện", 2: "học phí"}
    one = hosts("one")
    sync.rebuild()
    sync.rebuild(one)
    assert sync.is_current()
    assert sync.status(one)["differs_from_embedded"] == 0
    hosts.things.things = {1: "thư viện số", 3: "căng tin", 4: "sân chơi"}
    sync.apply([("thing", pk) for pk in range(1, 5)])
    assert not sync.is_current()
    assert sync.status(one)["differs_from_embedded"] == 4
    assert "differs_from_embedded" not in sync.status(engines.engine("tantivy"))
