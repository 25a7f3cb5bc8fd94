"""Which passage of a published text is which passage of the next one, wherever it now stands.

`align` pairs what keeps its order; here words that moved are found too, and a heading renamed is known by what
stands under it. What is only at the same address, with other words, is not the same passage.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from search.letters import fold_word

from .align import ALIKE, WINDOW, align, rising, shared
from .nodes import Node, row_text

MOVED_ALIKE = 0.8
"""The share of words in common from which a passage that changed may have moved as well."""

SAME_PLACE = 0.25
"""The share that is enough for the only piece between two sure neighbours."""

_SHORT = 60
_SHORT_ALIKE = 0.75
_FREQUENT = 12
_SLICE = 20
_ORDINAL = re.compile(r"^(?:\d{1,3}|[IVX]{1,5}|[a-zđ])?[.)]?$")


@dataclass(frozen=True)
class Passage:
    """What is compared of a node or row: its words as printed (without its number), its address, its family of
    kinds, and how deep it lies (0 for a row)."""

    family: str
    raw: str
    address: str = ""
    level: int = 0
    is_heading: bool = False

    @cached_property
    def words(self) -> str:
        return " ".join(map(fold_word, self.raw.split()))

    @cached_property
    def bag(self) -> Counter[str]:
        return Counter(self.words.split())

    @cached_property
    def key(self) -> tuple[str, str]:
        return self.family, self.raw

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits by which the same words are known again; "" where there are none."""
        return hashlib.sha256("\n".join(self.key).encode()).hexdigest()[:12] if self.raw else ""


def passage(node: Node, address: str = "") -> Passage:
    """A printed number is no part of it: an inserted clause renumbers all that follow."""
    if node.kind == "table":
        family, raw = "table", "\n".join([node.text, *map(row_text, node.rows)]).strip()
    else:
        family, raw = ("note" if node.kind == "note" else "text"), node.text or node.number
    return Passage(family, raw, address or node.anchor, node.level, node.kind == "heading")


def row_passage(row: Sequence[str], number: int) -> Passage:
    """A data row, without the running number in its first column."""
    numbered = len(row) > 1 and _ORDINAL.match(row[0].strip()) and any(map(str.isalpha, "".join(row[1:])))
    cells = row[1:] if numbered else row
    return Passage("row", row_text(cells) if any(cells) else "", f"r{number}")


Found = dict[int, int]
"""Index of the old passage -> index of the new one."""


