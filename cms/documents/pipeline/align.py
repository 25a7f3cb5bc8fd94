"""Which piece of one version of a text is which piece of another.

Same words and same address first, then words that stand once in both versions, then, inside the small windows
left between, whatever is most alike; an equal address speaks for two pieces whose words have changed. Pairs
never cross. Close to linear: only windows of at most `WINDOW` pairs are compared piece by piece.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

WINDOW = 1_600
"""The most pairs looked at one by one between two sure neighbours (40 by 40)."""

ALIKE = 0.5
"""The share of words in common (Dice) from which two pieces may be versions of one."""

_SAME_ADDRESS = 0.3


class Piece(Protocol):
    """What is compared: `address` (unique in its version, "" for none), `words` folded, `family` of kinds."""

    address: str
    words: str
    family: str


Pairs = list[tuple[int, int]]


def align(left: Sequence[Piece], right: Sequence[Piece], *, by_likeness: bool = True) -> Pairs:
    """Pairs of indices, rising on both sides. `by_likeness` off: only equal words or an equal address count."""
    sure = rising(_sure(left, right))
    pairs: Pairs = []
    last_left = last_right = 0
    for at_left, at_right in [*sure, (len(left), len(right))]:
        pairs += _window(left, right, (last_left, at_left), (last_right, at_right), by_likeness)
        if at_left < len(left):
            pairs.append((at_left, at_right))
        last_left, last_right = at_left + 1, at_right + 1
    return pairs


def _sure(left: Sequence[Piece], right: Sequence[Piece]) -> Pairs:
    """Same address and words; and words that stand once on each side, wherever."""
    addresses = {piece.address: index for index, piece in enumerate(right) if piece.address}
    found: dict[int, int] = {}
    for index, piece in enumerate(left):
        other = addresses.get(piece.address, -1) if piece.address else -1
        if other >= 0 and right[other].words == piece.words and right[other].family == piece.family:
            found[index] = other
    taken = set(found.values())
    once_left = _once(left, found)
    once_right = _once(right, taken)
    for key, index in once_left.items():
        if key in once_right:
            found[index] = once_right[key]
    return sorted(found.items())


def _once(pieces: Sequence[Piece], without: Sequence[int] | set[int] | dict[int, int]) -> dict[tuple[str, str], int]:
    places: dict[tuple[str, str], int] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for index, piece in enumerate(pieces):
        if index not in without and piece.words:
            key = (piece.family, piece.words)
            counts[key] += 1
            places[key] = index
    return {key: index for key, index in places.items() if counts[key] == 1}


def rising(pairs: Pairs) -> Pairs:
    """The longest part of `pairs` (rising on the left) that rises on the right too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            ends.append(index)
        else:
            tails[place] = value
            ends[place] = index
    chosen: Pairs = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _window(
    left: Sequence[Piece], right: Sequence[Piece], lefts: tuple[int, int], rights: tuple[int, int], by_likeness: bool
) -> Pairs:
    """Pairs inside a window between two sure neighbours; a window too large is first cut at equal addresses."""
    (first_left, end_left), (first_right, end_right) = lefts, rights
    head: Pairs = []
    while first_left < end_left and first_right < end_right and _equal(left[first_left], right[first_right]):
        head.append((first_left, first_right))
        first_left, first_right = first_left + 1, first_right + 1
    tail: Pairs = []
    while first_left < end_left and first_right < end_right and _equal(left[end_left - 1], right[end_right - 1]):
        end_left, end_right = end_left - 1, end_right - 1
        tail.append((end_left, end_right))
    if not (end_left - first_left) * (end_right - first_right):
        middle: Pairs = []
    elif (end_left - first_left) * (end_right - first_right) <= WINDOW:
        middle = _best(left, right, range(first_left, end_left), range(first_right, end_right), by_likeness)
    else:
        middle = _by_address(left, right, range(first_left, end_left), range(first_right, end_right))
    return [*head, *middle, *tail[::-1]]


def _equal(one: Piece, other: Piece) -> bool:
    return one.words == other.words and one.family == other.family


def _by_address(left: Sequence[Piece], right: Sequence[Piece], lefts: range, rights: range) -> Pairs:
    places = {right[index].address: index for index in rights if right[index].address}
    pairs = [
        (index, places[left[index].address])
        for index in lefts
        if left[index].address in places and left[index].family == right[places[left[index].address]].family
    ]
    return rising(pairs)


def _best(left: Sequence[Piece], right: Sequence[Piece], lefts: range, rights: range, by_likeness: bool) -> Pairs:
    """The rising pairs of the highest sum of likeness (dynamic programming over a small window)."""
    bags_left = [Counter(left[index].words.split()) for index in lefts]
    bags_right = [Counter(right[index].words.split()) for index in rights]
    height, width = len(lefts), len(rights)
    scores = [[0.0] * width for _ in range(height)]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        one = left[lefts[row]]
        for column in range(width - 1, -1, -1):
            other = right[rights[column]]
            score = _likeness(one, other, bags_left[row], bags_right[column], by_likeness)
            scores[row][column] = score
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], best[row + 1][column + 1] + score if score else 0.0
            )
    pairs: Pairs = []
    row = column = 0
    while row < height and column < width:
        if scores[row][column] and best[row][column] == best[row + 1][column + 1] + scores[row][column]:
            pairs.append((lefts[row], rights[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _likeness(one: Piece, other: Piece, bag: Counter[str], other_bag: Counter[str], by_likeness: bool) -> float:
    """0 where two pieces cannot be one; 2 and more for equal words; an equal address always counts."""
    if one.family != other.family:
        return 0.0
    bonus = _SAME_ADDRESS if one.address and one.address == other.address else 0.0
    if one.words == other.words:
        return 2.0 + bonus
    if not by_likeness:
        return bonus
    total = bag.total() + other_bag.total()
    share = 2 * shared(bag, other_bag) / total if total else 0.0
    return share + bonus if share >= ALIKE else bonus


def shared(bag: Counter[str], other: Counter[str]) -> int:
    """How many words two pieces have in common, counted as often as both have them."""
    return sum([min(bag[word], other[word]) for word in bag.keys() & other.keys()])
