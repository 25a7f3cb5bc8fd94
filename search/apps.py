from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Citizen search: one analysis, engines behind a small interface. Knows no room; rooms register with
    it."""

    name = "search"
    label = "search"
