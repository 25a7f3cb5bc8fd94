"""As the project's own production settings, without what needs a proxy in front."""

import os

from .base import *

DEBUG = False
SECRET_KEY = "only-for-the-benchmark"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "mysite.backend",
        "HOSTS": [os.environ["ELASTICSEARCH_URL"]],
        "INDEX_PREFIX": "stock_",
        "AUTO_UPDATE": False,
    }
}
