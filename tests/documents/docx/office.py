"""A stream of lines and tables set in Word as an office would have set it, by python-docx."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

from cms.documents.pipeline import marks, signature
from cms.documents.pipeline.letterhead import body_start
from cms.documents.pipeline.lines import Item, Line, Table
from tests.documents.docx.made import NAMES, abstract, level, num

_FORMATS = {"roman": "upperRoman", "arabic": "decimal", "arabic-paren": "decimal", "letter": "lowerLetter"}
_SIGNS = (".", ")", "/")

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(
    SOFFICE is None, reason="soffice is not installed (Debian: libreoffice-writer-nogui)"
)


def saved_by_libreoffice(data: bytes) -> bytes:
    """The same document opened and saved again by LibreOffice: its own numbering, styles and table grids."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.docx").write_bytes(data)
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                f"{folder}/out",
                f"{folder}/a.docx",
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return Path(folder, "out", "a.docx").read_bytes()


def set_in_word(items: Sequence[Item]) -> tuple[bytes, int]:
    """The document, and how many of its numbers are automatic: real tables, head and tail in two columns.

    A number is automatic wherever Word can print it so (its letters are a b c d e, without đ); the rest is typed.
    """
    document = docx.Document()
    lists = _Lists(document)
    head, tail = _head(items), _tail(items)
    body = body_start(items)
    for index, item in enumerate(items):
        if index in (head[:1] + tail[:1]):
            columns = [items[place] for place in (head if index in head else tail)]
            _columns(document, columns)
        if index in head or index in tail:
            continue
        if isinstance(item, Table):
            _table(document, item)
            continue
        for _blank in range(item.blank_before - 1):
            document.add_paragraph()
        paragraph = document.add_paragraph()
        text = lists.number(paragraph, item)
        paragraph.add_run(text).bold = item.bold or index < body or None
        if index < body and not item.text.endswith((".", ":", ";")):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), lists.automatic


class _Lists:
    """One list definition a kind of mark; a number that does not follow begins a list with a start of its own."""

    def __init__(self, document: docx.Document):
        self.root = document.part.numbering_part.element
        self.last: dict[tuple[str, str], tuple[int, int]] = {}
        self.next = 500
        self.automatic = 0

    def number(self, paragraph, line: Line) -> str:
        """Number `paragraph` as `line` is; returns the words left to type."""
        mark = marks.parse(line.text)
        if mark is None:
            return line.text
        if mark.is_bullet and mark.printed == "-":
            fmt, text, value = "bullet", "-", 1
        elif mark.style in _FORMATS and mark.printed in [f"{mark.number}{sign}" for sign in _SIGNS]:
            fmt, text = _FORMATS[mark.style], f"%1{mark.printed[-1]}"
            value = ord(mark.number) - ord("a") + 1 if fmt == "lowerLetter" else mark.ordinal
            if mark.number == "đ":
                return line.text
        else:
            return line.text
        key, last = self.last.get((fmt, text), (0, -1))
        if value != last + 1:
            key = self._begin(fmt, text, value)
        self.last[fmt, text] = key, value if fmt != "bullet" else 0
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = key
        self.automatic += fmt != "bullet"
        return mark.rest

    def _begin(self, fmt: str, text: str, start: int) -> int:
        self.next += 1
        for xml in (abstract(self.next, level(0, fmt, text)), num(self.next, self.next, {0: start})):
            element = parse_xml(xml.replace(" ", f" {NAMES} ", 1))
            first = self.root.find(num_tag())
            if element.tag == num_tag() or first is None:
                self.root.append(element)
            else:
                first.addprevious(element)
        return self.next


def num_tag() -> str:
    return docx.oxml.ns.qn("w:num")


def _table(document: docx.Document, item: Table) -> None:
    grid = document.add_table(len(item.rows), len(item.rows[0]), style="Table Grid")
    for cells, texts in zip(grid._tbl.tr_lst, item.rows, strict=True):
        for one, text in zip(cells.tc_lst, texts, strict=True):
            for place, line in enumerate(text.split("\n")):
                (one.p_lst[0] if not place else one.add_p()).add_r().text = line
    document.add_paragraph()


def _columns(document: docx.Document, lines: list[Line]) -> None:
    """Two cells side by side, without lines: left up to the national motto or the signer's office, the rest right."""
    grid = document.add_table(1, 2)
    turn = next(
        place for place, line in enumerate(lines) if line.text.startswith("CỘNG") or signature.is_office(line.text)
    )
    for one, part in zip(grid._tbl.tr_lst[0].tc_lst, (lines[:turn], lines[turn:]), strict=True):
        for place, line in enumerate(part):
            for _blank in range(line.blank_before - 1 if place else 0):
                one.add_p()
            paragraph = one.p_lst[0] if not place else one.add_p()
            paragraph.add_r().text = line.text


def _head(items: Sequence[Item]) -> list[int]:
    """The letterhead: everything down to place and date, where the national motto is printed."""
    top = [item.text for item in items[:20] if isinstance(item, Line)]
    if not any(text.startswith("CỘNG HÒA") for text in top):
        return []
    end = next(place for place, text in enumerate(top) if ", ngày" in text)
    return list(range(end + 1))


def _tail(items: Sequence[Item]) -> list[int]:
    """Recipients and signature, where both are printed."""
    start = next((i for i, item in enumerate(items) if isinstance(item, Line) and signature.is_recipients(item)), None)
    if start is None:
        return []
    found = [start]
    for index in range(start + 1, min(start + 20, len(items))):
        item = items[index]
        if not isinstance(item, Line) or marks.appendix(item.text):
            break
        found.append(index)
    return found if any(signature.is_office(items[index].text) for index in found) else []
