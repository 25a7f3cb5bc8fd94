"""What a file is, by its bytes, and whether it is safe to keep. The name and the browser's word count for nothing."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

MAX_BYTES = 50 * 1024 * 1024
MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200

_OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)),
}
_SIGNATURES = (
    (b"%PDF-", "application/pdf", ("pdf",)),
    (b"\x89PNG\r\n\x1a\n", "image/png", ("png",)),
    (b"\xff\xd8\xff", "image/jpeg", ("jpg", "jpeg")),
)
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
}


class Refused(Exception):
    """The file is not kept; the message names it, the reason and the way out."""


@dataclass(frozen=True)
class Sniffed:
    """A media type and the extensions that go with it."""

    media_type: str
    extensions: tuple[str, ...]


def sniff(data: bytes, name: str) -> Sniffed:
    """The kind of a file. Raises ``Refused`` for what is not kept: empty, too large, unknown, booby-trapped."""
    if not data:
        raise Refused(_("“%(name)s” is empty. Check the file and upload it again.") % {"name": name})
    if len(data) > MAX_BYTES:
        raise Refused(
            _("“%(name)s” is larger than %(limit)d MB. Make its pictures smaller or split it.")
            % {"name": name, "limit": MAX_BYTES // 1024 // 1024}
        )
    found = _kind(data, name)
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension not in found.extensions:
        raise Refused(
            _("“%(name)s” is really a %(kind)s file. Give it that ending, or check that it is the right file.")
            % {"name": name, "kind": found.extensions[0].upper()}
        )
    return found


def _kind(data: bytes, name: str) -> Sniffed:
    for start, media_type, extensions in _SIGNATURES:
        if data.startswith(start):
            return Sniffed(media_type, extensions)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _("“%(name)s” is locked with a password or in the format of old Office versions. Save it without a "
              "password as DOCX, XLSX or PDF and upload that.")
            % {"name": name}
        )  # fmt: skip
    if b"\x00" not in data[:100_000]:
        return Sniffed("text/plain", ("txt", "csv", "md"))
    raise Refused(
        _("“%(name)s” is of a kind that is not kept here. PDF, DOCX, XLSX, PPTX, ODT, ODS, PNG, JPEG, TXT and CSV are.")
        % {"name": name}
    )


def _archive(data: bytes, name: str) -> Sniffed:
    """An office file: its list of contents is read and bounded before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_traps(members, len(data), name)
            names = {member.filename for member in members}
            mime = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused(_("“%(name)s” is damaged. Save it anew and upload it again.") % {"name": name}) from error
    for member, (media_type, extensions) in _OFFICE.items():
        if member in names:
            return Sniffed(media_type, extensions)
    if mime in _OPEN_DOCUMENT:
        return Sniffed(mime, _OPEN_DOCUMENT[mime])
    raise Refused(_("“%(name)s” is an archive. Upload the files in it one by one.") % {"name": name})


def _refuse_traps(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * size:
        raise Refused(
            _("“%(name)s” unpacks to far more than a document holds. Save it anew and upload it again.")
            % {"name": name}
        )
    if any(member.flag_bits & 1 for member in members):
        raise Refused(_("“%(name)s” is locked with a password. Save it without one.") % {"name": name})
    if any(_is_macro(member.filename) for member in members):
        raise Refused(
            _("“%(name)s” contains macros, which could harm its readers. Save it without macros (DOCX, XLSX).")
            % {"name": name}
        )


def _is_macro(member: str) -> bool:
    """Programs in an office file: Visual Basic, the macro sheets of old Excel, the libraries of OpenDocument."""
    path = member.replace("\\", "/").lower().lstrip("/")
    return path.endswith("vbaproject.bin") or path.startswith(("basic/", "scripts/", "xl/macrosheets/"))
