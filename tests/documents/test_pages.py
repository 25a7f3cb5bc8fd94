"""The document page and the list: what they show, at which cost."""

from datetime import date

import pytest
from django.urls import reverse

from cms.documents.models import DocumentPage, Relation, Topic
from tests.factories import DocumentPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

BODY = [
    ("text", "Căn cứ Quyết định số 131/QĐ-TTg ngày 25/01/2022 của Thủ tướng Chính phủ phê duyệt đề án;"),
    ("heading", {"number": "I", "text": "Mục tiêu", "level": 1}),
    ("heading", {"number": "1", "text": "Đến năm 2025", "level": 2}),
    (
        "text",
        "a) Sáu mươi lăm <b>trường</b>.\nđ) Xem https://example.vn/a?b=1&c=2 và Thông tư số 42/2021/TT-BGDĐT.",
    ),
    (
        "table",
        {
            "data": [["TT", "Chỉ tiêu"], ["1", "Thu phí theo Quyết định số 131/QĐ-TTg"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Bảng chỉ tiêu",
            "cell": [],
            "mergeCells": [],
        },
    ),
]


def publish(page):
    page.save_revision().publish()
    return DocumentPage.objects.get(pk=page.pk)


@pytest.fixture
def plan():
    return publish(
        DocumentPageFactory(
            title="Kế hoạch minh họa",
            number="12/KH-PGDĐT",
            issuer=OrganisationFactory(code="pgddt-minh-hoa", name="Phòng GDĐT Minh Họa"),
            issued_on=date(2023, 12, 25),
            signer_name="Nguyễn Văn Ví Dụ",
            body=BODY,
        )
    )


@pytest.fixture
def decision():
    def make(**fields):
        issuer = OrganisationFactory(code="thu-tuong", name="Thủ tướng Chính phủ")
        facts = {
            "number": "131/QĐ-TTg",
            "issuer": issuer,
            "issued_on": date(2022, 1, 25),
            "title": "Phê duyệt đề án",
        }
        return publish(DocumentPageFactory(**(facts | fields)))

    return make


def text_of(reader, page):
    response = reader.get(f"/van-ban/{page.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_address_is_number_issuer_year(plan):
    assert plan.slug == "12-kh-pgddt-pgddt-minh-hoa-2023"


def test_without_a_number_the_title_makes_the_address():
    assert publish(DocumentPageFactory(title="Đề án số hóa")).slug == "de-an-so-hoa"


def test_every_field_may_stay_empty(reader):
    page = publish(DocumentPageFactory(title="Chỉ có trích yếu", doc_type=""))
    assert "Chỉ có trích yếu" in text_of(reader, page)


def test_passages_have_structural_anchors_and_text_is_escaped(plan, reader):
    html = text_of(reader, plan)
    for anchor in ("i", "i.1", "i.1.a", "i.1.dd"):
        assert f'id="{anchor}"' in html, anchor
        assert f'href="#{anchor}"' in html, anchor
    assert "&lt;b&gt;trường&lt;/b&gt;" in html
    assert 'href="https://example.vn/a?b=1&amp;c=2"' in html


def test_tables_stay_tables(plan, reader):
    html = text_of(reader, plan)
    assert "<caption>Bảng chỉ tiêu</caption>" in html
    assert "<th scope=col>Chỉ tiêu</th>" in html
    assert html.count("<tr id=") == 1


def test_citations_are_kept_with_their_kind_and_place(plan):
    found = {(c.number_key, c.kind) for c in Relation.objects.filter(source=plan)}
    assert found == {("131qdttg", "legal_basis"), ("131qdttg", "mention"), ("422021ttbgddt", "mention")}
    basis = Relation.objects.get(source=plan, kind="legal_basis")
    assert basis.issued_on == date(2022, 1, 25)
    assert basis.target is None


def test_a_cited_document_that_is_not_here_is_shown_as_such(plan, reader):
    html = text_of(reader, plan)
    assert "131/QĐ-TTg" in html
    assert "/van-ban/131-qd-ttg" not in html


def test_a_citation_resolves_when_the_document_arrives(plan, decision, reader):
    target = decision()
    assert set(Relation.objects.filter(number_key="131qdttg").values_list("target", flat=True)) == {target.pk}
    html = text_of(reader, plan)
    assert f'href="/van-ban/{target.slug}/"' in html
    assert f'href="/van-ban/{plan.slug}/#' in reader.get(f"/van-ban/{target.slug}/lien-quan/").content.decode()


def test_a_citation_resolves_when_the_document_was_there_before(decision, reader):
    target = decision()
    plan = publish(DocumentPageFactory(body=BODY))
    assert Relation.objects.filter(source=plan, target=target).count() == 2


def test_a_number_alone_identifies_nothing(plan, decision):
    decision(issued_on=date(2021, 1, 1))
    assert not Relation.objects.filter(target__isnull=False).exists()


def test_an_unpublished_document_is_no_longer_linked(plan, decision, reader):
    target = decision()
    target.unpublish()
    assert f"/van-ban/{target.slug}/" not in text_of(reader, plan)


def test_a_document_whose_number_was_corrected_lets_go(plan, decision):
    target = decision()
    target.number = "132/QĐ-TTg"
    publish(target)
    assert not Relation.objects.filter(target__isnull=False).exists()


def test_a_draft_changes_nothing_public(plan, reader):
    plan.body = [("text", "Chỉ là bản nháp.")]
    plan.save_revision()
    assert "Chỉ là bản nháp." not in text_of(reader, plan)
    assert Relation.objects.filter(source=plan).count() == 3


def test_a_summary_says_so_and_names_no_signer(plan, reader):
    plan.is_summary = True
    html = text_of(reader, publish(plan))
    assert 'class="notice' in html
    assert "Ví Dụ" not in html


def test_the_preview_shows_the_draft(plan, signed_in):
    from tests.factories import UserFactory

    plan.body = [("heading", {"number": "VI", "text": "Phần mới", "level": 1})]
    plan.save_revision()
    client = signed_in(UserFactory(is_superuser=True))
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[plan.pk])).content.decode()
    assert 'id="vi"' in html


@pytest.fixture
def many(plan):
    topic = Topic.objects.create(name="Chuyển đổi số", slug="chuyen-doi-so")
    for index in range(30):
        page = DocumentPageFactory(
            issuer=plan.issuer,
            number=f"{index}/QĐ-MH",
            doc_type="decision",
            issued_on=date(2020 + index % 5, 1, 1 + index % 20),
            body=BODY,
        )
        page.topics = [topic]
        publish(page)


def test_the_document_page_costs_eight_statements(plan, many, reader, django_assert_max_num_queries):
    reader.get("/")
    with django_assert_max_num_queries(8):
        assert reader.get(f"/van-ban/{plan.slug}/").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?loai=decision", "?loai=decision&nam=2021&co-quan=pgddt-minh-hoa&chu-de=chuyen-doi-so"]
)
def test_the_list_costs_eight_statements(many, reader, django_assert_max_num_queries, query):
    reader.get("/")
    with django_assert_max_num_queries(8):
        assert reader.get(f"/van-ban/{query}").status_code == 200


