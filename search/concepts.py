"""Concepts: an abbreviation and the words it stands for are one thing to find.

``concepts.yaml`` has one line a concept. ``forms`` are equal both ways; ``from`` is one-way: a reader who
types it also finds the concept, a reader who types the concept does not get it. A form in ``upper`` counts
only when it is written in capitals ("AI" is not "ai", who). A form with "&" also stands for its joined
spelling: "PGD&ĐT" = "PGDĐT"."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from .letters import fold_word, nfc

CONCEPTS_FILE = Path(__file__).with_name("concepts.yaml")
_WORD = re.compile(r"[^\W_]+")
_KEYS = frozenset({"forms", "from", "upper", "note"})


class ConceptError(ValueError):
    """A line of the concept file that cannot be used; the message names the concept and the form."""


@dataclass(frozen=True)
class Line:
    """One concept as it is written down: in the file, or by an editor. ``one_way`` is ``from`` of the file."""

    name: str
    note: str
    forms: tuple[str, ...]
    upper: tuple[str, ...] = ()
    one_way: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One spelling of a concept as a sequence of folded words."""

    concept: str
    words: tuple[str, ...]
    one_way: bool = False
    upper: bool = False


@dataclass(frozen=True)
class Concepts:
    """All forms, by their first folded word, longest first. ``digest`` changes when anything in the file
    does."""

    forms: Mapping[str, tuple[Form, ...]]
    digest: str

    def at(self, words: Sequence[str], position: int) -> tuple[Form, ...]:
        """Every form that begins at a position of a folded text, nested ones too: none hides another."""
        return tuple(
            form
            for form in self.forms.get(words[position], ())
            if tuple(words[position : position + len(form.words)]) == form.words
        )


def load(text: str) -> Concepts:
    """Read the file's text. Refuses (``ConceptError``) what would let one concept swallow another: a
    spelling that belongs to two, in either direction; also an unknown key, a missing note, a concept
    without forms."""
    return build(lines(text))


def lines(text: str) -> tuple[Line, ...]:
    """The lines of the file's text. Raises ``ConceptError``."""
    return tuple(_line(str(name), line) for name, line in (yaml.safe_load(text) or {}).items())


def build(every: Iterable[Line]) -> Concepts:
    """Concepts of these lines, the file's and editors' together. Raises ``ConceptError`` where two clash. The digest
    is that of what was said, whatever the order, so that saving without a change asks for no rebuild."""
    owners: dict[tuple[str, ...], str] = {}
    forms: dict[str, list[Form]] = {}
    said = []
    for line in every:
        said.append([line.name, sorted(line.forms), sorted(line.upper), sorted(line.one_way)])
        for form in forms_of(line):
            owner = owners.setdefault(form.words, form.concept)
            if owner != form.concept:
                raise ConceptError(f"{form.concept}: “{' '.join(form.words)}” already belongs to {owner}")
            forms.setdefault(form.words[0], []).append(form)
    ordered = {first: tuple(sorted(set(own), key=_longest_first)) for first, own in forms.items()}
    whole = nfc(json.dumps(sorted(said), ensure_ascii=False))
    return Concepts(ordered, hashlib.sha256(whole.encode()).hexdigest()[:8])


def merged(base: Iterable[Line], own: Iterable[Line], off: Iterable[str] = ()) -> tuple[Line, ...]:
    """The base with editors' lines on top: an own line replaces the base's of the same name, ``off`` names base lines
    that are switched off. Always usable: where two lines have one spelling the earlier has it, editors' before the
    base's (an upgrade may bring what they had said before), and a line without equal spellings goes."""
    own = tuple(own)
    hidden = {line.name for line in own} | set(off)
    owners: dict[tuple[str, ...], str] = {}
    found = []
    for line in (*own, *(line for line in base if line.name not in hidden)):
        kept = replace(
            line,
            forms=tuple(spelling for spelling in line.forms if _is_free(line.name, spelling, owners)),
            upper=tuple(spelling for spelling in line.upper if _is_free(line.name, spelling, owners)),
            one_way=tuple(
                spelling
                for spelling in line.one_way
                if spelling not in line.upper and _is_free(line.name, spelling, owners)
            ),
        )
        if kept.forms or kept.upper:
            found.append(kept)
            owners |= {form.words: line.name for form in forms_of(kept)}
    return tuple(found)


def _is_free(name: str, spelling: str, owners: Mapping[tuple[str, ...], str]) -> bool:
    try:
        return all(owners.get(words, name) == name for words in _spellings(name, spelling))
    except ConceptError:
        return False


def _longest_first(form: Form) -> tuple[int, tuple[str, ...], str]:
    return -len(form.words), form.words, form.concept


def _line(name: str, line: object) -> Line:
    if not isinstance(line, dict) or not line.get("forms") or not line.get("note") or set(line) - _KEYS:
        raise ConceptError(f"{name}: a concept has forms, a note, and perhaps from and upper")
    own = {key: tuple(map(str, line.get(key, ()))) for key in ("forms", "upper", "from")}
    return Line(name, str(line["note"]), own["forms"], own["upper"], own["from"])


def forms_of(line: Line) -> list[Form]:
    """Every spelling of a line as folded words. Raises ``ConceptError``."""
    found = []
    kinds = ((line.forms, False, False), (line.upper, False, True), (line.one_way, True, False))
    for spellings, one_way, upper in kinds:
        for spelling in spellings:
            if one_way and spelling in line.upper:
                raise ConceptError(f"{line.name}: “{spelling}” stands in both from and upper")
            found += [Form(line.name, words, one_way, upper) for words in _spellings(line.name, spelling)]
    return found


def _spellings(name: str, spelling: str) -> list[tuple[str, ...]]:
    words = tuple(fold_word(word) for word in _WORD.findall(nfc(str(spelling))))
    if not words:
        raise ConceptError(f"{name}: “{spelling}” has no letters")
    joined = [("".join(words),)] if "&" in spelling and len(words) == 2 else []
    joined += [(*words[:-2], words[-2] + words[-1])] if "&" in spelling and len(words) > 2 else []
    return [words, *joined]


_chosen: ContextVar[Concepts | None] = ContextVar("concepts", default=None)


def concepts() -> Concepts:
    """The list in use: the one chosen by ``using``, else the file's own."""
    return _chosen.get() or of_file()


@contextmanager
def using(chosen: Concepts) -> Iterator[None]:
    """Analyse with another list for a while: an index is filled with the newest one, and asked with the one it was
    filled with, also while the next is being filled."""
    token = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(token)


@cache
def lines_of_file() -> tuple[Line, ...]:
    """The list that comes with the software."""
    return lines(CONCEPTS_FILE.read_text(encoding="utf-8"))


@cache
def of_file() -> Concepts:
    return build(lines_of_file())
