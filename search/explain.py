"""Why a result stands where it stands, in words a reader understands: one sentence for each signal."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

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
NUMBER = _("It is the document with the number asked for.")


def reasons(signals: Iterable[tuple[str, float]], number: int = 0) -> tuple[str, ...]:
    """The sentences, the weightiest signal first; a signal that hardly counted is not mentioned."""
    told = sorted((signal for signal in signals if abs(signal[1]) >= WORTH_SAYING), key=lambda signal: -abs(signal[1]))
    said = [str(REASONS[name]) for name, _worth in told]
    return tuple([str(NUMBER), *said] if number else said)
