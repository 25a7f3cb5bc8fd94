"""Citizen search (the ``search`` room) and the admin's own (Wagtail's, on the database)."""

from .database import OUTBOX_CONSUMERS
from .paths import VAR, env

SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="tantivy")
"""What answers: ``tantivy`` (embedded, always kept) or ``elasticsearch`` (with the embedded one standing by)."""
SEARCH_DIR = VAR / "search"

ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=["http://127.0.0.1:9200"])
"""The nodes, separated by commas."""
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA = env.str("ELASTICSEARCH_CA", default="")
SEARCH_INDEX = env.str("SEARCH_INDEX", default="minhbach")
"""The alias; two sites on one cluster need two."""
SEARCH_SECONDS = env.float("SEARCH_SECONDS", default=1.5)
"""So long a reader waits for the cluster before the embedded engine answers."""

SEARCH_LOG_DAYS = env.int("SEARCH_LOG_DAYS", default=400)
"""So long the counts of what was searched are kept."""
SEARCH_LOG_RARE_DAYS = env.int("SEARCH_LOG_RARE_DAYS", default=90)
"""So long those of questions that fewer than five visitors asked."""

if SEARCH_ENGINE == "elasticsearch":
    OUTBOX_CONSUMERS = OUTBOX_CONSUMERS | {"cluster": "search.sync.apply_to_cluster"}

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
