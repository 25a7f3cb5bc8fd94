"""The life of an import as one table (law 26), and the only way a job moves through it."""

from typing import Any

from django.utils import timezone

from .enums import ImportEvent as Event
from .enums import ImportState as State
from .models import ImportJob

READER, EDITOR = "reader", "editor"
"""Who may: the reader in the background, or a person who may add pages for the job's organisation."""

TRANSITIONS: dict[str, dict[str, tuple[str, str]]] = {
    State.WAITING: {
        Event.START: (READER, State.READING),
        Event.FAIL: (READER, State.FAILED),
        Event.DROP: (EDITOR, State.DROPPED),
    },
    State.READING: {
        Event.READ: (READER, State.REVIEW),
        Event.KNOWN: (READER, State.DONE),
        Event.FAIL: (READER, State.FAILED),
        Event.DROP: (EDITOR, State.DROPPED),
    },
    State.REVIEW: {
        Event.FINISH: (EDITOR, State.DONE),
        Event.RETRY: (EDITOR, State.WAITING),
        Event.DROP: (EDITOR, State.DROPPED),
    },
    State.FAILED: {Event.RETRY: (EDITOR, State.WAITING), Event.DROP: (EDITOR, State.DROPPED)},
    State.DONE: {},
    State.DROPPED: {},
}

OPEN = (State.WAITING, State.READING, State.REVIEW, State.FAILED)
OVER = (State.DONE, State.DROPPED)


class Moved(Exception):
    """The job is no longer where it was: somebody else was faster."""


def can(job: ImportJob, event: str) -> bool:
    """Does the table know this event in the job's state?"""
    return event in TRANSITIONS[job.state]


def move(job: ImportJob, event: str, **values: Any) -> None:
    """Take the job along the table, with what changes beside its state, in one conditional statement.

    A state is only left as it was found: of two who move a job at once, one gets ``Moved``. What is being read is left
    only by the reading that began then.
    """
    if not can(job, event):
        raise Moved
    _role, state = TRANSITIONS[job.state][event]
    here = ImportJob.objects.filter(pk=job.pk, state=job.state)
    if job.state == State.READING:
        here = here.filter(started_at=job.started_at)
    values |= {"state": state, "updated_at": timezone.now()}
    if not here.update(**values):
        raise Moved
    for name, value in values.items():
        setattr(job, name, value)
