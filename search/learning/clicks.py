"""Which of the results was opened: told by the reader's own browser, in passing, with nothing about her.

The list carries a signed token of the question, the ranks shown and a number drawn for this one answer. The browser
sends the token and the rank (``search-click.js``); a token counts once, so nobody can fill the log. Links stay plain
links: they can be copied, and nobody waits for a redirect."""

import secrets
from datetime import date

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

SALT = "search.click"
HOURS = 12
MOST_BYTES = 1_000


def token(day: date, key: str, engine: str, first: int, shown: int) -> str:
    """What the list of results carries. ``first`` is the rank of the first of ``shown`` results."""
    return signing.dumps([day.isoformat(), key, engine, first, shown, secrets.token_urlsafe(6)], salt=SALT)


def read(signed: str, rank: str) -> dict | None:
    """The line that is kept of a click; None for a token that is not ours or too old, or a rank it did not show."""
    try:
        day, key, engine, first, shown, drawn = signing.loads(signed, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not (rank.isascii() and rank.isdigit() and len(rank) <= 6 and first <= int(rank) < first + shown):
        return None
    return {"t": "c", "d": day, "k": key, "e": engine, "p": int(rank), "z": drawn}


@csrf_exempt  # The token is the proof; a reader has no session a stranger could use.
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """``POST token=…&rank=…``: always 204 for what is small enough, so that nothing can be learnt from the answer."""
    from . import log, spool

    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = MOST_BYTES + 1
    if size > MOST_BYTES:
        return HttpResponse(status=413)
    entry = read(request.POST.get("token", ""), request.POST.get("rank", "")) if log.is_sender(request) else None
    if entry and cache.add(f"search-click:{entry['z']}", 1, HOURS * 3600):
        log.safely(spool.add, log.folder(), entry)
    return HttpResponse(status=204)
