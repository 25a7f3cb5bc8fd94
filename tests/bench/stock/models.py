"""A page of text with three things to filter by."""

from django.db import models
from wagtail.models import Page
from wagtail.search import index


class HomePage(Page):
    pass


class ArticlePage(Page):
    body = models.TextField()
    kind = models.CharField(max_length=20)
    year = models.CharField(max_length=4)
    office = models.CharField(max_length=20)

    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("year"),
        index.FilterField("office"),
    ]
