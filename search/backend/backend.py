"""The library's interface: how Wagtail asks, and how ``rebuild_modelsearch_index`` fills the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, Model, QuerySet, Value, When
from django.db.models.query import ModelIterable
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
    SearchFieldError,
)

from .. import sync
from ..engines.base import Builder
from .narrowing import filtered

MOST_IN_ORDER = 500
"""Rows that are no objects (``values()``) are put in order by the database; beyond so many they come as they are."""


class Compiler(BaseSearchQueryCompiler):
    """A question to a queryset. Its answer is found once, however often its results are cut."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    unfinished = False

    def check(self) -> None:
        """Only fields that are searched can be asked for. Filters and order are the database's: any will do."""
        known = {field.field_name for field in self.queryset.model.get_searchable_search_fields()}
        for name in self.fields or ():
            if name not in known:
                raise SearchFieldError(
                    f'Cannot search with field "{name}". Please add index.SearchField("{name}") to '
                    f"{self.queryset.model.__name__}.search_fields.",
                    field_name=name,
                )

    @cached_property
    def answer(self) -> Any:
        from .answering import answer

        return answer(self.queryset, self.query, self.fields, self.unfinished)


class UnfinishedCompiler(Compiler):
    """The last word may still be being typed."""

    unfinished = True


class SearchResults(BaseSearchResults):
    supports_facet = True

    def _do_count(self) -> int:
        return len(self.query_compiler.answer.pks[self.start : self.stop])

    def _do_search(self) -> Iterator[Any]:
        answer, queryset = self.query_compiler.answer, self.query_compiler.queryset
        if not self.query_compiler.order_by_relevance:
            yield from self._in_own_order(queryset, answer.pks)
            return
        pks = answer.pks[self.start : self.stop]
        if not issubclass(queryset._iterable_class, ModelIterable):
            yield from _rows_in_order(queryset, pks)
            return
        found = {item.pk: item for item in filtered(queryset, pks)} if pks else {}
        for item in (found[pk] for pk in pks if pk in found):
            if self._score_field:
                setattr(item, self._score_field, answer.scores.get(item.pk))
            yield item

    def _in_own_order(self, queryset: QuerySet, pks: Sequence[int]) -> Iterable[Any]:
        if queryset.query.is_sliced or queryset.query.combinator:
            wanted = set(pks)
            return [item for item in queryset if item.pk in wanted][self.start : self.stop]
        order = queryset.query.order_by or queryset.query.extra_order_by or ("-pk",)
        found = filtered(queryset, pks).order_by(*order, "pk")[self.start : self.stop]
        if self._score_field:
            for item in found:
                setattr(item, self._score_field, self.query_compiler.answer.scores.get(item.pk))
        return found

    def facet(self, field_name: str) -> Mapping[Any, int]:
        """How many of the results have each value of a filter field, the commonest first."""
        model = self.query_compiler.queryset.model
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add index.FilterField("{field_name}") '
                f"to {model.__name__}.search_fields.",
                field_name=field_name,
            )
        pks = self.query_compiler.answer.pks[self.start : self.stop]
        rows = filtered(model._default_manager.all(), pks).values(field_name).annotate(count=Count("pk"))
        return {row[field_name]: row["count"] for row in rows.order_by("-count", field_name)}


def _rows_in_order(queryset: QuerySet, pks: Sequence[int]) -> Iterable[Any]:
    rows = filtered(queryset, pks)
    if rows.query.is_sliced or len(pks) > MOST_IN_ORDER:
        return rows
    places = (When(pk=pk, then=Value(place)) for place, pk in enumerate(pks))
    return rows.order_by(Case(*places, output_field=IntegerField())) if pks else ()


class Index(BaseIndex):
    """The whole index; the library's own calls read the present state, as the outbox does."""

    def get_key(self) -> str:
        return "admin"

    def __str__(self) -> str:
        return self.get_key()

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        from .following import apply
        from .searchables import kind_of

        apply([(kind_of(model), item.pk) for item in items])

    def delete_item(self, item: Model) -> None:
        self.add_items(type(item), [item])

    def reset(self) -> None:
        """An index of nothing."""
        from .engine import admin_engine

        with sync.rebuilding(admin_engine()):
            pass


class Filling(Index):
    """A new index while the former one answers."""

    def __init__(self, backend: BaseSearchBackend, builder: Builder) -> None:
        super().__init__(backend)
        self._builder = builder

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        from .searchables import LIVE, kind_of, searchables

        kind, ids, known = kind_of(model), [item.pk for item in items], searchables()
        for one in (kind, kind + LIVE):
            if one in known:
                self._builder.write(known[one].entries(ids), read_at=sync.now())


class Rebuilder:
    """``rebuild_modelsearch_index``: what it fills answers when it is whole."""

    def __init__(self, index: Index) -> None:
        self._index, self._held = index, ExitStack()

    def start(self) -> Filling:
        from .engine import admin_engine

        return Filling(self._index.backend, self._held.enter_context(sync.rebuilding(admin_engine())))

    def finish(self) -> None:
        self._held.close()


class SearchBackend(BaseSearchBackend):
    """Set in ``MODELSEARCH_BACKENDS``."""

    query_compiler_class = Compiler
    autocomplete_query_compiler_class = UnfinishedCompiler
    index_class = Index
    results_class = SearchResults
    rebuilder_class = Rebuilder
    catch_indexing_errors = True
