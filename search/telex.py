"""Vietnamese typed with the keyboard's converter off: Telex ("ngaan hangf") and VNI ("chuye6n d9o6i3").

A word is read so only where it makes a well-formed syllable; whether the reading is wanted, ``reading`` asks the
vocabulary: what was typed is no known word and what it converts to is one. No Django, no state but a cache.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from .letters import fold_word
from .syllables import TONES, VOWELS, written

_TONE_DIGITS = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"o": "ơ", "u": "ư"}
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@lru_cache(maxsize=4_096)
def telex(word: str) -> str | None:
    """The syllable a Telex converter would have made; None where it makes none or nothing is to convert."""
    letters: list[str] = []
    tone = ""
    for char in word.lower():
        open_ = any(letter in VOWELS for letter in letters)
        if open_ and char in TONES:
            if tone:
                return None
            tone = TONES[char]
        elif char == "d" and letters[:1] == ["d"] and (open_ or len(letters) == 1):
            letters[0] = "đ"
        elif char == "w":
            if not _horn(letters, breve=True):
                letters.append("ư")
        elif char in _HATS and _hat(letters, char):
            continue
        else:
            letters.append(char)
    return _made(word, "".join(letters), tone)


@lru_cache(maxsize=4_096)
def vni(word: str) -> str | None:
    """The syllable a VNI converter would have made; None where it makes none or nothing is to convert."""
    letters: list[str] = []
    tone = ""
    for char in word.lower():
        if char in _TONE_DIGITS:
            if tone:
                return None
            tone = _TONE_DIGITS[char]
        elif char == "6":
            if not any(_hat(letters, vowel) for vowel in "aeo"):
                return None
        elif char in "78":
            if not (_horn(letters, breve=False) if char == "7" else _breve(letters)):
                return None
        elif char == "9":
            if letters[:1] != ["d"]:
                return None
            letters[0] = "đ"
        else:
            letters.append(char)
    return _made(word, "".join(letters), tone)


def _hat(letters: list[str], vowel: str) -> bool:
    """Put a hat on the last such vowel, also where the rest of the syllable was typed before ("tiene")."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == vowel:
            letters[i] = _HATS[vowel]
            return True
        if letters[i] in VOWELS and i == len(letters) - 1:
            return False
    return False


def _horn(letters: list[str], *, breve: bool) -> bool:
    """u and o get their horn, both at once where they stand together; with ``breve`` a becomes ă."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == "o" and letters[i - 1 : i] == ["u"] and letters[i - 2 : i - 1] != ["q"]:
            letters[i - 1 : i + 1] = ["ư", "ơ"]
            return True
        if letters[i] == "o" and letters[i - 1 : i] == ["ư"]:
            letters[i] = "ơ"
            return True
        if letters[i] in _HORNS:
            letters[i] = _HORNS[letters[i]]
            return True
        if breve and letters[i] == "a":
            if letters[i - 1 : i] == ["u"] and letters[i - 2 : i - 1] != ["q"]:
                letters[i - 1] = "ư"
            else:
                letters[i] = "ă"
            return True
    return False


def _breve(letters: list[str]) -> bool:
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == "a":
            letters[i] = "ă"
            return True
    return False


def _made(word: str, letters: str, tone: str) -> str | None:
    """The syllable, where it is one and something was converted."""
    if letters == word.lower() and not tone:
        return None
    return written(letters, tone) or written(letters.replace("ươ", "uơ"), tone)


def reading(text: str, known: Callable[[str], bool]) -> str | None:
    """The text with its unconverted words converted; None where there are none. ``known`` tells of a folded word
    whether anything here has it. A digit after a plain word may count ("lop1"), so tones alone do not make a text
    VNI unless two words have them."""
    digits = [match.group() for match in _WORD.finditer(text) if any(c.isdigit() for c in match.group())]
    is_vni = len(digits) > 1 or any(set(word) & set("6789") for word in digits)

    def read(match: re.Match[str]) -> str:
        word = match.group()
        if known(fold_word(word)):
            return word
        for made in (telex(word), vni(word) if is_vni else None):
            if made and known(fold_word(made)):
                return made
        return word

    converted = _WORD.sub(read, text)
    return converted if converted != text else None
