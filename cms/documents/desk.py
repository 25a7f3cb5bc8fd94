"""The desk: an editor's corrections of what was read, and the draft that comes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from media.sniffing import Refused
from search.text import number_key

from .enums import ImportEvent, ImportState
from .importing import (
    CannotImport,
    Result,
    came_from,
    create,
    kept,
    one_at_a_time,
    refuse_another_offices,
    refuse_locked,
    revise,
    same_document,
    same_file,
    steward,
)
from .intake import NOTHING_READ, contents, let_go, started
from .models import DocumentPage, ImportJob
from .pieces import blocks_of, located, with_conflicts
from .pipeline import nodes_from_blocks
from .pipeline.merge import Conflict, merge, merge_fields
from .reimport import HEAD, draft_fields, remember, unplain
from .review_rows import Redrawn, counted, redrawn
from .revising import NotPossible, Splice, apply, entry_of, remembered, spliced, undone
from .states import Moved, move
from .texts import raw_blocks

EDITED = ("version", "state", "pieces", "history", "counts", "fields", "conflicts", "target")
"""What a correction reads of a job; the rest may be megabytes."""


class Stale(Exception):
    """The screen shows an older version than the job has."""


@dataclass(frozen=True)
class Corrected:
    """What a correction did: the job's new version, what to draw, where to look, a field it changed."""

    version: int
    redrawn: Redrawn
    focus: int
    undo: bool
    field: dict[str, str] | None = None


def correct(job: ImportJob, version: Any, op: Mapping[str, Any]) -> Corrected:
    """Do one operation (see ``revising``) or take the last one back. ``job`` needs ``EDITED``.

    Raises ``revising.NotPossible`` with a reason, and ``Stale`` when somebody else was faster.
    """
    if job.state != ImportState.REVIEW or version != job.version:
        raise Stale
    history, fields, field = list(job.history), job.fields, None
    if op.get("op") == "undo":
        if not history:
            raise NotPossible(_("There is nothing to take back."))
        entry = history.pop()
        splice, field = undone(job.pieces, entry), entry.get("field")
    else:
        name = _conflicting_field(job, op)
        if name:
            field = {"name": name, "value": job.conflicts[op["conflict"]]["theirs"]}
            splice = Splice(0, (), (), 0)
            entry = entry_of(splice) | {"field": {"name": name, "value": str(fields[name])}}
        else:
            splice = apply(job.pieces, op, job.conflicts)
            entry = entry_of(splice)
        history = remembered(history, entry)
    own = number_key(fields["number"])
    seen = redrawn(job.pieces, splice, job.counts, own)
    values: dict[str, Any] = {
        "pieces": spliced(job.pieces, splice), "history": history, "counts": seen.counts, "version": job.version + 1,
    }  # fmt: skip
    if field:
        values["fields"] = fields | {field["name"]: field["value"]}
    _write(job, values)
    return Corrected(job.version, seen, splice.focus, bool(history), field)


def _conflicting_field(job: ImportJob, op: Mapping[str, Any]) -> str:
    """The field of the head that a conflict to be taken is about, or ""."""
    index = op.get("conflict")
    if op.get("op") != "take" or not isinstance(index, int) or not 0 <= index < len(job.conflicts):
        return ""
    conflict = job.conflicts[index]
    return conflict["part"] if conflict["part"] == conflict["anchor"] and conflict["part"] in HEAD else ""


def _write(job: ImportJob, values: dict[str, Any]) -> None:
    """Only over the version that was read."""
    here = ImportJob.objects.filter(pk=job.pk, state=ImportState.REVIEW, version=job.version)
    if not here.update(**values, updated_at=timezone.now()):
        raise Stale
    for name, value in values.items():
        setattr(job, name, value)


def save_head(job: ImportJob, values: Mapping[str, str], target: DocumentPage | bool | None = True) -> bool:
    """Keep what the head form says (``plain`` values by name) and which document it is (True: as before).

    Another document means another starting text: corrections made so far are merged into it, and the screen has to
    be drawn anew (True is returned). Raises ``Stale``.
    """
    fields = job.fields | dict(values)
    if target is True or (target.pk if target else None) == job.target_id:
        if fields != job.fields:
            _write(job, {"fields": fields, "version": job.version + 1})
        return False
    _write(job, _retargeted(job, fields, target or None) | {"version": job.version + 1})
    return True


