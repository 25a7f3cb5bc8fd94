"""The block of particulars some sites' exports begin with: "Số hiệu: …", "Ngày ban hành: …", one a line or a
table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from search.text import strip_marks

from .lines import Item, Line, Table

_LABELS = {
    "so hieu": "number", "so ky hieu": "number", "so, ky hieu": "number", "loai van ban": "type",
    "noi ban hanh": "issuer", "co quan ban hanh": "issuer", "nguoi ky": "signer_name",
    "chuc danh": "signer_title",
    "chuc vu": "signer_title", "ngay ban hanh": "issued_on", "ngay co hieu luc": "effective_from",
    "ngay hieu luc": "effective_from", "linh vuc": "field", "nganh": "field", "linh vuc, nganh": "field",
    "trich yeu": "title", "tinh trang hieu luc": "", "tinh trang": "", "ngay het hieu luc": "",
    "ngay cong bao": "",
    "so cong bao": "", "hieu luc": "", "thuoc tinh": "", "ngay dang": "",
}  # fmt: skip
_UNKNOWN = re.compile(r"^\W*(?:đang cập nhật|đã biết|chưa biết|không xác định|…|\.{2,}|-+)?\W*$", re.IGNORECASE)
_SPOT = re.compile(rf"\b({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*\**\s*:")
_LOOK = 14


@dataclass
class Metadata:
    """Particulars by field name, the line of each, and how many items of the stream they took."""

    values: dict[str, tuple[str, int]] = field(default_factory=dict)
    taken: int = 0


def read_metadata(items: Sequence[Item]) -> Metadata:
    """Read the block at the very top; two labels at least, or it is no such block."""
    found = Metadata()
    labels = 0
    waiting = ""
    for index, item in enumerate(items[:_LOOK]):
        pairs = _pairs(item)
        if not pairs and waiting and isinstance(item, Line):
            pairs, waiting = [(waiting, item.text)], ""
            labels -= 1
        if not pairs:
            if index or not isinstance(item, Line) or not strip_marks(item.text).startswith("thuoc tinh"):
                break
            continue
        for label, value in pairs:
            labels += 1
            name = _LABELS[label]
            if name and not _UNKNOWN.match(value):
                found.values.setdefault(name, (value.strip(), item.number))
        waiting = pairs[-1][0] if not pairs[-1][1] else ""
        found.taken = index + 1
    return found if labels >= 2 else Metadata()


def _pairs(item: Item) -> list[tuple[str, str]]:
    if isinstance(item, Table):
        return [pair for row in item.rows for pair in _row_pairs(row)] if _all_labelled(item) else []
    folded = strip_marks(item.text)
    if ":" not in folded or len(folded) != len(item.text) or len(folded) > 400:
        return []
    spots = list(_SPOT.finditer(folded))
    if not spots or spots[0].start() > 3:
        return []
    ends = [spot.start() for spot in spots[1:]] + [len(folded)]
    return [
        (" ".join(spot[1].split()), item.text[spot.end() : end].strip(" *|;,\t"))
        for spot, end in zip(spots, ends, strict=True)
    ]


def _all_labelled(table: Table) -> bool:
    return all(_row_pairs(row) for row in table.rows if any(row))


def _row_pairs(row: Sequence[str]) -> list[tuple[str, str]]:
    cells = [cell for cell in row if cell]
    return [
        (_label(cell), value) for cell, value in zip(cells[::2], cells[1::2], strict=False) if _label(cell) in _LABELS
    ]


def _label(text: str) -> str:
    return " ".join(strip_marks(text).strip(" :*|").split())