def rows(response):
    return [page.number for page in response.context["page_obj"].object_list]


def test_the_list_is_newest_first_and_paged(many, reader):
    first, second = reader.get("/van-ban/"), reader.get("/van-ban/?trang=2")
    assert first.context["page_obj"].paginator.count == 31
    assert (len(rows(first)), len(rows(second))) == (25, 6)
    days = [page.issued_on for page in first.context["page_obj"].object_list]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("loai=plan", 1),
        ("loai=decision", 30),
        ("nam=2023", 7),
        ("loai=decision&nam=2023", 6),
        ("co-quan=pgddt-minh-hoa", 31),
        ("chu-de=chuyen-doi-so", 30),
        ("chu-de=chuyen-doi-so&loai=plan", 0),
        ("co-quan=khong-co", 0),
        ("loai=khong-co", 31),
        ("nam=x", 31),
        ("nam=%00", 31),
        ("trang=999999999999", 31),
        ("trang=-1", 31),
        ("loai=plan&loai=decision", 30),
    ],
)
def test_filters_narrow_and_nonsense_does_not_break(many, reader, query, count):
    response = reader.get(f"/van-ban/?{query}")
    assert response.status_code == 200
    assert response.context["page_obj"].paginator.count == count


def test_a_filters_counts_ignore_itself_and_respect_the_others(many, reader):
    filters = {f.name: f for f in reader.get("/van-ban/?loai=plan").context["filters"]}
    assert {o.value: o.count for o in filters["loai"].options} == {"decision": 30, "plan": 1}
    assert {o.value: o.count for o in filters["nam"].options} == {"2023": 1}
    assert filters["loai"].selected.value == "plan"


def test_drafts_and_private_documents_are_not_listed(plan, reader):
    from wagtail.models import PageViewRestriction

    DocumentPageFactory(title="Nháp", live=False)
    private = publish(DocumentPageFactory(title="Kín"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    response = reader.get("/van-ban/")
    assert [p.title for p in response.context["page_obj"].object_list] == ["Kế hoạch minh họa"]
    assert "Kín" not in reader.get("/").content.decode()


def test_the_organisation_shows_what_it_issued(plan, reader):
    html = reader.get("/co-quan/pgddt-minh-hoa/").content.decode()
    assert f"/van-ban/{plan.slug}/" in html


def test_a_citation_lets_go_when_the_document_no_longer_fits(plan, decision):
    target = decision()
    cited = Relation.objects.filter(number_key="131qdttg", target=target)
    assert cited.exists()
    target.issued_on = date(2021, 3, 3)
    publish(target)
    assert not cited.exists()
    target.issued_on = date(2022, 1, 25)
    publish(target)
    assert cited.exists()
    DocumentPage.objects.get(pk=target.pk).unpublish()
    assert not cited.exists()


def test_a_restricted_document_is_named_nowhere(plan, decision, reader):
    from wagtail.models import PageViewRestriction

    target = decision()
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    assert target.slug not in text_of(reader, plan)
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=plan, restriction_type="login")
    assert plan.slug not in text_of(reader, target)
    assert plan.slug not in reader.get(f"/van-ban/{target.slug}/lien-quan/").content.decode()


def test_anchors_stay_short_enough_for_the_database():
    from cms.documents.pipeline import nodes_from_blocks

    blocks = [
        {"type": "heading", "value": {"level": n + 1, "number": f"Phần rất dài số {n} " * 3, "text": "x"}}
        for n in range(6)
    ]
    assert all(len(node.anchor) <= 110 for node in nodes_from_blocks(blocks * 3))
