"""Letters of Vietnamese: one folded form for finding, one accented form for agreeing.

``fold`` takes the marks off, so that what is typed without diacritics finds what is printed with them.
``tone_key`` keeps the marks and moves the tone to the end of the syllable, so that "hoà" and "hòa" are one
word. No Django, no state but caches. Vietnamese has some 2,500 folded syllables, so the caches stay small.
"""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen and zero-width characters that PDF extraction leaves inside words."""

_LOOKALIKES = str.maketrans(
    {
        "đ": "d", "ð": "d", "ɖ": "d",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i",
    }
    | dict.fromkeys(INVISIBLE, "")
)  # fmt: skip
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_D_STROKES = str.maketrans({"ð": "đ", "ɖ": "đ"} | dict.fromkeys(INVISIBLE, ""))

_ONSET = "b|c|ch|d|g|gh|h|k|kh|l|m|n|ng|ngh|nh|p|ph|r|s|t|th|tr|v|x"
_FINAL_Y = re.compile(rf"\b(qu|{_ONSET})y\b")
_SYLLABLE = re.compile(rf"(?:{_ONSET}|gi|qu)?[aeiouy]{{1,3}}(?:c|ch|m|n|ng|nh|p|t)?")


def nfc(text: str) -> str:
    """The form everything is stored in; offsets of tokens are offsets into it."""
    return unicodedata.normalize("NFC", text)


def strip_marks(text: str) -> str:
    """Lower case without any mark: "Đổi" and "ĐỔI" and decomposed spellings give "doi"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.casefold().translate(_LOOKALIKES)


def fold(text: str) -> str:
    """``strip_marks`` and one spelling for final y: kỹ = kĩ, quý = quí. Never uy, ay, ây (tuy is not tui)."""
    return _FINAL_Y.sub(r"\1i", strip_marks(text))


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """``fold`` of one word, remembered; never empty, never with a space in it."""
    return "".join(fold(word).split()) or "".join(word.split())


@lru_cache(maxsize=65_536)
def tone_key(word: str) -> str:
    """The accented form with the tone as a last letter (Telex: f s r x j): hoà = hòa = "hoaf", Đổi =
    "đôir"."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFKD", word.lower().translate(_D_STROKES)):
        if char in _TONES:
            tones.append(_TONES[char])
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join("".join(letters).split())) + "".join(tones)


def is_marked(word: str) -> bool:
    """Whether the word carries any Vietnamese mark (a tone, a hat, a horn, a stroke)."""
    return strip_marks(word) != word.casefold()


def is_syllable(folded: str) -> bool:
    """Whether a folded word could be a Vietnamese syllable; "pgddt" and "thcva" could not."""
    return _SYLLABLE.fullmatch(folded) is not None
