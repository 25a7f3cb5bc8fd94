"""The outline of a text: which marked lines are headings, and how deep.

The ladder of numbering is learnt from the text: the first time a style of mark stands below another it
becomes the next level. Siblings are judged together, so that one heading that ends in a full stop does not
change its level, and a list of full sentences "a) …; b) …;" stays a list. Repeats and jumps are kept as
printed and told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import marks
from .lines import Item, Line
from .marks import Mark

_ORDER = ("part", "chapter", "section", "article", "upper", "roman")
_NEVER = ("paren", "bullet")
_LONGEST_HEADING = 340
_LONGEST_LABEL = 100
_FURTHEST_JUMP = 25
_ENDS = (".", ";", ":", ",", "!", "?", "…")


@dataclass
class Entry:
    """A marked line in the tree of marks. `level` is set for headings, 0 for list items."""

    index: int
    mark: Mark
    line: Line
    parent: "Entry | None"
    children: list["Entry"] = field(default_factory=list)
    has_content: bool = False
    level: int = 0

    @property
    def is_heading(self) -> bool:
        return self.level > 0


@dataclass
class Outline:
    """Entries by the index of their item, and what was unusual: entry and "repeat", "restart", "jump" or
    "start".
    """

    entries: dict[int, Entry]
    oddities: list[tuple[Entry, str]]


def outline(items: Sequence[Item], base: int = 0) -> Outline:
    """The tree of marks of one part (the main text, or one appendix), headings told from list items.

    `base` is the level of the heading the part stands under (0 for the main text).
    """
    tree = _Tree()
    for index, item in enumerate(items):
        mark = marks.parse(item.text) if isinstance(item, Line) else None
        if isinstance(item, Line) and mark and not mark.is_bullet:
            tree.add(index, mark, item)
        else:
            tree.content()
    _judge(tree.roots, base)
    return Outline(tree.entries, tree.oddities)


class _Tree:
    """Places each mark by the ladder of styles learnt so far."""

    def __init__(self) -> None:
        self.roots: list[Entry] = []
        self.entries: dict[int, Entry] = {}
        self.oddities: list[tuple[Entry, str]] = []
        self.stack: list[Entry] = []
        self.ladder: list[str] = []

    def content(self) -> None:
        if self.stack:
            self.stack[-1].has_content = True

    def add(self, index: int, mark: Mark, line: Line) -> None:
        if mark.ordinal > _FURTHEST_JUMP and not self._continues(mark):
            self.content()
            return
        self._place(mark)
        while self.stack and self.ladder.index(self.stack[-1].mark.style) >= self.ladder.index(mark.style):
            self.stack.pop()
        parent = self.stack[-1] if self.stack else None
        siblings = parent.children if parent else self.roots
        entry = Entry(index, mark, line, parent)
        self._tell(entry, siblings)
        siblings.append(entry)
        self.entries[index] = entry
        if parent:
            parent.has_content = True
        self.stack.append(entry)

    def _continues(self, mark: Mark) -> bool:
        return any(
            entry.mark.style == mark.style and 0 < mark.ordinal - entry.mark.ordinal <= _FURTHEST_JUMP
            for entry in self.stack
        )

    def _place(self, mark: Mark) -> None:
        """Put a style seen for the first time on the ladder: below what is open, or above by convention."""
        if mark.style in self.ladder:
            return
        above = next((entry for entry in reversed(self.stack) if _is_path(entry.mark.ordinals, mark.ordinals)), None)
        if above is None:
            above = self.stack[-1] if self.stack else None
        position = self.ladder.index(above.mark.style) + 1 if above else len(self.ladder)
        if mark.style in _ORDER:
            rank = _ORDER.index(mark.style)
            lower = [i for i, style in enumerate(self.ladder) if style not in _ORDER or _ORDER.index(style) > rank]
            position = min([position, *lower])
        self.ladder.insert(position, mark.style)

    def _tell(self, entry: Entry, siblings: list[Entry]) -> None:
        before = next((other for other in reversed(siblings) if other.mark.style == entry.mark.style), None)
        mark, kind = entry.mark, ""
        if before is None:
            if mark.ordinal > 1 and len(mark.ordinals) == 1 and mark.style not in ("article", "paren1", "section"):
                kind = "start"
        elif mark.ordinals == before.mark.ordinals:
            kind = "repeat"
        elif mark.ordinals < before.mark.ordinals:
            kind = "restart"
        elif mark.ordinal > before.mark.ordinal + 1 and mark.style != "letter":
            kind = "jump"
        if kind:
            self.oddities.append((entry, kind))


def _is_path(above: tuple[int, ...], below: tuple[int, ...]) -> bool:
    """ "2" is the path of "2.1"."""
    return len(below) > 1 and 0 < len(above) < len(below) and below[: len(above)] == above


def _judge(roots: list[Entry], base: int) -> None:
    """Levels for the groups of siblings that are headings, from the top down; iterative, a text may nest
    deeply.
    """
    todo: list[tuple[list[Entry], int]] = [(roots, base + 1)]
    while todo:
        siblings, level = todo.pop()
        for group in _by_style(siblings):
            if _are_headings(group):
                for entry in group:
                    entry.level = level
                    todo.append((entry.children, level + 1))


def _by_style(siblings: list[Entry]) -> Iterator[list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in siblings:
        groups.setdefault(entry.mark.style, []).append(entry)
    yield from groups.values()


def _are_headings(group: list[Entry]) -> bool:
    """Whether siblings are headings: named parts always; numbers and letters when they read like titles."""
    style = group[0].mark.style
    if style.startswith(_NEVER):
        return False
    if style in ("part", "chapter", "section", "article"):
        return True
    if any(entry.line.hashes for entry in group):
        return True
    titles = sum(1 for entry in group if _is_title(entry))
    labels = sum(1 for entry in group if not _is_title(entry) and _is_label(entry))
    if style in ("roman", "upper"):
        return titles + labels >= len(group) / 2
    if not any(entry.has_content for entry in group):
        return False
    filled = sum(1 for entry in group if entry.has_content) >= len(group) / 2
    if style == "letter":
        return filled and titles >= len(group) * 0.8
    return filled and titles + labels >= len(group) * 0.7


def _is_title(entry: Entry) -> bool:
    text = entry.mark.rest
    return bool(text) and len(text) <= _LONGEST_HEADING and not text.endswith(_ENDS)


def _is_label(entry: Entry) -> bool:
    """ "1. Mục đích:" or "I. MỤC ĐÍCH." over a text: a title with a stop behind it."""
    text = entry.mark.rest
    named = entry.mark.style in ("roman", "upper")
    return (
        bool(text)
        and text.endswith((".", ":"))
        and not text.endswith(("./.", "..."))
        and len(text) <= (_LONGEST_HEADING if named else _LONGEST_LABEL)
        and (entry.has_content or named)
    )
