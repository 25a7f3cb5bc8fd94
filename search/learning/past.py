"""Questions of others that may be offered while typing: asked by five visitors or more, and answered now."""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.db.models import Sum
from django.utils.timezone import localdate

from search import editions
from search.engines.base import Reader
from search.letters import fold
from search.models import PastQuery, SearchDay
from search.query import parse, plan
from search.question import Query
from search.text import tokens

from .files import Remembered, write
from .privacy import better_spelling, key_of

MOST = 2_000
TRIED = 3
"""For each that is offered so many are tried at most: a reader waits for none."""
RECENT_DAYS = 90


@dataclass(frozen=True)
class Past:
    """``words`` are the folded words of ``text``; ``asked`` how often it was in the last ninety days."""

    text: str
    words: tuple[str, ...]
    asked: int


def _made(rows: list) -> tuple[Past, ...]:
    return tuple(Past(text, tuple(token.fold for token in tokens(text)), asked) for text, asked in rows)


_table: Remembered[tuple[Past, ...]] = Remembered("past.json", _made)


def past_queries(begins: str = "", most: int = 5, reader: Reader | None = None) -> tuple[Past, ...]:
    """The commonest questions that begin with what was typed (the last word may be unfinished), most often asked
    first. With a ``reader`` only those that find something in it at this moment. Asks the database nothing."""
    typed = tuple(token.fold for token in tokens(fold(begins)))
    likely = itertools.islice((past for past in _table.get() if _begins(past.words, typed)), most * TRIED)
    good = (past for past in likely if reader is None or answers(past.text, reader))
    return tuple(itertools.islice(good, most))


def begun(typed: str) -> list[str]:
    """Whole questions that begin with what was typed, the commonest first: for the suggestions while typing, which
    look themselves whether a question still finds something."""
    return [past.text for past in past_queries(typed, most=20)]


def latest(count: int) -> list[str]:
    """What was asked of late, the newest day first and there the commonest."""
    asked = SearchDay.objects.exclude(text="").order_by("-day", "-asked").values_list("text", flat=True)
    return list(dict.fromkeys(asked[: 2 * count]))[:count]


def _begins(words: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    if not typed:
        return True
    whole = len(typed) - 1
    return len(words) > whole and words[:whole] == typed[:whole] and words[whole].startswith(typed[whole])


def answers(text: str, reader: Reader) -> bool:
    """Whether the question finds something with all its words: one that lost its document, or holds a word that no
    public text has any more, is not offered."""
    chosen = plan(_parsed(text, reader.analysis), reader.vocab)
    if chosen.is_empty or chosen.dropped or chosen.unknown_numbers:
        return False
    return reader.retrieve(chosen, {}, limit=1).total > 0


@lru_cache(maxsize=MOST)
def _parsed(text: str, analysis: str) -> Query:
    with editions.reading(analysis):
        return parse(text)


def refresh() -> bool:
    """Write the table anew; True where it has changed. Two statements."""
    since = localdate() - timedelta(days=RECENT_DAYS)
    rows = PastQuery.objects.filter(reached_on__isnull=False, hidden=False, last_asked_on__gte=since)
    asked = SearchDay.objects.filter(day__gte=since).exclude(key="")
    counts = dict(asked.values_list("key").annotate(Sum("asked")).order_by())
    spelt: dict[str, str] = {}
    for row in rows:
        key = key_of(row.text)
        spelt[key] = better_spelling(spelt.get(key, ""), row.text)
    ordered = sorted(((text, counts.get(key, 0)) for key, text in spelt.items()), key=lambda pair: (-pair[1], pair[0]))
    return write(_table.path, ordered[:MOST])
