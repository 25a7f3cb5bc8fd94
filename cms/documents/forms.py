"""The upload form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .pipeline import check_size


class ImportForm(forms.Form):
    """A file to read. Its size is checked before it is opened."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Word (.docx), PDF with text, or plain text (.txt). It becomes a draft; nothing is published."),
        allow_empty_file=True,
    )

    def clean_file(self) -> object:
        from .pipeline import Unreadable

        upload = self.cleaned_data["file"]
        try:
            check_size(upload.size, upload.name)
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return upload
