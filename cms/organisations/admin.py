"""The register of organisations in the admin."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.people.enums import REGISTER
from cms.people.permissions import may_act_for
from cms.people.viewsets import ScopedViewSetMixin

from .enums import Area, Kind, Level, Ownership
from .models import Organisation


class OrganisationFilterSet(WagtailFilterSet):
    """By kind, school level, area and ownership; by whether it still exists."""

    kind = django_filters.MultipleChoiceFilter(
        choices=Kind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    level = django_filters.ChoiceFilter(choices=Level.choices, label=_("School level"), method="has_level")
    area = django_filters.ChoiceFilter(choices=Area.choices, label=_("Area"))
    ownership = django_filters.ChoiceFilter(choices=Ownership.choices, label=_("Ownership"))
    open = django_filters.BooleanFilter(label=_("Exists today"), method="exists_today")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def has_level(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        # Level values are plain words and none is part of another, so the JSON text can be searched.
        return rows.filter(levels__icontains=f'"{value}"')

    def exists_today(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        today = Organisation.objects.as_of().values("pk")
        return rows.filter(pk__in=today) if value else rows.exclude(pk__in=today)


class OrganisationForm(WagtailAdminModelForm):
    """An administrator places organisations below those she administers, nowhere else."""

    levels = forms.MultipleChoiceField(
        label=_("School levels"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A school may teach several."),
    )

    def is_valid(self) -> bool:
        valid = super().is_valid()
        user = self.for_user
        if not valid or user is None or user.is_superuser:
            return valid
        changed = [f for f in self.formsets["placements"].forms if f.has_changed()]
        if self.instance.pk is None and not changed:
            self.add_error(None, _("Say below which of your organisations the new one stands."))
        for form in changed:
            parent = form.cleaned_data.get("parent")
            if parent and not may_act_for(user, "change", parent.pk, REGISTER):
                self.add_error(None, _("You administer only your own organisation and those below it."))
        return not self.errors


class OrganisationViewSet(ScopedViewSetMixin, SnippetViewSet):
    """Names, places in the tree and successors on one screen, in the order of the paper form."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["name", "kind", "code", "opened_on", "closed_on"]
    list_per_page = 50
    filterset_class = OrganisationFilterSet
    search_fields = ["name", "short_name", "code"]
    list_export = ["code", "name", "short_name", "kind", "area", "ownership", "opened_on", "closed_on"]
    ordering = ["name"]
    inspect_view_enabled = True

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
                    FieldPanel("name_en"),
                    FieldPanel("kind"),
                    FieldPanel("levels"),
                    FieldRowPanel([FieldPanel("area"), FieldPanel("ownership")]),
                    FieldRowPanel([FieldPanel("opened_on"), FieldPanel("closed_on")]),
                    InlinePanel("names", heading=_("Other names and abbreviations"), panels=[FieldPanel("name")]),
                ],
                heading=_("Organisation"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "placements",
                        heading=_("Belongs to"),
                        panels=[
                            FieldPanel("parent"),
                            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                        ],
                    ),
                    InlinePanel(
                        "succeeded_by",
                        heading=_("Who took over"),
                        panels=[
                            FieldPanel("successor"),
                            FieldRowPanel([FieldPanel("on"), FieldPanel("kind")]),
                            FieldPanel("note"),
                        ],
                    ),
                ],
                heading=_("Place in the tree"),
            ),
            ObjectList(
                [
                    FieldPanel("address"),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    MultiFieldPanel(
                        [FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
                        heading=_("Contact"),
                    ),
                    FieldPanel("source_note"),
                ],
                heading=_("Place and contact"),
            ),
        ],
        base_form_class=OrganisationForm,
    )
