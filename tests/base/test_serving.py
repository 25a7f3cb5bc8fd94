"""Public pages: what is public answers, what was public says so, what is private stays private."""

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.base.models import ArticlePage, HomePage, SectionPage
from cms.base.withdrawal import restore, withdraw
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    page = ArticlePage(title="Lễ kỷ niệm Đống Đa", intro="Một câu.")
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def test_after_migrate_alone_the_site_is_there(reader):
    assert reader.get("/").status_code == 200
    assert reader.get("/van-ban/").status_code == 200
    assert not Page.objects.filter(depth=2, content_type__app_label="wagtailcore").exists()


def test_addresses_are_ascii(article, reader):
    assert article.slug == "le-ky-niem-dong-da"
    assert reader.get("/le-ky-niem-dong-da/").status_code == 200


def test_a_second_page_of_one_title_gets_an_address_of_its_own(article):
    twin = ArticlePage(title=article.title)
    HomePage.objects.get().add_child(instance=twin)
    assert twin.slug == "le-ky-niem-dong-da-2"


def test_a_draft_is_not_there_and_an_unpublished_page_is_gone(article, reader):
    draft = ArticlePage(title="Nháp", live=False)
    HomePage.objects.get().add_child(instance=draft)
    assert reader.get("/nhap/").status_code == 404
    article.unpublish()
    gone = reader.get("/le-ky-niem-dong-da/")
    assert gone.status_code == 410
    assert "Lễ kỷ niệm Đống Đa" in gone.content.decode()


def test_a_moved_page_redirects(article, reader):
    section = SectionPage(title="Tin")
    HomePage.objects.get().add_child(instance=section)
    section.save_revision().publish()
    article.move(Page.objects.get(pk=section.pk), pos="last-child")
    assert reader.get("/tin/le-ky-niem-dong-da/").status_code == 200
    old = reader.get("/le-ky-niem-dong-da/")
    assert (old.status_code, old.url) == (301, "/tin/le-ky-niem-dong-da/")


def test_a_renamed_page_redirects(article, reader, committed):
    article.slug = "ten-moi"
    with committed():
        article.save_revision().publish()
    old = reader.get("/le-ky-niem-dong-da/")
    assert (old.status_code, old.url) == (301, "/ten-moi/")
    english = reader.get("/en/le-ky-niem-dong-da/")
    assert (english.status_code, english.url) == (301, "/en/ten-moi/")


def test_an_editor_whose_admin_is_english_makes_the_same_redirect(article, reader, committed):
    from django.utils import translation

    article.slug = "ten-moi"
    with committed(), translation.override("en"):
        article.save_revision().publish()
    assert reader.get("/le-ky-niem-dong-da/").url == "/ten-moi/"


@pytest.mark.parametrize("title", ["Tìm kiếm", "Cơ quan", "En", "Tệp"])
def test_a_title_that_would_take_an_address_of_the_site_gets_another(title, reader):
    page = ArticlePage(title=title)
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    assert page.slug.endswith("-2")
    assert title in reader.get(f"/{page.slug}/").content.decode()


def test_the_language_link_never_leads_to_another_site(reader):
    html = reader.get("/en//evil.example/x/").content.decode()
    assert 'href="//' not in html


def test_restricted_pages_are_not_listed(article, reader):
    section = SectionPage(title="Tin")
    HomePage.objects.get().add_child(instance=section)
    section.save_revision().publish()
    inner = ArticlePage(title="Chuyện kín")
    section.add_child(instance=inner)
    inner.save_revision().publish()
    assert "Chuyện kín" in reader.get("/tin/").content.decode()
    PageViewRestriction.objects.create(page=inner, restriction_type="login")
    assert "Chuyện kín" not in reader.get("/tin/").content.decode()


@pytest.mark.parametrize("above", [False, True])
def test_a_restricted_page_asks_for_the_password(article, reader, above):
    page = HomePage.objects.get() if above else article
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="bi-mat")
    response = reader.get("/le-ky-niem-dong-da/")
    assert "Một câu." not in response.content.decode()
    assert response.context["form"].fields["password"]
    restriction = PageViewRestriction.objects.get()
    opened = reader.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{article.pk}/",
        {"password": "bi-mat", "return_url": "/le-ky-niem-dong-da/"},
    )
    assert (opened.status_code, opened.url) == (302, "/le-ky-niem-dong-da/")
    assert "Một câu." in reader.get("/le-ky-niem-dong-da/").content.decode()


