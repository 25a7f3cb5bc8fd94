"""Where things lie. Everything written at run time goes under VAR (``MINHBACH_VAR`` moves it)."""

from pathlib import Path

import environ

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = Path(env.str("MINHBACH_VAR", default=str(ROOT / "var"))).resolve()
VAR.mkdir(parents=True, exist_ok=True)

ROOT_URLCONF = "minhbach.urls"
WSGI_APPLICATION = "minhbach.wsgi.application"
