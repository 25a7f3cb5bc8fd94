"""The public page of a document: its parts, what they cost, what they say of time, and what they keep to themselves."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.base.withdrawal import withdraw
from cms.documents.models import ChangeNote, DocumentText, DocumentVersion, Relation
from tests.documents.test_pages import BODY, publish
from tests.factories import DocumentPageFactory, OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db

PARTS = (
    "",
    "thuoc-tinh/",
    "luoc-do/",
    "luoc-do/?loai=mention&trang=2",
    "lien-quan/",
    "lien-quan/?trang=2",
    "tai-ve/",
    "lich-su/",
    "phien-ban/1/",
    "phien-ban/2/",
    "so-sanh/?tu=1&den=2",
    "?ngay=2030-01-01",
    "atom.xml",
    "bang/i.1.b1.csv",
)


@pytest.fixture
def office():
    return OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa")


@pytest.fixture
def plan(office):
    """A plan with a table, two legal bases' worth of citations, and two versions."""
    page = publish(
        DocumentPageFactory(
            title="Kế hoạch minh họa",
            number="12/KH-PGDĐT",
            issuer=office,
            organisation=office,
            issued_on=date(2023, 12, 25),
            period="giai đoạn 2023 - 2025",
            body=BODY,
        )
    )
    later = [*BODY[:3], ("text", BODY[3][1].replace("Sáu mươi lăm", "70")), BODY[4], ("text", "b) Câu mới.")]
    page.body = later
    page.change_notes.add(ChangeNote(kind="correction", note="Sửa tỷ lệ ở điểm a."))
    return publish(page)


@pytest.fixture
def decree():
    issuer = OrganisationFactory(code="thu-tuong", name="Thủ tướng Chính phủ")
    facts = {"number": "131/QĐ-TTg", "doc_type": "decision", "issuer": issuer, "issued_on": date(2022, 1, 25)}
    return publish(DocumentPageFactory(title="Phê duyệt đề án", **facts))


def url(page, part=""):
    return f"/van-ban/{page.slug}/{part}"


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- addresses and tabs


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_part_answers_in_both_languages_with_few_statements(plan, reader, prefix, django_assert_max_num_queries):
    reader.get("/")
    for part in PARTS:
        with django_assert_max_num_queries(8):
            response = reader.get(prefix + url(plan, part))
        assert response.status_code == 200, part
        assert not response.cookies, part


def test_tabs_are_links_with_counts_and_name_the_present_one(plan, decree, reader):
    html = html_of(reader, url(plan, "lien-quan/"))
    tabs = re.search(r'<ul class="tabs">.*?</ul>', html, re.S)[0]
    assert re.findall(r'href="([^"]+)"', tabs) == [
        url(plan, part) for part in ("", "thuoc-tinh/", "luoc-do/", "lien-quan/", "tai-ve/")
    ]
    assert re.search(rf'href="{url(plan, "lien-quan/")}" aria-current="page"', tabs)
    n = Relation.objects.filter(source=plan, is_first=True).count()
    assert n
    assert tabs.count(f"({n})") == 2
    assert "(1)" in tabs.rpartition("<li>")[2], "one table to download"


def test_counts_of_tabs_are_those_of_the_pages(plan, decree, reader):
    response = reader.get(url(decree, "luoc-do/"))
    counts = {tab.name: tab.count for tab in response.context["tabs"]}
    assert counts["diagram"] == response.context["diagram"].count == 1
    assert reader.get(url(decree, "lien-quan/")).context["cited_total"] == 1


def test_english_links_stay_english(plan, decree, reader):
    html = html_of(reader, "/en" + url(plan, "lien-quan/"))
    assert f'href="/en{url(decree)}"' in html
    assert f'href="/en{url(plan, "thuoc-tinh/")}"' in html


