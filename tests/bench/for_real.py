"""Static files as they are served for real: hashed names, compressed beforehand."""

from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

FOR_REAL = {
    "STATIC_ROOT": Path(__file__).resolve().parents[2] / "build" / "bench-static",
    "STORAGES": settings.STORAGES | {"staticfiles": {"BACKEND": "samtun.foundation.storage.HashedStorage"}},
    "WHITENOISE_AUTOREFRESH": False,
    "WHITENOISE_USE_FINDERS": False,
}


@contextmanager
def collected():
    """Collect them, in the tests' own process, before the server starts."""
    with override_settings(**FOR_REAL):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        yield FOR_REAL["STATIC_ROOT"]
