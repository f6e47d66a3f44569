"""What the addresses of the catalogue point at."""

import datetime as dt
import uuid
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.partners.catalogue.actions import checking, offers, right
from samtun.partners.catalogue.actions.offers import Told
from samtun.partners.catalogue.enums import Category, Shelf, Transport
from samtun.partners.catalogue.models import Offer, Publisher
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing


def publishes(tun: Tun, owner: Owner, role: Role = Role.ORGANISATION_REPRESENTATIVE) -> Any:
    """Somebody who publishes for an owner, and may do nothing else."""
    return tun.viewer(owner, role, {Permission.PUBLISH})


def asked(tun: Tun, owner: Owner | None = None) -> Publisher:
    """An association that has published for the first time."""
    owner = owner or tun.other
    checking.ask_check(owner=owner, by=publishes(tun, owner), at=tun.now)
    return Publisher.objects.get(owner=owner)


def known(tun: Tun, owner: Owner | None = None) -> Publisher:
    """An association whose centre has checked it."""
    owner = owner or tun.other
    found = Publisher.objects.filter(owner=owner).first() or asked(tun, owner)
    if found.state != "checked":
        found = checking.check(owner=owner, by=publishes(tun, tun.centre, Role.COORDINATOR), at=tun.now)
    return found


def speaks(tun: Tun, owner: Owner, name: str = "Gerd", phone: str = "+4790000021") -> Person:
    """Somebody who answers for an organisation, and is told what concerns it."""
    made, head = tun.person(name, "Vik", phone, owner=owner), Organisation.objects.get(owner=owner)
    role = Role.ORGANISATION_REPRESENTATIVE
    Membership.objects.create(person=made, organisation=head, role=role, starts=dt.date(2026, 1, 1))
    return made


@thing("publisher")
def publisher(world: World) -> object:
    """The other association, which waits to be checked."""
    return asked(world.tun).id


def told(**facts: Any) -> Told:
    """A visiting service that one rings for."""
    plain: dict[str, Any] = {
        "title": "Besøksvenn", "about": "Noen kommer innom en gang i uka.", "shelf": Shelf.SOCIAL,
        "category": Category.ONE_TO_ONE, "transport": Transport.NONE_NEEDED, "phone": "+4757001122",
        "answers": "Gunnhild", "is_free": True,
    }  # fmt: skip
    return Told(**plain | facts)


def an_offer(tun: Tun, owner: Owner | None = None, **facts: Any) -> Offer:
    """Something on offer, by one who publishes for its owner."""
    owner = owner or tun.centre
    return offers.put_on_offer(
        owner=owner, told=told(**facts), sent_key=uuid.uuid4(), by=publishes(tun, owner), at=tun.now
    )


def form_of(offer: Offer | None = None, **facts: Any) -> dict[str, Any]:
    """What the form sends for the visiting service."""
    return {
        "key": str(uuid.uuid4()), "title": "Besøksvenn", "about": "Noen kommer innom.", "shelf": "social",
        "category": "one_to_one", "transport": "none_needed", "phone": "57 00 11 22", "step_free": "unknown",
        "hearing_loop": "unknown", "toilet": "unknown", "companion": "yes", "is_free": "on",
        **({"version": str(offer.version), "owner": str(offer.owner_id)} if offer else {}), **facts,
    }  # fmt: skip


@thing("offer")
def offer(world: World) -> object:
    """What the centre has on offer."""
    return an_offer(world.tun).id


@thing("still_right_token")
def still_right_token(world: World) -> object:
    """The link in the text that asks the centre's leader whether it is still right."""
    tun = world.tun
    found = an_offer(tun)
    right.ask_still_right(
        ref=Ref("offer", found.id), owner=tun.centre, title=found.title, path="/tilbud/", by=tun.system(), at=tun.now
    )
    return make_token(Question.objects.filter(kind="still_right").order_by("-id")[0])
