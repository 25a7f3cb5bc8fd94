"""What is offered beside an answer must itself have an answer, made of what the public may see now.

A vocabulary counts words in the index's own books, where something that was taken away stands until the books are
tidied; so before a word is offered, what is there now is asked for it.
"""

from dataclasses import replace

from .engines.base import Filters, Reader
from .query import parse, plan
from .question import Plan, Query
from .spelling import Correction, correct


def other_spelling(reader: Reader, query: Query) -> Correction | None:
    """Did you mean: only unknown words are touched, and only words that something here has now are offered."""
    meant = correct(query, reader.vocab) if reader.vocab.cheap else None
    if meant and all(count(reader, word) for _typed, word in meant.changed):
        return meant
    return None


def count(reader: Reader, text: str, filters: Filters | None = None) -> int:
    """How many things have all of this, nothing given up."""
    return reader.retrieve(whole(reader, text), filters or {}, limit=1).total


def answers(reader: Reader, text: str) -> bool:
    """Whether a question has an answer without giving up a word."""
    asked = whole(reader, text)
    return not asked.dropped and not asked.is_empty and reader.retrieve(asked, {}, limit=1).total > 0


def whole(reader: Reader, text: str) -> Plan:
    """The plan of a question, asking for all that is wanted."""
    made = plan(parse(text), reader.vocab)
    return replace(made, minimum=len(made.groups))
