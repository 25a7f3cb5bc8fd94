"""The register of organisations in the admin."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
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
from .naming import name_key


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        self._check_names()
        self._check_places()
        self._check_successors()
        self._check_rights()
        return not self.errors

    def _rows(self, name: str) -> list[Any]:
        """The rows of a formset that will stand after saving."""
        forms_ = self.formsets[name].forms
        return [f.instance for f in forms_ if f.cleaned_data and not f.cleaned_data.get("DELETE")]

    def _check_names(self) -> None:
        keys = [name_key(row.name) for row in self._rows("names")]
        if len(keys) != len(set(keys)):
            self.add_error(None, _("Two of the other names are the same but for marks and capitals."))

    def _check_places(self) -> None:
        """What the rows would refuse one by one when saved, said beside the form."""
        rows = self._rows("placements")
        for index, row in enumerate(rows):
            if row.parent_id == self.instance.pk:
                self.add_error(None, _("An organisation cannot stand below itself."))
            elif any(row.overlaps(other) for other in rows[index + 1 :]):
                self.add_error(None, _("In part of this time it would stand below two organisations."))
            elif self.instance.pk:
                row.organisation = self.instance
                try:
                    row.refuse_cycle()
                except ValidationError as error:
                    self.add_error(None, error.messages)

    def _check_successors(self) -> None:
        rows = self._rows("succeeded_by")
        if len({row.successor_id for row in rows}) != len(rows):
            self.add_error(None, _("The same successor stands twice."))
        for row in rows:
            row.predecessor = self.instance
            if row.successor_id == self.instance.pk:
                self.add_error(None, _("An organisation cannot succeed itself."))
            elif self.instance.pk:
                try:
                    row.clean()
                except ValidationError as error:
                    self.add_error(None, error.messages)

    def _check_rights(self) -> None:
        user = self.for_user
        if user is None or user.is_superuser:
            return
        changed = [f for f in self.formsets["placements"].forms if f.has_changed()]
        if self.instance.pk is None and not changed:
            self.add_error(None, _("Say below which of your organisations the new one stands."))
        for form in changed:
            parent = form.cleaned_data.get("parent")
            if parent and not may_act_for(user, "change", parent.pk, REGISTER):
                self.add_error(None, _("You administer only your own organisation and those below it."))


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