def test_a_withdrawn_page_stays_readable_and_says_why(article, reader):
    user = UserFactory(is_superuser=True)
    withdraw(article, "Đã có văn bản mới.", user)
    response = reader.get("/le-ky-niem-dong-da/")
    assert response.status_code == 200
    assert "Đã có văn bản mới." in response.content.decode()
    assert "Một câu." in response.content.decode()
    restore(ArticlePage.objects.get(pk=article.pk), user)
    assert "Đã có văn bản mới." not in reader.get("/le-ky-niem-dong-da/").content.decode()


def test_a_withdrawal_survives_the_next_publication(article, reader):
    article.intro = "Câu nháp."
    article.save_revision()
    withdraw(ArticlePage.objects.get(pk=article.pk), "Lý do.", UserFactory(is_superuser=True))
    assert "Câu nháp." not in reader.get("/le-ky-niem-dong-da/").content.decode()
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
    page = reader.get("/le-ky-niem-dong-da/").content.decode()
    assert "Câu nháp." in page
    assert "Lý do." in page


def test_withdrawing_needs_the_right_to_publish_there(signed_in):
    office, sibling = OrganisationFactory(), OrganisationFactory()
    page = DocumentPageFactory(organisation=office)
    page.save_revision().publish()
    url = f"/admin/rut-lai/{page.pk}/"
    assert signed_in(member(sibling)).get(url).status_code == 302
    client = signed_in(member(office))
    assert client.get(url).status_code == 200
    assert client.post(url, {"action": "withdraw", "reason": ""}).status_code == 200
    for _ in range(2):  # a double click changes nothing more
        assert client.post(url, {"action": "withdraw", "reason": "Nhầm số."}).status_code == 302
        page.refresh_from_db()
        assert page.is_withdrawn
    assert client.post(url, {"action": "restore"}).status_code == 302
    page.refresh_from_db()
    assert not page.is_withdrawn


def test_a_scheduled_revision_does_not_undo_a_withdrawal(article):
    article.intro = "Câu mới."
    revision = article.save_revision()
    withdraw(ArticlePage.objects.get(pk=article.pk), "Lý do.", UserFactory(is_superuser=True))
    revision.refresh_from_db()
    revision.publish()
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.intro, page.is_withdrawn) == ("Câu mới.", True)


def test_english_is_an_interface_over_the_same_pages(article, reader):
    vietnamese, english = reader.get("/van-ban/"), reader.get("/en/van-ban/")
    assert '<html lang="vi">' in vietnamese.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert 'href="/en/"' in english.content.decode()
    assert vietnamese.headers["Content-Language"] == "vi"


def test_the_readers_browser_language_changes_nothing(reader):
    assert '<html lang="vi">' in reader.get("/", headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("path", ["/", "/van-ban/", "/co-quan/", "/tim-kiem/", "/tim-kiem/?q=a", "/khong-co/", "/en/"])
def test_no_cookie_for_a_reader(reader, path):
    response = reader.get(path)
    assert not response.cookies
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_wrong_addresses_are_404_in_the_sites_own_frame(reader):
    for path in (
        "/khong-co/",
        "/van-ban/khong-co/",
        "/co-quan/khong-co/",
        "/media/documents/x.pdf",
        "/en/khong/",
    ):
        response = reader.get(path)
        assert response.status_code == 404, path
        assert 'name="q"' in response.content.decode(), path


def test_a_crash_shows_the_sites_own_page_and_asks_nothing_of_the_database(settings, django_assert_num_queries, rf):
    from cms.base.views import server_error

    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "site.css" in response.content.decode()


def test_robots_follow_the_settings(reader):
    from wagtail.models import Site

    from cms.base.models import OfficeSettings

    assert "Disallow: /admin/" in reader.get("/robots.txt").content.decode()
    OfficeSettings.objects.create(site=Site.objects.get(), allow_robots=False)
    assert reader.get("/robots.txt").content.decode().splitlines()[1] == "Disallow: /"


def test_healthz(reader):
    assert reader.get("/healthz").json() == {"status": "ok"}


def test_sitemap_lists_public_pages(article, reader):
    assert "/le-ky-niem-dong-da/" in reader.get("/sitemap.xml").content.decode()
