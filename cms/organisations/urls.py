"""``/co-quan/`` and ``/co-quan/{code}/``."""

from django.urls import path

from . import views

app_name = "organisations"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:code>/", views.detail, name="detail"),
]
