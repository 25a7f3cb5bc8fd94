"""What the public has read and when: versions are written when a document is published, and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.base.templatetags.vietnamese import vn_date
from cms.organisations.models import Organisation

from .enums import ChangeKind, DocumentType
from .models import DocumentPage, DocumentVersion
from .pipeline import Node
from .pipeline.stored import from_plain, to_plain
from .reimport import HEAD, plain

NOTICES = ("is_summary", "is_extract", "missing_parts")
_DATES = ("issued_on", "effective_from", "expires_on")


@dataclass(frozen=True)
class Note:
    """A change in words."""

    kind: str
    label: str
    noted_on: date
    note: str


@dataclass(frozen=True)
class VersionRow:
    """A line of the public history. ``notes`` also of changes that were only described, for the newest."""

    number: int
    published_at: datetime
    notes: tuple[Note, ...]
    is_current: bool


@dataclass(frozen=True)
class HeadChange:
    """A line of the head that differs between two versions, as a person reads it; "" for nothing."""

    field: str
    label: str
    before: str
    after: str


def next_number(page: DocumentPage) -> int:
    return (DocumentVersion.objects.filter(page=page).aggregate(last=Max("number"))["last"] or 0) + 1


def publish_version(page: DocumentPage, nodes: Sequence[Node]) -> DocumentVersion | None:
    """A new version where text or head differ from the last one; None where nothing does.

    The first versions of documents that were public before there were versions know nothing of their head (``{}``):
    no change of it is claimed, and it is filled in by the next publication.
    """
    last = DocumentVersion.objects.filter(page=page).order_by("-number").first()
    head, stored = head_of(page), to_plain(nodes)
    same_text = last and (last.nodes == stored or to_plain(from_plain(last.nodes)) == stored)
    if same_text and not _differing(last.head, head):
        if not last.head:
            DocumentVersion.objects.filter(pk=last.pk).update(head=head)
        return None
    return DocumentVersion.objects.create(
        page=page,
        number=last.number + 1 if last else 1,
        published_at=_published_at(page, last),
        nodes=stored,
        head=head,
        notes=_new_notes(page),
        source_sha256=page.source_sha256,
    )


def head_of(page: DocumentPage) -> dict[str, Any]:
    """The head as plain data: ``reimport.plain``, the last day it is in force, and what its notices say."""
    head = plain({name: getattr(page, name) for name in HEAD})
    head["expires_on"] = page.expires_on.isoformat() if page.expires_on else ""
    return head | {name: getattr(page, name) for name in NOTICES}


def _published_at(page: DocumentPage, last: DocumentVersion | None) -> datetime:
    """When the page says it was published, unless it was saved since without saying so."""
    said = page.last_published_at
    return said if said and (last is None or said > last.published_at) else timezone.now()


def _note(row: Any) -> dict[str, str]:
    return {"kind": row.kind, "noted_on": row.noted_on.isoformat(), "note": row.note}


def _new_notes(page: DocumentPage) -> list[dict[str, str]]:
    known = [
        note for notes in DocumentVersion.objects.filter(page=page).values_list("notes", flat=True) for note in notes
    ]
    return [note for note in map(_note, page.change_notes.all()) if note not in known]


def versions_of(page: DocumentPage) -> list[VersionRow]:
    """The public history, newest first, without the texts. Two statements."""
    rows = list(
        DocumentVersion.objects.filter(page=page).order_by("-number").only("page_id", "number", "published_at", "notes")
    )
    known = [note for row in rows for note in row.notes]
    loose = [note for note in map(_note, page.change_notes.all()) if note not in known] if rows else []
    return [
        VersionRow(
            row.number,
            row.published_at,
            tuple(map(_as_note, [*(loose if place == 0 else ()), *row.notes])),
            is_current=place == 0,
        )
        for place, row in enumerate(rows)
    ]


def _as_note(note: Mapping[str, str]) -> Note:
    kind = note["kind"]
    label = str(ChangeKind(kind).label) if kind in ChangeKind.values else kind
    return Note(kind, label, date.fromisoformat(note["noted_on"]), note["note"])


def version(page: DocumentPage, number: int) -> DocumentVersion | None:
    return DocumentVersion.objects.filter(page=page, number=number).first()


def version_on(page: DocumentPage, day: date) -> DocumentVersion | None:
    """What the public could read at the end of that day; None before the first publication."""
    rows = DocumentVersion.objects.filter(page=page)
    if day < date.max:
        rows = rows.filter(published_at__lt=timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)))
    return rows.order_by("-number").first()


def nodes_of(row: DocumentVersion) -> list[Node]:
    return from_plain(row.nodes)


def head_changes(a: DocumentVersion, b: DocumentVersion) -> tuple[HeadChange, ...]:
    """Lines of the head that differ, in its order; none where one of the two does not know its head."""
    names = _differing(a.head, b.head)
    codes = {head.get("issuer") for head in (a.head, b.head)} - {"", None} if "issuer" in names else set()
    offices = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return tuple(
        HeadChange(name, _label(name), _shown(name, a.head[name], offices), _shown(name, b.head[name], offices))
        for name in names
    )


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name, value in one.items() if name in other and (value or "") != (other[name] or "")]


def _label(name: str) -> str:
    label = str(DocumentPage._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _shown(name: str, value: Any, offices: Mapping[str, str]) -> str:
    if name in _DATES:
        return vn_date(date.fromisoformat(value)) if value else ""
    if name == "doc_type" and value in DocumentType.values:
        return str(DocumentType(value).label)
    if name == "issuer":
        return offices.get(value, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value or "")
