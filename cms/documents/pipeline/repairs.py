"""Misread marks put right where the sequence they stand in proves them; every repair is listed with what
stood there.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import marks
from .characters import CAPITALS
from .lines import Item, Line, Repair
from .outline import Outline

_MISREAD_ONE = re.compile(rf"^([l|]|\d[lIO]|[lI]\d)([.)])\s+(?=[{CAPITALS}])")


def read_ones(items: Sequence[Item], repairs: list[Repair]) -> list[Item]:
    """ "l. Mục đích" is "1. Mục đích" where the next number of that style is 2, "1l." where it is 12."""
    result = list(items)
    for index, item in enumerate(items):
        match = _MISREAD_ONE.match(item.text) if isinstance(item, Line) else None
        if not match:
            continue
        reading = match[1].translate(str.maketrans("lI|O", "1110"))
        sign = match[2]
        following = (
            mark
            for other in items[index + 1 : index + 60]
            if isinstance(other, Line)
            and (mark := marks.parse(other.text))
            and mark.style in ("arabic", "arabic-paren", "roman")
        )
        after = next(following, None)
        if after and after.style != "roman" and after.ordinal == int(reading) + 1 and after.printed.endswith(sign):
            fixed = f"{reading}{item.text[match.end(1) :]}"
            repairs.append(Repair(item.number, item.text[:60], fixed[:60]))
            result[index] = replace(item, text=fixed)
    return result


def second_d(items: list[Item], tree: Outline, repairs: list[Repair]) -> bool:
    """The second "d)" of a sequence a b c d d e is "đ)", which OCR and keyboards print as "d)".

    Not where a "đ)" follows, nor in a list with f, j, w or z: that alphabet has no đ, and the second "d)" is a repeat.
    Puts it right in `items`; tells whether there was one.
    """
    lists: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for index, entry in tree.entries.items():
        if entry.mark.style in ("letter", "paren-letter"):
            key = (entry.parent.index if entry.parent else -1, entry.mark.style)
            lists.setdefault(key, []).append((index, entry.mark.number))
    places = sorted(index for points in lists.values() for index in _misprinted(points))
    for index in places:
        line = items[index]
        fixed = line.text.replace("d", "đ", 1)
        repairs.append(Repair(line.number, line.text[:60], fixed[:60]))
        items[index] = replace(line, text=fixed)
    return bool(places)


def _misprinted(points: list[tuple[int, str]]) -> Iterator[int]:
    """Where a "d" stands for "đ" in the points of one list, or of several that follow each other, each from "a" on."""
    starts = [0, *(at for at, (_index, letter) in enumerate(points) if letter == "a" and at), len(points)]
    for start, end in itertools.pairwise(starts):
        letters = [letter for _index, letter in points[start:end]]
        if marks.FOREIGN.intersection(letters):
            continue
        for at in range(1, len(letters)):
            if letters[at - 1] == letters[at] == "d" and letters[at + 1 : at + 2] != ["đ"]:
                letters[at] = "đ"
                yield points[start + at][0]
