"""A file comes in, is checked beside its original and becomes a draft: with the keyboard alone."""

import re

import pytest
from django.urls import reverse

from cms.documents.models import DocumentPage, ImportJob
from tests.factories import OrganisationFactory, member

PASSWORD = "mat-khau-thu-nghiem"
FIRST = """PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN MINH HỌA

Số: 21/KH-PGDĐT

Minh Họa, ngày 05 tháng 9 năm 2024

KẾ HOẠCH

Phổ biến kỹ năng số năm học 2024 - 2025

Căn cứ Thông tư số 42/2021/TT-BGDĐT ngày 30/12/2021 của Bộ Giáo dục và Đào tạo;

I. MUC TIEU

1. Mục tiêu chung

a) Mỗi trường có một buổi tập huấn.

b) Mỗi lớp có một góc đọc sách điện tử.

Phân công thực hiện

c) Các tổ chuyên môn báo cáo trước ngày 30 tháng 11.

Nơi nhận:

- Các trường trực thuộc;
- Lưu: VT.

TRƯỞNG PHÒNG

Nguyễn Văn Ví Dụ
"""
ONE, OTHER = "Mỗi trường có một buổi tập huấn", "Mỗi lớp có một góc đọc sách điện tử"
ADDED = "Hai mươi trường nhận thiết bị mới trong năm học."


@pytest.fixture
def editor(live_server):
    office = OrganisationFactory(code="pgddt-minh-hoa", name="Phòng Giáo dục và Đào tạo huyện Minh Họa")
    person = member(office)
    person.first_name = "Nguyễn Thị Minh Họa"
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def desk(visit, editor):
    """The editor's browser, signed in, on the upload page; what it says on the console is an error of ours."""
    desk = visit()
    desk.page.on("console", lambda m: desk.errors.append(m.text) if m.type == "error" else None)
    desk.page.goto("/admin/login/")
    write(desk.page, "input[name=username]", editor.username)
    write(desk.page, "input[name=password]", PASSWORD)
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/admin/")
    desk.page.goto(reverse("import_document"))
    return desk


def tab_to(page, selector, *, key="Tab", most=250):
    """Press Tab until the focus is on what ``selector`` matches."""
    for _press in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached with {key}")


def write(page, selector, text):
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def bring(page, path):
    page.locator("input[type=file]").set_input_files(str(path))  # no keyboard opens the system's own dialog in a test
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")


def review(page):
    """Wait for the review screen to be ready for keys."""
    page.wait_for_selector("#review[data-ready]", state="attached")


def into_the_tree(page):
    tab_to(page, "[role=treeitem]")


