"""Organisations that are checked, and what they had written meanwhile."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.activities.actions import keeping, making
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.events import PublisherChecked, PublisherRefused, StillRightAnswered


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
