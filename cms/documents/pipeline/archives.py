"""ZIP packages of office files (spreadsheets, slides, OpenDocument), opened with suspicion as Word documents are:
listed before anything is unpacked, every part bounded, XML without entities, document types and network."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from lxml import etree

from .docx.archive import BOMB_FROM, MAX_MEMBERS, MAX_PART, MAX_RATIO, MAX_SIDE_PART, MAX_UNPACKED
from .errors import Unreadable

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
class Archive:
    """An opened package; `names` are its parts."""

    name: str
    zip: zipfile.ZipFile

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.zip.NameToInfo)

    def read(self, part: str, limit: int = MAX_PART) -> bytes:
        """A part's bytes. Raises `Unreadable` for one that is missing, damaged or unpacks to more than `limit`."""
        info = self.zip.NameToInfo.get(part)
        if info is None:
            raise damaged(self.name)
        try:
            with self.zip.open(info) as member:
                data = member.read(limit + 1) if info.file_size <= limit else None
        except _READ_ERRORS as error:
            raise damaged(self.name) from error
        if data is None or len(data) > limit:
            raise too_large(self.name)
        return data

    def root(self, part: str) -> etree._Element:
        """The root of a small part."""
        try:
            root = etree.fromstring(self.read(part, MAX_SIDE_PART), etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error
        _without_type_declaration(root, self.name)
        return root

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """(type, target) by id of what a part refers to inside the package; links to the outside are left out."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.names:
            return {}
        found = {}
        for relation in self.root(relations).iter("{*}Relationship"):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                found[relation.get("Id", "")] = (posixpath.basename(relation.get("Type", "")), inside)
        return found

    def refuse_type_declarations(self) -> None:
        """For a part read by another library: no XML part may declare a document type in its first lines."""
        for part in self.names:
            if part.endswith((".xml", ".rels")):
                try:
                    with self.zip.open(part) as member:
                        head = member.read(8192).replace(b"\x00", b"")
                except _READ_ERRORS as error:
                    raise damaged(self.name) from error
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise _declares(self.name)


def open_archive(data: bytes, name: str) -> Archive:
    """The package in `data`. Raises `Unreadable` for what is damaged, locked, or unpacks to more than it should."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except _READ_ERRORS as error:
        raise damaged(name) from error
    infos = opened.infolist()
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    squeezed = any(
        info.file_size > BOMB_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size) for info in infos
    )
    if len(infos) > MAX_MEMBERS or total > MAX_UNPACKED or squeezed or packed > len(data):
        raise too_large(name)
    if any(info.flag_bits & 1 for info in infos) or _is_encrypted_open_document(opened):
        raise _refusal(_("“{name}” is protected with a password. Save it without one and upload it again."), name)
    return Archive(name, opened)


def damaged(name: str) -> Unreadable:
    """The refusal of a package that is torn or not well-formed inside."""
    return _refusal(_("“{name}” is damaged. Open it in its own program, save it anew and upload the result."), name)


def too_large(name: str) -> Unreadable:
    """The refusal of a package that unpacks to more than is read."""
    return _refusal(_("“{name}” unpacks to far more than a document holds, so it was not opened."), name)


def _is_encrypted_open_document(opened: zipfile.ZipFile) -> bool:
    """OpenDocument encrypts part by part and says so in its manifest."""
    info = opened.NameToInfo.get("META-INF/manifest.xml")
    if info is None or info.file_size > MAX_SIDE_PART:
        return False
    try:
        return b"encryption-data" in opened.read(info)
    except _READ_ERRORS:
        return False


def _without_type_declaration(element: etree._Element, name: str) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise _declares(name)


def _declares(name: str) -> Unreadable:
    return _refusal(
        _("“{name}” declares entities of its own, which no office program writes, so it was not opened."), name
    )


def _refusal(message, name: str) -> Unreadable:
    return Unreadable(format_lazy(message, name=name))
