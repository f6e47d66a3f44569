"""The web server's application on a test database, with its clock ahead; for what is measured from outside."""

import datetime as dt
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 -- after setup
from django.core.wsgi import get_wsgi_application  # noqa: E402 -- as above
from django.db import connection  # noqa: E402 -- as above

from samtun.kernel import clock  # noqa: E402 -- as above

if told := os.environ.get("SAMTUN_TRIAL"):
    wanted = json.loads(told)
    _now = clock.now
    clock.now = lambda: _now() + dt.timedelta(seconds=wanted["ahead"])
    connection.settings_dict["NAME"] = wanted["database"]
    settings.SAMTUN_KEYS_FILE = wanted["keys"]
    application = get_wsgi_application()
