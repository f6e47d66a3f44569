"""Organisations that are checked, and what they had written meanwhile; buses, when a time or the timetable changes."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.activities.actions import buses, keeping, making
from samtun.operation.activities.events import BusTimesNeeded, OccurrenceChanged
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.events import PublisherChecked, PublisherRefused, StillRightAnswered
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


@receives(StillRightAnswered)
def hear_whether_it_is_right(payload: dict[str, str], at: dt.datetime) -> None:
    """Keep what was confirmed, and end what is no longer held."""
    if payload["ref_kind"] == "programme":
        keeping.answered(
            activity=uuid.UUID(payload["ref_id"]), answer=StillRight(payload["answer"]),
            by=Viewer.system(current_tenant()), at=at,
        )  # fmt: skip


@receives(TimetableTakenIn)
def say_which_bus(_payload: dict[str, str], at: dt.datetime) -> None:
    """Write for all that is to come what the new timetable says."""
    buses.write_buses(by=Viewer.system(current_tenant()), at=at)


@receives(PlacePutOnMap)
def say_which_bus_to_hall(payload: dict[str, str], at: dt.datetime) -> None:
    """Write which bus goes to a hall that was put on the map, or moved on it."""
    buses.write_buses(place=uuid.UUID(payload["place"]), by=Viewer.system(current_tenant()), at=at)


@receives(BusTimesNeeded)
def say_which_bus_for_activity(payload: dict[str, str], at: dt.datetime) -> None:
    """Write which bus goes to the times of an activity."""
    buses.write_buses(activity=uuid.UUID(payload["activity"]), by=Viewer.system(current_tenant()), at=at)


@receives(OccurrenceChanged)
def say_which_bus_now(payload: dict[str, str], at: dt.datetime) -> None:
    """Write which bus goes to a time that was moved."""
    buses.write_buses(occurrence=uuid.UUID(payload["occurrence"]), by=Viewer.system(current_tenant()), at=at)
