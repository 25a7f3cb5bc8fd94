"""``{% load marking %}``: what a page of results has dozens of, each made in one call and by no loop of a template."""

from django import template
from django.utils.formats import localize
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.facets_form import FilterGroup
from search.mark import Excerpt
from search.rows import Row, Shown, local

register = template.Library()


@register.filter
def marked(excerpt: Excerpt | str) -> SafeString:
    """Escaped, with ``<mark>`` around what was found."""
    return mark_safe(excerpt.to_html()) if excerpt else SafeString("")  # noqa: S308


CHOICE = (
    '<li><label class="choice"><input type="checkbox" name="{}" value="{}"{}> <span>{}</span> '
    '<span class="filter__count">{}<span class="visually-hidden"> {}</span></span></label></li>'
)


@register.filter
def passages(row: Row) -> SafeString:
    """The passages of a result, each with the way to it and its words."""
    return mark_safe("".join(_passage(shown, row.rank) for shown in row.passages))  # noqa: S308


def _passage(shown: Shown, rank: int) -> str:
    passage = shown.passage
    path = escape(" › ".join(passage.path))
    where = f'<span class="passage__path">{path}</span>' if path else ""
    if passage.anchor or shown.is_elsewhere:
        url = shown.url if shown.is_elsewhere else local(shown.url)
        where = _way(url, path or escape(_("Read this passage")), f' data-rank="{rank}"')
    if passage.anchor and shown.is_elsewhere:
        where += " " + _way(local(passage.url), escape(_("The file beside its document")))
    return f'<p class="passage">{where}{passage.excerpt.to_html()}</p>'


def _way(url: str, words: str, more: str = "") -> str:
    return f'<a class="passage__path" href="{escape(url)}"{more}>{words}</a>'


@register.filter
def choices(group: FilterGroup) -> SafeString:
    """The options of a filter as list items; a page has fifty."""
    return format_html_join(
        "",
        CHOICE,
        (
            (group.name, one.value, CHECKED if one.selected else "", one.label, localize(one.count), one.results)
            for one in group.options
        ),
    )


CHECKED = SafeString(" checked")