def test_the_old_address_of_a_part_leads_to_the_new_one(plan, reader, committed):
    old = plan.slug
    plan.slug = "ten-moi"
    with committed():
        publish(plan)
    for prefix in ("", "/en"):
        answer = reader.get(f"{prefix}/van-ban/{old}/so-sanh/?tu=1&den=2")
        assert (answer.status_code, answer.url) == (301, f"{prefix}/van-ban/ten-moi/so-sanh/?tu=1&den=2")


def test_the_shelf_keeps_the_address_of_cited_numbers_for_itself(shelf):
    from django.core.exceptions import ValidationError

    page = publish(DocumentPageFactory(title="Được dẫn", doc_type=""))
    assert page.slug == "duoc-dan-2"
    page.slug = "duoc-dan"
    with pytest.raises(ValidationError):
        page.full_clean()


# --- what a page says


def test_a_plan_says_its_status_and_why(plan, reader):
    html = html_of(reader, url(plan))
    assert f'href="{url(plan, "thuoc-tinh/")}#hieu-luc" class="chip' in html
    details = html_of(reader, url(plan, "thuoc-tinh/"))
    assert 'id="hieu-luc"' in details
    assert "31/12/2025" in details, "the last day of its period, in the reason"


def test_what_only_editors_need_is_not_shown(plan, reader):
    plan.review_on = date(2031, 5, 6)
    page = publish(plan)
    for part in PARTS[:8]:
        assert "06/05/2031" not in reader.get(url(page, part)).content.decode()
        assert "2031-05-06" not in reader.get(url(page, part)).content.decode()


def test_a_document_that_was_replaced_names_its_successor_everywhere_it_matters(plan, office, reader):
    newer = publish(
        DocumentPageFactory(
            title="Kế hoạch mới",
            number="30/KH-PGDĐT",
            issuer=office,
            organisation=office,
            issued_on=date(2024, 6, 1),
            body=[("text", "Điều 1. Kế hoạch này thay thế Kế hoạch số 12/KH-PGDĐT ngày 25/12/2023.")],
        )
    )
    assert Relation.objects.filter(source=newer, target=plan, kind="replaces", effect_counts=True).exists()
    html = html_of(reader, url(plan))
    notice = re.search(r'<div class="notice notice--bad".*?</div>\s*</div>', html, re.S)[0]
    assert url(newer) in notice
    assert "01/06/2024" in notice
    assert url(newer) in html_of(reader, url(plan, "thuoc-tinh/"))
    before = html_of(reader, url(plan, "?ngay=2024-05-31"))
    assert "notice--bad" not in before


def test_a_lost_legal_basis_is_counted_on_the_page_and_explained_beside_it(plan, decree, reader):
    publish(
        DocumentPageFactory(
            title="Thay thế đề án",
            number="500/QĐ-TTg",
            doc_type="decision",
            issuer=decree.issuer,
            issued_on=date(2025, 1, 1),
            body=[("text", "Điều 1. Quyết định này thay thế Quyết định số 131/QĐ-TTg ngày 25/01/2022.")],
        )
    )
    html = html_of(reader, url(plan))
    assert re.search(rf'notice--risk.*?href="{url(plan, "lien-quan/")}"', html, re.S)
    related = html_of(reader, url(plan, "lien-quan/"))
    assert "500/QĐ-TTg" in related


def test_an_extract_says_what_is_left_out(plan, reader):
    plan.is_extract, plan.missing_parts = True, "Phụ lục <kinh phí>"
    html = html_of(reader, url(publish(plan)))
    assert "Phụ lục &lt;kinh phí&gt;" in html


def test_a_withdrawn_document_says_so_in_every_part(plan, reader):
    withdraw(plan, "Đã có bản khác.", UserFactory(is_superuser=True))
    for part in PARTS[:-2]:
        assert "Đã có bản khác." in html_of(reader, url(plan, part)), part


