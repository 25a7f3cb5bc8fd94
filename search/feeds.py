"""A question as an Atom feed: its newest results, with its filters. Ids are those of the things' own feeds."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from .asked import Asked
from .exports import NoAnswer, found_rows, no_answer
from .rows import PAGE, Row, local

MOST = 50
_FORBIDDEN = (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_CONTROL = dict.fromkeys(_FORBIDDEN)
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())


class Feed(Atom1Feed):
    """One whose date is that of its newest entry even where there is none: an answer that changes nothing keeps its
    ETag."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_BEFORE_ALL)


@require_safe
@conditional_page
def as_atom(request: HttpRequest) -> HttpResponse:
    """``/tim-kiem/atom.xml?q=…``: at most fifty entries, the newest first, whatever order the page had."""
    asked = Asked.read(request.GET)
    newest = Asked(asked.q, asked.chosen, "newest", 1, asked.exact)
    query = newest.address(sort="relevance")
    text = " ".join(asked.q.split())[:200]
    feed = Feed(
        title=_clean(_("Search: %(query)s") % {"query": text} if text else _("Search")),
        link=request.build_absolute_uri(f"{local(PAGE)}?{query}"),
        description=None,
        subtitle=_clean(_("What is found for this question, the newest first.")),
        language=get_language(),
        feed_url=request.build_absolute_uri(request.get_full_path()),
        feed_guid=_tag(request, f"search:{query}"),
        author_name=_clean(request.get_host()),
    )
    try:
        found, _total = found_rows(newest, MOST)
    except NoAnswer:
        return no_answer()
    for row in found:
        _add(feed, request, row)
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return response


def _add(feed: Feed, request: HttpRequest, row: Row) -> None:
    record = row.hit.record
    updated = timezone.make_aware(datetime.combine(row.day, time.min)) if row.day else _BEFORE_ALL
    feed.add_item(
        title=_clean(f"{record.number}: {record.title}" if record.number else record.title),
        link=request.build_absolute_uri(local(record.url)),
        description=_clean(". ".join(filter(None, [", ".join(row.facts), row.hit.passage]))),
        unique_id=_tag(request, record.key),
        updateddate=updated,
        pubdate=updated,
    )


def _tag(request: HttpRequest, rest: str) -> str:
    """A tag URI (RFC 4151): the host, a day it was ours, and what stays the same when an address changes."""
    return f"tag:{request.get_host().partition(':')[0]},2025-01-01:{rest}"


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return text.translate(_CONTROL)
