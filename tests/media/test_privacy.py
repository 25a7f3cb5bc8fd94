"""A file is private until something published refers to it, and again when nothing does (law 15)."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from cms.base.models import ArticlePage, HomePage
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OrganisationFactory()


@pytest.fixture
def file(office):
    return get_document_model().objects.create(
        title="Phụ lục", file=ContentFile("Số liệu".encode(), name="phu-luc.txt"), organisation=office
    )


@pytest.fixture
def page(file, committed):
    with committed():
        article = ArticlePage(title="Có tệp", body=[("file", {"file": file, "title": "Phụ lục"})], live=False)
        HomePage.objects.get().add_child(instance=article)
        article.save_revision()
    return article


def test_an_uploaded_file_is_nobodys_business(file, reader):
    assert reader.get(file.url).status_code == 404


def test_its_own_office_reads_it_and_the_sibling_does_not(file, office, signed_in):
    assert signed_in(member(office)).get(file.url).status_code == 200
    assert signed_in(member(OrganisationFactory())).get(file.url).status_code == 404


def test_a_draft_that_refers_to_it_changes_nothing(file, page, reader):
    assert reader.get(file.url).status_code == 404


def test_publication_opens_it_and_unpublishing_closes_it(file, page, reader, committed):
    with committed():
        page.get_latest_revision().publish()
    answer = reader.get(file.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == "Số liệu".encode()
    page.refresh_from_db()
    with committed():
        page.unpublish()
    assert reader.get(file.url).status_code == 404


def test_a_restricted_page_keeps_its_files_to_itself(file, page, reader, committed):
    with committed():
        page.get_latest_revision().publish()
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert reader.get(file.url).status_code == 404


def test_originals_of_pictures_are_never_served(reader, office):
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    image = get_image_model().objects.create(title="Ảnh", file=get_test_image_file(), organisation=office)
    assert reader.get(image.file.url).status_code == 404
    rendition = image.get_rendition("width-100")
    assert reader.get(rendition.url).status_code == 200
    assert reader.get("/media/images/../documents/phu-luc.txt").status_code in (400, 404)
    assert reader.get("/media/images/%2e%2e/original_images/x.png").status_code in (400, 404)
