"""Documents named in a text by their number, laws also by name and year, with what the sentence says of them.

Legal bases are the documents of the preamble's "Căn cứ …" and "Thực hiện …" paragraphs above the first
heading; every other one is a mention, also a "Căn cứ …" further down.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from search.text import number_key, strip_marks

from . import dates, docnumbers, doctypes, marks, names
from .characters import CAPITALS
from .laws import find_laws
from .nodes import Node, row_anchors, row_text


@dataclass(frozen=True)
class Citation:
    """A document named in a text by its number, or a law by its name and year (`number` is "" then).

    `raw` is `text[start:end]` of the node (or table row) `anchor` names.
    `type_word`, `issuer_raw`, `title_raw` are "" and `issued_on` None where the sentence does not say.
    """

    raw: str
    number: str
    key: str
    type_word: str
    issuer_raw: str
    issued_on: date | None
    title_raw: str
    kind: str
    anchor: str
    start: int
    end: int


_RAISED = "¹²³⁰⁴-⁹"
_NUMBER = re.compile(rf"(?:(?<![\w/.,&-])|(?<=\b[Ss]ố))(?:{docnumbers.NUMBER})(?![^\W{_RAISED}])")
# The mark of a footnote may stand behind each thing that is said of a document.
_NOTE = rf"(?:\s?(?:\[\^?\d{{1,3}}\]|[{_RAISED}]{{1,3}}|\(\d{{1,2}}\)))?"
_WORDS = "|".join(rf"[{word[0]}{word[0].lower()}]{word[1:]}" for word in doctypes.CITED_WORDS)
_BEFORE = re.compile(rf"(?:\b(?P<type>{_WORDS})\s+)?(?:(?P<so>[Ss]ố)\s*:?\s*)?$")
_LOOK_BACK = 60
# A law is named between its word and its number: "Luật Giáo dục số 43/2019/QH14".
_LAW = re.compile(r"\b(?P<type>Bộ luật|Luật|Pháp lệnh|Nghị quyết)\s(?:(?!\b(?:Luật|Bộ luật)\b)[^;.\n]){1,100}$")
_LONGEST_LAW = 120
_DATE = re.compile(rf"{_NOTE}\s*[,(]?\s*(?:được\s+)?(?:ban hành\s+|ký\s+)?{dates.date_pattern()}\)?", re.IGNORECASE)
_STOP = (
    r"\s(?:về|ban hành|phê duyệt|[Qq]uy định|[Hh]ướng dẫn|công bố|sửa đổi|bổ sung|được|phù hợp|cụ thể|"
    r"trong|đối với|ngày|"
    r"[Vv]/v|để|thông qua|triển khai|là|như|yêu cầu|giao|do|theo|năm|số|có|tại|quyết định|Quyết định)\b"
)
_ISSUER = re.compile(
    rf"{_NOTE}\s*,?\s*của\s+(?P<name>(?:\s\([A-ZĐ&.-]{{2,12}}\)|TP\.|T\.Ư|(?!{_STOP}|\s-\s(?!Thương))[^()\[\]\n;,.:“”\"|{_RAISED}]){{2,140}})"
)
_BRACKETED = re.compile(r"\s\([A-ZĐ&.-]{2,12}\)")
_TITLE = re.compile(
    rf"{_NOTE}\s*,?\s*(?P<title>(?:về|ban hành|phê duyệt|[Qq]uy định|[Hh]ướng dẫn|công bố|sửa đổi|thông qua|"
    r"[Vv]/v)\b[^;\n|]{2,700})"
)
_SENTENCE_END = re.compile(rf"\.(?=\s+[{CAPITALS}]|\s*$|/)")
_AUTHORITIES = (
    "bộ trưởng",
    "chủ tịch",
    "tỉnh uỷ",
    "hiệu trưởng",
    "giám đốc",
    "bộ chính trị",
    "tổng",
    "trưởng",
    "uỷ ban",
    "đảng",
)
_BASIS = re.compile(r"^\W{0,4}(?:Căn cứ|Thực hiện)\b")
_ATTACHED = re.compile(r"(?:kèm theo|đính kèm)", re.IGNORECASE)
_JOINED = re.compile(rf"^{_NOTE}\s*(?:,|;|,?\s*và)\s*(?:các\s+)?$")


def find_citations(nodes: Sequence[Node], own_number_key: str = "") -> list[Citation]:
    """Every document the nodes name, in reading order; the document's own number is none."""
    found: list[Citation] = []
    above = preamble(nodes)
    for node in nodes:
        if node.kind == "table":
            for anchor, row in zip(row_anchors(node), node.data_rows, strict=True):
                found += _in_text(row_text(row), anchor, "mention", own_number_key)
            continue
        basis = node.anchor in above and _BASIS.match(node.text)
        found += _in_text(node.text, node.anchor, "legal_basis" if basis else "mention", own_number_key)
    return found


def preamble(nodes: Sequence[Node]) -> frozenset[str]:
    """The anchors of the paragraphs and bullets above the first heading or numbered item."""
    found = []
    for node in nodes:
        if node.kind == "heading" or (
            node.kind == "item" and (mark := marks.parse(f"{node.number} x")) and not mark.is_bullet
        ):
            break
        if node.kind in ("paragraph", "item"):
            found.append(node.anchor)
    return frozenset(found)


