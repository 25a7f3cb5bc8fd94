"""Corrections of a text under review: pure operations over its pieces.

``apply`` says what an operation does as one splice; the list itself is changed by ``spliced``. Whatever an operation
is made of, it does what it says or raises ``NotPossible`` with a sentence for the person at the screen.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .pieces import Piece, cell_of, cleaned, line_value, whence
from .pipeline import nodes_from_blocks
from .pipeline.marks import appendix, parse
from .pipeline.structure import MAX_LEVEL
from .render import shown_number

HEADING_LENGTH, NUMBER_LENGTH, MARK_LENGTH, CAPTION_LENGTH = 1000, 40, 10, 500
TEXT_LENGTH = 100_000
KEPT, KEPT_CHARS = 100, 4_000_000


class NotPossible(Exception):
    """The operation cannot be done there; the message says why and what to do instead."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Splice:
    """``removed`` at ``start`` gives way to ``inserted``; ``focus`` is the piece to look at afterwards."""

    start: int
    removed: tuple[Piece, ...]
    inserted: tuple[Piece, ...]
    focus: int


def apply(pieces: Sequence[Piece], op: Mapping[str, Any], conflicts: Sequence[Mapping[str, Any]] = ()) -> Splice:
    """What ``op`` (``{"op": name, "at": index, …}``) does to ``pieces``, which stay as they are."""
    if op.get("op") == "take":
        return _take(pieces, op, conflicts)
    if op.get("op") == "insert":
        return _insert(pieces, op)
    name = op.get("op")
    act = _OPERATIONS.get(name) if isinstance(name, str) else None
    if act is None:
        raise NotPossible(_("This is not known here. Load the page again."))
    return act(pieces, _index(op, "at", len(pieces)), op)


def spliced(pieces: Sequence[Piece], splice: Splice) -> list[Piece]:
    """The pieces afterwards."""
    return [*pieces[: splice.start], *splice.inserted, *pieces[splice.start + len(splice.removed) :]]


def entry_of(splice: Splice) -> dict[str, Any]:
    """What undoing needs, as JSON keeps it, and how much that is: one cell of a table removes the whole table."""
    removed = list(splice.removed)
    size = len(json.dumps(removed, ensure_ascii=False))
    return {"start": splice.start, "removed": removed, "inserted": len(splice.inserted), "size": size}


