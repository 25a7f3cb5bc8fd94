"""From a question and a queryset to the objects, in order."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet
from modelsearch.query import PlainText, SearchQuery

from .. import editions, telex
from ..engines.base import IndexMissing
from ..engines.tantivy_reader import TantivyReader
from ..engines.tantivy_schema import kind_id, taken_apart
from ..question import Plan
from ..rank import Ranked, rank
from ..text import tokens
from .engine import admin_engine
from .following import catch_up
from .holding import holds
from .matching import Found, Question, evaluate, single
from .narrowing import Row, filtered, narrowed
from .planning import planned
from .searchables import LIVE, kind_of, read_with_drafts
from .texts import read, title_field

RANKED = 200
"""So many of the first are put in order by everything that is known of them; beyond, the engine's order stands."""


@dataclass(frozen=True)
class Answer:
    """Everything that matches and may be seen, the best first."""

    pks: tuple[int, ...]
    scores: Mapping[int, float]


def answer(queryset: QuerySet, query: SearchQuery, fields: Sequence[str] | None, unfinished: bool) -> Answer:
    """Asks the index for its newest state. Where there is none, titles that hold the words as typed are found, by the
    database: an index is on its way."""
    catch_up()
    source: Source
    try:
        source = Indexed(admin_engine().reader(), queryset.model, unfinished)
    except IndexMissing:
        source = Titled(queryset.model)
    if fields is not None and set(fields) < _searched(queryset.model):
        source = Restricted(source, queryset, frozenset(fields), unfinished)
    rows = _rows(source, queryset, query)
    whole = single(query)
    if not rows and whole and (other := source.reread(whole, queryset)):
        whole, query = other, PlainText(other.text)
        rows = _rows(source, queryset, query)
    return source.ordered(rows, whole) if whole else Answer(tuple(row.pk for row in rows), {})


def _rows(source: "Source", queryset: QuerySet, query: SearchQuery) -> list[Row]:
    found = evaluate(query, source.newest)
    return narrowed(queryset, found, lambda: evaluate(query, source.published), source.total)


def _searched(model: type[Model]) -> set[str]:
    return {field.field_name for field in model.get_searchable_search_fields()}


class Source:
    """Where matches come from. ``total``: out of how many."""

    total = 0

    def newest(self, question: Question) -> Found:
        """By all words, drafts' too."""
        raise NotImplementedError

    def published(self, question: Question) -> Found:
        """By published words only."""
        return self.newest(question)

    def reread(self, question: Question, queryset: QuerySet) -> Question | None:
        """What the keyboard should have made of it, where nothing was found."""
        return None

    def ordered(self, rows: list[Row], question: Question) -> Answer:
        return Answer(tuple(row.pk for row in rows), {})


