"""From a file to a draft. Machines read, people publish (law 12)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.base.models import OfficeSettings
from cms.organisations.models import Organisation
from cms.organisations.naming import name_key
from media.keeping import keep
from media.models import File

from .dating import with_possible_dates
from .models import DocumentIndexPage, DocumentPage
from .pipeline import Header, Reading
from .pipeline.merge import Conflict
from .reader import read_bounded
from .reimport import merged_into, plain, remember

TITLE_LENGTH = 255


class Result(StrEnum):
    CREATED = "created"
    UNCHANGED = "unchanged"
    REVISED = "revised"


@dataclass(frozen=True)
class Imported:
    """What became of a file: the page, what happened to it, what was read, where an editor's correction and the
    file disagree (the correction stands)."""

    page: DocumentPage
    result: Result
    reading: Reading
    conflicts: tuple[Conflict, ...] = ()


class CannotImport(Exception):
    """The file could be read but its draft has no place here; the message says why."""


def import_document(
    data: bytes,
    name: str,
    *,
    user: Any = None,
    organisation: Organisation | None = None,
    publish: bool = False,
) -> Imported:
    """Read a file and make a draft of it, or a new draft revision of the document it is another version of.

    The same file again changes nothing. Raises ``pipeline.Unreadable`` before anything is written, and
    ``CannotImport`` when there is no document list or the document is another office's.
    """
    digest = hashlib.sha256(data).hexdigest()
    reading = with_possible_dates(read_bounded(data, name))
    with transaction.atomic():
        page, result, conflicts = _store(reading, digest, data, name, user, organisation)
        if publish and (not page.live or page.source_sha256 != digest):
            page.get_latest_revision().publish(user=user)
            page.refresh_from_db()
    return Imported(page, result, reading, tuple(conflicts))


def _store(
    reading: Reading, digest: str, data: bytes, name: str, user: Any, organisation: Organisation | None
) -> tuple[DocumentPage, Result, list[Conflict]]:
    one_at_a_time()
    if known := same_file(digest, user):
        return known, Result.UNCHANGED, []
    fields = fields_of(reading.header, name) | came_from(name, digest)
    if existing := same_document(fields):
        refuse_another_offices(existing, user)
        refuse_locked(existing, user)
        draft = existing.get_latest_revision_as_object()
        if draft.source_sha256 == digest:
            return existing, Result.UNCHANGED, []
        fields["source_file"] = kept(data, name, user, existing.organisation)
        values, blocks, conflicts = merged_into(existing, draft, fields, reading.blocks)
        revise(draft, values, blocks, user)
        remember(existing, fields["source_file"], plain(fields), reading.blocks, conflicts, user)
        existing.refresh_from_db()
        return existing, Result.REVISED, conflicts
    owner = steward(fields["issuer"], user, organisation)
    fields["source_file"] = kept(data, name, user, owner)
    page = create(fields, reading.blocks, user, owner)
    remember(page, fields["source_file"], plain(fields), reading.blocks, [], user)
    return page, Result.CREATED, []


def same_file(digest: str, user: Any) -> DocumentPage | None:
    """The page that this very file was imported into, where it is public or the person's to edit."""
    rows = DocumentPage.objects.filter(source_sha256=digest).order_by("pk")
    return next((page for page in rows if page.live or may_edit(user, page)), None)


def refuse_another_offices(page: DocumentPage, user: Any) -> None:
    """An import never reaches into a page the person may not edit. Raises ``CannotImport``, naming who may."""
    if not may_edit(user, page):
        raise CannotImport(another_offices(page))


def refuse_locked(page: DocumentPage, user: Any) -> None:
    """Nor over a page that is locked against the person: by a colleague, for approval, for a set time. Raises
    ``CannotImport``."""
    if user is not None and page.permissions_for_user(user).page_locked():
        raise CannotImport(
            _("“%(title)s” is locked for editing just now. Have it unlocked, then create the draft again.")
            % {"title": page.title}
        )


def another_offices(page: DocumentPage) -> str:
    """The sentence that says whose document it is."""
    return _("%(office)s answers for %(number)s on this site. Ask its editors to import this file.") % {
        "office": page.organisation or page.issuer_name,
        "number": page.number or page.title,
    }


def revise(draft: DocumentPage, values: Mapping[str, Any], blocks: Iterable[Mapping[str, Any]], user: Any) -> None:
    """A new draft revision of a document the site holds."""
    for field, value in values.items():
        setattr(draft, field, value)
    draft.body = _body(blocks)
    draft.save_revision(user=user, log_action=True)


