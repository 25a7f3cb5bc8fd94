"""What is odd about a document, for its editors: pure rules over facts. Each says what, and the way out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_ADDRESS = re.compile(r"(?<![\w@])(?:h[tp]{2,4}s?\s?[:;]?/{1,2}|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_WELL_FORMED = re.compile(
    r"https?://(?:localhost|[a-z0-9](?:[a-z0-9-]*\.)+[a-z]{2,}|\d+(?:\.\d+){3})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE
)
_ENDS = ".,;:!?)]}'’»…"
_APPENDIX = re.compile(r"\bphụ lục(?:\s+số)?\s+(\d{1,2}|[IVX]{1,5})\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"^[^.;]{0,80}\b(?:thông tư|quyết định|nghị định|nghị quyết|công văn|luật|kế hoạch số|hướng dẫn số)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A block of the body: its id in the editor and its words."""

    block: str
    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Place:
    """What an address of this site leads to: public, withdrawn (then its title), or not there for the public."""

    is_public: bool
    withdrawn_on: date | None = None
    title: str = ""


@dataclass(frozen=True)
class Attached:
    name: str
    role: str
    is_on_disk: bool


@dataclass(frozen=True)
class Named:
    """A document this one has a relation with, as the editor states or the text says."""

    label: str
    words: str
    is_public: bool
    withdrawn_on: date | None = None
    """``words``: as they stand in the text; "" where an editor states it."""


@dataclass(frozen=True)
class Choice:
    """A citation several documents fit."""

    words: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Basis:
    """A legal basis that no longer holds, and what became of it."""

    words: str
    reason: str
    label: str = ""


@dataclass(frozen=True)
class Facts:
    pieces: tuple[Piece, ...] = ()
    hosts: frozenset[str] = frozenset()
    places: Mapping[str, Place] | None = None
    attached: tuple[Attached, ...] = ()
    named: tuple[Named, ...] = ()
    choices: tuple[Choice, ...] = ()
    bases: tuple[Basis, ...] = ()
    bases_total: int = 0
    circle: tuple[str, ...] = ()
    signer: str = ""
    review_on: date | None = None
    is_illustrative: bool = False


@dataclass(frozen=True)
class Finding:
    """``place``: fragment of the block in the editor; "" where it is no place in the text."""

    code: str
    message: str
    way_out: str
    place: str = ""


def addresses(text: str) -> Iterator[str]:
    """What is meant as a web address, without the punctuation that follows it."""
    for match in _ADDRESS.finditer(text):
        yield match[0].rstrip(_ENDS)


