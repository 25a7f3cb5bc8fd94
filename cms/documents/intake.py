"""A file's way in: received, read in the background, ready to be checked; or failed, with the reason and the upload.

Progress and outcome are written outside any transaction (one writer at a time on SQLite). Whatever a file is, the
worker lives on and the job says what happened.
"""

import contextlib
import hashlib
import logging
from dataclasses import asdict
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cms.base.models import OfficeSettings
from cms.people.permissions import home_organisation
from media.sniffing import Refused, sniff
from search.text import number_key

from .enums import ImportEvent, ImportState
from .importing import fields_of, same_file
from .matching import match
from .models import DocumentPage, ImportJob
from .pieces import located, read_pieces, with_conflicts
from .pipeline import Reading, Unreadable, check_size, nodes_from_blocks
from .reader import read_bounded
from .reimport import draft_fields, merges, plain
from .review_rows import counted
from .states import OVER, Moved, move
from .texts import raw_blocks

logger = logging.getLogger(__name__)

GRACE = timedelta(seconds=120)
UNHEARD = timedelta(hours=1)
MOST_PASSAGES, MOST_CELLS = 20_000, 100_000
NOTHING_READ: dict[str, Any] = {
    "reading": {}, "fields": {}, "pieces": [], "history": [], "counts": {}, "changes": [], "conflicts": [],
    "target": None, "target_revision": None, "progress_done": 0, "progress_total": 0, "message": "", "started_at": None,
}  # fmt: skip


