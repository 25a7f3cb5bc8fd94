"""The words of a page with their boxes, from PDFium's characters.

All coordinates are points from the top left corner of the page as a reader sees it: a page whose text runs up or
down is turned until it is upright, whatever the file says of its
rotation. Composed letters (NFC), one kind of space, no invisible characters.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from .. import characters, legacy

MAX_CHARS = 100_000
"""Characters of one page: a page of newspaper has 20,000."""

_BOLD = re.compile(r"bold|black|heavy|semibd|demi(?!l)|,B", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_SIGNS = str.maketrans({"\uf02d": "-", **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf0e8", "•")})
"""Bullets of the fonts Symbol and Wingdings, which have no letters."""

_ODD_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SEPARATORS = frozenset((0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x3000, *range(0x2000, 0x2007), *range(0x2008, 0x200B)))
SOFT_HYPHEN = "\u00ad"
_HYPHEN_GUESSED = 2
"""PDFium's sign for a hyphen it believes to be one of word division."""


@dataclass(slots=True)
class Word:
    """A run of characters without a space; `y` is the baseline. `glued`: no space before it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    font: str
    glued: bool = False


@dataclass(frozen=True)
class PageText:
    """Size of a page as seen, its words, how many of its characters the file gives no letter for.

    `turned` counts the clockwise quarter turns from this view to the page as programs draw it.
    """

    width: float
    height: float
    words: list[Word]
    unmapped: int
    to_view: Callable[[float, float], tuple[float, float]]
    turned: int = 0


class TooDense(Exception):
    """More characters than a page can hold."""


def page_text(page: pypdfium2.PdfPage) -> PageText:
    """Read a page; `TooDense` where it holds more characters than any page does."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARS:
            raise TooDense
        runs, unmapped = _runs(textpage.raw, max(count, 0))
    finally:
        textpage.close()
    turn = Counter()
    for run in runs:
        turn[run.quarter] += len(run.chars)
    drawn = page.get_rotation() // 90 % 4
    main = turn.most_common(1)[0][0] if turn else drawn
    view, width, height = _viewer(page.get_bbox(), main)
    words = [word for run in runs if run.quarter == main and (word := _word(run, view, width, height))]
    return PageText(width, height, words, unmapped, view, (drawn - main) % 4)


@dataclass(slots=True)
class _Run:
    chars: list[int]
    start: tuple[float, float]
    end: tuple[float, float]
    size: float
    quarter: int
    bold: bool
    font: str
    glued: bool


def _runs(raw, count: int) -> tuple[list[_Run], int]:
    """Characters grouped: cut at spaces, at a jump, at a change of baseline or size."""
    runs: list[_Run] = []
    run: _Run | None = None
    unmapped = 0
    spaced = True
    before: tuple[float, float] | None = None
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    unicode_of, origin_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin, _loose_box
    reader = _FontReader(raw)
    for index in range(count):
        code = unicode_of(raw, index)
        if code in _SEPARATORS or code == 0:
            unmapped += code == 0
            run, spaced = None, True
            continue
        if code == _HYPHEN_GUESSED:  # in an old font of TCVN3 the code of the soft hyphen is a letter
            code = 0xAD if run is not None and legacy.encoding_of_font(run.font) else 0x2D
        if not origin_of(raw, index, x, y) or not box_of(raw, index, box):
            continue
        here = (x.value, y.value)
        if not (math.isfinite(here[0]) and math.isfinite(here[1]) and abs(here[0]) < 1e5 and abs(here[1]) < 1e5):
            continue
        if run is not None and here == before:  # the rest of a ligature: several letters at one place
            run.chars.append(code)
            continue
        before = here
        if run is not None:
            across, along = _offset(run.quarter, run.end, here)
            if abs(across) > 0.08 * run.size or along > 0.3 * run.size or along < -0.6 * run.size:
                glued = 0.08 * run.size < abs(across) < 0.7 * run.size and abs(along) < 0.15 * run.size
                glued = glued or (abs(across) <= 0.08 * run.size and -0.6 * run.size <= along <= 0.12 * run.size)
                run, spaced = None, not glued
        if run is None:
            size, quarter, bold, font = reader.at(index)
            if quarter < 0:
                continue
            run = _Run([], here, here, size, quarter, bold, font, not spaced)
            runs.append(run)
            spaced = False
        run.chars.append(code)
        run.end = _far_end(run.quarter, box, here)
    return runs, unmapped


