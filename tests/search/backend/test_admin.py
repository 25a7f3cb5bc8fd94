"""The admin's screens over HTTP: the explorer, the lists, the choosers, with and without marks.

An editor with rights in one commune finds what is hers and nothing else, counts included."""

import re
import time

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from cms.documents.models import Topic
from cms.people.enums import Role
from cms.people.models import User
from media.models import Attachment, File, Picture
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

SPELLINGS = ["chuyển đổi số", "chuyen doi so", "CHUYEN DOI S", "chuyển đổi s"]


@pytest.fixture
def root(signed_in):
    return signed_in(UserFactory(is_superuser=True))


@pytest.fixture
def hers(signed_in, offices):
    return signed_in(member(offices["north"], Role.EDITOR, Role.PUBLISHER, Role.OFFICE_ADMIN))


def text(client, name, *args, **asked) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.json()["html"] if answer["Content-Type"] == "application/json" else answer.content.decode()


EXPLORER = ("wagtailadmin_pages:search", "wagtailadmin_pages:search_results")
CHOOSER = ("wagtailadmin_choose_page_search",)


@pytest.mark.parametrize("question", SPELLINGS)
@pytest.mark.parametrize("screen", [*EXPLORER, *CHOOSER])
def test_pages_are_found_with_and_without_marks(root, article, offices, screen, question):
    article("Kế hoạch chuyển đổi số", offices["north"])
    article("Lịch nghỉ hè", offices["north"])
    html = text(root, screen, q=question)
    assert "Kế hoạch chuyển đổi số" in html
    assert "Lịch nghỉ hè" not in html


@pytest.mark.parametrize("question", ["1937/KH-PGDĐT", "1937 kh pgddt", "1937"])
def test_a_document_is_found_by_its_number(root, offices, question):
    page = DocumentPageFactory(title="Về chuyển đổi số", number="1937/KH-PGDĐT", organisation=offices["north"])
    DocumentPageFactory(title="Về việc khác", number="20/KH-PGDĐT", organisation=offices["north"])
    for screen in EXPLORER:
        html = text(root, screen, q=question)
        assert page.title in html
        assert "Về việc khác" not in html


def test_the_list_below_a_page_is_searched_too(root, article, section, offices):
    article("Kế hoạch chuyển đổi số", offices["north"])
    article("Lịch nghỉ hè", offices["north"])
    html = text(root, "wagtailadmin_explore_results", section.pk, q="ke hoach chuyen d")
    assert "Kế hoạch chuyển đổi số" in html
    assert "Lịch nghỉ hè" not in html


@pytest.mark.parametrize("order", ["title", "-title", "live", "latest_revision_created_at"])
def test_results_in_another_order(root, article, order):
    article("A thư viện"), article("B thư viện")
    html = text(root, "wagtailadmin_pages:search", q="thu vien", ordering=order)
    assert (html.index("A thư viện") < html.index("B thư viện")) == (order != "-title")


def test_results_by_type_and_by_whether_they_are_published(root, article):
    article("A thư viện"), article("B thư viện", live=False)
    assert "B thư viện" not in text(root, "wagtailadmin_pages:search", q="thu vien live:true")
    assert "A thư viện" not in text(root, "wagtailadmin_pages:search", q="thu vien live:false")
    assert "A thư viện" in text(root, "wagtailadmin_pages:search", q="thu vien", content_type="base.articlepage")
    assert "A thư viện" not in text(root, "wagtailadmin_pages:search", q="thu vien", content_type="base.homepage")


def test_pages_of_results(root, article):
    for number in range(22):
        article(f"Thư viện {number:02}")
    first = text(root, "wagtailadmin_pages:search_results", q="thu vien")
    second = text(root, "wagtailadmin_pages:search_results", q="thu vien", p=2)
    shown = [set(re.findall(r"Thư viện \d\d", html)) for html in (first, second)]
    assert (len(shown[0]), len(shown[1]), shown[0] & shown[1]) == (20, 2, set())


@pytest.mark.parametrize("question", ["tiểu học hoa mai", "tieu hoc hoa m", "TRUONG-HOA"])
def test_organisations_people_topics_and_files_are_found(root, offices, question):
    OrganisationFactory(code="truong-hoa-mai", name="Trường Tiểu học Hoa Mai")
    html = text(root, "wagtailsnippets_organisations_organisation:list_results", q=question)
    assert "Trường Tiểu học Hoa Mai" in html
    assert "Xã Bắc" not in html


@pytest.mark.parametrize("question", ["Nguyễn Thị Hòa", "nguyen thi hoà", "thi ho", "ng-hoa"])
def test_people_are_found_by_name_whatever_the_marks(root, question):
    User.objects.create(username="ng-hoa", last_name="Nguyễn", first_name="Thị Hòa")
    User.objects.create(username="tran-binh", last_name="Trần", first_name="Bình")
    html = text(root, "wagtailusers_users:index_results", q=question)
    assert ("ng-hoa" in html, "tran-binh" in html) == (True, False)


