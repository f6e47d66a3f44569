"""Kinds of help, volunteers, and help that was given, for tests of pages."""

import datetime as dt
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from tests.factories.desk import AT, person

TODAY = AT.date()


def task_type(key: str = "snow", name: str = "Måke snø", **facts: Any) -> Any:
    from samtun.anchoring.responsibilities.models import TaskType

    facts = {"task_class": "practical"} | facts
    return TaskType.objects.create(
        key=key, name={"nb": name, "nn": name, "en": name}, limits={"nb": "Trapp og sti."}, **facts
    )


def volunteer(host: Owner, given: str = "Marit", family: str = "Fjelde", *kinds: Any, **more: Any) -> Any:
    from samtun.operation.volunteers.actions import welcome_volunteer

    who = more.pop("who", None) or person(host, given, family, **more)
    by = Viewer.system(host.tenant_id)
    return welcome_volunteer(person=who, host=host, task_types=kinds, by=by, at=AT)


def contribution(who: Any, host: Owner, kind: str = "snow", on: dt.date = TODAY, minutes: int = 30) -> Any:
    from samtun.operation.volunteers.actions import record_contribution

    return record_contribution(
        person_id=who.id, owner_id=host.id, kind=kind, ref=Ref("match", uuid7()), on=on, minutes=minutes
    )


def match(volunteer: Any, recipient: Any, kind: Any, *, state: str = "agreed", on: dt.date = TODAY) -> Any:
    """A request with a match in a state, without going the whole way."""
    from samtun.operation.help_requests.models import HelpRequest, Match

    request = HelpRequest.objects.create(
        owner=volunteer.host, recipient=recipient, source="call", task_type=kind, on=on, at=dt.time(11, 30), minutes=45,
        village=recipient.village, state=state, asking="first_yes", made_at=AT,
    )  # fmt: skip
    agreed = AT if state != "proposed" else None
    return Match.objects.create(
        request=request, volunteer=volunteer, state=state, proposed_at=AT, agreed_at=agreed, minutes=45
    )
