"""The list of concepts in the admin."""

from typing import Any

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from . import editions, renewal
from .concept_form import TRY, ConceptForm
from .concept_views import (
    BuiltInView,
    ConceptCreateView,
    ConceptDeleteView,
    ConceptEditView,
    ConceptIndexView,
    LearntView,
)
from .models import Concept


class TrialPanel(Panel):
    """Doubts, the box that confirms them, the button that tries, and what the trial has shown."""

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": ["confirmed"]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "search/admin/trial.html"

        class Media:
            css = {"all": ["css/admin/concepts.css"]}

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            own = {"form": self.form, "preview": self.form.preview, "button": TRY}
            return context | own


class ConceptViewSet(SnippetViewSet):
    """Abbreviations, synonyms, what people also say."""

    model = Concept
    icon = "snippet"
    menu_label = _("Abbreviations, synonyms")
    menu_order = 240
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ConceptIndexView
    add_view_class = ConceptCreateView
    edit_view_class = ConceptEditView
    delete_view_class = ConceptDeleteView
    index_template_name = "search/admin/concept_index.html"
    list_display = [
        "__str__",
        Column("spelling_list", label=_("Mean the same")),
        Column("one_way_list", label=_("People also say")),
        BooleanColumn("is_active", label=_("In use"), sort_key="is_active"),
    ]
    list_filter = ["is_active"]
    list_per_page = 50
    search_fields = ["name", "forms", "upper", "one_way", "note"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("forms"), FieldPanel("upper"), FieldPanel("one_way")], heading=_("Spellings")),
            MultiFieldPanel(
                [FieldPanel("note"), FieldPanel("name"), FieldPanel("is_active")], heading=_("About this line")
            ),
            TrialPanel(heading=_("Before you save")),
        ],
        base_form_class=ConceptForm,
    )

    def register_chooser_viewset(self) -> None:
        """Nothing refers to a concept."""

    @cached_property
    def _lists(self) -> dict[str, Any]:
        return {"edit_url_name": self.get_url_name("edit"), "add_url_name": self.get_url_name("add")}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{name}_url_name": self.get_url_name(name) for name in ("built_in", "learnt")}
        return super().get_index_view_kwargs(**names, **kwargs)

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("kem-theo/", self.construct_view(BuiltInView, **self._lists), name="built_in"),
            path("tu-van-ban/", self.construct_view(LearntView, **self._lists), name="learnt"),
        ]


def concepts_taken_away(request: Any, action_type: str, objects: Any, action_class_instance: Any) -> None:
    """Rows that went in another way than by the screen above make an edition too."""
    if action_type == "delete" and any(isinstance(one, Concept) for one in objects) and editions.keep(request.user):
        renewal.ask()