@pytest.mark.parametrize("question", ["học liệu", "hoc li"])
def test_topics_are_found(root, question):
    Topic.objects.create(name="Học liệu số", slug="hoc-lieu-so")
    Topic.objects.create(name="Tài chính", slug="tai-chinh")
    html = text(root, "wagtailsnippets_documents_topic:list_results", q=question)
    assert ("Học liệu số" in html, "Tài chính" in html) == (True, False)


# --- what is hers and nothing else


@pytest.mark.parametrize("question", SPELLINGS)
@pytest.mark.parametrize("screen", EXPLORER)
def test_the_explorer_finds_what_is_hers(hers, article, offices, screen, question):
    article("Kế hoạch chuyển đổi số xã Bắc", offices["north"])
    article("Kế hoạch chuyển đổi số xã Nam", offices["south"])
    article("Kế hoạch chuyển đổi số tỉnh", offices["province"], live=False)
    html = text(hers, screen, q=question)
    assert "xã Bắc" in html
    assert "xã Nam" not in html
    assert "tỉnh" not in html
    if screen == EXPLORER[1]:
        assert counts(html) == {1}


def counts(html: str) -> set[int]:
    """Every number of results or pages that the screen tells."""
    told = re.findall(r"(\d+)\s*(?:</span>)?\s*(?:matching|kết quả|trang phù hợp|trang khớp|trang\b)", html)
    return {int(number) for number in told}


@pytest.mark.parametrize("question", SPELLINGS)
def test_the_chooser_names_no_siblings_draft(hers, article, offices, question):
    article("Kế hoạch chuyển đổi số xã Bắc", offices["north"], live=False)
    article("Kế hoạch chuyển đổi số xã Nam", offices["south"], live=False)
    html = text(hers, *CHOOSER, q=question)
    assert "xã Bắc" in html
    assert "xã Nam" not in html


def test_a_word_only_a_siblings_draft_has_finds_nothing(hers, root, article, edited, offices):
    """The published page may be chosen by everyone; what its office is about to say is nobody else's."""
    page = article("Thông báo của xã Nam", offices["south"], text="Trường nghỉ ngày lễ.")
    edited(page, text="Sáp nhập hai trường tiểu học.")
    for question in ("sáp nhập", "sap nh", "sáp nhập thông báo"):
        assert "Thông báo của xã Nam" not in text(hers, *CHOOSER, q=question)
        assert "Thông báo của xã Nam" in text(root, *CHOOSER, q=question)
    assert "Thông báo của xã Nam" in text(hers, *CHOOSER, q="nghi ngay le")


def test_a_siblings_page_stands_under_its_published_title(hers, root, article, edited, offices, section):
    """Also where nothing is searched for: the list of a section's pages."""
    edited(article("Thông báo của xã Nam", offices["south"]), title="Sáp nhập trường")
    for screen, asked in ((CHOOSER, {"q": "thong bao cua xa"}), (("wagtailadmin_choose_page_child", section.pk), {})):
        assert "Thông báo của xã Nam" in text(hers, *screen, **asked)
        assert "Sáp nhập" not in text(hers, *screen, **asked)
        assert "Sáp nhập" in text(root, *screen, **asked)


def test_her_own_published_page_is_chosen_by_its_draft(hers, article, edited, offices):
    page = article("Thông báo của xã Bắc", offices["north"])
    edited(page, text="Sáp nhập hai trường.")
    assert "Thông báo của xã Bắc" in text(hers, *CHOOSER, q="sap nhap")


def test_what_others_write_does_not_change_what_she_finds(hers, article, offices):
    """Neither a word nor a number becomes wanted, or stops being, because a sibling's draft has it."""
    article("Kế hoạch thư viện số 45", offices["north"], text="Nhà trường mua sách.")
    questions = ["thu vien sap nhap", "thu vien 45", "45/KH-UBND", "45", "thuw vieenj", "thu vien nhâp"]
    before = [text(hers, EXPLORER[1], q=question) for question in questions]
    article("Thuw vieenj sáp nhập", offices["south"], text="Căn cứ Kế hoạch 45/KH-UBND.", live=False)
    DocumentPageFactory(title="Sáp nhập", number="45/KH-UBND", organisation=offices["south"], live=False)
    assert [text(hers, EXPLORER[1], q=question) for question in questions] == before
    assert ["Kế hoạch thư viện số 45" in html for html in before] == [False, True, False, True, True, False]


