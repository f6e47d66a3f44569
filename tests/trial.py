"""What a process beside the tests is told: which database, whose keys, how far its clock is ahead."""

import datetime as dt
import json
import os
from typing import Any

from django.conf import settings
from django.db import connection

from samtun.kernel import clock


def as_told() -> dict[str, Any] | None:
    """Be where the test is: its database, keys and clock; return all it told. None in the tests' own process."""
    told = os.environ.get("SAMTUN_TRIAL")
    if told is None:
        return None
    wanted: dict[str, Any] = json.loads(told)
    now = clock.now
    clock.now = lambda: now() + dt.timedelta(seconds=wanted["ahead"])
    connection.settings_dict["NAME"] = wanted["database"]
    settings.SAMTUN_KEYS_FILE = wanted["keys"]
    return wanted
