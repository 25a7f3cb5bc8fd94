"""The living page of a document in a real browser: followed, compared and downloaded without JavaScript; nothing for
axe to find on any of its parts."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from cms.base.foundation import lay
from cms.documents.models import ChangeNote
from tests.documents.test_pages import BODY, publish
from tests.factories import DocumentPageFactory, OrganisationFactory

PARTS = (
    "",
    "thuoc-tinh/",
    "luoc-do/",
    "lien-quan/",
    "tai-ve/",
    "lich-su/",
    "phien-ban/1/",
    "so-sanh/?tu=1&den=2",
    "?ngay=1990-01-01",
)
MOST_BYTES, MOST_REQUESTS = 150 * 1024, 10


@pytest.fixture
def plan(transactional_db):
    lay()
    office = OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")
    publish(
        DocumentPageFactory(
            title="Đề án minh họa",
            number="77/QĐ-MH",
            doc_type="decision",
            issuer=office,
            issued_on=date(2022, 1, 25),
            body=[("text", "Điều 1. Phê duyệt đề án.")],
        )
    )
    basis = ("text", "Căn cứ Quyết định số 77/QĐ-MH ngày 25/01/2022 của Phòng GDĐT Minh Họa;")
    page = publish(
        DocumentPageFactory(
            title="Kế hoạch minh họa",
            number="12/KH-MH",
            issuer=office,
            issued_on=date(2023, 12, 25),
            body=[basis, *BODY[1:]],
        )
    )
    page.body = [basis, *BODY[1:3], ("text", BODY[3][1].replace("Sáu mươi lăm", "70")), BODY[4]]
    page.change_notes.add(ChangeNote(kind="correction", note="Sửa tỷ lệ."))
    return publish(page)


def test_a_reader_without_javascript_follows_goes_back_compares_and_downloads(plan, visit):
    page = visit(width=360, java_script_enabled=False).page
    here = f"/van-ban/{plan.slug}/"
    page.goto(here)
    page.locator("article a.citation").first.click()
    page.wait_for_url("**/77-qd-mh-*/")
    page.locator('.tabs a[href$="lien-quan/"]').click()
    page.locator(f'#duoc-nhac ~ .row-list a[href^="{here}#"]').click()
    page.wait_for_url(f"**{here}#*")

    page.locator('.page-facts a[href$="lich-su/"]').click()
    page.locator('a[href$="phien-ban/1/"]').click()
    assert "Sáu mươi lăm" in page.locator("article.document-body").inner_text()
    page.go_back()
    page.locator('a[href*="so-sanh/?tu=1&den=2"]').click()
    assert page.locator(".figure-changes ins").first.inner_text() == "70"
    assert page.locator(".comparison del").first.is_visible()
    page.select_option("#tu", "2")
    page.locator('form:has(#tu) button[type="submit"]').click()
    page.wait_for_url("**tu=2&den=2")

    page.locator('.tabs a[href$="tai-ve/"]').click()
    with page.expect_download() as download:
        page.locator('a[href$=".csv"]').first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == ["TT", "Chỉ tiêu"]


def test_a_day_is_chosen_without_javascript(plan, visit):
    page = visit(java_script_enabled=False).page
    page.goto(f"/van-ban/{plan.slug}/lich-su/")
    page.fill("#ngay", "1990-01-01")
    page.locator('form:has(#ngay) button[type="submit"]').click()
    page.wait_for_url("**?ngay=1990-01-01")
    assert page.locator(".notice").count()
    assert not page.locator("article.document-body").count()


def test_every_part_is_clean_light_and_fits(plan, visit):
    others = ["/van-ban/duoc-dan/422021ttbgddt/", "/co-quan/pgddt-minh-hoa/thay-doi/"]
    found = {}
    for path in [*(f"/van-ban/{plan.slug}/{part}" for part in PARTS), *others]:
        for width, theme in ((360, "light"), (1280, "dark")):
            seen = visit(width=width, color_scheme=theme)
            seen.page.goto(path)
            seen.page.wait_for_load_state("networkidle")
            problems = seen.violations()
            overflow = seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                problems.append(f"{overflow} px too wide")
            if seen.weight > MOST_BYTES or seen.requests > MOST_REQUESTS:
                problems.append(f"{seen.weight} bytes in {seen.requests} requests")
            if seen.context.cookies():
                problems.append("sets a cookie")
            if problems:
                found[path, width] = problems
    assert not found


def test_what_changed_can_be_seen_without_colours(plan, visit):
    page = visit(forced_colors="active").page
    page.goto(f"/van-ban/{plan.slug}/so-sanh/?tu=1&den=2")
    lines = page.evaluate(
        "['del', 'ins'].map(tag => getComputedStyle(document.querySelector(`.comparison ${tag}`)).textDecorationLine)"
    )
    assert lines == ["line-through", "underline"]


def test_print_leaves_tabs_out_and_spells_addresses_out(plan, visit):
    page = visit().page
    page.goto(f"/van-ban/{plan.slug}/")
    page.emulate_media(media="print")
    assert not page.locator(".tabs").is_visible()
    assert not page.locator(".table-download").first.is_visible()
    after = page.evaluate("getComputedStyle(document.querySelector('article a.citation'), '::after').content")
    assert "/van-ban/" in after
