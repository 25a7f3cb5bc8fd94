"""The project's own search view; ``facets`` counts three fields besides, as Wagtail's manual shows."""

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from home.models import ArticlePage
from wagtail.models import Page


def search(request):
    query = request.GET.get("query", "")
    facets = {}
    if "facets" in request.GET:
        found = ArticlePage.objects.live().search(query)
        facets = {name: found.facet(name) for name in ("kind", "year", "office")}
    else:
        found = Page.objects.live().search(query)
    results = Paginator(found, 10).page(1)
    context = {"search_query": query, "search_results": results, "facets": facets}
    return TemplateResponse(request, "search/search.html", context)
