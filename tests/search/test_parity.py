"""Both engines give the same answers: the same documents in the same order, the same figures beside them."""

import json
import random
from pathlib import Path

import pytest

from search.backend.planning import planned
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import connect
from search.engines.tantivy import TantivyEngine
from search.evaluate import evaluate, read_corpus, read_judgements
from search.letters import strip_marks
from search.service import Results, search
from search.text import tokens

pytestmark = [pytest.mark.xdist_group("elasticsearch"), pytest.mark.django_db]

SHARED = Path(__file__).resolve().parents[3] / "shared"
EVAL = SHARED / "eval"
NEAR = 0.01
"""Two scores that differ by less are a tie; so are the places of their documents."""
SAMPLE = 120


class FromTheCluster(ElasticsearchEngine):
    """One whose readers have everything that is shown sent, also what the embedded index has."""

    def reader(self):
        made = super().reader()
        made._near = None
        return made


class Both:
    """The same entries in both engines, the embedded one lending the cluster's its vocabulary as on a site."""

    def __init__(self, folder: Path, url: str, name: str, entries) -> None:
        embedded, client = TantivyEngine(folder), connect((url,))
        self.engines = (embedded, FromTheCluster(client, name, beside=embedded))
        self.alone = ElasticsearchEngine(client, name)
        entries = list(entries)
        for engine in self.engines:
            with engine.building() as builder:
                builder.write(entries)
                builder.publish()

    def differences(self, question: str, **asked) -> list[str]:
        """What is not alike in the answers, in words."""
        one, other = (search(question, engine=engine, **asked) for engine in self.engines)
        return list(_differences(one, other))


def _differences(one: Results, other: Results):
    for name in ("total", "pages", "dropped", "unknown_numbers", "did_you_mean"):
        if getattr(one, name) != getattr(other, name):
            yield f"{name}: {getattr(one, name)} / {getattr(other, name)}"
    if _counts(one) != _counts(other):
        yield f"facets: {_counts(one)} / {_counts(other)}"
    scores = {hit.record.key: hit.score for hit in other.hits}
    for place, (hit, against) in enumerate(zip(one.hits, other.hits, strict=False)):
        near = NEAR * max(hit.score, 1e-9)
        if abs(hit.score - against.score) > near:
            yield f"score {place}: {hit.record.key} {hit.score:.4f} / {against.record.key} {against.score:.4f}"
        elif hit.record.key != against.record.key and abs(scores.get(hit.record.key, hit.score) - hit.score) > near:
            yield f"place {place}: {hit.record.key} / {against.record.key}"
    for hit in one.hits:
        twin = next((h for h in other.hits if h.record.key == hit.record.key), None)
        if twin and hit.record != twin.record:
            yield f"record of {hit.record.key}"
        if twin and hit.passages and twin.passages and hit.passages[0].anchor != twin.passages[0].anchor:
            yield f"passage of {hit.record.key}: {hit.passages[0].anchor} / {twin.passages[0].anchor}"


def _counts(results: Results) -> dict[str, list[tuple[str, int]]]:
    return {name: sorted((b.value, b.count) for b in buckets) for name, buckets in results.facets.items()}


def assert_alike(both: Both, questions, allowed: float = 0.0) -> None:
    told = {question: found for question in questions if (found := both.differences(question))}
    assert len(told) <= allowed * len(questions), json.dumps(told, ensure_ascii=False, indent=1)[:6000]


# --- the demonstration


@pytest.fixture(scope="module")
def demonstration(search_server, tmp_path_factory, django_db_setup, django_db_blocker):
    """What the public may see of the demonstration, read once."""
    from django.core.management import call_command
    from django.db import transaction

    from search.sync import _everything

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        entries = list(_everything())
        transaction.set_rollback(True)
    both = Both(tmp_path_factory.mktemp("demo"), search_server.url, "parity-demo", entries)
    yield both, entries
    both.engines[1].remove()


def test_the_demonstration(demonstration):
    both, entries = demonstration
    assert len(entries) > 20
    questions = [entry.title for entry in entries] + [entry.number for entry in entries if entry.number]
    questions += [strip_marks(question) for question in questions]
    chosen = random.Random(6).sample(sorted(set(questions)), min(SAMPLE, len(set(questions))))
    words = ["chuyển đổi số", "học phí", '"giáo dục"', "kế hoạch -thư", "65%", "TTKDTM", "thu vien", "năm học 2024"]
    assert_alike(both, chosen + words)


@pytest.mark.parametrize("asked", [{"kind": "document"}, {"sort": "newest"}, {"page": 2}, {"per_page": 3}])
def test_filters_order_and_pages(demonstration, asked):
    both, entries = demonstration
    types = {pair[0] for entry in entries for pair in entry.facets.get("type", ())}
    for filters in ({}, *({"type": [value]} for value in sorted(types)[:3])):
        for question in ("kế hoạch", "trường", "giáo dục đào tạo"):
            found = both.differences(question, filters=filters, **asked)
            assert not found, (question, filters, found)


