"""Did you mean: another spelling for words nothing here has.

Only unknown words are looked at: one that some document has is somebody's word, whatever it looks like. Candidates are
one slip away (a letter left out, put in, exchanged or swapped with its neighbour); they are weighed by how common they
are and how often they stand beside the words that were typed around them. Marks are no slips: words are found without
them. Pure but for the vocabulary it asks.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .letters import is_marked
from .question import Query, Vocabulary
from .syllables import is_well_formed, with_tones
from .text import Analysis, analyse

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 16
MOST = 3
"""So many unknown words of a question are put right; where more are unknown, the question is in another language."""
NEIGHBOUR = 2.0
"""What standing beside a typed word is worth, to what being common is worth (logarithms of documents)."""
FIRST_LETTER = 1.5
"""What a slip in the first letter costs: people rarely mistake it."""
EXCHANGE = 0.5
"""What another letter costs beside a letter left out, doubled or swapped."""
SHORT = 5
"""Letters; of shorter words too many are one slip apart to choose without their neighbours."""
LIFT = 2.0
_NEAR = {
    a: set(b)
    for a, b in {
        "a": "qwsz", "b": "vghn", "c": "xdfv", "d": "serfcx", "e": "wsdr", "f": "drtgvc", "g": "ftyhbv", "h": "gyujnb",
        "i": "ujko", "j": "huikmn", "k": "jiolm", "l": "kop", "m": "njk", "n": "bhjm", "o": "iklp", "p": "ol",
        "q": "wa", "r": "edft", "s": "awedxz", "t": "rfgy", "u": "yhji", "v": "cfgb", "w": "qase", "x": "zsdc",
        "y": "tghu", "z": "asx",
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """The question in another spelling; ``changed`` are (typed, meant) words."""

    text: str
    changed: tuple[tuple[str, str], ...]


def correct(query: Query, vocab: Vocabulary) -> Correction | None:
    """The question as it may have been meant; None where every word is known or nothing better is near."""
    block = analyse(query.text)
    unknown = [i for i in _words(block, query) if not vocab.words(block.tokens[i].fold)]
    if not 0 < len(unknown) <= MOST:
        return None
    meant = {i: best for i in unknown if (best := _best(block, i, vocab))}
    if not meant:
        return None
    return _written(block, meant, is_marked(query.text), vocab)


def _words(block: Analysis, query: Query) -> Iterator[int]:
    """Words that can be misspelt: no digits, no abbreviations, nothing recognised, nothing that was excluded."""
    told = {i for mark in block.marks for i in range(mark.first, mark.last + 1)}
    left_out = {word for phrase in query.excluded for word in phrase.words}
    shouted = query.text.isupper()
    for i, token in enumerate(block.tokens):
        typed = block.text[token.start : token.end]
        plain = token.fold.isascii() and token.fold.isalpha() and 1 < len(token.fold) <= LONGEST
        if plain and i not in told and token.fold not in left_out and (shouted or not typed.isupper()):
            yield i


def _best(block: Analysis, place: int, vocab: Vocabulary) -> str:
    """The likeliest word for an unknown one, "" where none is likely enough. A well-formed syllable is only put right
    where the words around it say so: the collection may just not have it."""
    token = block.tokens[place]
    around = [(block.tokens[i].fold, i < place) for i in (place - 1, place + 1) if 0 <= i < len(block.tokens)]
    sound = is_well_formed(block.text[token.start : token.end])
    if sound and len(token.fold) < SHORT:
        return ""
    best, chosen = -math.inf, ""
    for candidate, cost in slips(token.fold).items():
        common = vocab.words(candidate)
        if not common:
            continue
        beside = [(vocab.pairs(f"{w}_{candidate}" if left else f"{candidate}_{w}"), w) for w, left in around]
        known = [(count, word) for count, word in beside if count]
        if sound and not (len(known) == len(around) and any(_belongs(c, common, w, vocab) for c, w in known)):
            continue
        if around and not known and len(token.fold) < SHORT:
            continue
        score = math.log1p(common) + NEIGHBOUR * sum(math.log1p(count) for count, _ in known) - cost
        if score > best:
            best, chosen = score, candidate
    return chosen


def _belongs(together: int, common: int, word: str, vocab: Vocabulary) -> bool:
    """Whether two words stand side by side more often than their being common explains: "và" stands beside all."""
    return together * vocab.total >= LIFT * common * max(1, vocab.words(word))


@lru_cache(maxsize=1_024)
def slips(word: str) -> Mapping[str, float]:
    """Every word one slip away, with what the slip costs."""
    found: dict[str, float] = {}

    def add(made: str, cost: float) -> None:
        if len(made) > 1 and made != word:
            cost += FIRST_LETTER if made[0] != word[0] else 0.0
            found[made] = min(cost, found.get(made, cost))

    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            add(head + tail[1:], 0.0 if tail[0] == head[-1:] else 0.25)
        if len(tail) > 1:
            add(head + tail[1] + tail[0] + tail[2:], 0.0)
        for letter in LETTERS:
            if tail:
                add(head + letter + tail[1:], EXCHANGE / 2 if letter in _NEAR.get(tail[0], ()) else EXCHANGE)
            add(head + letter + tail, 0.25)
    return found


def _written(block: Analysis, meant: Mapping[int, str], marked: bool, vocab: Vocabulary) -> Correction:
    """The text with the words put right; with marks where the reader typed any."""
    pieces, changed, done = [], [], 0
    for place, word in sorted(meant.items()):
        token = block.tokens[place]
        written = surface(word, vocab) if marked else word
        typed = block.text[token.start : token.end]
        written = written.capitalize() if typed[:1].isupper() else written
        pieces += [block.text[done : token.start], written]
        changed.append((typed, written))
        done = token.end
    return Correction("".join([*pieces, block.text[done:]]), tuple(changed))


def surface(word: str, vocab: Vocabulary) -> str:
    """The commonest way a folded word is printed here."""
    forms: Sequence[tuple[str, str]] = with_tones(word)
    counted = [(vocab.accents(key), form) for form, key in forms]
    count, form = max(counted, key=lambda pair: pair[0], default=(0, word))
    return form if count else word
