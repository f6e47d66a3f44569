"""Accounts themselves: made, changed, closed; and that somebody came and went."""

import datetime as dt
import uuid

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.limits import limit
from samtun.foundation.notices import Notice
from samtun.foundation.sessions import end_sessions
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue_to_address
from samtun.people.accounts import events
from samtun.people.accounts.actions.codes import use_new_address, write_down
from samtun.people.accounts.models import Account, LoginCode
from samtun.people.accounts.notices import AddressChanged, NewAddress
from samtun.people.accounts.queries import address_typed, sender
from samtun.people.accounts.rules import random_id


class AddressTaken(Refused):
    """This e-mail address or telephone number is in use for another login. Use another one, or ring us."""


class NoAddress(Refused):
    """Write an e-mail address or a mobile number to log in with."""


class ProveFirst(Refused):
    """Show once more that it is you, and then try again."""


def create_account(*, email: str = "", phone: str = "", password: str = "", by: Viewer, at: dt.datetime) -> Account:
    """Make a login for an e-mail address, a telephone number, or both; AddressTaken when one is in use.

    With a password (ValidationError for a weak one) the first login asks for no code, only for the app to be set up.
    """
    email = email.strip().lower()
    if not email and not phone:
        raise NoAddress
    with transaction.atomic():
        _refuse_taken(email=email, phone=phone)
        account = Account(email=email or None, phone=phone or None)
        if password:
            validate_password(password, user=account)
            account.set_password(password)
        else:
            account.set_unusable_password()
        account.save(force_insert=True)
        record("accounts.create", Ref("account", account.id), by=by, at=at)
    return account


def ask_new_address(
    *, account: Account, way: str, address: str, browser: str, proved: bool, by: Viewer, at: dt.datetime
) -> LoginCode:
    """Send a code to the address that somebody wants to log in with, once it has just been shown who asks.

    Nothing changes before the code comes back.
    """
    if not proved:
        raise ProveFirst
    limit("change-address", str(account.id), at=at, most=5)
    with transaction.atomic():
        _refuse_taken(**{"email": "", "phone": ""} | {way: address}, but=account.id)
        row = write_down(
            way=way, address=address, browser=browser, at=at, account=account, purpose=LoginCode.Purpose.NEW_ADDRESS
        )
        _tell(NewAddress, row, at=at)
        record("accounts.ask_new_address", Ref("account", account.id), by=by, at=at, which=way)
    return row


def change_address(
    *, account: Account, code: uuid.UUID, typed: str, browser: str, by: Viewer, at: dt.datetime
) -> LoginCode | None:
    """Give a login the address that a code was sent to, when the code is right; the address it had is told.

    None when the code is wrong or too old: the try is counted.
    """
    row = use_new_address(code=code, typed=typed, browser=browser, at=at)
    if row is None or row.account_id != account.id:
        return None
    way, address = row.way, address_typed(row)
    with transaction.atomic():
        _refuse_taken(**{"email": "", "phone": ""} | {way: address}, but=account.id)
        _tell_old(account, way, at=at)
        Account.objects.filter(id=account.id).update(**{way: address})
        record("accounts.change_address", Ref("account", account.id), by=by, at=at, which=way)
        publish(events.AddressChanged(account=account.id), at=at)
    return row


def _tell_old(account: Account, way: str, *, at: dt.datetime) -> None:
    """Tell the address that is left; when another is added and none left, the one that stays."""
    stays = "email" if way == "phone" else "phone"
    told = way if getattr(account, way) else stays
    row = write_down(
        way=told, address=getattr(account, told), browser=random_id().hex, at=at, account=account,
        purpose=LoginCode.Purpose.OLD_ADDRESS,
    )  # fmt: skip
    _tell(AddressChanged, row, at=at)


def _tell(notice: type[Notice], row: LoginCode, *, at: dt.datetime) -> None:
    if owner := sender():
        queue_to_address(notice=notice, ref_kind=row.purpose, ref_id=row.id, owner=owner.id, at=at)


def _refuse_taken(*, email: str, phone: str, but: uuid.UUID | None = None) -> None:
    others = Account.objects.exclude(id=but) if but else Account.objects.all()
    if (email and others.filter(email=email).exists()) or (phone and others.filter(phone=phone).exists()):
        raise AddressTaken


def disable_account(*, account: Account, by: Viewer, at: dt.datetime) -> int:
    """Close a login and end all its sessions the same moment; return how many."""
    with transaction.atomic():
        Account.objects.filter(id=account.id).update(is_active=False)
        ended = end_sessions(account.id)
        record("accounts.disable", Ref("account", account.id), by=by, at=at, sessions=ended)
    return ended


def enable_account(*, account: Account, by: Viewer, at: dt.datetime) -> None:
    """Open a closed login again."""
    with transaction.atomic():
        Account.objects.filter(id=account.id).update(is_active=True)
        record("accounts.enable", Ref("account", account.id), by=by, at=at)


def end_logins(*, account: uuid.UUID, handle: str = "", but: str = "", by: Viewer, at: dt.datetime) -> int:
    """End sessions of an account: the one named, or all but the one in use; return how many."""
    with transaction.atomic():
        ended = end_sessions(account, handle=handle, but=but)
        record("accounts.end_sessions", Ref("account", account), by=by, at=at, sessions=ended)
    return ended


def logged_in(*, account: uuid.UUID, way: str, by: Viewer, at: dt.datetime) -> None:
    """Write down that somebody logged in, and how."""
    record("accounts.login", Ref("account", account), by=by, at=at, way=way)


def logged_out(*, by: Viewer, at: dt.datetime) -> None:
    """Write down that somebody logged out."""
    if by.account:
        record("accounts.logout", Ref("account", by.account), by=by, at=at)
