"""A newer file over a text an editor has corrected: a three-way merge on anchors.

`base` is what the last import read, `mine` what the editor made of it, `theirs` what the newer file says. Where
one side alone changed something, its change stands; where both changed the same thing differently, the editor's
stands and a conflict tells all three. Nothing an editor wrote is ever dropped unseen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .align import align
from .nodes import Node, nodes_from_blocks
from .units import Clash, Unit, merge_row, merge_text, rows_of, units_of

Block = dict[str, Any]

FILE, EDITOR, BOTH = "file", "editor", "both"
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """What differs from the last import: `by` whom (file, editor, both), `what` (added, removed, changed).

    `anchor` is the piece's in the merged text, or its old one where it is gone. `by` editor: a correction kept.
    """

    by: str
    what: str
    anchor: str
    before: str
    after: str


@dataclass(frozen=True)
class Conflict:
    """Both changed one thing differently; the merged text keeps `mine`.

    `part` says what: text, number, level, shape (heading or line), caption, rows, a cell ("r2.c3"), piece (removed
    by one side, or added by both), or the name of a field. "" stands for a piece a side does not have.
    """

    anchor: str
    part: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merge:
    """The merged blocks, what changed, and what a person has to decide."""

    blocks: tuple[Block, ...]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def from_file(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.by == FILE)

    @property
    def kept(self) -> tuple[Change, ...]:
        """Corrections of the editor that stand in the merged text."""
        return tuple(change for change in self.changes if change.by == EDITOR)


@dataclass(frozen=True)
class FieldsMerge:
    """Fields of the head, merged by the same rule; in changes and conflicts a field's name is the anchor."""

    fields: dict[str, Any]
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def merge(base: Sequence[Mapping], mine: Sequence[Mapping], theirs: Sequence[Mapping]) -> Merge:
    """Merge two descendants of `base`. Takes and gives StreamField raw blocks; ids of the editor's blocks are kept."""
    merger = _Merger(units_of(base), units_of(mine), units_of(theirs))
    merger.run()
    blocks = _blocks(merger.out)
    anchors = _anchors(merger.out, nodes_from_blocks(blocks))
    return Merge(
        tuple(blocks),
        tuple(replace(change, anchor=_anchor(place, anchors)) for place, change in merger.changes),
        tuple(replace(conflict, anchor=_anchor(place, anchors)) for place, conflict in merger.conflicts),
    )


