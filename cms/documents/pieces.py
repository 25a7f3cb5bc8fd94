"""The text under review: a flat list of StreamField blocks, one addressable piece each.

A piece is ``{"type", "value", "line"}`` (and ``page`` where the file has pages): a text block holds exactly one line,
so that ``nodes_from_blocks(pieces)`` is one node a piece. ``line`` is where the piece began in the file, or None.
``id`` is the id of the block an editor's draft has it in, ``conflicts`` the numbers of the conflicts it can settle.
"""

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.text import fold

from .pipeline import Node, Reading, nodes_from_blocks, row_text
from .pipeline.merge import Conflict

Piece = dict[str, Any]

KINDS = ("heading", "text", "table", "note")
UNPRINTABLE = "…"
TAKEABLE = ("text", "number", "level", "caption")


def cleaned(text: str) -> str:
    """One line: spaces single, no characters that a database or a page cannot hold."""
    return " ".join("".join(char for char in text if char.isspace() or not _unprintable(char)).split())


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")


def line_value(text: str) -> str:
    """A line as it is written: its mark, a space, its words. Raises ValueError when nothing is left."""
    line = cleaned(text)
    if not line:
        raise ValueError("a line cannot be empty")
    (node,) = nodes_from_blocks([{"type": "text", "value": line}])
    spaced = f"{node.number} {node.text}".strip()
    if spaced == line:
        return line
    (again,) = nodes_from_blocks([{"type": "text", "value": spaced}])
    return spaced if (again.number, again.text) == (node.number, node.text) else line


def pieces_of(blocks: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """The blocks of a text taken apart; a block of another kind than the text's own is left out."""
    pieces: list[Piece] = []
    for block in blocks:
        kind, value = block.get("type"), block.get("value")
        marks = {"id": block["id"]} if block.get("id") else {}
        if kind == "text":
            for line in str(value or "").splitlines():
                if line.strip():
                    value = line_value(line) if cleaned(line) else UNPRINTABLE
                    pieces.append({"type": "text", "value": value, "line": None} | marks)
                    marks = {}
        elif kind in KINDS:
            pieces.append({"type": kind, "value": dict(value or {}), "line": None} | marks)
    return pieces


def blocks_of(pieces: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks an editor edits: consecutive lines become one text block."""
    blocks: list[dict[str, Any]] = []
    for piece in pieces:
        if piece["type"] == "text" and blocks and blocks[-1]["type"] == "text":
            blocks[-1]["value"] += f"\n{piece['value']}"
            continue
        block = {"type": piece["type"], "value": piece["value"]}
        blocks.append(block | ({"id": piece["id"]} if piece.get("id") else {}))
    return blocks


def read_pieces(reading: Reading) -> list[Piece]:
    """The pieces of a file as it was read, each with the line of the file it began at."""
    pieces = pieces_of(reading.blocks)
    pages = _pages(reading)
    for piece, origin in zip(pieces, reading.origins, strict=True):
        _place(piece, origin, pages)
    return pieces


def located(blocks: Iterable[Mapping[str, Any]], file: Sequence[Piece]) -> list[Piece]:
    """Pieces of another version of the text, each at the place of the file's piece that says the same, if one does."""
    pieces = pieces_of(blocks)
    places: dict[str, deque[Piece]] = defaultdict(deque)
    for piece, node in zip(file, nodes_from_blocks(file), strict=True):
        places[_words(node)].append(piece)
    for piece, node in zip(pieces, nodes_from_blocks(pieces), strict=True):
        if waiting := places.get(_words(node)):
            piece |= whence(waiting.popleft())
    return pieces


def whence(piece: Mapping[str, Any]) -> dict[str, Any]:
    """Where in the file it stands."""
    return {key: piece[key] for key in ("line", "page") if key in piece}


def with_conflicts(pieces: Sequence[Piece], conflicts: Sequence[Conflict]) -> None:
    """Mark the pieces that conflicts stand at, so that the file's version can be taken after other corrections."""
    at = {node.anchor: piece for node, piece in zip(nodes_from_blocks(pieces), pieces, strict=True)}
    for index, conflict in enumerate(conflicts):
        if conflict.part in TAKEABLE or cell_of(conflict.part):
            piece = at.get(conflict.anchor)
            if piece is not None:
                piece.setdefault("conflicts", []).append(index)


def cell_of(part: str) -> tuple[int, int] | None:
    """``r2.c3`` as (row, column), counted from 0."""
    row, dot, column = part.partition(".")
    if dot and row[:1] == "r" and column[:1] == "c" and row[1:].isdecimal() and column[1:].isdecimal():
        return int(row[1:]) - 1, int(column[1:]) - 1
    return None


def _place(piece: Piece, line: int | None, pages: Mapping[int, int]) -> None:
    piece["line"] = line
    if line is not None and line in pages:
        piece["page"] = pages[line]


def _pages(reading: Reading) -> dict[int, int]:
    return {source.number: source.page for source in reading.source if source.page is not None}


def _words(node: Node) -> str:
    return " ".join(fold(" ".join([node.number.strip("().:/ "), node.text, *map(row_text, node.rows)])).split())
