"""A newer file of a document the site holds: what its editor corrected since the last import stays."""

from dataclasses import asdict
from datetime import date
from typing import Any

from cms.organisations.models import Organisation

from .models import DocumentPage, ImportRecord
from .pipeline import Reading
from .pipeline.merge import Conflict, merge, merge_fields
from .texts import raw_blocks

DATES = ("issued_on", "effective_from")
HEAD = (
    "title", "official_title", "number", "doc_type", "issuer", "issuer_raw", "parent_issuer_raw", "place", "issued_on",
    "effective_from", "period", "signer_name", "signer_title", "addressees", "recipients", "field",
)  # fmt: skip


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The head as JSON keeps it: an organisation by its code, dates in ISO form."""
    found = {name: values[name] for name in HEAD}
    found["issuer"] = found["issuer"].code if found["issuer"] else ""
    for name in DATES:
        found[name] = found[name].isoformat() if found[name] else ""
    return found


def _unplain(values: dict[str, Any]) -> dict[str, Any]:
    found = dict(values)
    found["issuer"] = Organisation.objects.filter(code=found["issuer"]).first() if found.get("issuer") else None
    for name in DATES:
        found[name] = date.fromisoformat(found[name]) if found.get(name) else None
    return found


def merged_into(
    page: DocumentPage, draft: DocumentPage, fields: dict[str, Any], reading: Reading
) -> tuple[dict[str, Any], list[dict[str, Any]], list[Conflict]]:
    """The head and blocks of the new draft, and what file and editor changed differently (the editor's stands).

    Without a record of an earlier import there is nothing to tell corrections by, and the file's words stand.
    """
    read_blocks = [dict(block) for block in reading.blocks]
    last = ImportRecord.objects.filter(page=page).first()
    if last is None:
        return fields, read_blocks, []
    head = merge_fields(last.fields, plain({name: getattr(draft, name) for name in HEAD}), plain(fields))
    text = merge(last.blocks, raw_blocks(draft), read_blocks)
    return fields | _unplain(head.fields), list(text.blocks), [*head.conflicts, *text.conflicts]


def remember(
    page: DocumentPage, fields: dict[str, Any], reading: Reading, conflicts: list[Conflict], user: Any
) -> None:
    """Keep what was read, for the next time."""
    ImportRecord.objects.create(
        page=page,
        file=fields["source_file"],
        fields=plain(fields),
        blocks=[dict(block) for block in reading.blocks],
        conflicts=[asdict(conflict) for conflict in conflicts],
        by=user,
    )
