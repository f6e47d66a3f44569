"""The first who sets up a municipality: appointed from the server itself, before anybody can log in."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import AccountLink
from samtun.people.roles.actions import give_login, grant_role
from samtun.people.roles.models import Grant


def appoint_administrator(
    *, name: str, email: str, phone: str, password: str, by: Viewer, at: dt.datetime
) -> Grant:  # fmt: skip
    """Let a person set up the open scope's municipality, and log in with e-mail or number and the password.

    `phone` is E.164. Whoever logs in already keeps the password they have. ValidationError for a weak password.
    """
    if not by.is_system:
        raise NotYours
    given, _space, family = name.strip().rpartition(" ")
    with transaction.atomic():
        owner = municipal_body(by=by, at=at).owner
        person = register_person(
            owner=owner, source="appointed", by=Viewer.system(current_tenant(), frozenset({owner.id})), at=at,
            given_name=given or family, family_name=family if given else "", phone=phone, email=email,
        )  # fmt: skip
        if not AccountLink.objects.filter(person=person).exists():
            give_login(person=person, email=email, phone=phone, password=password, by=by, at=at)
        return grant_role(person=person, role=Role.MUNICIPAL_ADMINISTRATOR, owner=owner, by=by, at=at)


def municipal_body(*, by: Viewer, at: dt.datetime) -> Organisation:
    """Return the municipality as an organisation of its own, made when it is missing, for the owner it has."""
    municipality = Municipality.objects.get(id=current_tenant())
    with transaction.atomic():
        owner = Owner.objects.filter(kind=Owner.Kind.MUNICIPALITY).order_by("id").first()
        if owner is None:
            owner = Owner.objects.create(kind=Owner.Kind.MUNICIPALITY, name=municipality.name)
        made, fresh = Organisation.objects.select_related("owner").get_or_create(
            owner=owner,
            defaults={"name": municipality.name, "kind": Organisation.Kind.MUNICIPALITY, "phone": municipality.phone},
        )
        if fresh:
            record("organisations.create", Ref("organisation", made.id), by=by, at=at, name=made.name)
    return made