def _in_text(text: str, anchor: str, kind: str, own_key: str) -> list[Citation]:
    if not any(char.isdigit() for char in text):
        return []
    matches = [
        (match, before)
        for match in _NUMBER.finditer(text)
        if (before := _BEFORE.search(text, max(0, match.start() - _LOOK_BACK), match.start()))
        and (before["type"] or before["so"] or docnumbers.is_certain(match[0]))
    ]
    found: list[Citation] = []
    ends: list[int] = []
    for (match, before), following in zip(matches, [*matches[1:], None], strict=False):
        limit = following[1].start() if following else len(text)
        citation, end = _citation(text, match, before, limit)
        if not _is_own(citation.key, own_key, text[: match.start()]):
            found.append(replace(citation, anchor=anchor, kind=kind))
            ends.append(end)
    found = _shared_words(list(_shared_issuers(found, ends, text)), ends, text)
    return sorted([*found, *_named_laws(text, anchor, kind, matches)], key=lambda citation: citation.start)


def _named_laws(text: str, anchor: str, kind: str, matches: Sequence[tuple[re.Match, re.Match]]) -> Iterator[Citation]:
    """Laws by name and year. Behind a number in the same clause ("Nghị định số … hướng dẫn Luật …") they are mentions.

    They have no number; their key is made of word, name and year, so that mentions of one law find each other.
    """
    numbers = [(before.start(), match.end()) for match, before in matches]
    for law in find_laws(text):
        clause = text.rfind(";", 0, law.start)
        if any(start < law.end and law.start < end for start, end in numbers):
            continue
        basis = not any(clause < start < law.start for start, _end in numbers)
        yield Citation(
            raw=text[law.start : law.end], number="", key=number_key(f"{law.type_word} {law.name} {law.year}"),
            type_word=law.type_word, issuer_raw="", issued_on=law.issued_on, title_raw="",
            kind=kind if basis else "mention", anchor=anchor, start=law.start, end=law.end,
        )  # fmt: skip


def _citation(text: str, match: re.Match, before: re.Match, limit: int) -> tuple[Citation, int]:
    """One citation and where what is said of it ends; `limit` is where the next one begins."""
    number = docnumbers.repair(docnumbers.tidy(match[0]))
    start, end = before.start() if before["type"] or before["so"] else match.start(), match.end()
    law = _LAW.search(text, max(0, start - _LONGEST_LAW), start) if "QH" in number and not before["type"] else None
    if law:
        start = law.start()
    position, issued_on, office, title = end, None, "", ""
    for _turn in range(2):
        if issued_on is None and (day := _DATE.match(text, position, limit)):
            issued_on, position = dates.from_match(day), day.end()
        if not office and (named := _ISSUER.match(text, position, limit)) and _is_office(named["name"]):
            office, position = " ".join(_BRACKETED.sub("", named["name"]).split()), named.end()
    if about := _TITLE.match(text, position, limit):
        title = _title(about["title"])
    word = " ".join((before["type"] or (law["type"] if law else "")).split())
    citation = Citation(
        raw=text[start:end], number=number, key=number_key(number), type_word=word[:1].upper() + word[1:],
        issuer_raw=office.strip(" -–"), issued_on=issued_on, title_raw=title, kind="mention", anchor="",
        start=start, end=end,
    )  # fmt: skip
    return citation, position


def _is_office(name: str) -> bool:
    lower = name.strip().lower()
    return names.starts_organisation(lower) or lower.startswith(_AUTHORITIES)


def _title(raw: str) -> str:
    """The title as printed: to the end of its quotation, of the sentence, or of the brackets it stands in."""
    opening = raw.find("“")
    if 0 <= opening < 80 and (closing := raw.find("”", opening)) > 0:
        return raw[: closing + 1]
    if end := _SENTENCE_END.search(raw):
        raw = raw[: end.start()]
    depth = 0
    for index, char in enumerate(raw):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            raw = raw[:index]
            break
    return re.sub(r"(?:\s+(?:và|các)|[\s,.:/])+$", "", raw)


def _is_own(key: str, own_key: str, before: str) -> bool:
    """The document's own number, or its shortened form where an appendix says what it is attached to."""
    if not own_key:
        return False
    return key == own_key or (len(key) > 4 and own_key.startswith(key) and bool(_ATTACHED.search(before)))


def _shared_issuers(found: list[Citation], ends: list[int], text: str) -> Iterator[Citation]:
    """ "Thông tư số 1/…, Thông tư số 2/… của Bộ X": the issuer of the last is that of all in the row."""
    issuer, later = "", None
    result = []
    for citation, end in zip(reversed(found), reversed(ends), strict=True):
        same = later is not None and _office_of(later.number) == _office_of(citation.number)
        between = text[end : later.start] if later else ""
        if not citation.issuer_raw and issuer and same and _JOINED.match(between):
            citation = replace(citation, issuer_raw=issuer)
        issuer, later = citation.issuer_raw, citation
        result.append(citation)
    yield from reversed(result)


def _shared_words(found: list[Citation], ends: list[int], text: str) -> list[Citation]:
    """ "các Quyết định số 1/QĐ-TTg, số 2/QĐ-TTg": the word before the first is that of all in the row."""
    result: list[Citation] = []
    for index, citation in enumerate(found):
        earlier = result[-1] if result else None
        if not citation.type_word and earlier and _JOINED.match(text[ends[index - 1] : citation.start]):
            same = doctypes.by_number(citation.number) == doctypes.by_number(earlier.number)
            citation = replace(citation, type_word=earlier.type_word if same else "")
        result.append(citation)
    return result


def _office_of(number: str) -> str:
    return strip_marks(re.sub(r"^[\d/]+", "", number))
