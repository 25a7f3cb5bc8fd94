"""The search page: a GET form, so every answer has an address that can be kept and sent."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from . import cards, nothing
from .asked import Asked, answer
from .engines import EMBEDDED, engine
from .exports import MOST_ROWS
from .facets_form import groups
from .learning import log
from .promotions import for_results
from .registry import registered
from .rows import Pages, kind_label, rows
from .service import SORTS, Results

logger = logging.getLogger(__name__)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Whatever stands in the address, the answer is a page. Asks the database nothing."""
    typed = Asked.read(request.GET)
    found = answer(typed)
    # Links carry the question as it was used: ten thousand characters would otherwise stand in each of them.
    asked = typed.asking(found.query.text)
    context = _words(asked, found) | _addresses(asked, found) | _filters(asked, found) | _list(asked, found)
    context["tell_staff"] = found.stood_in and request.user.has_perm("wagtailadmin.access_admin")
    context["click_token"] = log.record(request, found)
    return render(request, "search/search.html", context)


def _words(asked: Asked, found: Results) -> dict[str, Any]:
    text = found.query.text
    heading = _("Search: %(query)s") % {"query": text} if text else _("Search")
    if text and found.ready and not found.query.is_empty:
        counted = ngettext("%(total)s result", "%(total)s results", found.total) % {"total": found.total}
        heading = f"{heading} ({counted})"
    return {"heading": heading, "asked": asked, "is_newest": asked.sort == "newest", "is_filtered": bool(asked.chosen)}


def _addresses(asked: Asked, found: Results) -> dict[str, str]:
    return {
        "clear_url": f"?{asked.address(chosen={})}",
        "relevance_url": f"?{asked.address(sort=SORTS[0])}",
        "newest_url": f"?{asked.address(sort='newest')}",
        "meant_url": f"?{asked.address(q=found.did_you_mean or '')}",
        "exact_url": f"?{asked.address(exact=True)}",
        "rest": asked.address(),
    }


def _filters(asked: Asked, found: Results) -> dict[str, Any]:
    shown = groups(asked, found, _label) if found.ready and not found.query.is_empty else []
    return {"groups": shown, "chosen": [(group, option) for group in shown for option in group.chosen]}


def _list(asked: Asked, found: Results) -> dict[str, Any]:
    empty = found.ready and not found.query.is_empty and not found.total
    helping = _or_nothing(lambda: nothing.helping(asked, found)) if empty else None
    return {
        "results": found,
        "rows": rows(found),
        "promoted": for_results(found),
        "named": _or_nothing(lambda: cards.named(asked, found)),
        "first_number": str((found.page - 1) * found.per_page + 1),
        "page_obj": Pages(found.page, found.pages),
        "export_limit": MOST_ROWS if found.total > MOST_ROWS else 0,
        "help": helping,
        "nearest": rows(helping.nearest) if helping and helping.nearest else [],
        "kinds": [kind_label(kind) for kind in registered()] if empty else [],
    }


def _label(facet: str, value: str) -> str:
    """How the index calls a value that no result has; the value itself where nothing here has it. The embedded one is
    asked, which lies on this machine: an address may name a hundred such values."""
    return _or_nothing(lambda: _called(facet, value)) or value


def _called(facet: str, value: str) -> str:
    reader = engine(EMBEDDED).reader()
    _total, keys = reader.listed({facet: [value]}, limit=1)
    facets = [record.facets.get(facet, ()) for record in reader.records(keys).values()]
    return next((label for pairs in facets for known, label in pairs if known == value), value)


def _or_nothing(ask: Callable[[], Any]) -> Any:
    """What stands beside the list is no reason to show no list."""
    try:
        return ask()
    except Exception:
        logger.exception("search: a part of the page could not be answered")
        return None
