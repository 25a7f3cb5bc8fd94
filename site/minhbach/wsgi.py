"""The door for gunicorn: ``gunicorn --pythonpath site minhbach.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minhbach.settings.production")

application = get_wsgi_application()
