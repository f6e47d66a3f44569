"""Giving and taking away municipality-wide roles, letting a person log in, and changing hats."""

import datetime as dt

from django.db import IntegrityError, transaction

from samtun.foundation import hats
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.accounts.actions import AddressTaken, create_account
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import account_by
from samtun.people.persons.actions import link_account
from samtun.people.persons.models import AccountLink, Person
from samtun.people.roles.models import Grant
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import handles_roles, role_class

GIVES_LOGIN = frozenset({
    Permission.MANAGE_SETTINGS, Permission.MANAGE_VOLUNTEERS, Permission.MANAGE_ORGANISATION,
})  # fmt: skip


class NotMunicipalityWide(Refused):
    """This role is given in an organisation. Open the organisation's page and give it there."""


class EndNeeded(Refused):
    """This role is given for at most fourteen days. Choose the day it ends."""


class NotYourself(Refused):
    """You cannot give yourself a role. Ask another who may."""


class HasItAlready(Refused):
    """The person has this role already."""


class HasLogin(Refused):
    """The person can log in already."""


def grant_role(
    *, person: Person, role: Role, owner: Owner, by: Viewer, at: dt.datetime, ends: dt.date | None = None
) -> Grant:
    """Give a municipality-wide role from today until the day it ends; `owner` is the municipality."""
    if not handles_roles(by):
        raise NotYours
    kind, today = role_class(role), wall(at).date()
    if not kind.municipality_wide or owner.kind != Owner.Kind.MUNICIPALITY:
        raise NotMunicipalityWide
    if by.person == person.id:
        raise NotYourself
    if kind.most_days and (ends is None or not 0 < (ends - today).days <= kind.most_days):
        raise EndNeeded
    with transaction.atomic():
        if Grant.objects.filter(standing_on(today), person=person, role=role).exists():
            raise HasItAlready
        try:
            with transaction.atomic():
                grant = Grant.objects.create(person=person, role=role, owner=owner, starts=today, ends=ends)
        except IntegrityError as error:
            raise HasItAlready from error
        record(
            "roles.grant", Ref("person", person.id), by=by, at=at, role=role, until=ends.isoformat() if ends else ""
        )  # fmt: skip
    return grant


def end_grant(*, grant: Grant, by: Viewer, at: dt.datetime) -> None:
    """Take a municipality-wide role away: it holds from the person's next request on."""
    if not handles_roles(by):
        raise NotYours
    with transaction.atomic():
        Grant.objects.filter(id=grant.id).update(ends=wall(at).date())
        record("roles.end_grant", Ref("person", grant.person_id), by=by, at=at, role=grant.role)


def give_login(
    *, person: Person, by: Viewer, at: dt.datetime, email: str = "", phone: str = "", password: str = ""
) -> Account:
    """Let a person log in with an e-mail address or a number; most never need to.

    Somebody who logs in to another municipality with the same address gets no second login: it is theirs
    here too, with the password it has.
    """
    if not by.is_system and not GIVES_LOGIN & by.hat.permissions:
        raise NotYours
    with transaction.atomic():
        if AccountLink.objects.filter(person=person).exists():
            raise HasLogin
        account = (account_by("phone", phone) if phone else None) or (account_by("email", email) if email else None)
        if account is None:
            account = create_account(email=email, phone=phone, password=password, by=by, at=at)
        elif AccountLink.objects.filter(account=account).exists():
            raise AddressTaken
        link_account(person=person, account_id=account.id, by=by, at=at)
    return account


def change_hat(*, key: str, by: Viewer, at: dt.datetime) -> Hat:
    """Put on another of one's own hats; NotYours when it is not, or no longer."""
    hat = hats.hat_of(by.person, key) if by.person else None
    if hat is None or by.person is None:
        raise NotYours
    record("roles.change_hat", Ref("person", by.person), by=by, at=at, to=hat.label)
    return hat
