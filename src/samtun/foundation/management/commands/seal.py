"""`manage.py seal`: chains the audit events every ten seconds, and anchors the heads outside the database."""

import datetime as dt
import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection

from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.sealing import Fault, head_now, seal, verify
from samtun.kernel import clock

EVERY = 10.0  # seconds
ANCHOR_EVERY = dt.timedelta(hours=1)
LOOK_BACK = dt.timedelta(hours=1)  # longer than any transaction can be open


class Command(BaseCommand):
    """Runs until stopped, beside the job queue, with the sealer's own database role."""

    help = "Chain the audit events of every municipality; --once for one round, --verify to check the chains."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two ways of running briefly."""
        parser.add_argument("--once", action="store_true", help="one round over everything, with an anchor, and stop")
        parser.add_argument("--verify", action="store_true", help="check every chain against its anchors and stop")

    def handle(self, *, once: bool, **options: Any) -> None:
        """Seal round after round, or once."""
        if options["verify"]:
            self.verify_all()
            return
        stop = threading.Event()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        anchored: dt.datetime | None = None
        since: dt.datetime | None = None  # the first round looks at everything
        while not stop.is_set():
            at = clock.now()
            anchor = anchored is None or at - anchored >= ANCHOR_EVERY
            try:
                seal_all(at, since, anchor=anchor)
                since = at - LOOK_BACK
                anchored = at if anchor else anchored
            except OperationalError:
                connection.close()  # the server is away for a moment: try again next round
                if once:
                    raise
            if once:
                return
            stop.wait(EVERY)

    def verify_all(self) -> None:
        """Print each chain's faults; exit code 1 when there is one."""
        broken = False
        for municipality in Municipality.objects.order_by("slug"):
            with open_scope(municipality.id):
                faults: list[Fault] = verify(anchors_of(municipality.slug))
            broken = broken or bool(faults)
            print(f"{municipality.slug}: {'whole' if not faults else ''}")
            for fault in faults:
                print(f"  at {fault.seq}: {fault.what}")
        if broken:
            raise SystemExit(1)


def seal_all(at: dt.datetime, since: dt.datetime | None, *, anchor: bool) -> int:
    """Seal every municipality's events, in a transaction each; return how many."""
    count = 0
    for municipality in Municipality.objects.order_by("id"):
        with open_scope(municipality.id):
            while fresh := seal(at, since=since):
                count += fresh
            head = head_now() if anchor else None
        if head:
            write_anchor(municipality.slug, at, *head)
    return count


def anchor_file(slug: str) -> Path:
    """Return where a municipality's anchors stand: outside the database, so that who rewrites one cannot the other."""
    return Path(settings.DATA) / "anchors" / f"{slug}.jsonl"


def write_anchor(slug: str, at: dt.datetime, seq: int, head: bytes) -> None:
    """Append one head and see that it is on disk."""
    path = anchor_file(slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps({"at": at.isoformat(), "seq": seq, "head": head.hex()}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def anchors_of(slug: str) -> dict[int, bytes]:
    """Return the anchored heads by their place in the chain."""
    path = anchor_file(slug)
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text().splitlines() if line]
    return {row["seq"]: bytes.fromhex(row["head"]) for row in rows}
