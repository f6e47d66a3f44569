"""One-time codes and links."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import F

from samtun.foundation import hats
from samtun.foundation.jobs import defer
from samtun.foundation.keys import global_seal
from samtun.foundation.limits import limit
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.viewer import Viewer
from samtun.notifications.messages.actions import queue
from samtun.people.accounts.models import Account, LoginCode
from samtun.people.accounts.notices import Code
from samtun.people.accounts.queries import account_by, address_typed, sender
from samtun.people.accounts.rules import LASTS, TRIES, browser_hash, code_of, random_id, same, token_of

PER_ADDRESS = 5
PER_DEVICE = 40
KEPT = dt.timedelta(days=1)


def ask_code(
    *, way: str, address: str, browser: str, remote: str, known: bool, then: str = "", at: dt.datetime
) -> LoginCode:
    """Ask for a code to an address as typed. The same is done whoever it belongs to: a job finds out afterwards.

    `known` browsers (that have logged in with this address before) are counted apart, so that nobody can lock a
    person out by asking in their name. TooManyTries past five in a quarter of an hour.
    """
    limit("login-code-device", remote, at=at, most=PER_DEVICE)
    limit("login-code", f"{address}|{browser if known else ''}", at=at, most=PER_ADDRESS)
    row = write_down(way=way, address=address, browser=browser, then=then, at=at)
    defer("people_accounts.send_code", code_id=row.id)
    return row


def ask_proof(*, account: Account, browser: str, at: dt.datetime) -> LoginCode:
    """Ask for a code to an address that the one logged in already has, to show again who it is."""
    limit("login-code", str(account.id), at=at, most=PER_ADDRESS)
    way, address = ("phone", account.phone) if account.phone else ("email", account.email or "")
    row = write_down(way=way, address=address, browser=browser, at=at)
    defer("people_accounts.send_code", code_id=row.id)
    return row


def write_down(
    *, way: str, address: str, browser: str, at: dt.datetime, then: str = "", account: Account | None = None,
    purpose: str = LoginCode.Purpose.LOGIN,
) -> LoginCode:  # fmt: skip
    """Keep an address, sealed, with a code of its own; earlier codes asked for in the browser work no more."""
    with transaction.atomic():
        current_scope()
        mine = browser_hash(browser)
        LoginCode.objects.filter(made_at__lt=at - KEPT).delete()
        LoginCode.objects.filter(browser_hash=mine, used_at__isnull=True).update(used_at=at)
        key = random_id()
        return LoginCode.objects.create(
            id=key, way=way, browser_hash=mine, then=then[:300], made_at=at, account=account, purpose=purpose,
            sealed_address=global_seal(address.encode(), table="logincode", column="address", row=key),
        )  # fmt: skip


def send_code(*, code: uuid.UUID, at: dt.datetime) -> bool:
    """Send a code to whoever has the address it was asked for; False when nobody does, or it is too late."""
    with transaction.atomic():
        row = LoginCode.objects.select_for_update(of=("self",)).filter(id=code).first()
        if row is None or row.used_at or row.account_id or at - row.made_at > LASTS:
            return False
        account = account_by(row.way, address_typed(row))
        who = hats.identify(account.id) if account else None
        owner = sender()
        if account is None or who is None or who.person is None or owner is None:
            return False
        row.account = account
        row.save(update_fields=["account"])
        queue(
            notice=Code, ref_kind="login_code", ref_id=row.id, to=who.person, owner=owner.id,
            by=Viewer.system(current_tenant()), at=at,
        )  # fmt: skip
    return True


def use_code(*, code: uuid.UUID, typed: str, browser: str, at: dt.datetime) -> LoginCode | None:
    """Use a code up; None when it does not fit, is used, too old, from another browser, or tried five times.

    A wrong try is counted, so this answers instead of refusing: a refusal would roll the count back.
    """
    digits = "".join(c for c in typed if c.isdigit())
    return _use(code=code, given=digits, right=code_of(code), browser=browser, at=at)


def use_link(*, code: uuid.UUID, token: str, browser: str, at: dt.datetime) -> LoginCode | None:
    """Use a login link up, in the browser that asked for it; None as for codes."""
    return _use(code=code, given=token, right=token_of(code), browser=browser, at=at)


def use_new_address(*, code: uuid.UUID, typed: str, browser: str, at: dt.datetime) -> LoginCode | None:
    """Use up a code that was sent to a new address; it lets nobody in. None as for codes."""
    digits = "".join(c for c in typed if c.isdigit())
    purpose = LoginCode.Purpose.NEW_ADDRESS
    return _use(code=code, given=digits, right=code_of(code), browser=browser, at=at, purpose=purpose)


def _use(
    *, code: uuid.UUID, given: str, right: str, browser: str, at: dt.datetime,
    purpose: str = LoginCode.Purpose.LOGIN,
) -> LoginCode | None:  # fmt: skip
    with transaction.atomic():
        current_scope()
        row = LoginCode.objects.select_for_update(of=("self",)).filter(id=code, purpose=purpose).first()
        if row is None or not same(browser_hash(browser), row.browser_hash):
            return None
        LoginCode.objects.filter(id=code).update(tries=F("tries") + 1)
        live = row.used_at is None and at - row.made_at <= LASTS and row.tries < TRIES
        if not live or not same(given, right) or row.account is None or not row.account.is_active:
            return None
        row.used_at = at
        row.save(update_fields=["used_at"])
        return row
