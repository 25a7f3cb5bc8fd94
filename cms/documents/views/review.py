"""The review screen: what was read beside the original, corrected piece by piece, made a draft."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import get_template, render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from .. import desk
from ..enums import ImportState
from ..forms import HeadForm
from ..importing import CannotImport, Result
from ..matching import choices, match
from ..models import DocumentPage, ImportJob
from ..pipeline import nodes_from_blocks
from ..pipeline.abbreviations import find_abbreviations
from ..proposing import proposals_of
from ..reimport import unplain
from ..review_rows import rows_of
from ..revising import NotPossible
from ..states import Moved
from ..wording import changes_shown, conflicts_shown, in_words
from .jobs import of_job

EVIDENCE = {
    "parent_issuer_raw": "parent_issuer",
    "issuer_raw": "issuer",
    "doc_type": "type",
    "period": "period_raw",
}
"""Under which name the reader keeps where a field was found, where the two differ."""

TOLD = 10
LARGEST = 1_000_000
"""Bytes of one correction: the longest text a passage may have, however it is written."""


def urls_of(job: ImportJob) -> dict[str, str]:
    """The addresses of everything that can be done with a job."""
    names = ("state", "revise", "head", "proposals", "original", "retry", "drop", "draft")
    urls = {name: reverse(f"import_job_{name}", args=[job.pk]) for name in names}
    return urls | {"page": reverse("import_job_page", args=[job.pk, 0])}


@of_job(whole=True)
def show(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """A job where it stands: still being read, to be checked, or where it went."""
    from .upload import progress

    if job.state == ImportState.REVIEW:
        return _screen(request, job, _form(request, job))
    if job.state == ImportState.DROPPED:
        messages.info(request, _("“%(name)s” was dropped.") % {"name": job.name})
        return redirect("import_document")
    if job.state == ImportState.DONE:
        if job.message:
            messages.info(request, job.message)
        return _to_page(request, job.page)
    return progress(request, job)


def _to_page(request: HttpRequest, page: DocumentPage | None) -> HttpResponse:
    if page is None:
        messages.info(request, _("The draft made of this file is no longer on the site."))
        return redirect("import_document")
    if page.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _form(request: HttpRequest, job: ImportJob) -> HeadForm:
    return HeadForm(initial=HeadForm.initially(job.fields, job.target_id), user=request.user)


def _screen(request: HttpRequest, job: ImportJob, form: HeadForm, status: int = 200) -> HttpResponse:
    nodes = nodes_from_blocks(job.pieces)
    reading = job.reading
    evidence = reading["evidence"]
    context = _match_context(request, job, form) | {
        "evidence": evidence,
        "evidence_rows": [
            (form[name], evidence.get(EVIDENCE.get(name, name))) for name in form.fields if name != "target"
        ],
        "warnings": reading["warnings"],
        "repairs": reading["repairs"],
        "changes": changes_shown(job.changes),
        "conflicts": conflicts_shown(job.conflicts, job.fields, job.pieces),
        "rows": rows_of(job.pieces, nodes),
        "source": reading["source"],
        "pages": reading["pages"],
        "glossary": find_abbreviations(nodes),
        "counts": job.counts,
        "version": job.version,
        "undo": bool(job.history),
        "urls": urls_of(job),
    }
    return TemplateResponse(request, "documents/admin/review.html", context, status=status)


def _match_context(request: HttpRequest, job: ImportJob, form: HeadForm) -> dict[str, Any]:
    found = match(unplain(job.fields), request.user, sha256=job.sha256)
    return {
        "job": job,
        "head_form": form,
        "candidates": choices(found, request.user, job.target_id),
        "refusal": found.refusal,
    }


@of_job(only=desk.EDITED)
@require_POST
def revise(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """One correction of the text; the answer says what to draw anew."""
    try:
        op = json.loads(request.body) if len(request.body) <= LARGEST else None
    except (ValueError, RecursionError):  # also bytes that are no text, and lists in lists in lists
        op = None
    if not isinstance(op, dict):
        return JsonResponse({"message": _("This correction did not arrive whole. Load the page again.")}, status=422)
    try:
        done = desk.correct(job, op.get("version"), op)
    except NotPossible as error:
        return JsonResponse({"message": str(error.message)}, status=422)
    except desk.Stale:
        return JsonResponse({"message": _stale()}, status=409)
    template = get_template("documents/admin/review_row.html")
    answer = {
        "version": done.version,
        "from": done.redrawn.start,
        "removed": done.redrawn.removed,
        "html": "".join(template.render({"row": row}) for row in done.redrawn.rows),
        "focus": done.focus,
        "message": "",
        "undo": done.undo,
        "counts": done.redrawn.counts,
    }
    return JsonResponse(answer | ({"field": done.field} if done.field else {}))


def _stale() -> str:
    return _("Somebody has changed this import meanwhile, or it is open in another window. Load the page again.")


def _is_of(job: ImportJob, request: HttpRequest) -> bool:
    """Was the form made on the version the job has? An older one would write over what came since."""
    return request.POST.get("version") == str(job.version)


def _look_again(request: HttpRequest, job: ImportJob, form: HeadForm) -> HttpResponse:
    """The text as it is now with the details as they were typed; nothing of them is kept yet."""
    form.add_error(
        None,
        _(
            "This import has changed meanwhile, in another window or by somebody else. Look at the text and the "
            "details once more, then go on."
        ),
    )
    return _screen(request, job, form, status=409)


@of_job(whole=True)
@require_POST
def head(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Keep the head as far as it is right; say what is not, and which documents the file may be a version of."""
    as_json = "application/json" in request.headers.get("Accept", "")
    if job.state != ImportState.REVIEW:
        return JsonResponse({"message": _stale()}, status=409) if as_json else redirect("import_job", job.pk)
    form = HeadForm(request.POST, user=request.user)
    form.is_valid()
    if not _is_of(job, request):
        return JsonResponse({"message": _stale()}, status=409) if as_json else _look_again(request, job, form)
    try:
        redraw = _save(job, form)
    except desk.Stale:
        if as_json:
            return JsonResponse({"message": _stale()}, status=409)
        messages.warning(request, _stale())
        return redirect("import_job", job.pk)
    if not as_json:
        return _screen(request, job, form, status=422) if form.errors else redirect("import_job", job.pk)
    context = _match_context(request, job, form)
    return JsonResponse(
        {
            "version": job.version,
            "errors": form.errors,
            "match": render_to_string("documents/admin/review_match.html", context, request=request),
            "reload": redraw,
            "message": context["refusal"],
        }
    )


