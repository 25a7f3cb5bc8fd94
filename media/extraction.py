"""The text of kept files, by their pages, on its way into search.

What can be read, and how, the rooms above say (``TEXT_READERS``). A file is read in the background; what came of it
is written on its row, and the pages that show the file are told to search anew. One file that cannot be read stops
nothing but itself.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from cms.base.outbox import record

from .models import File, TextState
from .privacy import referring_pages

logger = logging.getLogger(__name__)

TextReader = Callable[[bytes, str], Sequence[str]]
TEXT_READERS: dict[str, TextReader] = {}
"""By media type: a file's bytes and name to its texts, one a page. Rooms add theirs when they are ready."""

SIGNATURE_READERS: dict[str, Callable[[bytes, str], Sequence[dict]]] = {}
"""By media type: a file's bytes and name to what its signatures say of themselves; never raises for a file's sake."""

MAX_CHARS = 2_000_000
"""Characters of all pages of a file together that search is given."""
MAX_TRIES = 3
LEFT_LYING = timedelta(minutes=15)
AT_ONCE = 50


class CannotRead(Exception):
    """A reader's refusal; its message is for the editor: the file, the reason, the way out."""


@task()
def extract_text(file_id: int) -> None:
    """Read the text of a file that waits for it and write down what came of it. Never raises for a file's sake."""
    file = File.objects.filter(pk=file_id, text_state=TextState.WAITING).first()
    if file is None:
        return
    File.objects.filter(pk=file_id).update(text_tries=F("text_tries") + 1)
    with translation.override(settings.LANGUAGE_CODE):
        if file.text_tries >= MAX_TRIES:  # each time its reader ended without an answer
            _finish(file, TextState.FAILED, [], _("Reading “%(name)s” did not come to an end.") % {"name": file.name})
            return
        _finish(file, *_outcome(file), signatures=_signatures(file))


def _outcome(file: File) -> tuple[TextState, list[str], str]:
    """The state a file comes to, its texts, and a sentence for the editor."""
    reader = TEXT_READERS.get(file.media_type)
    if reader is None:
        return TextState.NONE, [], _("Files of this kind are not searched for text.")
    if twin := _read_before(file):
        return TextState(twin.text_state), twin.page_texts, twin.text_message
    try:
        with file.blob.open("rb") as stored:
            data = stored.read()
        texts = _storable(reader(data, file.name))
    except CannotRead as refused:
        return TextState.FAILED, [], str(refused)
    except Exception:
        logger.exception("The text of the kept file %s could not be read", file.pk)
        return TextState.FAILED, [], _("“%(name)s” could not be read; the server’s log says why.") % {"name": file.name}
    if not any(text.strip() for text in texts):
        return TextState.NONE, [], _("There is no text in “%(name)s”.") % {"name": file.name}
    full = sum(map(len, texts)) >= MAX_CHARS
    beginning = _("Only the first %(limit)s characters are searched; the file is longer.")
    return TextState.READ, texts, beginning % {"limit": f"{MAX_CHARS:,}".replace(",", ".")} if full else ""


def _signatures(file: File) -> list[dict]:
    """What the file's digital signatures say; none where its bytes cannot be had."""
    reader = SIGNATURE_READERS.get(file.media_type)
    if reader is None:
        return []
    try:
        with file.blob.open("rb") as stored:
            return list(reader(stored.read(), file.name))
    except OSError:
        return []


def _read_before(file: File) -> File | None:
    """Another organisation's row of the same bytes whose text is known."""
    same = File.objects.filter(sha256=file.sha256, media_type=file.media_type).exclude(pk=file.pk)
    return same.filter(text_state=TextState.READ).first()


def _storable(texts: Iterable[str]) -> list[str]:
    """Bounded, and without what a database refuses: NUL and halves of surrogate pairs."""
    kept, left = [], MAX_CHARS
    for text in texts:
        kept.append(text.replace("\x00", "")[:left].encode("utf-8", "ignore").decode())
        left -= len(kept[-1])
        if left <= 0:
            break
    return kept


def _finish(file: File, state: TextState, texts: list[str], message: str, signatures: Sequence[dict] = ()) -> None:
    """Write it down, once, and tell search of every public page the file is on."""
    with transaction.atomic():
        waiting = File.objects.filter(pk=file.pk, text_state=TextState.WAITING)
        found = {"page_texts": texts, "signatures": list(signatures)}
        written = waiting.update(**found, text_state=state, text_message=message, text_tries=0)
        if written and (texts or file.page_texts):
            told: dict[str, list[int]] = {}
            for page in referring_pages(file).live():
                if kind := getattr(page.specific_class, "search_kind", None):
                    told.setdefault(kind, []).append(page.pk)
            for kind, ids in told.items():
                record(kind, ids)


def ask_for_text(file: File) -> None:
    """Have a file read once the transaction that keeps it is committed. Should that fail, ``look_again`` asks."""
    transaction.on_commit(partial(_enqueue, file.pk), robust=True)


def _enqueue(file_id: int) -> None:
    File.objects.filter(pk=file_id).update(text_asked_at=timezone.now())
    extract_text.enqueue(file_id)


def read_again(file: File) -> None:
    """Forget what came of the last reading and ask for another; until then search keeps the text it has."""
    File.objects.filter(pk=file.pk).update(text_state=TextState.WAITING, text_message="", text_tries=0)
    ask_for_text(file)


def look_again() -> None:
    """A step of ``tick``: files nobody has asked for, or whose reader has gone away, are asked for (again)."""
    overdue = Q(text_asked_at=None) | Q(text_asked_at__lt=timezone.now() - LEFT_LYING)
    for file in File.objects.filter(overdue, text_state=TextState.WAITING).order_by("pk")[:AT_ONCE]:
        ask_for_text(file)
