"""What an editor typed as a plan that betrays nothing.

The public search lets words go that nothing here has. Here that would tell whether a sibling office's draft has them:
what matches an editor's own pages must not depend on what others have written. So every way a thing can be found by
stays open (its words, its mark, its numbers), and none is closed because another document was found."""

from collections.abc import Sequence
from dataclasses import replace

from ..numbers import is_misread
from ..query import parse, plan
from ..question import Group, Plan, Query, Term, Vocabulary
from ..text import lead, tokens

MOST_NUMBERS = 50
_CLOSING = '"“”„«»'


def planned(text: str, vocab: Vocabulary, *, every: bool = True, unfinished: bool = False) -> Plan:
    """``every``: all that was typed must be found, otherwise anything of it. ``unfinished``: the last word may be the
    beginning of one. Empty for what holds no word."""
    query = parse(text)
    last = _last(query) if unfinished else None
    groups = tuple(_group(term, term is last, vocab) for term in query.terms)
    numbers = {
        key: 3 if key == term.key else 2 for term, g in zip(query.terms, groups, strict=True) for key in g.numbers
    }
    return replace(
        plan(query, vocab),
        groups=groups,
        numbers=tuple(numbers.items()),
        is_whole=True,
        minimum=len(groups) if every else min(1, len(groups)),
        dropped=(),
        unknown_numbers=(),
        openings=(),
    )


def _last(query: Query) -> Term | None:
    """The term that is still being typed; none behind a closed quotation, and none that is shut out."""
    words = query.text.split()
    if not words or words[-1][-1] in _CLOSING or (words[-1].startswith("-") and query.excluded):
        return None
    typed = tokens(words[-1])
    return next((term for term in reversed(query.terms) if typed and term.words[-1:] == (typed[-1].fold,)), None)


def _group(term: Term, unfinished: bool, vocab: Vocabulary) -> Group:
    words, begins = (term.words[:-1], term.words[-1]) if unfinished else (term.words, "")
    marks, numbers = ((term.mark,) if term.mark else ()), ()
    if term.kind == "number":
        marks += _going_on(f"#{term.key}", vocab.marks_from(f"#{term.key}"), unfinished)
        numbers = (
            *_going_on(term.key, vocab.numbers_from(term.key), unfinished),
            *(key for key in vocab.numbers_from(lead(term.key)) if not term.partial and is_misread(key, term.key)),
        )
    return Group(term.text, words, tuple(dict.fromkeys(marks)), tuple(dict.fromkeys(numbers)), 0, begins)


def _going_on(typed: str, known: Sequence[str], unfinished: bool) -> tuple[str, ...]:
    """Numbers that begin so; a run of digits that was finished does not go on."""
    ends = not unfinished and typed[-1:].isdigit()
    found = [key for key in known if key.startswith(typed) and not (ends and key[len(typed) :][:1].isdigit())]
    return tuple(found[:MOST_NUMBERS])
