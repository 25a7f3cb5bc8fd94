"""Filters every template may use without loading: dates and sizes as Vietnamese readers write them."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone

from ..chrome import public_path

register = template.Library()


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """``12/03/2026``; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return formats.date_format(value, "SHORT_DATE_FORMAT")


@register.filter
def file_size(size: int | None) -> str:
    """``1,2 MB`` with the reader's decimal mark."""
    if size is None:
        return ""
    amount = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            digits = 0 if unit == "B" or amount >= 100 else 1
            return f"{formats.number_format(amount, digits)} {unit}"
        amount /= 1000
    return ""


@register.filter
def local_url(path: str) -> str:
    """A stored root-relative path in the reader's language."""
    return public_path(path)


@register.simple_tag(takes_context=True)
def query(context: dict, **changes: object) -> str:
    """The present query string with some parameters changed; ``None`` or ``""`` takes one away."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = str(value)
    return params.urlencode()
