"""Short forms that documents explain themselves, offered to editors. A room registers what it knows.

learn_from(source)      # in the room's AppConfig.ready(); source() gives what is said now
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .concept_check import check
from .concepts import ConceptError, Line, forms_of

MAX_CHARS = 120


@dataclass(frozen=True)
class Said:
    """A document (``key``, its ``title`` and ``url``) says that ``short`` stands for ``meaning``."""

    short: str
    meaning: str
    key: str
    title: str = ""
    url: str = ""


class Standing(StrEnum):
    """Of a proposal beside the list as it is."""

    NEW = "new"
    PART = "part"
    """One of the two belongs to a concept which has not the other."""
    CLASH = "clash"
    """The two belong to different concepts."""
    KNOWN = "known"
    UNFIT = "unfit"
    """The check would refuse it."""


@dataclass(frozen=True)
class Proposal:
    """``documents`` is how many say so, ``example`` one of them. ``concept`` has one of the two, ``other`` (in a clash)
    the other one; ``missing`` is what ``concept`` lacks."""

    short: str
    meaning: str
    documents: int
    example: Said
    standing: Standing
    concept: str = ""
    other: str = ""
    missing: str = ""


_sources: list[Callable[[], Iterable[Said]]] = []


def learn_from(source: Callable[[], Iterable[Said]]) -> None:
    """Ask this source too. Only what the public may see counts."""
    if source not in _sources:
        _sources.append(source)


def said() -> list[Said]:
    """Everything every source says."""
    return [one for source in _sources for one in source()]


def proposals(every: Iterable[Said], lines: Sequence[Line]) -> tuple[Proposal, ...]:
    """One proposal for each pair, however it is written: what can be used first, what most documents say first."""
    owners = {form.words: line.name for line in lines for form in forms_of(line)}
    pairs: dict[tuple, list[Said]] = {}
    for one in every:
        short, meaning = _words(one.short), _words(one.meaning)
        if short and meaning and short != meaning and len(one.short) <= MAX_CHARS and len(one.meaning) <= MAX_CHARS:
            pairs.setdefault((short, meaning), []).append(one)
    made = [_proposal(pair, sayings, owners, lines) for pair, sayings in pairs.items()]
    order = list(Standing)
    return tuple(sorted(made, key=lambda p: (order.index(p.standing), -p.documents, p.short.casefold(), p.meaning)))


def _proposal(pair: tuple, sayings: list[Said], owners: dict[tuple[str, ...], str], lines: Sequence[Line]) -> Proposal:
    short = Counter(one.short for one in sayings).most_common(1)[0][0]
    meaning = Counter(one.meaning for one in sayings).most_common(1)[0][0]
    has_short, has_meaning = (owners.get(words, "") for words in pair)
    standing, concept, other, missing = Standing.NEW, has_short or has_meaning, "", ""
    if has_short and has_meaning:
        standing = Standing.KNOWN if has_short == has_meaning else Standing.CLASH
        other = has_meaning if has_meaning != has_short else ""
    elif concept:
        standing, missing = Standing.PART, meaning if has_short else short
    wanted = (missing,) if missing else (short, meaning)
    if standing in (Standing.NEW, Standing.PART):
        line = Line(concept, "-", wanted)
        if any(finding.refuses for finding in check(line, lines)):
            standing = Standing.UNFIT
    documents = len({one.key for one in sayings})
    return Proposal(short, meaning, documents, sayings[0], standing, concept, other, missing)


def _words(spelling: str) -> tuple[str, ...]:
    try:
        return forms_of(Line("", "", (spelling,)))[0].words
    except ConceptError:
        return ()