def test_abbreviations_are_listed_where_the_text_explains_them(plan, reader):
    text = DocumentText.objects.get(page=plan)
    if not hasattr(text, "glossary"):
        pytest.skip("texts have no glossary yet")
    text.glossary = [{"short": "CNTT", "meaning": "công nghệ thông tin", "anchor": "i", "start": 0, "end": 1}]
    text.save()
    assert re.search(r'<details class="glossary">.*href="#i">CNTT</a>', html_of(reader, url(plan)), re.S)


# --- relations


def test_each_document_named_says_where(plan, decree, reader):
    html = html_of(reader, url(plan, "lien-quan/"))
    assert f'href="{url(decree)}"' in html
    assert re.search(rf'href="{url(plan)}#p-[0-9a-f]+"', html)
    assert 'href="/van-ban/duoc-dan/422021ttbgddt/"' in html, "what the site does not hold leads to who else cites it"
    assert re.search(rf'href="{url(plan)}#p-[0-9a-f]+"', html_of(reader, url(decree, "lien-quan/")))


def test_the_picture_says_what_the_table_says_and_has_no_style(plan, decree, reader):
    html = html_of(reader, url(plan, "luoc-do/"))
    svg = re.search(r"<svg class=\"diagram\".*?</svg>", html, re.S)[0]
    assert 'aria-hidden="true"' in svg
    assert "<title>" in svg
    assert "<desc>" in svg
    assert "style" not in svg
    assert all(float(size) >= 14 for size in re.findall(r'font-size="([\d.]+)"', svg))
    table = re.search(r"<table>.*?</table>", html, re.S)[0]
    assert re.findall(r'class="number">(\d+)<', table) == re.findall(r'text-anchor="end">(\d+)<', svg)


def test_the_tree_of_plans_goes_both_ways(plan, office, reader):
    school = OrganisationFactory(code="truong-a", name="Trường A")
    below = publish(
        DocumentPageFactory(
            title="Kế hoạch trường",
            number="3/KH-TA",
            issuer=school,
            issued_on=date(2024, 1, 5),
            body=[("text", "Thực hiện Kế hoạch số 12/KH-PGDĐT ngày 25/12/2023 của Phòng GDĐT Minh Họa;")],
        )
    )
    assert re.search(rf'<ul class="tree".*{url(below)}', html_of(reader, url(plan, "luoc-do/")), re.S)
    assert re.search(rf'<ul class="tree".*{url(plan)}', html_of(reader, url(below, "luoc-do/")), re.S)


def test_a_cited_number_lists_who_cites_it_and_leads_on_once_it_is_here(plan, reader, office):
    html = html_of(reader, "/van-ban/duoc-dan/422021ttbgddt/")
    assert url(plan) in html
    circular = publish(
        DocumentPageFactory(
            title="Thông tư",
            number="42/2021/TT-BGDĐT",
            doc_type="circular",
            issued_on=date(2021, 12, 30),
            issuer=OrganisationFactory(code="bo-gddt", name="Bộ Giáo dục và Đào tạo"),
        )
    )
    Relation.objects.filter(number_key="422021ttbgddt").update(target=circular, is_ambiguous=False)
    for prefix in ("", "/en"):
        answer = reader.get(f"{prefix}/van-ban/duoc-dan/422021ttbgddt/")
        assert (answer.status_code, answer.url) == (302, prefix + url(circular))


def test_numbers_nobody_cites_are_not_found(plan, reader):
    for key in ("khong-co", "131/QĐ-TTg", "x" * 300, "%00", "131QDTTG", ".", "<b>"):
        assert reader.get(f"/van-ban/duoc-dan/{key}/").status_code == 404, key


# --- time


def test_the_history_shows_notes_and_leads_to_both_versions(plan, reader):
    html = html_of(reader, url(plan, "lich-su/"))
    assert "Sửa tỷ lệ ở điểm a." in html
    assert url(plan, "phien-ban/1/") in html
    assert f"{url(plan, 'so-sanh/')}?tu=1&amp;den=2" in html


