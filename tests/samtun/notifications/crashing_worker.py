"""A worker to be killed: the real one, on the test database, with the trial room and short leases.

    python crashing_worker.py '{"database", "gateway", "token", "began", "naive"}'

Writes "ready" when it is at work.
"""

import asyncio
import datetime as dt
import json
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

TOLD = json.loads(sys.argv[1])
HERE = Path(__file__).parent
MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


def prepare():
    sys.path.insert(0, str(HERE))
    import trial

    settings.DATABASES["default"]["NAME"] = TOLD["database"]
    settings.TEMPLATES = trial.with_trial_texts(settings.TEMPLATES)
    settings.SAMTUN_SMS_GATEWAY = "lossy"
    django.setup()
    from naive import naive_send

    from samtun.foundation import notices, recipients
    from samtun.foundation.recipients import Recipient
    from samtun.kernel import clock
    from samtun.notifications.channels.adapters import registry
    from samtun.notifications.channels.adapters.http import HttpGateway
    from samtun.notifications.messages import actions, rules

    for notice in trial.TRIALS:
        notices._notices[notice.key] = notice()
    recipients.register(lambda key: Recipient(key, "Kari Prøve", "sms", "nn", phone="+4790000001"))
    mine = f"{TOLD['gateway']}/{os.getpid()}"  # the gateway tells whose answers are on their way
    registry.register("lossy", lambda: HttpGateway(key="lossy", url=mine, token=TOLD["token"]))
    clock.now = lambda: MONDAY + dt.timedelta(seconds=time.time() - TOLD["began"])
    rules.lease_for = lambda _attempt: dt.timedelta(seconds=3)
    if TOLD["naive"]:
        actions.send_now = naive_send


async def work():
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as here:
        async with here.open_async():
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            await here.run_worker_async(
                concurrency=3, fetch_job_polling_interval=0.1, listen_notify=False, update_heartbeat_interval=0.3,
                stalled_worker_timeout=60,
            )  # fmt: skip


if __name__ == "__main__":
    prepare()
    asyncio.run(work())
