"""What falls due: a step of ``manage.py tick``."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from search import promotions
from search.models import PastQuery, SearchDay

from . import past, visitors
from .fold import CHUNK, fold
from .log import folder
from .privacy import key_of


def tick() -> None:
    """Count what was searched, forget what is over, write the tables of the search page. Repeatable."""
    fold()
    forget()
    past.refresh()
    promotions.refresh()


def forget() -> None:
    """Counts are kept for ``SEARCH_LOG_DAYS``, those of questions that never reached five visitors for
    ``SEARCH_LOG_RARE_DAYS``. Marks end with their week."""
    today = localdate()
    week = visitors.week_of(today)
    if folder().is_dir():
        visitors.forget(folder(), week)
    PastQuery.objects.filter(reached_on=None).exclude(week=week).delete()
    oldest = today - timedelta(days=settings.SEARCH_LOG_DAYS)
    SearchDay.objects.filter(day__lt=oldest).delete()
    PastQuery.objects.filter(last_asked_on__lt=oldest, hidden=False).delete()
    known = {key_of(text) for text in PastQuery.objects.filter(reached_on__isnull=False).values_list("text", flat=True)}
    old = SearchDay.objects.filter(day__lt=today - timedelta(days=settings.SEARCH_LOG_RARE_DAYS)).exclude(key="")
    rare = [key for key in old.values_list("key", flat=True).distinct().order_by() if key not in known]
    for start in range(0, len(rare), CHUNK):
        old.filter(key__in=rare[start : start + CHUNK]).delete()
