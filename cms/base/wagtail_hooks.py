"""Registers what this room adds to the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register

from .models import BasePage, OutboxRow
from .withdrawal import withdrawal_view


class ReadOnlyHelper(PermissionHelper):
    """A register that shows what the machine does: superusers look, nobody writes."""

    def user_can_list(self, user: Any) -> bool:
        return user.is_superuser

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


@modeladmin_register
class OutboxAdmin(ModelAdmin):
    """Changes search has not been told yet. Empty but for a moment; rows that stay mean trouble."""

    model = OutboxRow
    menu_label = _("Waiting changes")
    menu_icon = "history"
    add_to_settings_menu = True
    list_display = ("created_at", "consumer", "kind", "object_id", "attempts", "last_error")
    list_filter = ("consumer", "kind")
    permission_helper_class = ReadOnlyHelper


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("rut-lai/<int:page_id>/", withdrawal_view, name="page_withdrawal")]


@hooks.register("register_page_header_buttons")
def withdrawal_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    page = page.specific
    if isinstance(page, BasePage) and not page.is_shelf and page.live and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Take the withdrawal back") if page.is_withdrawn else _("Withdraw"),
            reverse("page_withdrawal", args=[page.pk]),
            icon_name="warning",
            priority=45,
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("base.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("base.restore", _("Take the withdrawal back"), _("Withdrawal taken back"))
