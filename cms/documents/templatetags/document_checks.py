"""The checks of a document, for the side panel of its editor."""

from typing import Any

from django import template

from ..checks import Finding

register = template.Library()


@register.simple_tag(takes_context=True)
def document_checks(context: dict[str, Any]) -> tuple[Finding, ...] | None:
    """None for what is no document."""
    from ..checks_panel import checks_of
    from ..models import DocumentPage

    page = context.get("object")
    return checks_of(page, context.get("request")) if isinstance(page, DocumentPage) and page.pk else None
