"""What is true of codes, links and addresses, without touching a row."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid

import pyotp
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samtun.foundation.keys import keyed_hash
from samtun.kernel.phones import tidy

LASTS = dt.timedelta(minutes=10)
TRIES = 5
STEP = 30


def random_id() -> uuid.UUID:
    """Return a key for a login code that cannot be guessed: 122 random bits, unlike our ordered keys."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def code_of(code: uuid.UUID) -> str:
    """Return the six digits of a login code."""
    digest = hashlib.sha256(keyed_hash(str(code), purpose="login-code").encode()).digest()
    return f"{int.from_bytes(digest) % 1_000_000:06d}"


def token_of(code: uuid.UUID) -> str:
    """Return the 256-bit token of a login link."""
    return keyed_hash(str(code), purpose="login-link")


def same(given: str, right: str) -> bool:
    """Compare without telling by time how much was right."""
    return hmac.compare_digest(given.encode(), right.encode())


def browser_hash(cookie: str) -> str:
    """Return what is kept of a browser's cookie."""
    return keyed_hash(cookie, purpose="login-browser")


def address_of(typed: str) -> tuple[str, str]:
    """Return (`email` or `phone`, the address in one form); ("", "") when it is neither."""
    text = typed.strip()
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError:
            return "", ""
        return "email", text.lower()
    number = tidy(text)
    return ("phone", number) if number else ("", "")


def masked(address: str) -> str:
    """Return enough of an address to know it again: `k…@eksempel.no`, `•• •• •• 22`."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if at else f"•• •• •• {address[-2:]}"


def step_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """Return the time step (30 s) whose code this is, one step early or late allowed; None when it is wrong."""
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    return next((now + d for d in (0, -1, 1) if same(code, totp.generate_otp(now + d))), None)
