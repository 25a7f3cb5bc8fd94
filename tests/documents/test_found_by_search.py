"""From file to a citizen's search: what is public is found at once, what is not is found nowhere."""

import pytest

from cms.documents.importing import import_document
from search.service import search
from tests.factories import DocumentPageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

FOUND = {
    "000": [
        "thanh toan khong dung tien mat mien nui", "thanh toán không dùng tiền mặt miền núi", "65% TTKDTM",
        "1937/KH-PGDĐT", "1937 kh pgddt", "số hoá sổ gốc văn bằng", "so hoa so goc van bang",
    ],
    "003": [
        "396/GDDT-CNTT", "396/GDĐT-CNTT", "trước ngày 20 tháng cuối cùng mỗi quý",
        "truoc ngay 20 thang cuoi cung moi quy",
    ],
    "002": ["dữ liệu đúng đủ sạch sống", "du lieu dung du sach song", "phong studio", "phòng studio"],
    "001": ["thu vien thong minh", "thư viện thông minh"],
}  # fmt: skip


def test_the_real_documents_are_found_first_with_a_passage_and_a_working_anchor(seeds, reader, committed):
    pages = {}
    with committed():
        for file in sorted(seeds.glob("00*.txt")):
            pages[file.name[:3]] = import_document(file.read_bytes(), file.name, publish=True).page
    for seed, queries in FOUND.items():
        html = reader.get(f"/van-ban/{pages[seed].slug}/").content.decode()
        for query in queries:
            hit = search(query).hits[0]
            assert hit.record.key == f"document:{pages[seed].pk}", query
            assert hit.passage, query
            assert hit.anchor, query
            assert f'id="{hit.anchor}"' in html, query


@pytest.fixture
def letter(committed):
    with committed():
        page = DocumentPageFactory(
            title="Về việc phòng chống đuối nước",
            number="55/GDĐT",
            issuer=OrganisationFactory(name="Phòng GDĐT Minh Họa"),
            body=[
                ("heading", {"number": "I", "text": "Việc cần làm", "level": 1}),
                ("text", "a) Dạy bơi miễn phí."),
            ],
            live=False,
        )
        page.save_revision()
    return page


def keys(query):
    return [hit.record.key for hit in search(query).hits]


def test_a_draft_is_found_nowhere_a_publication_at_once_and_its_end_too(letter, committed):
    key = f"document:{letter.pk}"
    assert key not in keys("day boi mien phi")
    with committed():
        letter.get_latest_revision().publish()
    assert keys("day boi mien phi")[0] == key
    letter.refresh_from_db()
    with committed():
        letter.unpublish()
    assert key not in keys("day boi mien phi")
    assert key not in keys("55/GDĐT")


def test_a_rolled_back_publication_is_found_nowhere(letter, committed):
    from django.db import transaction

    with pytest.raises(RuntimeError), committed(), transaction.atomic():
        letter.get_latest_revision().publish()
        raise RuntimeError
    assert not keys("day boi mien phi")


def test_a_restricted_page_disappears_and_comes_back(letter, committed):
    from wagtail.models import PageViewRestriction

    with committed():
        letter.get_latest_revision().publish()
    with committed():
        restriction = PageViewRestriction.objects.create(page=letter.get_parent(), restriction_type="login")
    assert not keys("day boi mien phi")
    with committed():
        restriction.delete()
    assert keys("day boi mien phi")


def test_a_renamed_page_is_found_at_its_new_address(letter, committed):
    with committed():
        letter.get_latest_revision().publish()
    letter.refresh_from_db()
    with committed():
        letter.slug = "dia-chi-moi"
        letter.save_revision().publish()
    assert search("day boi mien phi").hits[0].url.startswith("/van-ban/dia-chi-moi/")


def test_an_organisation_is_found_by_its_abbreviation(committed):
    with committed():
        office = OrganisationFactory(code="so-mh", name="Sở Giáo dục và Đào tạo tỉnh Minh Họa")
        office.remember_names("SGDĐT Minh Họa")
        office.save()
    assert keys("sgddt minh hoa")[0] == f"organisation:{office.pk}"


def test_the_indexs_words_are_vietnamese_whoever_publishes(letter, committed):
    from django.utils import translation

    with committed(), translation.override("en"):
        letter.get_latest_revision().publish()
    labels = [bucket.label for bucket in search("day boi").facets["type"]]
    assert labels
    assert "Plan" not in labels


def test_what_carries_a_name_hears_of_its_change(letter, committed):
    from search.sync import verify

    with committed():
        letter.get_latest_revision().publish()
    office = letter.issuer
    with committed():
        office.name = "Phòng GDĐT Tên Mới"
        office.save()
    assert verify().agrees
    with committed():
        OrganisationFactory(code="tam").delete()
    assert verify().agrees
