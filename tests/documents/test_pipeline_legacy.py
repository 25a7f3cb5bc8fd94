"""TCVN3 and VNI: every letter with its marks, there and back; what is neither stays what it is."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.documents.pipeline.legacy import convert, encoding_of_font, recognise, unreadable

# The published tables in another order than the program's: a letter, then the characters Windows-1252 shows for it.
LETTERS = "àáảãạ ăằắẳẵặ âầấẩẫậ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ đ".replace(" ", "")
TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®"
VNI = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò oø où oû oõ oï "
    "oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î ñ"
).split()
TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))

TO_TCVN3 = dict(zip(LETTERS, TCVN3, strict=True)) | TCVN3_CAPITALS
TO_VNI = dict(zip(LETTERS, VNI, strict=True))
TO_VNI |= {letter.upper(): code.upper() for letter, code in TO_VNI.items()}

FILES = Path(__file__).resolve().parents[1] / "files"
PLAN = (FILES / "ke-hoach-hai-cot.txt").read_text(encoding="utf-8")
PUNCTUATION = " .,;:-()/?!\n\t0123456789“”–"


def tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(char, char) for char in text)


def tcvn3_in_capitals(text: str) -> str:
    """As typed in a font of capitals."""
    return "".join(TO_TCVN3.get(char) or TO_TCVN3.get(char.lower(), char) for char in text)


def vni(text: str) -> str:
    return "".join(TO_VNI.get(char, char) for char in text)


def test_the_tables_are_whole() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 67
    assert len(TCVN3) == len(VNI) == len(set(TCVN3)) == len(set(VNI)) == 67
    assert all(char in LETTERS for char in PLAN.lower() if ord(char) > 127 and char.isalpha())


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_in_both_encodings_and_sizes(letter: str) -> None:
    capital = letter.upper()
    assert convert(tcvn3(letter), "tcvn3") == letter
    assert convert(tcvn3(letter), "tcvn3-upper") == capital
    assert convert(vni(letter), "vni") == letter
    assert convert(vni(capital), "vni") == capital
    mixed = vni(capital)[0] + vni(letter)[1:]  # Shift let go before the mark
    assert convert(mixed, "vni") == capital
    for written, encoding in ((tcvn3(letter), "tcvn3"), (vni(letter), "vni"), (vni(capital), "vni")):
        assert unicodedata.is_normalized("NFC", convert(f"Th{written}ng", encoding))


@pytest.mark.parametrize("letter", TCVN3_CAPITALS)
def test_the_capitals_tcvn3_has(letter: str) -> None:
    assert convert(tcvn3(letter), "tcvn3") == letter
    assert convert(tcvn3(letter), "tcvn3-upper") == letter


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
        "UỶ BAN NHÂN DÂN",
        "THPT số 1, TT Số, UBND xã Minh Họa",
        "STT\tTên trường\tSố lớp",
        "V/v góp ý dự thảo “Quy chế – 2024”",
        "KẾ HOẠCH\nvề việc học\nTỜ TRÌNH",
    ],
)
def test_sentences(text: str) -> None:
    assert convert(tcvn3_in_capitals(text), "tcvn3") == text
    assert convert(tcvn3_in_capitals(text), "tcvn3-upper") == text.upper()
    assert convert(vni(text), "vni") == text


def test_a_capital_tcvn3_cannot_write_comes_back_small_only_where_nothing_tells() -> None:
    """The first letter of a name, alone among small letters, has no other trace."""
    assert convert(tcvn3_in_capitals("Nước Ấn Độ"), "tcvn3") == "Nước ấn Độ"


def test_a_whole_document() -> None:
    assert convert(vni(PLAN), "vni") == PLAN
    back = convert(tcvn3_in_capitals(PLAN), "tcvn3")
    assert back.lower() == PLAN.lower()
    assert sum(one != other for one, other in zip(back, PLAN, strict=True)) <= 3


vietnamese = st.text(st.sampled_from(sorted(TO_VNI) + list(PUNCTUATION) + [chr(code) for code in range(65, 123)]))
small = st.text(st.sampled_from(list(LETTERS) + list(PUNCTUATION) + [chr(code) for code in range(97, 123)]))


@given(vietnamese)
def test_vni_there_and_back(text: str) -> None:
    assert convert(vni(text), "vni") == text


@given(vietnamese)
def test_tcvn3_there_and_back_but_for_the_size(text: str) -> None:
    assert convert(tcvn3_in_capitals(text), "tcvn3").lower() == text.lower()
    assert convert(tcvn3_in_capitals(text), "tcvn3-upper") == text.upper()


@given(small)
def test_tcvn3_there_and_back(text: str) -> None:
    assert convert(tcvn3(text), "tcvn3") == text


@given(st.lists(small.map(lambda text: text.split("\n")[0]), max_size=6), st.sampled_from(["tcvn3", "vni"]))
def test_line_by_line_is_the_same_as_at_once(lines: list[str], encoding: str) -> None:
    written = [(tcvn3 if encoding == "tcvn3" else vni)(line) for line in lines]
    assert convert("\n".join(written), encoding) == "\n".join(convert(line, encoding) for line in written)


def test_an_encoding_nobody_knows() -> None:
    with pytest.raises(ValueError, match="viscii"):
        convert("abc", "viscii")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", "tcvn3"),
        (".VnTimeH", "tcvn3-upper"),
        (".VnArial", "tcvn3"),
        (".VnArialH", "tcvn3-upper"),
        (".VnArial NarrowH", "tcvn3-upper"),
        (".vntimeh", "tcvn3-upper"),
        (".VnMonotype corsiva", "tcvn3"),
        ("ABCDEF+.VnTime-Bold", "tcvn3"),
        ("ABCDEF+.VnTimeH,BoldItalic", "tcvn3-upper"),
        ("VnTime", "tcvn3"),
        ("VNI-Times", "vni"),
        ("VNI-Helve-Condense", "vni"),
        ("BCDEEE+VNI-Times,Bold", "vni"),
        ("vni-avo", "vni"),
        ("Times New Roman", None),
        ("Verdana", None),
        ("Vni", None),
        ("Arial", None),
        ("ABCDEF+TimesNewRomanPS-BoldMT", None),
        ("", None),
    ],
)
def test_fonts(name: str, encoding: str | None) -> None:
    assert encoding_of_font(name) == encoding


FOREIGN = {
    "French": "Le théâtre fermé cet été, à la française; les aérées poésies de Noël aux naïves aïeules, où l’océan.",
    "German": "Die Bücher über schöne Äpfel, müde Häuser, böse Öfen und größere Straßen gehören allen Müttern.",
    "Portuguese": "A educação não são só lições; há avós, irmãos, mães, corações e nações que põem o pão à mão.",
    "Spanish": "El niño pequeño leyó qué señaló el año después; también corazón, canción, país y leía él aún más.",
    "signs": "Copyright © 2024 Minh Hoa®; 5 µm, 30°, 2 ± 1, § 5, «abc», 1 ¸ 2, ¬x.",
    "English": "The school year begins in September.",
    "Vietnamese": PLAN,
    "unmarked": "Ke hoach to chuc ngay hoi trong cay cua nha truong",
    "empty": "",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_what_is_neither_is_not_recognised(text: str) -> None:
    assert recognise(text) is None


def test_both_are_recognised_in_a_sentence() -> None:
    for text in (PLAN, "Trường Tiểu học Minh Họa tổ chức ngày hội đọc sách", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
        assert recognise(tcvn3_in_capitals(text)) == "tcvn3"
        assert recognise(vni(text)) == "vni"


def test_lost_letters_are_counted() -> None:
    assert unreadable(convert(vni(PLAN), "vni")) == 0
    assert unreadable(convert(tcvn3_in_capitals(PLAN), "tcvn3")) == 0
    assert unreadable("ng\ufffdy th\x81ng þ") == 3
