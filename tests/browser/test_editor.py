"""An editor's afternoon: sign in, bring a file, check it, make the draft, publish; then take it off again."""

import pytest
from django.urls import reverse

from cms.documents.models import DocumentPage
from tests.factories import OrganisationFactory, member

TEXT = """Số: 77/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phòng chống bắt nạt trên mạng trong trường tiểu học

I. MỤC TIÊU

1. Mục tiêu chung

a) Mỗi lớp có một buổi sinh hoạt về ứng xử trên mạng xã hội.
"""


@pytest.fixture
def seed(request, tmp_path):
    """A real document when the machine has one, else our own."""
    from tests.conftest import SHARED

    found = sorted((SHARED / "seeds").glob("002_*.txt"))
    if found:
        return found[0], "18/KH-THCVA", "du lieu dung du sach song"
    own = tmp_path / "kh77.txt"
    own.write_text(TEXT, encoding="utf-8")
    return own, "77/KH-PGDĐT", "bat nat tren mang"


def test_from_file_to_search_and_back(visit, live_server, seed):
    file, number, words = seed
    office = OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")
    editor = member(office)
    editor.set_password("mat-khau-thu-nghiem")
    editor.save()

    desk = visit()
    page = desk.page
    page.goto("/admin/")
    page.locator("input[name=username]").fill(editor.username)
    page.locator("input[name=password]").fill("mat-khau-thu-nghiem")
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url("**/admin/")

    page.goto(reverse("import_document"))
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_role("button", name="Đọc tệp").click()
    page.wait_for_selector("#review[data-ready]", state="attached")
    page.locator("[data-rv=create]").click()
    page.wait_for_url("**/edit/")
    document = DocumentPage.objects.get()
    assert not document.live
    assert document.number == number

    draft = desk.context.new_page()
    draft.goto(reverse("wagtailadmin_pages:view_draft", args=[document.pk]))
    assert number in draft.locator("main").inner_text()
    draft.close()

    page.get_by_role("button", name="Thao tác khác").or_(
        page.locator("[data-w-dropdown-target=toggle]", has_text="")
    ).last.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state("networkidle")
    document.refresh_from_db()
    assert document.live

    reader = visit(width=360)
    reader.page.goto(f"/tim-kiem/?q={words.replace(' ', '+')}")
    assert number in reader.page.locator(".result").first.inner_text()
    address = reader.page.locator(".result a").first.get_attribute("href").split("#")[0]
    assert reader.page.goto(address).status == 200

    page.goto(reverse("wagtailadmin_pages:unpublish", args=[document.pk]))
    page.locator("main form button[type=submit], main form input[type=submit]").first.click()
    page.wait_for_load_state("networkidle")

    reader.page.goto(f"/tim-kiem/?q={words.replace(' ', '+')}")
    assert reader.page.locator(".result").count() == 0
    assert reader.page.goto(address).status == 410
