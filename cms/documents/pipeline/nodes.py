"""From blocks to nodes: the only place where anchors are made.

Import, the editor's save and the preview call the same pure function, so an address of a passage depends on
the text alone. An anchor is the path of printed numbers in lower-case ASCII: `ii.2.1.a`; đ is written dd.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from search.text import strip_marks

from . import marks
from .tables import is_column_numbers

ROW_SEPARATOR = " | "
LONGEST = 90  # of an anchor; with a repeat's and a row's suffix it stays below what the database keeps
_NOT_ANCHOR = re.compile(r"[^a-z0-9.]+")
_DOTS = re.compile(r"\.{2,}")
_NUMERIC = re.compile(r"^\d{1,3}(?:\.\d{1,3})*$")
_NAMED = re.compile(r"^(điều|chương|mục|phần|phụ lục)\b\s*(?:số\s+)?(.*)$", re.IGNORECASE)
_CLOSED = (".", ";", "!", "?", "…", "/.")


@dataclass(frozen=True)
class Node:
    """One addressable piece of a text.

    `kind`: heading, item, paragraph, table or note. `level`: depth in the outline, 1 at the top; items and
    paragraphs lie one below what they stand under. `number` as printed ("II" of a heading, "a)" or "-" of an
    item, the mark of a note). A table's `text` is its caption; `rows` hold header rows first; `row_ids` number
    the data rows where that is not simply 1, 2, 3 … (rows came and went since the first publication).
    """

    kind: str
    level: int
    number: str
    text: str
    anchor: str
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0
    row_ids: tuple[int, ...] = ()

    @property
    def data_rows(self) -> tuple[tuple[str, ...], ...]:
        return self.rows[self.header_rows :]


def row_text(row: Iterable[str]) -> str:
    """The cells of a row as one text; offsets of citations in tables are into this."""
    return ROW_SEPARATOR.join(row)


def row_anchor(table_anchor: str, number: int) -> str:
    """The anchor of a data row, 1 for the first below the header when the table was first published."""
    return f"{table_anchor}.r{number}"


def row_anchors(table: Node) -> list[str]:
    """The anchors of the data rows, in order; the only way to them."""
    numbers = table.row_ids or range(1, len(table.rows) - table.header_rows + 1)
    return [row_anchor(table.anchor, number) for number in numbers]


def nodes_from_blocks(blocks: Iterable[Mapping[str, Any]]) -> list[Node]:
    """Nodes with their anchors, in reading order; the same blocks always give the same nodes."""
    maker = _Maker()
    for block in blocks:
        value = block.get("value")
        kind = block.get("type")
        if kind == "heading":
            maker.heading(value or {})
        elif kind == "text":
            for line in str(value or "").splitlines():
                maker.line(" ".join(line.split()))
        elif kind == "table":
            maker.table(value or {})
        elif kind == "note":
            maker.note(value or {})
    return maker.nodes


def blocks_from_nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Blocks that give these nodes again: `nodes_from_blocks` undone. Consecutive lines become one text block."""
    blocks: list[dict[str, Any]] = []
    for node in nodes:
        if node.kind in ("item", "paragraph"):
            line = f"{node.number} {node.text}".strip()
            if blocks and blocks[-1]["type"] == "text":
                blocks[-1]["value"] += f"\n{line}"
            else:
                blocks.append({"type": "text", "value": line})
        elif node.kind == "heading":
            value: dict[str, Any] = {"level": node.level, "number": node.number, "text": node.text}
            blocks.append({"type": "heading", "value": value})
        elif node.kind == "table":
            value = {
                "data": [list(row) for row in node.rows],
                "first_row_is_table_header": node.header_rows > 0,
                "first_col_is_header": False,
                "table_caption": node.text,
                "cell": [],
                "mergeCells": [],
            }
            blocks.append({"type": "table", "value": value})
        else:
            blocks.append({"type": "note", "value": {"mark": node.number, "text": node.text}})
    return blocks


