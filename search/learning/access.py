"""Who may see and do what here. The rooms above register the policies (``wagtail.permissions``); search asks them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from wagtail.permissions import policy_registry


def may(user: Any, action: str, model: type[Model]) -> bool:
    """Asked once a request and person: menus, lists and views of one page ask the same."""
    known = user.__dict__.setdefault("_may_of_search", {})
    if (action, model) not in known:
        known[action, model] = policy_registry.get_by_type(model).user_has_permission(user, action)
    return known[action, model]


def only_who_may(action: str, model: type[Model]) -> Callable:
    """For views of the admin: refuses everybody else."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, action, model):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return wrap


def frame(title: Any, icon: str, above: tuple[Any, str] | None = None) -> dict[str, Any]:
    """What ``wagtailadmin/generic/base.html`` shows around a page: its title, and the way back."""
    items = [{"label": above[0], "url": above[1]}] if above else []
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*items, {"label": title, "url": ""}],
    }
