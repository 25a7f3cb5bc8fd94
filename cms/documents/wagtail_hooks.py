"""Registers what this room adds to the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from cms.people.permissions import page_policy

from .admin import TopicViewSet
from .checks_panel import MESSAGES, checks_of
from .models import DocumentIndexPage, DocumentPage
from .review_report import ReviewPanel, ReviewReport
from .views import review, upload

register_snippet(TopicViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    job = "nhap-van-ban/<int:pk>/"
    return [
        path("nhap-van-ban/", upload.import_view, name="import_document"),
        path(job, review.show, name="import_job"),
        path(f"{job}tinh-trang/", upload.state, name="import_job_state"),
        path(f"{job}sua/", review.revise, name="import_job_revise"),
        path(f"{job}thong-tin/", review.head, name="import_job_head"),
        path(f"{job}de-xuat/", review.proposals, name="import_job_proposals"),
        path(f"{job}trang/<int:number>.png", upload.page, name="import_job_page"),
        path(f"{job}goc/", upload.original, name="import_job_original"),
        path(f"{job}doc-lai/", upload.retry, name="import_job_retry"),
        path(f"{job}bo/", upload.drop, name="import_job_drop"),
        path(f"{job}ban-thao/", review.draft, name="import_job_draft"),
    ]


class ImportMenuItem(MenuItem):
    """Shown to those who may add pages."""

    def is_shown(self, request: Any) -> bool:
        return page_policy.user_has_permission(request.user, "add")


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(_("Import a document"), reverse("import_document"), icon_name="upload", order=120)


@hooks.register("register_page_header_buttons")
def import_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    if isinstance(page.specific, DocumentIndexPage) and page_policy.user_has_permission(user, "add"):
        yield Button(_("Import a document"), reverse("import_document"), icon_name="upload", priority=5)


@hooks.register("register_admin_urls")
def review_urls() -> list:
    return [
        path("reports/ra-soat/", ReviewReport.as_view(), name="documents_to_review"),
        path("reports/ra-soat/results/", ReviewReport.as_view(results_only=True), name="documents_to_review_results"),
    ]


class ReviewMenuItem(MenuItem):
    """Shown to those who may change documents."""

    def is_shown(self, request: Any) -> bool:
        return page_policy.user_has_permission(request.user, "change")


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    return ReviewMenuItem(_("To be reviewed"), reverse("documents_to_review"), icon_name="calendar-check", order=100)


@hooks.register("construct_homepage_panels")
def review_panel(request: Any, panels: list) -> None:
    panels.append(ReviewPanel())


@hooks.register("after_edit_page")
def say_what_misleads(request: Any, page: Any) -> None:
    """What readers would stumble over is said at once; the rest waits in the checks panel."""
    if isinstance(page, DocumentPage) and "application/json" not in request.headers.get("accept", ""):
        for finding in checks_of(page, request):
            if finding.code in MESSAGES:
                messages.warning(request, f"{finding.message} {finding.way_out}")
