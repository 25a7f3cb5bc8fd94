"""What a question may cost: how often an engine is asked, and how much of what it keeps is read. Time is the
benchmarks' business; these hold on every machine."""

from collections import Counter

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import connect
from search.engines.tantivy import TantivyEngine
from search.registry import Entry, Passage
from search.service import PASSAGES, search

DOCUMENTS, PER_PAGE = 300, 10
QUESTIONS = [
    "thư viện",
    "thư viện trường học mở cửa cả ngày cho học sinh đọc sách báo và tạp chí",
    "12/KH-UBND",
    "thư viện là gì",
    '"mở cửa" -khongco',
]


def many():
    """Documents of three passages that nearly every question finds."""
    for n in range(DOCUMENTS):
        texts = (
            f"Thư viện là nơi đọc sách số {n}.",
            "Trường học mở cửa cả ngày cho học sinh.",
            "Sách báo, tạp chí ở thư viện.",
        )
        passages = tuple(Passage(f"p-{i}", ("Mục",), text) for i, text in enumerate(texts))
        facets = {"year": ((str(2000 + n % 20),) * 2,)}
        title, number = f"Nội quy {n}", f"{n}/KH-UBND"
        yield Entry(f"document:{n}", "document", title, f"/{n}/", number, facets=facets, passages=passages)


class Counted:
    """A library's object whose calls are counted by their names."""

    def __init__(self, real, calls: Counter) -> None:
        self._real, self._calls = real, calls

    def __getattr__(self, name: str):
        found = getattr(self._real, name)
        if not callable(found):
            return found

        def call(*args, **named):
            self._calls[name] += 1
            return found(*args, **named)

        return call


@pytest.fixture
def embedded(tmp_path, monkeypatch) -> tuple[TantivyEngine, Counter]:
    """An engine whose searchers count."""
    engine, calls = TantivyEngine(tmp_path), Counter()
    with engine.building() as builder:
        builder.write(many())
        builder.publish()
    real = engine.reader

    def reader():
        made = real()
        made._documents, made._passages = Counted(made._documents, calls), Counted(made._passages, calls)
        return made

    monkeypatch.setattr(engine, "reader", reader)
    return engine, calls


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_costs_the_embedded_engine_few_searches_and_reads_only_what_is_shown(embedded, question):
    engine, calls = embedded
    results = search(question, per_page=PER_PAGE, engine=engine)
    assert results.hits
    assert calls["search"] <= 7
    assert calls["aggregate"] == 1
    assert calls["doc"] <= PER_PAGE * (1 + PASSAGES + 1), "a record, its passages, and the title among them"


def test_a_filter_costs_one_count_more(embedded):
    engine, calls = embedded
    results = search("thư viện", filters={"year": ["2003"]}, engine=engine)
    assert results.total == DOCUMENTS / 20
    assert calls["aggregate"] == 2


def test_a_later_page_costs_no_more_than_the_first(embedded):
    engine, calls = embedded
    search("thư viện", page=9, engine=engine)
    assert calls["search"] <= 7
    calls.clear()
    search("thư viện", page=25, engine=engine)
    assert calls["search"] <= 12, "beyond the documents in our own order: those, and then these"


def test_newest_first_asks_for_no_signals(embedded):
    engine, calls = embedded
    assert search("thư viện", sort="newest", engine=engine).hits
    assert calls["search"] == 2


def test_the_index_is_opened_once_a_commit(embedded, monkeypatch):
    engine, _ = embedded
    search("thư viện", engine=engine)
    opened, _analysis = engine._indexes()
    first = [part.searcher() for part in opened]
    assert all(part.searcher() is before for part, before in zip(opened, first, strict=True))
    engine.write([Entry("document:9999", "document", "Mượn sách", "/9999/")])
    assert all(part.searcher() is not before for part, before in zip(opened, first, strict=True))


def test_a_rebuild_leaves_one_segment(embedded):
    engine, _ = embedded
    assert [part.searcher().num_segments for part in engine._indexes()[0]] == [1, 1]


@pytest.fixture
def cluster(search_server, tmp_path):
    """A cluster's engine with the embedded one beside it, as on a site, and what it is asked."""
    beside = TantivyEngine(tmp_path)
    engine = ElasticsearchEngine(connect((search_server.url,)), "cost", beside=beside)
    for one in (beside, engine):
        with one.building() as builder:
            builder.write(many())
            builder.publish()
    engine.reader()
    yield engine
    engine.remove()


@pytest.mark.xdist_group("elasticsearch")
def test_a_question_costs_the_cluster_one_request_and_another_for_what_the_embedded_index_lacks(cluster, monkeypatch):
    asked: list[str] = []
    real = cluster.client.transport.perform_request
    # Every few seconds a process looks at the index's version too; not in the middle of this.
    monkeypatch.setattr("search.engines.elasticsearch.STAMP_SECONDS", 3_600)

    def perform_request(method, target, **named):
        asked.append(f"{method} {target.partition('?')[0]}")
        return real(method, target, **named)

    monkeypatch.setattr(cluster.client.transport, "perform_request", perform_request)
    for question in QUESTIONS:
        asked.clear()
        assert search(question, engine=cluster).hits
        assert asked == ["POST /cost/_search"], question
    asked.clear()
    assert search("thư viện", filters={"year": ["2003"]}, page=2, per_page=5, engine=cluster).total == 15
    assert len(asked) == 1
    cluster.beside.write([], drop=["document:3"])
    asked.clear()
    assert "Nội quy 3" in [hit.record.title for hit in search("nội quy 3", engine=cluster).hits]
    assert len(asked) == 2


@pytest.mark.xdist_group("elasticsearch")
def test_what_the_embedded_index_holds_otherwise_is_not_shown(cluster):
    now = Entry("document:3", "document", "Nội quy 3", "/3/", passages=(Passage("p", (), "Thư viện đóng cửa."),))
    former = Entry("document:3", "document", "Nội quy 3", "/cu/", passages=(Passage("p", (), "Thư viện mở cửa."),))
    cluster.write([now])
    cluster.beside.write([former])
    hit = next(hit for hit in search("nội quy 3", engine=cluster).hits if hit.record.key == "document:3")
    assert hit.url == "/3/"
    assert all("mở" not in passage.excerpt.plain for passage in hit.passages)
