"""What begins as someone is typing: numbers and titles of the embedded index, only of what it holds now.

The dictionary of the index knows how a word may go on; it still lists the words of what was taken away, so everything
found by it is looked up, and only what answers is given.
"""

from collections.abc import Sequence

from tantivy import Query

from .base import Filters, Record, record_from_json
from .tantivy_reader import TantivyReader

NUMBERS = 200
WAYS = 40
"""So many continuations of an unfinished word are tried, the commonest first."""
LOOKED_AT = 30


class Completion:
    """Over one snapshot."""

    def __init__(self, reader: TantivyReader) -> None:
        self._searcher = reader._documents
        self._compiler = reader._of_documents

    def numbered(self, keys: Sequence[str]) -> list[Record]:
        """Things one of whose numbers begins so, the newest first."""
        known = [term for key in keys for term, _count in self._from("number", key, NUMBERS)]
        if not known:
            return []
        return self._records(
            self._compiler.any_of([self._compiler.term("number", term) for term in known]), newest=True
        )

    def titled(self, words: Sequence[str], beginnings: Sequence[str], filters: Filters, field: str) -> list[Record]:
        """Things that have all these words and one that begins so (where any beginning is given) in a field (``title``,
        or ``t_u``: with other names), the best first."""
        conditions = [self._compiler.scored(field, word, 1.0) for word in words]
        if beginnings:
            ways = self._ways(words[-1] if words else "", beginnings, field)
            if not ways:
                return []
            conditions.append(self._compiler.any_of(ways))
        kept = self._compiler.silent(self._compiler.listed(filters, ""))
        return self._records(self._compiler.every([kept, *conditions]))

    def _ways(self, before: str, beginnings: Sequence[str], field: str) -> list[Query]:
        """How an unfinished word goes on: best as it does after the word before it."""
        ways: dict[str, Query] = {}
        for beginning in beginnings:
            if before:
                for pair, _count in self._from("t_b", f"{before}_{beginning}", WAYS):
                    word = pair.rpartition("_")[2]
                    ways.setdefault(word, self._compiler.scored(field, word, 2.0))
            for word, _count in self._from(field, beginning, WAYS):
                ways.setdefault(word, self._compiler.scored(field, word, 1.0))
        return list(ways.values())

    def _from(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def _records(self, query: Query, newest: bool = False) -> list[Record]:
        found = self._searcher.search(query, limit=LOOKED_AT, count=False, order_by_field="date" if newest else None)
        return [record_from_json(self._searcher.doc(address).get_first("payload")) for _score, address in found.hits]
