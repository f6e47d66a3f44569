"""Networks in the menu, on the desk, and on the pages of persons, wishes and words passed on."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.operation.activities.queries import is_near, when_and_where
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.operation.networks.enums import With
from samtun.operation.networks.models import Talk
from samtun.operation.networks.queries import (
    around_wish,
    contact_of,
    person_and_network,
    talks_on,
    visits_on,
)
from samtun.operation.networks.rules import is_doubtful
from samtun.operation.referrals.models import Referral
from samtun.people.persons.queries import shown_address
from samtun.work.sheets.queries import Group, Part, Piece, Row, on_paper, register_part
from samtun.work.todos.queries import Wording, register_wording


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """The network around a person, or the button that begins one."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    network, may_begin = person_and_network(viewer, ref.id)
    if network is None and not may_begin:
        return None
    return Fragment("networks/on_person.html", {"network": network, "person": ref.id})


def _on_wishes(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """The way to networks and home visits, from the list of wishes."""
    return Fragment("networks/on_wishes.html") if viewer.may(Permission.HANDLE_REQUESTS) else None


def _on_referral(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """For one who is known here: a network instead of one wish."""
    referral = Referral.objects.filter(id=ref.id, owner__in=viewer.owners, person__isnull=False).first()
    return Fragment("networks/on_referral.html", {"referral": referral}) if referral else None


def _on_request(viewer: Viewer, ref: Ref, on: dt.date) -> tuple[Fragment, ...]:
    """What a professional found, the activity that was the answer, the network; and what comes before one volunteer."""
    found = around_wish(viewer, ref.id, today=on)
    if found is None:
        return ()
    open_now = found.request.state in OPEN_STATES
    builds = found.handles and found.network is None and open_now
    village = found.request.village_id if shown_address(viewer, found.request.recipient) else None
    facts = {
        "found": found, "builds": builds, "holds_back": found.holds_back, "groups": found.groups,
        "shows": bool(found.visit or found.answered or found.network or found.plans or builds),
        "day": date_format(dt.date.fromisoformat(found.visit["on"]), "l j. F") if found.visit else "",
        "answer": found.answered[0].title if found.answered else "",
        "where": when_and_where(found.answered[0]) if found.answered else "",
        "company": bool(found.answered and found.answered[1] and open_now),
        "rows": [
            {
                "line": one, "when": when_and_where(one), "doubtful": is_doubtful(one, on=on),
                "near": is_near(one, village), "that_day": found.request.on.weekday() in one.weekdays,
            }
            for one in found.lines
        ],
    }  # fmt: skip
    around = Fragment("networks/around_wish.html", facts, comes_first=found.holds_back)
    return Fragment("networks/before_asking.html", facts, comes_first=True), around


def _tomorrow(viewer: Viewer, day: dt.date) -> Piece | None:
    """The home visits of the day, and whom to ask how it goes."""
    visits, talks = visits_on(viewer.owners, day), talks_on(viewer.owners, day)
    if not visits and not talks:
        return None
    rows = [
        Row(
            what=gettext("Home visit: %(name)s") % {"name": on_paper(v.request.recipient)},
            more=(gettext("%(who)s goes") % {"who": v.who},),
        )
        for v in visits
    ]  # fmt: skip
    named = [_whom(talk) for talk in talks]
    rows += [Row(what=words, more=(gettext("Ask how it goes"),)) for words, _persons in named]
    persons = frozenset(v.request.recipient_id for v in visits).union(*(persons for _words, persons in named))
    return Piece(Part(gettext("Home visits and talks"), [Group(rows)]), persons)


def _whom(talk: Talk) -> tuple[str, frozenset[uuid.UUID]]:
    """Whom a talk is with, as on paper; where there is no network contact now, the person it is about."""
    volunteer, contact = talk.volunteer, None
    if talk.network and talk.side == With.CONTACT:
        contact = contact_of(talk.network)
        volunteer = contact.volunteer if contact else None
    person = volunteer.person if volunteer else talk.network and talk.network.person
    if contact and not volunteer:
        return ", ".join(part for part in (contact.name, spoken(contact.phone)) if part), frozenset()
    assert person
    return on_paper(person), frozenset({person.id})


def _address(kind: str) -> Callable[[uuid.UUID], str]:
    return lambda key: reverse(kind, args=[key])


register_nav(
    NavItem("home_visits", _("Home visits"), "home", Permission.REFER, unless=Permission.MANAGE_ORGANISATION, order=14)
)
slots.register("person", _on_person, order=33)
slots.register("wishes", _on_wishes)
slots.register("referral", _on_referral)
slots.register("help_request", _on_request, order=20)
register_part(_tomorrow, order=16)
register_wording(
    "network",
    Wording(
        sentences={
            "step_1": (_("A network is wished for: map the need"), _("Begin")),
            "step_2": (_("A network: talk with the person"), _("Ring")),
            "step_3": (_("A network: settle what is wished for"), _("Open")),
            "step_4": (_("A network: put it in place"), _("Open")),
            "not_back": (_("Stopped by mistake, and does not all stand again: look, and ring"), _("Look")),
            "no_contact": (_("A network has no contact any more: find another"), _("Find")),
        },
        address=_address("network"),
        by_hand=frozenset({"not_back"}),
        parts={f"step_{n}": "now" for n in range(1, 5)} | {"no_contact": "around"},
    ),
)
register_wording(
    "talk",
    Wording(
        sentences={
            "with_person": (_("Ask how it goes: one with a network"), _("Ring")),
            "with_contact": (_("Ask how it goes: a network contact"), _("Ring")),
            "with_volunteer": (_("A guidance talk with a volunteer"), _("Ring")),
        },
        address=_address("network_talk"),
    ),
)
register_wording(
    "home_visit",
    Wording(
        sentences={
            "write_visit": (_("A home visit has been: what came of it?"), _("Look")),
            "visitor_gone": (_("The one who was to make a home visit has died: ring, and find another"), _("Ring")),
        },
        address=_address("home_visit"),
        by_hand=frozenset({"visitor_gone"}),
    ),
)
acts.register(
    {
        "networks.begin": _("A network was begun, with the person's yes"),
        "networks.step_done": _("A step was done"),
        "networks.step_skipped": _("A step was skipped"),
        "networks.step_back": _("A step was taken back"),
        "networks.member": _("Somebody was put into the network"),
        "networks.member_left": _("Somebody was taken out of the network"),
        "networks.contact": _("The network contact was chosen"),
        "networks.rhythm": _("The rhythm of the talks was changed"),
        "networks.talk_held": _("Was asked how it goes"),
        "networks.talk_not_held": _("The talk came to nothing"),
        "networks.guidance": _("Guidance of the volunteer was planned"),
        "networks.ended": _("The network ended"),
        "networks.paused": _("Rests while the person is away"),
        "networks.goes_on": _("Goes on"),
        "networks.stands_again": _("Stands again"),
        "networks.answered": _("Answered with an ordinary activity"),
        "networks.visit": _("A home visit was planned"),
        "networks.visit_outcome": _("What came of the home visit was written"),
        "networks.visit_off": _("The home visit was called off"),
    }
)
