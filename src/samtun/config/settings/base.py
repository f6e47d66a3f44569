"""What all situations share. Everything that differs comes from the environment or the situation's own module."""

import os
import sys
from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from samtun.config import database, embedded, mail, origin

ROOT = Path(__file__).resolve().parents[4]
SRC = ROOT / "src"
DATA = embedded.data_folder(ROOT)

DEBUG = False
DEMO = False
SECRET_KEY = os.environ.get("SAMTUN_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = [k for k in os.environ.get("SAMTUN_SECRET_KEY_FALLBACKS", "").split(",") if k]
SAMTUN_KEYS_FILE = os.environ.get("SAMTUN_KEYS_FILE", "")
ALLOWED_HOSTS = [h for h in os.environ.get("SAMTUN_HOSTS", "localhost,127.0.0.1").split(",") if h]
HOST_ALIASES: dict[str, str] = {"127.0.0.1": "localhost"}
SECOND_FACTOR_REQUIRED = True

# --- rooms
ROOMS = [
    "foundation",
    "notifications.channels",
    "notifications.messages",
    "people.accounts",
    "people.places",
    "people.timetables",
    "people.persons",
    "people.roles",
    "people.consents",
    "people.preferences",
    "partners.organisations",
    "partners.catalogue",
    "work.todos",
    "work.sheets",
    "work.imports",
    "anchoring.forums",
    "anchoring.responsibilities",
    "anchoring.policies",
    "anchoring.agreements",
    "codesign.designs",
    "codesign.needs",
    "codesign.ideas",
    "codesign.workshops",
    "operation.plans",
    "operation.lending",
    "operation.volunteers",
    "operation.screening",
    "operation.training",
    "operation.mentoring",
    "operation.activities",
    "operation.registrations",
    "operation.referrals",
    "operation.help_requests",
    "operation.callouts",
    "operation.arrangements",
    "operation.networks",
    "operation.recognition",
    "evaluation.surveys",
    "evaluation.feedback",
    "portal.public",
    "portal.home",
    "portal.desk",
    "portal.house",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    *(f"samtun.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "samtun.foundation.middleware.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "samtun.foundation.middleware.ScopeMiddleware",
]
ROOT_URLCONF = "samtun.config.urls"
WSGI_APPLICATION = "samtun.config.wsgi.application"
APPEND_SLASH = True

# --- database
DB_ROLE = os.environ.get("SAMTUN_DB_ROLE") or database.role_for(sys.argv)
DATABASES = {"default": database.configured(ROOT, DB_ROLE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []
PROCRASTINATE_ON_APP_READY = "samtun.config.jobs.on_app_ready"

# --- accounts and sessions
AUTH_USER_MODEL = "people_accounts.Account"
AUTHENTICATION_BACKENDS: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_ENGINE = "samtun.foundation.sessions"
SESSION_COOKIE_NAME = "__Host-samtun"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-samtun-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- pages
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samtun.foundation.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [SRC / "samtun" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS: list[Any] = [
    ROOT / "build" / "static",
    *((name, ROOT / "assets" / name) for name in ("img", "js")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samtun.foundation.storage.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# --- what changes is told live: where browsers find the live process; empty, and pages ask every ten seconds
SAMTUN_LIVE_ORIGIN = origin.live_origin(os.environ)

# --- browser safety
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF, *([SAMTUN_LIVE_ORIGIN] if SAMTUN_LIVE_ORIGIN else [])],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["samtun.foundation.uploads.InMemory"]

# --- messages out of the house
SAMTUN_SMS_GATEWAY = os.environ.get("SAMTUN_SMS_GATEWAY", "")
SAMTUN_SMS_URL = os.environ.get("SAMTUN_SMS_URL", "")
SAMTUN_SMS_TOKEN_FILE = os.environ.get("SAMTUN_SMS_TOKEN_FILE", "")
SAMTUN_PUBLIC_URL = os.environ.get("SAMTUN_PUBLIC_URL", "")
MAILERS: dict[str, dict[str, Any]] = mail.mailers(os.environ)
DEFAULT_FROM_EMAIL = os.environ.get("SAMTUN_FROM_EMAIL", "")

# --- how far it is
SAMTUN_ROADS = os.environ.get("SAMTUN_ROADS", "")
SAMTUN_ROADS_URL = os.environ.get("SAMTUN_ROADS_URL", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "samtun.foundation.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"samtun": {"level": "INFO"}},
}
