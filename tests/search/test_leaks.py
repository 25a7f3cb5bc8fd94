"""What is not public appears nowhere: not in results, counts, suggestions or reasons, nor in the weight of what is.

The whole way is walked: editors' pages and files, the outbox, both engines, the page, the feeds. A secret is something
only the hidden document has: a word, a name, a number, whose it is. Each test first sees that it would be found.
"""

import json
import time
from dataclasses import asdict
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import PageViewRestriction

from cms.base.withdrawal import withdraw
from cms.documents.models import DocumentPage
from media.keeping import keep
from search import engines, failover, sync
from search.breaker import Breaker
from search.explain import reasons
from search.query import parse
from search.registry import registered
from search.service import find, search
from tests.factories import DocumentPageFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db

WORD, SLIP = "lofexen", "lofexan"
NAME, NAME_SLIP = "Mervolin", "Mervolan"
FILED, FILED_SLIP = "quvarent", "quvarant"
NUMBER = "777/QĐ-LFX"
CITES = "Căn cứ Kế hoạch số 12/KH-LMH ngày 05 tháng 9 năm 2024;"
ASKED = (
    WORD,
    SLIP,
    NAME,
    NAME_SLIP,
    f'"{WORD} trong kho"',
    NUMBER,
    "777",
    "số 777",
    "Phòng Bemnara",
    "bemnaro",
    "đọc sách",
)
SECRETS = (WORD, NAME.lower(), FILED, "lfx", "bemnaro")


@pytest.fixture(
    autouse=True,
    params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.xdist_group("elasticsearch"))],
)
def site(request, settings, monkeypatch):
    """The site on each engine; the outbox feeds what is kept."""
    if request.param == "tantivy":
        yield
        return
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = [request.getfixturevalue("search_server").url]
    settings.SEARCH_INDEX = f"leaks-{time.time_ns():x}"
    settings.OUTBOX_CONSUMERS = {"search": "search.sync.apply", "cluster": "search.sync.apply_to_cluster"}
    settings.SEARCH_SECONDS = 30
    monkeypatch.setattr(failover, "breaker", Breaker())
    yield
    engines.engine().remove()


@pytest.fixture
def public(committed):
    """What anyone may read; it shares no secret and is cited by what is hidden."""
    office = OrganisationFactory(code="lmh", name="Phòng Minh Họa")
    with committed():
        page = DocumentPageFactory(
            title="Kế hoạch đọc sách",
            number="12/KH-LMH",
            issuer=office,
            issuer_raw="Phòng Minh Họa",
            issued_on=date(2024, 9, 5),
            body=[("text", "Đọc sách trong thư viện."), ("text", "Mượn sách trong kho.")],
        )
        page.save_revision().publish()
    for engine in engines.kept():
        sync.rebuild(engine)
    return DocumentPage.objects.get(pk=page.pk)


@pytest.fixture
def hidden(public, committed):
    """A draft with every secret."""
    with committed():
        page = DocumentPageFactory(
            title=f"Quyết định {NAME}",
            number=NUMBER,
            doc_type="decision",
            issuer_raw="Phòng Bemnaro",
            organisation=public.issuer,
            issued_on=date(2025, 1, 6),
            body=[("text", CITES), ("text", f"Để {WORD} trong kho.")],
            live=False,
        )
        page.save_revision()
    return page


def publish(page):
    page.get_latest_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


def told(question: str) -> str:
    """Everything a reader, a program or an operator is told for a question, but the question itself."""
    results = search(question)
    why = [reasons(hit, results.plan) for hit in results.hits]
    plan = results.plan and results.plan.as_json() | {"text": "", "title": "", "dropped": ()}
    facts = {
        **results.as_json(),
        "query": "",
        "hits": [asdict(hit) for hit in results.hits],
        "why": why,
        "facets": {name: [asdict(bucket) for bucket in buckets] for name, buckets in results.facets.items()},
        "shown_for": results.shown_for,
        "read_as": plan and plan["read_as"],
        "numbers": plan and plan["numbers"],
        "known": [(g["marks"], g["numbers"]) for g in plan["groups"] if g["frequency"]] if plan else (),
    }
    return json.dumps(facts, ensure_ascii=False, default=str).lower()


def leaks(secrets=SECRETS, asked=ASKED) -> list[tuple[str, str]]:
    """(question, secret) of everything that got out."""
    return [(question, secret) for question in asked for secret in _beyond(question, secrets)]


def _beyond(question: str, secrets) -> list[str]:
    return [secret for secret in secrets if secret in told(question)]


def assert_nowhere(reader, hidden, public) -> None:
    assert leaks() == []
    for engine in engines.kept():
        assert sync.verify(engine=engine).agrees
        reader_of = engine.reader()
        assert f"document:{hidden.pk}" not in dict(reader_of.digests())
        for question in ASKED:
            _plan, order, _total = find(reader_of, parse(question), {})
            assert f"document:{hidden.pk}" not in {item.key for item in order}
        vocab = reader_of.vocab
        assert (vocab.words(WORD), vocab.accents(WORD), vocab.pairs(f"{WORD}_trong"), vocab.marks("#777qdlfx")) == (
            0,
        ) * 4
        assert not vocab.numbers_from("777")
        assert not vocab.marks_from("#777")
    assert search(NUMBER).unknown_numbers == (NUMBER,)
    assert search(WORD).total == 0
    (entry,) = registered()["document"].entries([public.pk])
    assert not {"cited", "status"} & entry.facets.keys()
    for address in ("/van-ban/atom.xml", "/tim-kiem/?q=" + SLIP, "/tim-kiem/?q=đọc", "/van-ban/", "/sitemap.xml"):
        page = reader.get(address).content.decode().lower()
        assert not [secret for secret in SECRETS if secret in page], address


