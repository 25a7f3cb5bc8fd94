"""Short forms a document introduces itself, with what it says they mean: the beginnings of its glossary.

Read are declarations ("… (sau đây viết tắt là CNTT)", "…, gọi chung là nhà trường", "LMS (viết tắt của …)"), the
plain bracket where its letters are the initials of the words before it ("Chuyển đổi số (CĐS)"), and lists headed
"Từ viết tắt". A bracket whose letters agree with nothing ("trí tuệ nhân tạo (AI)") is left alone: without the
initials nothing says where the meaning begins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from search.text import strip_marks

from . import marks
from .characters import CAPITALS
from .nodes import Node, row_anchor, row_text


@dataclass(frozen=True)
class Abbreviation:
    """A short form and its meaning. `start` and `end` hold the whole finding, meaning and bracket, in the text of the
    node (or table row) `anchor` names.
    """

    short: str
    meaning: str
    anchor: str
    start: int
    end: int


_LOOK_BACK = 400
_MOST = 500  # of each kind in one passage; no text has more, and none may cost more
_MOST_WORDS = 30
_ACRONYM = rf"[{CAPITALS}][{CAPITALS}0-9]{{0,14}}(?:[&./–-][{CAPITALS}0-9]{{1,14}}){{0,4}}"
_PURE = re.compile(rf"^{_ACRONYM}$")
_QUOTES = "“”\"'‘’"
_PLAIN = re.compile(rf"[^\W_][{_QUOTES}]?\s?\(\s?(?P<short>[{_QUOTES}]?{_ACRONYM}[{_QUOTES}]?)\s?\)")
_SAID = re.compile(
    r"(?P<open>[(\[]\s{0,3})?\b(?<!từ )(?<!chữ )"
    r"(?:(?:sau|dưới|từ)\s+đây\s+(?:xin\s+|được\s+){0,2}(?:gọi|viết)(?P<how>(?:\s+(?:tắt|chung|gọn)){0,2})"
    r"|(?:được\s+|xin\s+)?(?:gọi|viết)(?P<how2>\s+(?:tắt|chung|gọn))(?!\s+của\b))"
    r"(?P<is>\s{0,3}(?:là|thành)\b\s{0,3}:?|\s{0,3}:)?\s{0,3}"
    rf"(?:[“\"‘'](?P<quoted>[^{_QUOTES}\n]{{1,80}})[{_QUOTES}]|(?P<acronym>{_ACRONYM})(?=$|[^\w\s]|\s(?![{CAPITALS}]))"
    rf"|(?P<phrase>[^\W_][^()\[\]\n;.,:{_QUOTES}|]{{1,100}}))",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    rf"(?<![\w&./-])(?P<short>{_ACRONYM})\s?(?:\(|,\s?|\s)\s?(?:là\s+)?(?:(?:chữ|từ|tên|cụm từ)\s+)?viết tắt của\s+"
    rf"(?:(?:các\s+|cụm\s+)?(?:từ|chữ)\s+)?[“\"]?(?P<meaning>[^()\n;.:“”\"|]{{3,160}})"
)
# What a short form printed without brackets or quotes ends before: the sentence goes on.
_GOES_ON = re.compile(
    r"\s(?:được|là|do|theo|để|và|trong|với|cho|của|có|nhằm|gồm|bao gồm|thông qua|tại|trên|về|đã|sẽ|phải|như|khi|"
    r"ban hành)\b"
)
_SENTENCE = re.compile(r"[;!?\n|]|(?<!\bTP)(?<!\bTp)\.\s")
_CLAUSE = re.compile(r"[,:]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_JOINERS = frozenset("va cua cac cho voi trong tai ve and of the for in".split())
_OPENER = re.compile(
    r"(?:và|hoặc|cùng|với|trên|tại|theo|về|là|của|cho|do|bởi|đến|từ|để|căn cứ|thực hiện|triển khai|xây dựng|ban hành|"
    r"tổ chức|hoàn thiện|thành lập|phê duyệt|đầu tư)\s+",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("cac nhung mot moi".split())
_LIST_HEAD = re.compile(r"^(?:[\w.]{1,6}[.)]\s*)?(?:(?:danh muc|bang|cac|nhung|giai thich|quy uoc)\s+){0,3}"
                        r"(?:ky hieu\s+(?:va|,)\s+)?(?:(?:cum\s+)?tu|chu|cum tu)(?:\s+ngu)?"
    r"(?:\s+va\s+\w+)?\s+viet tat\b"
                        r"[^:;.]{0,60}(?P<colon>:?)")  # fmt: skip
_ENTRY = re.compile(
    rf"^\s*(?:[-–+•*]\s*)?[“\"]?(?P<short>[{CAPITALS}][\w&./-]{{0,15}}"
    rf"(?:[ ,]{{1,2}}[{CAPITALS}][\w&./-]{{0,11}}){{0,3}})[”\"]?"
    r"\s?(?:[:=]|\s[-–]\s|\s?\t|\slà\s)\s?(?P<meaning>[^\n|]{2,200}?)[\s.;,]*$"
)
_TABLE_HEAD = re.compile(r"viet tat")


def find_abbreviations(nodes: Iterable[Node]) -> list[Abbreviation]:
    """Every short form the nodes introduce, in reading order; one said twice alike is given once."""
    found: list[Abbreviation] = []
    reader = _Lists()
    for node in nodes:
        found += reader.read(node)
        if node.kind == "table":
            for index, row in enumerate(node.rows[node.header_rows :], start=1):
                found += _in_text(row_text(row), row_anchor(node.anchor, index))
        elif node.text:
            found += _in_text(node.text, node.anchor)
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in found:
        key = (one.short, strip_marks(one.meaning))
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _in_text(text: str, anchor: str) -> list[Abbreviation]:
    found = []
    if "tắt" in text or "gọi" in text:
        found += [one for match in islice(_SAID.finditer(text), _MOST) if (one := _said(text, match, anchor))]
        found += [one for match in islice(_REVERSED.finditer(text), _MOST) if (one := _reversed(match, anchor))]
    if "(" in text:
        found += [one for match in islice(_PLAIN.finditer(text), _MOST) if (one := _plain(text, match, anchor))]
    return sorted(found, key=lambda one: (one.start, one.end))


def _plain(text: str, match: re.Match, anchor: str) -> Abbreviation | None:
    """ "Chuyển đổi số (CĐS)": only where the initials of the last words are the letters."""
    short = match["short"].strip(_QUOTES)
    letters = _letters(short)
    if len(letters) < 2 or set(letters) <= set("ivx"):
        return None
    at = match.start() + 1
    before = _Before(text, at)
    start = before.spelling(letters, to_the_end=True)
    return None if start is None else Abbreviation(short, before.meaning(start), anchor, start, match.end())


def _said(text: str, match: re.Match, anchor: str) -> Abbreviation | None:
    how = f"{match['how'] or ''}{match['how2'] or ''}"
    if not match["is"] and not (match["open"] and how):
        return None
    short, end = _short_form(match)
    if not short:
        return None
    if match["open"]:
        closing = re.compile(r"[)\]]").search(text, end, end + 120)
        end = closing.end() if closing else end
    before = _Before(text, match.start())
    start = before.start_of(short, listed="chung" in how.lower())
    if start is None or not (meaning := before.meaning(start)) or meaning == short:
        return None
    return Abbreviation(short, meaning, anchor, start, end)


def _short_form(match: re.Match) -> tuple[str, int]:
    """The short form declared, and where it ends."""
    if match["quoted"]:
        return match["quoted"].strip(), match.end()
    # The pattern ignores case, so that "SAU ĐÂY GỌI TẮT LÀ" is read; what it takes for an acronym may be a word.
    raw = match["acronym"] or match["phrase"]
    name = "acronym" if match["acronym"] else "phrase"
    if name == "acronym" and not _PURE.match(raw):
        rest = re.compile(rf"[^()\[\]\n;.,:{_QUOTES}|]{{0,100}}").match(match.string, match.end())
        raw += rest[0]
    if not match["open"] and (stop := _GOES_ON.search(raw)):
        raw = raw[: stop.start()]
    short = raw.strip(" -–")
    if short.lower() in ("là", "thành") or len(short.split()) > 12 or not any(char.isalpha() for char in short):
        return "", match.end()
    return short, match.start(name) + len(raw.rstrip())


def _reversed(match: re.Match, anchor: str) -> Abbreviation | None:
    meaning = match["meaning"].rstrip(" ,-–")
    if len(_letters(match["short"])) < 2:
        return None
    if stop := re.search(r",\s", meaning):
        meaning = meaning[: stop.start()]
    end = match.start("meaning") + len(meaning)
    return Abbreviation(match["short"], " ".join(meaning.split()), anchor, match.start(), end)


class _Before:
    """The words of the sentence before a declaration, with their places; those in brackets are passed over."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        first = max(0, end - _LOOK_BACK)
        window = _BRACKETS.sub(lambda match: " " * len(match[0]), text[first:end])
        cut = max((found.end() for found in _SENTENCE.finditer(window)), default=0)
        self.first = first + max(cut, window.rfind("(") + 1, window.rfind("[") + 1)
        if first and self.first == first and text[first - 1].isalnum() and (space := text.find(" ", first, end)) > 0:
            self.first = space + 1
        self.window = window[self.first - first :]
        self.end = self.first + len(self.window.rstrip(f" ,:–-\t{_QUOTES}"))
        self.words = [
            (_folded(word[0]), self.first + word.start())
            for word in _WORD.finditer(self.window)
            if self.first + word.start() < self.end
        ]

    def meaning(self, start: int) -> str:
        """What is printed from `start` on, without brackets and the quotation marks around it."""
        end = self.end
        if self.text[end : end + 1] == "”" and self.text.rfind("“", start, end) >= 0:
            end += 1
        return " ".join(_BRACKETS.sub(" ", self.text[start:end]).split()).strip(" ,:-–")

    def start_of(self, short: str, listed: bool) -> int | None:
        """Where the meaning of a declared short form begins; None where no words stand before it.

        `listed`: the short form stands for several things, so that commas do not end the meaning.
        """
        if not self.words:
            return None
        tokens = [strip_marks(word) for word in _WORD.findall(short)]
        letters = _letters(short)
        if _PURE.match(short) and len(letters) > 1:
            start = self.spelling(letters, to_the_end=True)
            start = self.spelling(letters) if start is None else start
            return self._clause(listed) if start is None else start
        while len(tokens) > 1 and tokens[0] in _DETERMINERS:
            tokens.pop(0)
        head = next((word for word in short.split() if strip_marks(word) not in _DETERMINERS), "")
        if len(_letters(head)) > 1 and _PURE.match(head) and (start := self.spelling(_letters(head))) is not None:
            return start
        plain = [word for word, _at in self.words]
        for count in range(len(tokens), 0, -1):
            for index in range(len(plain) - count, -1, -1):
                if plain[index : index + count] == tokens[:count]:
                    return self.words[index][1]
        return self._clause(listed)

    def spelling(self, letters: str, to_the_end: bool = False) -> int | None:
        """Where the last run of words begins whose initials are the letters; joining words may be passed over."""
        ends = [len(self.words)] if to_the_end else range(len(self.words), 0, -1)
        for end in ends:
            left = {len(letters)}
            for index in range(end - 1, max(-1, end - 1 - 2 * len(letters) - 4), -1):
                word, at = self.words[index]
                left = {count - 1 for count in left if letters[count - 1] == word[0]} | (
                    left - ({len(letters)} if not to_the_end else set()) if word in _JOINERS else set()
                )
                if 0 in left:
                    return at if not self._broken(at, end) else None
                if not left:
                    break
        return None

    def _broken(self, start: int, end: int) -> bool:
        """Whether a colon stands between the words: what is before it is another thing."""
        return ":" in self.text[start : self.words[end - 1][1]]

    def _clause(self, listed: bool) -> int | None:
        """The beginning of the clause, past the words that only lead into it."""
        stops = [":"] if listed else [":", ","]
        begin = max(self.text.rfind(stop, self.first, self.end) for stop in stops) + 1
        words = [at for _word, at in self.words if at >= begin][-_MOST_WORDS:]
        start = words[0] if words else None
        while start is not None and (opener := _OPENER.match(self.text, start, words[-1])):
            start = opener.end()
        return start


