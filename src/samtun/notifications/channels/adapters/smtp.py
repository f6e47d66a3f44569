"""E-mail through Django's mailer. SMTP can neither be asked nor told twice: a lost answer leaves the fate unknown."""

import datetime as dt
import smtplib
from collections.abc import Mapping
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, mailers

from samtun.notifications.channels.adapters.protocol import (
    Accepted,
    BadSignature,
    CameIn,
    Fate,
    Outcome,
    Parcel,
    Receipt,
    TurnedDown,
    Unclear,
)


class MailGateway:
    """Sends one e-mail at a time; our reference is its Message-ID."""

    key = "mail"
    dedupes = False
    looks_up = False

    def send(self, parcel: Parcel) -> Outcome:
        """Open, send, close. Before the letter itself is handed over nothing can have been sent."""
        connection: Any = mailers["default"]
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "samtun.invalid"
        identity = f"<{parcel.reference}@{domain}>"
        message = EmailMessage(
            subject=parcel.subject, body=parcel.text, to=[parcel.to],
            from_email=formataddr((parcel.sender_name, settings.DEFAULT_FROM_EMAIL)),
            headers={"Message-ID": identity, "Content-Language": parcel.language, "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError:
            _close(connection)
            return TurnedDown("token_refused", again=True)
        except (OSError, ImproperlyConfigured):
            _close(connection)
            return TurnedDown("not_reached", again=True)
        try:
            connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            return TurnedDown("address_refused", again=all(400 <= code < 500 for code in codes))
        except smtplib.SMTPResponseException as error:
            return TurnedDown("server_refused", again=400 <= error.smtp_code < 500)
        except OSError:
            return Unclear("no_answer")
        finally:
            _close(connection)
        return Accepted(identity[:80])

    def look_up(self, reference: str) -> Fate:
        """SMTP has no such question."""
        return Fate.CANNOT_TELL

    def check_config(self) -> list[str]:
        """Look at the settings; nothing is sent."""
        faults = []
        mailer = settings.MAILERS["default"]
        if mailer["BACKEND"].endswith("smtp.EmailBackend") and not mailer.get("OPTIONS", {}).get("host"):
            faults.append("SAMTUN_SMTP_HOST is not set: no e-mail goes out.")
        if "@" not in settings.DEFAULT_FROM_EMAIL:
            faults.append("SAMTUN_FROM_EMAIL is not an e-mail address.")
        return faults

    def read_sms(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn:
        """Nothing comes in this way."""
        raise BadSignature

    def read_receipt(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt:
        """Nothing comes in this way."""
        raise BadSignature


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:  # the server went away after it had answered: nothing more to say to it
        return
