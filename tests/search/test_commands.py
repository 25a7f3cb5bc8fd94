"""The commands: one line of JSON on standard output, everything else elsewhere."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from search import registry
from search.engines import engine


class Shelf:
    kind = "document"

    def __init__(self, entries):
        self._entries = entries

    def entries(self, ids):
        wanted = None if ids is None else {f"document:{pk}" for pk in ids}
        return (entry for entry in self._entries if wanted is None or entry.key in wanted)


@pytest.fixture
def index(db, settings, tmp_path, monkeypatch, collection):
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(registry, "_registered", {"document": Shelf(collection[:2])})
    run("search_index", "rebuild")


def run(*args) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def in_json(*args) -> dict:
    (line,) = run(*args, "--json").splitlines()
    return json.loads(line)


def test_search_prints_the_promised_shape(index):
    answer = in_json("search", "65% TTKDTM")
    assert list(answer) == ["query", "total", "hits", "did_you_mean", "facets", "engine"]
    assert (answer["query"], answer["total"], answer["engine"]) == ("65% TTKDTM", 1, "tantivy")
    (hit,) = answer["hits"]
    assert list(hit) == ["kind", "title", "number", "url", "anchor", "passage", "score"]
    assert (hit["number"], hit["anchor"]) == ("12/KH-PGDĐT", "i.1")
    assert "<" not in hit["passage"]
    assert answer["facets"]["type"] == [{"value": "plan", "label": "Kế hoạch", "count": 1}]
    assert answer["did_you_mean"] is None


def test_search_in_plain_words_and_explained(index):
    assert "/van-ban/12-kh-pgddt/" in run("search", "học phí", "--explain")


def test_an_unknown_engine_is_refused_by_name(index):
    with pytest.raises(CommandError, match="tantivy"):
        run("search", "x", "--engine", "none")


def test_without_an_index_the_command_says_what_to_do(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path
    with pytest.raises(CommandError, match="rebuild"):
        run("search", "x")
    assert in_json("search", "x")["total"] == 0


def test_the_index_is_rebuilt_compared_and_described(index):
    assert in_json("search_index", "rebuild")["entries"] == 2
    assert in_json("search_index", "verify")["agrees"]
    assert in_json("search_index", "status")["documents"] == 2
    engine().write([], ["document:1"])
    with pytest.raises(CommandError):
        run("search_index", "verify")
    assert in_json("search_index", "verify", "--repair")["repaired"]
    assert in_json("search_index", "verify")["agrees"]


def test_the_index_of_the_admins_search_is_told_of_beside_it(index):
    status = in_json("search_index", "status")
    assert status["admin"]["state"] == "ready"
    assert "wagtailcore.page" in status["admin"]["kinds"]
    assert "admin:" in run("search_index", "status")
    assert in_json("search_index", "verify")["admin"]["agrees"]
    assert in_json("search_index", "rebuild", "--engine", "admin")["entries"] == status["admin"]["documents"]


def test_questions_are_measured_on_the_site_by_number_or_key(index, tmp_path):
    judged = tmp_path / "judged.csv"
    judged.write_text(
        "query,class,doc,anchor,grade\n"
        "12 kh pgddt,number,12/KH-PGDĐT,,3\n"
        "thư viện,topic,document:2,,3\n"
        "sổ liên lạc,topic,/van-ban/12-kh-pgddt/,,2\n"
        "qqq zzz,empty,,,0\n",
        encoding="utf-8",
    )
    figures = in_json("search_eval", str(judged))
    assert list(figures) == ["n", "mrr10", "ndcg10", "recall10", "recall100", "p50_ms", "p95_ms"]
    assert (figures["n"], figures["mrr10"], figures["ndcg10"], figures["recall100"]) == (4, 1.0, 1.0, 1.0)


def test_a_corpus_is_measured_on_the_side(index, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"id": "a", "title": "Mượn sách", "body": "Mượn tối đa ba cuốn.\\nTrả đúng hạn."}\n'
        '{"id": "b", "title": "Học phí", "body": "Nộp hằng tháng."}\n',
        encoding="utf-8",
    )
    judged = tmp_path / "judged.csv"
    judged.write_text("query,class,doc,anchor,grade\ntra sach,topic,a,,3\n", encoding="utf-8")
    assert in_json("search_eval", str(judged), "--corpus", str(corpus))["mrr10"] == 1.0
    assert in_json("search", "mượn sách")["total"] == 0


@pytest.mark.parametrize("content", ["query,doc\n", ""])
def test_a_bad_judgement_file_is_told(index, tmp_path, content):
    judged = tmp_path / "judged.csv"
    judged.write_text(content)
    with pytest.raises(CommandError, match="column"):
        run("search_eval", str(judged))
