"""For those who build: as the demo, with Django's own error pages."""

from samtun.config.settings.demo import *  # noqa: F403  # settings build on settings

DEBUG = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
