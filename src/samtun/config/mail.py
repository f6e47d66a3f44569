"""From the environment to Django's mailer: which server, with which login, over what."""

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

WAYS = ("none", "starttls", "tls")
PORTS = {"none": 25, "starttls": 587, "tls": 465}


def mailers(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return Django's MAILERS; ImproperlyConfigured with one sentence when the settings do not fit together."""
    host, user = environ.get("SAMTUN_SMTP_HOST", ""), environ.get("SAMTUN_SMTP_USER", "")
    password = _password(environ)
    if bool(user) != bool(password):
        raise ImproperlyConfigured(
            "The e-mail server's login is half: set both SAMTUN_SMTP_USER and SAMTUN_SMTP_PASSWORD_FILE, or neither."
        )
    if user and not host:
        raise ImproperlyConfigured("SAMTUN_SMTP_USER is set, but no server: set SAMTUN_SMTP_HOST.")
    port = _port(environ.get("SAMTUN_SMTP_PORT", ""))
    way = environ.get("SAMTUN_SMTP_TLS", "") or ("tls" if port == PORTS["tls"] else "starttls" if user else "none")
    if way not in WAYS:
        raise ImproperlyConfigured(f"SAMTUN_SMTP_TLS is {way!r}: choose starttls, tls or none.")
    if user and way == "none":
        raise ImproperlyConfigured(
            "SAMTUN_SMTP_TLS=none would send the e-mail server's password unprotected: choose starttls or tls."
        )
    if host and "@" not in environ.get("SAMTUN_FROM_EMAIL", ""):
        raise ImproperlyConfigured("SAMTUN_SMTP_HOST is set, but no sender: set SAMTUN_FROM_EMAIL to an address.")
    options: dict[str, Any] = {
        "host": host, "port": port or PORTS[way], "username": user, "password": password,
        "use_tls": way == "starttls", "use_ssl": way == "tls", "timeout": 10,
    }  # fmt: skip
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def _port(text: str) -> int:
    """Return the port; 0 when none is set."""
    if not text:
        return 0
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ImproperlyConfigured(f"SAMTUN_SMTP_PORT is {text!r}: write a number between 1 and 65535.")
    return int(text)


def _password(environ: Mapping[str, str]) -> str:
    """Return the password, from a file that only we may read or from the environment itself."""
    named, plain = environ.get("SAMTUN_SMTP_PASSWORD_FILE", ""), environ.get("SAMTUN_SMTP_PASSWORD", "")
    if not named:
        return plain
    if plain:
        raise ImproperlyConfigured("Set SAMTUN_SMTP_PASSWORD_FILE or SAMTUN_SMTP_PASSWORD, not both.")
    try:
        if stat.S_IMODE(Path(named).stat().st_mode) & 0o077:
            raise ImproperlyConfigured("SAMTUN_SMTP_PASSWORD_FILE can be read by others: set its mode to 0400.")
        return Path(named).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"SAMTUN_SMTP_PASSWORD_FILE cannot be read: {error.strerror}.") from error
