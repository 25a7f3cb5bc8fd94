"""Numbers of documents in every spelling; dates; percentages."""

import pytest

from search.numbers import find, lead, number_key


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
        ("quyết định số 4725", ["4725"]),
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
