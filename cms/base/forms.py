"""The page form every page type shares: the steward is one the signed-in person may act for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class StewardedPageForm(WagtailAdminPageForm):
    """Offers the person's own organisation first and refuses one she has no rights in (law 10)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not self.for_user.is_superuser:
            self.fields.pop("show_in_menus", None)
        if slug := self.fields.get("slug"):
            # Made by the server from the title or the number: the browser's own transliteration loses đ and ơ.
            slug.required = False
            slug.widget = forms.TextInput(attrs={"autocomplete": "off"})
            slug.help_text = _("Leave it empty: it is made from the title. Never change it without need.")
        if self.instance.pk is None:
            self.instance.future_parent = self.parent_page
            field = self.fields.get("organisation")
            if field is not None and field.initial is None and self.for_user:
                self.initial.setdefault("organisation", self._home_organisation())

    def _home_organisation(self) -> int | None:
        from cms.people.permissions import home_organisation

        return home_organisation(self.for_user)

    def clean_organisation(self) -> Any:
        from cms.people.permissions import may_act_for

        organisation = self.cleaned_data.get("organisation")
        user = self.for_user
        if user is None or user.is_superuser:
            return organisation
        if getattr(self.instance, "is_shelf", False):
            raise ValidationError(_("Pages of this kind stand for the whole site; only its administrators make them."))
        if organisation is None:
            raise ValidationError(_("Choose the organisation that answers for this page."))
        needed = ["change" if self.instance.pk else "add"]
        if "action-publish" in self.data:
            needed.append("publish")
        if not all(may_act_for(user, action, organisation.pk) for action in needed):
            raise ValidationError(
                _("You have no rights in %(name)s. Choose your own organisation or one below it.")
                % {"name": organisation.name}
            )
        return organisation
