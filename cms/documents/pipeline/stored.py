"""Nodes as the database keeps them: plain dictionaries, what is empty left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from .nodes import Node

Stored = dict[str, Any]


def to_plain(nodes: Iterable[Node]) -> list[Stored]:
    """What JSON can hold."""
    return [_plain(node) for node in nodes]


def _plain(node: Node) -> Stored:
    data: Stored = {
        "kind": node.kind,
        "level": node.level,
        "number": node.number,
        "text": node.text,
        "anchor": node.anchor,
    }
    if node.rows:
        data["rows"] = [list(row) for row in node.rows]
        data["header_rows"] = node.header_rows
    if node.row_ids:
        data["row_ids"] = list(node.row_ids)
    return data


def from_plain(stored: Iterable[Mapping[str, Any]]) -> list[Node]:
    """The nodes again, as ever they were stored."""
    return [_node(data) for data in stored]


def _node(data: Mapping[str, Any]) -> Node:
    rows = data.get("rows")
    if not rows:
        return Node(data["kind"], data["level"], data["number"], data["text"], data["anchor"])
    return Node(
        data["kind"],
        data["level"],
        data["number"],
        data["text"],
        data["anchor"],
        tuple(map(tuple, rows)),
        data.get("header_rows", 0),
        tuple(data.get("row_ids", ())),
    )
