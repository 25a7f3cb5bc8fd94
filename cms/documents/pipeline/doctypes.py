"""Types of administrative documents: the words, their abbreviations in numbers, and the keys the site knows.

Abbreviations: Nghị định 30/2020/NĐ-CP, Phụ lục III. A number without one is that of an official letter.
"""

from dataclasses import dataclass

from search.text import strip_marks


@dataclass(frozen=True)
class DocType:
    """A type of document: the key the site stores, its Vietnamese word, its abbreviations in numbers."""

    key: str
    word: str
    abbreviations: tuple[str, ...] = ()


TYPES = (
    DocType("plan", "Kế hoạch", ("KH",)),
    DocType("decision", "Quyết định", ("QĐ",)),
    DocType("letter", "Công văn"),
    DocType("guidance", "Hướng dẫn", ("HD",)),
    DocType("scheme", "Đề án", ("ĐA",)),
    DocType("report", "Báo cáo", ("BC",)),
    DocType("regulation", "Quy chế", ("QC",)),
    DocType("regulation", "Quy định", ("QyĐ",)),
    DocType("resolution", "Nghị quyết", ("NQ",)),
    DocType("circular", "Thông tư liên tịch", ("TTLT",)),
    DocType("circular", "Thông tư", ("TT",)),
    DocType("decree", "Nghị định", ("NĐ",)),
    DocType("other", "Thông báo", ("TB",)),
    DocType("other", "Chỉ thị", ("CT",)),
    DocType("other", "Chương trình", ("CTr",)),
    DocType("other", "Tờ trình", ("TTr",)),
    DocType("other", "Biên bản", ("BB",)),
    DocType("other", "Giấy mời", ("GM",)),
    DocType("other", "Kết luận", ("KL",)),
    DocType("other", "Phương án", ("PA",)),
    DocType("other", "Dự án", ("DA",)),
    DocType("other", "Hợp đồng", ("HĐ",)),
    DocType("other", "Công điện", ("CĐ",)),
    DocType("other", "Thông cáo", ("TC",)),
    DocType("other", "Nội quy", ()),
    DocType("other", "Quy trình", ()),
    DocType("other", "Điều lệ", ()),
    DocType("other", "Chiến lược", ()),
    DocType("other", "Pháp lệnh", ("PL",)),
    DocType("other", "Luật", ()),
    DocType("other", "Nghị định thư", ()),
)
_BY_WORD = {strip_marks(kind.word): kind for kind in TYPES}
_BY_ABBREVIATION = {short.upper(): kind for kind in TYPES for short in kind.abbreviations}
LETTER = _BY_WORD["cong van"]

CITED_WORDS = tuple(
    sorted(
        {kind.word for kind in TYPES} | {"Văn bản", "Công văn", "Bộ luật", "Hiến pháp", "Quy hoạch"},
        key=len,
        reverse=True,
    )
)
"""Words that name a cited document in running text, the longest first."""


def by_word(text: str) -> DocType | None:
    """The type whose word is exactly `text` (case and marks aside, so that OCR's "KÊ HOẠCH" is read too)."""
    return _BY_WORD.get(" ".join(strip_marks(text).split()))


def is_title(text: str) -> bool:
    """A line that is nothing but a type in capitals: the title of a document, or of a regulation attached to one."""
    text = text.strip(" :.*")
    return text.isupper() and by_word(text) is not None


def by_first_words(text: str) -> tuple[DocType, str] | None:
    """The type a line begins with in capitals ("KẾ HOẠCH Triển khai …"), and the rest of the line."""
    words = text.split()
    for count in (3, 2):
        head = words[:count]
        if len(words) > count and all(word.isupper() for word in head) and (kind := by_word(" ".join(head))):
            return kind, " ".join(words[count:])
    return None


def by_number(number: str) -> DocType | None:
    """The type of a number by its abbreviation ("1937/KH-PGDĐT" is a plan); without one, an official
    letter.
    """
    parts = [part for part in number.replace("-", "/").split("/") if part.strip()]
    symbols = [part.strip().upper() for part in parts if not part.strip()[:1].isdigit()]
    if not symbols:
        return None
    for symbol in symbols[:2]:
        if kind := _BY_ABBREVIATION.get(symbol):
            return kind
    return LETTER
