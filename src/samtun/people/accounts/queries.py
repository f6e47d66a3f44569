"""Questions about accounts."""

import uuid

from django.urls import reverse

from samtun.foundation import hats, recipients, rotating
from samtun.foundation.keys import global_open
from samtun.foundation.models import Owner
from samtun.foundation.recipients import Recipient
from samtun.notifications.messages.queries import address_of
from samtun.people.accounts.models import Account, LoginCode
from samtun.people.accounts.rules import token_of


def account_by(way: str, address: str) -> Account | None:
    """Return the account with an e-mail address or telephone number, if it is in use."""
    return Account.objects.filter(is_active=True, **{way: address}).first()


def account_of(account: uuid.UUID | None) -> Account | None:
    """Return an account in use."""
    return Account.objects.filter(id=account, is_active=True).first() if account else None


def code_row(code: uuid.UUID) -> LoginCode | None:
    """Return what is known of a login code."""
    return LoginCode.objects.filter(id=code).first()


def address_typed(row: LoginCode) -> str:
    """Return the address a code was asked for."""
    return global_open(bytes(row.sealed_address), table="logincode", column="address", row=row.id).decode()


def recipient_at(code: uuid.UUID) -> Recipient | None:
    """Return the address a code was asked for as a recipient of its own, in the language of the login's person."""
    row = code_row(code)
    if row is None or row.account_id is None:
        return None
    who, address = hats.identify(row.account_id), address_typed(row)
    person, name, language = (who.person, who.name, who.language) if who else (None, "", "")
    by_phone = row.way == LoginCode.Way.PHONE
    return Recipient(
        person=person or row.id, name=name, channel="sms" if by_phone else "email", language=language,
        phone=address if by_phone else "", email="" if by_phone else address,
    )  # fmt: skip


def secret_of(account: Account) -> str:
    """Return an account's second-factor secret; empty when there is none."""
    if account.totp_secret is None:
        return ""
    return global_open(bytes(account.totp_secret), table="account", column="totp_secret", row=account.id).decode()


def sender() -> Owner | None:
    """Return the owner in whose name login messages go: the municipality itself."""
    return Owner.objects.filter(kind=Owner.Kind.MUNICIPALITY).order_by("id").first()


def link_of(code: uuid.UUID) -> str:
    """Return the whole address of a login link in the open scope's municipality."""
    return address_of(reverse("login_link", args=[code, token_of(code)]))


recipients.register_address(LoginCode.Purpose.NEW_ADDRESS, recipient_at)
recipients.register_address(LoginCode.Purpose.OLD_ADDRESS, recipient_at)
rotating.register(rotating.Sealed(Account, "totp_secret", "account", "totp_secret"))
rotating.register(rotating.Sealed(LoginCode, "sealed_address", "logincode", "address"))
