"""What a document says it does to each document it names.

In the preamble "Căn cứ …" gives the legal bases and "Thực hiện …" or "Triển khai …" what is implemented; a legal
basis whose name the title says it carries out is implemented too. Below, a document is only mentioned unless an
operative clause says an effect of *this* document on it. The clauses are read by strict patterns: what another
document did ("được sửa đổi bởi …"), what somebody shall do ("Tham mưu sửa đổi …") and what is denied are mentions.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.text import number_key, strip_marks

from . import docnumbers
from .citations import Citation, preamble
from .nodes import Node, row_anchors, row_text

LEGAL_BASIS, MENTION, IMPLEMENTS, GUIDES = "legal_basis", "mention", "implements", "guides"
AMENDS, REPLACES, REPEALS, CORRECTS, CONSOLIDATES = "amends", "replaces", "repeals", "corrects", "consolidates"


@dataclass(frozen=True)
class Kind:
    """What is said of one citation. ``is_partial``: of a part of that document only."""

    kind: str
    in_preamble: bool = False
    is_partial: bool = False


_MENTION = Kind(MENTION)

_VERBS = {
    REPLACES: r"thay\s+thế",
    REPEALS: r"(?:bãi|hủy|huỷ)\s+bỏ",
    AMENDS: r"sửa\s+đổi(?:\s*,\s*|\s+và\s+|\s+)bổ\s+sung|sửa\s+đổi|bổ\s+sung",
    CORRECTS: r"đính\s+chính",
    CONSOLIDATES: r"hợp\s+nhất",
    GUIDES: r"(?:quy\s+định\s+chi\s+tiết\s*(?:,|và)\s*)?hướng\s+dẫn\s+(?:thực\s+hiện|thi\s+hành|áp\s+dụng|triển\s+khai)"
    r"|quy\s+định\s+chi\s+tiết",
}
_VERB = "|".join(f"(?P<{kind}>{verb})" for kind, verb in _VERBS.items())
_SELF = (
    r"(?:văn\s+bản|quyết\s+định|thông\s+tư(?:\s+liên\s+tịch)?|nghị\s+định|nghị\s+quyết|chỉ\s+thị|kế\s+hoạch|đề\s+án|"
    r"chương\s+trình|quy\s+chế|quy\s+định|hướng\s+dẫn|công\s+văn|thông\s+báo)\s+này"
)
_PART = (
    r"một\s+phần|một\s+số\s+(?:điều|khoản|điểm|nội\s+dung|quy\s+định)|điều\s+\d|khoản\s+\d|điểm\s+[a-zđ]\b|"
    r"(?:mục|chương|phần)\s+[ivxl\d]|phụ\s+lục|gạch\s+đầu\s+dòng|cụm\s+từ"
)
_IS_PART = re.compile(_PART, re.IGNORECASE)
# Between the verb and the document: the parts meant, the thing issued with it, words that only lead to it.
_TO_IT = r"(?P<between>(?:(?!\b(?:bởi|bằng|theo|tại|trong|căn\s+cứ)\b|[;:]|\.\s)[^“”\"]){0,160}?)"
_KEPT_TO = r"(?:\s*(?:,|và)?\s*ban\s+hành\s+(?:kèm\s+)?theo)?\s*(?:các\s+)?$"
_OF_ITSELF = re.compile(
    rf"\b{_SELF}\s+(?:(?:có\s+hiệu\s+lực|được\s+áp\s+dụng)(?:(?!\.\s|;)[^;]){{0,120}}?(?:,|\bvà)\s*(?:đồng\s+thời\s+)?)?"
    rf"(?:{_VERB})\b{_TO_IT}{_KEPT_TO}",
    re.IGNORECASE,
)
_ORDERED = re.compile(rf"(?:^|[.;]\s+)(?:nay\s+)?(?:{_VERB})\b{_TO_IT}{_KEPT_TO}", re.IGNORECASE)
_LIST_OPENS = re.compile(
    rf"(?:\b{_SELF}\s+(?:[^.;]{{0,120}}?(?:,|\bvà)\s*)?|^)(?:{_VERB})\b[^.;]{{0,120}}:\s*$", re.IGNORECASE
)
_NO_LONGER = re.compile(
    rf"^(?:(?!\.\s|;)[^;]){{0,400}}?\b(?:hết\s+hiệu\s+lực(?:\s+(?:thi\s+hành|thực\s+hiện))?\s*,?\s*(?:kể\s+)?từ\s+(?:ngày|khi)"
    rf"\s+{_SELF}|được\s+thay\s+thế\s+(?:bởi|bằng)\s+{_SELF}|bị\s+(?:bãi|hủy|huỷ)\s+bỏ\s+(?:bởi|bằng|theo)\s+{_SELF})",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:,|;|\bvà)\s*(?:các\s+)?$")
_HEAD_WORD = re.compile(r"(?:^\W{0,4}|[;.]\s*)(?P<word>căn\s+cứ|thực\s+hiện|triển\s+khai)\b", re.IGNORECASE)
_IN_TITLE = re.compile(rf"^\W*(?:v/v|về\s+việc|về)?\s*(?:ban\s+hành\s+)?(?:{_VERB})\b(?P<rest>.*)", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"\b(?:trien khai|thuc hien)(?: thuc hien)? (?:ke hoach |de an |chuong trinh |chi thi )?")
_NAMING = re.compile(r"^(?:ve viec |ve |v v )?(?:ban hanh |phe duyet |trien khai )*(?:ke hoach |de an |chuong trinh )?")
_NUMBER = re.compile(docnumbers.NUMBER)
_SURE_NAME = 6
"""A name of at least so many words is one plan's own and not a common phrase."""


