"""``/tim-kiem/``, and ``/en/tim-kiem/``."""

from django.urls import path

from . import views
from .learning.clicks import click

app_name = "search"

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("tim-kiem/da-mo/", click, name="click"),
]
