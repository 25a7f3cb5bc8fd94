"""What is wrong with a concept before it is saved: every problem at once, each with the spelling that has it.

``concepts.build`` refuses a list that cannot be used; an editor wants to know beforehand, of her own line, and also of
what would only make answers worse. Pure but for the vocabulary it asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from . import numbers
from .concepts import ConceptError, Form, Line, forms_of
from .letters import nfc
from .question import Vocabulary

COMMON = 0.2
"""A single word that stands in so many of the documents means too many things to be a concept."""


class Problem(StrEnum):
    """``CONTAINS`` is only told; with any other the line is not saved."""

    EMPTY = "empty"
    """No spelling at all, or one without letters."""
    NOTE = "note"
    """Nobody said what it is."""
    TAKEN = "taken"
    """Another concept has this spelling: one of the two would swallow the other."""
    BOTH_WAYS = "both_ways"
    """The same spelling is equal and one-way in one line."""
    NUMBER = "number"
    """It reads as a document's number, a date or a percentage, which are recognised before concepts."""
    COMMON = "common"
    """A single word that most documents have."""
    CONTAINS = "contains"
    """Another concept stands inside it; both will be found, and the longer one is what is asked for."""


@dataclass(frozen=True)
class Finding:
    """A problem with one spelling; ``other`` is the concept it clashes with."""

    problem: Problem
    spelling: str
    other: str = ""

    @property
    def refuses(self) -> bool:
        return self.problem is not Problem.CONTAINS


def check(line: Line, others: Iterable[Line], vocab: Vocabulary | None = None) -> tuple[Finding, ...]:
    """Everything there is to say of a line beside these others (a line of the same name is its former self)."""
    return tuple(dict.fromkeys(_findings(line, [other for other in others if other.name != line.name], vocab)))


def _findings(line: Line, others: list[Line], vocab: Vocabulary | None) -> Iterator[Finding]:
    if not line.note.strip():
        yield Finding(Problem.NOTE, "")
    if not line.forms and not line.upper:
        yield Finding(Problem.EMPTY, "")
    taken: dict[tuple[str, ...], str] = {form.words: other.name for other in others for form in forms_of(other)}
    for spelling in (*line.forms, *line.upper, *line.one_way):
        try:
            forms = forms_of(Line(line.name, line.note, (spelling,)))
        except ConceptError:
            yield Finding(Problem.EMPTY, spelling)
            continue
        if any(numbers.find(nfc(spelling))) or all(word.isdigit() for form in forms for word in form.words):
            yield Finding(Problem.NUMBER, spelling)
        for form in forms:
            yield from _of_form(spelling, form, spelling in line.upper, taken, vocab)
    both = {form.words for form in _forms((*line.forms, *line.upper))} & {form.words for form in _forms(line.one_way)}
    for words in sorted(both):
        yield Finding(Problem.BOTH_WAYS, " ".join(words))


def _of_form(
    spelling: str, form: Form, upper: bool, taken: dict[tuple[str, ...], str], vocab: Vocabulary | None
) -> Iterator[Finding]:
    if form.words in taken:
        yield Finding(Problem.TAKEN, spelling, taken[form.words])
    count = len(form.words)
    for size in range(1, count):
        for start in range(count - size + 1):
            if inside := taken.get(form.words[start : start + size]):
                yield Finding(Problem.CONTAINS, spelling, inside)
    if vocab and vocab.total and count == 1 and not upper and vocab.words(form.words[0]) > COMMON * vocab.total:
        yield Finding(Problem.COMMON, spelling)


def _forms(spellings: tuple[str, ...]) -> list[Form]:
    found = []
    for spelling in spellings:
        try:
            found += forms_of(Line("", "", (spelling,)))
        except ConceptError:
            continue
    return found
