"""What holds of a document on a day, and why: a pure function of its dates and of what later documents do to it.

"In force" is said of normative documents only; a plan or scheme is being carried out, has run out, or was replaced
(terms file, ``doc.status_admin``). Any other document has no status until a date, an effect or its withdrawal gives
it one. The words of the law sites: ``research/docs_search.md`` 3e.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .enums import DocumentType, RelationKind
from .pipeline.periods import read_period

_NORMATIVE = frozenset({DocumentType.DECREE, DocumentType.CIRCULAR})
_CARRIED_OUT = frozenset({DocumentType.PLAN, DocumentType.SCHEME})
_WITH_YEAR = re.compile(r"^\s*\d+[a-zđ]?\s*/\s*(?:19|20)\d{2}\s*/\s*[^\W\d_]", re.IGNORECASE)
"""n/yyyy/XX-YY: the number of a normative document carries its year."""
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+(?:20\d\d)\s*[-–—]\s*(20\d\d)", re.IGNORECASE)

NONE, PENDING, HOLDS, PARTLY, OVER, EXPIRED, REPLACED, REPEALED, WITHDRAWN = (
    "", "pending", "holds", "partly", "over", "expired", "replaced", "repealed", "withdrawn",
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What another document does to this one: only those that count (``Relation.effect_counts``).

    ``since`` is the day from which; None when nobody says. ``is_circular``: the other one is replaced by this one in
    turn and the dates do not say which came later, so neither is taken as replaced.
    """

    kind: str
    since: date | None
    is_partial: bool = False
    label: str = ""
    url: str = ""
    issued_on: date | None = None
    is_circular: bool = False


@dataclass(frozen=True)
class Facts:
    """All that a status depends on."""

    doc_type: str = ""
    number: str = ""
    issued_on: date | None = None
    effective_from: date | None = None
    expires_on: date | None = None
    period: str = ""
    effects: tuple[Effect, ...] = ()
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Status:
    """``code`` for programs ("" is no status), ``label`` and ``reason`` for people; ``by`` is the document that did
    it, ``since`` the first day."""

    code: str = NONE
    since: date | None = None
    by: Effect | None = None
    label: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.code)

    @property
    def is_gone(self) -> bool:
        """What rests on it has lost its ground."""
        return self.code in (REPLACED, REPEALED, EXPIRED)


def is_normative(doc_type: str, number: str) -> bool:
    """Decrees, circulars, and whatever has the year in its number ("16/2022/QĐ-UBND", "43/2019/QH14")."""
    return doc_type in _NORMATIVE or bool(_WITH_YEAR.match(number))


def status_on(facts: Facts, day: date) -> Status:
    """The status on a day. Effects that begin later, or come from a document older than this one, are not there."""
    if is_normative(facts.doc_type, facts.number):
        return _normative(facts, day)
    return _administrative(facts, day, always=facts.doc_type in _CARRIED_OUT)


def _normative(facts: Facts, day: date) -> Status:
    start = facts.effective_from or facts.issued_on
    if start and day < start:
        reason = _("It is in force from %(day)s.") % {"day": _day(start)}
        return Status(PENDING, None, None, _("Not yet in force"), reason)
    if ended := _ended_by(facts, day):
        code = REPLACED if ended.kind == RelationKind.REPLACES else REPEALED
        return Status(code, ended.since, ended, _("No longer in force"), _by(ended))
    if facts.expires_on and day > facts.expires_on:
        return _run_out(EXPIRED, _("No longer in force"), facts.expires_on)
    if facts.withdrawn_on and day >= facts.withdrawn_on:
        return _withdrawn(facts)
    if part := _first(facts, day, _touches_part):
        return Status(PARTLY, part.since, part, _("Partly no longer in force"), _by(part))
    return Status(HOLDS, start, None, _("In force"), _since(start))


def _administrative(facts: Facts, day: date, always: bool) -> Status:
    if ended := _ended_by(facts, day):
        if ended.kind == RelationKind.REPLACES:
            return Status(REPLACED, ended.since, ended, pgettext("status", "Replaced"), _by(ended))
        return Status(REPEALED, ended.since, ended, pgettext("status", "Repealed"), _by(ended))
    start, end = _time(facts) if always else (facts.effective_from, facts.expires_on)
    if facts.withdrawn_on and day >= facts.withdrawn_on:
        return _withdrawn(facts)
    if start and day < start:
        reason = _("It starts on %(day)s.") % {"day": _day(start)}
        return Status(PENDING, None, None, _("Not yet carried out"), reason)
    if end and day > end:
        return _run_out(OVER, _("Its period has ended"), end)
    changed = _first(facts, day, _touches_part)
    if always or facts.expires_on or changed:
        return Status(HOLDS, start, changed, _("Being carried out"), _by(changed) if changed else _until(start, end))
    return Status()


def _time(facts: Facts) -> tuple[date | None, date | None]:
    """First and last day of a plan: what its head says, else the period it names. A school year is over before the
    next one begins in September."""
    period = read_period(facts.period) if facts.period else None
    end = facts.expires_on or (period.due if period else None)
    if end is None and (year := _SCHOOL_YEAR.search(facts.period)):
        end = date(int(year[1]), 8, 31)
    starts = [day for day in (facts.effective_from or (period.start if period else None), facts.issued_on) if day]
    return (facts.effective_from or max(starts, default=None)), end


def _ended_by(facts: Facts, day: date) -> Effect | None:
    return _first(facts, day, lambda effect: not effect.is_partial and effect.kind in _ENDING)


_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)


def _touches_part(effect: Effect) -> bool:
    """An amended document has lost the words that were changed."""
    return effect.kind == RelationKind.AMENDS or (effect.is_partial and effect.kind in _ENDING)


def _first(facts: Facts, day: date, wanted: Callable[[Effect], bool]) -> Effect | None:
    """The earliest effect of a sort that holds on the day; those without a date hold always."""
    there = [
        effect
        for effect in facts.effects
        if wanted(effect)
        and not effect.is_circular
        and (effect.since is None or effect.since <= day)
        and not (effect.issued_on and facts.issued_on and effect.issued_on < facts.issued_on)
    ]
    return min(there, key=lambda e: (e.since or date.min, e.issued_on or date.min, e.kind, e.label), default=None)


def _withdrawn(facts: Facts) -> Status:
    reason = _("Withdrawn on %(day)s.") % {"day": _day(facts.withdrawn_on)}
    return Status(WITHDRAWN, facts.withdrawn_on, None, _("Withdrawn"), reason)


def _run_out(code: str, label: str, end: date) -> Status:
    reason = _("Its last day was %(day)s.") % {"day": _day(end)}
    return Status(code, end + timedelta(days=1), None, label, reason)


def _since(start: date | None) -> str:
    return _("In force since %(day)s.") % {"day": _day(start)} if start else ""


def _until(start: date | None, end: date | None) -> str:
    return _("Until %(day)s.") % {"day": _day(end)} if end else ""


def _by(effect: Effect) -> str:
    whole = {
        RelationKind.REPLACES: _("Replaced by %(document)s"),
        RelationKind.REPEALS: _("Repealed by %(document)s"),
        RelationKind.AMENDS: _("Amended by %(document)s"),
    }
    part = {
        RelationKind.REPLACES: _("Replaced in part by %(document)s"),
        RelationKind.REPEALS: _("Repealed in part by %(document)s"),
    }
    kind = RelationKind(effect.kind)
    said = (part if effect.is_partial and kind in part else whole)[kind] % {"document": effect.label}
    return _("%(what)s from %(day)s.") % {"what": said, "day": _day(effect.since)} if effect.since else f"{said}."


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
