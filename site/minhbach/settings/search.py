"""Citizen search (the ``search`` room) and the admin's own (Wagtail's, on the database)."""

from .paths import VAR, env

SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="tantivy")
SEARCH_DIR = VAR / "search"

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
