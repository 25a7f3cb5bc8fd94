"""Two spellings of one office are one name; two offices are two."""

import pytest

from cms.organisations.models import Organisation
from cms.organisations.naming import name_key, short_slug
from tests.factories import OrganisationFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND TP. Uông Bí", "Ủy ban nhân dân (UBND) thành phố Uông Bí"),
        ("Uỷ ban nhân dân thành phố Uông Bí", "Ủy ban nhân dân thành phố Uông Bí"),
        ("Phòng GD&ĐT huyện Củ Chi", "phòng Giáo dục và Đào tạo huyện Củ Chi"),
        ("Phòng GD-ĐT huyện Củ Chi", "PHÒNG GDĐT HUYỆN CỦ CHI"),
        ("SGDĐT Đăk Nông", "Sở Giáo dục và Đào tạo Đăk Nông"),
        ("Trường TH-THCS Tân Trung", "Trường Tiểu học - Trung học cơ sở Tân Trung"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Giáo dục và Đào tạo tỉnh Đăk Nông", "Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"),
        ("TH Yên Thành", "THCS Yên Thành"),
        ("Phòng GDĐT huyện Củ Chi", "Sở GDĐT huyện Củ Chi"),
    ],
)
def test_different_offices_keep_different_keys(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.django_db
def test_an_organisation_is_found_under_each_of_its_names():
    school = OrganisationFactory(name="Trường Tiểu học Minh Họa", short_name="TH Minh Họa")
    school.remember_names("THMH")
    for spelling in ("TRƯỜNG TIỂU HỌC MINH HỌA", "truong th minh hoa", "th minh hoạ", "thmh"):
        assert Organisation.objects.called(spelling).get() == school
    assert not Organisation.objects.called("").exists()


def test_a_name_in_an_address_is_short():
    assert short_slug("Phòng Giáo dục và Đào tạo thành phố Uông Bí") == "pgddt-tp-uong-bi"
    assert short_slug("Trường Tiểu học Chu Văn An") == "truong-th-chu-van-an"
