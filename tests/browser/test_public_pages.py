"""Every public page: nothing for axe to find, light, no cookie, no other host, usable without JavaScript."""

import pytest
from django.core.management import call_command

PLAN = "/van-ban/1937-kh-pgddt-pgddt-uong-bi-2023/"
PAGES = [
    "/", "/van-ban/", "/van-ban/?loai=plan", PLAN, "/van-ban/4725-qd-bgddt-bo-gddt-2022/", "/co-quan/",
    "/co-quan/pgddt-uong-bi/", "/tim-kiem/", "/tim-kiem/?q=thanh+toan+khong+dung+tien+mat",
    "/tim-kiem/?q=xyzzyqwerty", "/quyen-rieng-tu/", "/khong-co/", "/en/", "/en" + PLAN,
]  # fmt: skip


@pytest.fixture
def demo(transactional_db):
    call_command("demo", verbosity=0)


def test_every_public_page_is_clean_light_and_asks_nobody_else(demo, visit):
    found = {}
    for path in PAGES:
        for width in (360, 1280):
            seen = visit(width=width)
            seen.page.goto(path)
            seen.page.wait_for_load_state("networkidle")
            if "thanh+toan" in path:
                assert seen.page.locator(".result").count(), "nothing was found, so nothing was looked at"
            problems = seen.violations() if width == 360 or path in (PLAN, "/van-ban/") else []
            overflow = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                problems.append(f"{overflow} px wider than the screen")
            if seen.weight > 150_000:
                problems.append(f"{seen.weight} bytes")
            if seen.requests > 10:
                problems.append(f"{seen.requests} requests")
            if seen.context.cookies():
                problems.append(f"cookies: {seen.context.cookies()}")
            print(f"{path} at {width}: {seen.weight:,} bytes, {seen.requests} requests")
            if problems:
                found[f"{path} at {width}"] = problems
            seen.context.close()
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_keep_their_contrast(demo, visit, scheme):
    for path in ("/", "/van-ban/", PLAN, "/tim-kiem/?q=ke+hoach"):
        seen = visit(color_scheme=scheme)
        seen.page.goto(path)
        assert not seen.violations(), path


def test_without_javascript_one_reads_filters_and_searches(demo, visit):
    seen = visit(width=360, java_script_enabled=False)
    page = seen.page
    page.goto("/")
    page.get_by_role("searchbox").fill("thanh toan khong dung tien mat")
    page.get_by_role("search").get_by_role("button").click()
    first = page.locator(".result").first
    assert "1937/KH-PGDĐT" in first.inner_text()
    first.locator(".passage a").first.click()
    assert page.url.split("?")[0].endswith(PLAN)
    anchor = page.url.split("#")[1]
    assert page.locator(f'[id="{anchor}"]').is_visible()
    page.goto("/van-ban/")
    page.locator("summary", has_text="Lọc").click()
    page.get_by_label("Loại").select_option("decision")
    page.get_by_role("button", name="Hiện").click()
    assert "loai=decision" in page.url
    assert page.locator(".row").count() > 0


def test_by_keyboard_one_reaches_the_text_first(demo, visit):
    page = visit().page
    page.goto(PLAN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_at_320_pixels_and_twice_the_text_nothing_is_lost(demo, visit):
    for path in ("/", PLAN, "/tim-kiem/?q=ke+hoach", "/van-ban/"):
        seen = visit(width=320)
        seen.page.goto(path)
        seen.page.evaluate("document.documentElement.style.fontSize = '200%'")
        overflow = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, path


def test_print_leaves_the_navigation_out(demo, visit):
    page = visit().page
    page.goto(PLAN)
    page.emulate_media(media="print")
    assert not page.locator(".site-nav--wide").is_visible()
    assert page.locator("article.document-body").is_visible()