class Matching:
    """Grows in two steps, so that a caller can give away passages between them: `same`, then `alike`."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]):
        self.old, self.new = old, new
        self.found: Found = {}
        self.taken: dict[int, int] = {}
        self.given_away: set[int] = set()

    def same(self) -> None:
        """Equal words: at both ends, once on each side, beside a neighbour, in order; then but for the marks."""
        self._ends()
        if len(self.found) == len(self.old) or len(self.taken) == len(self.new):
            return
        self._once(lambda piece: piece.key)
        self._beside(lambda piece: piece.key)
        self._in_order(lambda piece: piece.key)
        self._once(lambda piece: (piece.family, piece.words))
        self._beside(lambda piece: (piece.family, piece.words))

    def alike(self, given_away: Iterable[int] = ()) -> None:
        """Changed words, between neighbours that are sure; then changed and moved. `given_away`: new passages
        that are spoken for."""
        self.given_away = set(given_away)
        if not (self._free_old() and self._free_new()):
            return
        self._by_content()
        for lefts, rights in self._windows():
            if len(lefts) * len(rights) > WINDOW:
                self._mutual(lefts, rights, ALIKE)
        for lefts, rights in self._windows():
            for window in _cut(lefts, rights):
                self._window(*window)
        self._by_content()
        self._mutual(self._free_old(), self._free_new(), MOVED_ALIKE)

    def _pair(self, left: int, right: int) -> None:
        self.found[left] = right
        self.taken[right] = left

    def _free_old(self) -> list[int]:
        return [index for index in range(len(self.old)) if index not in self.found]

    def _free_new(self) -> list[int]:
        return [i for i in range(len(self.new)) if i not in self.taken and i not in self.given_away]

    def _ends(self) -> None:
        height, width = len(self.old), len(self.new)
        first = 0
        while first < min(height, width) and self.old[first].key == self.new[first].key:
            self._pair(first, first)
            first += 1
        last = 1
        while last <= min(height, width) - first and self.old[-last].key == self.new[-last].key:
            self._pair(height - last, width - last)
            last += 1

    def _grouped(self, key: Callable[[Passage], Hashable]) -> list[tuple[list[int], list[int]]]:
        lefts: dict[Hashable, list[int]] = defaultdict(list)
        rights: dict[Hashable, list[int]] = defaultdict(list)
        for index in self._free_old():
            if self.old[index].raw:
                lefts[key(self.old[index])].append(index)
        for index in self._free_new():
            rights[key(self.new[index])].append(index)
        return [(places, rights[words]) for words, places in lefts.items() if words in rights]

    def _once(self, key: Callable[[Passage], Hashable]) -> None:
        for lefts, rights in self._grouped(key):
            if len(lefts) == len(rights) == 1:
                self._pair(lefts[0], rights[0])

    def _beside(self, key: Callable[[Passage], Hashable]) -> None:
        """Words that repeat are those beside a neighbour already found."""
        for step in (1, -1):
            for left, right in sorted(self.found.items(), reverse=step < 0):
                left, right = left + step, right + step
                while (
                    0 <= left < len(self.old)
                    and 0 <= right < len(self.new)
                    and left not in self.found
                    and right not in self.taken
                    and right not in self.given_away
                    and key(self.old[left]) == key(self.new[right])
                ):
                    self._pair(left, right)
                    left, right = left + step, right + step

    def _in_order(self, key: Callable[[Passage], Hashable]) -> None:
        for lefts, rights in self._grouped(key):
            for left, right in zip(lefts, rights, strict=False):
                self._pair(left, right)

    def _by_content(self) -> None:
        """A heading, or a clause with others below it, is the one that most of what stood under it stands under."""
        above_old, above_new = _holders(self.old), _holders(self.new)
        votes: Counter[tuple[int, int]] = Counter()
        sizes: Counter[int] = Counter()
        for left, right in self.found.items():
            holders = {}
            for holder in _upward(right, above_new):
                if holder not in self.taken and holder not in self.given_away:
                    holders[self.new[holder].level] = holder
            for holder in _upward(left, above_old):
                if holder not in self.found:
                    sizes[holder] += 1
                    other = holders.get(self.old[holder].level)
                    if other is not None and self.old[holder].is_heading == self.new[other].is_heading:
                        votes[holder, other] += 1
        for (left, right), count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if left not in self.found and right not in self.taken and 2 * count >= sizes[left]:
                self._pair(left, right)

    def _windows(self) -> list[tuple[list[int], list[int]]]:
        """Free passages between neighbours that keep their order."""
        frame = rising(sorted(self.found.items()))
        bounds_left = [-1, *(left for left, _ in frame), len(self.old)]
        bounds_right = [-1, *(right for _, right in frame), len(self.new)]
        windows = []
        for index in range(len(bounds_left) - 1):
            lefts = [i for i in range(bounds_left[index] + 1, bounds_left[index + 1]) if i not in self.found]
            if not lefts:
                continue
            rights = [
                i
                for i in range(bounds_right[index] + 1, bounds_right[index + 1])
                if i not in self.taken and i not in self.given_away
            ]
            if rights:
                windows.append((lefts, rights))
        return windows

    def _window(self, lefts: list[int], rights: list[int]) -> None:
        for one, other in align([self.old[index] for index in lefts], [self.new[index] for index in rights]):
            left, right = lefts[one], rights[other]
            if likeness(self.old[left], self.new[right]) >= ALIKE:
                self._pair(left, right)
        lefts = [index for index in lefts if index not in self.found]
        rights = [index for index in rights if index not in self.taken]
        self._short(lefts, rights)
        self._alone(lefts, rights)

    def _short(self, lefts: list[int], rights: list[int]) -> None:
        """A letter corrected in a word or two: letters are compared where words are too few."""
        scored = []
        for left in lefts:
            for right in rights:
                one, other = self.old[left], self.new[right]
                if one.family == other.family and one.raw and max(len(one.raw), len(other.raw)) <= _SHORT:
                    letters = SequenceMatcher(None, one.words, other.words, autojunk=False)
                    if letters.real_quick_ratio() >= _SHORT_ALIKE and letters.quick_ratio() >= _SHORT_ALIKE:
                        scored.append((-letters.ratio(), left, right))
        for score, left, right in sorted(scored):
            if -score >= _SHORT_ALIKE and left not in self.found and right not in self.taken:
                self._pair(left, right)

    def _alone(self, lefts: list[int], rights: list[int]) -> None:
        lefts = [index for index in lefts if index not in self.found]
        rights = [index for index in rights if index not in self.taken]
        if len(lefts) == len(rights) == 1:
            one, other = self.old[lefts[0]], self.new[rights[0]]
            renamed = one.is_heading and other.is_heading and one.level == other.level
            if one.family == other.family and (renamed or likeness(one, other) >= SAME_PLACE):
                self._pair(lefts[0], rights[0])

    def _mutual(self, lefts: Sequence[int], rights: Sequence[int], least: float) -> None:
        """Pairs that are each other's most alike, and clearly so; found through words that stand in few places."""
        forth = self._nearest(self.old, lefts, self.new, rights, least)
        back = self._nearest(self.new, rights, self.old, lefts, least)
        for left, right in sorted(forth.items()):
            if back.get(right) == left and left not in self.found and right not in self.taken:
                self._pair(left, right)

    @staticmethod
    def _nearest(
        ours: Sequence[Passage], mine: Sequence[int], theirs: Sequence[Passage], others: Sequence[int], least: float
    ) -> Found:
        places: dict[str, list[int]] = defaultdict(list)
        for index in others:
            for word in theirs[index].bag:
                places[word].append(index)
        nearest: Found = {}
        for index in mine:
            rare = sorted((w for w in ours[index].bag if w in places), key=lambda w: (len(places[w]), w))[:8]
            near = {place for word in rare if len(places[word]) <= _FREQUENT for place in places[word]}
            scored = sorted((-likeness(ours[index], theirs[place]), place) for place in near)
            if not scored or -scored[0][0] < least:
                continue
            if len(scored) == 1 or scored[0][0] + 0.1 <= scored[1][0]:
                nearest[index] = scored[0][1]
        return nearest


