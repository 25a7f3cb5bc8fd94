"""What was opened is learnt from a plain link; staff read, explain and judge by keyboard."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from cms.base.models import OfficeSettings
from cms.people.enums import Role
from search.learning import spool
from search.learning.fold import fold
from search.learning.log import folder
from search.models import Judgement, SearchDay
from tests.factories import DocumentPageFactory, OrganisationFactory, member

READER = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"


@pytest.fixture
def office(transactional_db):
    own = OrganisationFactory(code="phong-hoc", name="Phòng GDĐT Minh Họa")
    settings, _made = OfficeSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    settings.organisation = own
    settings.save()
    from search import sync

    sync.rebuild()
    for i in (1, 2):
        page = DocumentPageFactory(title=f"Kế hoạch thư viện số {i}", organisation=own)
        page.save_revision().publish()
    return own


def clicks():
    return [line for line in spool.lines(folder() / spool.NAME) if line["t"] == "c"]


@pytest.mark.parametrize("script", [True, False])
def test_the_result_opened_is_learnt_in_passing_and_the_link_is_plain(office, visit, script):
    reader = visit(width=360, user_agent=READER, java_script_enabled=script)
    page = reader.page
    page.goto("/tim-kiem/?q=thu+vien")
    link = (
        page.locator(".result a").nth(1)
        if page.locator(".result").count() < 2
        else page.locator(".result").nth(1).locator("a").first
    )
    assert "/tim-kiem/" not in link.get_attribute("href")
    if script:
        with page.expect_request("**/tim-kiem/da-mo/") as sent:
            link.click()
        page.wait_for_url("**/van-ban/**")
        assert "cookie" not in sent.value.all_headers()
        page.wait_for_timeout(300)
        assert [line["p"] for line in clicks()] == [2]
    else:
        link.click()
        page.wait_for_url("**/van-ban/**")
        assert clicks() == []
    fold()
    row = SearchDay.objects.get()
    assert (row.asked, row.clicked_5) == (1, int(script))


@pytest.fixture
def desk(office, visit):
    def open_desk(width):
        judge = member(office, Role.PUBLISHER)
        judge.set_password("mat-khau-thu-nghiem")
        judge.save()
        opened = visit(width=width)
        page = opened.page
        page.goto("/admin/login/")
        page.locator("input[name=username]").fill(judge.username)
        page.locator("input[name=password]").fill("mat-khau-thu-nghiem")
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url("**/admin/")
        return opened

    return open_desk


def critical(visit):
    """What axe calls critical or serious in our part of the screen; the frame around it is Wagtail's."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(visit.page, context="#main", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found.response["violations"]
        if v["impact"] in ("critical", "serious")
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_keeps_anybody_from_reading_the_pages_of_staff(desk, width):
    SearchDay.objects.create(day="2026-11-18", key="thu vien", text="thư viện", engine="tantivy", asked=9, empty=2)
    opened = desk(width)
    for name, query in (
        ("search_report", ""), ("search_explain", "?q=thu+vien"), ("search_judge_queue", ""),
        ("search_judge", "?q=thu+vien"), ("wagtailsnippets_search_promotedresult:add", ""),
    ):  # fmt: skip
        assert opened.page.goto(reverse(name) + query).status == 200
        assert critical(opened) == []
        assert opened.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_results_are_judged_by_keyboard_alone(desk):
    opened = desk(1280)
    page = opened.page
    page.goto(reverse("search_judge") + "?q=thu+vien")
    page.locator("input[type=radio]").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.locator("button[name=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/danh-gia/")
    assert [row.grade for row in Judgement.objects.all()] == [3]