def go_to(page, words):
    """Walk down from the top of the tree to the line that says ``words``."""
    page.keyboard.press("Home")
    for _press in range(60):
        if words in page.evaluate("document.activeElement.textContent"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no line says {words}")


def at(page, words):
    """Wait until the focus is on the line that says ``words``."""
    said = "words => document.activeElement.textContent.replace(/\\s+/g, ' ').includes(words)"
    page.wait_for_function(said, arg=" ".join(words.split()))


def rewrite(page, words, text):
    """Correct the line that says ``words`` and wait for the answer."""
    go_to(page, words)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('[role=treeitem]')")
    at(page, text)


def make_draft(page):
    tab_to(page, "[data-rv=create]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")


def blocks_of(page):
    return [(block.block_type, block.value) for block in page.get_latest_revision_as_object().body]


def test_upload_correct_promote_draft_publish_with_the_keyboard_alone(desk, tmp_path):
    page = desk.page
    assert not desk.violations()
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    assert not desk.violations()

    into_the_tree(page)
    rewrite(page, "MUC TIEU", "MỤC TIÊU")
    assert not desk.violations()
    go_to(page, "Phân công thực hiện")
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_function("() => document.activeElement.matches('.rv-heading')")
    at(page, "Phân công thực hiện")
    assert page.evaluate("document.querySelector('.rv-here').textContent").endswith("Phân công thực hiện")

    make_draft(page)
    document = DocumentPage.objects.get()
    assert not document.live
    assert document.number == "21/KH-PGDĐT"
    headings = [value["text"] for kind, value in blocks_of(document) if kind == "heading"]
    assert headings[0] == "MỤC TIÊU"
    assert "Phân công thực hiện" in headings

    tab_to(page, "footer [data-w-dropdown-target=toggle]", key="Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "button[name=action-publish]")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    document.refresh_from_db()
    assert document.live
    assert not ImportJob.objects.exclude(state="done").exists()


def test_a_newer_file_keeps_two_corrections_and_shows_the_conflict(desk, tmp_path):
    page = desk.page
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    into_the_tree(page)
    rewrite(page, ONE, f"a) {ONE} cho mọi giáo viên.")
    rewrite(page, OTHER, f"b) {OTHER} và sách in.")
    make_draft(page)

    newer = tmp_path / "kh21-moi.txt"
    newer.write_text(
        FIRST.replace(ONE, f"{ONE} mỗi quý").replace("c) Các tổ", f"{ADDED}\n\nc) Các tổ"), encoding="utf-8"
    )
    page.goto(reverse("import_document"))
    bring(page, newer)
    review(page)
    assert not desk.violations()
    assert page.locator(".rv-conflict").count() == 1
    shown = page.locator(".rv-conflict").inner_text()
    assert "cho mọi giáo viên" in shown
    assert "mỗi quý" in shown
    tree = page.locator("#rv-tree").text_content()
    assert "cho mọi giáo viên" in tree
    assert "và sách in" in tree
    assert ADDED in tree

    make_draft(page)
    assert DocumentPage.objects.count() == 1
    text = str(blocks_of(DocumentPage.objects.get()))
    assert "cho mọi giáo viên" in text
    assert "và sách in" in text
    assert ADDED in text
    assert "mỗi quý" not in text


def test_the_files_words_can_be_taken_and_taken_back(desk, tmp_path):
    page = desk.page
    for name, text in {"kh21.txt": FIRST, "kh21-moi.txt": FIRST.replace(ONE, f"{ONE} mỗi quý")}.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        page.goto(reverse("import_document"))
        bring(page, file)
        review(page)
        if name == "kh21.txt":
            into_the_tree(page)
            rewrite(page, ONE, f"a) {ONE} cho mọi giáo viên.")
            make_draft(page)
    tab_to(page, "[data-take]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".rv-settled")
    at(page, "mỗi quý")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.activeElement.textContent.includes('cho mọi giáo viên')")


def test_what_cannot_be_read_says_why_and_can_be_tried_again_and_dropped(desk, tmp_path):
    page = desk.page
    file = tmp_path / "hong.docx"
    file.write_bytes(b"PK\x03\x04 this is no archive")
    bring(page, file)
    page.wait_for_selector(".rv-reason")
    assert "hong.docx" in page.locator(".rv-reason").inner_text()
    assert not desk.violations()
    assert page.locator("a[download]").count() == 1

    tab_to(page, "form[action*='doc-lai'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "hong.docx" in page.locator(".rv-reason").inner_text()

    page.goto(reverse("import_document"))
    assert "hong.docx" in page.locator(".rv-job-message").inner_text()
    tab_to(page, ".rv-job form[action*='/bo/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".rv-job").count() == 0
    assert ImportJob.objects.get().state == "dropped"


def test_every_key_of_the_tree_does_what_its_button_says(desk, tmp_path):
    page = desk.page
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    into_the_tree(page)

    def lines():
        return page.evaluate("() => [...document.querySelectorAll('.rv-row .rv-words')].map(e => e.textContent.trim())")

    def settled(count):
        page.wait_for_function(f"() => document.querySelectorAll('.rv-row:not(.rv-new)').length === {count}")

    before = lines()
    go_to(page, OTHER)
    page.keyboard.press("n")
    page.keyboard.insert_text("Dòng thêm vào.")
    page.keyboard.press("Enter")
    settled(len(before) + 1)
    at(page, "Dòng thêm vào.")
    page.keyboard.press("m")
    settled(len(before))
    assert page.evaluate("document.activeElement.textContent").count("Dòng thêm vào.") == 1

    page.keyboard.press("Enter")
    page.keyboard.press("Home")
    for _press in range(len("b) ") + len(OTHER) + 2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Enter")
    settled(len(before) + 1)
    assert page.evaluate("document.activeElement.querySelector('.rv-words').textContent").strip() == "Dòng thêm vào."
    page.keyboard.press("Delete")
    settled(len(before))
    for count in (len(before) + 1, len(before), len(before) + 1, len(before)):  # all four are taken back
        page.keyboard.press("Control+z")
        settled(count)
    assert lines() == before

    page.keyboard.press("Enter")
    page.keyboard.insert_text("không giữ")
    page.keyboard.press("Escape")
    assert page.locator(".rv-editor").count() == 0
    assert lines() == before
    page.keyboard.press("Home")
    page.keyboard.press("h")
    page.keyboard.press("h")
    page.keyboard.press("Shift+H")
    page.wait_for_function("() => document.activeElement.classList.contains('rv-heading')")


def test_details_are_saved_by_themselves_and_errors_stand_beside_the_field(desk, tmp_path):
    page = desk.page
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    into_the_tree(page)
    rewrite(page, OTHER, "b) Mỗi lớp có một góc đọc sách.")
    page.wait_for_timeout(1_500)  # twice the pause after which details save themselves
    assert len(sent) == 1  # a change of the text leaves nothing of the details to save
    write(page, "[name=place]", "Xã Minh Họa")
    with page.expect_response("**/thong-tin/"):
        page.keyboard.press("Tab")
    page.wait_for_function("() => /\\d\\d[:.]\\d\\d/.test(document.querySelector('#rv-state').textContent)")
    assert ImportJob.objects.get().fields["place"] == "Xã Minh Họa"
    write(page, "[name=issued_on]", "32/13/2024")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.wait_for_selector("#rv-error-issued_on .error-message")
    assert page.locator("#rv-summary a[href='#id_issued_on']").count() == 1
    assert ImportJob.objects.get().fields["issued_on"] == "2024-09-05"
    assert not desk.violations()


def test_nothing_typed_is_lost_when_the_connection_is(desk, tmp_path):
    page = desk.page
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    into_the_tree(page)
    go_to(page, OTHER)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("b) Mỗi lớp có hai góc đọc.")
    blocked = re.compile(r"/sua/$")
    page.route(blocked, lambda route: route.abort())
    page.keyboard.press("Enter")
    page.wait_for_selector("#rv-trouble:not([hidden])")
    assert page.locator(".rv-in-text").input_value() == "b) Mỗi lớp có hai góc đọc."
    page.unroute(blocked)
    tab_to(page, "[data-rv=again]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('.rv-editor')")
    assert page.locator("#rv-trouble").is_hidden()
    assert any("hai góc đọc" in str(piece["value"]) for piece in ImportJob.objects.get().pieces)
    desk.errors[:] = [error for error in desk.errors if "ERR_FAILED" not in error]


def test_an_older_screen_is_told_to_load_again(desk, tmp_path):
    page = desk.page
    file = tmp_path / "kh21.txt"
    file.write_text(FIRST, encoding="utf-8")
    bring(page, file)
    review(page)
    ImportJob.objects.update(version=99)
    into_the_tree(page)
    page.keyboard.press("Shift+ArrowLeft")
    page.wait_for_selector("#rv-trouble:not([hidden])")
    tab_to(page, "[data-rv=reload]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    review(page)
    assert page.locator("#rv-trouble").is_hidden()
    desk.errors[:] = [error for error in desk.errors if "409" not in error]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_original_is_found_from_a_line_and_the_way_back(visit, editor, tmp_path, width):
    from cms.documents import intake

    job = intake.receive(FIRST.encode(), "kh21.txt", editor)
    intake.read(job.pk)
    narrow = visit(width=width)
    page = narrow.page
    page.goto("/admin/login/")
    write(page, "input[name=username]", editor.username)
    write(page, "input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.goto(reverse("import_job", args=[job.pk]))
    review(page)
    assert not narrow.violations()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    into_the_tree(page)
    go_to(page, OTHER)
    page.keyboard.press("o")
    page.locator("[data-source].rv-here", has_text=OTHER).wait_for()
    if width == 360:
        assert not page.locator("#rv-tree").is_visible()
        assert not narrow.violations()
        tab_to(page, "[data-rv=back]", key="Shift+Tab")
        page.keyboard.press("Enter")
    at(page, OTHER)
