"""Why a result stands where it stands, in words a citizen understands. Nothing is asked of the index again."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from .engines.base import Record
from .question import Plan
from .text import analyse, lead, number_key

REASONS = {
    "exact_title": _("It bears exactly this name."),
    "in_title": _("All the words are in its title."),
    "defines": _("A passage says what the word means."),
    "together": _("All the words stand in one passage."),
    "accents": _("The marks agree with those typed."),
    "recent": _("It is recent."),
    "cited": _("Other documents cite it."),
    "homograph": _("It has the words with other marks than those typed, so it stands further down."),
    "out_of_force": _("It is no longer in force, so it stands further down."),
}
WORTH_SAYING = 0.03
EXACT = 3
NUMBER = _("It is the document with the number asked for.")
NEAREST = _("Its number is the nearest to the one asked for.")
BEGINS = _("Its number begins with %(number)s.")
PHRASE = _("It has “%(phrase)s”, word for word.")
WORDS = _("Its text has the words asked for.")
WITHOUT = _("Nothing has all the words; this was found without: %(words)s.")


class Found(Protocol):
    """What is known of a result (``service.Hit``)."""

    @property
    def record(self) -> Record: ...

    @property
    def signals(self) -> tuple[tuple[str, float], ...]: ...

    @property
    def number(self) -> int: ...


def reasons(hit: Found, plan: Plan) -> tuple[str, ...]:
    """Why this result, the weightiest reason first; what hardly counted is not mentioned. Never empty."""
    told = sorted((signal for signal in hit.signals if abs(signal[1]) >= WORTH_SAYING), key=lambda one: -abs(one[1]))
    said = [*_number(hit, plan), *(str(PHRASE) % {"phrase": phrase.text} for phrase in plan.phrases)]
    said += [str(REASONS[name]) for name, _worth in told if name in REASONS]
    if not any(name != "out_of_force" for name, _worth in told) and plan.groups and not hit.number:
        said.insert(0, str(WORDS))
    if plan.dropped:
        said.append(str(WITHOUT) % {"words": ", ".join(plan.dropped)})
    return tuple(said)


def _number(hit: Found, plan: Plan) -> Iterable[str]:
    if hit.number == EXACT:
        yield str(NUMBER)
    elif hit.number:
        own = number_key(hit.record.number)
        begun = any(mark.kind == "number" and own.startswith(mark.key) for mark in analyse(plan.text).marks)
        yield str(BEGINS if begun or hit.number == 1 else NEAREST) % {"number": lead(own)}
