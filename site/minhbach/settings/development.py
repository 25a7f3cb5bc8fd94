"""This machine only: loopback, everything embedded. What ``make run`` serves.

``MINHBACH_DEBUG=1`` shows Django's own error pages instead of the site's.
"""

from django.core.management.utils import get_random_secret_key

from .base import *
from .base import STORAGES, VAR, env

DEBUG = env.bool("MINHBACH_DEBUG", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

_key = VAR / "secret_key"
if not _key.exists():
    _key.touch(mode=0o600)
    _key.write_text(get_random_secret_key())
SECRET_KEY = _key.read_text()

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
