"""The present index asked as if it had been filled with another list of concepts.

A mark stands in a document exactly where one of its spellings does, as folded words side by side in one block; so for
the marks that differ between the index's list and the other one, the words are asked for instead. The documents found
are those the rebuilt index would find (capitals apart: the index keeps no capitals, so a form that counts only in
capitals is taken in any letters). The score of a mark is that of a document with average length that has it once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import tantivy

from ..concepts import Concepts, Form
from .tantivy_query import TantivyCompiler
from .tantivy_reader import TantivyReader, TantivyVocabulary

Runs = tuple[tuple[str, ...], ...]
"""Runs of folded words; any of them is the concept."""


def changed_marks(*lists: Concepts) -> tuple[dict[str, Runs], ...]:
    """For each list: mark -> the words it stands for there, of every concept that is not the same in all. None: no
    words. All lists are asked by words where one must be, so that nothing differs but what they say."""
    said = [_equal(one) for one in lists]
    names = sorted(set().union(*said))
    different = [name for name in names if len({one.get(name) for one in said}) > 1]
    return tuple(
        {f"@{name}": tuple(dict.fromkeys(w for w, _ in one.get(name, ()))) for name in different} for one in said
    )


def _equal(concepts: Concepts) -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Concept -> its spellings that are indexed, and whether only in capitals; the one-way ones are only questions."""
    found: dict[str, set[Form]] = {}
    for forms in concepts.forms.values():
        for form in forms:
            if not form.one_way:
                found.setdefault(form.concept, set()).add(form)
    return {name: tuple(sorted({(form.words, form.upper) for form in forms})) for name, forms in found.items()}


class TrialReader(TantivyReader):
    """A reader of the same snapshot, with the marks of ``changed`` read from words."""

    def __init__(self, reader: TantivyReader, changed: Mapping[str, Runs]) -> None:
        self.analysis = reader.analysis
        self._documents, self._passages = reader._documents, reader._passages
        self._of_documents = TrialCompiler(reader._of_documents.schema, self._documents, ("t_u", "h_u", "b_u"), changed)
        self._of_passages = TrialCompiler(reader._of_passages.schema, self._passages, ("p_u",), changed)
        self._places = {}
        self.vocab = TrialVocabulary(self._documents, self._of_documents)


class TrialCompiler(TantivyCompiler):
    """``fields`` are those whose words are marked."""

    def __init__(
        self, schema: tantivy.Schema, searcher: tantivy.Searcher, fields: Sequence[str], changed: Mapping[str, Runs]
    ) -> None:
        super().__init__(schema)
        self._searcher, self._fields, self._changed = searcher, fields, changed
        self._frequencies: dict[str, int] = {}

    def term(self, field: str, token: str | int) -> tantivy.Query:
        if token not in self._changed:
            return super().term(field, token)
        return self._spelt(self._changed[token], (field,) if field == "title" else self._fields)

    def scored(self, field: str, token: str, weight: float) -> tantivy.Query:
        if token not in self._changed:
            return super().scored(field, token, weight)
        total, having = self._searcher.num_docs, self.frequency(token)
        rarity = math.log(1 + (total - having + 0.5) / (having + 0.5))
        return self.silent(self._spelt(self._changed[token], self._fields), weight * rarity)

    def frequency(self, token: str) -> int:
        """How many have it."""
        if token not in self._frequencies:
            query = self._spelt(self._changed[token], self._fields)
            self._frequencies[token] = self._searcher.search(query, limit=1).count
        return self._frequencies[token]

    def _spelt(self, runs: Iterable[tuple[str, ...]], fields: Sequence[str]) -> tantivy.Query:
        """Has one of the runs. The words of a title are kept without their order."""
        ways = []
        for words in runs:
            if fields == ("title",):
                ways.append(self.every([super(TrialCompiler, self).term("title", word) for word in words]))
            else:
                ways += [self.phrase(field, words) for field in fields]
        return self.any_of(ways) if ways else tantivy.Query.empty_query()


class TrialVocabulary(TantivyVocabulary):
    """Of the same words; changed marks are counted where their words stand."""

    def __init__(self, searcher: tantivy.Searcher, compiler: TrialCompiler) -> None:
        super().__init__(searcher, compiler)

    def marks(self, token: str) -> int:
        changed = token in self._compiler._changed
        return self._compiler.frequency(token) if changed else super().marks(token)
