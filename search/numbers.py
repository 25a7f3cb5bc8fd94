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
_DATE = re.compile(
    r"(?<![\d/.-])(?P<d>[0-9]{1,2})(?:(?P<s>[/.-])(?P<m>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})"
    r"|\s+th[aá]ng\s+(?P<m2>[0-9]{1,2})\s+n[aă]m\s+(?P<y2>[0-9]{4}))(?![\d/])",
    re.I,
)
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
    dates = list(_dates(text))
    yield from dates
    yield from _percentages(text)
    taken = [(found.start, found.end) for found in dates]
    for match in _SYMBOL.finditer(text):
        found = _number(text, match)
        if found and not _overlaps(found.start, found.end, taken):
            taken.append((found.start, found.end))
            yield found
    for match in _BARE.finditer(text):
        if not _overlaps(*match.span(), taken) and _stands_alone(text, match.start()):
            key = number_key(match["digits"] + (match["year"] or ""))
            yield Found("number", f"#{key}", *match.span(), key=key, partial=True)


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
    if not (printed or first in TYPES or (first in ISSUERS and not spaced)):
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


def _percentages(text: str) -> Iterator[Found]:
    for match in _PERCENT.finditer(text):
        yield Found("percent", match["n"].replace(".", ",") + "%", *match.span())
