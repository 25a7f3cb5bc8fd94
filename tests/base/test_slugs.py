"""Addresses are ASCII and keep every letter (law 19)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.base.slugs import ascii_slug

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [
    unicodedata.normalize("NFC", case(vowel + tone)) for vowel in VOWELS for tone in TONES for case in (str, str.upper)
] + ["đ", "Đ"]


def test_all_134_letters_with_marks_become_their_bare_letter():
    marked = [letter for letter in LETTERS if not letter.isascii()]
    assert len(marked) == 134
    for letter in marked:
        bare = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0].lower()
        assert ascii_slug(letter) == bare
        assert ascii_slug(unicodedata.normalize("NFD", letter)) == bare


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Công khai đầu tư trường Đống Đa, lễ kỷ niệm", "cong-khai-dau-tu-truong-dong-da-le-ky-niem"),
        ("1937/KH-PGDĐT", "1937-kh-pgddt"),
        ("  --  ", ""),
        ("Năm học 2022 – 2023", "nam-hoc-2022-2023"),
    ],
)
def test_titles(title, slug):
    assert ascii_slug(title) == slug


def test_a_long_title_is_cut_between_words():
    slug = ascii_slug("chuyển đổi số " * 40, 50)
    assert len(slug) <= 50
    assert slug.endswith(("chuyen", "doi", "so"))


@given(st.text(max_size=300))
def test_whatever_is_typed_a_slug_is_a_slug(text):
    slug = ascii_slug(text)
    assert slug.isascii()
    assert len(slug) <= 120
    assert "--" not in slug
    assert slug == slug.strip("-").lower()
