"""Concepts: an abbreviation and the words it stands for are one thing to find.

``concepts.yaml`` has one line a concept. ``forms`` are equal both ways; ``from`` is one-way: a reader who
types it also finds the concept, a reader who types the concept does not get it. A form in ``upper`` counts
only when it is written in capitals ("AI" is not "ai", who). A form with "&" also stands for its joined
spelling: "PGD&ĐT" = "PGDĐT"."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    lines = yaml.safe_load(text) or {}
    owners: dict[tuple[str, ...], str] = {}
    forms: dict[str, list[Form]] = {}
    for name, line in lines.items():
        for form in _forms(str(name), line):
            owner = owners.setdefault(form.words, form.concept)
            if owner != form.concept:
                raise ConceptError(f"{form.concept}: “{' '.join(form.words)}” already belongs to {owner}")
            forms.setdefault(form.words[0], []).append(form)
    ordered = {first: tuple(sorted(set(own), key=_longest_first)) for first, own in forms.items()}
    return Concepts(ordered, hashlib.sha256(nfc(text).encode()).hexdigest()[:8])


def _longest_first(form: Form) -> tuple[int, tuple[str, ...], str]:
    return -len(form.words), form.words, form.concept


def _forms(name: str, line: object) -> list[Form]:
    if not isinstance(line, dict) or not line.get("forms") or not line.get("note") or set(line) - _KEYS:
        raise ConceptError(f"{name}: a concept has forms, a note, and perhaps from and upper")
    found = []
    for key, one_way, upper in (("forms", False, False), ("upper", False, True), ("from", True, False)):
        for spelling in line.get(key, ()):
            if key == "from" and spelling in line.get("upper", ()):
                raise ConceptError(f"{name}: “{spelling}” stands in both from and upper")
            found += [Form(name, words, one_way, upper) for words in _spellings(name, spelling)]
    return found


def _spellings(name: str, spelling: str) -> list[tuple[str, ...]]:
    words = tuple(fold_word(word) for word in _WORD.findall(nfc(str(spelling))))
    if not words:
        raise ConceptError(f"{name}: “{spelling}” has no letters")
    joined = [("".join(words),)] if "&" in spelling and len(words) == 2 else []
    joined += [(*words[:-2], words[-2] + words[-1])] if "&" in spelling and len(words) > 2 else []
    return [words, *joined]


@cache
def concepts() -> Concepts:
    """The site's own concepts, read once."""
    return load(CONCEPTS_FILE.read_text(encoding="utf-8"))
