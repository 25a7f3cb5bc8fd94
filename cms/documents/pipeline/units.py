"""The pieces a merge works on: a heading, line, table, row, note or foreign block each, with what to compare."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search.text import fold

from .nodes import Node, nodes_from_blocks, row_text

Block = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """A piece of one version.

    `kind`: heading, line, table, row, note or other (a block that is no text). `content` decides whether two are the
    same; `address`, `words` and `family` whether they are versions of one (a line may become a heading, so they are
    one family). `line` is a text line as it is written, `block` the raw block of everything else.
    """

    kind: str
    family: str
    content: tuple
    address: str = ""
    words: str = ""
    node: Node | None = None
    line: str = ""
    block: Block = field(default_factory=dict)
    block_id: str = ""

    @property
    def shown(self) -> str:
        """The piece as a person reads it."""
        if self.kind == "table":
            return "\n".join([*filter(None, [self.node.text]), *map(row_text, self.node.rows)])
        if self.kind == "row":
            return row_text(self.content)
        if self.node is None:
            return json.dumps(self.block.get("value"), ensure_ascii=False, default=str)
        return f"{self.node.number} {self.node.text}".strip()

    @property
    def shape(self) -> str:
        """What it is, and how deep a heading lies: "heading 2"."""
        return f"heading {self.node.level}" if self.kind == "heading" else self.kind


@dataclass(frozen=True)
class Clash:
    """One part of a piece that both sides changed differently."""

    part: str
    base: str
    mine: str
    theirs: str


def units_of(blocks: Iterable[Mapping[str, Any]]) -> list[Unit]:
    """The pieces of raw blocks, in order; every node of `nodes_from_blocks` is one, foreign blocks are kept whole."""
    blocks = list(blocks)
    nodes = iter(nodes_from_blocks(blocks))
    units: list[Unit] = []
    for block in blocks:
        block_id = str(block.get("id") or "")
        kind = block.get("type")
        if kind == "text":
            for line in str(block.get("value") or "").splitlines():
                if line := " ".join(line.split()):
                    node = next(nodes)
                    content = ("line", node.kind, node.number, node.text)
                    units.append(_unit("line", "text", content, node, line=line, block_id=block_id))
        elif kind == "heading":
            node = next(nodes)
            content = ("heading", node.level, node.number, node.text)
            units.append(_unit("heading", "text", content, node, block=dict(block), block_id=block_id))
        elif kind == "table":
            node = next(nodes)
            content = ("table", node.text, node.rows, node.header_rows)
            units.append(_unit("table", "table", content, node, block=dict(block), block_id=block_id))
        elif kind == "note":
            node = next(nodes)
            content = ("note", node.number, node.text)
            units.append(_unit("note", "note", content, node, block=dict(block), block_id=block_id))
        else:
            plain = {key: value for key, value in block.items() if key != "id"}
            shape = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
            units.append(
                Unit("other", f"other {kind}", ("other", shape), words=shape, block=dict(block), block_id=block_id)
            )
    return units


def rows_of(node: Node) -> list[Unit]:
    """The rows of a table as pieces of their own."""
    return [
        Unit("row", "row", row, address=f"r{index}", words=_folded(row_text(row)))
        for index, row in enumerate(node.rows, start=1)
    ]


def merge_text(old: Unit, own: Unit, new: Unit) -> tuple[Unit, list[Clash]]:
    """Heading, line or note: number, text and level each by the rule of three; `own` where both changed one."""
    clashes: list[Clash] = []
    text = _three("text", old.node.text, own.node.text, new.node.text, clashes)
    number = _three("number", old.node.number, own.node.number, new.node.number, clashes)
    if old.kind == own.kind == new.kind:
        kind = own.kind
    else:
        kind = _three("shape", old.kind, own.kind, new.kind, clashes)
        number = (own if own.kind == kind else new).node.number
    levels = [unit.node.level for unit in (old, own, new) if unit.kind == "heading"]
    level = _three("level", *levels, clashes) if len(levels) == 3 else None
    for side in (own, new):
        same = (side.kind, side.node.number, side.node.text) == (kind, number, text)
        if same and level in (None, side.node.level):
            return replace(side, block_id=own.block_id), clashes
    if kind == "line":
        line = " ".join(f"{number} {text}".split())
        return replace(own, kind=kind, content=("line", "", number, text), line=line, block={}), clashes
    value: dict[str, Any] = {"mark": number, "text": text}
    if kind == "heading":
        shaped = own if own.kind == "heading" else new
        value = {"level": level or shaped.node.level, "number": number, "text": text}
    block = {"type": kind, "value": value}
    return replace(own, kind=kind, content=(kind, level, number, text), line="", block=block), clashes


def row(cells: Sequence[str], of: Unit) -> Unit:
    """`of` with other cells."""
    return replace(of, content=tuple(cells))


def merge_row(old: Unit, own: Unit, new: Unit) -> tuple[Unit, list[Clash]]:
    """Cell by cell where all three have the same columns; otherwise the row as one."""
    clashes: list[Clash] = []
    if not len(old.content) == len(own.content) == len(new.content):
        cells = _three("piece", old.content, own.content, new.content, clashes)
        return row(cells, own), clashes
    sides = zip(old.content, own.content, new.content, strict=True)
    cells = [_three(f"c{index}", *three, clashes) for index, three in enumerate(sides, start=1)]
    return row(cells, own), clashes


def _three(name: str, old: Any, own: Any, new: Any, clashes: list[Clash]) -> Any:
    """The rule of three for one part."""
    if own == old:
        return new
    if new not in (old, own):
        clashes.append(Clash(name, _plain(old), _plain(own), _plain(new)))
    return own


def _plain(value: Any) -> str:
    return row_text(value) if isinstance(value, tuple) else str(value)


def _unit(kind: str, family: str, content: tuple, node: Node, **raw: Any) -> Unit:
    words = " ".join([node.number.strip("().:/ "), node.text, *map(row_text, node.rows)])
    return Unit(kind, family, content, node.anchor, _folded(words), node, **raw)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
