"""Marks at the beginning of a line: "II.", "2.1", "a)", "(10.1)", "- ", "Điều 5.", "Chương I", "PHỤ LỤC 2".

One function reads them, for the structure of an import and for the anchors of an edited text alike.
"""

import re
from dataclasses import dataclass

from .characters import CAPITALS

LETTERS = "abcdđefghijklmnopqrstuvwxyz"
"""Letters in the order points of a list use them: đ follows d. Two alphabets in one: typed lists leave out f, j, w and
z, Word's automatic ones leave out đ; either way a letter stands behind those before it.
"""
FOREIGN = frozenset("fjwz")
"""Letters only Word's automatic lists have."""

_CASELESS_END = rf"(?:\s*[.:)/–-]\s*|\s+(?=[{CAPITALS}“\"])|\s*$)"
_ROMAN = r"[IVXLC]{1,7}"
_NAMED = (
    (
        "part",
        re.compile(rf"^(?:PHẦN|Phần)\s+((?:THỨ|thứ)\s+\w{{2,6}}|{_ROMAN}|\d{{1,2}}|[A-D])\b{_CASELESS_END}"),
    ),
    ("chapter", re.compile(rf"^(?:CHƯƠNG|Chương)\s+({_ROMAN}|\d{{1,2}})\b{_CASELESS_END}")),
    ("section", re.compile(rf"^(?:MỤC|Mục)\s+({_ROMAN}|\d{{1,2}})\b{_CASELESS_END}")),
)
_ARTICLE = re.compile(r"^(?:ĐIỀU|Điều)\s+(\d{1,3}[a-zđ]?)\s*(?:[.:]\s*|$)")
_ROMAN_MARK = re.compile(rf"^({_ROMAN})(?:\s*[.)/]\s*(?=\S)|\s*[-–:]\s+)")
_UPPER_MARK = re.compile(r"^([A-HK])\s*[.)/]\s+(?=[^\W\d_])")
_DECIMAL_MARK = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?:\s*[.):/]\s*|\s+)(?=[{CAPITALS}“\"'(]|\d+\s?%)")
_ARABIC_MARK = re.compile(
    rf"^(\d{{1,3}})(?:\s?([.)])(?:\s*(?=[^\W\d_]|[“\"'(*])|\s+(?=\d))|[-–]\s?(?=[{CAPITALS}])|\s?(/)\s+(?=[{CAPITALS}]))"
)
_LETTER_MARK = re.compile(rf"^([{LETTERS}])\s?(?:\)\s*|[./]\s+)(?=\S)")
_PAREN_MARK = re.compile(r"^\(\s?(\d{1,3}(?:\.\d{1,2}){0,3})\s?\)\s*(?=\S)")
_PAREN_LETTER = re.compile(rf"^\(([{LETTERS}])\)\s*(?=\S)")
_BULLETS = frozenset("-–—+•●▪◦■□✓➢*")
_BULLET = re.compile(r"^(?:[-–—]\s+(?=\S)|[-–—](?=[^\W\d_]{2})|[+]\s*(?=[^\W_])|[•●▪◦■□✓➢*]\s+(?=\S)|[•●▪◦■□✓➢](?=\S))")
_ROMAN_SHAPE = re.compile(r"^(?=.)C{0,2}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_APPENDIX = re.compile(
    r"^(PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|Số|số)?\s*:?\s*(\d{1,2}[A-Za-z]?|[IVX]{1,5}|[A-H])\b)?\s*[.:–-]?\s*(.*)$"
)


@dataclass(frozen=True)
class Mark:
    """A mark: its style, where it stands in its sequence, its path of numbers, as printed, and what follows.

    `number` is the bare number ("2.1", "a", "II", "Điều 5"); `printed` the mark with its signs ("a)", "(1)",
    "-").
    """

    style: str
    ordinals: tuple[int, ...]
    number: str
    printed: str
    rest: str

    @property
    def ordinal(self) -> int:
        return self.ordinals[-1] if self.ordinals else 0

    @property
    def is_bullet(self) -> bool:
        return self.style.startswith("bullet")


def parse(text: str) -> Mark | None:
    """The mark a line begins with, by its shape alone; None where it begins with none."""
    if not text:
        return None
    first = text[0]
    if first.isdigit():
        return _numeric(text)
    if first == "(":
        return _in_brackets(text)
    if first in _BULLETS:
        return _bullet(text)
    if first.isupper():
        return _named(text) if first in "PCMĐ" and text[1:2].isalpha() else _capital(text)
    if match := _LETTER_MARK.match(text):
        return _mark("letter", (LETTERS.index(match[1]) + 1,), match[1], match, text)
    return None


def _named(text: str) -> Mark | None:
    """Phần, Chương, Mục, Điều."""
    for style, pattern in _NAMED:
        if match := pattern.match(text):
            value = roman(match[1]) or (int(match[1]) if match[1].isdigit() else _ordinal_word(match[1]))
            return _mark(style, (value,), " ".join(text[: match.end(1)].split()), match, text)
    if match := _ARTICLE.match(text):
        value = int(re.match(r"\d+", match[1])[0])
        return _mark("article", (value,), f"Điều {match[1]}", match, text)
    return _capital(text)


def _capital(text: str) -> Mark | None:
    """ "A." and "II."."""
    if match := _UPPER_MARK.match(text):
        return _mark("upper", (ord(match[1]) - 64,), match[1], match, text)
    if (match := _ROMAN_MARK.match(text)) and (value := roman(match[1])):
        return _mark("roman", (value,), match[1], match, text)
    return None


def _numeric(text: str) -> Mark | None:
    """ "2.1" and "2."."""
    if match := _DECIMAL_MARK.match(text):
        ordinals = tuple(map(int, match[1].split(".")))
        if all(ordinals):
            return _mark(f"decimal{len(ordinals)}", ordinals, match[1], match, text)
    if match := _ARABIC_MARK.match(text):
        style = "arabic-paren" if match[2] == ")" else "arabic"
        return _mark(style, (int(match[1]),), match[1], match, text)
    return None


def _in_brackets(text: str) -> Mark | None:
    """ "(10.1)" and "(a)"."""
    if match := _PAREN_MARK.match(text):
        ordinals = tuple(map(int, match[1].split(".")))
        return _mark(f"paren{len(ordinals)}", ordinals, match[1], match, text)
    if match := _PAREN_LETTER.match(text):
        return _mark("paren-letter", (LETTERS.index(match[1]) + 1,), match[1], match, text)
    return None


def _bullet(text: str) -> Mark | None:
    match = _BULLET.match(text)
    if not match:
        return None
    sign = "-" if text[0] in "-–—" else text[0]
    return Mark(f"bullet{sign}", (), "", sign, text[match.end() :].strip())


def appendix(text: str) -> tuple[str, str] | None:
    """An appendix heading: its number as printed ("PHỤ LỤC 2") and the title on the same line.

    A sentence that begins "Phụ lục 1 của Kế hoạch này …" is none: what follows must be capitals or nothing.
    """
    match = _APPENDIX.match(text) if text[:1] == "P" else None
    if not match:
        return None
    word, number, rest = match.groups()
    if rest and (rest[0] in ",;)" or not (_capitals(rest) or rest.startswith("("))):
        return None
    return (f"{word} {number}" if number else word), rest


def roman(text: str) -> int:
    """The value of a well-formed Roman number, 0 for anything else."""
    if not _ROMAN_SHAPE.match(text):
        return 0
    total = 0
    for char, following in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if value < _ROMAN_VALUES.get(following, 0) else value
    return total


def _mark(style: str, ordinals: tuple[int, ...], number: str, match: re.Match, text: str) -> Mark:
    return Mark(style, ordinals, number, text[: match.end()].strip(), text[match.end() :].strip())


def _ordinal_word(text: str) -> int:
    words = "nhất hai ba tư năm sáu bảy tám chín mười".split()
    last = text.lower().split()[-1]
    return words.index(last) + 1 if last in words else max(1, ord(last[0]) - 96)


def _capitals(text: str) -> bool:
    head = re.sub(r"\(.*", "", text)
    return any(char.isupper() for char in head) and not any(char.islower() for char in head)
