"""Numbers of documents, dates and percentages, as they stand in text and as people type them.

The form of a number is that of Nghị định 30/2020/NĐ-CP: digits, perhaps a year, the type's abbreviation and
the issuer's ("1937/KH-PGDĐT", "19/2017/TT-BGDĐT", Party form "09-NQ/TU"). Loose spellings are read too,
because they are what a reader remembers: "1937 kh pgddt", "131/qd-ttg", "số 4725"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .letters import fold_word, is_syllable, strip_marks

TYPES = frozenset("kh qd tt ttlt ttr nq nd ct cv tb bc hd da pa qc qyd bb gm gt gp cd vbhn kl cthd hdlt pl".split())
"""Folded abbreviations of document types (Nghị định 30/2020, Phụ lục III)."""
ISSUERS = frozenset("ubnd hdnd gddt pgddt sgddt bgddt gd dt pgd sgd bgd ttg cp tw tu hu qu vp cntt thcs thpt".split())
"""Folded issuers that may follow a type where the writing alone does not show an abbreviation."""
_SCHOOLS = frozenset({"thcs", "thpt", "cntt"})
"""After a digit and a space these count schools or rooms: "5 THPT" is no number of a document."""
_NAMED = {
    "ke hoach": "kh", "quyet dinh": "qd", "cong van": "cv", "thong tu": "tt", "nghi quyet": "nq", "nghi dinh": "nd",
    "chi thi": "ct", "huong dan": "hd", "thong bao": "tb", "bao cao": "bc", "to trinh": "ttr",
}  # fmt: skip
"""Types as they are said, with the abbreviation that stands in a number."""
_COUNTED = frozenset(
    "nam thang quy tuan ngay truong lop hoc nguoi diem trang ban giai dot lan ky nhom muc phan".split()
)
"""What a number before it counts: "kế hoạch 5 năm" names no document."""
_BEFORE_BARE = re.compile(
    r"(?:^|\b(?:ke hoach|quyet dinh|cong van|thong tu|nghi quyet|nghi dinh|chi thi|huong dan|thong bao"
    r"|bao cao|van ban|to trinh|de an|qd|kh|cv|tt|nq|nd|ct|hd|tb|bc))\s*$"
)
_LEADING_SO = re.compile(r"^[\W_]*so(?:[\W_]*hieu)?(?=[\W_]|\d|$)")
_DIGITS = r"(?<![\w/.,])[0-9]{1,5}"
_YEAR = r"(?:\s?/\s?(?:19|20)[0-9]{2})?"
_LETTERS = r"[^\W\d_]+[0-9]{0,2}"
_SYMBOL = re.compile(
    rf"(?P<digits>{_DIGITS}){_YEAR}"
    rf"(?P<sep>\s{{0,2}}[/-]\s{{0,2}}|\s)(?P<first>{_LETTERS})"
    rf"(?P<rest>(?:\s{{0,2}}[/&.-]\s{{0,2}}{_LETTERS}|\s{_LETTERS}){{0,4}})"
)
_PART = re.compile(rf"(?P<sep>\s{{0,2}}[/&.-]\s{{0,2}}|\s)(?P<letters>{_LETTERS})")
_BARE = re.compile(r"\bs[oố]\s*:?\s*(?P<digits>[0-9]{1,5})(?P<year>\s?/\s?(?:19|20)[0-9]{2})?(?![\w/%-]|[.,]\d)", re.I)
_TYPED = re.compile(
    r"(?<!\w)(?P<type>[^\W\d_]+(?: [^\W\d_]+)?)\s+(?:s[oố]\s*:?\s*)?(?P<digits>[0-9]{1,5})"
    r"(?P<year>(?:\s?/\s?|\s+n[aă]m\s+)(?:19|20)[0-9]{2})?(?![\w/%-]|[.,]\d)",
    re.I,
)
_NEXT = re.compile(r"\s*([^\W\d_]+)")
_MISREAD = re.compile(r"(?<![\w/.,])(?=[lIO]*[0-9])(?=[0-9]*[lIO])[0-9lIO]{2,5}(?=\s?/\s?[^\W\d_]{2,5}\s?-)")
_AS_DIGITS = str.maketrans("lIO", "110")
_DATE = re.compile(
    r"(?<![\d/.-])(?P<d>[0-9]{1,2})(?:(?P<s>[/.-])(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})"
    r"|\s+th[aá]ng\s+(?P<m2>[0-9]{1,2})\s+n[aă]m\s+(?P<y2>[0-9]{4}))(?![\d/])",
    re.I,
)
_DAY = re.compile(
    r"(?:\b(?:ng[aà]y|h[aạ]n|tr[uư][oớ]c)\s+(?P<d>[0-9]{1,2})\s?[/-]\s?(?P<m>[0-9]{1,2})(?!\s?[/.-]?\d)"
    r"|(?<![\w/.,])(?P<d2>[0-9]{1,2})\s+th[aá]ng\s+(?P<m2>[0-9]{1,2})(?!\s*(?:n[aă]m|[/-])?\s*\d))",
    re.I,
)
"""A day of every year ("ngày 20/5", "20 tháng 5"); 5/6 alone may be a share."""
_PERCENT = re.compile(r"(?<![\w.,])(?P<n>[0-9]+(?:[.,][0-9]+)?)(?:\s?%|\s+ph[aầ]n\s+tr[aă]m\b)", re.I)


@dataclass(frozen=True)
class Found:
    """Something recognised in a text. ``token`` is what is indexed and looked for; ``key`` of a number is its
    ``number_key``; a ``partial`` number is a question about one ("số 4725", "1937 kh")."""

    kind: str
    token: str
    start: int
    end: int
    key: str = ""
    partial: bool = False


def number_key(number: str) -> str:
    """One key for every spelling of a document number: marks and separators off, a leading "số" off.

    "1937 /KH-PGD&ĐT" and "Số: 1937/KH-PGDĐT" give "1937khpgddt". Without letters or digits: "".
    """
    plain = _LEADING_SO.sub("", strip_marks(number))
    return re.sub(r"[^0-9a-z]", "", plain)


def lead(key: str) -> str:
    """The running number at the head of a key as printed: digits before the letters, without a glued year.

    "1937khpgddt" gives "1937", "192017ttbgddt" gives "19".
    """
    digits = re.match(r"\d*", key).group()
    if len(digits) > 4 and re.fullmatch(r"(?:19|20)\d\d", digits[-4:]):
        return digits[:-4]
    return digits


def find(text: str) -> Iterator[Found]:
    """Everything recognised in an NFC text, in no promised order; offsets are into the text given."""
    text = _MISREAD.sub(lambda match: match.group().translate(_AS_DIGITS), text)
    dates = list(_dates(text))
    yield from dates
    yield from _percentages(text)
    taken = [(found.start, found.end) for found in dates]
    for match in _SYMBOL.finditer(text):
        found = _number(text, match)
        if found and not _overlaps(found.start, found.end, taken):
            taken.append((found.start, found.end))
            yield found
    for found in _typed(text):
        if not _overlaps(found.start, found.end, taken):
            taken.append((found.start, found.end))
            yield found
    for match in _BARE.finditer(text):
        if not _overlaps(*match.span(), taken) and _stands_alone(text, match.start()):
            key = number_key(match["digits"] + (match["year"] or ""))
            yield Found("number", f"#{key}", *match.span(), key=key, partial=True)


def _typed(text: str) -> Iterator[Found]:
    """A type said before its number: "quyết định 131", "nghị định 73/2019", "TT 24/2018", "thông tư số 42 năm 2021"."""
    for match in _TYPED.finditer(text):
        said = " ".join(fold_word(word) for word in match["type"].split())
        last = said.rpartition(" ")[2]
        kind = _NAMED.get(said) or (last if last in TYPES else "")
        year = (match["year"] or "")[-4:]
        if kind and (year or not _counts(text, match)):
            start = match.start() if said in _NAMED else match.end("type") - len(match["type"].rpartition(" ")[2])
            key = f"{match['digits']}{year}{kind}"
            yield Found("number", f"#{key}", start, match.end(), key=key, partial=True)


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether the digits after a type are a year or count what follows."""
    after = _NEXT.match(text, match.end())
    years = re.fullmatch(r"199\d|20[0-3]\d", match["digits"])
    said = _LEADING_SO.match(strip_marks(text[match.end("type") : match.start("digits")]).strip() + " ")
    return bool(years and not said) or bool(after and fold_word(after[1]) in _COUNTED and not said)


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in spans)


