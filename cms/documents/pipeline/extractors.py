"""From a file to the stream of lines and tables. One function a kind of file; the rest of the pipeline sees
no file.

A reader for another kind of file is one function `(data, name) -> Extracted` registered under what
`decode.sniff` calls that kind.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from . import decode, doctypes
from .inline import clean_line, is_rule
from .lines import Item, Line
from .tables import TableBuilder, cells_of, is_pipe_rule, is_row


@dataclass(frozen=True)
class Extracted:
    """The stream, what the extractor had to put right (sentences for the editor), and how many pages can be drawn."""

    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
    pages: int = 0


Extractor = Callable[[bytes, str], Extracted]
_EXTRACTORS: dict[str, Extractor] = {}
_PACKAGES = {"docx": ".docx", "doc": ".docx", "pdf": ".pdf"}
"""Extractors with a package of their own, by kind; it is loaded with the first file of that kind."""


def register(kind: str) -> Callable[[Extractor], Extractor]:
    """Make a function the extractor of the files `decode.sniff` calls `kind`."""

    def keep(function: Extractor) -> Extractor:
        _EXTRACTORS[kind] = function
        return function

    return keep


def extract(data: bytes, name: str) -> Extracted:
    """The stream of `data`. Raises `Unreadable` where there is no extractor or it refuses."""
    decode.check_size(len(data), name)
    kind = decode.sniff(data)
    if kind in _PACKAGES:
        import_module(_PACKAGES[kind], __package__)
    extractor = _EXTRACTORS.get(kind)
    if extractor is None:
        raise decode.not_supported(name)
    return extractor(data, name)


# Marks of a letterhead or signature printed in two columns; only there may a gap in a line mean two columns.
_LETTERHEAD = re.compile(
    r"cộng\s*h[oò][aà]\s*xã\s*hội|độc\s*lập\s*[-–—]+\s*tự\s*do|^\s*số\s*:|ngày\s*[\dlIO|.…]*\s*tháng\s*[\dlIO|.…]*\s*năm",
    re.IGNORECASE,
)
_RECIPIENTS = re.compile(r"^\s*\**\s*n[oơ]i\s+nh[aâậ]n\s*\**\s*:", re.IGNORECASE)
_APPENDIX = re.compile(r"^\W*phụ\s+lục\b", re.IGNORECASE)
_BODY = re.compile(r"^\s*(?:Căn cứ|Thực hiện|Theo|Xét|Kính gửi|Điều \d|[IVX]+[.\t]|1[.\t]|.{200})")
_GAP = re.compile(r"\t+|(?<=\S) {3,}(?=\S)")
_NUMBER_LABEL = re.compile(r"^\s*Số\s*:?\s*$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*(?:[-–—]\s*)?(?:trang\s+)?(\d{1,3})(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?\s*$", re.IGNORECASE)
_NEWLINE = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_HEAD_LINES = 18
_TAIL_LINES = 30
_INDENT_RIGHT = 24


@register("text")
def text_lines(data: bytes, name: str) -> Extracted:
    """Plain text and Markdown: mark-up resolved, tables gathered, two printed columns told apart."""
    decoded = decode.decode(data, name)
    raws = list(enumerate(_NEWLINE.sub("\n", decoded.text).split("\n"), start=1))
    return Extracted(tuple(_stream(raws)), decoded.warnings)


def _stream(raws: list[tuple[int, str]]) -> list[Item]:
    columns = two_columns(raws)
    page_numbers = _page_numbers(raws)
    items: list[Item] = []
    table: TableBuilder | None = None
    blank = 0
    for index, (number, raw) in enumerate(raws):
        if not raw.strip() or index in page_numbers:
            blank += 1
            continue
        if "\f" in raw:  # page break
            blank, raw = blank + 1, raw.replace("\f", "")
        if index in columns:
            for line in columns[index]:
                items.append(replace(line, blank_before=line.blank_before or blank))
                blank = 0
            continue
        if table is not None and is_pipe_rule(raw):
            continue
        if is_row(raw, inside=table is not None and not blank):
            row = cells_of(raw)
            if table is not None and table.takes(row, blank):
                table.add(row, blank)
            else:
                if table is not None:
                    items.append(table.build())
                table = TableBuilder(row, number, blank)
            blank = 0
            continue
        if table is not None:
            items.append(table.build())
            table = None
        if is_rule(raw):
            blank += 1
            continue
        if line := _line(raw, number, blank):
            items.append(line)
        blank = 0
    if table is not None:
        items.append(table.build())
    return items


def _line(raw: str, number: int, blank: int, column: str = "") -> Line | None:
    text, bold, hashes = clean_line(raw)
    text = " ".join(text.split())
    if not text:
        return None
    indent = len(raw) - len(raw.lstrip())
    return Line(
        text=text, number=number, raw=raw.strip(), blank_before=blank, bold=bold, hashes=hashes,
        column=column,
        centred=indent >= 8,
    )  # fmt: skip


def _page_numbers(raws: list[tuple[int, str]]) -> set[int]:
    """Lines that hold nothing but a number one higher than the last such line: pages, left by a PDF
    export.
    """
    found: list[tuple[int, int]] = []
    filled = [index for index, (_, raw) in enumerate(raws) if raw.strip()]
    for place, index in enumerate(filled):
        if len(raws[index][1]) < 100 and (match := _PAGE_NUMBER.match(raws[index][1])):
            lonely = index == 0 or not raws[index - 1][1].strip() or place == 0
            if lonely:
                found.append((index, int(match[1])))
    pages: set[int] = set()
    for (index, value), (later, following) in itertools.pairwise(found):
        if following == value + 1:
            pages |= {index, later}
    return pages


def two_columns(raws: list[tuple[int, str]]) -> dict[int, list[Line]]:
    """Lines of the letterhead and of the signature, where each was printed in two columns side by side.

    Keys are indexes of `raws`; the first line of such a part carries all its lines, left column first.
    """
    filled = [index for index, (_, raw) in enumerate(raws) if raw.strip()]
    parts: dict[int, list[Line]] = {}
    head = filled[:_HEAD_LINES]
    over = (place for place, index in enumerate(head) if _BODY.match(_start(raws[index][1])))
    head = head[: next(over, len(head))]
    last = max((place for place, index in enumerate(head) if _LETTERHEAD.search(_start(raws[index][1]))), default=-1)
    _split_part(raws, head[: last + 1], parts)
    for place, index in enumerate(filled):
        if _RECIPIENTS.match(_start(raws[index][1])):
            tail = []
            for other in filled[place : place + _TAIL_LINES]:
                start = _start(raws[other][1])
                if _APPENDIX.match(start) or doctypes.is_title(start) or raws[other][1].strip().count("\t") > 2:
                    break
                tail.append(other)
            _split_part(raws, tail, parts)
    return parts


def _start(raw: str) -> str:
    """The beginning of a line, enough to recognise a mark; bounded, so that no pattern runs over a huge
    line.
    """
    return raw[:2000].strip()[:300]


def _split_part(raws: list[tuple[int, str]], indexes: list[int], parts: dict[int, list[Line]]) -> None:
    if not any(_GAP.search(raws[index][1].strip()) for index in indexes) or any(index in parts for index in indexes):
        return
    left: list[Line] = []
    right: list[Line] = []
    for index in indexes:
        number, raw = raws[index]
        blank = 1 if index and not raws[index - 1][1].strip() else 0
        pieces = [piece for piece in _GAP.split(raw.strip()) if piece.strip()]
        indented = len(raw) - len(raw.lstrip(" ")) >= _INDENT_RIGHT or raw.startswith("\t")
        if indented:
            pieces = ["", " ".join(pieces)]
        if len(pieces) > 1 and _NUMBER_LABEL.match(pieces[0]) and pieces[1].lstrip()[:1] in "/0123456789":
            pieces[:2] = [f"{pieces[0]} {pieces[1].strip()}"]
        if pieces[0] and not is_rule(pieces[0]) and (line := _line(pieces[0], number, blank, "left")):
            left.append(line)
        rest = " ".join(pieces[1:])
        if rest and not is_rule(rest) and (line := _line(rest, number, blank, "right")):
            right.append(line)
    if indexes:
        parts.update({index: [] for index in indexes})
        parts[indexes[0]] = left + right
