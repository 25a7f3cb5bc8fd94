"""What an office has to look at again: documents whose day of review has come, or whose legal bases no longer hold."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import multigetattr

from cms.organisations.models import Organisation
from cms.people.enums import CONTENT
from cms.people.permissions import page_policy, roots

from .health import Health, offices_list
from .models import DocumentPage

SOON = timedelta(days=30)


def editable_documents(user: Any) -> QuerySet:
    mine = page_policy.instances_user_has_permission_for(user, "change")
    return DocumentPage.objects.filter(pk__in=mine.values("pk"))


def organisations_of(user: Any) -> QuerySet:
    """Those whose documents this person may change."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.within(roots(user, {"change"}, CONTENT))


def due(user: Any, today: date | None = None) -> int:
    """How many of the documents a person may edit are to be reviewed by now."""
    return editable_documents(user).filter(review_on__lte=today or localdate()).count()


def ill(user: Any) -> dict[int, Health]:
    """Her documents that rest on something that no longer holds. A constant number of statements."""
    rows = offices_list(organisations_of(user).values_list("pk", flat=True))
    found = {row.page.pk: row.health for row in rows}
    return {pk: found[pk] for pk in editable_documents(user).filter(pk__in=found).values_list("pk", flat=True)}


class ReviewFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Why"),
        method="filter_when",
        empty_label=gettext_lazy("All"),
        choices=[
            ("due", gettext_lazy("Review is due")),
            ("soon", gettext_lazy("Due within 30 days")),
            ("bases", gettext_lazy("Legal bases no longer hold")),
        ],
    )
    organisation = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organisation"),
        empty_label=gettext_lazy("All"),
        queryset=lambda request: organisations_of(request.user),
    )

    class Meta:
        model = DocumentPage
        fields = ["when", "organisation"]

    def filter_when(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        today = localdate()
        if value == "due":
            return queryset.filter(review_on__lte=today)
        if value == "soon":
            return queryset.filter(review_on__gt=today, review_on__lte=today + SOON)
        return queryset.filter(pk__in=ill(self.request.user))


class ReviewReport(ReportView):
    """Only what the person may edit. The day of a draft of a public page counts once that is published."""

    model = DocumentPage
    page_title = gettext_lazy("To be reviewed")
    header_icon = "calendar-check"
    index_url_name = "documents_to_review"
    index_results_url_name = "documents_to_review_results"
    filterset_class = ReviewFilterSet
    permission_policy = page_policy
    permission_required = "change"
    default_ordering = "review_on"
    export_filename = "van-ban-can-ra-soat"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Document"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Column("number", label=gettext_lazy("Number")),
        Column("organisation", label=gettext_lazy("Organisation")),
        DateColumn("review_on", label=gettext_lazy("To be reviewed on")),
        Column("why", label=gettext_lazy("Why")),
    ]
    list_export = ["number", "title", "organisation", "review_on", "why"]
    export_headings = {
        "number": gettext_lazy("Number"),
        "title": gettext_lazy("Document"),
        "organisation": gettext_lazy("Organisation"),
        "review_on": gettext_lazy("To be reviewed on"),
        "why": gettext_lazy("Why"),
    }

    def get_base_queryset(self) -> QuerySet:
        self.ill = ill(self.request.user)
        rows = editable_documents(self.request.user).filter(Q(review_on__isnull=False) | Q(pk__in=self.ill))
        return rows.select_related("organisation").defer("body").order_by("review_on", "pk")

    def get_queryset(self) -> QuerySet:
        self.queryset = self.get_base_queryset()
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Sequence[DocumentPage]) -> list[DocumentPage]:
        rows = list(object_list)
        for page in rows:
            page.why = why(page.review_on, self.ill.get(page.pk), localdate())
        return rows

    def to_row_dict(self, item: DocumentPage) -> dict[str, Any]:
        """A spreadsheet takes what begins like a formula for one."""
        row = {field: multigetattr(item, field) for field in self.list_export}
        return {name: _plain(value) if name != "review_on" else value for name, value in row.items()}


def why(review_on: date | None, health: Health | None, today: date) -> str:
    """In a sentence, for the list and its export."""
    said = []
    if review_on and review_on <= today:
        said.append(_("Review is due."))
    if health:
        text = ngettext(
            "%(gone)d of %(total)d legal basis no longer holds.",
            "%(gone)d of %(total)d legal bases no longer hold.",
            health.total,
        )
        named = ", ".join(base.label for base in health.replaced)
        said.append(f"{text % {'gone': len(health.replaced), 'total': health.total}} {named}".strip())
    return " ".join(said)


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


class ReviewPanel(Component):
    """On the first page of the admin: how many are due."""

    name = "documents_to_review"
    template_name = "documents/admin/review_panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        may = page_policy.user_has_permission(user, "change")
        return {"due": due(user) if may else 0}
