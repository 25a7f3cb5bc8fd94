"""Tests: embedded parts in a folder of the run's own, tasks at once, no password stretching."""

import os
import tempfile
import zlib
from pathlib import Path

from .base import *

# A folder a checkout, so that two of them can be tested at once.
VAR = Path(tempfile.gettempdir()) / f"minhbach-test-{os.getuid()}-{zlib.crc32(str(ROOT).encode()):08x}"
VAR /= os.environ.get("PYTEST_XDIST_WORKER", "main")
VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
MEDIA_ROOT = VAR / "media"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
SEARCH_DIR = VAR / "search"
RATE_LIMIT_DIR = VAR / "limits"
RATE_LIMITS = {}  # some tests ask more than any reader
SEARCH_ENGINE = "tantivy"
OUTBOX_CONSUMERS = {"search": OUTBOX_CONSUMERS["search"]}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
