"""Misread marks put right where the sequence they stand in proves them; every repair is listed with what
stood there.
"""

import re
from collections.abc import Sequence
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

    Puts it right in `items`; tells whether there was one.
    """
    seen: dict[tuple[int, str], str] = {}
    repaired = False
    for index, entry in tree.entries.items():
        if entry.mark.style not in ("letter", "paren-letter"):
            continue
        key = (entry.parent.index if entry.parent else -1, entry.mark.style)
        if entry.mark.number == "d" and seen.get(key) == "d":
            line = items[index]
            fixed = line.text.replace("d", "đ", 1)
            repairs.append(Repair(line.number, line.text[:60], fixed[:60]))
            items[index] = replace(line, text=fixed)
            seen[key] = "đ"
            repaired = True
        else:
            seen[key] = entry.mark.number
    return repaired
