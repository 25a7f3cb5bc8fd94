"""The form of a document page."""

from django.utils.translation import gettext as _

from cms.base.forms import StewardedPageForm
from media.chooser import usable_files


class DocumentPageForm(StewardedPageForm):
    """Publishing makes attached files public, so only files the editor may use can be attached (laws 10 and 15)."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        attachments = self.formsets.get("attachments")
        if not valid or attachments is None or self.for_user is None:
            return valid
        changed = [form for form in attachments.forms if "file" in form.changed_data]
        wanted = {form.cleaned_data["file"].pk for form in changed if form.cleaned_data.get("file")}
        usable = set(usable_files(self.for_user).filter(pk__in=wanted).values_list("pk", flat=True))
        for form in changed:
            file = form.cleaned_data.get("file")
            if file and file.pk not in usable:
                form.add_error("file", _("This file belongs to another office. Upload your own copy."))
        return not attachments.errors or not any(attachments.errors)
