"""Fixtures every room's tests share."""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

# A shared machine is slow now and then; how long an example takes is the benchmarks' business.
hypothesis.settings.register_profile("minhbach", deadline=None)
hypothesis.settings.load_profile("minhbach")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _fresh_search_folder(settings):
    """No test finds what another has indexed or remembered. The folder is the worker's own (settings.test)."""
    folder = Path(django_settings.SEARCH_DIR)
    cache.clear()
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def seeds() -> Path:
    """The four real documents; they are not part of the repository."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("../shared/seeds is not on this machine")
    return folder


@pytest.fixture(scope="session")
def search_server():
    """A real Elasticsearch of this run's own, on loopback; it ends with the run, however that ends. Tests that ask for
    it bear ``xdist_group("elasticsearch")``, so that one is enough."""
    from search.server.distribution import Unavailable, obtain
    from search.server.node import Node

    try:
        node = Node(obtain(ROOT / "var" / "es"))
    except Unavailable as error:
        pytest.skip(str(error))
    try:
        node.start()
        node.wait()
        yield node
    finally:
        node.stop()


@pytest.fixture
def reader() -> Client:
    """An anonymous reader."""
    return Client()


@pytest.fixture
def signed_in():
    """``signed_in(user)`` -> a client with that person's session."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def shelf(db):
    """The document list that every site has."""
    from cms.documents.models import DocumentIndexPage

    return DocumentIndexPage.objects.get()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed():`` runs what waits for the commit when the block ends."""

    def block():
        return django_capture_on_commit_callbacks(execute=True)

    return block


def pytest_collection_modifyitems(items):
    """The longest test first: it keeps one worker busy while the other does the rest."""
    items.sort(key=lambda item: "postgresql" not in item.path.parts)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """With ``MINHBACH_NO_SKIPS`` a skipped test fails the run: that machine has everything a test can want."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("MINHBACH_NO_SKIPS") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("Skipped tests count as failed here (MINHBACH_NO_SKIPS).", red=True)
        session.exitstatus = 1
