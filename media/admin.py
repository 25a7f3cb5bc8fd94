"""Kept files in the admin: upload, find, rename; never replace."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets

from cms.base.templatetags.vietnamese import file_size
from cms.people.permissions import home_organisation
from cms.people.viewsets import ScopedViewSetMixin

from .chooser import FileChooserViewSet
from .extraction import read_again
from .forms import StewardedForm
from .keeping import keep
from .models import File, TextState
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


def may_read_again(user: Any, file: File) -> bool:
    """Whoever may change the file's row."""
    return policy_registry.get(file).user_has_permission_for_instance(user, "change", file)


def read_again_button(file: File, user: Any) -> list[Button]:
    if file.text_state == TextState.WAITING or not may_read_again(user, file):
        return []
    url = reverse("file_read_again", args=[file.pk])
    return [Button(gettext("Read the text again"), url=url, icon_name="rotate", priority=40)]


def read_again_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first, with what came of the last reading; then has the file read in the background."""
    found = policy_registry.get_by_type(File).instances_user_has_permission_for(request.user, "change")
    file = get_object_or_404(found, pk=pk)
    if request.method != "POST":
        return render(request, "media/admin/read_again.html", {"file": file})
    read_again(file)
    messages.success(request, gettext("The text of “%(name)s” is being read.") % {"name": file.name})
    return redirect("wagtailsnippets_media_file:edit", file.pk)


class FileEditView(snippets.EditView):
    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *read_again_button(self.object, self.request.user)]


class FileViewSet(ScopedViewSetMixin, snippets.SnippetViewSet):
    """Originals, signed copies, appendices, forms."""

    model = File
    chooser_viewset_class = FileChooserViewSet
    edit_view_class = FileEditView
    icon = "lock"
    menu_label = _("Kept files")
    menu_order = 310
    add_to_admin_menu = True
    list_display = [
        "name",
        Column(
            "media_type", label=_("Kind of file"), accessor=lambda file: file.extension.upper(), sort_key="media_type"
        ),
        Column("size", label=_("Size"), accessor=lambda file: file_size(file.size), sort_key="size"),
        StatusTagColumn(
            "text_state",
            label=_("Search in its text"),
            accessor="get_text_state_display",
            sort_key="text_state",
            primary=lambda file: file.text_state == TextState.READ,
        ),
        "organisation",
        "created_at",
    ]
    list_filter = ["text_state"]
    list_per_page = 50
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("upload"),
            FieldPanel("name"),
            FieldPanel("organisation"),
            FieldPanel("text_state", read_only=True),
            FieldPanel("text_message", read_only=True),
        ],
        base_form_class=FileForm,
    )