def test_an_older_version_shows_its_text_and_is_not_for_search_engines(plan, reader):
    html = html_of(reader, url(plan, "phien-ban/1/"))
    assert "Sáu mươi lăm" in html
    assert "Câu mới." not in html
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="http://testserver{url(plan)}">' in html
    assert "noindex" not in html_of(reader, url(plan))


def test_as_it_stood_on_a_day(plan, reader):
    now = timezone.now()
    DocumentVersion.objects.filter(page=plan, number=1).update(published_at=now - timedelta(days=10))
    DocumentVersion.objects.filter(page=plan, number=2).update(published_at=now - timedelta(days=3))
    day = timezone.localdate()
    assert "Sáu mươi lăm" in html_of(reader, url(plan, f"?ngay={day - timedelta(days=4)}"))
    assert "Câu mới." in html_of(reader, url(plan, f"?ngay={day - timedelta(days=3)}"))
    before = html_of(reader, url(plan, f"?ngay={day - timedelta(days=11)}"))
    assert '<article class="document-body"' not in before
    assert f'href="{url(plan)}"' in before


def test_the_comparison_puts_changed_figures_first_and_says_removed_and_added_in_words(plan, reader):
    html = html_of(reader, url(plan, "so-sanh/?tu=1&den=2"))
    main = html.partition("<main")[2]
    assert "<ins>70</ins>" in main
    assert main.index('id="con-so"') < main.index('id="noi-dung"')
    assert re.search(r'<del><span class="visually-hidden">\[[^<]+: </span>Sáu mươi lăm<span', main)
    assert re.search(r'<ins><span class="visually-hidden">\[[^<]+: </span>70<span', main)
    assert re.search(r'<ins><span class="visually-hidden">\[[^<]+: </span>Câu mới\.', main)
    assert '<details class="unchanged">' in main
    assert "trường" in main, "words that stayed are shown once"


def test_both_texts_can_be_read_out_of_the_comparison():
    from cms.documents.comparison_html import _Words
    from cms.documents.pipeline.differences import part_of

    pairs = [
        ("a b c d", "a x c  d e"),
        ("một hai ba", "hai ba"),
        ("hai ba", "một hai ba"),
        ("x 65% y", "x 70 % y"),
        ("một hai ba bốn", "một bốn năm"),
        ("a,b;c", "a;b,c"),
        ("", "mới"),
        ("cũ", ""),
    ]
    for before, after in pairs:
        html = re.sub(r'<span class="visually-hidden">.*?</span>', "", _Words()._part(part_of(before, after)))
        new = re.sub(r"<[^>]+>", "", re.sub(r"<del>.*?</del>", "", html))
        old = re.sub(r"<[^>]+>", "", re.sub(r"<ins>.*?</ins>", "", html))
        assert ("".join(new.split()), "".join(old.split())) == ("".join(after.split()), "".join(before.split()))


BAD = (
    "phien-ban/0/",
    "phien-ban/3/",
    "phien-ban/99999999999999999999999999/",
    "phien-ban/a/",
    "phien-ban/-1/",
    "phien-ban/%00/",
    "bang/khong.csv",
    "bang/%00.csv",
    "bang/i.csv",
    f"bang/{'x' * 500}.csv",
    "khong-co/",
)
STRANGE = (
    "?ngay=",
    "?ngay=hom-nay",
    "?ngay=2024-02-31",
    "?ngay=0001-01-01",
    "?ngay=9999-12-31",
    "?ngay=%00",
    "?ngay=2024-1-1",
    "so-sanh/",
    "so-sanh/?tu=1&den=1",
    "so-sanh/?tu=2&den=1",
    "so-sanh/?tu=0&den=x",
    "so-sanh/?tu=%00&den=%00",
    "so-sanh/?tu=99999999999999999999&den=1",
    "so-sanh/?tu=1",
    "so-sanh/?tu=²&den=1",
    "luoc-do/?loai=khong&trang=x",
    "luoc-do/?loai=mention&trang=999999999",
    "luoc-do/?loai=%00",
    "lien-quan/?trang=0",
    "lien-quan/?trang=-1",
    "lien-quan/?trang=99999999999999",
    "lien-quan/?trang=%00",
)


