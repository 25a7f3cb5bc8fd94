"""What could tell who asked is not kept; what a citizen asks about is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.learning.privacy import better_spelling, is_personal, keep, key_of

PERSONAL = [
    "0912345678",
    "tuyển sinh 0912 345 678",
    "gọi 091.234.5678 gặp ai",
    "(024) 3825-1234",
    "+84 912 345 678",
    "+84912345678",
    "sđt:0912345678",
    "079201012345",
    "cccd 079 201 012 345",
    "số tài khoản 1903 4567 8901 23",
    "HS4010123456789",
    "mã học sinh 7912345678",
    "lan.nguyen@example.org",
    "lan.nguyen @ example.org",
    "https://example.org/?token=abc",
    "www.example.org/toi",
    "B1234567",
    "xe 59X1-123.45",
    "51A-12345",
    "ngày sinh 12/03/2010",
    "em Lan sinh ngày 12/03/2010",
    "số nhà 12 đường Hoa Mai",
    "hẻm 45 đường Hoa Mai",
    "０９１２３４５６７８",
]
PUBLIC = [
    "thu học phí",
    "1937/KH-PGDĐT",
    "kế hoạch số 1937/KH-PGD&ĐT ngày 25/01/2022",
    "Quyết định 131/QĐ-TTg ngày 25-01-2022",
    "giai đoạn 2021-2025",
    "năm học 2024 - 2025",
    "2023 2024 2025",
    "tuyển sinh ngày 5/6/2025",
    "tuyển sinh năm 2025",
    "học sinh ngày 20/11",
    "19/2017/TT-BGDĐT",
    "09-NQ/TU",
    "65% học sinh",
    "trường tiểu học Chu Văn An",
    "TTKDTM",
    '"sổ liên lạc" -điện tử',
    "1.234,5 triệu đồng",
    "lớp 10A1 năm 2024",
    "miền núi phải thu bao nhiêu phần trăm học phí không dùng tiền mặt?",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_a_question_that_tells_who_somebody_is_is_not_kept(text):
    assert is_personal(text)
    assert keep(text) is None


@pytest.mark.parametrize("text", PUBLIC)
def test_a_question_about_public_things_is_kept(text):
    assert not is_personal(text)
    assert keep(text) is not None


@pytest.mark.parametrize(
    "text",
    ["", "  ", "?!", "từ " * 21, "a" * 121, "Kính gửi thầy hiệu trưởng " * 8],
    ids=["nothing", "spaces", "signs", "21 words", "121 letters", "a letter"],
)
def test_what_is_no_question_is_not_kept(text):
    assert keep(text) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thư viện", "thu vien", True),
        ("hoà", "hòa", True),
        ("học  phí?", "học phí", True),
        ("“sổ liên lạc”", '"so lien lac"', True),
        ('"sổ liên lạc"', "sổ liên lạc", False),
        ("thư -viện", "thư viện", False),
        ("1937/KH-PGDĐT", "1937/kh-pgddt", True),
    ],
)
def test_marks_capitals_and_signs_make_no_other_question_but_quotes_and_minus_do(one, other, same):
    assert (key_of(one) == key_of(other)) is same


def test_ornaments_are_not_kept():
    assert keep("học phí 🖕 <b>").text == "học phí b"


def test_the_spelling_with_more_marks_is_shown():
    assert better_spelling("thu vien", "thư viện") == "thư viện"
    assert better_spelling("thư viện", "thu vien") == "thư viện"
    assert better_spelling("Thư viện", "thư viện") == "Thư viện"
    assert better_spelling("", "ttkdtm") == "ttkdtm"


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_breaks_it(text):
    kept = keep(text)
    assert kept is None or (0 < len(kept.key) <= 120 and 0 < len(kept.text) <= 120 and len(kept.spelling) <= 120)


@given(st.from_regex(r"0[0-9]{9}", fullmatch=True), st.sampled_from(["", " ", ".", "-"]))
def test_no_telephone_number_is_kept_however_it_is_cut(number, sign):
    cut = sign.join([number[:4], number[4:7], number[7:]])
    assert keep(f"gọi {cut} nhé") is None