def kept(data: bytes, name: str, user: Any, owner: Organisation | None) -> File:
    """The file the text was read from, kept privately beside it."""
    known_as = "" if data[:4] in (b"%PDF", b"PK\x03\x04") else "text/plain"
    return keep(data, name, user=user, organisation=owner, known_as=known_as)[0]


def may_edit(user: Any, page: DocumentPage) -> bool:
    """The command line acts for the operator; a person needs the right to change that page."""
    return user is None or page.permissions_for_user(user).can_edit()


def fields_of(head: Header, name: str) -> dict[str, Any]:
    """The page's fields as the header states them; what it does not state stays empty."""
    issuer = only(Organisation.objects.called(head.issuer)) if head.issuer else None
    return titles(head.title or PurePath(name).stem) | {
        "number": (head.number or "")[:100],
        "doc_type": head.type or "",
        "issuer": issuer,
        "issuer_raw": "" if issuer else (head.issuer or "")[:300],
        "parent_issuer_raw": (head.parent_issuer or "")[:300],
        "place": (head.place or "")[:100],
        "issued_on": head.issued_on,
        "effective_from": head.effective_from,
        "expires_on": None,
        "period": (head.period_raw or "")[:100],
        "signer_name": (head.signer_name or "")[:120],
        "signer_title": (head.signer_title or "")[:160],
        "addressees": "\n".join(head.addressees),
        "recipients": "\n".join(head.recipients),
        "field": (head.field or "")[:160],
    }


def titles(full: str) -> dict[str, str]:
    """A title (trích yếu) of any length in the two fields that hold it."""
    if len(full) <= TITLE_LENGTH:
        return {"title": full, "official_title": ""}
    return {"title": Truncator(full).chars(TITLE_LENGTH), "official_title": full}


def came_from(name: str, digest: str) -> dict[str, Any]:
    """What the page keeps of the file beside the head; an imported text is the document's own, no summary."""
    return {"is_summary": False, "source_name": PurePath(name).name[:255], "source_sha256": digest}


def only(rows: Any) -> Any:
    """The one row there is, or nothing: two organisations of one name are not guessed between."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _body(blocks: Iterable[Mapping[str, Any]]) -> Any:
    """Blocks as the stream field takes them, each with an id so that comments and comparisons hold on to it."""
    import uuid

    from wagtail.blocks import StreamValue

    field = DocumentPage._meta.get_field("body")
    raw = [{"type": b["type"], "value": b["value"], "id": b.get("id") or str(uuid.uuid4())} for b in blocks]
    return StreamValue(field.stream_block, raw, is_lazy=True)


def same_document(fields: Mapping[str, Any]) -> DocumentPage | None:
    """Same number, year and issuer (numbers restart every year at every issuer)."""
    from search.text import number_key

    if not fields["number"] or not fields["issued_on"]:
        return None
    rows = DocumentPage.objects.filter(
        number_key=number_key(fields["number"]), issued_on__year=fields["issued_on"].year
    )
    if fields["issuer"]:
        return rows.filter(issuer=fields["issuer"]).first()
    key = name_key(fields["issuer_raw"])
    if not key:
        return None  # two offices may both have sent a 12/KH in one year
    return next((page for page in rows.filter(issuer=None) if name_key(page.issuer_raw) == key), None)


def one_at_a_time() -> None:
    """Imports queue until the end of the transaction, so that of two of one document the second finds the first.
    ``add_child`` locks nothing: the row of the list is the lock."""
    Page.objects.select_for_update().filter(pk=DocumentIndexPage.objects.values("pk").order_by("path")[:1]).first()


def create(
    fields: Mapping[str, Any], blocks: Iterable[Mapping[str, Any]], user: Any, owner: Organisation | None
) -> DocumentPage:
    """A new draft on the list of documents, after ``one_at_a_time``. Raises ``CannotImport`` where there is none."""
    shelf = DocumentIndexPage.objects.first()
    if shelf is None:
        raise CannotImport(_("There is no list of documents on this site. Create one below the home page first."))
    page = DocumentPage(
        **fields,
        body=_body(blocks),
        live=False,
        has_unpublished_changes=True,
        owner=user,
        organisation=owner,
    )
    shelf.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page


def steward(issuer: Organisation | None, user: Any, organisation: Organisation | None) -> Organisation | None:
    """Who answers for the page: the one named; the issuer, where the person acts for it; her own; the office."""
    from cms.people.permissions import home_organisation, may_act_for

    if organisation:
        return organisation
    if user is not None and not user.is_superuser:
        if issuer and may_act_for(user, "add", issuer.pk):
            return issuer
        return Organisation.objects.filter(pk=home_organisation(user)).first()
    office = OfficeSettings.objects.exclude(organisation=None).select_related("organisation").first()
    return issuer or (office.organisation if office else None)