def test_what_is_listed_without_a_question(demonstration):
    both, entries = demonstration
    one, other = (engine.reader() for engine in both.engines)
    values = {("issuer", pair[0]) for entry in entries for pair in entry.facets.get("issuer", ())}
    for name, value in [*sorted(values), ("kind", "organisation"), ("kind", "document"), ("topic", "gone")]:
        (total, keys), (same_total, same_keys) = (r.listed({name: [value]}, limit=100) for r in (one, other))
        assert total == same_total == sum(entry.kind == value for entry in entries) or name != "kind"
        assert (total, sorted(keys)) == (same_total, sorted(same_keys)), (name, value)
        days = [one.records([key])[key].date for key in keys]
        assert days == sorted(days, reverse=True)
    named = next(entry for entry in entries if entry.kind == "organisation")
    asked = {"kind": ["organisation"]}, " ".join(token.fold for token in tokens(named.title))
    assert one.listed(asked[0], name=asked[1]) == other.listed(asked[0], name=asked[1]) == (1, (named.key,))


# --- real documents


@pytest.mark.parametrize("typed", ["chuyen doi s", "ke ho", "1937 k", "thanh toan khong dung tien m", "z", "xyzzy"])
def test_words_that_are_still_being_typed(demonstration, typed):
    """As the admin's search asks; the ways of putting a query together are the same for every engine."""
    both, _ = demonstration
    totals = []
    for engine in both.engines:
        reader = engine.reader()
        plan = planned(typed, reader.vocab, unfinished=True)
        totals.append(reader.retrieve(plan, {}, limit=10).total)
    assert totals[0] == totals[1]
    assert (totals[0] > 0) == (typed not in ("z", "xyzzy"))


@pytest.fixture(scope="module")
def real(search_server, tmp_path_factory):
    if not (SHARED / "seeds").is_dir():
        pytest.skip("../shared/seeds is not on this machine")
    from .test_seeds import _entry

    entries = [_entry(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    both = Both(tmp_path_factory.mktemp("seeds"), search_server.url, "parity-seeds", entries)
    yield both, entries
    both.engines[1].remove()


def test_the_seeds(real):
    from .test_seeds import QUESTIONS

    both, entries = real
    lines = [passage.text for entry in entries for passage in entry.passages if len(passage.text) > 40]
    pieces = [" ".join(line.split()[:6]) for line in random.Random(6).sample(lines, SAMPLE)]
    assert_alike(both, [question for _, question in QUESTIONS] + pieces)


def test_the_cluster_knows_its_own_words_where_no_embedded_index_stands_by(real):
    both, _entries = real
    words, alone = both.engines[0].reader().vocab, both.alone.reader().vocab
    assert not alone.cheap
    assert words.total == alone.total
    for word in ("thu", "vien", "khongco", "ke"):
        assert (words.words(word), words.accents(word)) == (alone.words(word), alone.accents(word))
        assert sorted(words.numbers_from(word)) == sorted(alone.numbers_from(word))
    assert words.pairs("thu_vien") == alone.pairs("thu_vien") > 0
    for prefix in ("#", "@", "65%", "=2022", "1937", "18", ".*", "[a-z"):
        assert sorted(words.marks_from(prefix))[:50] == sorted(alone.marks_from(prefix))[:50]
        assert sorted(words.numbers_from(prefix)) == sorted(alone.numbers_from(prefix))


@pytest.fixture(scope="module")
def articles(search_server, tmp_path_factory):
    if not EVAL.is_dir():
        pytest.skip("../shared/eval is not on this machine")
    entries = read_corpus(EVAL / "alqac2022_corpus.jsonl")
    both = Both(tmp_path_factory.mktemp("alqac"), search_server.url, "parity-alqac", entries)
    yield both
    both.engines[1].remove()


def test_public_questions(articles, capsys):
    judged = read_judgements(EVAL / "alqac2022_queries.csv")
    sample = dict(random.Random(6).sample(sorted(judged.items()), SAMPLE))
    assert_alike(articles, list(sample) + [strip_marks(question) for question in list(sample)[:20]], allowed=0.02)
    figures = [evaluate(engine, sample) for engine in articles.engines]
    with capsys.disabled():
        print(f"\n{SAMPLE} questions of ALQAC 2022: tantivy {figures[0]}, elasticsearch {figures[1]}")
    assert abs(figures[0]["mrr10"] - figures[1]["mrr10"]) <= 0.005
    assert abs(figures[0]["ndcg10"] - figures[1]["ndcg10"]) <= 0.005
