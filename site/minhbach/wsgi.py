"""The door for gunicorn: ``gunicorn --pythonpath site minhbach.wsgi``."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhbach.settings.production")

application = get_wsgi_application()

# What was loaded stays until the process ends: looked through again and again it would cost one request in sixty some
# hundred milliseconds.
gc.collect()
gc.freeze()
