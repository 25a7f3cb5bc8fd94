"""The admin's way in for a file."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.people.permissions import page_policy

from .forms import ImportForm
from .importing import CannotImport, Result, import_document
from .models import DocumentPage
from .pipeline import Unreadable
from .pipeline.merge import Conflict


def import_view(request: HttpRequest) -> HttpResponse:
    """Upload a file; the editor lands in the draft made of it, with what the machine was unsure about."""
    if not page_policy.user_has_permission(request.user, "add"):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            outcome = import_document(upload.read(), upload.name, user=request.user)
        except (Unreadable, CannotImport) as error:
            form.add_error("file", str(error))
        else:
            _tell(request, outcome.result, outcome.page)
            for conflict in outcome.conflicts[:10]:
                messages.warning(request, in_words(conflict))
            for warning in outcome.reading.warnings[:10]:
                messages.warning(request, warning)
            if outcome.page.permissions_for_user(request.user).can_edit():
                return redirect("wagtailadmin_pages:edit", outcome.page.pk)
            return redirect("wagtailadmin_explore", outcome.page.get_parent().pk)
    return TemplateResponse(request, "documents/admin/import.html", {"form": form}, status=422 if form.errors else 200)


def in_words(conflict: Conflict) -> str:
    """What an editor has to decide: her words stand, the file says otherwise."""
    return _(
        "%(where)s: you corrected this and the new file changes it too. Yours stands: “%(mine)s”. "
        "The file says: “%(theirs)s”."
    ) % {
        "where": conflict.anchor,
        "mine": Truncator(conflict.mine).chars(120),
        "theirs": Truncator(conflict.theirs).chars(120),
    }


def _tell(request: HttpRequest, result: Result, page: DocumentPage) -> None:
    if result == Result.CREATED:
        messages.success(request, _("“%(title)s” is a draft now. Check it, then publish.") % {"title": page.title})
    elif result == Result.REVISED:
        messages.success(
            request,
            _("The site already holds “%(title)s”. This file is a new draft of it.") % {"title": page.title},
        )
    else:
        messages.info(
            request,
            _("This very file was imported before: “%(title)s”. Nothing has changed.") % {"title": page.title},
        )
