"""What of a question may be kept. A question that could tell who somebody is leaves nothing but a count.

Pure. What is recognised: addresses of e-mail and of the web, runs of eight digits and more (telephones, identity and
bank numbers, school records), passports, number plates, days of birth, house numbers, and whole letters. Names of
people are not recognised, because schools bear them; what protects those is said in
``docs/decisions/0010-search-log.md``."""

import re
from dataclasses import dataclass

from search.letters import fold, nfc, strip_marks
from search.numbers import find

MAX_CHARS = 120
MAX_WORDS = 20
"""The longest judged question has 15 words; what is longer was pasted or is a letter."""

_MAIL = re.compile(r"\S\s?@\s?\S")
_WEB = re.compile(r"://|\bwww\.", re.I)
_DIGITS = re.compile(r"\d(?:[\s.,()–—-]{0,3}\d){7,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PASSPORT = re.compile(r"\b[a-z]\d{7}\b", re.I)
_PLATE = re.compile(r"\b\d{2}\s?-?\s?[a-z]{1,2}\d?\s?[-.\s]\s?\d{3}\.?\d{2}\b", re.I)
_BIRTH = re.compile(r"\bngay sinh\b|(?<!tuyen )(?<!hoc )(?<!thi )\bsinh ngay\b")
_HOUSE = re.compile(r"\b(?:so nha|nha so|ngach|hem)\s+\d")
_ORNAMENT = re.compile(r'[^\w\s"“”„«»%/&+.,:?()–-]+')
_OUTSIDE_KEY = re.compile(r'[^\w"%/&+-]+')


@dataclass(frozen=True)
class Kept:
    """A question as it is counted (``key``: folded, so that marks and capitals make no difference) and shown."""

    key: str
    text: str

    @property
    def spelling(self) -> str:
        """As it is offered to others: they are offered no spelling that five visitors did not use, because other
        marks make other words."""
        return self.text.casefold()[:MAX_CHARS]


def keep(text: str) -> Kept | None:
    """The question in the form that is kept; None where nothing of it may be kept."""
    text = nfc(text)
    if is_personal(text):
        return None
    text = " ".join(_ORNAMENT.sub(" ", text).split()).strip("?.,: ")
    if not text or len(text) > MAX_CHARS or len(text.split()) > MAX_WORDS:
        return None
    key = key_of(text)
    return Kept(key, text) if key else None


def key_of(text: str) -> str:
    """Questions with one key have one answer, marks and capitals aside; quotation marks and minus signs stay."""
    plain = re.sub("[“”„«»]", '"', fold(nfc(text)))
    return " ".join(_OUTSIDE_KEY.sub(" ", plain).split()).strip("-/&+% ")[:MAX_CHARS]


def is_personal(text: str) -> bool:
    """Whether the text could tell who somebody is."""
    folded = fold(text)
    if _MAIL.search(text) or _WEB.search(text) or _PASSPORT.search(text) or _PLATE.search(text):
        return True
    if _BIRTH.search(folded) or _HOUSE.search(folded):
        return True
    return any(not _are_years(run.group()) for run in _DIGITS.finditer(_without_dates(text)))


def _without_dates(text: str) -> str:
    """A day is no telephone number."""
    for item in find(text):
        if item.kind == "date":
            text = text[: item.start] + "/" * (item.end - item.start) + text[item.end :]
    return text


def _are_years(digits: str) -> bool:
    """ "2021-2025" and "2023 2024 2025" say when, not who."""
    return all(_YEAR.fullmatch(part) for part in re.split(r"\D+", digits))


def better_spelling(known: str, new: str) -> str:
    """Of two spellings of one key the one with more marks, which reads better; the known one where they tie."""
    return max((known, new), key=_marks) if known else new


def _marks(text: str) -> int:
    return sum(strip_marks(char) != char.casefold() for char in text)
