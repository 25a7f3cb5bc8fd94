"""Folding and tones: what is typed without marks finds what is printed with them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.letters import fold, fold_word, is_marked, is_syllable, nfc, strip_marks, tone_key

MARKED = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}
LETTERS = [(letter, base) for base, marked in MARKED.items() for low in marked for letter in (low, low.upper())]


def test_there_are_134_marked_letters():
    assert len(LETTERS) == 134


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("letter", "base"), LETTERS)
def test_every_letter_folds_to_its_base_in_both_forms(letter, base, form):
    assert strip_marks(unicodedata.normalize(form, letter)) == base


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("uý", "úy"),
        ("HOÀ", "hòa"),
        ("số hoá", "số hóa"),
        ("ÐẠI", "đại"),
        ("giáo\u00addục", "giáodục"),
        ("hоc", "hoc"),
    ],
)
def test_two_spellings_of_one_word_agree(one, other):
    for form in ("NFC", "NFD"):
        assert fold_word(unicodedata.normalize(form, one)) == fold_word(other)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("hoà", "hoaf"),
        ("hòa", "hoaf"),
        ("Đổi", "đôir"),
        ("trường", "trươngf"),
        ("hoa", "hoa"),
        ("NẶNG", "năngj"),
    ],
)
def test_the_tone_moves_to_the_end_of_the_syllable(word, key):
    for form in ("NFC", "NFD"):
        assert tone_key(unicodedata.normalize(form, word)) == key


@pytest.mark.parametrize(
    ("one", "other"), [("kỹ", "kĩ"), ("lý", "lí"), ("quý", "quí"), ("tỷ", "tỉ"), ("sỹ", "sĩ"), ("mỹ", "mĩ")]
)
def test_final_y_and_i_are_one_letter_when_folded(one, other):
    assert fold_word(one) == fold_word(other)
    assert tone_key(one) != tone_key(other)


@pytest.mark.parametrize(("one", "other"), [("tuy", "tui"), ("thuý", "thúi"), ("tay", "tai"), ("tây", "tâi")])
def test_y_inside_a_rhyme_stays(one, other):
    assert fold_word(one) != fold_word(other)


@pytest.mark.parametrize(("word", "marked"), [("sở", True), ("đi", True), ("so", False), ("SO", False), ("65", False)])
def test_marked_words_are_told_from_bare_ones(word, marked):
    assert is_marked(word) is marked


@pytest.mark.parametrize("word", ["truong", "nghieng", "quyet", "gio", "an", "hoc"])
def test_syllables_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["pgddt", "thcva", "ubnd", "cntt", "65", "studio"])
def test_abbreviations_are_not(word):
    assert not is_syllable(word)


@given(st.text())
def test_folding_is_stable_and_blind_to_the_unicode_form(text):
    assert strip_marks(unicodedata.normalize("NFD", text)) == strip_marks(nfc(text))
    once = fold(text)
    assert fold(once) == once


@given(st.text(min_size=1).filter(str.strip))
def test_a_folded_word_has_no_space_and_is_not_empty(word):
    folded = fold_word(word)
    assert folded
    assert not any(char.isspace() for char in folded)
