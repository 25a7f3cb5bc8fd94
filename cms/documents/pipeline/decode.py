"""From bytes to text: what kind of file it is, which encoding, and a plain refusal where it cannot be read.

Sizes are bounded before anything else: `check_size` needs only a number, so a caller can refuse a huge upload
without holding it. Text is always returned in NFC, with look-alike letters put right.
"""

import re
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import characters, legacy
from .errors import Unreadable

MAX_BYTES = 25 * 1024 * 1024
MAX_LINE = 1_000_000

_SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"PK\x05\x06", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
)
_HTML = re.compile(rb"^\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
# Readers of PDF look for its first line in the first 1,024 bytes: some programs write their own in front of it.
_PDF_BEHIND_JUNK = re.compile(rb"(?:^|[\r\n\x00])%PDF-\d\.\d[\r\n]")
# cp1258 writes the tone as a byte of its own behind the vowel: grave CC, hook D2, tilde DE, acute EC, dot F2.
_CP1258_TONE = re.compile(rb"[AEIOUYaeiouy\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][\xcc\xd2\xde\xec\xf2]")
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Decoded:
    """Text in NFC, the encoding it came in, and what had to be put right (sentences for the editor)."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def check_size(size: int, name: str) -> None:
    """Raise `Unreadable` when a file of `size` bytes is empty or too large; needs no content."""
    if size == 0:
        raise _unreadable(_("“{name}” is empty: there is no text in it. Check the file and upload it again."), name)
    if size > MAX_BYTES:
        raise _unreadable(
            _(
                "“{name}” is {size} MB; the largest file read here is {limit} MB. Leave out the pictures "
                "or split the "
                "document, save it as plain text (UTF-8) and upload it again."
            ),
            name,
            size=-(-size // (1024 * 1024)),
            limit=MAX_BYTES // (1024 * 1024),
        )


def sniff(data: bytes) -> str:
    """The kind of file by its first bytes, never by its name: "text", "docx", "pdf", "doc", "rtf",
    "html", …
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if _PDF_BEHIND_JUNK.search(data[:1024]):
        return "pdf"
    return "html" if _HTML.match(data[:512]) else "text"


def not_supported(name: str) -> Unreadable:
    """The refusal for a kind of file no extractor is registered for."""
    return _unreadable(
        _(
            "“{name}” is not of a kind that is read here; Word documents (.docx), PDF files and text files (.txt, .md) "
            "are. Open it in its own program, choose “Save as”, type “Word Document (*.docx)” or “Plain text” with the "
            "encoding “UTF-8”, and upload the result."
        ),
        name,
    )


def decode(data: bytes, name: str) -> Decoded:
    """Text of `data`: UTF-8, UTF-16, Windows-1258, TCVN3 or VNI. Raises `Unreadable` for all else, saying why."""
    check_size(len(data), name)
    text, encoding, notes = _decode(data, name)
    text = characters.nfc(text)
    if old := legacy.recognise(text):
        text, encoding = _converted(text, old, name), old
        notes.append(_converted_note(old))
    text, controls = characters.without_controls(text)
    text, swapped = characters.without_lookalikes(text)
    text = characters.nfc(text)
    if not text.strip():
        raise _unreadable(_("“{name}” is empty: there is no text in it. Check the file and upload it again."), name)
    if max(map(len, text.split("\n"))) > MAX_LINE:
        raise _too_long(name)
    if controls:
        notes.append(gettext("Control characters were left out: %(count)d.") % {"count": controls})
    if swapped:
        notes.append(
            gettext("Look-alike letters were put right (for example Ð for Đ): %(count)d.") % {"count": swapped}
        )
    return Decoded(text, encoding, tuple(notes))


def _decode(data: bytes, name: str) -> tuple[str, str, list[str]]:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return _utf16(data[2:], encoding, name)
    if b"\x00" in data:
        encoding = _unmarked_utf16(data)
        if encoding:
            return _utf16(data, encoding, name)
        raise _unreadable(
            _(
                "“{name}” holds NUL bytes, so it is not text, or it was damaged on the way. Open the "
                "document in its "
                "own program, save it as plain text (UTF-8) and upload it again."
            ),
            name,
        )
    if _longest_line(data) > MAX_LINE * 3:  # before any regular expression sees it; three bytes a letter at most
        raise _too_long(name)
    _refuse_binary(data, name)
    text = _strict_utf8(data)
    return _legacy_bytes(data, name) if text is None else (text, "utf-8", [])


def _strict_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes, encoding: str, name: str) -> tuple[str, str, list[str]]:
    text = data[: len(data) - len(data) % 2].decode(encoding, "replace")
    if "\x00" in text or text.count("\ufffd") > len(text) // 200:
        raise _not_recognised(name)
    return text, encoding, []


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: spaces and ASCII letters leave a zero in every other byte, on one
    side only.
    """
    sample = data[:200_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.3 and even <= half * 0.01:
        return "utf-16-le"
    if even > half * 0.3 and odd <= half * 0.01:
        return "utf-16-be"
    return None


def _legacy_bytes(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """Bytes that are not UTF-8: nearly UTF-8 with a few broken bytes, Windows-1258, or a refusal."""
    loose = data.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if sum(1 for char in loose if char > "\x7f") > broken * 20:
        line = loose.count("\n", 0, loose.index("\ufffd")) + 1
        note = gettext("Characters that could not be read: %(count)d, the first on line %(line)d.")
        return loose, "utf-8", [note % {"count": broken, "line": line}]
    drawn = data.decode("cp1252", "replace")
    old = legacy.recognise(drawn)
    tones = len(_CP1258_TONE.findall(data))
    if old == "tcvn3":
        return drawn, old, []
    text = characters.nfc(data.decode("cp1258", "replace"))
    high = sum(1 for byte in data if byte > 0x7F)
    if tones >= high * 0.2 and characters.vietnamese_share(text) > 0.03:
        return text, "windows-1258", []
    if old:
        return drawn, old, []
    raise _not_recognised(name)


def _converted(text: str, encoding: str, name: str) -> str:
    """`text` in Unicode; refused where more than one letter in fifty was lost on the way to this file."""
    converted = legacy.convert(text, encoding)
    if legacy.unreadable(converted) > sum(map(str.isalpha, converted)) * 0.02:
        raise _not_convertible(encoding, name)
    return converted


def _converted_note(encoding: str) -> str:
    if encoding == "vni":
        return gettext("The text was in the old VNI encoding (fonts like VNI-Times) and was converted to Unicode.")
    return gettext(
        "The text was in the old TCVN3 (ABC) encoding (fonts like .VnTime) and was converted to Unicode. TCVN3 has no "
        "capital letters with tone marks: check the capitals in names and headings."
    )


def _refuse_binary(data: bytes, name: str) -> None:
    if len(_BINARY.findall(data)) > len(data) * 0.002:
        raise _unreadable(
            _(
                "“{name}” is not text: it holds bytes that no text has. Open the document in its own "
                "program, save it "
                "as plain text (UTF-8) and upload it again."
            ),
            name,
        )


def _longest_line(data: bytes) -> int:
    return max(map(len, data.split(b"\n")))


def _not_convertible(encoding: str, name: str) -> Unreadable:
    font, sample = {"tcvn3": ("TCVN3", ".VnTime"), "vni": ("VNI", "VNI-Times")}[encoding]
    return _unreadable(
        _(
            "“{name}” is written in the old {font} encoding (fonts like {sample}) and too many of its characters were "
            "lost before it came here. Convert the original document to Unicode with a Vietnamese keyboard program’s "
            "conversion tool (for example UniKey Toolkit, source {font}, target Unicode), save it as plain text "
            "(UTF-8) and upload it again."
        ),
        name,
        font=font,
        sample=sample,
    )


def _not_recognised(name: str) -> Unreadable:
    return _unreadable(
        _(
            "The encoding of “{name}” was not recognised; UTF-8, UTF-16, Windows-1258, TCVN3 and VNI are. Open the "
            "document, save it as plain text with the encoding “UTF-8” and upload it again."
        ),
        name,
    )


def _too_long(name: str) -> Unreadable:
    return _unreadable(
        _(
            "“{name}” has a line of more than 1,000,000 characters, so it is not a document a person wrote "
            "in lines. "
            "Save the document as plain text (UTF-8) with line breaks and upload it again."
        ),
        name,
    )


def _unreadable(message, name: str, **values) -> Unreadable:
    return Unreadable(format_lazy(message, name=name, **values))
