"""Words as people shorten them in messages: "ko" for "không". Pure.

Not concepts: what they stand for are the commonest words there are, which nobody would want marked in every text. They
are spelt out as unconverted keys are (``telex``): only where nothing here has the word as typed, and the reader is
told.
"""

import re
from collections.abc import Callable

from .letters import fold_word

SPELT_OUT = {
    "ko": "không", "hok": "không", "khg": "không", "đc": "được", "dc": "được", "vs": "với", "ntn": "như thế nào",
    "bnhiu": "bao nhiêu", "bnhieu": "bao nhiêu", "nhg": "nhưng",
}  # fmt: skip
"""How it is typed, in small letters, and the words it stands for."""
_WORD = re.compile(r"[^\W\d_]+")


def spelt_out(text: str, known: Callable[[str], bool]) -> str:
    """The text with its shortened words written out; as it was where there are none. ``known`` tells of a folded word
    whether anything here has it."""

    def read(match: re.Match[str]) -> str:
        words = SPELT_OUT.get(match.group().casefold(), "")
        if words and not known(fold_word(match.group())) and all(known(fold_word(word)) for word in words.split()):
            return words
        return match.group()

    return _WORD.sub(read, text)
