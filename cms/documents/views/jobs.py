"""Who may open which import: those who may add pages for its organisation; for everyone else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from cms.people.permissions import page_policy

from ..enums import ImportState
from ..importing import another_offices, may_edit
from ..models import ImportJob
from ..models.import_job import ImportJobQuerySet

View = Callable[..., HttpResponse]


def adding(view: View) -> View:
    """Only for those who may add pages somewhere."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not page_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def jobs_of(user: Any) -> ImportJobQuerySet:
    """The imports a person may see."""
    return policy_registry.get_by_type(ImportJob).instances_user_has_any_permission_for(user, {"add"})


def of_job(*, only: tuple[str, ...] = (), whole: bool = False) -> Callable[[View], View]:
    """The view is given the job with the columns it needs: those named, all, or (neither) those of a list.

    The text under review contains the draft it is merged into, so it is shown only to those who may edit that page;
    whoever uploaded the file may have rights in more offices than the one it was uploaded for.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            rows = jobs_of(request.user)
            rows = rows.only(*only) if only else rows if whole else rows.light()
            job = rows.filter(pk=pk).first()
            if job is None:
                raise Http404
            if (only or whole) and job.state == ImportState.REVIEW and job.target_id:
                if not may_edit(request.user, job.target):
                    messages.warning(request, another_offices(job.target))
                    return redirect("import_document")
            return view(request, job, **kwargs)

        return adding(found)

    return decorate
