"""What a page reached from the results marks: the words of the question, by the function that marked the result.

The embedded index is asked, whichever engine answers: it lies on this machine, and it knows which passages of a thing
have anything of the question, so that a page of five hundred leaves is not read again.
"""

import logging
from dataclasses import dataclass, field

from . import editions
from .engines import EMBEDDED, engine
from .engines.base import IndexMissing
from .engines.tantivy_reader import TantivyReader
from .mark import Span, Wanted, highlight, wanted
from .query import parse, plan, reread
from .question import Query
from .text import nfc

logger = logging.getLogger(__name__)

MAX_CHARS = 300
MOST = 60
"""Passages that are marked; the three of the result are among them."""


@dataclass(frozen=True)
class Landing:
    """The question as it is told, and how its words are marked in the passages with these anchors."""

    text: str = ""
    wanted: Wanted = field(default_factory=Wanted)
    anchors: frozenset[str] = frozenset()
    analysis: str = ""
    """That of the index which was asked; the text is read with it too."""

    def spans(self, anchor: str, text: str) -> tuple[Span, ...]:
        """Where to mark a text that stands at an anchor, as offsets into it."""
        if anchor not in self.anchors or nfc(text) != text:
            return ()
        with editions.reading(self.analysis):
            return highlight(text, self.wanted).spans


def landing(key: str, q: str) -> Landing:
    """What to mark on the page of ``key`` for what stands in its address; nothing where nothing can be. Never raises
    for what a reader can type, and a broken index only leaves the marks out."""
    if not q.strip():
        return Landing()
    try:
        reader = engine(EMBEDDED).reader()
        with editions.reading(reader.analysis):
            return _landing(reader, key, parse(q[:MAX_CHARS]))
    except IndexMissing:
        return Landing()
    except Exception:
        logger.exception("search: a landing could not be marked")
        return Landing()


def _landing(reader: TantivyReader, key: str, query: Query) -> Landing:
    if query.is_empty:
        return Landing()
    asked = plan(reread(query, reader.vocab), reader.vocab)
    shown = reader.shown(asked, list(reader.placed([key]).values()), MOST).values()
    anchors = frozenset(passage.anchor for _record, found in shown for passage in found if passage.anchor)
    return Landing(query.text, wanted(asked), anchors, reader.analysis)
