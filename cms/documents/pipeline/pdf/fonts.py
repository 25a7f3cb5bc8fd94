"""Text set in fonts of TCVN3 (.VnTime …) and VNI, put into Unicode by the names of its fonts."""

import itertools
from collections.abc import Sequence

from .. import characters, legacy
from .glyphs import Word


def in_unicode(words: Sequence[Word]) -> bool:
    """Convert the words of a page that need it, in place; whether there were any.

    A file that names such a font but gives proper letters for it is left as it is.
    """
    encodings = {name: legacy.encoding_of_font(name) for name in {word.font for word in words}}
    if not any(encodings.values()):
        return False
    drawn = " ".join(word.text for word in words if encodings[word.font])
    if characters.vietnamese_share(drawn) > 0.02 or drawn.isascii():
        return False
    for (encoding, _baseline), group in itertools.groupby(words, lambda word: (encodings[word.font], round(word.y))):
        if encoding:
            line = list(group)
            texts = legacy.convert("\n".join(word.text for word in line), encoding).split("\n")
            if encoding == "tcvn3":
                texts = legacy.convert(" ".join(word.text for word in line), encoding).split(" ")
            if len(texts) == len(line):
                for word, text in zip(line, texts, strict=True):
                    word.text = text
    return True