def _stands_alone(text: str, start: int) -> bool:
    """ "số 4725" begins the query or follows the name of a type; not "chuyển đổi số 2025"."""
    return _BEFORE_BARE.search(strip_marks(text[max(0, start - 24) : start])) is not None


def _number(text: str, match: re.Match[str]) -> Found | None:
    """The longest run of symbols that reads as a number. Loose spellings need a known type or issuer."""
    first = fold_word(match["first"])
    spaced = match["sep"].isspace()
    printed = not spaced and _is_printed(match["first"])
    office = first in ISSUERS and (not spaced or not (first in _SCHOOLS or is_syllable(first)))
    if not (printed or first in TYPES or office):
        return None
    start, end = match.start(), match.end("first")
    for part in _PART.finditer(match["rest"]):
        letters = part["letters"]
        joined = not part["sep"].isspace()
        if joined and part["sep"].strip() == "." and not _is_printed(letters):
            break
        folded = fold_word(letters)
        if not ((joined and (_is_printed(letters) or not printed)) or _is_abbreviation(folded, not printed)):
            break
        end = match.start("rest") + part.end()
    key = number_key(text[start:end])
    return Found("number", f"#{key}", start, end, key=key, partial=spaced and end == match.end("first"))


def _is_printed(letters: str) -> bool:
    """Upper case as printed in a symbol: KH, PGDĐT, TTg, TTr."""
    return len(letters) > 1 and letters[:2].isupper()


