"""Where on the drawn page something stands, in fractions of it, for marking it on a picture of any size."""

import math
from collections.abc import Iterable

from ..lines import Box
from .glyphs import PageText

_ABOVE, _BELOW = 1.0, 0.28
"""How far letters reach above and below their baseline, in sizes of type; capitals carry two marks (Ế)."""


def line_box(page: PageText, x0: float, x1: float, baseline: float, size: float) -> Box | None:
    """The box of a printed line."""
    return page_box(page, x0, baseline - _ABOVE * size, x1, baseline + _BELOW * size)


def page_box(page: PageText, left: float, top: float, right: float, bottom: float) -> Box | None:
    """A rectangle of the page's view as fractions of the page as it is drawn, cut at its edges."""
    if not (page.width > 0 and page.height > 0):
        return None
    box = left / page.width, top / page.height, right / page.width, bottom / page.height
    if not all(map(math.isfinite, box)):
        return None
    for _quarter in range(page.turned):
        box = 1 - box[3], box[0], 1 - box[1], box[2]
    left, top, right, bottom = (round(min(max(value, 0.0), 1.0), 4) for value in box)
    return left, top, right, bottom


def around(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all that are known; None where none is."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
