"""Who may open which import: those who may add pages for its organisation; for everyone else it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.permissions import policy_registry

from cms.people.permissions import page_policy

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
    """The view is given the job with the columns it needs: those named, all, or (neither) those of a list."""

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            rows = jobs_of(request.user)
            rows = rows.only(*only) if only else rows if whole else rows.light()
            job = rows.filter(pk=pk).first()
            if job is None:
                raise Http404
            return view(request, job, **kwargs)

        return adding(found)

    return decorate
