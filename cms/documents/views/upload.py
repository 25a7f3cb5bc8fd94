"""Files in: the upload form, the list of imports, how far one has come."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from .. import intake
from ..enums import ImportState
from ..forms import ImportForm
from ..models import ImportJob
from ..pipeline import Unreadable
from ..reader import page_image_bounded
from ..states import OPEN, Moved
from .jobs import adding, jobs_of, of_job
from .review import urls_of

LAST_DONE = 10
NARROWEST, WIDEST, WIDTH = 200, 1600, 800


@adding
@require_http_methods(["GET", "POST"])
def import_view(request: HttpRequest) -> HttpResponse:
    """Upload files; each becomes a job that is read in the background."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        received = [intake.receive(upload.read(), upload.name, request.user) for upload in form.cleaned_data["file"]]
        if len(received) == 1:
            return redirect("import_job", received[0].pk)
        messages.success(request, _("%(count)d files are being read.") % {"count": len(received)})
        return redirect("import_document")
    jobs = jobs_of(request.user).light().select_related("by")
    listed = [*jobs.filter(state__in=OPEN), *jobs.filter(state=ImportState.DONE).order_by("-updated_at")[:LAST_DONE]]
    context = {"form": form, "jobs": listed}
    return TemplateResponse(request, "documents/admin/import.html", context, status=422 if form.errors else 200)


def progress(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """The page of a job that is not read yet, or could not be."""
    context = {"job": job, "label": job.state_label, "urls": urls_of(job)}
    return TemplateResponse(request, "documents/admin/import_progress.html", context)


@of_job()
@require_GET
def state(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """For the page that waits."""
    going_on = job.state in (ImportState.WAITING, ImportState.READING)
    return JsonResponse(
        {
            "state": job.state,
            "label": job.state_label,
            "done": job.progress_done,
            "total": job.progress_total,
            "message": job.message,
            "url": "" if going_on else reverse("import_job", args=[job.pk]),
        },
        headers={"Cache-Control": "no-store"},
    )


@of_job()
@require_POST
def retry(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Read the upload again."""
    try:
        intake.retry(job)
    except Moved:
        messages.warning(request, _("“%(name)s” has moved on meanwhile.") % {"name": job.name})
    return redirect("import_job", job.pk)


@of_job()
@require_POST
def drop(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Forget the file."""
    try:
        intake.drop(job)
    except Moved:
        messages.warning(request, _("“%(name)s” has moved on meanwhile.") % {"name": job.name})
        return redirect("import_job", job.pk)
    messages.success(request, _("“%(name)s” was dropped and its upload deleted.") % {"name": job.name})
    return redirect("import_document")


@of_job()
@require_GET
def original(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """The upload, to be saved and never shown: nobody has vouched for it."""
    data = intake.contents(job)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, job.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@of_job()
@require_GET
def page(request: HttpRequest, job: ImportJob, number: int) -> HttpResponse:
    """A page of the original as a picture."""
    data = intake.contents(job)
    if data is None:
        raise Http404
    try:
        width = min(WIDEST, max(NARROWEST, int(request.GET.get("w", WIDTH))))
        picture = page_image_bounded(data, number, width, job.name)
    except (IndexError, ValueError, Unreadable) as error:
        raise Http404 from error
    # The admin marks every answer private and not to be stored.
    return HttpResponse(picture, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})
