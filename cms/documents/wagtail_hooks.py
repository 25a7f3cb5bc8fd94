"""Registers what this room adds to the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet

from cms.people.permissions import page_policy

from .admin import TopicViewSet
from .models import DocumentIndexPage
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
