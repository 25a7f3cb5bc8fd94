"""A province with two communes that know nothing of each other, and an index of the admin's own."""

import pytest
from wagtail.models import Page

from cms.base.models import ArticlePage, HomePage, SectionPage
from search import sync
from search.backend.engine import admin_engine
from tests.factories import OrganisationFactory


@pytest.fixture
def index(db):
    """Whole; what changes afterwards is found because whoever asks catches up first."""
    sync.rebuild(admin_engine())
    return admin_engine()


@pytest.fixture
def offices(db):
    province = OrganisationFactory(code="tinh", name="Tỉnh")
    return {
        "province": province,
        "north": OrganisationFactory(code="xa-bac", name="Xã Bắc", below=province),
        "south": OrganisationFactory(code="xa-nam", name="Xã Nam", below=province),
    }


@pytest.fixture
def section(db):
    return HomePage.objects.get().add_child(instance=SectionPage(title="Thông báo", slug="thong-bao"))


@pytest.fixture
def article(section):
    """``article(title, office, text="", live=True)``"""

    def make(title, office=None, text="", live=True):
        page = ArticlePage(title=title, organisation=office, live=live, body=[("paragraph", text)] if text else [])
        section.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        return ArticlePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def edited():
    """``edited(page, title=…, text=…)``: saves a draft the public does not see."""

    def edit(page, title="", text=""):
        draft = page.get_latest_revision_as_object()
        draft.title = title or draft.title
        if text:
            draft.body = [("paragraph", text)]
        draft.save_revision()
        return Page.objects.get(pk=page.pk)

    return edit


@pytest.fixture
def titles():
    """``titles(results)``"""
    return lambda results: [item.title for item in results]
