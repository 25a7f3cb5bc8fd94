"""``?q=`` on a document's page: the same marks as in the list of results, and nothing else changes."""

import re
from html import unescape

import pytest

from cms.documents.render import linked, nothing_marked
from media.keeping import keep
from search.service import search
from tests.documents.pdf.made import Page, lines, pdf
from tests.documents.test_pages import publish
from tests.factories import DocumentPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

BODY = [
    ("text", "Căn cứ Quyết định số 4725/QĐ-BGDĐT ngày 30/12/2022;"),
    ("heading", {"level": 1, "number": "II", "text": "Nhiệm vụ"}),
    ("heading", {"level": 2, "number": "3", "text": "Hạ tầng"}),
    ("text", "a) Cáp quang đến trường.\nb) Bếp ăn <một chiều> & bán trú.\n- Lưu mẫu theo Quyết định số 4725/QĐ-BGDĐT."),
    ("heading", {"level": 1, "number": "III", "text": "Tổ chức"}),
    ("text", "Các trường báo cáo bếp ăn."),
]  # fmt: skip


@pytest.fixture
def page(committed):
    with committed():
        office = OrganisationFactory(code="pgd-mh", name="Phòng GDĐT Minh Họa")
        made = publish(DocumentPageFactory(title="Kế hoạch bán trú", number="12/KH-MH", issuer=office, body=BODY))
    return made


def address(page, query=""):
    return f"/van-ban/{page.slug}/{query}"


def html(reader, page, query=""):
    return reader.get(address(page, query)).content.decode()


def text_of(made):
    article = re.search(r"<article.*?</article>", made, re.DOTALL).group()
    return unescape(re.sub(r"<[^>]+>", "", article))


def test_a_result_leads_to_its_clause_marked_as_in_the_list(page, reader):
    (hit,) = search("bep an mot chieu").hits
    assert hit.passages[0].path == ("II. Nhiệm vụ", "3. Hạ tầng", "b)")
    anchor = hit.passages[0].anchor
    made = html(reader, page, "?q=bep+an+mot+chieu")
    clause = re.search(rf'<p id="{re.escape(anchor)}".*?</p>', made, re.DOTALL).group()
    assert "<mark>Bếp ăn &lt;một chiều</mark>&gt; &amp; bán trú" in clause or "<mark>Bếp ăn</mark>" in clause
    listed = [text for text, marked in hit.passages[0].excerpt.segments if marked]
    assert [unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", clause)] == listed


def test_marks_change_no_letter_of_the_text(page, reader):
    assert text_of(html(reader, page, "?q=bep+an+4725/QD-BGDDT")) == text_of(html(reader, page))


def test_without_a_question_nothing_is_marked_and_the_page_is_the_page(page, reader):
    made = html(reader, page)
    assert "<mark>" not in made
    assert "noindex" not in made


def test_search_engines_are_given_the_page_without_the_question(page, reader):
    for query in ("?q=bep+an", "?q=xyzzy", "?q="):
        made = html(reader, page, query)
        assert '<meta name="robots" content="noindex">' in made
        assert f'<link rel="canonical" href="http://testserver{address(page)}">' in made


def test_the_reader_is_told_and_can_take_the_marks_away(page, reader):
    made = html(reader, page, "?q=bep+an")
    assert "“bep an”" in made
    assert f'href="{address(page)}"' in made.split('class="notice')[1]
    assert "“xyzzy”" not in html(reader, page, "?q=xyzzy").split("<main")[1]


def test_a_citation_is_marked_inside_its_link(page, reader):
    made = html(reader, page, "?q=4725/QĐ-BGDĐT")
    assert re.search(r'<a class="citation[^>]*>[^<]*<mark>4725/QĐ-BGDĐT</mark></a>', made)


def test_a_question_costs_no_statement(page, reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        reader.get(address(page, "?q=bep+an"))


@pytest.mark.parametrize("q", ["%00", "%22", "a" * 9_000, "-", "%F0%9F%98%80", "%ff%fe", "q=1&q=2"])
def test_anything_can_stand_in_the_address(page, reader, q):
    assert reader.get(address(page, f"?q={q}")).status_code == 200


def test_overlapping_marks_and_links_stay_well_formed():
    class Cited:
        start, end, number_key, target, is_ambiguous = 4, 10, "", None, False

    assert linked("0123456789", (), marked=((2, 4), (8, 99))) == "01<mark>23</mark>4567<mark>89</mark>"
    assert linked("a <b> c", (), marked=((2, 5),)) == "a <mark>&lt;b&gt;</mark> c"
    assert linked("abc", (), marked=nothing_marked("x", "abc")) == "abc"


def test_an_attached_pdf_is_opened_at_the_page_that_was_found(page, reader, committed):
    data = pdf([Page(lines(["Trang đầu."])), Page(lines(["Thực đơn tuần ba."]))])
    with committed():
        file = keep(data, "thuc-don.pdf", organisation=page.issuer)[0]
    with committed():
        page.attachments.create(file=file, role="signed")
        page.save_revision().publish()
    hit = search("thuc don tuan ba").hits[0]
    assert hit.passages[0].place_url == f"{file.get_absolute_url()}#page=2"
    assert hit.passages[0].anchor == f"tep-{file.sha256[:8]}"
    listed = reader.get("/tim-kiem/", {"q": "thuc don tuan ba"}).content.decode()
    assert f'href="{file.get_absolute_url()}#page=2"' in listed
    assert reader.get(file.get_absolute_url()).status_code == 200