@dataclass(frozen=True)
class _Place:
    """Something text can stand under. `path` is its number in parts, ("2", "1") for 2.1; empty without
    number.
    """

    level: int
    anchor: str
    path: tuple[str, ...] = ()
    style: str = ""
    open: bool = False
    appendix: bool = False


class _Maker:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.used: dict[str, int] = {}
        self.headings: list[_Place] = []
        self.items: list[_Place] = []
        self.tables: dict[str, int] = {}
        self.free = False  # below a paragraph that belongs to the heading, bullets do too, in a list of their own
        self.free_bullets: list[_Place] = []

    def heading(self, value: Mapping[str, Any]) -> None:
        level = max(1, int(value.get("level") or 1))
        number = " ".join(str(value.get("number") or "").split())
        text = " ".join(str(value.get("text") or "").split())
        while self.headings and self.headings[-1].level >= level:
            self.headings.pop()
        self.items.clear()
        self.free = False
        path = _path(number)
        if path:
            above = next((place for place in reversed(self.headings) if place.path), None)
            anchor = self._unique(self._joined(above, path))
        else:
            anchor = self._unique(self._under(_digest("h", text)))
        appendix = path[:1] != () and path[0].startswith("pl") and _is_appendix(number)
        self.headings.append(_Place(level, anchor, path, appendix=appendix))
        self.nodes.append(Node("heading", level, number, text, anchor))

    def line(self, text: str) -> None:
        if not text:
            return
        mark = _mark_of(text)
        if mark is None:
            self._paragraph(text)
        elif mark.is_bullet:
            self._bullet(mark)
        else:
            self._item(mark)

    def table(self, value: Mapping[str, Any]) -> None:
        rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in value.get("data") or ())
        header = (
            1
            if rows and (value.get("first_row_is_table_header") or value.get("table_header_choice") in ("row", "both"))
            else 0
        )
        if header and len(rows) > 1 and is_column_numbers(rows[1]):
            header = 2
        parent = self.headings[-1].anchor if self.headings else ""
        self.tables[parent] = count = self.tables.get(parent, 0) + 1
        anchor = self._unique(f"{parent}.b{count}" if parent else f"b{count}")
        caption = " ".join(str(value.get("table_caption") or "").split())
        self.nodes.append(Node("table", self._level() + 1, "", caption, anchor, rows, header))

    def note(self, value: Mapping[str, Any]) -> None:
        mark = " ".join(str(value.get("mark") or "").split())
        anchor = self._unique(f"note-{_segment(mark) or 'x'}")
        text = " ".join(str(value.get("text") or "").split())
        self.nodes.append(Node("note", self._level() + 1, mark, text, anchor))

    def _paragraph(self, text: str) -> None:
        holder = next((place for place in reversed(self.items) if place.path), None)
        if holder and holder.open and not self.free:
            anchor, level = self._unique(f"{holder.anchor}.{_digest('p', text)}"), holder.level + 1
        else:
            anchor, level = self._unique(self._under(_digest("p", text))), self._level() + 1
            self.free, self.free_bullets = True, []
        self.nodes.append(Node("paragraph", level, "", text, anchor))

    def _bullet(self, mark: marks.Mark) -> None:
        if self.free:
            above = self.free_bullets
        else:
            above = self.items
        same = next((i for i, place in enumerate(above) if place.style == mark.style), None)
        if same is not None:
            del above[same:]
        holder = next((place for place in reversed(above) if place.path), None)
        base = holder or (self.headings[-1] if self.headings else None)
        digest = _digest("p", mark.rest)
        anchor = self._unique(f"{base.anchor}.{digest}" if base else digest)
        level = (above[-1].level if above else self._level()) + 1
        above.append(_Place(level, anchor, (), mark.style))
        self.nodes.append(Node("item", level, mark.printed, mark.rest, anchor))

    def _item(self, mark: marks.Mark) -> None:
        self.free = False
        same = next((i for i, place in enumerate(self.items) if place.style == mark.style), None)
        if same is not None:
            del self.items[same:]
        else:
            while self.items and not self.items[-1].path:
                self.items.pop()
        path = _path(mark.number)
        above = self.items[-1] if self.items else next((p for p in reversed(self.headings) if p.path), None)
        anchor = self._unique(self._joined(above, path))
        level = (self.items[-1].level if self.items else self._level()) + 1
        self.items.append(_Place(level, anchor, path, mark.style, open=not mark.rest.endswith(_CLOSED)))
        self.nodes.append(Node("item", level, mark.printed, mark.rest, anchor))

    def _level(self) -> int:
        return self.headings[-1].level if self.headings else 0

    def _under(self, segment: str) -> str:
        return f"{self.headings[-1].anchor}.{segment}" if self.headings else segment

    def _joined(self, above: _Place | None, path: tuple[str, ...]) -> str:
        """The anchor of a number below another: 2.1 below 2 adds only its last part; articles count
        throughout.
        """
        if path[0].startswith("pl") and len(path) == 1 and not path[0][2:].isalpha():
            return path[0]
        if path[0].startswith("dieu-"):
            part = next((place.anchor for place in self.headings if place.appendix), "")
            return f"{part}.{path[0]}" if part else path[0]
        if above is None:
            return ".".join(path)
        shared = len(above.path)
        rest = path[shared:] if len(path) > shared and path[:shared] == above.path else path
        return ".".join((above.anchor, *rest))

    def _unique(self, anchor: str) -> str:
        """The anchor itself the first time, then with -2, -3 …; a path deeper than any document's is cut short."""
        if len(anchor) > LONGEST:
            digest = hashlib.sha256(anchor.encode()).hexdigest()[:8]
            anchor = f"{anchor[: LONGEST - 9].rstrip('.-')}-{digest}"
        count = self.used.get(anchor, 0) + 1
        candidate = anchor if count == 1 else f"{anchor}-{count}"
        while count > 1 and candidate in self.used:
            count += 1
            candidate = f"{anchor}-{count}"
        self.used[anchor] = count
        if candidate != anchor:
            self.used.setdefault(candidate, 1)
        return candidate


