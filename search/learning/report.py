"""The report of what was searched: without result, with poor results, slowly; for the office that answers for it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import django_filters
from django.apps import apps
from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from search.models import Judgement, PromotedResult, SearchDay

from .access import may
from .figures import COUNTS, Asked

PERIODS = [
    ("7", gettext_lazy("Last 7 days")),
    ("30", gettext_lazy("Last 30 days")),
    ("90", gettext_lazy("Last 90 days")),
    ("365", gettext_lazy("Last 12 months")),
]
TROUBLES = [
    ("empty", gettext_lazy("Without result")),
    ("poor", gettext_lazy("With poor results")),
    ("slow", gettext_lazy("Slow")),
]
CONCEPT = "Concept"
"""The model of the concept list's lines; where there is one, a question can become a line of it."""


class SearchFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(
        label=gettext_lazy("Period"), method="filter_period", empty_label=gettext_lazy("All"), choices=PERIODS
    )
    trouble = django_filters.ChoiceFilter(
        label=gettext_lazy("Which"), method="filter_trouble", empty_label=gettext_lazy("All"), choices=TROUBLES
    )

    class Meta:
        model = SearchDay
        fields = ["period", "trouble"]

    def filter_period(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(day__gt=localdate() - timedelta(days=int(value)))

    def filter_trouble(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset  # It is one of the sums: ``summed`` looks at them.


def summed(rows: QuerySet) -> list[Asked]:
    """Every question once, most asked first; what was not kept is left to the head of the report. One statement."""
    sums = {f"sum_{name}": Coalesce(Sum(name), 0) for name in COUNTS}
    found = rows.exclude(key="").order_by().values("key").annotate(
        said=Max("text"), slow_est=Max("slowest"), last=Max("results"), **sums
    )  # fmt: skip
    made = [
        Asked(row["key"], row["said"], {name: row[f"sum_{name}"] for name in COUNTS}, row["slow_est"], row["last"])
        for row in found
    ]
    return sorted(made, key=lambda asked: (-asked.asked, asked.key))


def chosen(questions: Iterable[Asked], trouble: str) -> list[Asked]:
    """Those in trouble, the worst first."""
    if trouble == "empty":
        return sorted((q for q in questions if q.is_empty), key=lambda q: -q.counts["empty"])
    if trouble == "poor":
        return [q for q in questions if q.is_poor]
    if trouble == "slow":
        return sorted((q for q in questions if q.slow), key=lambda q: (-q.slow, -q.slowest))
    return list(questions)


class QuestionColumn(Column):
    """The question, and under it what can be done about it."""

    cell_template_name = "search/admin/question_cell.html"

    def get_cell_context_data(self, instance: Asked, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        if not hasattr(request, "_search_actions"):
            request._search_actions = actions(request.user)
        found = [(label, f"{url}?{urlencode({name: instance.text})}") for label, url, name in request._search_actions]
        return super().get_cell_context_data(instance, parent_context) | {"links": found}


class SearchReport(ReportView):
    """Everything asked in a time, once each."""

    model = SearchDay
    page_title = gettext_lazy("Searches")
    header_icon = "search"
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    template_name = "search/admin/report.html"
    filterset_class = SearchFilterSet
    permission_required = "view"
    export_filename = "cau-hoi-tim-kiem"
    columns = [
        QuestionColumn("text", label=gettext_lazy("Question")),
        NumberColumn("asked", label=gettext_lazy("Asked")),
        NumberColumn("empty", label=gettext_lazy("Without result"), accessor=lambda row: row.counts["empty"]),
        NumberColumn("clicks", label=gettext_lazy("Result opened")),
        Column("latency", label=gettext_lazy("Time: half of the answers / 95%")),
        Column("why", label=gettext_lazy("What was wrong")),
    ]
    list_export = ["text", *COUNTS, "slowest", "results", "why"]
    export_headings = {
        **{name: SearchDay._meta.get_field(name).verbose_name for name in (*COUNTS, "slowest", "results")},
        "text": gettext_lazy("Question"),
        "why": gettext_lazy("What was wrong"),
    }

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(SearchDay)

    def get_queryset(self) -> QuerySet:
        return SearchDay.objects.order_by()

    def get_filtered_queryset(self) -> list[Asked]:
        rows = super().get_filtered_queryset()
        form = self.filters.form
        trouble = form.cleaned_data.get("trouble", "") if form.is_valid() else ""
        self.totals = rows.aggregate(
            asked=Coalesce(Sum("asked"), 0), empty=Coalesce(Sum("empty"), 0), stood_in=Coalesce(Sum("stood_in"), 0)
        ) | {"unkept": rows.filter(key="").aggregate(n=Coalesce(Sum("asked"), 0))["n"]}
        return chosen(summed(rows), trouble)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"totals": self.totals}

    def to_row_dict(self, item: Asked) -> dict[str, Any]:
        """A spreadsheet takes what begins like a formula for one."""
        told = {**item.counts, "text": item.text, "slowest": item.slowest, "results": item.results, "why": item.why}
        return {name: plain(told[name]) for name in self.list_export}


def plain(value: Any) -> Any:
    """Text that no spreadsheet runs."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def actions(user: Any) -> list[tuple[str, str, str]]:
    """(label, address, name of the parameter) of what this person may do about any question."""
    found = [(_("Search it"), reverse("search:search"), "q"), (_("Explain"), reverse("search_explain"), "q")]
    if may(user, "add", Judgement):
        found.append((_("Judge"), reverse("search_judge"), "q"))
    if may(user, "add", PromotedResult):
        found.append((_("Promote a result"), reverse("wagtailsnippets_search_promotedresult:add"), "queries"))
    concept = next((model for model in apps.get_app_config("search").get_models() if model.__name__ == CONCEPT), None)
    if concept and may(user, "add", concept):
        found.append((_("Make a concept"), reverse("wagtailsnippets_search_concept:add"), "plus"))
    return found
