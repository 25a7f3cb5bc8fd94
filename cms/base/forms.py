"""The page form every page type shares: the steward is one the signed-in person may act for, and what she puts into
the page is hers to publish."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .referring import Found, references


class StewardedPageForm(WagtailAdminPageForm):
    """Offers the person's own organisation first and refuses one she has no rights in (law 10). Publishing makes
    the files and pictures of a page public, so she may add only those she may choose (law 15)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Before anything is cleaned into the instance: what an earlier editor has put there may stay.
        self._there_before = {found.row for found in references(self.instance)} if self.is_bound else set()
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

    def is_valid(self) -> bool:
        """Beside the stock checks: no file or picture of another office, wherever the post has put it."""
        if not super().is_valid():
            return False
        if self.for_user is None:
            return True
        from media.choosing import not_usable

        added = [(form, found) for form, found in self._referred() if found.row not in self._there_before]
        refused = not_usable(self.for_user, {found.row for _form, found in added})
        told: set[tuple[int, str]] = set()
        for form, found in added:
            if found.row in refused and (id(form), found.field) not in told:
                told.add((id(form), found.field))
                form.add_error(found.field if found.field in form.fields else None, _not_yours(found))
        return not told

    def _referred(self) -> Iterator[tuple[Any, Found]]:
        """Everything the page will refer to once saved, each with the form that says so."""
        yield from ((self, found) for found in references(self.instance))
        for formset in self.formsets.values():
            for form in formset.forms:
                if form.has_changed() and form not in formset.deleted_forms:
                    yield from ((form, found) for found in references(form.instance))


def _not_yours(found: Found) -> str:
    """Which place it is; never the name of what belongs to another office."""
    if found.item:
        return _("Item %(item)d contains a file or picture of another office. Upload your own copy.") % {
            "item": found.item
        }
    return _("This file or picture belongs to another office. Upload your own copy.")
