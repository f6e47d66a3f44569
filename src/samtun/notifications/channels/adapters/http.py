"""A plain JSON gateway over HTTPS, with a token from a file. The contract stands in docs/reference/sms-gateway.md.

Out:  `POST {url}/messages` `{"reference", "from", "to", "text"}` → 2xx `{"id"}`; 409 when the reference is known.
Ask:  `GET {url}/messages/{reference}` → 200 `{"reference"}`, or 404 with the reference in its body.
In:   the gateway posts JSON to us, signed: `X-Samtun-Signature: t=<Unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`
with the token as key, at most five minutes old.
"""

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from samtun.notifications.channels.adapters.protocol import (
    Accepted,
    BadBody,
    BadSignature,
    CameIn,
    Fate,
    Outcome,
    Parcel,
    Receipt,
    TurnedDown,
    Unclear,
)

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 10.0
SIGNED_WITHIN = dt.timedelta(minutes=5)
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


class HttpGateway:
    """Sends over HTTP. Without look-up, a lost answer leaves the message unknown, for a person to decide."""

    dedupes = False

    def __init__(
        self, *, key: str = "http", looks_up: bool = True, url: str = "", token: str = "",
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:  # fmt: skip
        self.key = key
        self.looks_up = looks_up
        self.url = (url or settings.SAMTUN_SMS_URL).rstrip("/")
        self._token = token
        self._timeout = httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS)

    def _secret(self) -> str:
        return self._token or Path(settings.SAMTUN_SMS_TOKEN_FILE).read_text().strip()

    def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._secret()}"}
        with httpx.Client(timeout=self._timeout, headers=headers, follow_redirects=False) as client:
            return client.request(method, f"{self.url}{path}", json=body)

    def send(self, parcel: Parcel) -> Outcome:
        """Post it once. Only what surely never arrived is turned down; everything else is unclear."""
        body = {"reference": parcel.reference, "from": parcel.sender, "to": parcel.to, "text": parcel.text}
        try:
            answer = self._call("POST", "/messages", body)
        except OSError:
            return TurnedDown("no_token", again=True, wait=600)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL):
            return TurnedDown("not_reached", again=True)
        except httpx.HTTPError:
            return Unclear("no_answer")
        return _read(answer)

    def look_up(self, reference: str) -> Fate:
        """Ask by our reference. A 404 that does not name it may come from something in between: cannot tell."""
        if not self.looks_up:
            return Fate.CANNOT_TELL
        try:
            answer = self._call("GET", f"/messages/{reference}")
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return Fate.CANNOT_TELL
        if _object(answer).get("reference") != reference:
            return Fate.CANNOT_TELL
        return {200: Fate.FOUND, 404: Fate.NOT_FOUND}.get(answer.status_code, Fate.CANNOT_TELL)

    def check_config(self) -> list[str]:
        """Look at address and token file; nothing is sent."""
        faults = []
        if not self.url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            faults.append("SAMTUN_SMS_URL must be an https address.")
        try:
            if len(self._secret()) < 16:
                faults.append("The token in SAMTUN_SMS_TOKEN_FILE is shorter than 16 characters.")
        except OSError:
            faults.append("The file named by SAMTUN_SMS_TOKEN_FILE cannot be read.")
        return faults

    def read_sms(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn:
        """Read `{"id", "from", "to", "text"}`."""
        told = self._signed(headers, body, at)
        return CameIn(*(_text(told, key) for key in ("id", "from", "to", "text")))

    def read_receipt(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt:
        """Read `{"reference", "from", "state"}`; `from` is our number."""
        told = self._signed(headers, body, at)
        receipt = Receipt(*(_text(told, key) for key in ("reference", "from", "state")))
        if receipt.state not in {"accepted", "delivered", "failed"}:
            raise BadBody
        return receipt

    def sign(self, body: bytes, *, at: dt.datetime) -> str:
        """Return the signature the gateway would put on a body: for tests and for whoever sets one up."""
        stamp = int(at.timestamp())
        return (
            f"t={stamp},v1={hmac.new(self._secret().encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"
        )

    def _signed(self, headers: Mapping[str, str], body: bytes, at: dt.datetime) -> dict[str, Any]:
        found = _SIGNATURE.fullmatch(headers.get("X-Samtun-Signature", ""))
        if not found or abs(at.timestamp() - int(found[1])) > SIGNED_WITHIN.total_seconds():
            raise BadSignature
        signed_at = dt.datetime.fromtimestamp(int(found[1]), tz=dt.UTC)
        try:
            right = self.sign(body, at=signed_at)
        except OSError as error:
            raise BadSignature from error
        if not hmac.compare_digest(right, found[0]):
            raise BadSignature
        try:
            told = json.loads(body)
        except ValueError as error:
            raise BadBody from error
        if not isinstance(told, dict):
            raise BadBody
        return told


def _read(answer: httpx.Response) -> Outcome:
    if answer.is_success or answer.status_code == 409:
        told = _object(answer)
        return Accepted(str(told["id"])[:80]) if "id" in told else Unclear("answer_without_id")
    if answer.status_code == 429:
        wait = answer.headers.get("Retry-After", "")
        return TurnedDown("busy", again=True, wait=min(int(wait), 3600) if wait.isdecimal() else 0)
    if answer.status_code in {401, 403}:
        return TurnedDown("token_refused", again=True, wait=600)
    if 400 <= answer.status_code < 500 and answer.status_code != 408:
        return TurnedDown("number_refused", again=False)
    return Unclear(f"status_{answer.status_code}")


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _text(told: dict[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value or len(value) > 2000:
        raise BadBody
    return value
