"""Which list of concepts is meant where: the newest there is, and the one an index was filled with.

The newest is the software's list with the editors' lines on top, read from the database where it matters (filling an
index, telling its state). A question never asks the database: an index names its list by its digest, lists never
change, and a process remembers those it has met.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Max

from .concepts import Concepts, Line, build, lines_of_file, merged, of_file, using
from .text import analysis_stamp

logger = logging.getLogger(__name__)

REMEMBERED = 16
UNKNOWN_SECONDS = 60.0
"""So long a list that is not in the database is not asked for again."""

Rows = tuple[tuple[Line, bool], ...]

_known: dict[str, Concepts] = {}
_unknown: dict[str, tuple[float, Concepts]] = {}


class Together(Exception):
    """Somebody else has saved the list in the same moment."""


def newest_lines() -> tuple[Line, ...]:
    """The lines in use from the next rebuild on."""
    return _lines(_rows())


def newest() -> Concepts:
    """Their list."""
    return _built(_rows())


def newest_stamp() -> str:
    """What an index filled now would be stamped with."""
    with using(newest()):
        return analysis_stamp()


def of(analysis: str) -> Concepts:
    """The list of an index by the ``analysis`` of its stamp. One that nobody knows here (another database's) is
    answered for by the newest; such an index says that it must be rebuilt."""
    digest = analysis.rpartition("-")[2]
    if digest in ("", of_file().digest):
        return of_file()
    if known := _known.get(digest):
        return known
    until, instead = _unknown.get(digest, (0.0, None))
    if instead and time.monotonic() < until:
        return instead
    return _look_up(digest)


@contextmanager
def reading(analysis: str) -> Iterator[None]:
    """Analyse with the list of an index."""
    with using(of(analysis)):
        yield


@contextmanager
def filling() -> Iterator[None]:
    """Analyse with the newest list, which is kept, so that the index can be asked with it however long it stands."""
    rows = _rows()
    _keep(rows)
    with using(_built(rows)):
        yield


def keep(by: Any = None) -> bool:
    """Make an edition of what is said now, in the transaction that said it; False where it says what the last one
    said. Raises ``Together`` when another transaction has made one meanwhile."""
    from .models import ConceptEdition

    rows = _rows()
    last = ConceptEdition.objects.order_by("-number").values_list("digest", flat=True).first() or of_file().digest
    if last == _built(rows).digest:
        return False
    _store(rows, by)
    return True


def _store(rows: Rows, by: Any = None) -> None:
    from .models import ConceptEdition

    number = (ConceptEdition.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            ConceptEdition.objects.create(
                number=number,
                digest=_built(rows).digest,
                lines=[asdict(line) for line in _lines(rows)],
                created_by=by,
            )
    except IntegrityError:
        raise Together from None


def _keep(rows: Rows) -> None:
    """The edition an index is about to be filled with; an upgraded list of the software is one too."""
    from .models import ConceptEdition

    if not ConceptEdition.objects.filter(digest=_built(rows).digest).exists():
        try:
            _store(rows)
        except Together:
            _store(rows)


def _look_up(digest: str) -> Concepts:
    """Asked of the database, once; what it does not know, or while it is away, not again for a while."""
    try:
        stored = _stored(digest)
        instead = None if stored else newest()
    except DatabaseError:
        logger.exception("search: the list of the index cannot be looked up; the software's own is used")
        stored, instead = None, of_file()
    if stored is None:
        if digest not in _unknown:
            logger.error("search: the index was filled with a list nobody knows here (%s): it must be rebuilt", digest)
        _unknown[digest] = time.monotonic() + UNKNOWN_SECONDS, instead
        return instead
    _unknown.pop(digest, None)
    while len(_known) >= REMEMBERED:
        _known.pop(next(iter(_known)), None)
    _known[digest] = stored
    return stored


def _stored(digest: str) -> Concepts | None:
    """An edition's list. What was not stored by this code is not trusted to be usable."""
    from .models import ConceptEdition

    stored = ConceptEdition.objects.filter(digest=digest).order_by("number").values_list("lines", flat=True).first()
    if stored is None:
        return None
    found = build(merged((), [_line(fields) for fields in stored]))
    return found if found.digest == digest else None


def _line(fields: dict[str, Any]) -> Line:
    kinds = {kind: tuple(fields[kind]) for kind in ("forms", "upper", "one_way")}
    return Line(fields["name"], fields["note"], **kinds)


def _rows() -> Rows:
    """Editors' lines, and whether each is in use."""
    from .models import Concept

    return tuple((concept.line, concept.is_active) for concept in Concept.objects.order_by("pk"))


@lru_cache(maxsize=8)
def _lines(rows: Rows) -> tuple[Line, ...]:
    own = [line for line, active in rows if active]
    return merged(lines_of_file(), own, [line.name for line, active in rows if not active])


@lru_cache(maxsize=8)
def _built(rows: Rows) -> Concepts:
    return build(_lines(rows)) if rows else of_file()
