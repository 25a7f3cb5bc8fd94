"""Citizen search and the admin's own (``search.backend``), both of the ``search`` room."""

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

if SEARCH_ENGINE == "elasticsearch":
    OUTBOX_CONSUMERS = OUTBOX_CONSUMERS | {"cluster": "search.sync.apply_to_cluster"}

MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
OUTBOX_OWN = {"admin": "search.backend.following.apply"}
SEARCH_OUTBOX = {"record": "cms.base.outbox.record_for", "catch_up": "cms.base.outbox.catch_up"}
"""How the admin's index hears of changes (``search.backend.following``)."""