def path_here(address: str, hosts: frozenset[str]) -> str | None:
    """The path, where an address is one of this site; without the prefix of a language."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        return None
    if host not in hosts:
        return None
    path = parts.path.removeprefix("/en/") if parts.path.startswith("/en/") else parts.path.removeprefix("/")
    return f"/{path}" if not path or path.endswith("/") else f"/{path}/"


def findings(facts: Facts, today: date) -> tuple[Finding, ...]:
    """Everything there is to say, what misleads readers first."""
    return (
        *_links(facts),
        *_relations(facts),
        *_bases(facts),
        *_choices(facts),
        *_appendices(facts),
        *_files(facts),
        *_reminders(facts, today),
    )


def _links(facts: Facts) -> Iterator[Finding]:
    for piece in facts.pieces:
        for address in dict.fromkeys(addresses(piece.text)):
            if not _WELL_FORMED.match(address if "//" in address or ":" in address else f"https://{address}"):
                yield Finding(
                    "address",
                    _("“%(address)s” is no complete web address.") % {"address": address},
                    _("Correct it: an address begins with https:// and names a host."),
                    _at(piece),
                )
                continue
            path = path_here(address, facts.hosts)
            place = (facts.places or {}).get(path) if path else None
            if path and place is None:
                continue
            if place and not place.is_public:
                yield Finding(
                    "link",
                    _("“%(address)s” leads to a page the public cannot read.") % {"address": address},
                    _("Correct the address, or have that page published."),
                    _at(piece),
                )
            elif place and place.withdrawn_on:
                yield Finding(
                    "link_withdrawn",
                    _("“%(address)s” leads to “%(title)s”, withdrawn on %(day)s.")
                    % {"address": address, "title": place.title, "day": _day(place.withdrawn_on)},
                    _("Link to what holds now, or say that it has been withdrawn."),
                    _at(piece),
                )


def _relations(facts: Facts) -> Iterator[Finding]:
    for one in dict.fromkeys(facts.named):
        if not one.is_public:
            yield Finding(
                "relation",
                _("The relation to “%(label)s” leads to a page the public cannot read.") % {"label": one.label},
                _("Publish that document, or choose another one."),
                place_of(facts.pieces, one.words),
            )
        elif one.withdrawn_on:
            yield Finding(
                "relation_withdrawn",
                _("“%(label)s” was withdrawn on %(day)s.") % {"label": one.label, "day": _day(one.withdrawn_on)},
                _("Check whether the relation is still meant; it may stay."),
                place_of(facts.pieces, one.words),
            )
    if facts.circle:
        yield Finding(
            "circle",
            _("This document and %(others)s replace one another.")
            % {"others": ", ".join(f"“{one}”" for one in facts.circle)},
            _("Look at the dates and at which document replaces which. Until then the later date wins."),
        )


def _bases(facts: Facts) -> Iterator[Finding]:
    if facts.bases:
        message = ngettext(
            "%(gone)d of %(total)d legal basis no longer holds.",
            "%(gone)d of %(total)d legal bases no longer hold.",
            facts.bases_total,
        ) % {"gone": len(facts.bases), "total": facts.bases_total}
        yield Finding("bases", message, _("Look at each below; where it matters, issue the document anew."))
    for base in facts.bases:
        yield Finding(
            "basis",
            _("%(label)s: %(reason)s") % {"label": base.label or base.words, "reason": base.reason},
            _("Check whether this document still holds without it."),
            place_of(facts.pieces, base.words),
        )


def _choices(facts: Facts) -> Iterator[Finding]:
    for choice in facts.choices:
        yield Finding(
            "ambiguous",
            _("“%(words)s” may mean: %(candidates)s.")
            % {"words": choice.words, "candidates": "; ".join(choice.candidates)},
            _("Say which under Relations: choose the document that is meant."),
            place_of(facts.pieces, choice.words),
        )


def _appendices(facts: Facts) -> Iterator[Finding]:
    there = {
        _number(match[1]) for piece in facts.pieces if piece.is_heading for match in _APPENDIX.finditer(piece.text)
    }
    for file in facts.attached:
        if file.role == "appendix":
            there |= {_number(found) for found in re.findall(r"\b\d{1,2}\b|\b[IVX]{1,5}\b", file.name)}
    told: set[int] = set()
    for piece in facts.pieces:
        if piece.is_heading:
            continue
        for match in _APPENDIX.finditer(piece.text):
            number = _number(match[1])
            if number in there | told or _OF_ANOTHER.match(piece.text[match.end() :]):
                continue
            told.add(number)
            yield Finding(
                "appendix",
                _("The text names “%(appendix)s”, which is not here.") % {"appendix": match[0]},
                _("Add it as a heading of the text or as an attached file, or mark the document as an extract."),
                _at(piece),
            )


def _files(facts: Facts) -> Iterator[Finding]:
    for file in facts.attached:
        if not file.is_on_disk:
            yield Finding(
                "file",
                _("The file “%(name)s” is not on the server’s disk.") % {"name": file.name},
                _("Tell the operator, who can bring it back from a backup; or attach it anew."),
            )
    if facts.signer and not any(file.role == "signed" for file in facts.attached):
        yield Finding(
            "signed",
            _("The document is signed by %(name)s, but the signed original is not attached.") % {"name": facts.signer},
            _("Attach the signed file under Details, so that readers can compare."),
        )


def _reminders(facts: Facts, today: date) -> Iterator[Finding]:
    if facts.review_on and facts.review_on <= today:
        yield Finding(
            "review",
            _("It was to be reviewed on %(day)s.") % {"day": _day(facts.review_on)},
            _("Read it through, then set the next date under Changes and review."),
        )
    if facts.is_illustrative:
        yield Finding(
            "illustrative",
            _("It is marked as illustrative: the public page says that something on it is invented."),
            _("Take the mark off under Publication once everything on it is real."),
        )


def place_of(pieces: Sequence[Piece], words: str) -> str:
    """The first block that contains these words."""
    return next((_at(piece) for piece in pieces if words and words in piece.text), "")


def _at(piece: Piece) -> str:
    return f"#block-{piece.block}-section" if piece.block else ""


def _number(text: str) -> int:
    """1 for “1” and “I”."""
    if text.isdecimal():
        return int(text)
    values = [{"I": 1, "V": 5, "X": 10}.get(letter, 0) for letter in text.upper()]
    return sum(-one if one < max(values[place:]) else one for place, one in enumerate(values))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
