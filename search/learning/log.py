"""The log: a question is counted the moment it is answered, and what could tell who asked is never written.

``record`` costs one short write to a file (``spool``); ``tick`` folds the file into counts (``fold``)."""

import logging
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate

from search.service import Results

from . import clicks, spool, visitors
from .privacy import Kept, keep

logger = logging.getLogger(__name__)

FEW = 2
"""So few results are poor."""
COMPLAIN_EVERY = 60.0
_complained = -COMPLAIN_EVERY


def folder() -> Path:
    """Where the spool and the week's key lie."""
    return Path(settings.SEARCH_DIR) / "log"


def record(request: HttpRequest, results: Results) -> str:
    """Count the question, and return the token its list of results carries so that the rank clicked can be learnt; ""
    where nothing is to be learnt. Never raises, asks the database nothing."""
    return safely(_record, request, results) or ""


def safely(act: Callable[..., Any], *args: Any) -> Any:
    """Do it; whatever goes wrong is no reader's trouble. None where it went wrong."""
    try:
        return act(*args)
    except Exception as error:
        _complain(error)
        return None


def _complain(error: Exception) -> None:
    """A full disk is said once a minute, not once a reader."""
    global _complained
    if time.monotonic() - _complained >= COMPLAIN_EVERY:
        _complained = time.monotonic()
        logger.warning("search log: a question was not counted: %r", error)


def _record(request: HttpRequest, results: Results) -> str:
    if not results.ready or results.query.is_empty or not is_reader(request):
        return ""
    kept, day = keep(results.query.text), localdate()
    if results.page == 1 and not is_same_question(request, results.query.text):
        spool.add(folder(), line(results, kept, day, visitors.address_of(request.META)))
    if kept is None or not results.hits:
        return ""
    first = (results.page - 1) * results.per_page + 1
    return clicks.token(day, kept.key, results.engine, first, len(results.hits))


def is_reader(request: HttpRequest) -> bool:
    """A person of the public who looks at the page: no robot, no staff, no browser that fetches ahead."""
    if request.method != "GET" or not is_sender(request):
        return False
    return "prefetch" not in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def is_sender(request: HttpRequest) -> bool:
    """Neither a robot nor one of the staff."""
    if visitors.is_robot(request.headers.get("User-Agent", "")):
        return False
    return not (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated)


def is_same_question(request: HttpRequest, text: str) -> bool:
    """Whether the reader turns, sorts or filters the answer she has: she comes from the same question."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    if came_from.netloc != request.get_host() or came_from.path.removeprefix("/en") != _own_path(request):
        return False
    asked = parse_qs(came_from.query).get("q", [""])[-1]
    return " ".join(asked.split()).casefold() == " ".join(text.split()).casefold()


def _own_path(request: HttpRequest) -> str:
    return request.path.removeprefix("/en")


def line(results: Results, kept: Kept | None, day: date, address: str) -> dict:
    """What is written of one question: the day, not the hour; a mark of the visitor only where the question was
    answered as asked, because only such questions are ever offered to others."""
    entry = {
        "t": "s",
        "d": day.isoformat(),
        "k": kept.key if kept else "",
        "q": kept.text if kept else "",
        "e": results.engine,
        "n": results.total,
        "x": int(bool(results.dropped)),
        "r": int(bool(results.shown_for)),
        "i": int(results.stood_in),
        "m": round(results.took_ms, 1),
    }
    network = visitors.network_of(address)
    if kept and network and results.total and not results.dropped and not results.shown_for:
        entry["v"] = visitors.mark(visitors.salt_of(folder(), visitors.week_of(day)), kept.spelling, network)
    return entry
