"""Organisations that are checked, or leave; what is still right; buses, when a time or the timetable changes.

And what those who are asked answer, when the weather is bad.
"""

import datetime as dt
import uuid

from django.utils.formats import date_format
from django.utils.translation import override

from samtun.foundation import replies
from samtun.foundation.events import receives
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.replies import QuestionKind, Reply
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.activities.actions import buses, keeping, making, times
from samtun.operation.activities.events import BusTimesNeeded, OccurrenceChanged
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.notices import ASKED
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.events import PublisherChecked, PublisherRefused, StillRightAnswered
from samtun.partners.organisations.events import OrganisationLeft
from samtun.people.places.events import PlacePutOnMap
from samtun.people.timetables.events import TimetableTakenIn


@receives(PublisherChecked)
def open_what_waited(payload: dict[str, str], at: dt.datetime) -> None:
    """Open what an organisation wrote before anybody had seen who it is."""
    making.open_those_of(owner=uuid.UUID(payload["owner"]), by=Viewer.system(current_tenant()), at=at)


@receives(PublisherRefused)
def let_it_wait(payload: dict[str, str], at: dt.datetime) -> None:
    """Make drafts of what an organisation wrote that nobody can see who is."""
    making.back_to_drafts(owner=uuid.UUID(payload["owner"]), by=Viewer.system(current_tenant()), at=at)


@receives(OrganisationLeft)
def end_what_it_held(payload: dict[str, str], at: dt.datetime) -> None:
    """End what an organisation that has left had in the programme."""
    owner = Owner.objects.get(id=uuid.UUID(payload["owner"]))
    if owner.left_on:
        keeping.owner_left(owner=owner, by=Viewer.system(current_tenant()), at=at)


@receives(StillRightAnswered)
def hear_whether_it_is_right(payload: dict[str, str], at: dt.datetime) -> None:
    """Keep what was confirmed, and end what is no longer held."""
    if payload["ref_kind"] == "programme":
        keeping.answered(
            activity=uuid.UUID(payload["ref_id"]), answer=StillRight(payload["answer"]),
            by=Viewer.system(current_tenant()), at=at,
        )  # fmt: skip


@receives(TimetableTakenIn)
def say_which_bus(_payload: dict[str, str], _at: dt.datetime) -> None:
    """See that what the new timetable says is written for all that is to come."""
    defer("activities.write_buses")


@receives(PlacePutOnMap)
def say_which_bus_to_hall(payload: dict[str, str], _at: dt.datetime) -> None:
    """See that it is written which bus goes to a hall that was put on the map, or moved on it."""
    defer("activities.write_buses", place_id=uuid.UUID(payload["place"]))


@receives(BusTimesNeeded)
def say_which_bus_for_activity(payload: dict[str, str], at: dt.datetime) -> None:
    """Write which bus goes to the times of an activity."""
    buses.write_buses(activity=uuid.UUID(payload["activity"]), by=Viewer.system(current_tenant()), at=at)


@receives(OccurrenceChanged)
def say_which_bus_now(payload: dict[str, str], at: dt.datetime) -> None:
    """Write which bus goes to a time that was moved."""
    buses.write_buses(occurrence=uuid.UUID(payload["occurrence"]), by=Viewer.system(current_tenant()), at=at)


HELD = {"JA": "yes", "JA TAKK": "yes", "OK": "yes", "YES": "yes", "NEI": "no", "NO": "no", "AVLYS": "no"}


def _held_or_not(reply: Reply) -> str:
    row = Occurrence.objects.get(id=reply.ref_id)
    times.answer_whether_held(occurrence=row, is_held=reply.answer == "yes", by=reply.by, at=reply.at)
    return ""


def _which_time(occurrence: uuid.UUID, language: str) -> str:
    row = Occurrence.objects.filter(id=occurrence).first()
    with override(language):
        return f"{row.title[:30]} {date_format(row.on, 'j. F')}" if row else ""


replies.register(QuestionKind(ASKED, HELD, _held_or_not, page="held_or_not", label=_which_time))