def remembered(history: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The history with one entry more; the oldest go when there are too many or they hold too much."""
    kept = [*history, entry][-KEPT:]
    held = sum(one.get("size", 0) for one in kept)
    while len(kept) > 1 and held > KEPT_CHARS:
        held -= kept.pop(0).get("size", 0)
    return kept


def undone(pieces: Sequence[Piece], entry: Mapping[str, Any]) -> Splice:
    """The splice that takes ``entry`` back."""
    start, removed = entry["start"], tuple(entry["removed"])
    gone = tuple(pieces[start : start + entry["inserted"]])
    last = len(pieces) - len(gone) + len(removed) - 1
    return Splice(start, gone, removed, max(0, min(start, last)))


def _edit(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    piece, text = pieces[at], _text(op)
    number = _text(op, "number") if op.get("number") is not None else None
    return _replaced(pieces, at, 1, _worded(piece, text, number))


def _worded(piece: Piece, text: str, number: str | None) -> Piece:
    """The piece with other words, and for a heading or footnote perhaps another number."""
    value = piece["value"]
    if piece["type"] == "text":
        return piece | {"value": _line(text if number is None else f"{number} {text}")}
    if piece["type"] == "heading":
        number = str(value.get("number") or "") if number is None else number
        return piece | {"value": _heading(_level(value), number, text)}
    if piece["type"] == "note":
        mark = str(value.get("mark") or "") if number is None else number
        if not mark or len(mark) > MARK_LENGTH:
            raise NotPossible(_("A footnote needs a mark of at most 10 characters."))
        if not text:
            raise NotPossible(_EMPTY)
        return piece | {"value": value | {"mark": mark, "text": text}}
    if len(text) > CAPTION_LENGTH:
        raise NotPossible(_("A caption holds at most 500 characters. Shorten it, or make it a line of its own."))
    return piece | {"value": value | {"table_caption": text}}


def _split(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    piece, offset = pieces[at], _number(op, "offset")
    if piece["type"] == "note":
        raise NotPossible(_("A footnote stays one piece."))
    if piece["type"] == "table":
        return _split_table(pieces, at, offset)
    if op.get("text") is not None:  # the words as they stand in the open editor
        number = _text(op, "number") if op.get("number") is not None else None
        full = _raw_text(op)
        left, right = cleaned(full[: max(0, offset)]), cleaned(full[max(0, offset) :])
    else:
        number = None
        full = piece["value"] if piece["type"] == "text" else str(piece["value"].get("text") or "")
        left, right = full[: max(0, offset)].strip(), full[max(0, offset) :].strip()
    if offset < 0 or not right or (not left and piece["type"] == "text"):
        raise NotPossible(_("There is nothing on one side of this place. Put the cursor between two words."))
    below = {"type": "text", "value": _line(right), **whence(piece)}
    return _replaced(pieces, at, 1, _worded(piece, left, number), below, focus=at + 1)


def _split_table(pieces: Sequence[Piece], at: int, offset: int) -> Splice:
    value = pieces[at]["value"]
    data = list(value.get("data") or [])
    if not 0 < offset < len(data):
        raise NotPossible(_("A table is divided between two of its rows."))
    above = pieces[at] | {"value": _plain_cells(value) | {"data": data[:offset]}}
    below = {
        "type": "table",
        "value": _with_header(_plain_cells(value), False) | {"data": data[offset:], "table_caption": ""},
        **whence(pieces[at]),
    }
    return _replaced(pieces, at, 1, above, below, focus=at + 1)


def _merge(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    if at == 0:
        raise NotPossible(_("There is nothing above it."))
    above, piece = pieces[at - 1], pieces[at]
    if above["type"] == "table" and piece["type"] == "table":
        merged = above | {"value": _joined_tables(above["value"], piece["value"])}
    elif above["type"] == "table" or piece["type"] in ("table", "note"):
        raise NotPossible(_("These two do not go together: a table joins a table, a line joins a line or heading."))
    else:
        words = piece["value"] if piece["type"] == "text" else _as_line(piece["value"])
        own = above["value"] if above["type"] == "text" else str(above["value"].get("text") or "")
        merged = _worded(above, cleaned(f"{own} {words}"), None)
    if found := [*above.get("conflicts", ()), *piece.get("conflicts", ())]:
        merged = merged | {"conflicts": found}
    return _replaced(pieces, at - 1, 2, merged)


def _joined_tables(above: Mapping[str, Any], below: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of both; a header printed again after a page break is left out."""
    rows, more = list(above.get("data") or []), list(below.get("data") or [])
    if rows and more and {len(row) for row in rows} != {len(row) for row in more}:
        raise NotPossible(_("The two tables have different columns, so they cannot become one."))
    if _has_header(above) and _has_header(below) and rows and more and rows[0] == more[0]:
        more = more[1:]
    captions = [str(one.get("table_caption") or "") for one in (above, below)]
    caption = " ".join(dict.fromkeys(filter(None, captions)))
    if len(caption) > CAPTION_LENGTH:
        raise NotPossible(_("A caption holds at most 500 characters. Shorten it, or make it a line of its own."))
    return _plain_cells(above) | {"data": rows + more, "table_caption": caption}


def _promote(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    piece = pieces[at]
    if piece["type"] == "heading":
        return _moved(pieces, at, -1)
    if piece["type"] != "text":
        raise NotPossible(_("Only a line or a heading can go up."))
    standing = _heading_above(pieces, at)
    level = 1 + (_level(pieces[standing]["value"]) if standing is not None else 0)
    if found := appendix(piece["value"]):
        level, (number, text) = 1, found
    else:
        mark = parse(piece["value"])
        (node,) = nodes_from_blocks([piece])
        number = mark.number if mark and mark.printed == node.number else node.number.strip("().:/ -+•")
        text = node.text
        if mark and mark.is_bullet:
            number = ""
    if level > MAX_LEVEL:
        raise NotPossible(_("Headings go no deeper than level %(level)d.") % {"level": MAX_LEVEL})
    return _replaced(pieces, at, 1, piece | {"type": "heading", "value": _heading(level, number, cleaned(text))})


def _demote(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    piece = pieces[at]
    if piece["type"] != "heading":
        raise NotPossible(_("Only a heading can go down."))
    level = _level(piece["value"])
    for before in reversed(pieces[:at]):
        if before["type"] == "heading" and _level(before["value"]) <= level:
            if _level(before["value"]) == level:
                return _moved(pieces, at, 1)
            break
    return _replaced(pieces, at, 1, piece | {"type": "text", "value": _line(_as_line(piece["value"]))})


def _moved(pieces: Sequence[Piece], at: int, by: int) -> Splice:
    """A heading and its sub-headings up or down by one level."""
    level = _level(pieces[at]["value"])
    if level + by < 1:
        raise NotPossible(_("This heading is at the top already."))
    changed = [at]
    for index in range(at + 1, len(pieces)):
        if pieces[index]["type"] == "heading":
            if _level(pieces[index]["value"]) <= level:
                break
            changed.append(index)
    if max(_level(pieces[index]["value"]) for index in changed) + by > MAX_LEVEL:
        raise NotPossible(_("Headings go no deeper than level %(level)d.") % {"level": MAX_LEVEL})
    region = list(pieces[at : changed[-1] + 1])
    for index in changed:
        value = pieces[index]["value"]
        region[index - at] = pieces[index] | {"value": value | {"level": _level(value) + by}}
    return _replaced(pieces, at, len(region), *region)


def _remove(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    return Splice(at, (pieces[at],), (), max(0, min(at, len(pieces) - 2)))


def _insert(pieces: Sequence[Piece], op: Mapping[str, Any]) -> Splice:
    at = _number(op, "at")
    if not -1 <= at < len(pieces):
        raise NotPossible(_GONE)
    return Splice(at + 1, (), ({"type": "text", "value": _line(_text(op)), "line": None},), at + 1)


def _cell(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    return _replaced(
        pieces, at, 1, _with_cell(pieces[at], _number(op, "row"), _number(op, "column"), _cell_text(_raw_text(op)))
    )


def _with_cell(piece: Piece, row: int, column: int, text: str) -> Piece:
    if piece["type"] != "table":
        raise NotPossible(_("Only a table has cells."))
    data = [list(cells) for cells in piece["value"].get("data") or ()]
    if not (0 <= row < len(data) and 0 <= column < len(data[row])):
        raise NotPossible(_("The table has no such cell."))
    data[row][column] = text
    return piece | {"value": piece["value"] | {"data": data}}


def _header_row(pieces: Sequence[Piece], at: int, op: Mapping[str, Any]) -> Splice:
    if pieces[at]["type"] != "table":
        raise NotPossible(_("Only a table has a header row."))
    if not isinstance(op.get("on"), bool):
        raise NotPossible(_UNREADABLE)
    return _replaced(pieces, at, 1, pieces[at] | {"value": _with_header(pieces[at]["value"], op["on"])})


def _take(pieces: Sequence[Piece], op: Mapping[str, Any], conflicts: Sequence[Mapping[str, Any]]) -> Splice:
    index = _index(op, "conflict", len(conflicts))
    part, theirs = conflicts[index]["part"], conflicts[index]["theirs"]
    at = next((place for place, piece in enumerate(pieces) if index in piece.get("conflicts", ())), None)
    if at is None:
        raise NotPossible(
            _("This cannot be taken as a whole, or its passage has gone. Look at both versions and edit by hand.")
        )
    piece = pieces[at]
    value = piece["value"]
    if cell := cell_of(part):
        taken = _with_cell(piece, *cell, _cell_text(theirs))
    elif part == "level" and piece["type"] == "heading":
        taken = piece | {"value": value | {"level": max(1, min(MAX_LEVEL, int(theirs)))}}
    elif part == "caption" and piece["type"] == "table":
        taken = _worded(piece, cleaned(theirs), None)
    elif part in ("text", "number") and piece["type"] != "table":
        (node,) = nodes_from_blocks([piece])
        number, text = (node.number, theirs) if part == "text" else (theirs, node.text)
        taken = _worded(piece, cleaned(text), cleaned(number))
    else:
        raise NotPossible(_("The passage has another form now. Look at both versions and edit by hand."))
    rest = [other for other in piece["conflicts"] if other != index]
    taken = {key: kept for key, kept in taken.items() if key != "conflicts"} | ({"conflicts": rest} if rest else {})
    return _replaced(pieces, at, 1, taken)


_OPERATIONS = {
    "edit": _edit,
    "split": _split,
    "merge": _merge,
    "promote": _promote,
    "demote": _demote,
    "remove": _remove,
    "cell": _cell,
    "header_row": _header_row,
}

_GONE = _("There is no such passage any more. Load the page again.")
_UNREADABLE = _("This correction did not arrive whole. Load the page again.")
_EMPTY = _("It cannot be empty. Remove it instead.")


def _replaced(pieces: Sequence[Piece], at: int, count: int, *inserted: Piece, focus: int | None = None) -> Splice:
    return Splice(at, tuple(pieces[at : at + count]), inserted, at if focus is None else focus)


def _number(op: Mapping[str, Any], name: str) -> int:
    value = op.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotPossible(_UNREADABLE)
    return value


def _index(op: Mapping[str, Any], name: str, length: int) -> int:
    value = _number(op, name)
    if not 0 <= value < length:
        raise NotPossible(_GONE)
    return value


def _raw_text(op: Mapping[str, Any], name: str = "text") -> str:
    value = op.get(name)
    if not isinstance(value, str):
        raise NotPossible(_UNREADABLE)
    if len(value) > TEXT_LENGTH:
        raise NotPossible(_("This is longer than a passage can be. Divide it."))
    return value


def _text(op: Mapping[str, Any], name: str = "text") -> str:
    return cleaned(_raw_text(op, name))


def _cell_text(text: str) -> str:
    """A cell may hold several lines."""
    return "\n".join(filter(None, map(cleaned, text.splitlines())))


def _line(text: str) -> str:
    if len(text) > TEXT_LENGTH:
        raise NotPossible(_("This is longer than a passage can be. Divide it."))
    try:
        return line_value(text)
    except ValueError:
        raise NotPossible(_EMPTY) from None


def _heading(level: int, number: str, text: str) -> dict[str, Any]:
    if not number and not text:
        raise NotPossible(_EMPTY)
    if len(number) > NUMBER_LENGTH:
        raise NotPossible(_("The number of a heading holds at most 40 characters."))
    if len(text) > HEADING_LENGTH:
        raise NotPossible(_("A heading holds at most 1,000 characters. Divide it, or make it a line."))
    return {"level": level, "number": number, "text": text}


def _as_line(value: Mapping[str, Any]) -> str:
    """A heading as the line it may have been: ``II. NHIỆM VỤ``, ``a) …``, ``Điều 5. …``."""
    (node,) = nodes_from_blocks([{"type": "heading", "value": value}])
    number = shown_number(node)
    if " " in number and number[-1] not in ".:)" and node.text and not appendix(number):
        number += "."
    return f"{number} {node.text}".strip()


def _level(value: Mapping[str, Any]) -> int:
    return max(1, int(value.get("level") or 1))


def _heading_above(pieces: Sequence[Piece], at: int) -> int | None:
    return next((index for index in range(at - 1, -1, -1) if pieces[index]["type"] == "heading"), None)


def _has_header(value: Mapping[str, Any]) -> bool:
    return bool(value.get("first_row_is_table_header")) or value.get("table_header_choice") in ("row", "both")


def _with_header(value: Mapping[str, Any], on: bool) -> dict[str, Any]:
    """The first row a header or not. Editors' drafts say it twice (the table block's own choice)."""
    found = dict(value) | {"first_row_is_table_header": on}
    if found.get("table_header_choice"):
        column = found["table_header_choice"] in ("col", "column", "both")
        found["table_header_choice"] = {(True, True): "both", (True, False): "row", (False, True): "column"}.get(
            (on, column), "neither"
        )
    return found


def _plain_cells(value: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is said of single cells: their places change."""
    return dict(value) | {"cell": [], "mergeCells": []}
