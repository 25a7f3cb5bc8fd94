"""A reading held against the truth: right and all, for each measure of one document in one form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cms.documents.pipeline import Reading
from tests.documents.made_set.spec import Truth

MEASURES = ("header", "headings", "citations found", "citations right", "bases", "cells")
FIELDS = (
    "number", "type_word", "issuer", "parent_issuer", "place", "issued_on", "effective_from", "title", "signer_name",
    "signer_title", "recipients", "addressees",
)  # fmt: skip


@dataclass(frozen=True)
class Score:
    """How many of how many are right, and a line for each that is not."""

    right: int
    of: int
    faults: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.of + other.of, self.faults + other.faults)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


def measured(truth: Truth, reading: Reading, noisy: bool) -> dict[str, Score]:
    """Each measure. With `noisy` words are compared without marks and signs, because the paper lost some."""
    same = _Same(noisy)
    expected = [(same.mark(n), same.words(t), tuple(map(same.mark, path))) for n, t, path in truth.headings]
    given = headings(reading, same)
    found, faults = _matched(expected, given)
    missing = Score(found, max(len(expected), len(given)), faults)
    wanted = [number for number, _kind in truth.citations]
    read = [citation.number for citation in reading.citations]
    hits, lost = _matched(wanted, read)
    kinds, wrong = _matched(truth.citations, [(c.number, c.kind) for c in reading.citations])
    return {
        "header": _header(truth, reading, same),
        "headings": missing,
        "citations found": Score(hits, len(wanted), lost),
        "citations right": Score(hits, len(read)),
        "bases": Score(kinds, max(len(wanted), len(read)), wrong),
        "cells": _cells(truth, reading, same),
    }


class _Same:
    """What counts as the same words."""

    def __init__(self, noisy: bool):
        self.noisy = noisy

    def words(self, text: str | None) -> str:
        text = " ".join((text or "").split()).rstrip(" .:;,")
        return _bare(text) if self.noisy else text

    def mark(self, text: str) -> str:
        """A printed number: case and marks aside, because "CHƯƠNG I" is printed in capitals."""
        return _bare(text)


def headings(reading: Reading, same: _Same) -> list[tuple[str, str, tuple[str, ...]]]:
    """Number, title and the numbers of the headings above, from the levels of a reading."""
    above: list[tuple[int, str]] = []
    found = []
    for node in reading.nodes:
        if node.kind != "heading":
            continue
        while above and above[-1][0] >= node.level:
            above.pop()
        found.append((same.mark(node.number), same.words(node.text), tuple(name for _level, name in above)))
        above.append((node.level, same.mark(node.number or node.text)))
    return found


def _header(truth: Truth, reading: Reading, same: _Same) -> Score:
    faults = []
    for name in FIELDS:
        wanted, given = truth.header[name], getattr(reading.header, name)
        if isinstance(wanted, date) or isinstance(given, date) or name == "number":
            right = wanted == given
        elif isinstance(wanted, tuple):
            right = [same.words(one) for one in wanted] == [same.words(one) for one in given]
        else:
            right = same.words(wanted) == same.words(given)
        if not right:
            faults.append(f"{name}: {wanted!r} read as {given!r}")
    return Score(len(FIELDS) - len(faults), len(FIELDS), tuple(faults))


def _cells(truth: Truth, reading: Reading, same: _Same) -> Score:
    """Cells by table, row and column; a cell filled in only one of both counts as wrong."""
    given = [node.rows for node in reading.nodes if node.kind == "table"]
    total = Score(0, 0)
    for place in range(max(len(truth.tables), len(given))):
        wanted = _placed(truth.tables[place], same) if place < len(truth.tables) else {}
        read = _placed(given[place], same) if place < len(given) else {}
        spots = wanted.keys() | read.keys()
        faults = tuple(
            f"table {place + 1} row {spot[0] + 1} column {spot[1] + 1}: {wanted.get(spot)!r} read as {read.get(spot)!r}"
            for spot in sorted(spots)
            if wanted.get(spot) != read.get(spot)
        )
        total += Score(len(spots) - len(faults), len(spots), faults)
    return total


def _placed(rows: Sequence[Sequence[str]], same: _Same) -> dict[tuple[int, int], str]:
    return {(i, j): same.words(cell) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell.strip()}


def _matched(wanted: Iterable, given: Iterable) -> tuple[int, tuple[str, ...]]:
    """How many of `wanted` are in `given`, as multisets, and what is in only one of them."""
    left, missing, right = list(given), [], 0
    for item in wanted:
        if item in left:
            left.remove(item)
            right += 1
        else:
            missing.append(item)
    return right, (*(f"missing {item}" for item in missing), *(f"too much {item}" for item in left))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c)).split())