def kinds(nodes: Sequence[Node], citations: Sequence[Citation], title: str = "") -> list[Kind]:
    """One ``Kind`` for each citation, in the same order. ``title`` is the document's own (trích yếu)."""
    texts = dict(_texts(nodes))
    above = preamble(nodes)
    carried_out = _carried_out(nodes, above, title)
    listed = _listed(nodes)
    by_title = _by_title(title)
    found: list[Kind] = []
    previous: Citation | None = None
    for citation in citations:
        text = texts.get(citation.anchor, "")
        if citation.kind == LEGAL_BASIS or (citation.anchor in above and _head_word(text, citation.start)):
            kind = _in_preamble(text, citation, carried_out)
        else:
            before = found[-1] if previous and previous.anchor == citation.anchor else None
            kind = _operative(text, citation, previous if before else None, before)
            if kind.kind == MENTION and citation.start == 0 and citation.anchor in listed:
                kind = listed[citation.anchor]
        if said := by_title.get(citation.key):
            kind = Kind(said.kind, kind.in_preamble, said.is_partial)
        found.append(kind)
        previous = citation
    return found


def _texts(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    found = []
    for node in nodes:
        if node.kind == "table":
            rows = zip(row_anchors(node), node.data_rows, strict=True)
            found += [(anchor, row_text(row)) for anchor, row in rows]
        else:
            found.append((node.anchor, node.text))
    return found


def _head_word(text: str, start: int) -> str:
    """The word that leads to a document of the preamble: can cu, thuc hien, trien khai, or ""."""
    words = [match["word"] for match in _HEAD_WORD.finditer(text, 0, start)]
    return " ".join(strip_marks(words[-1]).split()) if words else ""


def _in_preamble(text: str, citation: Citation, carried_out: str) -> Kind:
    word = _head_word(text, citation.start)
    if word in ("thuc hien", "trien khai"):
        return Kind(IMPLEMENTS, in_preamble=True)
    name = _NAMING.sub("", _plain(citation.title_raw))
    if len(name.split()) >= _SURE_NAME and any(
        carried_out.startswith(name, match.end()) for match in _CARRIES_OUT.finditer(carried_out)
    ):
        return Kind(IMPLEMENTS, in_preamble=True)
    return Kind(LEGAL_BASIS, in_preamble=True)


def _carried_out(nodes: Sequence[Node], above: frozenset[str], title: str) -> str:
    """The title and what the preamble says in its own words ("… triển khai thực hiện Kế hoạch …")."""
    own = [node.text for node in nodes if node.anchor in above and not _HEAD_WORD.match(node.text)]
    return " . ".join(_plain(text) for text in (title, *own))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", strip_marks(text)).split())


def _operative(text: str, citation: Citation, previous: Citation | None, before: Kind | None) -> Kind:
    head = text[: citation.start]
    if match := _OF_ITSELF.search(head):
        return _effect(match)
    if (match := _ORDERED.search(head)) and _may_order(match, citation.anchor):
        return _effect(match)
    if match := _NO_LONGER.match(text[citation.end :]):
        says_replaced = "thay" in strip_marks(match[0][-60:])
        return Kind(REPLACES if says_replaced else REPEALS, is_partial=bool(_IS_PART.search(_last_clause(head))))
    if previous and before and before.kind not in (MENTION, LEGAL_BASIS, IMPLEMENTS):
        between = text[previous.end : citation.start]
        if _JOINED.search(between) and not re.search(r"[.;]\s", between[:-2]):
            return before
    return _MENTION


def _may_order(match: re.Match, anchor: str) -> bool:
    """ "Sửa đổi …" and "Hướng dẫn …" without a subject are tasks in a plan; in an article they are the act itself."""
    kind = _verb(match)
    return kind in (REPLACES, REPEALS, CORRECTS) or (kind in (AMENDS, CONSOLIDATES) and "dieu-" in anchor)


def _verb(match: re.Match) -> str:
    return next(kind for kind in _VERBS if match[kind])


def _effect(match: re.Match) -> Kind:
    return Kind(_verb(match), is_partial=bool(_IS_PART.search(match["between"])))


def _last_clause(head: str) -> str:
    return re.split(r"[.;]\s", head)[-1][-80:]


def _listed(nodes: Sequence[Node]) -> Mapping[str, Kind]:
    """Items below "Bãi bỏ các văn bản sau đây:", by anchor."""
    found: dict[str, Kind] = {}
    opened: tuple[int, str, Kind] | None = None
    for node in nodes:
        if opened and node.kind in ("item", "paragraph") and node.level >= opened[0] and node.anchor != opened[1]:
            found[node.anchor] = opened[2]
            continue
        opened = None
        match = _LIST_OPENS.search(node.text) if node.kind != "table" else None
        if match and (kind := _verb(match)) != GUIDES:
            opened = (node.level, node.anchor, Kind(kind, is_partial=bool(_IS_PART.search(match[0]))))
    return found


def _by_title(title: str) -> Mapping[str, Kind]:
    """The documents the title itself names behind such a verb, by number key."""
    match = _IN_TITLE.match(title)
    if not match:
        return {}
    rest = match["rest"]
    number = _NUMBER.search(rest)
    if number is None or re.search(r"\b(?:được|bởi|bằng)\b", rest[: number.start()]):
        return {}
    kind = Kind(_verb(match), is_partial=bool(_IS_PART.search(rest[: number.start()])))
    return {number_key(docnumbers.repair(docnumbers.tidy(number[0]))): kind}
