"""pretix' own settings, read by its own interpreter (tests/bench/pretix.py): its cache off, or warm in each process."""

import os

from pretix.settings import *  # noqa: F403  # settings build on settings

if os.environ.get("BENCH_WARM"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    REAL_CACHE_USED = CACHE_LARGE_VALUES_ALLOWED = True
