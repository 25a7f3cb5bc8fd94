"""The forms of whatever is uploaded: theirs is an organisation the signed-in person may act for (law 10)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.people.permissions import may_act_for


class StewardedForm:
    """Put before Wagtail's base form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("user") or kwargs.get("for_user")
        super().__init__(*args, **kwargs)
        self.for_user = user

    def clean_organisation(self) -> Any:
        """Raises ``ValidationError`` for an organisation she has no rights in."""
        organisation = self.cleaned_data.get("organisation")
        user = self.for_user
        if user is None or user.is_superuser or organisation is None:
            return organisation
        if not may_act_for(user, "change" if self.instance.pk else "add", organisation.pk):
            raise ValidationError(
                _("You have no rights in %(name)s. Choose your own organisation or one below it.")
                % {"name": organisation.name}
            )
        return organisation


class PictureForm(StewardedForm, BaseImageForm):
    """A picture."""


class AttachmentForm(StewardedForm, BaseDocumentForm):
    """A file for articles."""