def receive(data: bytes, name: str, user: Any) -> ImportJob:
    """Keep an upload and have it read after the commit. What must not be opened fails at once, with the reason."""
    job = ImportJob(
        organisation_id=_organisation(user),
        by=user,
        name=PurePath(name.replace("\\", "/")).name[:255],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        message=refusal(data, name),
    )
    job.state = ImportState.FAILED if job.message else ImportState.WAITING
    job.upload.save(job.name, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            job.save()
            if job.state == ImportState.WAITING:
                _enqueue(job)
    except BaseException:
        job.upload.delete(save=False)
        raise
    return job


def _organisation(user: Any) -> int | None:
    """The person's own; a superuser without one acts for the office the site is for."""
    office = OfficeSettings.objects.exclude(organisation=None).values_list("organisation_id", flat=True)
    return home_organisation(user) or (office.first() if user.is_superuser else None)


def refusal(data: bytes, name: str) -> str:
    """Why a file is not even opened (empty, traps, macros, locked, another ending than its kind), or ""."""
    try:
        check_size(len(data), name)
        if known_as(data) is None:
            sniff(data, name)
    except (Refused, Unreadable) as error:
        return str(error)
    return ""


def known_as(data: bytes) -> str | None:
    """The reader tells text of any encoding from everything else; PDF and archives are looked at before."""
    return None if data[:4] in (b"%PDF", b"PK\x03\x04") else "text/plain"


def _enqueue(job: ImportJob) -> None:
    from .tasks import read_upload

    # Robust: the job is committed by then, and what cannot be asked for now ``sweep`` gives back as unread.
    transaction.on_commit(lambda: read_upload.enqueue(job.pk), robust=True)


def read(job_id: int) -> None:
    """Read a waiting upload (the task's whole work). A job that is not waiting any more is left alone."""
    job = ImportJob.objects.light().select_related("by").filter(pk=job_id).first()
    if job is None:
        return
    try:
        move(job, ImportEvent.START, started_at=timezone.now(), progress_done=0, progress_total=0, message="")
    except Moved:
        return
    with translation.override(job.language), contextlib.suppress(Moved):
        try:
            _read(job)
        except Unreadable as error:
            fail(job, str(error))
        except Moved:
            raise
        except Exception:
            logger.exception("Import %d failed.", job.pk)
            fail(job, _("“%(name)s” could not be read for a reason of the site’s own. Try “read again”; if it "
                        "fails again, tell the administrator.") % {"name": job.name})  # fmt: skip


def _read(job: ImportJob) -> None:
    data = contents(job)
    if job.by is None:  # rights are a person's, and nobody's are the operator's
        fail(job, _("Whoever uploaded “%(name)s” has left. Upload the file again.") % {"name": job.name})
        return
    if data is None:
        fail(job, _("The upload of “%(name)s” is gone. Upload the file again.") % {"name": job.name})
        return
    if known := same_file(job.sha256, job.by):
        told = _("This very file was imported before: “%(title)s”. Nothing has changed.") % {"title": known.title}
        move(job, ImportEvent.KNOWN, page=known, message=told)
        let_go(job)
        return
    reading = read_bounded(data, job.name, progress=lambda done, total: _progress(job, done, total))
    if message := too_long(reading, job.name):
        fail(job, message)
        return
    move(job, ImportEvent.READ, version=job.version + 1, **prepared(reading, job))


def too_long(reading: Reading, name: str) -> str:
    """Why a text is not put on the review screen, or "": beyond this a correction takes seconds."""
    passages, cells = len(reading.nodes), sum(len(row) for node in reading.nodes for row in node.rows)
    if passages <= MOST_PASSAGES and cells <= MOST_CELLS:
        return ""
    return _(
        "“%(name)s” has %(passages)s passages and %(cells)s table cells; at most %(most_passages)s and %(most_cells)s "
        "can be checked here. Divide the document into parts, or ask the administrator to import it whole."
    ) % {
        "name": name,
        "passages": number_format(passages, force_grouping=True),
        "cells": number_format(cells, force_grouping=True),
        "most_passages": number_format(MOST_PASSAGES, force_grouping=True),
        "most_cells": number_format(MOST_CELLS, force_grouping=True),
    }


def _progress(job: ImportJob, done: int, total: int) -> None:
    """For whoever is looking; a database that is busy just now does not stop a reading."""
    with contextlib.suppress(DatabaseError):
        here = ImportJob.objects.filter(pk=job.pk, state=ImportState.READING, started_at=job.started_at)
        here.update(progress_done=max(0, done), progress_total=max(0, total))


def prepared(reading: Reading, job: ImportJob) -> dict[str, Any]:
    """What the review screen starts from: what the file says, merged into the document it is a version of."""
    fields = fields_of(reading.header, job.name)
    found = match(fields, job.by, blocks=reading.blocks, sha256=job.sha256)
    page = DocumentPage.objects.filter(pk=found.chosen).first() if found.chosen else None
    file = {"fields": plain(fields), "blocks": list(reading.blocks), "pieces": read_pieces(reading)}
    kept = {
        "file": file,
        "evidence": {
            name: {"lines": list(lines), "raw": raw} for name, (lines, raw) in reading.header.evidence.items()
        },
        "warnings": [*filter(None, [found.refusal]), *reading.warnings],
        "repairs": [asdict(repair) for repair in reading.repairs],
        "source": [asdict(source) for source in reading.source],
        "pages": reading.pages,
    }
    return started(kept, page) | {"message": ""}


def started(kept: dict[str, Any], page: DocumentPage | None) -> dict[str, Any]:
    """The job's columns when it is a new version of ``page`` (None: a new document) and nothing is corrected yet."""
    file = kept["file"]
    start: dict[str, Any] = {}
    columns: dict[str, Any] = {"target": page, "target_revision": None, "changes": [], "conflicts": []}
    if page is not None:
        draft = page.get_latest_revision_as_object()
        head, text = merges(page, draft, file["fields"], file["blocks"])
        conflicts = [*head.conflicts, *text.conflicts]
        pieces = located(text.blocks, file["pieces"])
        with_conflicts(pieces, conflicts)
        start = {
            "fields": head.fields,
            "pieces": pieces,
            "draft_fields": draft_fields(draft),
            "draft_blocks": raw_blocks(draft),
        }
        columns |= {
            "target_revision": page.latest_revision,
            "changes": [asdict(change) for change in (*head.changes, *text.changes)],
            "conflicts": [asdict(conflict) for conflict in conflicts],
        }
    pieces = start.get("pieces", file["pieces"])
    fields = start.get("fields", file["fields"])
    return columns | {
        "reading": kept | {"start": start},
        "fields": fields,
        "pieces": pieces,
        "history": [],
        "counts": counted(nodes_from_blocks(pieces), number_key(fields["number"])),
    }


def fail(job: ImportJob, message: str) -> None:
    """Reading ends here; the upload is kept, to be read again or dropped."""
    move(job, ImportEvent.FAIL, message=message)


def retry(job: ImportJob) -> None:
    """Read the upload again; corrections are lost. Raises ``Moved``."""
    data = contents(job)
    if message := refusal(data, job.name) if data is not None else "":
        ImportJob.objects.filter(pk=job.pk, state=ImportState.FAILED).update(message=message)
        return
    with transaction.atomic():
        move(job, ImportEvent.RETRY, version=job.version + 1, **NOTHING_READ)
        _enqueue(job)


def drop(job: ImportJob) -> None:
    """Nothing of it is wanted; the upload is deleted. Raises ``Moved``."""
    move(job, ImportEvent.DROP, **{**NOTHING_READ, "message": job.message})
    let_go(job)


def contents(job: ImportJob) -> bytes | None:
    """The bytes of the upload; None when they are gone."""
    if not job.upload:
        return None
    try:
        with job.upload.open("rb") as file:
            return file.read()
    except OSError:
        return None


def let_go(job: ImportJob) -> None:
    """Delete the upload after the commit; ``sweep`` does it when this does not come to it."""

    def delete() -> None:
        if job.upload:
            job.upload.delete(save=False)
            ImportJob.objects.filter(pk=job.pk).update(upload="")

    transaction.on_commit(delete)


def sweep() -> None:
    """What falls due: readings a dead worker left behind, uploads nobody read, uploads of what is over."""
    now = timezone.now()
    left = now - timedelta(seconds=settings.READER_OCR_SECONDS) - GRACE
    for job in ImportJob.objects.light().filter(state=ImportState.READING, started_at__lt=left):
        with translation.override(job.language), contextlib.suppress(Moved):
            fail(job, _("Reading “%(name)s” was interrupted. Press “read again”.") % {"name": job.name})
    for job in ImportJob.objects.light().filter(state=ImportState.WAITING, updated_at__lt=now - UNHEARD):
        with translation.override(job.language), contextlib.suppress(Moved):
            fail(job, _("“%(name)s” was not read within an hour: the reader is busy or does not run. Press “read "
                        "again”; if nothing happens, tell the administrator.") % {"name": job.name})  # fmt: skip
    for job in ImportJob.objects.light().filter(state__in=OVER).exclude(upload=""):
        let_go(job)
