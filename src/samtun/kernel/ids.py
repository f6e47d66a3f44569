"""Identifiers made in Python: UUID version 7 (RFC 9562), so that keys sort by the moment they were made."""

import datetime as dt
import os
import threading
import time
import uuid

_lock = threading.Lock()
_last_ms = 0
_counter = 0


def uuid7() -> uuid.UUID:
    """Return a UUIDv7: 48 bits of Unix time in milliseconds, a 12-bit counter, 62 random bits.

    The counter keeps keys made within one millisecond by one process in order (RFC 9562, 6.2, method 1).
    """
    global _last_ms, _counter  # noqa: PLW0603 -- the counter is per process by definition of the method
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        if now_ms > _last_ms:
            _last_ms, _counter = now_ms, 0
        else:
            _counter += 1
            if _counter > 0xFFF:
                _last_ms, _counter = _last_ms + 1, 0
        ms, counter = _last_ms, _counter
    random_bits = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return uuid.UUID(int=(ms << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | random_bits)


def first_id(moment: dt.datetime) -> uuid.UUID:
    """Return the lowest UUIDv7 that can have been made at a moment: keys made later sort after it."""
    return uuid.UUID(int=(int(moment.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62))


def read_uuid(text: str) -> uuid.UUID | None:
    """Return the key that somebody's address holds; None when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
