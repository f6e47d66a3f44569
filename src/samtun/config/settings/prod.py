"""For real use. Refuses to start half configured."""

import os

from django.core.exceptions import ImproperlyConfigured

from samtun.config.settings.base import *  # noqa: F403  # settings build on settings

_missing = [n for n in ("SAMTUN_SECRET_KEY", "SAMTUN_KEYS_FILE", "SAMTUN_HOSTS") if not os.environ.get(n)]
if _missing:
    raise ImproperlyConfigured(f"Set these before starting: {', '.join(_missing)}. See docs/how-to/run-for-real.md.")

SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = os.environ.get("SAMTUN_TLS_AT_PROXY", "") != "no-redirect"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^-/"]
HOST_ALIASES = {}