def _cut(lefts: list[int], rights: list[int]) -> list[tuple[list[int], list[int]]]:
    """A window too large to look at every pair, in slices of its diagonal."""
    if len(lefts) * len(rights) <= WINDOW:
        return [(lefts, rights)]
    count = -(-max(len(lefts), len(rights)) // _SLICE)
    return [
        (
            lefts[len(lefts) * place // count : len(lefts) * (place + 1) // count],
            rights[len(rights) * place // count : len(rights) * (place + 1) // count],
        )
        for place in range(count)
    ]


def likeness(one: Passage, other: Passage) -> float:
    """The share of words in common (Dice); 0 for other families."""
    total = one.bag.total() + other.bag.total()
    if one.family != other.family or not total:
        return 0.0
    return 2 * shared(one.bag, other.bag) / total


def _holders(pieces: Sequence[Passage]) -> list[int]:
    """For each passage the one it stands under, by levels; -1 at the top."""
    above: list[int] = []
    holders = []
    for index, piece in enumerate(pieces):
        while above and pieces[above[-1]].level >= piece.level:
            above.pop()
        holders.append(above[-1] if above and piece.level else -1)
        if piece.family == "text":
            above.append(index)
    return holders


def _upward(index: int, holders: Sequence[int]) -> Iterable[int]:
    index = holders[index]
    while index >= 0:
        yield index
        index = holders[index]


def contained(words: Mapping[int, str], wanted: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Where the words of a passage that is gone stand inside another: {wanted: holder nearest to it}.

    `words`: folded words of the passages that may hold others, by position; `wanted`: (position, folded words).
    """
    places: dict[str, set[int]] = defaultdict(set)
    for index, text in words.items():
        for word in set(text.split()):
            places[word].add(index)
    found = {}
    for position, text in wanted:
        rarest = min(text.split(), key=lambda word: (len(places.get(word, ())), word), default="")
        holders = [i for i in places.get(rarest, ()) if f" {text} " in f" {words[i]} "]
        if holders:
            found[position] = min(holders, key=lambda i: (abs(i - position), i))
    return found
