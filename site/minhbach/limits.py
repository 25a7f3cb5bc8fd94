"""So many requests a minute from one address, for what costs more than a page that was made ready.

Counted in a file of fixed size that all processes of this host share: no database, no cache to set up, and no address
is written anywhere, only how often its keyed hash fell on a place. Two requests at the same instant may count as one;
two addresses that share a place share its count, which happens to one of a thousand readers and does no harm.
"""

import hmac
import logging
import mmap
import os
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from search.learning.visitors import address_of

logger = logging.getLogger(__name__)

PLACES = 1 << 16
_COUNT = struct.Struct("<H")
_MOST = (1 << 16) - 1
_MINUTE = 60


class RateLimitMiddleware:
    """429 with ``Retry-After`` for what ``settings.RATE_LIMITS`` (name of an address -> requests a minute) names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        most = settings.RATE_LIMITS.get(name)
        if not most:
            return None
        try:
            wait = too_many(f"{name}|{network(address_of(request.META))}", most)
        except OSError:
            logger.exception("limits: cannot count; everybody may pass")
            return None
        return refusal(request, wait) if wait else None


def network(address: str) -> str:
    """The address itself; of IPv6 the /64, because a single reader has all of it."""
    with suppress(ValueError):
        found = ip_address(address)
        if isinstance(found, IPv6Address):
            return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
        return str(found)
    return ""


def too_many(who: str, most: int, now: float | None = None) -> int:
    """Count one more. 0 when it may pass, else in how many seconds to ask again.

    The last minute is this minute's count and as much of the one before as still lies within sixty seconds. What is
    refused is not counted, so that whoever slows down is let in again."""
    now = time.time() if now is None else now
    minute, within = divmod(now, _MINUTE)
    place = _place(who)
    before, this = _table(int(minute) - 1), _table(int(minute))
    counted = _read(this, place)
    if _read(before, place) * (1 - within / _MINUTE) + counted >= most:
        return max(1, int(_MINUTE - within) + 1)
    _COUNT.pack_into(this, place * _COUNT.size, min(counted + 1, _MOST))
    return 0


def refusal(request: HttpRequest, wait: int) -> HttpResponse:
    """429, in the form that was asked for."""
    words = _("Too many requests from this address. Please wait %(seconds)d seconds.") % {"seconds": wait}
    if request.path.startswith("/api/") or "json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse({"title": words, "status": 429}, status=429)
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response = render(request, "429.html", {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def _place(who: str) -> int:
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), who.encode(), "sha256")[:4], "big") % PLACES


def _read(table: mmap.mmap, place: int) -> int:
    return _COUNT.unpack_from(table, place * _COUNT.size)[0]


@lru_cache(maxsize=4)
def _table(minute: int) -> mmap.mmap:
    """The counts of one minute, shared by every process of this host; minutes long past are removed."""
    folder = Path(settings.RATE_LIMIT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9]*"):
        if old.name.isdigit() and int(old.name) < minute - 2:
            old.unlink(missing_ok=True)
    with (folder / str(minute)).open("a+b") as file:
        # Not ftruncate: a page without a block on a full disk would end the process with the first count.
        os.posix_fallocate(file.fileno(), 0, PLACES * _COUNT.size)
        return mmap.mmap(file.fileno(), PLACES * _COUNT.size)
