"""For tests: strict templates, fast hashing, nothing goes out of the house."""

import os

from samtun.config.settings.demo import *  # noqa: F403  # settings build on settings
from samtun.config.settings.demo import DATA, DATABASES, ROOT, STATICFILES_DIRS, TEMPLATES

SAMTUN_KEYS_FILE = str(DATA / f"test-keys-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.json")
SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR_REQUIRED = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "‽%s‽"
SAMTUN_TEST_SWITCHES = True
STATICFILES_DIRS = [*STATICFILES_DIRS, ("test", ROOT / "build" / "test")]  # what looks at the pages in the browser
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A busy machine is no fault in the code: a test is one transaction, and may wait long between two statements.
DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=10000 -c statement_timeout=60000"