class Indexed(Source):
    """One state of the index."""

    def __init__(self, reader: TantivyReader, model: type[Model], unfinished: bool) -> None:
        self._reader, self._unfinished, self._kind = reader, unfinished, kind_of(model)
        self.total = reader.vocab.total
        self._known: dict[Question, tuple[dict[int, float], dict[int, float]]] = {}

    def newest(self, question: Question) -> Found:
        return Found(self._matches(question)[0])

    def published(self, question: Question) -> Found:
        newest, live = self._matches(question)
        return Found({pk: score for pk, score in newest.items() if pk not in self._changed} | live)

    def reading(self) -> AbstractContextManager[None]:
        """Words are read as those of the index were."""
        return editions.reading(self._reader.analysis)

    def plan(self, question: Question) -> Plan:
        with self.reading():
            return planned(question.text, self._reader.vocab, every=question.every, unfinished=self._unfinished)

    def _matches(self, question: Question) -> tuple[dict[int, float], dict[int, float]]:
        if question not in self._known:
            self._known[question] = self._ask(self.plan(question), (self._kind, self._kind + LIVE))
        return self._known[question]

    def _ask(self, plan: Plan, kinds: Sequence[str]) -> tuple[dict[int, float], dict[int, float]]:
        newest: dict[int, float] = {}
        live: dict[int, float] = {}
        if not plan.is_empty:
            own = kind_id(self._kind)
            for entry, score in self._reader.matches(plan, {"kind": list(kinds)}):
                kind, pk = taken_apart(entry)
                (newest if kind == own else live)[pk] = score
        return newest, live

    @cached_property
    def _changed(self) -> frozenset[int]:
        """What is published and has changes that are not."""
        found = self._reader.matches(Plan(""), {"kind": [self._kind + LIVE]})
        return frozenset(taken_apart(entry)[1] for entry, _ in found)

    def reread(self, question: Question, queryset: QuerySet) -> Question | None:
        """Telex and VNI that were not converted. Whether a word is known is asked of what the queryset shows."""

        def known(word: str) -> bool:
            one = Question(word)
            return bool(narrowed(queryset, self.newest(one), lambda: self.published(one), self.total))

        made = telex.reading(question.text, known) if len(tokens(question.text)) <= MOST_REREAD else None
        return Question(made, question.every) if made else None

    def ordered(self, rows: list[Row], question: Question) -> Answer:
        """Its own number first, then the exact title, then titles with all of the words, then the rest."""
        newest, live = self._matches(question)
        plan = self.plan(question)
        scores = {}
        for row in rows[:RANKED]:
            kind = self._kind if row.newest or row.pk not in self._changed else self._kind + LIVE
            scores[f"{kind}:{row.pk}"] = (live if kind.endswith(LIVE) else newest)[row.pk]
        first = sorted(rank(plan, self._reader.candidates(plan, scores)), key=_tier)
        told = {int(one.key.rpartition(":")[2]): one.score for one in first}
        rest = {row.pk: newest.get(row.pk, 0.0) for row in rows[RANKED:]}
        return Answer((*told, *rest), told | rest)


MOST_REREAD = 8
"""Words. Longer questions are not converted: every word is asked for."""


def _tier(one: Ranked) -> tuple[int, bool, bool, float, str]:
    signals = dict(one.signals)
    exact = "exact_title" in signals
    return -one.number, not exact, not (exact or "in_title" in signals), -one.score, one.key


class Titled(Source):
    """The database's own search for words in titles, while there is no index."""

    def __init__(self, model: type[Model]) -> None:
        self._model, self._field = model, title_field(model)

    def newest(self, question: Question) -> Found:
        words = [Q(**{f"{self._field}__icontains": word}) for word in question.text.replace('"', " ").split()]
        try:
            self._model._meta.get_field(self._field)
        except FieldDoesNotExist:
            return Found()
        if not words:
            return Found()
        wanted = reduce(lambda a, b: a & b, words) if question.every else reduce(or_, words)
        pks = self._model._default_manager.filter(wanted).order_by("pk").values_list("pk", flat=True)
        return Found(dict.fromkeys(pks, 0.0))


class Restricted(Source):
    """Only what these fields say."""

    def __init__(self, source: Source, queryset: QuerySet, fields: frozenset[str], unfinished: bool) -> None:
        self._source, self._queryset, self._fields, self._unfinished = source, queryset, fields, unfinished

    def newest(self, question: Question) -> Found:
        return self._checked(question, self._source.newest(question), drafts=True)

    def published(self, question: Question) -> Found:
        return self._checked(question, self._source.published(question), drafts=False)

    def _checked(self, question: Question, found: Found, drafts: bool) -> Found:
        if not isinstance(self._source, Indexed):
            return found
        plan = self._source.plan(question)
        mine = [row.pk for row in narrowed(self._queryset, found, lambda: found)]
        model = self._queryset.model
        with self._source.reading():
            kept = {
                instance.pk
                for instance, draft in read_with_drafts(filtered(model._default_manager.all(), mine))
                if any(holds(plan, read(one, self._fields)) for one in (instance, draft if drafts else None) if one)
            }
        return Found({pk: score for pk, score in found.scores.items() if pk in kept})

    def ordered(self, rows: list[Row], question: Question) -> Answer:
        return self._source.ordered(rows, question)