def merge_fields(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> FieldsMerge:
    """Merge fields by name. Nothing, "" and an empty list are the same nothing."""
    fields: dict[str, Any] = {}
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    for name in dict.fromkeys([*theirs, *mine, *base]):
        old, own, new = (_something(side.get(name)) for side in (base, mine, theirs))
        chosen, side = (mine, mine) if own != old or new == old else (theirs, theirs)
        if name in side:
            fields[name] = chosen[name]
        if own != old and new != old and own != new:
            conflicts.append(Conflict(name, name, _shown(old), _shown(own), _shown(new)))
        elif own != old or new != old:
            by = BOTH if own == new else EDITOR if own != old else FILE
            after = own if own != old else new
            what = ADDED if old is None else REMOVED if after is None else CHANGED
            changes.append(Change(by, what, name, _shown(old), _shown(after)))
    return FieldsMerge(fields, tuple(changes), tuple(conflicts))


def _something(value: Any) -> Any:
    return None if value is None or value == "" or value == [] or value == () else value


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


Place = int | str
"""Where a change stands: the index of a unit in the output, or the anchor of a piece that is gone."""


class _Merger:
    """Walks the base; pieces found in all three are the joints, what lies between them is settled as a whole."""

    def __init__(self, base: list[Unit], mine: list[Unit], theirs: list[Unit]):
        self.base, self.mine, self.theirs = base, mine, theirs
        self.to_mine = dict(align(base, mine))
        self.to_theirs = dict(align(base, theirs))
        self.out: list[Unit] = []
        self.changes: list[tuple[Place, Change]] = []
        self.conflicts: list[tuple[Place, Conflict]] = []

    def run(self) -> None:
        at_base = at_mine = at_theirs = 0
        joints = [index for index in range(len(self.base)) if index in self.to_mine and index in self.to_theirs]
        for index in joints:
            in_mine, in_theirs = self.to_mine[index], self.to_theirs[index]
            self._between((at_base, index), (at_mine, in_mine), (at_theirs, in_theirs))
            self._joint(self.base[index], self.mine[in_mine], self.theirs[in_theirs])
            at_base, at_mine, at_theirs = index + 1, in_mine + 1, in_theirs + 1
        self._between((at_base, len(self.base)), (at_mine, len(self.mine)), (at_theirs, len(self.theirs)))

    def _joint(self, old: Unit, own: Unit, new: Unit) -> None:
        place = len(self.out)
        merged, clashes = _merged(old, own, new)
        self.out.append(merged)
        self._clash(place, clashes)
        if own.content != old.content and new.content == own.content:
            self._note(place, BOTH, CHANGED, old.shown, own.shown)
        else:
            if own.content != old.content:
                self._note(place, EDITOR, CHANGED, old.shown, own.shown)
            if new.content != old.content and merged.content != own.content:
                self._note(place, FILE, CHANGED, old.shown, new.shown)

    def _between(self, bases: tuple[int, int], mines: tuple[int, int], theirs: tuple[int, int]) -> None:
        """Pieces that are not in all three: added or removed by one side or by both."""
        of_mine = {self.to_mine[index]: index for index in range(*bases) if index in self.to_mine}
        of_theirs = {self.to_theirs[index]: index for index in range(*bases) if index in self.to_theirs}
        for index in range(*bases):
            if index not in self.to_mine:
                self._removed_by_editor(index)
        new_mine = [index for index in range(*mines) if index not in of_mine]
        new_theirs = [index for index in range(*theirs) if index not in of_theirs]
        twins = {
            new_mine[one]: new_theirs[other]
            for one, other in align(
                [self.mine[index] for index in new_mine],
                [self.theirs[index] for index in new_theirs],
                by_likeness=False,
            )
        }
        met = set(twins.values())
        waiting = [pair for pair in _keyed(range(*theirs), of_theirs, bases[0]) if pair[1] not in of_theirs][::-1]
        for key, index in _keyed(range(*mines), of_mine, bases[0]):
            twin = twins.get(index)
            while waiting and waiting[-1][1] not in met and (waiting[-1][0] < key or twin is not None):
                self._added_by_file(waiting.pop()[1])
            if twin is not None:
                waiting.pop()
            self._of_editor(index, of_mine.get(index), twin)
        while waiting:
            self._added_by_file(waiting.pop()[1])

    def _removed_by_editor(self, index: int) -> None:
        old = self.base[index]
        if index not in self.to_theirs:
            self.changes.append((old.address, Change(BOTH, REMOVED, "", old.shown, "")))
            return
        new = self.theirs[self.to_theirs[index]]
        if new.content != old.content and new.shown:
            self.conflicts.append((old.address, Conflict("", "piece", old.shown, "", new.shown)))
        self.changes.append((old.address, Change(EDITOR, REMOVED, "", old.shown, "")))

    def _of_editor(self, index: int, in_base: int | None, twin: int | None) -> None:
        """A piece of the editor's text that the file does not have, or that both added."""
        own = self.mine[index]
        place = len(self.out)
        if in_base is not None:
            old = self.base[in_base]
            if own.content == old.content:
                self.changes.append((old.address, Change(FILE, REMOVED, "", old.shown, "")))
                return
            if own.shown:
                self.conflicts.append((place, Conflict("", "piece", old.shown, own.shown, "")))
            self._note(place, EDITOR, CHANGED, old.shown, own.shown)
        elif twin is not None:
            new = self.theirs[twin]
            if own.shown != new.shown:
                self.conflicts.append((place, Conflict("", "piece", "", own.shown, new.shown)))
            elif own.shape != new.shape:
                self.conflicts.append((place, Conflict("", "shape", "", own.shape, new.shape)))
            self._note(place, BOTH if own.content == new.content else EDITOR, ADDED, "", own.shown)
        else:
            self._note(place, EDITOR, ADDED, "", own.shown)
        self.out.append(own)

    def _added_by_file(self, index: int) -> None:
        new = self.theirs[index]
        self._note(len(self.out), FILE, ADDED, "", new.shown)
        self.out.append(new)

    def _note(self, place: Place, by: str, what: str, before: str, after: str) -> None:
        self.changes.append((place, Change(by, what, "", before, after)))

    def _clash(self, place: int, clashes: Sequence[Clash]) -> None:
        self.conflicts += [(place, Conflict("", clash.part, clash.base, clash.mine, clash.theirs)) for clash in clashes]


def _merged(old: Unit, own: Unit, new: Unit) -> tuple[Unit, list[Clash]]:
    """One piece out of its three versions, and what both sides changed differently."""
    if new.content == old.content or own.content == new.content:
        return own, []
    if own.content == old.content:
        return replace(new, block_id=own.block_id), []
    if old.kind == own.kind == new.kind == "row":
        return merge_row(old, own, new)
    if old.kind == own.kind == new.kind == "table":
        return _merged_table(old, own, new)
    if "other" in (old.kind, own.kind, new.kind):
        return own, [Clash("piece", old.shown, own.shown, new.shown)]
    return merge_text(old, own, new)


def _merged_table(old: Unit, own: Unit, new: Unit) -> tuple[Unit, list[Clash]]:
    """A table both sides changed: caption and header by the rule of three, the rows merged like lines of a text."""
    clashes: list[Clash] = []
    value = dict(own.block["value"])
    if own.node.text == old.node.text:
        value["table_caption"] = new.node.text
    elif new.node.text not in (old.node.text, own.node.text):
        clashes.append(Clash("caption", old.node.text, own.node.text, new.node.text))
    if bool(own.node.header_rows) == bool(old.node.header_rows):
        for name in ("first_row_is_table_header", "table_header_choice"):
            value.pop(name, None)
            if name in new.block["value"]:
                value[name] = new.block["value"][name]
    rows = _Merger(rows_of(old.node), rows_of(own.node), rows_of(new.node))
    rows.run()
    for place, clash in rows.conflicts:
        part = f"r{place + 1}" if isinstance(place, int) else place
        part = part if clash.part == "piece" else f"{part}.{clash.part}"
        clashes.append(Clash(part, clash.base, clash.mine, clash.theirs))
    data = [list(unit.content) for unit in rows.out]
    width = max(map(len, data), default=0)
    value["data"] = [[*cells, *[""] * (width - len(cells))] for cells in data]
    if len(data) != len(own.node.rows):
        value["mergeCells"], value["cell"] = [], []
    block = {**own.block, "value": value}
    return replace(
        own, content=("table", str(value.get("table_caption")), tuple(map(tuple, data))), block=block
    ), clashes


def _keyed(indices: range, in_base: Mapping[int, int], start: int) -> list[tuple[int, int]]:
    """Each index with the base piece it stands behind, so that two sides' additions fall into one order."""
    keyed = []
    key = start - 1
    for index in indices:
        key = in_base.get(index, key)
        keyed.append((key, index))
    return keyed


def _blocks(units: Sequence[Unit]) -> list[Block]:
    """Units as blocks: consecutive lines one text block; an id is used once."""
    blocks: list[Block] = []
    used: set[str] = set()
    for unit in units:
        if unit.kind == "line":
            if blocks and blocks[-1]["type"] == "text":
                blocks[-1]["value"] += f"\n{unit.line}"
                continue
            block: Block = {"type": "text", "value": unit.line}
        else:
            block = {key: value for key, value in unit.block.items() if key != "id"}
        if unit.block_id and unit.block_id not in used:
            used.add(unit.block_id)
            block["id"] = unit.block_id
        blocks.append(block)
    return blocks


def _anchors(units: Sequence[Unit], nodes: Sequence[Node]) -> list[str]:
    """The anchor of every unit in the merged text; blocks that are no text have none."""
    rest = iter(nodes)
    return [next(rest).anchor if unit.kind != "other" else "" for unit in units]


def _anchor(place: Place, anchors: Sequence[str]) -> str:
    return anchors[place] if isinstance(place, int) else place
