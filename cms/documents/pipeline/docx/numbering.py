"""Automatic numbers: what Word prints before a paragraph, worked out from numbering.xml (ECMA-376 part 1, 17.9).

A paragraph names a `num`, which names an `abstractNum` and may override its levels. Paragraphs whose nums share an
abstractNum count on together; a start override begins anew the first time its num is used at that level.
"""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from .styles import Styles
from .wml import ALTERNATE, FALLBACK, VAL, child, number, switch, value, w, whole

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
SYMBOLS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "□", "\uf06f": "□", "\uf06e": "■",
    "\uf076": "•", "\uf02d": "-", "\uf0be": "-", "\uf02b": "+", "\uf02a": "*", "\uf0e0": "→", "\uf0f0": "→",
    "\uf071": "□", "\uf0fe": "✓", "\uf0d6": "➢", "o": "◦", "·": "•", "§": "▪", "Ø": "➢", "ü": "✓", "−": "-",
}  # fmt: skip
"""Signs of the fonts Symbol, Wingdings and Courier New that lists begin with, as Unicode prints them."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_VIETNAMESE = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(frozen=True)
class Level:
    """One level of a list: format of its number, the text around it, where it starts and what restarts it."""

    fmt: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str = ""
    hidden: bool = False


@dataclass
class _Num:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass
class _Abstract:
    levels: dict[int, Level]
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    style_link: str = ""


class Numbering:
    """The lists of a document and how far each has counted. `label` must be asked once a paragraph, in order."""

    def __init__(self, root: etree._Element | None, styles: Styles):
        self.styles = styles
        self.abstracts: dict[str, _Abstract] = {}
        self.nums: dict[str, _Num] = {}
        self.used: set[tuple[str, int]] = set()
        if root is None:
            return
        for element in root.iterchildren(w("abstractNum")):
            self.abstracts[element.get(w("abstractNumId"), "")] = _Abstract(
                {index: level for index, level in map(_level, element.iterchildren(w("lvl"))) if index is not None},
                style_link=value(element, "numStyleLink") or "",
            )
        for element in root.iterchildren(w("num")):
            self.nums[element.get(w("numId"), "")] = _num(element)

    def label(self, properties: etree._Element | None, style: str | None) -> tuple[str, str]:
        """What is printed before the paragraph, and what stands behind it (" " or nothing); "" without a number."""
        found = self._list_of(properties, style)
        if found is None:
            return "", ""
        key, index = found
        num = self.nums[key]
        abstract = self._abstract(num)
        if abstract is None:
            return "", ""
        level = self._level(num, abstract, index)
        if level is None:
            return "", ""
        self._count(key, num, abstract, index, level)
        if level.hidden:
            return "", ""
        text = self._printed(num, abstract, index, level)
        return text, "" if level.suffix == "nothing" else " "

    def _list_of(self, properties: etree._Element | None, style: str | None) -> tuple[str, int] | None:
        """The num and level of a paragraph: its own, completed by its style's; num 0 takes a style's number away."""
        own = child(properties, "numPr")
        key, index = value(own, "numId"), number(own, "ilvl")
        if key is None:
            key, of_style = self._list_of_style(style)
            index = of_style if index is None else index
        if not key or key == "0" or key not in self.nums:
            return None
        return key, min(max(index or 0, 0), LEVELS - 1)

    def _list_of_style(self, style: str | None) -> tuple[str | None, int]:
        """What a style gives, through the styles it is based on. A level that names the style wins over ilvl."""
        chain = self.styles.chain(style)
        properties = [child(one.paragraph, "numPr") for one in chain]
        key = next((found for own in properties if (found := value(own, "numId")) is not None), None)
        if not key or key not in self.nums:
            return key, 0
        num = self.nums[key]
        abstract = self._abstract(num)
        if abstract is not None:
            for one, own in zip(chain, properties, strict=True):
                for index in range(LEVELS):
                    level = self._level(num, abstract, index)
                    if level is not None and level.style == one.key:
                        return key, index
                if number(own, "ilvl") is not None:
                    break
        return key, next((found for own in properties if (found := number(own, "ilvl")) is not None), 0)

    def _abstract(self, num: _Num) -> _Abstract | None:
        """The definition of a num; a link by a list style leads to the one that style names."""
        abstract = self.abstracts.get(num.abstract)
        for _step in range(5):
            if abstract is None or abstract.levels or not abstract.style_link:
                return abstract
            style = self.styles.by_key.get(abstract.style_link)
            key = value(child(style.paragraph, "numPr"), "numId") if style else None
            linked = self.nums.get(key or "")
            abstract = self.abstracts.get(linked.abstract) if linked else None
        return None

    @staticmethod
    def _level(num: _Num, abstract: _Abstract, index: int) -> Level | None:
        level = num.levels.get(index) or abstract.levels.get(index)
        if level is not None and index in num.starts:
            return replace(level, start=num.starts[index])
        return level

    def _count(self, key: str, num: _Num, abstract: _Abstract, index: int, level: Level) -> None:
        counters = abstract.counters
        begins = index in num.starts and (key, index) not in self.used
        self.used.add((key, index))
        counted = counters[index]
        counters[index] = level.start if begins or counted is None else counted + 1
        for deeper in range(index + 1, LEVELS):
            below = num.levels.get(deeper) or abstract.levels.get(deeper)
            restart = below.restart if below else None
            if restart is None or index < restart:
                counters[deeper] = None

    def _printed(self, num: _Num, abstract: _Abstract, index: int, level: Level) -> str:
        if level.fmt == "bullet":
            return _bullet(level.text)

        def place(match: re.Match) -> str:
            above = int(match[1]) - 1
            if above > index:
                return ""
            definition = self._level(num, abstract, above) or Level()
            counted = abstract.counters[above]
            legal = level.legal and definition.fmt not in ("none", "bullet")
            return formatted(definition.start if counted is None else counted, "decimal" if legal else definition.fmt)

        return " ".join(_PLACE.sub(place, level.text).split())


def formatted(count: int, fmt: str) -> str:
    """A count as Word prints it in a format; formats of other scripts are printed as digits."""
    if fmt in ("none", "bullet"):
        return ""
    if fmt == "decimalZero":
        return f"{count:02d}"
    if fmt == "upperRoman":
        return _roman(count).upper()
    if fmt == "lowerRoman":
        return _roman(count)
    if fmt in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)
        return letter.upper() if fmt == "upperLetter" else letter
    if fmt == "vietnameseCounting":
        return _vietnamese(count)
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 5000:
        return str(count)
    text = ""
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        text += sign * times
    return text


def _vietnamese(count: int) -> str:
    """Counting words up to 99; beyond that digits."""
    if not 0 <= count < 100:
        return str(count)
    if count <= 10:
        return _VIETNAMESE[count]
    tens, ones = divmod(count, 10)
    head = "mười" if tens == 1 else f"{_VIETNAMESE[tens]} mươi"
    if not ones:
        return head
    tail = "lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _VIETNAMESE[ones]
    return f"{head} {tail}"


def _bullet(text: str) -> str:
    """The sign of a bullet in Unicode; an unknown picture becomes a dot."""
    plain = "".join(SYMBOLS.get(char, char) for char in text.strip()) if len(text.strip()) == 1 else text.strip()
    return _PRIVATE.sub("•", plain)


def _level(element: etree._Element) -> tuple[int | None, Level]:
    index = whole(element.get(w("ilvl")))
    if index is None or not 0 <= index < LEVELS:
        return None, Level()
    start = number(element, "start")
    return index, Level(
        fmt=_format(element),
        text=value(element, "lvlText") or "",
        start=1 if start is None else start,
        restart=number(element, "lvlRestart"),
        legal=bool(switch(element, "isLgl")),
        suffix=value(element, "suff") or "tab",
        style=value(element, "pStyle") or "",
        hidden=bool(switch(child(element, "rPr"), "vanish")),
    )


def _format(element: etree._Element) -> str:
    """The number format; custom ones are written twice, the second time as what every program knows."""
    found = value(element, "numFmt")
    if found is None:
        plain = element.find(f"{ALTERNATE}/{FALLBACK}/{w('numFmt')}")
        found = None if plain is None else plain.get(VAL)
    return found or "decimal"


def _num(element: etree._Element) -> _Num:
    num = _Num(value(element, "abstractNumId") or "")
    for override in element.iterchildren(w("lvlOverride")):
        index = whole(override.get(w("ilvl")))
        if index is None or not 0 <= index < LEVELS:
            continue
        own = child(override, "lvl")
        if own is not None:
            _index, level = _level(own)
            num.levels[index] = level
        start = number(override, "startOverride")
        if start is not None:
            num.starts[index] = start
    return num
