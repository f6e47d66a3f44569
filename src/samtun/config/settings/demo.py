"""`make demo`: the invented municipality, on this machine only."""

from samtun.config.settings.base import *  # noqa: F403  # settings build on settings
from samtun.config.settings.base import DATA, INSTALLED_APPS

DEMO = True
SECRET_KEY = "demo only: on this machine, for invented persons"
SAMTUN_KEYS_FILE = str(DATA / "keys.json")
INSTALLED_APPS = [*INSTALLED_APPS, "samtun.demo"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", ".localhost"]
SESSION_COOKIE_NAME = "samtun"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "samtun-csrf"
CSRF_COOKIE_SECURE = False
SAMTUN_SMS_GATEWAY = "demo"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
DEFAULT_FROM_EMAIL = "samtun@eksempel.test"
SECOND_FACTOR_REQUIRED = False