def _retargeted(job: ImportJob, fields: Mapping[str, str], target: DocumentPage | None) -> dict[str, Any]:
    """The job's columns for another document: three ways, from where it started to where it would have started."""
    file, start = job.reading["file"], job.reading["start"]
    fresh = started(job.reading, target)
    base_fields, base = start.get("fields", file["fields"]), start.get("pieces", file["pieces"])
    mine = [{key: value for key, value in piece.items() if key != "id"} for piece in job.pieces]
    corrected = job.pieces != base
    head = merge_fields(base_fields, fields, fresh["fields"])
    fresh["fields"] = fresh["fields"] | head.fields
    if corrected:
        text = merge(blocks_of(base), blocks_of(mine), blocks_of(fresh["pieces"]))
        fresh["pieces"] = located(text.blocks, file["pieces"])
        with_conflicts(fresh["pieces"], [Conflict(**conflict) for conflict in fresh["conflicts"]])
        fresh["counts"] = counted(nodes_from_blocks(fresh["pieces"]), number_key(fresh["fields"]["number"]))
    return fresh


@dataclass(frozen=True)
class Made:
    """The draft, whether it is new, and what editor and reviewer changed differently while it was on the desk."""

    page: DocumentPage
    result: Result
    conflicts: tuple[Conflict, ...] = ()


def finish(job: ImportJob, user: Any) -> Made:
    """Make the draft, or a new draft revision of the document it is a version of. All or nothing.

    Raises ``importing.CannotImport`` with the reason, ``states.Moved`` when the job is not to be checked any more.
    """
    data = contents(job)
    if data is None:
        raise CannotImport(_("The upload of “%(name)s” is gone. Upload the file again.") % {"name": job.name})
    try:
        with transaction.atomic():
            job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
            if job.state != ImportState.REVIEW:
                raise Moved
            made = _make(job, data, user)
            move(job, ImportEvent.FINISH, **{**NOTHING_READ, "target": job.target, "page": made.page})
            let_go(job)
    except Refused as error:
        raise CannotImport(str(error)) from error
    return made


def _make(job: ImportJob, data: bytes, user: Any) -> Made:
    fields, blocks = job.fields, blocks_of(job.pieces)
    target = job.target
    if target is None:
        one_at_a_time()
        # The same file may have become a draft on another desk since.
        found = same_document(unplain(fields)) or same_file(job.sha256, user)
        if found:
            refuse_another_offices(found, user)
            raise CannotImport(
                _("The site already holds this document: “%(title)s”. Choose it under “Which document is this?”.")
                % {"title": found.title}
            )
        values = unplain(fields) | came_from(job.name, job.sha256)
        owner = steward(values["issuer"], user, None)
        values["source_file"] = kept(data, job.name, user, owner)
        file = values["source_file"]
        page, result, conflicts = create(values, blocks, user, owner), Result.CREATED, []
    else:
        page, result = target, Result.REVISED
        refuse_another_offices(page, user)
        refuse_locked(page, user)
        draft = page.get_latest_revision_as_object()
        fields, blocks, conflicts = _over(job, draft)
        file = kept(data, job.name, user, page.organisation)
        same = raw_blocks(draft) == blocks and draft_fields(draft) == fields
        if same and draft.source_sha256 == job.sha256:
            return Made(page, Result.UNCHANGED)
        revise(draft, unplain(fields) | came_from(job.name, job.sha256) | {"source_file": file}, blocks, user)
        page.refresh_from_db()
    read = job.reading["file"]
    # What the FILE said: corrections made on the desk count as the editor's at the next import.
    remember(page, file, read["fields"], read["blocks"], conflicts, user)
    return Made(page, result, tuple(conflicts))


def _over(job: ImportJob, draft: DocumentPage) -> tuple[dict[str, Any], list[dict[str, Any]], list[Conflict]]:
    """Head and blocks for the draft as it stands now. If it was edited since the reading, what was edited there
    and what was corrected here are merged; where both changed one thing, the page's own words stand."""
    start = job.reading["start"]
    now_fields, now = draft_fields(draft), raw_blocks(draft)
    if job.target_revision_id == draft.latest_revision_id or (now_fields, now) == (
        start["draft_fields"],
        start["draft_blocks"],
    ):
        return job.fields, blocks_of(job.pieces), []
    head = merge_fields(start["draft_fields"], now_fields, job.fields)
    text = merge(start["draft_blocks"], now, blocks_of(job.pieces))
    return job.fields | head.fields, list(text.blocks), [*head.conflicts, *text.conflicts]
