"""A newer file of a document the site holds: what its editor corrected since the last import stays."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from cms.organisations.models import Organisation
from media.models import File

from .models import DocumentPage, ImportRecord
from .pipeline.merge import Conflict, FieldsMerge, Merge, merge, merge_fields
from .texts import raw_blocks

DATES = ("issued_on", "effective_from", "expires_on")
HEAD = (
    "title", "official_title", "number", "doc_type", "issuer", "issuer_raw", "parent_issuer_raw", "place", "issued_on",
    "effective_from", "expires_on", "period", "signer_name", "signer_title", "addressees", "recipients", "field",
)  # fmt: skip


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The head as JSON keeps it: an organisation by its code, dates in ISO form."""
    found = {name: values[name] for name in HEAD}
    found["issuer"] = found["issuer"].code if found["issuer"] else ""
    for name in DATES:
        found[name] = found[name].isoformat() if found[name] else ""
    return found


def unplain(values: Mapping[str, Any]) -> dict[str, Any]:
    """``plain`` undone."""
    found = dict(values)
    found["issuer"] = Organisation.objects.filter(code=found["issuer"]).first() if found.get("issuer") else None
    for name in DATES:
        found[name] = date.fromisoformat(found[name]) if found.get(name) else None
    return found


def draft_fields(draft: DocumentPage) -> dict[str, Any]:
    """The head of a draft, as JSON keeps it."""
    return plain({name: getattr(draft, name) for name in HEAD})


def merged_into(
    page: DocumentPage, draft: DocumentPage, fields: dict[str, Any], blocks: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]], list[Conflict]]:
    """The head and blocks of the new draft, and what file and editor changed differently (the editor's stands)."""
    head, text = merges(page, draft, plain(fields), blocks)
    return fields | unplain(head.fields), list(text.blocks), [*head.conflicts, *text.conflicts]


def merges(
    page: DocumentPage, draft: DocumentPage, fields: Mapping[str, Any], blocks: Iterable[Mapping[str, Any]]
) -> tuple[FieldsMerge, Merge]:
    """Head (as ``plain`` gives it) and text of a newer file over the draft, with what changes.

    Without a record of an earlier import there is nothing to tell corrections by, and the file's words stand.
    """
    last = ImportRecord.objects.filter(page=page).first()
    mine_fields, mine = draft_fields(draft), raw_blocks(draft)
    # No file says until when it holds: what an editor put there is hers.
    base_fields = (last.fields if last else mine_fields) | {"expires_on": ""}
    base = last.blocks if last else mine
    return (
        merge_fields(base_fields, mine_fields, fields),
        merge(base, mine, [dict(block) for block in blocks]),
    )


def remember(
    page: DocumentPage,
    file: File,
    fields: Mapping[str, Any],
    blocks: Iterable[Mapping[str, Any]],
    conflicts: Iterable[Conflict],
    user: Any,
) -> None:
    """Keep what was read, for the next time: what the file said, not what became of it."""
    ImportRecord.objects.create(
        page=page,
        file=file,
        fields=dict(fields),
        blocks=[dict(block) for block in blocks],
        conflicts=[asdict(conflict) for conflict in conflicts],
        by=user,
    )
