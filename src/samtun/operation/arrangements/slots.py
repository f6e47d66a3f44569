"""Standing arrangements on the desk and tomorrow's sheet, and on the pages of wishes and persons."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.enums import LIVE
from samtun.operation.arrangements.queries import of_person, plan_words, tomorrow_of
from samtun.operation.help_requests.enums import RequestState
from samtun.people.persons.models import Person
from samtun.work.sheets.queries import Group, Part, Piece, Row, register_part
from samtun.work.todos.queries import Wording, register_wording

EARLY = frozenset({RequestState.UNPROVEN, RequestState.NEW, RequestState.LOOKING})


def _address(arrangement_id: uuid.UUID) -> str:
    return reverse("arrangement", args=[arrangement_id])


def _visit_address(visit_id: uuid.UUID) -> str:
    return reverse("arranged_visit", args=[visit_id])


def _on_wish(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """The arrangement a wish asks for or became; or the offer to make one. What stands is on the page already."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    return Fragment("arrangements/on_wish.html", {"early": EARLY})


def _on_wishes(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """The way to what lasts, from the list of wishes."""
    return Fragment("arrangements/on_wishes.html") if viewer.may(Permission.HANDLE_REQUESTS) else None


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """Those the person meets regularly, and the way to arrange it; only for those who handle requests (R68)."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    rows = [
        {
            "id": each.arrangement.id, "kind": in_language(each.arrangement.task_type.name),
            "plan": plan_words(each.term) if each.term else "", "live": each.arrangement.state in LIVE,
            "next": capfirst(date_format(each.next_on, "l j. F")) if each.next_on else "",
        }
        for each in of_person(viewer, ref.id, on=on)
    ]  # fmt: skip
    return Fragment("arrangements/on_person.html", {"rows": rows})


def _tomorrow(viewer: Viewer, day: dt.date) -> Piece | None:
    """Those who meet that day, by clock; the number of each, so that they can be rung without a screen."""
    found = tomorrow_of(viewer.owners, day)
    if not found:
        return None
    rows = [
        Row(
            what=f"{in_language(v.arrangement.task_type.name)}: {_named(v.arrangement.recipient)}",
            when=f"{v.at:%H.%M}",
            more=(gettext("%(name)s comes") % {"name": _named(v.term.volunteer.person)},),
        )
        for v in found
    ]  # fmt: skip
    persons = frozenset(p for v in found for p in (v.arrangement.recipient_id, v.term.volunteer.person_id))
    return Piece(Part(gettext("Standing arrangements"), [Group(rows)]), persons)


def _named(person: Person) -> str:
    """Name and number; of a protected person initials only."""
    if person.address_protected:
        return gettext("%(initials)s (look in Samtun)") % {"initials": person.initials}
    return ", ".join(part for part in (person.full_name, *map(spoken, person.numbers)) if part)


slots.register("help_request", _on_wish, order=60)
slots.register("person", _on_person, order=32)
slots.register("wishes", _on_wishes, order=40)
register_part(_tomorrow, order=12)
register_wording(
    "arrangement",
    Wording(
        sentences={
            "not_met": (_("Two who meet regularly have not met lately: ask kindly how it goes"), _("Ask")),
            "find_another": (_("The one who came has stopped: find someone else"), _("Find")),
            "volunteer_gone": (_("The one who came has died: ring, and find another"), _("Ring")),
            "volunteer_away": (_("The one who comes is away for a while: should someone stand in?"), _("Look")),
            "not_back": (_("Stopped by mistake, and does not all stand again: look, and ring"), _("Look")),
            "waits_for_consent": (_("The yes was taken back: ring and hear"), _("Ring")),
        },
        address=_address,
        by_hand=frozenset({"not_back", "not_met", "volunteer_away"}),
    ),
)
register_wording(
    "visit",
    Wording(
        sentences={
            "find_stand_in": (_("Cannot come one time: find a stand-in?"), _("Find")),
            "holiday": (_("The day is a special one: does the visit stand?"), _("Look")),
        },
        address=_visit_address,
        acts={"find_stand_in": "arranged_visit_stand_in"},
        by_hand=frozenset({"find_stand_in"}),
    ),
)
acts.register(
    {
        "arrangements.arrange": _("The arrangement was planned"),
        "arrangements.begin": _("Both said yes, and it began"),
        "arrangements.cannot_come": _("The volunteer could not come one time"),
        "arrangements.not_wanted": _("Not wished for one time"),
        "arrangements.stands": _("One time stands after all"),
        "arrangements.stand_in": _("A stand-in is looked for"),
        "arrangements.minutes": _("How long one time took was noted"),
        "arrangements.pause": _("A pause was made"),
        "arrangements.lift": _("A pause was lifted"),
        "arrangements.change": _("Another day or time"),
        "arrangements.plan": _("The plan was changed"),
        "arrangements.find_another": _("Someone else is looked for"),
        "arrangements.volunteer_left": _("The one who came has stopped"),
        "arrangements.volunteer_gone": _("The one who came has died"),
        "arrangements.consent_withdrawn": _("The consent was taken back"),
        "arrangements.end": _("It ended"),
        "arrangements.stopped": _("Stopped"),
        "arrangements.stands_again": _("Stands again"),
    }
)
