"""Citizen search and the admin's own (``search.backend``), both of the ``search`` room."""

import socket
import zlib

from django.core.exceptions import ImproperlyConfigured

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

MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
SEARCH_OUTBOX = {"record": "cms.base.outbox.record_own", "catch_up": "cms.base.outbox.catch_up"}
"""How the admin's index hears of changes (``search.backend.following``)."""
SEARCH_HOSTS = env.list("SEARCH_HOSTS", default=[])
"""The names of all hosts that serve the admin, where there are several; each keeps the admin's index for itself."""
SEARCH_HOST = env.str("SEARCH_HOST", default=socket.gethostname())
if SEARCH_HOSTS and SEARCH_HOST not in SEARCH_HOSTS:
    raise ImproperlyConfigured(f"SEARCH_HOSTS does not name this host, {SEARCH_HOST}; SEARCH_HOST can say its name.")


def admin_of(host: str) -> str:
    """The consumer of a host; of a long name the end is told by a number, because hosts differ there."""
    name = f"admin@{host}"
    return name if len(name) <= 30 else f"{name[:21]}~{zlib.crc32(name.encode()):08x}"


_admin = admin_of(SEARCH_HOST) if SEARCH_HOSTS else "admin"
OUTBOX_OWN = {_admin: "search.backend.following.apply"}
OUTBOX_ELSEWHERE = [name for host in SEARCH_HOSTS if (name := admin_of(host)) != _admin]
