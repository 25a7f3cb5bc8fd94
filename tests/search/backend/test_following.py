"""The index follows what is saved: at once for who searches next, never what was rolled back."""

import time

import pytest
from django.core.management import call_command
from django.db import transaction
from minhbach.settings.search import admin_of
from wagtail.models import Page

from cms.base.models import ArticlePage, OutboxRow
from search import sync
from search.backend import following
from search.backend.engine import admin_engine
from search.engines.base import State

pytestmark = pytest.mark.django_db


def found(question, model=ArticlePage):
    return [item.pk for item in model.objects.search(question)]


def waiting():
    return OutboxRow.objects.filter(consumer="admin")


def test_what_was_just_saved_is_found_by_who_searches_next(index, article):
    page = article("Kế hoạch thư viện")
    assert waiting().exists()
    assert found("thu vien") == [page.pk]
    assert not waiting().exists()


def test_a_draft_is_found_by_its_newest_words_and_by_the_published_ones(index, article, edited):
    page = article("Kế hoạch thư viện", text="Mượn sách ở tầng trệt.")
    edited(page, title="Kế hoạch phòng đọc", text="Mượn sách ở tầng hai.")
    for question in ("thư viện", "phòng đọc", "tầng trệt", "tầng hai"):
        assert found(question) == [page.pk], question


def test_a_page_that_was_never_published_is_found_by_its_newest_words(index, article, edited):
    page = article("Kế hoạch thư viện", live=False)
    edited(page, title="Kế hoạch phòng đọc")
    assert found("phong doc") == [page.pk]


def test_publishing_takes_the_former_words_away(index, article, edited):
    page = article("Kế hoạch thư viện")
    edited(page, title="Kế hoạch phòng đọc")
    assert found("thu vien") == [page.pk]
    page.get_latest_revision().publish()
    assert found("thu vien") == []
    assert found("phong doc") == [page.pk]


def test_what_is_deleted_is_gone(index, article):
    page = article("Kế hoạch thư viện")
    assert found("thu vien") == [page.pk]
    ArticlePage.objects.get(pk=page.pk).delete()
    assert admin_engine().reader().stats()["documents"]
    Page.objects.search("ke hoach").count()
    assert not [key for key, _ in admin_engine().reader().digests() if key.startswith(f"wagtailcore.page:{page.pk}")]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_nothing(index, article):
    page = article("Kế hoạch thư viện")
    assert found("thu vien") == [page.pk]

    class Changed(Exception):
        pass

    with pytest.raises(Changed), transaction.atomic():
        ArticlePage.objects.get(pk=page.pk).delete()
        article("Phòng đọc")
        assert found("phong doc") == []  # asked in the middle: what may be undone is not written down
        raise Changed
    assert not waiting().exists()
    assert found("thu vien") == [page.pk]
    assert found("phong doc") == []
    assert sync.verify(engine=admin_engine()).agrees


def test_a_save_costs_one_row_and_no_writing_to_the_index(index, article, django_assert_num_queries, monkeypatch):
    page = article("Kế hoạch thư viện")
    monkeypatch.setattr(sync, "apply_to", lambda *args: pytest.fail("the editor waits for the index"))
    before = waiting().count()
    with django_assert_num_queries(1):
        following.record(type(page), [page.pk])
    assert waiting().count() == before + 1


def test_every_host_hears_of_a_change_and_takes_its_own(index, article, settings):
    settings.OUTBOX_OWN = {"admin@a": "search.backend.following.apply"}
    settings.OUTBOX_ELSEWHERE = ["admin@b"]
    page = article("Kế hoạch thư viện")
    assert found("thu vien") == [page.pk]
    call_command("tick", verbosity=0)
    assert set(OutboxRow.objects.values_list("consumer", flat=True)) == {"admin@b"}


def test_hosts_with_long_names_have_rows_of_their_own():
    hosts = [f"search-and-admin-of-the-province-{number}.example.org" for number in range(3)]
    names = {admin_of(host) for host in hosts}
    assert len(names) == 3
    assert max(map(len, names)) <= OutboxRow._meta.get_field("consumer").max_length


def test_what_nobody_searches_for_the_next_tick_takes(index, article):
    page = article("Kế hoạch thư viện")
    call_command("tick", verbosity=0)
    assert not waiting().exists()
    keys = dict(admin_engine().reader().digests())
    assert f"wagtailcore.page:{page.pk}" in keys


def test_without_an_index_titles_are_found_and_the_tick_builds_it(article):
    page = article("Kế hoạch thư viện", text="tầng trệt")
    assert admin_engine().state() == State.MISSING
    assert found("thư viện") == [page.pk]
    assert ArticlePage.objects.autocomplete("Kế hoạch thư v").count() == 1
    assert found("tầng trệt") == []
    assert ArticlePage.objects.search("thư viện").facet("live") == {True: 1}
    assert admin_engine().state() == State.MISSING
    call_command("tick", verbosity=0)
    assert admin_engine().state() == State.READY
    assert found("tang tret") == [page.pk]


def test_an_index_of_another_version_is_built_anew(index, article, monkeypatch):
    page = article("Kế hoạch thư viện")
    stamp = index.folder / index.current() / "stamp.json"
    stamp.write_text(stamp.read_text().replace('"schema": ', '"schema": 9'))
    monkeypatch.setattr(index, "_open", None)
    assert index.state() == State.SCHEMA
    rows = waiting().count()
    assert found("thư viện") == [page.pk]
    assert waiting().count() == rows
    call_command("tick", verbosity=0)
    assert index.state() == State.READY
    assert found("thu vien") == [page.pk]


def test_an_index_that_cannot_be_written_breaks_no_search(index, article, monkeypatch):
    page = article("Kế hoạch thư viện")
    assert found("thu vien") == [page.pk]
    article("Thư viện mới")
    monkeypatch.setattr(type(index), "write", lambda *args, **kwargs: 1 / 0)
    assert found("thu vien") == [page.pk]
    assert waiting().exists()


def test_many_waiting_changes_are_taken_in_time_the_newest_first(index, article, monkeypatch):
    from cms.base import outbox

    pages = [article(f"Kế hoạch {n}") for n in range(3)]
    monkeypatch.setattr(outbox, "CATCH_UP_BATCH", 1)
    apply, asked = sync.apply_to, []

    def slow(engine, changes, *args):
        asked.extend(pk for _, pk in changes)
        time.sleep(outbox.CATCH_UP_SECONDS)
        apply(engine, changes, *args)

    monkeypatch.setattr(sync, "apply_to", slow)
    began = time.monotonic()
    assert found("ke hoach") == [pages[-1].pk]
    assert time.monotonic() - began < outbox.CATCH_UP_SECONDS * 3
    assert set(asked) == {pages[-1].pk}


def test_verify_compares_and_repairs(index, article, edited):
    page = article("Kế hoạch thư viện")
    edited(page, title="Phòng đọc")
    assert found("phong doc") == [page.pk]
    assert sync.verify(engine=index).agrees
    index.write([], [f"wagtailcore.page:{page.pk}", f"wagtailcore.page.live:{page.pk}"])
    report = sync.verify(repair=True, engine=index)
    assert set(report.missing) == {f"wagtailcore.page:{page.pk}", f"wagtailcore.page.live:{page.pk}"}
    assert sync.verify(engine=index).agrees
