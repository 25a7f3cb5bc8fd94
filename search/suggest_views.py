"""What the search field asks while someone types. Without it the field is a plain field."""

import logging
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .rows import kind_label
from .suggest import Suggestion, suggest

logger = logging.getLogger(__name__)

SECONDS = 60
NOTE_CHARS = 120


@require_safe
@cache_control(public=True, max_age=SECONDS)
def suggestions(request: HttpRequest) -> JsonResponse:
    """``/tim-kiem/goi-y?q=…`` -> ``{"q", "suggestions": [{"value", "kind", "note"}]}``. Asks the database nothing."""
    q = request.GET.get("q", "")
    try:
        found = suggest(q)
    except Exception:
        logger.exception("search: nothing could be suggested")
        found = []
    return JsonResponse({"q": q[:200], "suggestions": [_shown(one) for one in found]})


def _shown(one: Suggestion) -> dict[str, Any]:
    return {"value": one.value, "kind": one.kind, "note": _note(one)}


def _note(one: Suggestion) -> str:
    """What stands beside it: of a number its title, of a title its number or what kind of thing it is."""
    record = one.record
    if record is None:
        return ""
    if one.kind == "number":
        return record.title if len(record.title) <= NOTE_CHARS else f"{record.title[:NOTE_CHARS].rstrip()}…"
    return record.number or kind_label(record.kind)
