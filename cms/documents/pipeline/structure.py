"""The stream of a text to the blocks an editor edits: headings, runs of items and paragraphs, tables,
footnotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from . import marks, names
from .lines import Item, Line, Repair, Table
from .outline import Entry, Outline, outline
from .paragraphs import join, note_mark, split
from .parts import is_attached_title
from .repairs import read_ones, second_d
from .tables import SERIAL, is_column_numbers

Block = dict[str, Any]
MAX_LEVEL = 6
"""Deeper headings than HTML has are kept at its deepest."""

MOST_TOLD = 40
"""Warnings about numbering a person will read; the rest are counted."""

_NO_HEADING = re.compile(r"^\W*(?:lưu ý|ghi chú|ví dụ|chú ý|nơi nhận|kính gửi|quyết nghị|quyết định)\b", re.IGNORECASE)
_OUTER_PAREN = re.compile(r"^\(.*\)$", re.DOTALL)
_STAR = re.compile(r"^\*\s*")


@dataclass
class Structure:
    """Blocks in reading order, what was put right, what is unusual.

    `origins` holds the source line of every node the blocks will make, in the order of `nodes_from_blocks`: a heading,
    a table and a note are one node each, a text block is one for each of its lines.
    """

    blocks: list[Block] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    oddities: list[tuple[Entry, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def build(body: Sequence[Item], appendices: Sequence[Item]) -> Structure:
    """Blocks of the main text and of each appendix; every appendix has a ladder of its own."""
    found = Structure()
    _part(list(body), 0, found)
    for heading, origin, items in _appendix_parts(appendices):
        found.blocks.append(heading)
        found.origins.append(origin)
        _part(items, 1, found)
    found.warnings += [_told(*oddity) for oddity in found.oddities[:MOST_TOLD]]
    if len(found.oddities) > MOST_TOLD:
        more = len(found.oddities) - MOST_TOLD
        found.warnings.append(_("The numbering is unusual in %(count)d more places.") % {"count": more})
    return found


def _appendix_parts(items: Sequence[Item]) -> list[tuple[Block, int, list[Item]]]:
    """Each appendix: its heading (title lines joined), the line that began at, and what stands under it."""
    joined = join(items)
    starts = [index for index in range(len(joined)) if _starts_appendix(joined, index)]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(joined)], strict=False):
        line = joined[start]
        number, title = marks.appendix(line.text) or ("", line.text)
        after = start + 1
        if number and title.startswith("("):
            joined[start] = replace(line, text=title)
            title, after = "", start
        while after < end and (
            more := _title_line(joined[after], joined[after + 1 : after + 2], bool(title and number))
        ):
            title = f"{title} {more}".strip()
            after += 1
        parts.append((_heading(1, number, title), line.number, joined[after:end]))
    return parts


def _starts_appendix(items: Sequence[Item], index: int) -> bool:
    item = items[index]
    return isinstance(item, Line) and (marks.appendix(item.text) is not None or is_attached_title(items, index))


def _title_line(item: Item, following: Sequence[Item], begun: bool) -> str | None:
    """A line that goes on with an appendix's title: capitals, or any short line right above "(Kèm theo
    …)".
    """
    if not isinstance(item, Line) or item.text.startswith("(") or len(item.text) > 400:
        return None
    mark = marks.parse(item.text)
    if mark is not None:
        return None
    if names.is_capitals(re.sub(r"\(.*?\)", "", item.text)):
        return item.text
    attached = (
        bool(following) and isinstance(following[0], Line) and re.match(r"\((?:[Bb]an hành )?[Kk]èm", following[0].text)
    )
    return item.text if attached and not begun else None


def _part(items: list[Item], base: int, found: Structure) -> None:
    items, taken_apart = split(join(items))
    found.repairs += taken_apart
    items = read_ones(items, found.repairs)
    tree = outline(items, base)
    if second_d(items, tree, found.repairs):
        tree = outline(items, base)
    found.oddities += [(entry, kind) for entry, kind in tree.oddities if entry.is_heading or kind == "repeat"]
    _Writer(items, tree, base, found).write()


def _told(entry: Entry, kind: str) -> str:
    """A sentence for the editor. Lists of items jump and restart as they like; only their repeats are
    told.
    """
    sentence = {
        "repeat": _("Line %(line)d: the number “%(printed)s” stands twice; kept as printed."),
        "restart": _("Line %(line)d: the numbering starts again at “%(printed)s”; kept as printed."),
        "jump": _("Line %(line)d: the numbering jumps to “%(printed)s”; kept as printed."),
        "start": _("Line %(line)d: the numbering starts at “%(printed)s”; something may be missing above."),
    }[kind]
    return sentence % {"line": entry.line.number, "printed": entry.mark.printed}


class _Writer:
    """Writes blocks: consecutive items and paragraphs become one text block, a line each."""

    def __init__(self, items: list[Item], tree: Outline, base: int, found: Structure):
        self.items = items
        self.tree = tree
        self.base = base
        self.found = found
        self.level = base
        self.lines: list[tuple[str, int]] = []
        depths = sorted(
            {
                item.hashes
                for i, item in enumerate(items)
                if isinstance(item, Line) and item.hashes and i not in tree.entries
            }
        )
        self.hash_offset = {depth: offset for offset, depth in enumerate(depths)}
        self.hash_levels: dict[int, int] = {}
        self.begun = base > 0

    def write(self) -> None:
        for index, item in enumerate(self.items):
            if isinstance(item, Table):
                self._block(_table(item), item.number)
            elif (entry := self.tree.entries.get(index)) and entry.is_heading:
                self._numbered(entry.level, entry.mark, index)
            elif index in self.tree.entries:
                self.lines.append((item.text, item.number))
            elif note := note_mark(item.text):
                self._block({"type": "note", "value": {"mark": note[0], "text": note[1]}}, item.number)
            elif self._is_unnumbered(index, item):
                level = self.hash_levels.get(item.hashes) or self.level + 1 + self.hash_offset.get(item.hashes, 0)
                self._block(_heading(level, "", _STAR.sub("", item.text).rstrip(" :")), item.number)
            else:
                self.lines.append((item.text, item.number))
        self._flush()

    def _numbered(self, level: int, mark: marks.Mark, index: int) -> None:
        text, origin = mark.rest, self.items[index].number
        self.level = level
        self.begun = True
        if hashes := self.items[index].hashes:
            self.hash_levels = {depth: at for depth, at in self.hash_levels.items() if at < level} | {hashes: level}
        if mark.style == "article" and (text.endswith((".", ";", ":", "./.")) or len(text) > 200):
            self._block(_heading(level, mark.number, ""), origin)
            self.lines.append((text, origin))
        elif mark.style in ("part", "chapter", "section") and not text and self._next_is_title(index):
            following = self.items[index + 1]
            self.items[index + 1] = replace(following, text="")
            self._block(_heading(level, mark.number, following.text), origin)
        else:
            self._block(_heading(level, mark.number, _bare(text)), origin)

    def _next_is_title(self, index: int) -> bool:
        following = self.items[index + 1] if index + 1 < len(self.items) else None
        return (
            isinstance(following, Line)
            and index + 1 not in self.tree.entries
            and (
                names.is_capitals(following.text)
                or (len(following.text) < 200 and not following.text.endswith((".", ";")))
            )
        )

    def _is_unnumbered(self, index: int, line: Line) -> bool:
        """A sub-heading without a number: emphasised or in capitals as a whole, no sentence, something below
        it.
        """
        text = line.text
        mark = marks.parse(text)
        if not text or len(text) > 160 or (mark and not text.startswith("*")) or _NO_HEADING.match(text):
            return False
        if text.endswith((".", ";", ",", "/.", "!", "?")) or _OUTER_PAREN.match(text) or index + 1 >= len(self.items):
            return False
        if line.hashes:
            return True
        if not self.begun or ": " in text:
            return False
        capitals = names.is_capitals(text) and len(text) >= 8 and " " in text
        return (line.bold or capitals) and not line.text[:1].islower()

    def _block(self, block: Block, origin: int) -> None:
        """A block that is one node."""
        self._flush()
        self.found.blocks.append(block)
        self.found.origins.append(origin)

    def _flush(self) -> None:
        text = "\n".join(line for line, _origin in self.lines if line)
        if text:
            self.found.blocks.append({"type": "text", "value": text})
            for line, origin in self.lines:  # a line of a file may hold breaks of its own, each begins a node
                self.found.origins += [origin] * sum(1 for piece in line.splitlines() if piece.strip())
        self.lines.clear()


def _heading(level: int, number: str, text: str) -> Block:
    return {"type": "heading", "value": {"level": min(level, MAX_LEVEL), "number": number, "text": text}}


def _bare(text: str) -> str:
    """A title without the stop behind it."""
    return text if text.endswith(("...", "v.v.")) else text.rstrip(" .:;")


def _table(table: Table) -> Block:
    """A table as the table block keeps it; whether its first row is a header is learnt from the row."""
    return {
        "type": "table",
        "value": {
            "data": [list(row) for row in table.rows],
            "first_row_is_table_header": _has_header(table),
            "first_col_is_header": False,
            "table_caption": "",
            "cell": [],
            "mergeCells": [],
        },
    }


def _has_header(table: Table) -> bool:
    if len(table.rows) < 2:
        return False
    first = table.rows[0]
    if first[0].strip(". ").lower() in SERIAL or is_column_numbers(table.rows[1]):
        return True
    filled = [cell for cell in first if cell]
    return len(filled) > len(first) * 0.6 and not any(char.isdigit() for cell in filled for char in cell[:1])
