"""The parts of a Word package as Word writes them: styles, numbering, notes, runs torn by proofing and revisions."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from tests.documents.docx.made import NAMES, relations, zipped

_KINDS = {
    "document": "wordprocessingml.document.main",
    "styles": "wordprocessingml.styles",
    "numbering": "wordprocessingml.numbering",
    "footnotes": "wordprocessingml.footnotes",
    "settings": "wordprocessingml.settings",
    "footer1": "wordprocessingml.footer",
}
_OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}{kind}+xml"/>' for part, kind in _KINDS.items()
    )
    + "</Types>"
)
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11907" w:h="16840"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
_FOOTER = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
    '<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_WORDS = re.compile(r"\S+\s*")


class Runs:
    """Runs of a paragraph as Word leaves them: torn at proofing marks, editing sessions and tracked changes."""

    def __init__(self, seed: int, tracked: bool):
        self.random = random.Random(seed)
        self.tracked = tracked
        self.notes: list[str] = []
        self.changes = 0

    def text(self, words: str, *, bold: bool = False, italic: bool = False, size: int = 0, whole: bool = False) -> str:
        """Runs that print `words`; with `whole` they are never torn."""
        properties = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
        properties += f'<w:sz w:val="{size * 2}"/>' if size else ""
        parts = [words] if whole else self._torn(words)
        out = []
        for part in parts:
            rsid = f"{self.random.randrange(16**8):08X}"
            run = (
                f'<w:r w:rsidR="{rsid}"><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            )
            if len(parts) > 1 and self.random.random() < 0.3:
                run = f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'
            if self.tracked and len(parts) > 1 and self.random.random() < 0.12:
                run = self._changed(run, properties)
            out.append(run)
        return "".join(out)

    def note(self, words: str) -> str:
        """The reference to a new footnote that says `words`."""
        key = len(self.notes) + 1
        self.notes.append(
            f'<w:footnote w:id="{key}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
            '<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(words)}</w:t></w:r></w:p></w:footnote>'
        )
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{key}"/></w:r>'

    def _torn(self, words: str) -> list[str]:
        """Cut anywhere at most every fourth word; now and then inside one, as Word does after a correction."""
        parts, current = [], ""
        for match in _WORDS.finditer(words):
            word = match[0]
            if self.random.random() < 0.04 and len(word) > 3:
                parts.append(current + word[:2])
                current = word[2:]
            else:
                current += word
            if self.random.random() < 0.2:
                parts.append(current)
                current = ""
        leading = words[: len(words) - len(words.lstrip())]
        parts = [part for part in [*parts, current] if part]
        return [leading + parts[0], *parts[1:]] if parts else [words]

    def _changed(self, run: str, properties: str) -> str:
        self.changes += 1
        who = f'w:id="{900 + self.changes}" w:author="Người Soát" w:date="2025-03-04T08:00:00Z"'
        old = f"<w:del {who}><w:r><w:rPr>{properties}</w:rPr><w:delText>chữ cũ đã bỏ </w:delText></w:r></w:del>"
        return f"{old}<w:ins {who}>{run}</w:ins>"


class Lists:
    """numbering.xml: a ladder for the headings of each part, and a list for each run of points."""

    def __init__(self) -> None:
        self.abstracts: list[str] = []
        self.nums: list[str] = []
        self.runs: dict[object, int] = {}
        self.definitions: dict[int, int] = {}

    def ladder(self, levels: Sequence[tuple[str, str, bool]], styles: Sequence[str] = ()) -> int:
        """A multi-level list: (format, text, restarts) a level; `styles` are the heading styles bound to it."""
        key = len(self.abstracts) + 1
        made = ""
        for index, (fmt, text, restarts) in enumerate(levels):
            style = f'<w:pStyle w:val="{styles[index]}"/>' if index < len(styles) else ""
            restart = "" if restarts else '<w:lvlRestart w:val="0"/>'
            made += (
                f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{restart}{style}'
                f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/>'
                "</w:pPr></w:lvl>"
            )
        self.abstracts.append(
            f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>'
        )
        return self._num(key)

    def run(self, key: object, fmt: str, text: str) -> int:
        """The list for one run of points; the same key gives the same list."""
        if key not in self.runs:
            abstract = self.ladder([(fmt, text, True)])
            self.runs[key] = abstract
        return self.runs[key]

    def again(self, num: int) -> int:
        """A list that goes by the same definition as `num` and begins at 1."""
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        return self._num(self.definitions[num], override)

    def _num(self, abstract: int, override: str = "") -> int:
        key = len(self.nums) + 1
        self.definitions[key] = abstract
        self.nums.append(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        return key

    @property
    def xml(self) -> str:
        return "".join(self.abstracts) + "".join(self.nums)


def paragraph(inside: str, *, align: str = "", indent: bool = False, style: str = "", extra: str = "") -> str:
    """A paragraph; the order of its properties is the schema's."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += extra
    properties += '<w:ind w:firstLine="720"/>' if indent else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:p w:rsidR="00A12B34" w:rsidRDefault="00A12B34"><w:pPr>{properties}</w:pPr>{inside}</w:p>'


def numbered(num: int, level: int) -> str:
    """The numbering of a paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def cell(inside: str, width: int, span: int = 1, merge: str = "") -> str:
    """A table's cell; `merge` is "restart" or "continue" where it is merged downwards."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def table(rows: Iterable[str], widths: Sequence[int], bordered: bool) -> str:
    """A table of finished rows."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    drawn = f"<w:tblBorders>{borders}</w:tblBorders>" if bordered else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{drawn}<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: Iterable[str], header: bool = False) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def text_box(inside: str) -> str:
    """A run that holds a text box, as Word writes it: the new drawing, and the old one for older programs."""
    shape = (
        '<w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202" style="width:430pt;height:48pt">'
        f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return f"<w:r>{shape}</w:r>"


def styles(headings: Sequence[tuple[str, int, int]], size: int) -> str:
    """styles.xml; `headings` are (style, list, level) of numbers bound to styles."""
    made = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{numbered(num, level)}</w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for name, num, level in headings
    )
    return (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:cs="Times New Roman"/><w:sz w:val="{size * 2}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
        f"{made}"
    )


def package(body: str, runs: Runs, lists: Lists, style_part: str) -> bytes:
    """The whole package."""
    parts = {
        "styles": ("styles", style_part),
        "numbering": ("numbering", lists.xml),
        "footnotes": ("footnotes", _SEPARATORS + "".join(runs.notes)),
        "footer1": ("ftr", _FOOTER),
        "settings": ("settings", '<w:defaultTabStop w:val="720"/>'),
    }
    kinds = {"footer1": "footer"}
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": relations(
            {f"rId{key}": (kinds.get(part, part), f"{part}.xml") for key, part in enumerate(parts, start=1)}
        ),
        "word/document.xml": f"{head}<w:document {NAMES}><w:body>{body}{_SECTION}</w:body></w:document>",
    }
    for part, (root, inside) in parts.items():
        members[f"word/{part}.xml"] = f"{head}<w:{root} {NAMES}>{inside}</w:{root}>"
    return zipped(members)
