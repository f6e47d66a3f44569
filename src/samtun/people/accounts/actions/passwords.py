"""Password with a second factor, for those who see more than their own."""

import base64
import binascii
import datetime as dt

import pyotp
from cryptography.exceptions import InvalidTag
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.keys import global_open, global_seal
from samtun.foundation.limits import limit
from samtun.foundation.scope import current_scope
from samtun.foundation.sessions import end_sessions
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import account_by, secret_of
from samtun.people.accounts.rules import step_of

PER_ADDRESS = 10
PER_DEVICE = 60
PLACE = "pending_totp"


class CodeWrong(Refused):
    """The six digits do not match. Write the ones the app shows now; check that the telephone's clock is right."""


class AnotherMust(Refused):
    """You cannot do this for yourself. Ask another administrator."""


class AlreadySetUp(Refused):
    """You have already set up logging in with an app. Ask the administrator if you have lost it."""


def check_password(
    *, way: str, address: str, password: str, code: str, remote: str, browser: str, known: bool, at: dt.datetime
) -> Account | None:
    """Return the account if password and second factor are both right; None says nothing about which was not.

    Hashing is done for unknown addresses too. A second-factor code counts once (its step is stored). Whoever was given
    a password and has no app yet gets in without one: such a login opens no staff page until the app is set up.
    """
    limit("login-password-device", remote, at=at, most=PER_DEVICE)
    limit("login-password", f"{address}|{browser if known else ''}", at=at, most=PER_ADDRESS)
    with transaction.atomic():
        current_scope()
        account = account_by(way, address) if way else None
        if account is None or not account.has_usable_password():
            make_password(password)
            return None
        if not account.check_password(password):
            return None
        if account.totp_secret is None:
            return account
        return account if spend_step(account, code, at=at) else None


def spend_step(account: Account, code: str, *, at: dt.datetime) -> bool:
    """Use a second-factor code up; False when it is wrong, or its step or a later one has been used."""
    step = step_of(secret_of(account), code.replace(" ", ""), at)
    if step is None:
        return False
    fresh = Account.objects.filter(id=account.id, totp_last_step__lt=step)
    return fresh.update(totp_last_step=step) == 1


def pending_secret(*, account: Account, kept: str = "") -> tuple[str, str]:
    """Return (secret, the same sealed for the session): the one being set up, or a new one."""
    if kept:
        try:
            sealed = base64.b64decode(kept)
            return global_open(sealed, table="account", column=PLACE, row=account.id).decode(), kept
        except (InvalidTag, binascii.Error, KeyError):
            kept = ""  # from an earlier key or another account: begin anew
    secret = pyotp.random_base32()
    sealed = global_seal(secret.encode(), table="account", column=PLACE, row=account.id)
    return secret, base64.b64encode(sealed).decode()


def set_up(
    *, account: Account, password: str, secret: str, code: str, by: Viewer, at: dt.datetime, current: str = ""
) -> None:
    """Choose a password and take the app into use. Only once; ValidationError for a weak password.

    Whoever has a password already keeps it: `password` is then empty.
    Sessions but `current` end: what was open with less stays open no longer.
    """
    if password or not account.has_usable_password():
        validate_password(password, user=account)
    step = step_of(secret, code.replace(" ", ""), at)
    if step is None:
        raise CodeWrong
    with transaction.atomic():
        row = Account.objects.select_for_update(of=("self",)).get(id=account.id)
        if row.has_second_factor:
            raise AlreadySetUp
        if password:
            row.set_password(password)
        row.totp_secret = global_seal(secret.encode(), table="account", column="totp_secret", row=row.id)
        row.totp_last_step = step
        row.save(update_fields=["password", "totp_secret", "totp_last_step"])
        end_sessions(row.id, but=current)
        record("accounts.set_up_second_factor", Ref("account", row.id), by=by, at=at)


def reset_second_factor(*, account: Account, by: Viewer, at: dt.datetime) -> None:
    """Take password and app away so that they can be set up anew: the administrator only, never for oneself."""
    if not by.is_system and (by.role is Role.SUPPLIER_SUPPORT or not by.may(Permission.MANAGE_SETTINGS)):
        raise NotYours
    if by.account == account.id:
        raise AnotherMust
    with transaction.atomic():
        row = Account.objects.select_for_update(of=("self",)).get(id=account.id)
        row.set_unusable_password()
        row.totp_secret = None
        row.save(update_fields=["password", "totp_secret"])
        ended = end_sessions(row.id)
        record("accounts.reset_second_factor", Ref("account", row.id), by=by, at=at, sessions=ended)
