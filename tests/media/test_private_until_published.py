"""Law 15 as one table: what each reader gets of each kind of file before, while and after a page is public."""

import io
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from cms.base.models import ArticlePage, HomePage
from cms.documents.importing import import_document
from media.keeping import keep
from media.models import Attachment, Picture
from tests.documents.pdf.made import Page, lines, pdf
from tests.factories import DocumentPageFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db

READERS = ("anonymous", "sibling", "own")
NOBODY = (404, 404, 404)
THE_OFFICE = (404, 404, 200)
EVERYONE = (200, 200, 200)


def original_of_an_import(office):
    """The file a document's text was read from: nothing public refers to it, whatever becomes of the text."""
    page = import_document("KẾ HOẠCH\n\nThử\n\nI. Một\n".encode(), "goc.txt", organisation=office).page
    return page, page.source_file.get_absolute_url()


def attached_file(office):
    file = keep(pdf([Page(lines(["Bản ký số"]))]), "ky so.pdf", organisation=office)[0]
    page = DocumentPageFactory(organisation=office, live=False, issued_on=date(2024, 1, 1))
    page.attachments.create(file=file, role="signed")
    page.save_revision()
    return page, file.get_absolute_url()


def original_attached_too(office):
    """The same original once an editor attaches it."""
    page, url = original_of_an_import(office)
    page.attachments.create(file=page.source_file, role="signed")
    page.save_revision()
    return page, url


def article(office, *body):
    page = ArticlePage(title="Bài", organisation=office, live=False, body=list(body))
    HomePage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


def picture_of(office):
    return Picture.objects.create(title="Ảnh", file=get_test_image_file(), organisation=office)


def file_of_an_article(office):
    file = Attachment.objects.create(title="Tệp", file=ContentFile(b"so lieu", name="tep.txt"), organisation=office)
    return article(office, ("file", {"file": file, "title": ""})), file.url


def file_linked_in_text(office):
    file = Attachment.objects.create(title="Tệp", file=ContentFile(b"so lieu", name="tep.txt"), organisation=office)
    return article(office, ("paragraph", f'<p><a linktype="document" id="{file.pk}">xem</a></p>')), file.url


def original_of_a_picture(office):
    """Never served, to anyone: readers get pictures at their sizes."""
    image = picture_of(office)
    return article(office, ("image", image)), image.file.url


def rendition(office):
    """A picture at a size is public, under a name nobody guesses; its address stands on public pages alone."""
    image = picture_of(office)
    return article(office, ("image", image)), image.get_rendition("width-100").url


TABLE = [
    # what                    before        public       unpublished
    (original_of_an_import, THE_OFFICE, THE_OFFICE, THE_OFFICE),
    (original_attached_too, THE_OFFICE, EVERYONE, THE_OFFICE),
    (attached_file, THE_OFFICE, EVERYONE, THE_OFFICE),
    (file_of_an_article, THE_OFFICE, EVERYONE, THE_OFFICE),
    (file_linked_in_text, THE_OFFICE, EVERYONE, THE_OFFICE),
    (original_of_a_picture, NOBODY, NOBODY, NOBODY),
    (rendition, EVERYONE, EVERYONE, EVERYONE),
]


@pytest.fixture
def office():
    return OrganisationFactory()


@pytest.fixture
def clients(office, signed_in):
    return (Client(), signed_in(member(OrganisationFactory())), signed_in(member(office)))


def answers(clients, url):
    return dict(zip(READERS, (client.get(url).status_code for client in clients), strict=True))


@pytest.mark.parametrize(("make", "before", "public", "afterwards"), TABLE, ids=[row[0].__name__ for row in TABLE])
def test_private_until_published(make, before, public, afterwards, office, clients, committed):
    with committed():
        page, url = make(office)
    assert answers(clients, url) == dict(zip(READERS, before, strict=True))
    with committed():
        page.get_latest_revision().publish()
    assert answers(clients, url) == dict(zip(READERS, public, strict=True))
    page.refresh_from_db()
    with committed():
        page.unpublish()
    assert answers(clients, url) == dict(zip(READERS, afterwards, strict=True))


def test_names_of_renditions_cannot_be_guessed(office):
    first, second = picture_of(office), picture_of(office)
    stems = {image.get_rendition("width-100").url.rsplit("/", 1)[1].split(".")[0] for image in (first, second)}
    assert len(stems) == 2
    assert all(len(stem.split("-")[-1]) >= 12 for stem in stems)


PRIVATE_SCREENS = [
    ("wagtailimages:edit", Picture),
    ("wagtailimages:delete", Picture),
    ("wagtailimages:image_usage", Picture),
    ("wagtailimages_chooser:chosen", Picture),
    ("wagtailimages_chooser:select_format", Picture),
    ("wagtaildocs:edit", Attachment),
    ("wagtaildocs:delete", Attachment),
    ("wagtaildocs:document_usage", Attachment),
    ("wagtaildocs_chooser:chosen", Attachment),
    ("wagtailsnippets_media_file:edit", None),
    ("wagtailsnippets_media_file:usage", None),
    ("wagtailsnippets_media_file:history", None),
    ("wagtailsnippetchoosers_media_file:chosen", None),
    ("file_read_again", None),
]


@pytest.mark.parametrize(("screen", "model"), PRIVATE_SCREENS, ids=[row[0] for row in PRIVATE_SCREENS])
def test_no_screen_names_a_siblings_file(screen, model, office, clients):
    made = {
        Picture: picture_of,
        Attachment: lambda o: Attachment.objects.create(
            title="ten-kin", file=ContentFile(b"x", name="ten-kin.txt"), organisation=o
        ),
        None: lambda o: keep(b"so lieu", "ten-kin.txt", organisation=o)[0],
    }
    row = made[model](office)
    if model is Picture:
        Picture.objects.update(title="ten-kin")
    _anonymous, sibling, own = clients
    url = reverse(screen, args=[row.pk])
    answer = sibling.get(url, follow=True)
    assert answer.status_code in (403, 404) or "ten-kin" not in answer.content.decode()
    shown = own.get(url)
    assert shown.status_code == 200
    assert "ten-kin" in shown.content.decode()


def test_the_admin_shows_what_came_of_the_text_and_reads_again(office, clients, committed):
    _anonymous, sibling, own = clients
    with committed():
        broken = keep(b"%PDF-1.7\n" + b"x" * 200, "hong.pdf", organisation=office)[0]
    broken.refresh_from_db()
    assert broken.text_state == "failed"
    state = broken.get_text_state_display()
    listed = own.get(reverse("wagtailsnippets_media_file:list")).content.decode()
    again = reverse("file_read_again", args=[broken.pk])
    assert str(state) in listed
    assert again in listed
    screen = own.get(reverse("wagtailsnippets_media_file:edit", args=[broken.pk])).content.decode()
    assert broken.text_message[:40] in screen
    assert again in screen
    assert sibling.post(again).status_code == 404
    assert own.get(again).status_code == 200
    broken.refresh_from_db()
    assert broken.text_state == "failed"
    assert own.post(again).status_code == 302
    broken.refresh_from_db()
    assert broken.text_state == "waiting"


def test_the_state_is_no_field_of_the_form(office, clients):
    *_others, own = clients
    sent = io.BytesIO(b"so lieu")
    sent.name = "moi.txt"
    data = {"upload": sent, "name": "", "organisation": "", "text_state": "read", "text_message": "x"}
    assert own.post(reverse("wagtailsnippets_media_file:add"), data).status_code == 302
    from media.models import File

    assert File.objects.get(name="moi.txt").text_state == "waiting"
