"""SQLite in a file by default; ``DATABASE_URL`` names a PostgreSQL server."""

from .paths import VAR, env

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'minhbach.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue for the one write lock instead of failing when a reader wants to become a writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)

CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    "renditions": env.cache_url("CACHE_URL", default="locmemcache://renditions"),
}
for _cache in CACHES.values():
    if "locmem" in _cache["BACKEND"]:
        _cache["OPTIONS"] = {"MAX_ENTRIES": 100_000}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

OUTBOX_CONSUMERS = {"search": "search.sync.apply"}
"""Who is told, after a commit, that something the public may see has changed: name -> dotted callable."""
