"""The ZIP package of a Word document, opened with suspicion: listed before anything is unpacked, everything bounded.

The parts are found by the package's relationships (ECMA-376 part 2), so it does not matter what a program called
them. XML is parsed without entities, network and huge trees; a document type declaration is refused.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from lxml import etree

from ..errors import Unreadable

MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_PART = 96 * 1024 * 1024
"""The most one XML part may unpack to; a thousand pages are about 20 MB."""
MAX_SIDE_PART = 24 * 1024 * 1024
"""The most a part that is parsed as a whole (styles, numbering, notes) may unpack to."""
MAX_RATIO = 400
BOMB_FROM = 20 * 1024 * 1024
"""Below this size no ratio is alarming: repeated table rows shrink two hundredfold."""

_MAIN = "/officeDocument"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)  # fmt: skip
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "dtd_validation": False,
    "remove_comments": True,
    "remove_pis": True,
}


@dataclass
class Package:
    """An opened package. `main` is the name of the document part; `relations` its targets by id and by type."""

    name: str
    zip: zipfile.ZipFile
    main: str = ""
    targets: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def related(self, kind: str) -> etree._Element | None:
        """The root of the part the document names as its "styles", "numbering", "footnotes" …; None without one."""
        return self.part(self.types.get(kind, ""))

    def part(self, name: str) -> etree._Element | None:
        """The root of a part by name, None where it is missing. A damaged one is refused."""
        if not name or name not in self.zip.NameToInfo:
            return None
        data = self._bytes(name, MAX_SIDE_PART)
        try:
            root = etree.fromstring(data, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error
        _without_type_declaration(root, self.name)
        return root

    def stream(self, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """The elements of the document part that are called one of `tags`, each when it has been read whole."""
        data = self._bytes(self.main, MAX_PART)
        try:
            checked = False
            for _event, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **_SAFE):
                if not checked:
                    _without_type_declaration(element, self.name)
                    checked = True
                yield element
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error

    def _bytes(self, name: str, limit: int) -> bytes:
        if self.zip.NameToInfo[name].file_size > limit:
            raise too_large(self.name)
        try:
            with self.zip.open(name) as member:
                data = member.read(limit + 1)
        except _READ_ERRORS as error:
            raise damaged(self.name) from error
        if len(data) > limit:
            raise too_large(self.name)
        if b"http://purl.oclc.org/ooxml/" in data[:4096]:  # "Strict Open XML": the same elements, other names for them
            for strict, usual in _TRANSITIONAL:
                data = data.replace(strict, usual)
        return data


def open_package(data: bytes, name: str) -> Package:
    """The package in `data`. Raises `Unreadable` for what is no Word document, is damaged or is not safe to open."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except _READ_ERRORS as error:
        raise damaged(name) from error
    infos = opened.infolist()
    _bounded(infos, len(data), name)
    names = set(opened.NameToInfo)
    if any(posixpath.basename(member).lower() == "vbaproject.bin" for member in names):
        raise _refusal(
            _(
                "“{name}” holds macros (programs inside the document); such files are not opened here. In Word choose "
                "“Save as”, type “Word Document (*.docx)”, and upload the result."
            ),
            name,
        )
    if any(info.flag_bits & 1 for info in infos) or "EncryptedPackage" in names:
        raise _protected(name)
    package = Package(name, opened)
    package.main = _main_part(package)
    _relations(package)
    return package


def refusal_of_compound_file(data: bytes, name: str) -> Unreadable:
    """Why a compound file (D0 CF 11 E0) is not read: encrypted documents and old .doc files both are one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _protected(name)
    if "WordDocument".encode("utf-16-le") in data:
        return _refusal(
            _(
                "“{name}” is in the format of old Word versions (.doc), which is not read here. Open it in Word or "
                "LibreOffice, choose “Save as”, type “Word Document (*.docx)”, and upload the result."
            ),
            name,
        )
    return _refusal(
        _(
            "“{name}” is a file of an old Office version and no Word document. Save the text as a Word document "
            "(.docx) and upload that."
        ),
        name,
    )


def damaged(name: str) -> Unreadable:
    """The refusal of a file that is torn, half uploaded or not well-formed inside."""
    return _refusal(
        _(
            "“{name}” is damaged: it begins like a Word document but cannot be opened to its end. Open it in Word or "
            "LibreOffice, save it again as .docx, and upload the result."
        ),
        name,
    )


def too_large(name: str) -> Unreadable:
    """The refusal of a file that unpacks to more than can be read."""
    return _refusal(
        _(
            "“{name}” unpacks to far more than a document holds, so it was not opened. Copy the text into a new "
            "document, save it as .docx, and upload the result."
        ),
        name,
    )


def _bounded(infos: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    """Refuse by the list of members alone: their number, what they unpack to, and how far each was squeezed."""
    total = sum(info.file_size for info in infos)
    squeezed = any(
        info.file_size > BOMB_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size) for info in infos
    )
    overlapping = sum(info.compress_size for info in infos) > packed
    if len(infos) > MAX_MEMBERS or total > MAX_UNPACKED or squeezed or overlapping:
        raise too_large(name)


def _main_part(package: Package) -> str:
    """The part the package itself names as its document; it must be a Word document."""
    names = package.zip.NameToInfo
    main = ""
    for kind, target, _key in _relationships(package, "_rels/.rels", ""):
        if kind.endswith(_MAIN):
            main = target
            break
    if not main and "word/document.xml" in names:
        main = "word/document.xml"
    if main.startswith("xl/") or main.startswith("ppt/") or (not main and "[Content_Types].xml" not in names):
        raise _refusal(
            _(
                "“{name}” is a ZIP file but no Word document. Upload the document itself, saved as .docx, not an "
                "archive, a spreadsheet or a presentation."
            ),
            package.name,
        )
    if not main or main not in names:
        raise _refusal(
            _(
                "“{name}” lacks the part a Word document keeps its text in (word/document.xml). Open it in Word or "
                "LibreOffice, save it again as .docx, and upload the result."
            ),
            package.name,
        )
    return main


def _relations(package: Package) -> None:
    folder, file = posixpath.split(package.main)
    for kind, target, key in _relationships(package, posixpath.join(folder, "_rels", f"{file}.rels"), folder):
        package.targets[key] = target
        package.types.setdefault(posixpath.basename(kind), target)


def _relationships(package: Package, part: str, folder: str) -> Iterator[tuple[str, str, str]]:
    """Type, target and id of each relationship inside the package; links to the outside are never followed."""
    root = package.part(part)
    if root is None:
        return
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield relation.get("Type", ""), target, relation.get("Id", "")


def _without_type_declaration(element: etree._Element, name: str) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise _refusal(
            _(
                "“{name}” declares entities of its own, which no word processor writes and which can harm the reader, "
                "so it was not opened. Copy the text into a new document, save it as .docx, and upload the result."
            ),
            name,
        )


def _protected(name: str) -> Unreadable:
    return _refusal(
        _(
            "“{name}” is protected by a password. Open it with the password, remove the protection (in Word: File, "
            "Info, Protect Document, Encrypt with Password, leave it empty), save it as .docx and upload it again."
        ),
        name,
    )


def _refusal(message, name: str) -> Unreadable:
    return Unreadable(format_lazy(message, name=name))
