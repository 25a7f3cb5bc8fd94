"""The rows of the review screen: one a piece, and which of them change with a correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .enums import RelationKind
from .pieces import Piece
from .pipeline import Node, find_citations, nodes_from_blocks
from .revising import Splice, spliced


@dataclass(frozen=True)
class Row:
    """A piece as the screen shows it, and where in the file it stands."""

    kind: str
    level: int
    number: str
    text: str
    line: int | None
    page: int | None
    rows: tuple[tuple[str, ...], ...] = ()
    header_rows: int = 0


@dataclass(frozen=True)
class Redrawn:
    """``removed`` rows from ``start`` on give way to ``rows``; ``counts`` of the whole text afterwards."""

    start: int
    removed: int
    rows: list[Row]
    counts: dict[str, int]


def rows_of(pieces: Sequence[Piece], nodes: Sequence[Node]) -> list[Row]:
    """A row for each piece; ``nodes`` are those of the pieces."""
    return [
        Row(n.kind, n.level, n.number, n.text, piece.get("line"), piece.get("page"), n.rows, n.header_rows)
        for piece, n in zip(pieces, nodes, strict=True)
    ]


def counted(nodes: Sequence[Node], own_number_key: str) -> dict[str, int]:
    """What the head of the screen says there is."""
    citations = find_citations(nodes, own_number_key)
    return {
        "headings": sum(node.kind == "heading" for node in nodes),
        "tables": sum(node.kind == "table" for node in nodes),
        "citations": len(citations),
        "bases": sum(citation.kind == RelationKind.LEGAL_BASIS for citation in citations),
    }


def redrawn(pieces: Sequence[Piece], splice: Splice, counts: Mapping[str, int], own_number_key: str) -> Redrawn:
    """What changes on the screen with ``splice``.

    Levels and legal bases depend on nothing beyond the heading above, so only the sections touched are looked at: a
    correction takes no longer in a text of three hundred pages.
    """
    first, until = _sections(pieces, splice)
    old = pieces[first:until]
    shifted = Splice(splice.start - first, splice.removed, splice.inserted, 0)
    new = spliced(old, shifted)
    old_nodes, new_nodes = nodes_from_blocks(old), nodes_from_blocks(new)
    was, now = counted(old_nodes, own_number_key), counted(new_nodes, own_number_key)
    start, removed, rows = _changed(rows_of(old, old_nodes), rows_of(new, new_nodes))
    if not removed and not rows:
        start = shifted.start
    return Redrawn(first + start, removed, rows, {name: counts[name] - was[name] + now[name] for name in now})


def _sections(pieces: Sequence[Piece], splice: Splice) -> tuple[int, int]:
    """From the heading above what is removed to the heading below it."""
    first = next((at for at in range(splice.start - 1, -1, -1) if pieces[at]["type"] == "heading"), 0)
    after = splice.start + len(splice.removed)
    return first, next((at for at in range(after, len(pieces)) if pieces[at]["type"] == "heading"), len(pieces))


def _changed(before: Sequence[Row], after: Sequence[Row]) -> tuple[int, int, list[Row]]:
    """The first row that differs, how many rows go, the rows that take their place."""
    shortest = min(len(before), len(after))
    start = 0
    while start < shortest and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < shortest - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start, len(before) - tail - start, list(after[start : len(after) - tail])