def test_what_is_not_there_is_not_found(plan, reader):
    for part in BAD:
        assert reader.get(url(plan, part)).status_code == 404, part


def test_nonsense_gets_a_clear_page(plan, reader):
    for part in STRANGE:
        assert reader.get(url(plan, part)).status_code == 200, part


def test_one_version_has_nothing_to_compare(decree, reader):
    assert "<ins>" not in html_of(reader, url(decree, "so-sanh/"))


# --- files


def test_a_table_comes_as_a_file_a_spreadsheet_opens(plan, reader):
    assert url(plan, "bang/i.1.b1.csv") in html_of(reader, url(plan))
    response = reader.get(url(plan, "bang/i.1.b1.csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'{plan.slug}-i.1.b1.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [["TT", "Chỉ tiêu"], ["1", "Thu phí theo Quyết định số 131/QĐ-TTg"]]


def test_an_old_anchor_of_a_table_leads_to_its_file(plan, reader):
    DocumentText.objects.filter(page=plan).update(
        aliases=[{"old": "b9", "new": "i.1.b1", "reason": "moved", "version": 2}]
    )
    assert reader.get(url(plan, "bang/b9.csv")).url == url(plan, "bang/i.1.b1.csv")


# --- for machines


def linked(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])


def test_the_page_describes_itself_as_legislation(plan, decree, reader):
    facts = linked(html_of(reader, url(plan)))
    assert facts["@type"] == "Legislation"
    assert facts["legislationIdentifier"] == "12/KH-PGDĐT"
    assert facts["legislationDate"] == "2023-12-25"
    assert facts["publisher"]["name"] == "Phòng GDĐT Minh Họa"
    assert facts["url"] == f"http://testserver{url(plan)}"
    assert [one["@id"] for one in facts["isBasedOn"]] == [f"http://testserver{url(decree)}"]
    assert "legislationLegalForce" not in facts, "in force is said of normative documents only"


def test_a_title_cannot_end_the_block_for_machines(office, reader):
    evil = "</script><script>alert(1)</script>&<!--"
    page = publish(DocumentPageFactory(title=evil, number="1/KH-X", issuer=office))
    html = html_of(reader, url(page))
    assert "<script>alert" not in html
    assert linked(html)["name"] == evil


# --- who may see


@pytest.fixture
def sibling(signed_in):
    return signed_in(member(OrganisationFactory()))


def test_parts_of_a_restricted_document_ask_for_the_password_as_it_does(plan, decree, reader, sibling):
    restriction = PageViewRestriction.objects.create(page=plan, restriction_type="password", password="bi-mat")
    for part in PARTS:
        for client in (reader, sibling):
            response = client.get(url(plan, part))
            assert response.context["form"].fields["password"], part
            text = response.content.decode()
            assert "Câu mới." not in text, part
            assert "12/KH-PGDĐT" not in text, part
    reader.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{plan.pk}/",
        {"password": "bi-mat", "return_url": url(plan)},
    )
    for part in PARTS:
        opened = reader.get(url(plan, part))
        assert opened.status_code == 200, part
        assert "private" in opened["Cache-Control"], part


def test_parts_of_a_document_for_staff_lead_to_the_sign_in(plan, reader):
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    for part in PARTS:
        assert reader.get(url(plan, part)).status_code == 302, part


def test_parts_of_a_document_that_was_public_say_it_is_gone(plan, reader, sibling):
    plan.unpublish()
    for part in PARTS:
        for client in (reader, sibling):
            assert client.get(url(plan, part)).status_code == 410, part


def test_parts_of_a_draft_are_not_there(reader, sibling):
    draft = DocumentPageFactory(title="Bí mật", live=False, body=BODY)
    DocumentText.objects.create(page=draft, nodes=[])
    for part in PARTS:
        for client in (reader, sibling):
            assert client.get(url(draft, part)).status_code == 404, part


