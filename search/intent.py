"""What kind of answer a question wants. One kind is told apart: what a word means.

"Định nghĩa của X", "X là gì", "theo Luật A, X được hiểu như thế nào" are answered by a passage that begins with
"X là …", which may say X once where others repeat it ten times. Works on folded words, so it is read alike with
marks and without. Pure.
"""

import re

from .concepts import concepts
from .text import tokens

LONGEST = 12
"""Words of the longest thing that is asked about; a longer run is a sentence."""

_SOURCE = re.compile(r"^\s*(?:theo|tại|trong|tai)\s[^,“\"]{1,80},\s", re.I)
_SOURCE_YEAR = re.compile(r"^(?:theo|tai|trong) .{1,80}? (?:19|20)\d\d ")
_ASKED = tuple(
    map(
        re.compile,
        (
            r"(?:dinh nghia|khai niem|giai thich)(?: tu ngu| thuat ngu)?(?: cua| ve)? (?P<x>.+)",
            r"(?:the nao|nhu the nao) (?:la|goi la|duoc goi la|duoc coi la) (?P<x>.+)",
            r"(?P<x>.+?) (?:co )?(?:nghia )?la (?:gi|ai|sao|nhung gi|nhung ai|nhu the nao)",
            r"(?P<x>.+?) la viet tat cua(?: tu| cum tu)?(?: gi| nao)?",
            r"(?P<x>.+?) duoc (?:hieu|dinh nghia|giai thich)(?: la| nhu)?(?: the)?(?: nao| gi| sao)?(?: va .*)?",
        ),
    )
)
_LINKS = (("la",), ("bao", "gom"), ("duoc", "hieu"), ("gom",))


def defined(text: str) -> tuple[tuple[str, ...], ...]:
    """What the question asks the meaning of, as folded words; where that is a concept, each of its spellings.
    Empty for every other question."""
    folded = " ".join(token.fold for token in tokens(_SOURCE.sub("", text)))
    folded = _SOURCE_YEAR.sub("", folded)
    for pattern in _ASKED:
        match = pattern.fullmatch(folded)
        words = tuple(match["x"].split()) if match else ()
        if 0 < len(words) <= LONGEST:
            return tuple(dict.fromkeys((words, *_spellings(words))))
    return ()


def _spellings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The other ways to write what is asked about, where all of it is one concept."""
    known = concepts()
    names = {form.concept for form in known.forms.get(words[0], ()) if form.words == words}
    return [
        form.words for forms in known.forms.values() for form in forms if form.concept in names and not form.one_way
    ]


def openings(asked: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The runs of words a defining passage has: "X là", "X bao gồm"."""
    return tuple((*words, *link) for words in asked for link in _LINKS)
