"""An index of the small collection behind the real page, and a reader's browser."""

import pytest
from django.test import Client

from cms.base.models import OfficeSettings
from search import registry, sync
from search.learning import spool
from search.learning.log import folder
from tests.factories import OrganisationFactory

BROWSER = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
URL = "/tim-kiem/"


class Shelf:
    kind = "document"

    def __init__(self, entries):
        self._entries = entries

    def entries(self, ids):
        return iter(self._entries if ids is None else [e for e in self._entries if int(e.key.split(":")[1]) in ids])


@pytest.fixture
def site(settings, tmp_path, monkeypatch, collection, db):
    settings.SEARCH_DIR = tmp_path
    monkeypatch.setattr(registry, "_registered", {"document": Shelf(collection)})
    sync.rebuild()


@pytest.fixture
def browser():
    """A reader's own, which says what it is."""
    return Client(HTTP_USER_AGENT=BROWSER, REMOTE_ADDR="203.0.113.7")


@pytest.fixture
def written():
    """``written()`` -> the lines that wait to be counted."""

    def read():
        path = folder() / spool.NAME
        return list(spool.lines(path)) if path.exists() else []

    return read


@pytest.fixture
def office(db):
    """The office that runs the site, below a province, beside a sibling."""
    from wagtail.models import Site

    province = OrganisationFactory(code="tinh-hoc")
    own = OrganisationFactory(code="phong-hoc", below=province)
    settings, _made = OfficeSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    settings.organisation = own
    settings.save()
    return {
        "province": province,
        "own": own,
        "school": OrganisationFactory(code="truong-hoc", below=own),
        "sibling": OrganisationFactory(code="phong-khac", below=province),
    }