def _is_abbreviation(folded: str, loose: bool) -> bool:
    """A word after a space belongs to the number only where it cannot be a word of a sentence ("PGD ĐT"
    can)."""
    return folded == "dt" or (loose and (folded in ISSUERS or (len(folded) > 2 and not is_syllable(folded))))


def _dates(text: str) -> Iterator[Found]:
    for match in _DATE.finditer(text):
        try:
            day = date(int(match["y"] or match["y2"]), int(match["m"] or match["m2"]), int(match["d"]))
        except ValueError:
            continue
        yield Found("date", f"={day.isoformat()}", *match.span())
    for match in _DAY.finditer(text):
        month, day_of = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
        if 1 <= month <= 12 and 1 <= day_of <= (29, 30, 31)[(month != 2) + (month in (1, 3, 5, 7, 8, 10, 12))]:
            start = match.start("d") if match["d"] else match.start("d2")
            yield Found("date", f"=--{month:02}-{day_of:02}", start, match.end())


def _percentages(text: str) -> Iterator[Found]:
    for match in _PERCENT.finditer(text):
        yield Found("percent", match["n"].replace(".", ",") + "%", *match.span())


def is_misread(key: str, other: str) -> bool:
    """Whether two keys are one number with one letter misread or two neighbours swapped: the digits agree, the letters
    differ in one place ("1937khpgddt", "1937khpgdot")."""
    digits, letters = re.match(r"(\d*)(.*)", key).groups()
    other_digits, other_letters = re.match(r"(\d*)(.*)", other).groups()
    if digits != other_digits or min(len(letters), len(other_letters)) < 5:
        return False
    if len(letters) == len(other_letters):
        wrong = [i for i, (a, b) in enumerate(zip(letters, other_letters, strict=True)) if a != b]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(letters) == sorted(other_letters)
        return len(wrong) <= 1 or swapped
    long, short = sorted((letters, other_letters), key=len, reverse=True)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
