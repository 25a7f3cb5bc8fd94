"""Where a question has no answer: which of its words nothing here has, and what comes nearest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import editions, failover, offers
from .asked import Asked
from .engines.base import Engine, Filters, IndexMissing, Reader
from .service import Results, search

WORDS = 8
NEAREST = 3
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))


@dataclass(frozen=True)
class Word:
    """A word of the question (or words that were to stand together) and how many things have it, with the filters and
    without; ``q`` asks for it alone."""

    text: str
    q: str
    count: int
    everywhere: int


@dataclass(frozen=True)
class Help:
    """``nearest`` is the answer to the question that asks for a little less; ``less`` says of what (filters, quotes,
    minus), and ``url`` is its address."""

    words: tuple[Word, ...] = ()
    less: str = ""
    url: str = ""
    nearest: Results | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Words nothing here has."""
        return tuple(word.text for word in self.words if not word.everywhere and word.q == word.text)


def helping(asked: Asked, found: Results) -> Help:
    """For an answer without results; asks the index a handful of small questions."""
    words, _stood_in = failover.answer(lambda engine: _words(engine, asked, found), usable=lambda _found: True)
    for less, url, ask in _easier(asked, found):
        nearest = ask()
        if nearest.total:
            return Help(words, less, f"?{url}", nearest)
    return Help(words)


def _words(engine: Engine, asked: Asked, found: Results) -> tuple[Word, ...]:
    try:
        reader = engine.reader()
    except IndexMissing:
        return ()
    with editions.reading(reader.analysis):
        return _counted(reader, asked, found)


def _counted(reader: Reader, asked: Asked, found: Results) -> tuple[Word, ...]:
    terms = {term.text: term.text for term in found.query.terms}
    terms |= {f'"{phrase.text}"': phrase.text for phrase in found.query.phrases}
    filters = {name: list(values) for name, values in asked.chosen.items()}
    return tuple(
        Word(text, q, offers.count(reader, q, filters), offers.count(reader, q))
        for q, text in list(terms.items())[:WORDS]
    )


def _easier(asked: Asked, found: Results) -> Iterator[tuple[str, str, Callable[[], Results]]]:
    """The same question asking for less, the smallest step first."""
    q = found.query.text

    def ask(text: str, chosen: Filters) -> Callable[[], Results]:
        return lambda: search(text, filters=chosen, per_page=NEAREST)

    if asked.chosen:
        yield "filters", asked.address(q=q, chosen={}), ask(q, {})
    if found.query.phrases:
        plain = unquoted(q)
        yield "quotes", asked.address(q=plain), ask(plain, asked.chosen)
    if found.query.excluded:
        wanted = " ".join([term.text for term in found.query.terms] + [f'"{p.text}"' for p in found.query.phrases])
        yield "minus", asked.address(q=wanted), ask(wanted, asked.chosen)
    if asked.chosen and (found.query.phrases or found.query.excluded):
        wanted = " ".join([term.text for term in found.query.terms] + [p.text for p in found.query.phrases])
        yield "all", asked.address(q=wanted, chosen={}), ask(wanted, {})


def unquoted(q: str) -> str:
    """The question with its quotation marks taken off."""
    return " ".join(q.translate(_QUOTES).split())