def assert_somewhere(hidden) -> None:
    """Else the tests would prove nothing."""
    assert search(SLIP).did_you_mean == WORD
    assert search(NUMBER).answer.record.key == f"document:{hidden.pk}"
    assert search(WORD).total == 1
    got_out = {secret for _question, secret in leaks()}
    assert got_out == set(SECRETS) - {FILED}


def test_a_draft(hidden, public, reader):
    assert_nowhere(reader, hidden, public)


def test_a_publication_that_was_rolled_back(hidden, public, reader, committed):
    with pytest.raises(RuntimeError), committed(), transaction.atomic():
        publish(hidden)
        raise RuntimeError
    assert_nowhere(reader, hidden, public)


def test_a_page_that_was_unpublished(hidden, public, reader, committed):
    with committed():
        page = publish(hidden)
    assert_somewhere(hidden)
    with committed():
        page.unpublish()
    assert_nowhere(reader, hidden, public)


def test_a_page_that_was_deleted(hidden, public, reader, committed):
    with committed():
        page = publish(hidden)
    assert_somewhere(hidden)
    with committed():
        page.delete()
    assert_nowhere(reader, hidden, public)


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_page_for_some_alone(hidden, public, reader, committed, kind):
    with committed():
        page = publish(hidden)
    assert_somewhere(hidden)
    with committed():
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    assert_nowhere(reader, hidden, public)
    with committed():
        restriction.delete()
    assert_somewhere(hidden)


def test_what_was_unpublished_while_nobody_drained(hidden, public, reader, committed, settings):
    """The rows wait; what takes them up reads the state of then."""
    with committed():
        page = publish(hidden)
    page.unpublish()
    call_command("search_index", "verify", repair=True)
    assert_nowhere(reader, hidden, public)


def test_the_draft_of_a_public_page(public, committed):
    with committed():
        public.title = f"Kế hoạch {NAME}"
        public.body = [("text", f"Để {WORD} trong kho.")]
        public.save_revision()
    assert leaks() == []
    assert search("đọc sách").total == 1


def test_words_a_page_no_longer_has(public, committed):
    with committed():
        public.body = [("text", f"Để {WORD} trong kho.")]
        public.save_revision().publish()
    assert search(SLIP).did_you_mean == WORD
    page = DocumentPage.objects.get(pk=public.pk)
    with committed():
        page.body = [("text", "Đọc sách.")]
        page.save_revision().publish()
    assert leaks() == []


def test_a_withdrawn_page_stays_readable_and_says_so(hidden, public, committed):
    """Withdrawn is not hidden (law 19): it stands behind the others."""
    with committed():
        withdraw(publish(hidden), "Sai số liệu", member(public.issuer))
    assert search(WORD).total == 1
    (why,) = (reasons(hit, search("trong kho").plan) for hit in search("trong kho").hits if hit.record.number == NUMBER)
    assert any("further down" in sentence or "phía sau" in sentence for sentence in why)


# --- files


@pytest.fixture
def file(public):
    """A kept file whose text was read."""
    kept = keep(f"Biên bản {FILED} trong kho.".encode(), "bien-ban.txt", organisation=public.issuer)[0]
    kept.page_texts = [f"Biên bản {FILED} trong kho."]
    kept.save()
    return kept


FILE_ASKED = (FILED, FILED_SLIP, "biên bản", f'"{FILED} trong kho"', "bien-ban.txt")
FILE_SECRETS = (FILED, "biên bản", "bien-ban.txt")


def file_leaks() -> list[tuple[str, str]]:
    return leaks(FILE_SECRETS, FILE_ASKED)


def test_a_file_nothing_refers_to(file, public, committed):
    with committed():
        public.save()
    assert file_leaks() == []


def test_a_file_only_a_draft_refers_to(file, public, hidden, committed):
    with committed():
        hidden.attachments.create(file=file, role="signed")
        hidden.save_revision()
    for engine in engines.kept():
        sync.rebuild(engine)
    assert file_leaks() == []


def test_a_file_whose_page_went_and_one_that_was_taken_off(file, public, committed):
    with committed():
        public.attachments.create(file=file, role="signed")
        public.save_revision().publish()
    assert {secret for _asked, secret in file_leaks()} == set(FILE_SECRETS)
    assert search(FILED_SLIP).did_you_mean == FILED
    page = DocumentPage.objects.get(pk=public.pk)
    with committed():
        page.attachments.set([])
        page.save_revision().publish()
    assert file_leaks() == []
    for engine in engines.kept():
        assert sync.verify(engine=engine).agrees
