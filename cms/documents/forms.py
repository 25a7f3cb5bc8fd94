"""The upload form, and the head of a document as the review screen asks for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.widgets import AdminSnippetChooser

from cms.organisations.models import Organisation

from .enums import DocumentType
from .importing import may_edit, titles
from .models import DocumentPage
from .pipeline import Unreadable, check_size
from .reimport import unplain

EARLIEST = date(1945, 1, 1)
AT_ONCE = 20
LARGEST_KEY = 2**31 - 1
"""Of a page: SQLite refuses to look for a number it cannot hold."""


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads, each checked by its size before anything of it is looked at; empty ones fail later, listed."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        if len(uploads) > AT_ONCE:
            raise ValidationError(_("At most %(count)d files at once.") % {"count": AT_ONCE})
        found = [super(FilesField, self).clean(upload, initial) for upload in uploads or [None]]
        for upload in found:
            try:
                check_size(upload.size or 1, upload.name)
            except Unreadable as error:
                raise ValidationError(str(error)) from error
        return found


class ImportForm(forms.Form):
    """Files to read."""

    file = FilesField(
        label=_("Files"),
        help_text=_(
            "Word (.docx), PDF or plain text (.txt), one or several. Each becomes a draft once you have checked it; "
            "nothing is published."
        ),
        allow_empty_file=True,
        max_length=200,
    )


class DayField(forms.DateField):
    """A date as people write it here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"],
            # No calendar: the date is copied from paper, and the admin's stays open behind the keyboard.
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
            help_text=_("Day/month/year: 05/09/2024."),
            error_messages={"invalid": _("Write the date as day/month/year: 05/09/2024.")},
            **kwargs,
        )


def _text(name: str, *, lines: int = 0, **kwargs: Any) -> forms.CharField:
    """A text field with the page's own words and length."""
    column = DocumentPage._meta.get_field(name)
    kwargs.setdefault("label", capfirst(column.verbose_name))
    kwargs.setdefault("help_text", column.help_text)
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(required=False, max_length=column.max_length or 20_000, widget=widget, **kwargs)


class HeadForm(forms.Form):
    """What a document says of itself, in the order of the paper form (Decree 30/2020), and which document it is."""

    parent_issuer_raw = _text("parent_issuer_raw")
    issuer = forms.ModelChoiceField(Organisation.objects.all(), label=_("Issuer"), required=False)
    issuer_raw = _text("issuer_raw")
    number = _text("number")
    place = _text("place")
    issued_on = DayField(label=_("Date of issue"))
    doc_type = forms.ChoiceField(
        label=_("Document type"), choices=[("", "---------"), *DocumentType.choices], required=False
    )
    title = forms.CharField(
        label=_("Title (trích yếu)"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("A document needs a title. Say in a few words what it is about.")},
    )
    addressees = _text("addressees", lines=3)
    period = _text("period")
    field = _text("field")
    effective_from = DayField(label=_("In force from"))
    expires_on = DayField(label=_("In force until"))
    recipients = _text("recipients", lines=4)
    signer_title = _text("signer_title")
    signer_name = _text("signer_name")
    target = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["issuer"].widget = AdminSnippetChooser(Organisation)

    @classmethod
    def initially(cls, fields: Mapping[str, Any], target_id: int | None) -> dict[str, Any]:
        """The form's values from ``plain`` ones."""
        values = unplain(fields)
        return values | {"title": values["official_title"] or values["title"], "target": target_id}

    def clean_issued_on(self) -> date | None:
        return self._day("issued_on", self._next_year())

    def clean_effective_from(self) -> date | None:
        return self._day("effective_from", self._next_year())

    def clean_expires_on(self) -> date | None:
        return self._day("expires_on", None)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_addressees(self) -> str:
        return _lines(self.cleaned_data["addressees"])

    def clean_recipients(self) -> str:
        return _lines(self.cleaned_data["recipients"])

    def clean_target(self) -> DocumentPage | None:
        """A document the person may edit; which of them it is, she decides."""
        if self.cleaned_data["target"] is None:
            return None
        page = DocumentPage.objects.filter(pk=self.cleaned_data["target"]).first()
        if page is None or not may_edit(self.user, page):
            raise ValidationError(_("This document is not on the site, or not yours to change. Choose another."))
        return page

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("effective_from"), data.get("expires_on")
        if start and end and end < start:
            self.add_error("expires_on", _("It cannot end before it starts."))
        return data

    def plain_values(self) -> dict[str, str]:
        """What is valid, as ``reimport.plain`` has it; what is not stays as it was."""
        found: dict[str, str] = {}
        for name, value in self.cleaned_data.items():
            if name == "title":
                found |= titles(value)
            elif name == "issuer":
                found["issuer"] = value.code if value else ""
            elif isinstance(self.fields[name], DayField):
                found[name] = value.isoformat() if value else ""
            elif name != "target":
                found[name] = value
        if found.get("issuer"):
            found["issuer_raw"] = ""
        return found

    @staticmethod
    def _next_year() -> date:
        return date(timezone.localdate().year + 1, 12, 31)

    def _day(self, name: str, latest: date | None) -> date | None:
        value = self.cleaned_data[name]
        if value is None:
            return None
        told = {"date": value.strftime("%d/%m/%Y"), "name": self.fields[name].label}
        if value < EARLIEST:
            raise ValidationError(_("%(name)s: %(date)s lies before 1945. Check the year.") % told)
        if latest and value > latest:
            raise ValidationError(_("%(name)s: %(date)s lies beyond next year. Check the year.") % told)
        return value


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
