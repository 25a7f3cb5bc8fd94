"""What the browser is told. Public pages take nothing from any other host and run no inline script."""

from csp.constants import NONE, SELF

from .paths import VAR, env

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    # Wagtail's admin needs inline scripts for its date pickers; it is for signed-in staff only.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
"""So many proxies stand between readers and this host; one on this host itself is not counted."""
RATE_LIMIT_DIR = VAR / "limits"
SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", default=600)
"""From one address, of each of these; a school of forty pupils behind one address stays well below. 0: no limit."""
_LIMITED = ("search:search", "search:csv", "search:xlsx", "search:feed", "search:click", "api:search")
RATE_LIMITS = dict.fromkeys(_LIMITED, SEARCHES_PER_MINUTE)
RATE_LIMITS["search:suggest"] = SEARCHES_PER_MINUTE * 3 // 2  # several for each question
