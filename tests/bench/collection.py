"""A made collection of any size, and questions to ask of it.

Three passages in four are syllables drawn as often as words are in any language (rank x frequency = constant); the
fourth is one of the demonstration's own, so that the judged questions find what they name. Common questions match
nearly everything, which is what makes them slow. Everything is made when it is read: a million passages need no room.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from search.registry import Entry, Passage
from search.syllables import RIMES, TONES, written

IN_DOCUMENT = 20
WORDS = (20, 60)
REAL_EVERY = 4
QUESTIONS = 40
ONSETS = ("", "b", "ch", "đ", "h", "kh", "l", "m", "n", "nh", "ph", "t", "th", "tr", "v")
JUDGED = Path(__file__).resolve().parents[1] / "search" / "judged"


def vocabulary() -> list[str]:
    """Syllables, the commonest first; the order is made once and stays."""
    words = [
        made
        for onset in ONSETS
        for rime in sorted(RIMES)
        for tone in ("", *TONES.values())
        if (made := written(onset + rime, tone))
    ]
    random.Random(1).shuffle(words)
    return words


def entries(words: Sequence[str], passages: int, real: Sequence[str] = ()) -> Iterator[Entry]:
    """Documents of twenty passages, with numbers, years and issuers; some of the passages are ``real``."""
    rnd = random.Random(2)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(length: int) -> str:
        return " ".join(rnd.choices(words, cum_weights=weights, k=length))

    def passage(place: int) -> Passage:
        own = real and place % REAL_EVERY == 0
        return Passage(f"p-{place}", (f"Mục {place}",), rnd.choice(real) if own else text(rnd.randint(*WORDS)))

    for number in range(passages // IN_DOCUMENT):
        facets = {
            "year": ((str(2015 + number % 11),) * 2,),
            "issuer": ((f"cq{number % 60}", f"Cơ quan {number % 60}"),),
        }
        made = tuple(map(passage, range(IN_DOCUMENT)))
        yield Entry(
            f"document:{number}", "document", text(8), f"/{number}/", f"{number}/KH-UBND", facets=facets, passages=made
        )


def questions(words: Sequence[str], documents: int) -> dict[str, list[str]]:
    """By class: what they ask for is common or rare, one word or a sentence; and the judged questions."""
    rnd = random.Random(3)

    def some(low: int, high: int, length: int) -> list[str]:
        return [" ".join(rnd.choices(words[low:high], k=length)) for _ in range(QUESTIONS)]

    return {
        "rare": some(2_000, 4_000, 1),
        "commonest": list(words[:QUESTIONS]),
        "two common": some(0, 30, 2),
        "three": some(50, 400, 3),
        "sentence": some(0, 400, 14),
        "number": [f"{rnd.randrange(documents)} kh ubnd" for _ in range(QUESTIONS)],
        "slip": [f"{text} qzx{text[:3]}" for text in some(50, 400, 2)],
        "judged": judged(),
    }


def judged() -> list[str]:
    """Every judged question once."""
    asked: dict[str, None] = {}
    for path in sorted(JUDGED.glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as handle:
            asked |= dict.fromkeys(row["query"] for row in csv.DictReader(handle))
    return list(asked)


def real_texts() -> list[str]:
    """The demonstration's own passages (Django must be set up)."""
    from tests.search.judged_collection import entries as demonstration

    return [passage.text for entry in demonstration() for passage in entry.passages if passage.text.strip()]