def _mark_of(text: str) -> marks.Mark | None:
    """The mark a line begins with. Whether a space follows it decides nothing: "C.Tên" is read as "C. Tên"."""
    mark = marks.parse(text)
    if mark is None or text == (spaced := f"{mark.printed} {mark.rest}"):
        return mark
    again = marks.parse(spaced.strip())
    return again if again and (again.printed, again.rest) == (mark.printed, mark.rest) else mark


def _path(number: str) -> tuple[str, ...]:
    """A printed number in the parts of an anchor: "2.1" is ("2", "1"), "PHỤ LỤC 2" is ("pl2",), "Điều 5"
    ("dieu-5",).
    """
    bare = number.strip(" ().:/[]-–")
    if not bare:
        return ()
    if _NUMERIC.match(bare):
        return tuple(str(int(part)) for part in bare.split("."))
    if match := _NAMED.match(bare):
        word = strip_marks(match[1])
        rest = _segment(match[2])
        if word == "phu luc":
            return (f"pl{rest}",)
        return (f"{word}-{rest}" if rest else word,)
    segment = _segment(bare)
    return (segment,) if segment else (_digest("h", bare),)


def _is_appendix(number: str) -> bool:
    return strip_marks(number).startswith("phu luc")


def _segment(text: str) -> str:
    plain = strip_marks(text.replace("đ", "dd").replace("Đ", "dd"))
    return _DOTS.sub(".", _NOT_ANCHOR.sub("-", plain)).strip("-.")


def _digest(kind: str, text: str) -> str:
    folded = " ".join(strip_marks(text).split())
    return f"{kind}-{hashlib.sha256(folded.encode()).hexdigest()[:6]}"