@pytest.mark.parametrize("hidden", ["login", "unpublished"])
def test_a_hidden_document_is_named_nowhere_else(plan, decree, reader, sibling, hidden):
    if hidden == "login":
        PageViewRestriction.objects.create(page=plan, restriction_type="login")
    else:
        plan.unpublish()
    month = timezone.localdate().strftime("%Y-%m")
    pages = [
        url(decree),
        url(decree, "luoc-do/"),
        url(decree, "lien-quan/"),
        "/van-ban/atom.xml",
        "/van-ban/duoc-dan/422021ttbgddt/",
        "/van-ban/duoc-dan/131qdttg/",
        f"/co-quan/pgddt-minh-hoa/thay-doi/?thang={month}",
        "/van-ban/atom.xml?co-quan=pgddt-minh-hoa",
    ]
    for client in (reader, sibling):
        for address in pages:
            html = client.get(address).content.decode()
            assert plan.slug not in html, address
            assert "Kế hoạch minh họa" not in html, address
        counts = {tab.name: tab.count for tab in client.get(url(decree, "luoc-do/")).context["tabs"]}
        assert counts["diagram"] == 0


# --- large


def test_a_large_document_with_many_relations_costs_the_same(office, decree, reader, django_assert_max_num_queries):
    lines = [
        f"{n}. Việc thứ {n} theo Quyết định số {n}/QĐ-TTg ngày 01/02/2022 của Thủ tướng Chính phủ."
        for n in range(1, 201)
    ]
    lines += [f"- Câu không số {n}." for n in range(2800)]
    page = publish(
        DocumentPageFactory(title="Rất dài", number="99/KH-PGDĐT", issuer=office, body=[("text", "\n".join(lines))])
    )
    assert len(DocumentText.objects.get(page=page).nodes) == 3000
    assert Relation.objects.filter(source=page).count() >= 200
    reader.get("/")
    for part in ("", "thuoc-tinh/", "luoc-do/", "lien-quan/", "tai-ve/", "phien-ban/1/", "?ngay=2030-01-01"):
        with django_assert_max_num_queries(8):
            assert reader.get(url(page, part)).status_code == 200


def test_a_document_named_by_many_is_paged(decree, office, reader, django_assert_max_num_queries):
    pages = [DocumentPageFactory(title=f"Nguồn {n}", number=f"{n}/KH-N", issuer=office) for n in range(120)]
    Relation.objects.bulk_create(
        Relation(
            source=page,
            target=decree,
            kind="mention",
            raw="131/QĐ-TTg",
            number="131/QĐ-TTg",
            number_key="131qdttg",
            start=0,
            end=5,
            anchor="i",
            source_on=date(2024, 1, 1),
        )
        for page in pages
    )
    reader.get("/")
    shown = []
    for number in (1, 2):
        with django_assert_max_num_queries(8):
            response = reader.get(url(decree, f"lien-quan/?trang={number}"))
        shown += [row.url for row in response.context["cited_by"]]
        assert response.context["cited_total"] == 120
    assert len(shown) == len(set(shown)) == 120
    assert 'rel="next"' in html_of(reader, url(decree, "lien-quan/"))
    second = html_of(reader, url(decree, "luoc-do/?loai=mention&trang=2"))
    assert 'rel="prev" href="?loai=mention&amp;trang=1"' in second


def test_the_text_page_keeps_files_where_search_lands_on_them(plan, reader):
    from cms.documents.models import DocumentAttachment
    from media.keeping import keep

    file, _new = keep(b"%PDF-1.4\n%minh bach\n", "ban-ky.pdf", organisation=plan.organisation)
    DocumentAttachment.objects.create(page=plan, file=file, role="signed")
    assert f'id="tep-{file.sha256[:8]}"' in html_of(reader, url(plan))
    assert f"<code>{file.sha256}</code>" in html_of(reader, url(plan, "tai-ve/"))