def test_a_siblings_number_hides_none_of_hers(hers, offices):
    """One that begins as was typed is hers whether or not a sibling's draft has exactly that number."""
    DocumentPageFactory(title="Về chuyển đổi số", number="1937/KH-PGDĐT", organisation=offices["north"])
    questions = ["1937/KH", "1937/KH chuyển đổi", "1937/KH tuyển sinh hè"]
    before = [text(hers, EXPLORER[1], q=question) for question in questions]
    DocumentPageFactory(title="Việc khác", number="1937/KH", organisation=offices["south"], live=False)
    assert [text(hers, EXPLORER[1], q=question) for question in questions] == before
    assert ["Về chuyển đổi số" in html for html in before] == [True, True, False]


def test_what_only_the_draft_of_a_shared_page_says_is_found_by_nobody(hers, root, section, edited):
    section.save_revision().publish()
    edited(section, title="Sáp nhập trường")
    for client in (hers, root):
        html = text(client, EXPLORER[1], q="sap nhap")
        assert f"/{section.pk}/" not in html
        assert f"/{section.pk}/" in text(client, EXPLORER[1], q="thong bao")


@pytest.mark.parametrize("question", ["ảnh khai giảng", "anh khai gi"])
def test_pictures_and_files_of_a_sibling_are_not_found(hers, offices, question):
    for place in ("north", "south"):
        title = f"Ảnh khai giảng {offices[place].name}"
        Picture.objects.create(title=title, file=get_test_image_file(f"{place}.png"), organisation=offices[place])
        Attachment.objects.create(
            title=title, file=ContentFile(place.encode(), f"{place}.txt"), organisation=offices[place]
        )
    for screen in ("wagtailimages:index_results", "wagtailimages_chooser:choose_results",
                   "wagtaildocs:index_results", "wagtaildocs_chooser:choose_results"):  # fmt: skip
        html = text(hers, screen, q=question)
        assert ("Xã Bắc" in html, "Xã Nam" in html) == (True, False), screen


@pytest.mark.parametrize("question", ["báo cáo quý", "bao cao q"])
@pytest.mark.parametrize("screen", ["wagtailsnippets_media_file:list_results", "file-chooser"])
def test_kept_files_of_a_sibling_are_not_found(hers, offices, screen, question):
    from media.keeping import keep

    for place in ("north", "south"):
        keep(f"Báo cáo của {place}".encode(), f"Báo cáo quý {place}.txt", organisation=offices[place])
    if screen == "file-chooser":
        screen = f"{File.snippet_viewset.chooser_viewset.name}:choose_results"
    html = text(hers, screen, q=question)
    assert ("north" in html, "south" in html) == (True, False)


def test_the_organisations_a_person_administers_and_no_others(hers, offices):
    OrganisationFactory(code="truong-bac", name="Trường Hoa Mai Bắc", below=offices["north"])
    OrganisationFactory(code="truong-nam", name="Trường Hoa Mai Nam", below=offices["south"])
    html = text(hers, "wagtailsnippets_organisations_organisation:list_results", q="truong hoa mai")
    assert ("Mai Bắc" in html, "Mai Nam" in html) == (True, False)


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_an_action_on_all_that_match_names_nothing_of_a_siblings(hers, root, article, edited, offices, action):
    """Nor where a key is guessed."""
    own = article("Thông báo của xã Bắc sáp nhập", offices["north"])
    page = article("Thông báo của xã Nam", offices["south"])
    edited(page, text="Sáp nhập hai trường.")
    hidden = article("Lịch của xã Nam", offices["south"], live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for asked in ({"id": "all", "q": "sáp nhập"}, {"id": "all"}, {"id": [own.pk, page.pk, hidden.pk]}):
        html = hers.get(address, asked).content.decode()
        assert "của xã Nam" not in html
        assert "của xã Nam" in root.get(address, asked).content.decode()
        assert "Thông báo của xã Bắc sáp nhập" in html


# --- whatever is typed

BAD = [
    "x" * 10_000, "kế hoạch " * 1_000, "a*b:c^2~ AND (OR NOT) [1 TO 2]", "\x00\x01\x1f", "🎒📚", '"""', "'" * 9, "-",
    "--- -a -b", "NOT", "%_\\", "' OR 1=1 --", "<script>alert(1)</script>", "\u202e\u200b\u0301", "live:maybe", "١٢٣",
    "số: 1937", "((((", "\ud7ff\uffff", "{{ 7 }}", "𝐤𝐞̂́", "a" + "\u0301" * 500,
]  # fmt: skip


@pytest.mark.parametrize("question", BAD, ids=range(len(BAD)))
def test_nothing_that_is_typed_breaks_a_screen(root, article, question):
    article("Kế hoạch")
    began = time.monotonic()
    for screen in ("wagtailadmin_pages:search_results", "wagtailadmin_choose_page_search",
                   "wagtailsnippets_organisations_organisation:list_results", "wagtailimages:index_results",
                   "wagtailusers_users:index_results"):  # fmt: skip
        html = text(root, screen, q=question)
        assert "<script>alert" not in html
    assert time.monotonic() - began < 30
