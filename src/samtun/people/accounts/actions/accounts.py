"""Accounts themselves: made, changed, closed; and that somebody came and went."""

import datetime as dt
import uuid

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from samtun.foundation import hats
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.limits import limit
from samtun.foundation.sessions import end_sessions
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.people.accounts import events
from samtun.people.accounts.models import Account
from samtun.people.accounts.notices import AddressChanged
from samtun.people.accounts.queries import sender


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


def change_address(*, account: Account, way: str, address: str, proved: bool, by: Viewer, at: dt.datetime) -> None:
    """Give a login another address, once it has just been shown who asks; the person is told."""
    if not proved:
        raise ProveFirst
    limit("change-address", str(account.id), at=at, most=5)
    with transaction.atomic():
        _refuse_taken(email=address if way == "email" else "", phone=address if way == "phone" else "", but=account.id)
        who, owner = hats.identify(account.id), sender()
        if who and who.person and owner:
            queue(
                notice=AddressChanged, ref_kind="account", ref_id=account.id, to=who.person, owner=owner.id,
                by=by, at=at,
            )  # fmt: skip
        Account.objects.filter(id=account.id).update(**{way: address})
        record("accounts.change_address", Ref("account", account.id), by=by, at=at, which=way)
        publish(events.AddressChanged(account=account.id), at=at)


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
