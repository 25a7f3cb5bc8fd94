"""The commands on a site whose engine is the cluster."""

import json

import pytest
from django.core.management import CommandError

from search import engines, registry

from .test_commands import Shelf, in_json, run

pytestmark = pytest.mark.xdist_group("elasticsearch")


@pytest.fixture
def site(db, search_server, settings, tmp_path, monkeypatch, collection):
    settings.SEARCH_DIR = tmp_path / "search"
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = [search_server.url]
    settings.SEARCH_INDEX = f"commands-{abs(hash(tmp_path))}"
    monkeypatch.setattr(registry, "_registered", {"document": Shelf(collection[:2])})
    yield
    engines.engine().remove()


def test_every_index_that_is_kept_is_rebuilt_compared_and_described(site):
    built = in_json("search_index", "rebuild")
    assert built["entries"] == built["standing_by"]["tantivy"]["entries"] == 2
    status = in_json("search_index", "status")
    assert (status["engine"], status["documents"], status["passages"]) == ("elasticsearch", 2, 6)
    assert status["standing_by"]["tantivy"]["documents"] == 2
    engines.engine().write([], ["document:1"])
    with pytest.raises(CommandError, match="elasticsearch"):
        run("search_index", "verify")
    told = in_json("search_index", "verify", "--repair")
    assert told["missing"] == ["document:1"]
    assert told["standing_by"]["tantivy"]["agrees"]
    assert in_json("search_index", "verify")["agrees"]


def test_one_index_can_be_named(site):
    assert in_json("search_index", "rebuild", "--engine", "elasticsearch")["entries"] == 2
    assert in_json("search_index", "status", "--engine", "elasticsearch")["state"] == "ready"
    assert in_json("search_index", "status", "--engine", "tantivy")["state"] == "missing"
    assert "documents: 2" in run("search_index", "status")


def test_the_engine_that_answers_is_told(site):
    run("search_index", "rebuild")
    assert in_json("search", "65% TTKDTM")["engine"] == "elasticsearch"
    for name in engines.ENGINES:
        answer = in_json("search", "65% TTKDTM", "--engine", name)
        assert (answer["engine"], answer["total"], answer["hits"][0]["anchor"]) == (name, 1, "i.1")


def test_a_corpus_is_measured_on_an_index_of_its_own_that_goes(site, tmp_path):
    run("search_index", "rebuild")
    corpus, judged = tmp_path / "corpus.jsonl", tmp_path / "judged.csv"
    lines = [
        {"id": "a", "title": "Mượn sách", "body": "Trả đúng hạn."},
        {"id": "b", "title": "Học phí", "body": "Nộp."},
    ]
    corpus.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    judged.write_text("query,class,doc,anchor,grade\ntra sach,topic,a,,3\n", encoding="utf-8")
    figures = in_json("search_eval", str(judged), "--corpus", str(corpus), "--engine", "elasticsearch")
    assert (figures["n"], figures["mrr10"]) == (1, 1.0)
    assert in_json("search", "mượn sách")["total"] == 0
    assert list(engines.engine().client.indices.get_alias(index="*-scratch-*")) == []
