"""Documents as an office makes them: paragraphs and tables of a text in a Word file, saved as PDF by LibreOffice."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from cms.documents.pipeline.extractors import text_lines
from cms.documents.pipeline.lines import Item, Line, Table
from cms.documents.pipeline.names import is_capitals
from cms.documents.pipeline.paragraphs import join, wrapping

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(
    SOFFICE is None, reason="soffice is not installed (Debian: libreoffice-writer-nogui)"
)


def word_file(
    items: Iterable[Item], *, size: float = 13, justified: bool = False, indent: bool = False, gap: float = 0
) -> bytes:
    """The stream as a .docx: real paragraphs, ruled tables, letterhead and signature in a table without rules."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif", Pt(size)
    style.paragraph_format.space_after = Pt(gap)
    columns: list[Line] = []

    def side_by_side() -> None:
        if not columns:
            return
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        for cell, side in zip(cells, ("left", "right"), strict=True):
            lines = [line for line in columns if line.column == side]
            for index, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if not index else cell.add_paragraph()
                paragraph.add_run(line.text).bold = line.bold
                if side == "right" or not line.text.startswith(("-", "Nơi nhận")):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        columns.clear()

    for item in items:
        if isinstance(item, Line) and item.column:
            columns.append(item)
            continue
        side_by_side()
        if item.blank_before and len(document.paragraphs):
            document.add_paragraph()
        if isinstance(item, Table):
            _ruled(document, item.rows)
            continue
        paragraph = document.add_paragraph()
        paragraph.add_run(item.text).bold = item.bold or bool(item.hashes)
        if item.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            if justified:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            if indent:
                paragraph.paragraph_format.first_line_indent = Cm(1.27)
    side_by_side()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ruled(document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text


def stream_of(data: bytes, name: str) -> list[Item]:
    """The paragraphs and tables of a plain text; lines are put together only where it was broken at a fixed width."""
    items = list(text_lines(data, name).items)
    if not wrapping(items).width:
        return items
    found: list[Item] = []
    for capitals, group in itertools.groupby(items, lambda item: isinstance(item, Line) and is_capitals(item.text)):
        lines = list(group)
        found += lines if capitals else join(lines)
    return found


def pdf_of(data: bytes, suffix: str = ".docx", export: str = "pdf") -> bytes:
    """`data` saved as PDF by LibreOffice, with a profile of this process alone."""
    profile = Path(tempfile.gettempdir(), f"soffice-profile-{os.getpid()}")
    with tempfile.TemporaryDirectory(prefix="soffice-") as folder:
        source = Path(folder, f"in{suffix}")
        source.write_bytes(data)
        subprocess.run(
            [
                SOFFICE, "--headless", "--norestore", f"-env:UserInstallation=file://{profile}",
                "--convert-to", export, "--outdir", folder, str(source),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return Path(folder, "in.pdf").read_bytes()