def _save(job: ImportJob, form: HeadForm) -> bool:
    """What is valid of the form. The document it is a version of only changes when the form says one."""
    asked = "target" in form.data and "target" not in form.errors
    return desk.save_head(job, form.plain_values(), form.cleaned_data.get("target") if asked else True)


@of_job(whole=True)
@require_GET
def proposals(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Targets and tasks the text promises, each with the row it stands in."""
    found = proposals_of(job.pieces, job.fields.get("period", "")) if job.state == ImportState.REVIEW else {}
    return TemplateResponse(request, "documents/admin/review_proposals.html", found)


@of_job(whole=True)
@require_POST
def draft(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Make the draft of what stands on the screen; on any mistake the screen again, and nothing made."""
    if job.state != ImportState.REVIEW:
        return redirect("import_job", job.pk)
    form = HeadForm(request.POST, user=request.user)
    form.is_valid()
    if not _is_of(job, request):
        return _look_again(request, job, form)
    try:
        _save(job, form)
        if form.errors:
            return _screen(request, job, form, status=422)
        made = desk.finish(job, request.user)
    except (desk.Stale, Moved):
        messages.warning(request, _stale())
        return redirect("import_job", job.pk)
    except CannotImport as error:
        form.add_error(None, str(error))
        return _screen(request, job, form, status=422)
    _tell(request, made)
    return _to_page(request, made.page)


def _tell(request: HttpRequest, made: desk.Made) -> None:
    sentence = {
        Result.CREATED: _("“%(title)s” is a draft now. Check it, then publish."),
        Result.REVISED: _("The site already holds “%(title)s”. This file is a new draft of it."),
        Result.UNCHANGED: _("This very file was imported before: “%(title)s”. Nothing has changed."),
    }[made.result]
    messages.success(request, sentence % {"title": made.page.title})
    if made.conflicts:
        told = _(
            "The page was edited while you checked the file. Where both changed one thing, the page’s words stand."
        )
        messages.warning(request, told)
    for conflict in made.conflicts[:TOLD]:
        messages.warning(request, in_words(conflict))
