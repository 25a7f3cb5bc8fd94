"""What ``wagtail_hooks`` of this room registers for learning: registers, report, explanation, judging."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from search.models import Judgement, SearchDay

from .access import may
from .admin import PastQueryAdmin, PromotedResultViewSet, SearchDayAdmin
from .explaining import explain_view
from .judge_views import export_view, judge_view, queue_view
from .report import SearchReport

modeladmin_register(SearchDayAdmin)
modeladmin_register(PastQueryAdmin)
register_snippet(PromotedResultViewSet)


@hooks.register("register_admin_urls")
def learning_urls() -> list:
    return [
        path("reports/tim-kiem/", SearchReport.as_view(), name="search_report"),
        path("reports/tim-kiem/results/", SearchReport.as_view(results_only=True), name="search_report_results"),
        path("reports/tim-kiem/giai-thich/", explain_view, name="search_explain"),
        path("reports/tim-kiem/danh-gia/", queue_view, name="search_judge_queue"),
        path("reports/tim-kiem/danh-gia/cau-hoi/", judge_view, name="search_judge"),
        path("reports/tim-kiem/danh-gia/tai-ve/", export_view, name="search_judgements_export"),
    ]


class ForThoseWhoMay(MenuItem):
    """Shown to those whose policy allows it."""

    def __init__(self, *args: Any, may_do: tuple[str, type], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_do = may_do

    def is_shown(self, request: Any) -> bool:
        return may(request.user, *self.may_do)


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    return ForThoseWhoMay(
        _("Searches"), reverse("search_report"), icon_name="search", order=110, may_do=("view", SearchDay)
    )


@hooks.register("register_reports_menu_item")
def explain_item() -> MenuItem:
    return ForThoseWhoMay(
        _("Explain a search"), reverse("search_explain"), icon_name="info-circle", order=111, may_do=("view", SearchDay)
    )


@hooks.register("register_reports_menu_item")
def judge_item() -> MenuItem:
    return ForThoseWhoMay(
        _("Judge results"), reverse("search_judge_queue"), icon_name="check", order=112, may_do=("add", Judgement)
    )
