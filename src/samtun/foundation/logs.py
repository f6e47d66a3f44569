"""Logs as lines of JSON, with no personal data: names of events and counts, never texts from people."""

import datetime as dt
import json
import logging

ALLOWED = ("path_name", "status", "ms", "job", "count", "state", "tenant_slug", "channel")


class JsonLines(logging.Formatter):
    """One object a line; only allowed extras; arguments of exceptions are left out, their type and place stay."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if record.name.startswith("samtun") else record.name,
        }
        for key in ALLOWED:
            if (value := getattr(record, key, None)) is not None:
                line[key] = value
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            if trace:
                line["where"] = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
        return json.dumps(line, ensure_ascii=False)
