"""Atom feeds: the documents of the list's filters, and the versions of one document. At most fifty entries, newest
first; ids never change, whatever the address does; answers carry ETag and Last-Modified."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from cms.base.chrome import public_path
from cms.base.searchables import public_pages
from cms.base.sites import site_for
from cms.base.templatetags.vietnamese import vn_date
from cms.organisations.models import Organisation

from .enums import DocumentType
from .listing import Choice
from .models import DocumentPage, Topic
from .public_views import document
from .render import document_path
from .versions import VersionRow, versions_of

MOST = 50
_CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())


class Feed(Atom1Feed):
    """One whose date is that of its newest entry even where there is none: an answer that changes nothing keeps its
    ETag."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=_BEFORE_ALL)


@conditional_page
def of_list(request: HttpRequest) -> HttpResponse:
    """``/van-ban/atom.xml?loai=&co-quan=&nam=&chu-de=``: documents as the list with these filters shows them."""
    chosen = Choice.read(request.GET)
    rows = (
        chosen.apply(public_pages(DocumentPage.objects.all()))
        .select_related("issuer")
        .defer("body")
        .order_by(F("last_published_at").desc(nulls_last=True), "-pk")[:MOST]
    )
    query = chosen.query()
    feed = _feed(
        request,
        title=_list_title(chosen),
        path=public_path("/van-ban/") + (f"?{query}" if query else ""),
        guid=_tag(request, f"documents{':' + query if query else ''}"),
        summary=_("Documents as they are published and changed, the newest first."),
    )
    for page in rows:
        _add(
            feed,
            request,
            title=_title(page),
            path=public_path(document_path(page.slug)),
            guid=_tag(request, f"document:{page.pk}"),
            updated=_updated(page),
            published=page.first_published_at,
            summary=_facts(page),
        )
    return _answer(feed)


@conditional_page
def of_document(request: HttpRequest, slug: str) -> HttpResponse:
    """``/van-ban/{slug}/atom.xml``: its versions with their change notes, and its withdrawal."""

    def view(request: HttpRequest, page: DocumentPage) -> HttpResponse:
        path = public_path(document_path(page.slug))
        feed = _feed(
            request,
            title=_("Changes of %(document)s") % {"document": page.heading if page.number else page.full_title},
            path=path,
            guid=_tag(request, f"document:{page.pk}:changes"),
            summary=page.full_title,
        )
        if page.is_withdrawn:
            _add(
                feed,
                request,
                title=_("Withdrawn on %(day)s.") % {"day": vn_date(page.withdrawn_on)},
                path=path,
                guid=_tag(request, f"document:{page.pk}:withdrawn:{page.withdrawn_on:%Y-%m-%d}"),
                updated=_start(page.withdrawn_on),
                summary=page.withdrawn_reason,
            )
        for row in versions_of(page)[:MOST]:
            _add(
                feed,
                request,
                title=_("Version %(number)s") % {"number": row.number},
                path=reverse("documents:version", args=[page.slug, row.number]),
                guid=_tag(request, f"document:{page.pk}:v{row.number}"),
                updated=row.published_at,
                published=row.published_at,
                summary=_notes(row),
            )
        return _answer(feed)

    return document(request, slug, view)


def _list_title(chosen: Choice) -> str:
    """“Văn bản: Kế hoạch, Phòng GDĐT …”; a filter that names nothing we know stays as it is written."""
    said = [str(DocumentType(chosen.doc_type).label)] if chosen.doc_type else []
    if chosen.issuer:
        said.append(
            Organisation.objects.filter(code=chosen.issuer).values_list("name", flat=True).first() or chosen.issuer
        )
    if chosen.topic:
        names = Topic.objects.filter(slug=chosen.topic).values_list("name", flat=True)
        said.append(names.first() or chosen.topic)
    if chosen.year:
        said.append(chosen.year)
    name = pgettext("administrative", "Documents")
    return f"{name}: {', '.join(said)}" if said else str(name)


def _feed(request: HttpRequest, title: str, path: str, guid: str, summary: str) -> Feed:
    site = site_for(request)
    return Feed(
        title=_clean(title),
        link=request.build_absolute_uri(path),
        description=None,
        subtitle=_clean(summary),
        language=get_language(),
        feed_url=request.build_absolute_uri(request.get_full_path()),
        feed_guid=guid,
        author_name=_clean(str((site.site_name if site else "") or request.get_host())),
    )


def _add(
    feed: Feed, request: HttpRequest, *, title: str, path: str, guid: str, updated: datetime, summary: str,
    published: datetime | None = None,
) -> None:  # fmt: skip
    feed.add_item(
        title=_clean(title),
        link=request.build_absolute_uri(path),
        description=_clean(summary) or _clean(title),
        unique_id=guid,
        updateddate=updated,
        pubdate=published or updated,
    )


def _answer(feed: Feed) -> HttpResponse:
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    return response


def _tag(request: HttpRequest, rest: str) -> str:
    """A tag URI (RFC 4151): the host, a day it was ours, and what stays the same when an address changes."""
    return f"tag:{request.get_host().partition(':')[0]},2025-01-01:{rest}"


def _title(page: DocumentPage) -> str:
    title = f"{page.heading}: {page.full_title}" if page.number else page.full_title
    return f"[{_('Withdrawn')}] {title}" if page.is_withdrawn else title


def _facts(page: DocumentPage) -> str:
    said: Iterable[Any] = (
        page.issuer_name,
        _("issued on %(day)s") % {"day": vn_date(page.issued_on)} if page.issued_on else "",
        page.withdrawn_reason if page.is_withdrawn else "",
    )
    return ". ".join(filter(None, said))


def _updated(page: DocumentPage) -> datetime:
    known = page.last_published_at or page.first_published_at or _BEFORE_ALL
    return max(known, _start(page.withdrawn_on)) if page.withdrawn_on else known


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _notes(row: VersionRow) -> str:
    return " ".join(f"{note.label} ({vn_date(note.noted_on)}): {note.note}" for note in row.notes)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return text.translate(_CONTROL)
