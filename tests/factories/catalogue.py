"""What the addresses of the catalogue point at."""

from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role
from samtun.partners.catalogue.actions import checking
from samtun.partners.catalogue.models import Publisher
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


@thing("publisher")
def publisher(world: World) -> object:
    """The other association, which waits to be checked."""
    return asked(world.tun).id
