"""What every verb shares: the workshop locked for the one who leads it, and that something has changed."""

import uuid

from django.db.models import F

from samtun.codesign.workshops.enums import STANDING, Phase, WorkshopState
from samtun.codesign.workshops.models import Group, Workshop
from samtun.codesign.workshops.rules import leads
from samtun.foundation import live
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


class IsOver(Refused):
    """This workshop is over. What was written can be read in the report."""


class NotBegun(Refused):
    """The workshop has not begun yet. Wait for the one who leads it."""


class NotNow(Refused):
    """That cannot be done where the workshop is now. Look at the page again."""


class NeedsWords(Refused):
    """Write a few words first."""


class TooLong(Refused):
    """That is a little too long for a note. Make it shorter, or make two of it."""


def lock(workshop_id: uuid.UUID, by: Viewer) -> Workshop:
    """Return a workshop locked for the one who leads it; NotYours for others."""
    found = Workshop.objects.select_for_update(of=("self",)).select_related("owner").get(id=workshop_id)
    if not leads(by, found.owner_id):
        raise NotYours
    return found


def standing(workshop: Workshop) -> None:
    """Refuse for one that is over."""
    if workshop.state not in STANDING:
        raise IsOver


def running(workshop: Workshop) -> None:
    """Refuse for one that does not go on now."""
    if workshop.state != WorkshopState.RUNNING:
        raise NotBegun if workshop.state == WorkshopState.PLANNED else IsOver


def changed(workshop: Workshop, *, at_table: uuid.UUID | None = None) -> int:
    """Say that others see something new, and return the version it gives; who follows it is told at the commit.

    `at_table`: it is seen at that table only, until all cloths are looked at together.
    """
    workshop.version = F("version") + 1
    workshop.save(update_fields=["version"])
    live.changed(Ref("workshop", workshop.id), workshop.version)
    one = [at_table] if at_table and workshop.phase != Phase.PLENARY else None
    for table in one or Group.objects.filter(workshop=workshop).values_list("id", flat=True):
        live.changed(Ref("workshop_table", table), workshop.version)
    return workshop.version