class _Lists:
    """Lists of short forms: what stands under a heading "Từ viết tắt", or behind a line of those words."""

    def __init__(self) -> None:
        self.under_heading = False
        self.in_list = False

    def read(self, node: Node) -> Iterator[Abbreviation]:
        plain = strip_marks(node.text[:200])
        head = _LIST_HEAD.match(plain)
        if node.kind == "heading":
            self.under_heading, self.in_list = bool(head), False
        elif node.kind == "table":
            top = strip_marks(row_text([cell for row in node.rows[: node.header_rows] for cell in row])[:400])
            if self.under_heading or self.in_list or head or _TABLE_HEAD.search(top):
                yield from _table(node)
        elif head and (head["colon"] or len(plain) < 80):
            self.in_list = True
            if head["colon"]:
                yield from _entries(node, node.text.find(":") + 1)
        elif self.under_heading or self.in_list:
            entries = list(_entries(node, 0))
            self.in_list = self.in_list and bool(entries)
            yield from entries


def _entries(node: Node, start: int) -> Iterator[Abbreviation]:
    """ "GDĐT: Giáo dục và Đào tạo; CNTT: …" from `start` on."""
    for piece in re.compile(r"[^;]+").finditer(node.text, start):
        entry = _ENTRY.match(piece[0])
        if entry and _is_short(entry["short"]):
            begin, end = piece.start() + entry.start("short"), piece.start() + entry.end("meaning")
            yield Abbreviation(entry["short"], " ".join(entry["meaning"].split()), node.anchor, begin, end)


