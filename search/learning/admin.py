"""The registers: what was searched (read only), what is offered to others, what is promoted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from search.models import PastQuery, PromotedResult, SearchDay

from .access import may


class PolicyHelper(PermissionHelper):
    """Who may is said by the model's policy; nobody adds or deletes what the machine counts."""

    def user_can_list(self, user: Any) -> bool:
        return may(user, "view", self.model)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return may(user, "view", self.model)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return self.model is PastQuery and may(user, "change", self.model)

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class SearchDayAdmin(ModelAdmin):
    """The raw counts, as they are kept."""

    model = SearchDay
    base_url_path = "tim-kiem/nhat-ky"
    menu_label = _("Search log")
    menu_icon = "list-ul"
    add_to_settings_menu = True
    list_display = ("question", "day", "asked", "empty", "slowest")
    list_filter = ("day", "engine")
    search_fields = ("text", "key")
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields_exclude = ("id", "key")
    permission_helper_class = PolicyHelper

    def question(self, row: SearchDay) -> str:
        return str(row)

    question.short_description = _("question")
    question.admin_order_field = "text"


class PastQueryAdmin(ModelAdmin):
    """Questions that five visitors asked within a week; each can be kept from being offered."""

    model = PastQuery
    base_url_path = "tim-kiem/goi-y"
    menu_label = _("Questions offered")
    menu_icon = "help"
    add_to_settings_menu = True
    list_display = ("text", "reached_on", "last_asked_on", "offered")
    list_filter = ("hidden",)
    search_fields = ("text",)
    inspect_view_enabled = True
    inspect_view_fields = ("text", "reached_on", "last_asked_on", "hidden")
    permission_helper_class = PolicyHelper
    panels = [FieldPanel("text", read_only=True), FieldPanel("hidden")]

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).filter(reached_on__isnull=False)

    def offered(self, row: PastQuery) -> str:
        return _("No") if row.hidden else _("Yes")

    offered.short_description = _("offered")
    offered.admin_order_field = "hidden"


class CreatePromotedView(CreateView):
    """``?queries=``: opened from a question of the report."""

    def get_initial_form_instance(self) -> PromotedResult:
        return PromotedResult(queries=self.request.GET.get("queries", "")[:1000])


class PromotedResultViewSet(SnippetViewSet):
    """What stands above the results of certain questions."""

    model = PromotedResult
    icon = "pick"
    menu_label = _("Promoted results")
    add_to_settings_menu = True
    add_view_class = CreatePromotedView
    list_display = [
        "__str__",
        Column("queries", label=_("questions"), accessor=lambda row: "; ".join(row.lines)),
        "starts_on",
        "ends_on",
    ]
    inspect_view_enabled = False
    panels = [
        FieldPanel("queries"),
        MultiFieldPanel([PageChooserPanel("page"), FieldPanel("address")], heading=_("Where it leads")),
        FieldPanel("title"),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]
