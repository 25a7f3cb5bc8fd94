"""Numbers of documents in every spelling; dates; percentages."""

import pytest

from search.numbers import find, is_misread, lead, number_key


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("1937/KH-PGDĐT", "1937khpgddt"),
        ("1937 /KH-PGD&ĐT", "1937khpgddt"),
        ("1937/ kh - pgd đt", "1937khpgddt"),
        ("1937/KH-PGD-ĐT", "1937khpgddt"),
        ("Số: 1937/KH-PGDĐT", "1937khpgddt"),
        ("số 1937/KH-PGDĐT", "1937khpgddt"),
        ("Số hiệu: 1937/KH-PGDĐT", "1937khpgddt"),
        ("Số:396/GDĐT-CNTT", "396gddtcntt"),
        ("19/2017/TT-BGDĐT", "192017ttbgddt"),
        ("09-NQ/TU", "09nqtu"),
        ("91/2015/QH13", "912015qh13"),
        ("soạn", "soan"),
        ("", ""),
        ("số", ""),
        ("/-", ""),
    ],
)
def test_one_key_for_every_spelling(number, key):
    assert number_key(number) == key


@pytest.mark.parametrize(
    ("key", "digits"),
    [("1937khpgddt", "1937"), ("192017ttbgddt", "19"), ("09nqtu", "09"), ("4725", "4725"), ("khpgddt", "")],
)
def test_the_running_number_is_read_without_a_glued_year(key, digits):
    assert lead(key) == digits


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1937 kh pgddt", ["1937khpgddt"]),
        ("18 kh thcva", ["18khthcva"]),
        ("396/GDDT-CNTT", ["396gddtcntt"]),
        ("131/qd-ttg", ["131qdttg"]),
        ("số 4725", ["4725"]),
        ("quyết định số 4725", ["4725qd"]),
        ("qd 4725", ["4725qd"]),
        ("KH 1937", ["1937kh"]),
        ("công văn 396", ["396cv"]),
        ("nghi dinh 73/2019", ["732019nd"]),
        ("thông tư số 42 năm 2021", ["422021tt"]),
        ("bộ tt 24/2018", ["242018tt"]),
        ("kế hoạch 5 năm", []),
        ("kế hoạch 2023", []),
        ("báo cáo 20 trường", []),
        ("báo cáo quý 3", []),
        ("396 gddt cntt", ["396gddtcntt"]),
        ("5 thpt", []),
        ("l937/KH-PGDĐT", ["1937khpgddt"]),
        ("lO/KH-UBND", []),
        ("1937/ kh - pgd đt", ["1937khpgddt"]),
        ("theo Thông tư số 19/2017/TT-BGDĐT ngày 28/7/2017", ["192017ttbgddt"]),
        ("Nghị quyết số 09-NQ/TU. Đồng thời", ["09nqtu"]),
        ("271/QĐ- SGDĐT ngày 10/02/2023 của Sở", ["271qdsgddt"]),
        ("số: 396 /GDĐT ngày 24 tháng 03 năm 2023 của", ["396gddt"]),
        ("Kế hoạch 1/KH-UBND và 2/KH-UBND", ["1khubnd", "2khubnd"]),
        ("chuyển đổi số 2025", []),
        ("100 học sinh", []),
        ("10/ngày", []),
        ("24/7", []),
        ("VT, CNTT", []),
        ("giai đoạn 2023 - 2025", []),
        ("25/12/2023", []),
    ],
)
def test_numbers_are_found_in_text_and_in_what_people_type(text, keys):
    assert [found.key for found in find(text) if found.kind == "number"] == keys


def test_a_number_of_digits_alone_is_only_a_question():
    (found,) = find("số 4725")
    assert found.partial


@pytest.mark.parametrize("text", ["25/12/2023", "25-12-2023", "25.12.2023", "ngày 25 tháng 12 năm 2023"])
def test_a_date_is_one_thing_in_every_spelling(text):
    (found,) = find(text)
    assert (found.kind, found.token) == ("date", "=2023-12-25")


@pytest.mark.parametrize(
    "text", ["trước ngày 20/5 hằng năm", "ngày 20/05", "20 tháng 5", "hạn 20-5", "NGÀY 20 THÁNG 05", "truoc 20/5"]
)
def test_a_day_of_every_year_is_one_thing(text):
    (found,) = find(text)
    assert (found.kind, found.token) == ("date", "=--05-20")


@pytest.mark.parametrize(
    "text",
    [
        "1/8 lĩnh vực",
        "20/5",
        "ngày 31/2",
        "ngày 20/13",
        "20 tháng",
        "tháng 5",
        "0 tháng 0",
        "58/100 điểm",
    ],
)
def test_a_share_is_no_day(text):
    assert not [found for found in find(text) if found.kind == "date"]


@pytest.mark.parametrize("text", ["ngày 25/12/2023", "25 tháng 12 năm 2023", "trước ngày 25-12-2023"])
def test_a_whole_date_is_not_also_a_day(text):
    assert [found.token for found in find(text) if found.kind == "date"] == ["=2023-12-25"]


@pytest.mark.parametrize("text", ["31/2/2023", "32/1/2023", "1/13/2023", "0/0/0000"])
def test_what_is_no_day_is_no_date(text):
    assert not [found for found in find(text) if found.kind == "date"]


@pytest.mark.parametrize(
    ("text", "token"),
    [("65%", "65%"), ("65 %", "65%"), ("65 phần trăm", "65%"), ("99,5%", "99,5%"), ("99.5%", "99,5%")],
)
def test_a_percentage_is_one_thing(text, token):
    (found,) = find(text)
    assert (found.kind, found.token) == ("percent", token)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1937khpgddt", "1937khpgdot", True),
        ("1937khpgddt", "1937khpgdt", True),
        ("1937khpgddt", "1938khpgddt", False),
        ("1937khpgddt", "1937khsgdot", False),
        ("12khubnd", "12kh", False),
        ("131qdttg", "131ndttg", True),
    ],
)
def test_a_letter_of_a_symbol_may_be_misread_a_digit_may_not(one, other, same):
    assert is_misread(one, other) is same
