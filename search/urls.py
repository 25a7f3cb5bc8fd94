"""``/tim-kiem/`` and what is asked beside it, and the same under ``/en/``."""

from django.urls import path

from . import exports, feeds, suggest_views, views
from .learning.clicks import click

app_name = "search"

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("tim-kiem/da-mo/", click, name="click"),
    path("tim-kiem/goi-y", suggest_views.suggestions, name="suggest"),
    path("tim-kiem/ket-qua.csv", exports.as_csv, name="csv"),
    path("tim-kiem/ket-qua.xlsx", exports.as_xlsx, name="xlsx"),
    path("tim-kiem/atom.xml", feeds.as_atom, name="feed"),
]
