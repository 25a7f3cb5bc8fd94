"""Who signed a PDF, when and why, as the file says. Nothing is verified: neither the key, nor the certificate, nor that
the bytes are those that were signed."""

import ctypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pypdfium2.raw as pdfium

from ..errors import Unreadable
from .opening import opened

MAX_SIGNATURES = 20
MAX_CONTENTS = 512 * 1024
"""Bytes of one signature with its certificates; longer ones are named without what is in them."""
MAX_CHARS = 200

_TIMESTAMPS = {"ETSI.RFC3161"}
"""Signatures of a clock, not of a person."""
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")


@dataclass(frozen=True)
class Signature:
    """What a signature says of itself. ``signed_at`` has a time zone where the file names one.

    ``covers_whole_file``: nothing stands in the file beside what was signed and the signature itself; otherwise
    something was added after it (a further signature, a form, other pages).
    """

    name: str
    organisation: str = ""
    signed_at: datetime | None = None
    reason: str = ""
    covers_whole_file: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"signed_at": self.signed_at.isoformat() if self.signed_at else None}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Signature":
        at = row.get("signed_at")
        return cls(**(dict(row) | {"signed_at": datetime.fromisoformat(at) if at else None}))


def signatures(data: bytes) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order of the file, none for what is no PDF. Bounded; raises nothing."""
    try:
        with opened(data, "") as document:
            return tuple(_read(document.raw, data))
    except Unreadable:
        return ()


def _read(document: Any, data: bytes) -> Iterator[Signature]:
    for index in range(min(max(pdfium.FPDF_GetSignatureCount(document), 0), MAX_SIGNATURES)):
        mark = pdfium.FPDF_GetSignatureObject(document, index)
        if not mark or _text(pdfium.FPDFSignatureObj_GetSubFilter, mark, "ascii") in _TIMESTAMPS:
            continue
        contents = _bytes(pdfium.FPDFSignatureObj_GetContents, mark, MAX_CONTENTS)
        name, organisation, when = _signer(contents)
        yield Signature(
            name=name,
            organisation=organisation,
            signed_at=_moment(_text(pdfium.FPDFSignatureObj_GetTime, mark, "ascii")) or when,
            reason=_tidy(_text(pdfium.FPDFSignatureObj_GetReason, mark, "utf-16-le")),
            covers_whole_file=_covers(_range(mark), data),
        )


def _bytes(call: Any, mark: Any, most: int) -> bytes:
    """PDFium's way: asked for the length first, then for the bytes."""
    length = call(mark, None, 0)
    if not 0 < length <= most:
        return b""
    buffer = ctypes.create_string_buffer(length)
    call(mark, ctypes.cast(buffer, call.argtypes[1]), length)
    return buffer.raw[:length]


def _text(call: Any, mark: Any, encoding: str) -> str:
    return _bytes(call, mark, 64 * 1024).decode(encoding, "ignore").rstrip("\0")


def _range(mark: Any) -> tuple[int, ...]:
    if pdfium.FPDFSignatureObj_GetByteRange(mark, None, 0) != 4:
        return ()
    numbers = (ctypes.c_int * 4)()
    pdfium.FPDFSignatureObj_GetByteRange(mark, numbers, 4)
    return tuple(numbers)


def _covers(signed: tuple[int, ...], data: bytes) -> bool:
    """From the first byte to the last, but for one string in angle brackets: the signature."""
    if len(signed) != 4:
        return False
    start, length, again, rest = signed
    gap = data[length:again] if 0 < length < again else b""
    return start == 0 and again + rest == len(data) and gap[:1] == b"<" and gap[-1:] == b">" and b">" not in gap[:-1]


def _moment(text: str) -> datetime | None:
    """A PDF date; None for what is none."""
    match = _DATE.match(text)
    if not match:
        return None
    year, *rest = (int(part) if part else None for part in match.groups()[:6])
    month, day, hour, minute, second = (
        part if part is not None else least for part, least in zip(rest, (1, 1, 0, 0, 0), strict=True)
    )
    utc, sign, hours, minutes = match.groups()[6:]
    try:
        zone = UTC if utc else None
        if sign:
            away = timedelta(hours=int(hours), minutes=int(minutes or 0))
            zone = timezone(away if sign == "+" else -away)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _signer(contents: bytes) -> tuple[str, str, datetime | None]:
    """Name and organisation of the certificate that the signature points to, and the time it carries."""
    from asn1crypto import cms

    if not contents:
        return "", "", None
    try:
        signed = cms.ContentInfo.load(contents)["content"]
        signer = signed["signer_infos"][0]
        subject = _certificate(signed, signer["sid"]).subject.native
        when = next(
            (one["values"][0].native for one in signer["signed_attrs"] or () if one["type"].native == "signing_time"),
            None,
        )
        return (
            _tidy(subject.get("common_name", "")),
            _tidy(subject.get("organization_name", "")),
            when if isinstance(when, datetime) else None,
        )
    except Exception:  # asn1crypto raises nearly anything for what is not as it should be
        return "", "", None


def _certificate(signed: Any, wanted: Any) -> Any:
    certificates = [one.chosen for one in signed["certificates"] if one.name == "certificate"]
    for one in certificates:
        if wanted.name == "subject_key_identifier":
            if one.key_identifier == wanted.native:
                return one
        elif one.serial_number == wanted.chosen["serial_number"].native and one.issuer == wanted.chosen["issuer"]:
            return one
    raise LookupError("the signature brings no certificate of its signer")


def _tidy(value: Any) -> str:
    """A line a page can show; of several values (a list in the certificate) the last, the most exact."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return " ".join(text.split())[:MAX_CHARS]
