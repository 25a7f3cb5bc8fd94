"""A document's number as it comes out of a stamp, a photo or a memory: other readings of what was typed.

Only proposals: ``query.reread`` takes the first one whose number some document here has, and none where the number as
typed is known. Pure.
"""

import re
from collections.abc import Iterator

from .letters import fold_word
from .numbers import ISSUERS, TYPES

_SIGNS = str.maketrans({"∕": "/", "⁄": "/", "／": "/", "＼": "/", "\\": "/", "−": "-", "‐": "-", "‑": "-", "－": "-"})
_AS_DIGITS = str.maketrans("oOlIiSsBZz", "0011155822")
_LETTER_FOR_DIGIT = re.compile(r"(?<![^\W_])(?=[^\W_]*[0-9])[0-9oOlIiSsBZz]{1,5}(?=\s?/|-[^\W\d_]{2,5}/)")
_CUT = re.compile(r"(?<![\w/.,-])([0-9]{1,4})\s([0-9]{1,4})(?=\s?/\s?[^\W\d_]{2})")
_DASHED_YEAR = re.compile(r"(?<![\w/.,-])([0-9]{1,5})\s?[-_.]\s?((?:19|20)[0-9]{2})\s?[-_./]\s?(?=[^\W\d_]{2})")
_GLUED = re.compile(r"(?<![\w/.,-])([0-9]{1,5})([^\W\d_]{4,}(?:[-&][^\W\d_]+)*)(?!\w)")
_TYPE_FIRST = re.compile(
    r"(?<!\w)([^\W\d_]{2,5})\.?\s+((?:[0-9]{1,5})(?:\s?/\s?(?:19|20)[0-9]{2})?)\s?[/-]\s?([^\W\d_]{2,})"
)
_TYPE_GLUED = re.compile(r"(?<!\w)([^\W\d_]{2,4})([0-9]{2,5})(?!\w)")
_ONE_DIGIT = re.compile(r"(?<![\w/.,-])([1-9])(?=\s?[/-]\s?[^\W\d_]{2})")
_ZEROS = re.compile(r"(?<![\w/.,-])0+([1-9][0-9]*)(?=\s?[/-]\s?[^\W\d_]{2})")
_BARE = re.compile(r"\s*([0-9]{1,5})\s*")
_YEAR = re.compile(r"199[0-9]|20[0-4][0-9]")


def readings(text: str) -> Iterator[str]:
    """The text with a number in it read otherwise, the likeliest first; each once, never as it is."""
    seen = {text}
    for made in _readings(text):
        if made not in seen:
            seen.add(made)
            yield made


def _readings(text: str) -> Iterator[str]:
    if not any(char.isdigit() for char in text):
        return
    text = text.translate(_SIGNS)
    yield text
    if (bare := _BARE.fullmatch(text)) and not _YEAR.fullmatch(bare[1]):
        yield f"số {bare[1]}"
    text = _LETTER_FOR_DIGIT.sub(lambda match: match[0].translate(_AS_DIGITS), text)
    yield text
    yield _DASHED_YEAR.sub(r"\1/\2/", text)
    yield _TYPE_FIRST.sub(_type_inside, text)
    yield _GLUED.sub(lambda match: f"{match[1]}/{match[2].upper()}", text)
    yield _TYPE_GLUED.sub(lambda match: f"{match[1]} {match[2]}" if fold_word(match[1]) in TYPES else match[0], text)
    yield _ONE_DIGIT.sub(r"0\1", text)
    yield _ZEROS.sub(r"\1", text)
    yield _CUT.sub(r"\1\2", text)


def _type_inside(match: re.Match[str]) -> str:
    """ "TT 19/2017/BGDĐT" is 19/2017/TT-BGDĐT."""
    is_type = fold_word(match[1]) in TYPES and fold_word(match[3]) in ISSUERS
    return f"{match[2]}/{match[1].upper()}-{match[3].upper()}" if is_type else match[0]
