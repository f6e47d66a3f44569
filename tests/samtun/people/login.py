"""What the tests of people and access share: persons, organisations, a clock that stands still, logging in."""

import datetime as dt
import uuid
from contextlib import contextmanager

from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.sessions import SessionStore
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.accounts.models import Account
from samtun.people.persons.models import AccountLink, KnownTo, Person
from samtun.people.roles.models import Grant
from samtun.people.roles.rules import label, role_class

START = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


class Clock:
    """The clock as the house reads it, under the test's thumb."""

    def __init__(self, at=START):
        self.at = at

    def __call__(self):
        return self.at

    def passes(self, **how):
        self.at += dt.timedelta(**how)


def a_person(given="Kari", family="Nes", owner=None, **facts):
    person = Person.objects.create(given_name=given, family_name=family, **facts)
    if owner:
        KnownTo.objects.create(person=person, owner=owner, source="test", since=START.date())
    return person


def an_account(person=None, *, email=None, phone=None, password="", secret=""):
    from samtun.foundation.keys import global_seal

    account = Account(email=email, phone=phone)
    account.set_password(password) if password else account.set_unusable_password()
    if secret:
        account.totp_secret = global_seal(secret.encode(), table="account", column="totp_secret", row=account.id)
    account.save(force_insert=True)
    if person:
        AccountLink.objects.create(account=account, person=person)
    return account


def an_organisation(name="Dalgrend frivilligsentral", kind="centre", **facts):
    owner = Owner.objects.create(
        kind={"centre": "centre", "municipality": "municipality"}.get(kind, "organisation"), name=name
    )
    return Organisation.objects.create(owner=owner, name=name, kind=kind, **facts)


def a_member(person, organisation, role="coordinator", **facts):
    return Membership.objects.create(
        person=person, organisation=organisation, role=role, starts=facts.pop("starts", START.date()), **facts
    )


def a_grant(person, role, owner, **facts):
    return Grant.objects.create(
        person=person, role=role, owner=owner, starts=facts.pop("starts", START.date()), **facts
    )


def viewer(tenant, role, *owners, person=None, body="Dalgrend frivilligsentral", name="Kari Nes"):
    role = Role(role)
    hat = Hat(
        key=f"test:{uuid.uuid4()}",
        role=role,
        label=label(role, body),
        owners=frozenset(o.id for o in owners),
        permissions=role_class(role).permissions,
    )
    return Viewer(tenant=tenant.id, hat=hat, account=uuid.uuid4(), person=person and person.id, name=name)


def put_in(client, account, *, at=START, second_factor=False, **more):
    """Give the test client a live session, as a login would."""
    from django.conf import settings

    stamp = at.timestamp()
    store = SessionStore()
    store.update(
        {
            "account": str(account.id),
            "began": stamp,
            "seen": stamp,
            "proved": stamp,
            "provider": "code",
            "sid": "s",
            "second_factor": second_factor,
            **more,
        }
    )
    store.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return store.session_key


@contextmanager
def inside(municipality, viewer=None):
    with open_scope(municipality.id, viewer) as scope:
        yield scope
