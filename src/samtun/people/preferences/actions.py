"""What a person chooses about being reached."""

import datetime as dt
from typing import Any

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.models import KnownTo, Person
from samtun.people.preferences.models import Preference
from samtun.people.preferences.queries import recipient


class NoSuchWay(Refused):
    """Choose text message, e-mail, letter or a telephone call."""


def set_preferences(
    *, person: Person, by: Viewer, at: dt.datetime, channel: str | None = None, large_print: bool | None = None,
    chooses_for_me: bool | None = None,
) -> Preference:  # fmt: skip
    """Write down how a person wants to be reached; None leaves a choice as it is. By the person, or one who knows them.

    Without a row, what the person gets today is written as the channel.
    """
    if not _may(by, person):
        raise NotYours
    if channel is not None and channel not in Preference.Channel.values:
        raise NoSuchWay
    given = {"channel": channel, "large_print": large_print, "chooses_for_me": chooses_for_me}
    return _write(person, {k: v for k, v in given.items() if v is not None}, by=by, at=at)


def stop_asks(*, person: Person, by: Viewer, at: dt.datetime) -> Preference:
    """Leave the person in peace with asks; messages about something agreed still come."""
    if not _may(by, person):
        raise NotYours
    return _write(person, {"asks_stopped_at": at}, by=by, at=at)


def allow_asks(*, person: Person, by: Viewer, at: dt.datetime) -> Preference:
    """Ask again: the person has said so."""
    if not _may(by, person):
        raise NotYours
    return _write(person, {"asks_stopped_at": None}, by=by, at=at)


def _may(by: Viewer, person: Person) -> bool:
    if by.is_system or by.person == person.id:
        return True
    known = KnownTo.objects.filter(person=person, owner__in=by.owners)
    return by.may(Permission.SEE_PERSONS) and known.exists()


def _write(person: Person, choices: dict[str, Any], *, by: Viewer, at: dt.datetime) -> Preference:
    now = recipient(person.id)
    default = now.channel if now else Preference.Channel.CALL
    with transaction.atomic():
        row, _ = Preference.objects.select_for_update(of=("self",)).get_or_create(
            person=person, defaults={"channel": default}
        )
        for field, value in choices.items():
            setattr(row, field, value)
        row.save(update_fields=list(choices) or None)
        record("preferences.set", Ref("person", person.id), by=by, at=at, fields=sorted(choices))
    return row
