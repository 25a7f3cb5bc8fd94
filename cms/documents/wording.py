"""Changes and conflicts of a merge in words a person at the desk understands."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from cms.organisations.models import Organisation

from .enums import DocumentType
from .models import DocumentPage
from .pieces import Piece, cell_of
from .pipeline.merge import Conflict
from .reimport import DATES, HEAD


def field_label(name: str) -> str:
    return capfirst(str(DocumentPage._meta.get_field(name).verbose_name))


def field_value(name: str, value: str) -> str:
    """A ``plain`` value as a person reads it."""
    if not value:
        return ""
    if name == "issuer":
        return Organisation.objects.filter(code=value).values_list("name", flat=True).first() or value
    if name == "doc_type":
        return str(dict(DocumentType.choices).get(value, value))
    return date.fromisoformat(value).strftime("%d/%m/%Y") if name in DATES else value


_HASHED = re.compile(r"[ph]-[0-9a-f]{6}(?:-\d+)?")
_ROMAN = re.compile(r"[ivx]+")


def passage(anchor: str) -> str:
    """An anchor as people write the place: “ii.2.1.dd” is II.2.1.đ. What was not numbered on paper is left out."""
    said = ["đ" if part == "dd" else part for part in anchor.split(".") if not _HASHED.fullmatch(part)]
    if said and _ROMAN.fullmatch(said[0]):
        said[0] = said[0].upper()
    return ".".join(said)


def where(anchor: str, part: str) -> str:
    """The passage, and what of it: “II.2.1 · number”."""
    if part == anchor and part in HEAD:
        return field_label(part)
    return " · ".join(filter(None, [passage(anchor), _part(part)]))


def _part(part: str) -> str:
    if cell := cell_of(part):
        return _("row %(row)d, column %(column)d") % {"row": cell[0] + 1, "column": cell[1] + 1}
    return {
        "number": _("number"),
        "level": _("level"),
        "shape": _("heading or line"),
        "caption": _("table caption"),
    }.get(part, "")


def conflicts_shown(
    conflicts: Sequence[Mapping[str, str]], fields: Mapping[str, str], pieces: Sequence[Piece]
) -> list[dict[str, Any]]:
    """What the editor has to decide, and whether the file's version can be taken with one press."""
    at = {index: piece for piece in pieces for index in piece.get("conflicts", ())}
    shown = []
    for index, conflict in enumerate(conflicts):
        part, mine, theirs = conflict["part"], conflict["mine"], conflict["theirs"]
        is_field = part == conflict["anchor"] and part in HEAD
        piece = at.get(index)
        shown.append(
            {
                "index": index,
                "where": where(conflict["anchor"], part),
                "part": part,
                "mine": field_value(part, mine) if is_field else mine,
                "theirs": field_value(part, theirs) if is_field else theirs,
                "takeable": fields.get(part) != theirs if is_field else piece is not None,
                "line": piece["line"] if piece else None,
            }
        )
    return shown


def changes_shown(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """What else differs."""
    return [
        dict(change)
        | {"where": field_label(change["anchor"]) if change["anchor"] in HEAD else passage(change["anchor"])}
        | (
            {side: field_value(change["anchor"], change[side]) for side in ("before", "after")}
            if change["anchor"] in HEAD
            else {}
        )
        for change in changes
    ]


def in_words(conflict: Conflict) -> str:
    """What an editor has to decide: her words stand, the file says otherwise."""
    return _(
        "%(where)s: you corrected this and the new file changes it too. Yours stands: “%(mine)s”. "
        "The file says: “%(theirs)s”."
    ) % {
        "where": where(conflict.anchor, conflict.part) or _("Passage without a number"),
        "mine": Truncator(conflict.mine).chars(120),
        "theirs": Truncator(conflict.theirs).chars(120),
    }