def _table(node: Node) -> Iterator[Abbreviation]:
    """Rows "1 | GDĐT | Giáo dục và Đào tạo", in either order of short form and meaning."""
    for index, row in enumerate(node.rows[node.header_rows :], start=1):
        cells = [(at, cell.strip()) for at, cell in enumerate(row) if cell.strip() and not marks.roman(cell.strip())]
        if len(cells) > 2 and cells[0][1].rstrip(".").isdigit():
            cells = cells[1:]
        shorts = [(at, cell) for at, cell in cells[:2] if _is_short(cell)]
        longs = [(at, cell) for at, cell in cells[:2] if not _is_short(cell) or len(cell.split()) > 2]
        if len(shorts) == 1 and len(longs) == 1:
            yield Abbreviation(
                shorts[0][1], " ".join(longs[0][1].split()), row_anchor(node.anchor, index), 0, len(row_text(row))
            )


def _is_short(text: str) -> bool:
    """ "GDĐT", "CB, GV, NV", "Bộ GDĐT": few letters, most of them capitals."""
    letters = [char for char in text if char.isalpha()]
    return (
        0 < len(letters) <= 16 and len(text.split()) <= 4 and sum(char.isupper() for char in letters) * 2 > len(letters)
    )


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return strip_marks(word)


def _letters(short: str) -> str:
    """The letters of an acronym, folded: "GD&ĐT" is gddt."""
    return "".join(char for char in strip_marks(short) if char.isalpha())