def _loose_box(raw, index: int, box) -> bool:
    return bool(pdfium.FPDFText_GetLooseCharBox(raw, index, box))


class _FontReader:
    """Size, direction (quarter turns; -1 for a slant), weight and name of the font at a character."""

    def __init__(self, raw):
        self.raw = raw
        self.matrix = pdfium.FS_MATRIX()
        self.buffer = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def at(self, index: int) -> tuple[float, int, bool, str]:
        size = pdfium.FPDFText_GetFontSize(self.raw, index) or 1.0
        quarter = 0
        if pdfium.FPDFText_GetMatrix(self.raw, index, self.matrix):
            m = self.matrix
            size *= math.hypot(m.c, m.d)
            angle = math.degrees(math.atan2(m.b, m.a)) if m.a or m.b else 0.0
            quarter = round(angle / 90) % 4 if abs(angle - 90 * round(angle / 90)) < 8 else -1
        if not math.isfinite(size) or not 0.5 <= size <= 2000:
            size = 10.0
        length = pdfium.FPDFText_GetFontInfo(self.raw, index, self.buffer, len(self.buffer), self.flags)
        name = self.buffer.raw[: max(0, min(length, len(self.buffer)) - 1)].decode("latin-1") if length else ""
        bold = bool(_BOLD.search(name)) or bool(self.flags.value & _FORCE_BOLD)
        return size, quarter, bold or pdfium.FPDFText_GetFontWeight(self.raw, index) >= 600, name


def _offset(quarter: int, end: tuple[float, float], here: tuple[float, float]) -> tuple[float, float]:
    """How far `here` is from `end`: across the line, and along it."""
    dx, dy = here[0] - end[0], here[1] - end[1]
    return ((dy, dx), (-dx, dy), (-dy, -dx), (dx, -dy))[quarter]


def _far_end(quarter: int, box, here: tuple[float, float]) -> tuple[float, float]:
    """The point of the baseline where the character ends."""
    if quarter == 0:
        return box.right, here[1]
    if quarter == 1:
        return here[0], box.top
    return (box.left, here[1]) if quarter == 2 else (here[0], box.bottom)


def _viewer(
    bbox: tuple[float, float, float, float], turns: int
) -> tuple[Callable[[float, float], tuple[float, float]], float, float]:
    """From the file's coordinates to those of the page after as many clockwise quarter `turns`."""
    if not all(math.isfinite(value) and abs(value) < 1e5 for value in bbox):
        bbox = (0, 0, 595, 842)
    left, bottom, right, top = bbox
    width, height = abs(right - left), abs(top - bottom)
    if turns == 0:
        return (lambda x, y: (x - left, top - y)), width, height
    if turns == 1:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turns == 2:
        return (lambda x, y: (right - x, y - bottom)), width, height
    return (lambda x, y: (top - y, right - x)), height, width


def _word(run: _Run, view, width: float, height: float) -> Word | None:
    text = clean(run.chars)
    if not text:
        return None
    x0, y = view(*run.start)
    x1, _ = view(*run.end)
    if not (-width < x0 < 2 * width and -1 <= y <= height + 1):  # outside the page: nobody sees it
        return None
    return Word(text, min(x0, x1), max(x0, x1), y, run.size, run.bold, run.font, run.glued)


def clean(codes: list[int]) -> str:
    """Text of character codes (UTF-16 halves put together), ligatures opened, controls dropped, in NFC.

    A no-break space stays, so that what it holds together is one word; `layout` makes it a space.
    """
    text = "".join(map(chr, codes))
    if any(0xD800 <= code <= 0xDFFF for code in codes):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.translate(_ODD_LIGATURES).translate(_SIGNS)
    text = characters.without_controls(text)[0].replace("\ufffe", "").replace("\uffff", "")
    return characters.nfc(text)
