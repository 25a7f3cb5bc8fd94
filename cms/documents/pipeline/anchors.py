"""Anchors once published stay with their words.

`nodes_from_blocks` makes anchors from printed numbers alone; when a text is published again, `settle` gives every
passage that was there before the anchor it had. An anchor whose passage is gone becomes an alias: it leads to where
its words stand now, or to what stood above them. An anchor is never given to other words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .matching import Matching, Passage, contained, passage, row_passage
from .nodes import Node, blocks_from_nodes, nodes_from_blocks, row_anchor, row_anchors

Alias = dict[str, Any]
"""{"old", "new", "reason", "version", "words"}: `reason` is moved (the same words, elsewhere), merged (they stand
inside another passage) or removed (`new` is what stood above); `version` the first without it; `words` a digest by
which the words are known should they come back. `new` is "" only where the whole text is gone."""

MOVED, MERGED, REMOVED = "moved", "merged", "removed"

_ROW = re.compile(r"^(.+)\.r(\d+)$")
_REPEAT = re.compile(r"-\d+$")
_ENOUGH_WORDS = 4
"""Fewer words standing in another passage say nothing."""


@dataclass(frozen=True)
class Settled:
    """Nodes with the anchors they are published under, and what became of every other anchor ever published."""

    nodes: tuple[Node, ...]
    aliases: tuple[Alias, ...]


def settle(
    new: Sequence[Node], published: Sequence[Node], aliases: Sequence[Mapping[str, Any]] = (), version: int = 0
) -> Settled:
    """`new` as `nodes_from_blocks` gives it, over what is `published` with its `aliases`. Pure and deterministic;
    what is settled stays as it is when settled again. `version`: the number new aliases are marked with."""
    return _Settling(list(new), list(published), aliases).settled(version)


class _Settling:
    def __init__(self, new: list[Node], published: list[Node], aliases: Sequence[Mapping[str, Any]]):
        self.new, self.published, self.aliases = new, published, aliases
        self.words_gone, self.rows_gone = _by_words(aliases)

    def settled(self, version: int) -> Settled:
        matching = Matching(_passages(self.published), _passages(self.new, settled=False))
        matching.same()
        revived = self._revived(matching)
        if len(matching.found) < len(self.published) and len(matching.taken) + len(revived) < len(self.new):
            matching.old = _passages(self.published, structural=True)
            matching.alike(revived)
        anchors = self._anchors(matching.taken, revived)
        nodes = [replace(node, anchor=anchors[index]) for index, node in enumerate(self.new)]
        for index, node in enumerate(nodes):
            if node.kind == "table":
                was = self.published[matching.taken[index]] if index in matching.taken else None
                nodes[index] = self._with_rows(node, was)
        return Settled(tuple(nodes), _kept_aliases(nodes, self.published, self.aliases, matching.found, version))

    def _revived(self, matching: Matching) -> dict[int, str]:
        """New passages whose very words were once published under an anchor that is gone: they get it back."""
        revived: dict[int, str] = {}
        if not self.words_gone:
            return revived
        free = {node.anchor for node in self.published}
        for index, piece in enumerate(matching.new):
            if index in matching.taken:
                continue
            olds = [old for old in self.words_gone.get(piece.digest, ()) if old not in free]
            if olds:
                revived[index] = piece.address if piece.address in olds else olds[-1]
                free.add(revived[index])
        return revived

    def _anchors(self, taken: Mapping[int, int], revived: Mapping[int, str]) -> list[str]:
        used = {node.anchor for node in self.published} | {alias["old"] for alias in self.aliases}
        structural = {node.anchor for node in self.new}
        claimed = {n.anchor for index, n in enumerate(self.new) if index not in taken and index not in revived}
        anchors = []
        for index, node in enumerate(self.new):
            if index in taken:
                anchor = self.published[taken[index]].anchor
            elif index in revived:
                anchor = revived[index]
            else:
                anchor = _free(node.anchor, used, structural, claimed)
                used.add(anchor)
            anchors.append(anchor)
        return anchors

    def _with_rows(self, table: Node, was: Node | None) -> Node:
        """The table with its data rows numbered as they were; a row that is new gets a number never used."""
        gone = self.rows_gone.get(table.anchor, {})
        if was is None and not gone:
            return replace(table, row_ids=())
        ids = _row_ids(was) if was else []
        new = [row_passage(row, place) for place, row in enumerate(table.data_rows, start=1)]
        matching = Matching(
            [row_passage(row, place) for row, place in zip(was.data_rows, ids, strict=True)] if was else [], new
        )
        matching.same()
        revived: dict[int, int] = {}
        known = {words: number for number, words in gone.items() if words}
        for place, piece in enumerate(new):
            if place not in matching.taken and piece.digest in known:
                revived[place] = known.pop(piece.digest)
        matching.alike(revived)
        last = max([0, *ids, *gone])
        numbers = []
        for place in range(len(new)):
            if place in matching.taken:
                numbers.append(ids[matching.taken[place]])
            elif place in revived:
                numbers.append(revived[place])
            else:
                last += 1
                numbers.append(last)
        return replace(table, row_ids=() if numbers == [*range(1, len(new) + 1)] else tuple(numbers))


def _passages(nodes: Sequence[Node], structural: bool = False, settled: bool = True) -> list[Passage]:
    """`structural`: with the addresses printed numbers give, which tell more about a place than settled ones."""
    addresses = [node.anchor for node in nodes]
    if structural:
        again = nodes_from_blocks(blocks_from_nodes(nodes))
        if len(again) == len(nodes):
            addresses = [node.anchor for node in again]
    return [passage(node, address) for node, address in zip(nodes, addresses, strict=True)]


def _row_ids(table: Node) -> list[int]:
    return list(table.row_ids) or [*range(1, len(table.data_rows) + 1)]


def _free(anchor: str, used: set[str], structural: set[str], claimed: set[str]) -> str:
    """The anchor itself, or with the next -2, -3 … that was never used."""
    if anchor not in used:
        return anchor
    base = _REPEAT.sub("", anchor)
    if base == anchor or base not in structural:
        base = anchor
    count = 2
    while (candidate := f"{base}-{count}") in used or candidate in claimed:
        count += 1
    return candidate


def _by_words(aliases: Iterable[Mapping[str, Any]]) -> tuple[dict[str, list[str]], dict[str, dict[int, str]]]:
    """Anchors that are gone by the digest of their words; rows that are gone by table and number."""
    passages: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, dict[int, str]] = defaultdict(dict)
    for alias in aliases:
        if match := _ROW.match(alias["old"]):
            rows[match[1]][int(match[2])] = alias.get("words", "")
        elif alias.get("words"):
            passages[alias["words"]].append(alias["old"])
    return passages, rows


def _kept_aliases(
    nodes: Sequence[Node],
    published: Sequence[Node],
    aliases: Sequence[Mapping[str, Any]],
    found: Mapping[int, int],
    version: int,
) -> tuple[Alias, ...]:
    """Every anchor ever published that is none now, with where it leads."""
    now = _Now(nodes)
    fresh: dict[str, Alias] = {}
    gone = [index for index in range(len(published)) if index not in found]
    merged = now.holding(published, gone)
    for index, node in enumerate(published):
        if index not in found:
            words = passage(node).digest
            if place := now.place_of(words):
                led = MOVED, place
            elif index in merged:
                led = MERGED, merged[index]
            else:
                led = REMOVED, _above(index, found, nodes)
            fresh[node.anchor] = _alias(node.anchor, led, version, words)
        if node.kind == "table":
            fresh |= _row_aliases(node, now, fresh.get(node.anchor), version)
    kept = []
    for alias in aliases:
        if alias["old"] in now.anchors:
            continue
        alias = dict(alias)
        if len(places := now.places.get(alias.get("words", ""), ())) == 1:
            if alias["new"] != places[0]:
                alias |= {"new": places[0], "reason": MOVED}
        elif alias["new"] not in now.anchors:
            alias["new"] = fresh[alias["new"]]["new"] if alias["new"] in fresh else now.first
        kept.append(alias)
    return (*kept, *fresh.values())


def _row_aliases(table: Node, now: "_Now", instead: Alias | None, version: int) -> dict[str, Alias]:
    fresh = {}
    above = instead["new"] if instead else table.anchor
    for anchor, row, number in zip(row_anchors(table), table.data_rows, _row_ids(table), strict=True):
        if anchor in now.anchors:
            above = anchor
            continue
        words = row_passage(row, number).digest
        place = now.place_of(words)
        fresh[anchor] = _alias(anchor, (MOVED, place) if place else (REMOVED, above), version, words)
    return fresh


def _alias(old: str, led: tuple[str, str], version: int, words: str) -> Alias:
    return {"old": old, "new": led[1], "reason": led[0], "version": version, "words": words}


def _above(index: int, found: Mapping[int, int], nodes: Sequence[Node]) -> str:
    """The nearest passage above that is kept, else the first there is."""
    while index >= 0:
        if index in found:
            return nodes[found[index]].anchor
        index -= 1
    return nodes[0].anchor if nodes else ""


class _Now:
    """Where words stand in the text as it is now."""

    def __init__(self, nodes: Sequence[Node]):
        self.nodes = nodes
        self.anchors = {node.anchor for node in nodes}
        self.first = nodes[0].anchor if nodes else ""
        for node in nodes:
            if node.kind == "table":
                self.anchors.update(row_anchors(node))
        self._places: dict[str, list[str]] | None = None

    @property
    def places(self) -> dict[str, list[str]]:
        if self._places is None:
            self._places = defaultdict(list)
            for node in self.nodes:
                self._places[passage(node).digest].append(node.anchor)
                if node.kind == "table":
                    for number, row in zip(_row_ids(node), node.data_rows, strict=True):
                        digest = row_passage(row, number).digest
                        self._places[digest].append(row_anchor(node.anchor, number))
            self._places.pop("", None)
        return self._places

    def place_of(self, words: str) -> str:
        return next(iter(self.places.get(words, ())), "")

    def holding(self, published: Sequence[Node], gone: Sequence[int]) -> dict[int, str]:
        """Those of the passages gone whose words stand inside another one now."""
        wanted = [(i, text) for i in gone if len((text := passage(published[i]).words).split()) >= _ENOUGH_WORDS]
        if not wanted:
            return {}
        holders = contained({i: passage(node).words for i, node in enumerate(self.nodes)}, wanted)
        return {position: self.nodes[index].anchor for position, index in holders.items()}
