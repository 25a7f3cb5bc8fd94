"""Kept files in the admin: upload, find, rename; never replace."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.people.permissions import home_organisation
from cms.people.viewsets import ScopedViewSetMixin

from .chooser import FileChooserViewSet
from .forms import StewardedForm
from .keeping import keep
from .models import File
from .sniffing import Refused


class FileForm(StewardedForm, WagtailAdminModelForm):
    """A new file is uploaded once; afterwards only its name and steward change."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Kept as it is, under its SHA-256. Nobody sees it until a page does."),
    )

    class Meta:
        model = File
        fields = ["name", "organisation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]
        else:
            self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        upload = data.get("upload")
        if not self.instance.pk:
            if not upload:
                self.add_error("upload", _("Choose a file."))
            elif not self.errors:
                self._keep(upload, data)
        return data

    def _keep(self, upload: Any, data: dict[str, Any]) -> None:
        from cms.organisations.models import Organisation

        owner = data.get("organisation") or Organisation.objects.filter(pk=home_organisation(self.for_user)).first()
        try:
            kept, new = keep(upload.read(), data.get("name") or upload.name, user=self.for_user, organisation=owner)
        except Refused as refused:
            self.add_error("upload", str(refused))
            return
        if not new:
            self.add_error(
                "upload", _("This very file is kept already, as “%(name)s”. Use that one.") % {"name": kept.name}
            )
            return
        self.instance = kept
        data["name"], data["organisation"] = kept.name, kept.organisation


class FileViewSet(ScopedViewSetMixin, SnippetViewSet):
    """Originals, signed copies, appendices, forms."""

    model = File
    chooser_viewset_class = FileChooserViewSet
    icon = "lock"
    menu_label = _("Kept files")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "media_type", "size", "organisation", "created_at"]
    list_per_page = 50
    search_fields = ["name"]
    edit_handler = ObjectList(
        [FieldPanel("upload"), FieldPanel("name"), FieldPanel("organisation")], base_form_class=FileForm
    )
