"""What the text under review promises, each proposal at the row it stands in. Nothing of it is stored."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .pieces import Piece
from .pipeline import nodes_from_blocks, row_anchor
from .pipeline.proposals import TargetProposal, TaskProposal, find_targets, find_tasks

SHOWN = 200


def proposals_of(pieces: Sequence[Piece], period: str) -> dict[str, list[dict[str, Any]]]:
    """``targets`` and ``tasks``: the row's index, the words, the facts in short, where in the file."""
    nodes = nodes_from_blocks(pieces)
    index = {node.anchor: place for place, node in enumerate(nodes)}
    for place, node in enumerate(nodes):
        for row in range(1, len(node.rows) - node.header_rows + 1):
            index[row_anchor(node.anchor, row)] = place
    tasks = [_entry(pieces, index, task.anchor, _title(task), _facts_of_task(task)) for task in find_tasks(nodes)]
    targets = [
        _entry(pieces, index, target.anchor, target.measure or target.raw, _facts_of_target(target))
        for target in find_targets(nodes, period)
    ]
    return {"targets": targets, "tasks": tasks}


def _title(task: TaskProposal) -> str:
    return " ".join(filter(None, [task.number, task.title])) or " ".join(task.content)


def _facts_of_task(task: TaskProposal) -> list[str]:
    leads, others = (", ".join(agency.name for agency in agencies) for agencies in (task.leads, task.coordinating))
    return [
        _("Lead: %(names)s") % {"names": leads} if leads else "",
        _("With: %(names)s") % {"names": others} if others else "",
        _("When: %(when)s") % {"when": task.deadline.raw} if task.deadline else "",
    ]


def _facts_of_target(target: TargetProposal) -> list[str]:
    return [target.raw, target.scope, target.years_raw, ", ".join(target.responsible)]


def _entry(pieces: Sequence[Piece], index: dict[str, int], anchor: str, text: str, facts: list[str]) -> dict[str, Any]:
    place = index.get(anchor, 0)
    piece = pieces[place] if pieces else {}
    return {
        "index": place,
        "text": Truncator(text).chars(SHOWN),
        "facts": [Truncator(fact).chars(SHOWN) for fact in facts if fact],
        "line": piece.get("line"),
        "page": piece.get("page"),
    }
