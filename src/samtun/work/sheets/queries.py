"""What stands on tomorrow's sheet, and the sheets there are."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.foundation.audit import saw
from samtun.foundation.keys import open_secret
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.opening import DEFAULT_HOURS
from samtun.kernel.phones import spoken
from samtun.partners.organisations.queries import opening_hours_of, organisation_of, stands_in_for
from samtun.people.persons.models import Person
from samtun.work.sheets.adapters.paper import Group, Paper, Part, Row
from samtun.work.sheets.models import Sheet

PLACE = ("sheet", "sealed_pdf")


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a sheet, from the room that knows it, and the persons it names."""

    part: Part
    persons: frozenset[uuid.UUID] = field(default_factory=frozenset)


type Gives = Callable[[Viewer, dt.date], Piece | None]

_gives: list[tuple[int, Gives, bool]] = []


def register_part(gives: Gives, *, order: int, of_day: bool = True) -> None:
    """Let a room give a part: `gives(viewer, day)`, for one owner's system viewer, in the language that is active.

    A part is of its day alone, or, without `of_day`, of all up to the day's evening.
    """
    _gives.append((order, gives, of_day))
    _gives.sort(key=lambda given: given[0])


def on_paper(person: Person) -> str:
    """Return how a person stands on paper: name and number; of a protected person initials only."""
    if person.address_protected:
        return _("%(initials)s (look in Samtun)") % {"initials": person.initials}
    return ", ".join(part for part in (person.full_name, *map(spoken, person.numbers)) if part)


def next_day(owner: uuid.UUID, today: dt.date) -> dt.date:
    """Return the next day when somebody is there, after today; the next weekday where no hours are kept."""
    morning = dt.datetime.combine(today + dt.timedelta(days=1), dt.time.min)
    opens = opening_hours_of(owner).next_opening(morning) or DEFAULT_HOURS.next_opening(morning)
    return opens.date() if opens else morning.date()


def write_paper(owner: Owner, day: dt.date, *, at: dt.datetime) -> tuple[Paper, frozenset[uuid.UUID]]:
    """Return the words of an owner's sheet for a day, in the municipality's language, and the persons on it.

    The days between, when nobody is there, stand on it too: on them there is only paper.
    """
    municipality = Municipality.objects.get(id=current_tenant())
    system = Viewer.system(current_tenant(), frozenset({owner.id}))
    with translation.override(municipality.language):
        pieces = [p for _order, gives, _of_day in _gives if (p := gives(system, day))]
        pieces = [*_between(system, wall(at).date(), day), *pieces]
        title = date_format(day, "l j. F")
        paper = Paper(
            language=municipality.language, title=title[:1].upper() + title[1:], sender=owner.name,
            printed=_("Made %(when)s") % {"when": date_format(wall(at), "j. F H.i")}, page=_("Page"),
            top=_top(owner, day), parts=[p.part for p in pieces],
        )  # fmt: skip
    return paper, frozenset().union(*(p.persons for p in pieces))


def _between(system: Viewer, today: dt.date, day: dt.date) -> list[Piece]:
    """Return what happens on the days after today and before a day, each part under its day's name."""
    found = []
    for after in range(1, (day - today).days):
        on = today + dt.timedelta(days=after)
        pieces = [p for _order, gives, of_day in _gives if of_day and (p := gives(system, on))]
        name = date_format(on, "l j. F")
        named = f"{name[:1].upper()}{name[1:]}: %s"
        found += [Piece(replace(p.part, heading=named % p.part.heading), p.persons) for p in pieces if p.part.groups]
    return found


def _top(owner: Owner, day: dt.date) -> list[str]:
    """Opening hours, who is away and who steps in, and the number one is rung at."""
    hours = ", ".join(f"{o.opens:%H.%M}–{o.closes:%H.%M}" for o in opening_hours_of(owner.id).on(day))
    lines = [_("Open %(hours)s") % {"hours": hours}] if hours else []
    for one in stands_in_for(owner.id, on=day):
        facts = {"away": one.away, "cover": one.cover, "until": date_format(one.until, "j. F")}
        if one.cover:
            lines.append(_("%(away)s is away until %(until)s. %(cover)s steps in.") % facts)
        else:
            lines.append(_("%(away)s is away until %(until)s.") % facts)
    phone = organisation_of(owner.id).phone
    return [*lines, _("Telephone %(number)s") % {"number": spoken(phone)}] if phone else lines


def sheets_for(viewer: Viewer, *, on: dt.date) -> list[Sheet]:
    """Return the sheets of one's own owners for today and later, without what stands on them."""
    rows = Sheet.objects.filter(owner__in=viewer.owners, day__gte=on).select_related("owner")
    return list(rows.only("day", "made_at", "owner__name").order_by("day", "id"))


def pdf_for(viewer: Viewer, sheet: uuid.UUID) -> tuple[Sheet, bytes]:
    """Return one sheet as it was made; those on it are logged as taken out. NotYours for another owner's."""
    found = Sheet.objects.filter(id=sheet, owner__in=viewer.owners).first()
    if found is None or not viewer.may(Permission.HANDLE_REQUESTS):
        raise NotYours
    saw(*found.persons, how="exported")
    table, column = PLACE
    return found, open_secret(
        bytes(found.sealed_pdf), tenant=current_tenant(), table=table, column=column, row=found.id
    )


__all__ = [
    "Group",
    "Part",
    "Piece",
    "Row",
    "next_day",
    "on_paper",
    "pdf_for",
    "register_part",
    "sheets_for",
    "write_paper",
]
