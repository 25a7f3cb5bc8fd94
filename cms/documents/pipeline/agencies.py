"""Offices named in a row: "Sở Tài chính, Sở Văn hóa và Thể thao và các đơn vị có liên quan" are three."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import names

_ALSO = (
    "công an", "đoàn", "đội", "mặt trận", "bảo hiểm", "kho bạc", "đài", "báo", "cơ quan", "đơn vị", "công ty",
    "tập đoàn", "doanh nghiệp", "nhà trường", "hiệu trưởng", "tổ", "bộ phận", "thư viện", "ngân hàng", "giáo viên",
    "cơ sở", "chi cục", "thanh tra", "ủy ban", "uỷ ban", "quân sự", "cha mẹ", "phụ huynh", "đồng chí", "kế toán",
)  # fmt: skip
_SEVERAL = re.compile(
    r"(?:và\s+)?(?:các|những|một số|toàn thể)\s+(?:cơ quan|đơn vị|sở|ban|bộ|phòng|trường|cơ sở|tổ chức|địa phương"
    r"|doanh nghiệp|trung tâm|nhà trường|bộ phận|tổ|giáo viên|thành viên|lực lượng|hội|đoàn thể)\b",
    re.IGNORECASE,
)
_LOOK = 80
_GAP = re.compile(r"\s*;\s*|\s*\n\s*|\s*,\s*(?:và\s+)?|\s+(?:và|cùng|cùng với)\s+")
_SCOPE = re.compile(r"\s+(?:đối với|phụ trách|chủ trì về|về việc)\s+(.*)$|\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True)
class Agency:
    """An office with its part of the work ("đối với việc …"), and where its name stands."""

    name: str
    scope: str
    anchor: str
    start: int
    end: int


def read_agencies(text: str, anchor: str, offset: int = 0) -> tuple[Agency, ...]:
    """The offices in `text`, which begins at `offset` of the passage; a scope holds for the offices before it."""
    found: list[Agency] = []
    for start, end in _pieces(text, re.compile(r"[;\n]")):
        scope_match = _SCOPE.search(text, start, end)
        scope = (scope_match[1] or scope_match[2] or "").strip(" .,;") if scope_match else ""
        until = scope_match.start() if scope_match else end
        for first, last in _offices(text, start, until):
            name = text[first:last]
            found.append(Agency(name, scope, anchor, offset + first, offset + last))
    return tuple(found)


def _offices(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for gap in _GAP.finditer(text, start, end):
        if _begins_office(text[gap.end() : min(end, gap.end() + _LOOK)]):
            yield from _trimmed(text, begun, gap.start())
            begun = gap.end()
    yield from _trimmed(text, begun, end)


def _begins_office(text: str) -> bool:
    if _SEVERAL.match(text):
        return True
    lower = f"{text.lower()} "
    starts = names.starts_organisation(text) or lower.startswith(tuple(f"{word} " for word in _ALSO))
    return starts and text[:1].isupper()


def _pieces(text: str, cut: re.Pattern) -> Iterator[tuple[int, int]]:
    start = 0
    for match in cut.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " .,;:-–\n\t":
        start += 1
    while end > start and text[end - 1] in " .,;:-–/\n\t":
        end -= 1
    if end > start:
        yield start, end
