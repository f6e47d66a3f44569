"""Help requests in the menu, on the desk, and on the page of the person who asked."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.phones import spoken
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.enums import OPEN_STATES, MatchState
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.queries import (
    about_absence,
    about_death,
    call_name,
    call_why,
    calls_about,
    requests_of_person,
    talk_with,
    talks_about,
)
from samtun.people.persons.models import Person
from samtun.people.persons.queries import passing_of
from samtun.work.sheets.queries import Group, Part, Piece, Row, register_part
from samtun.work.todos.queries import Wording, due_by, register_wording


def _address(request_id: uuid.UUID) -> str:
    return reverse("help_request", args=[request_id])


def _call_address(call_id: uuid.UUID) -> str:
    return reverse("personal_call", args=[call_id])


def _on_death(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """Who will be rung when a person has died, and afterwards who is: own owners' only (R112)."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    calls = [
        {"id": c.id, "name": call_name(c), "why": call_why(c), "rings": c.rings, "rung": c.rung_at is not None}
        for c in calls_about(viewer, passing=passing_of(ref.id))
    ]
    if calls:
        return Fragment("help_requests/death.html", {"calls": calls})
    return Fragment("help_requests/death.html", about_death(viewer, ref.id, on=on))


def _away_address(away_id: uuid.UUID) -> str:
    return reverse("absence", args=[away_id])


def _on_away(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """What is held while a person is away, and who is asked whether they go on visiting: own owners' only."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    return Fragment("help_requests/away.html", about_absence(viewer, ref.id, on=on))


def _follow_up_address(follow_up_id: uuid.UUID) -> str:
    return reverse("follow_up", args=[follow_up_id])


def _talks_on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """The talks about a person's arrangements, planned and held; nothing when there are none."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    talks = [
        {"id": t.id, "who": talk_with(t), "held": t.held_at, "when": date_format(t.due_on, "j. F")}
        for t in talks_about(viewer, ref.id)
    ]
    return Fragment("help_requests/talks.html", {"talks": talks}) if talks else None


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """What the person has asked the viewer's own owners for; never for those who only look after volunteers (R68)."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    rows = [
        {"id": r.id, "kind": in_language(r.task_type.name), "on": r.on, "is_open": r.state in OPEN_STATES}
        for r in requests_of_person(viewer, ref.id)
    ]
    return Fragment("help_requests/on_person.html", {"requests": rows})


slots.register("person", _on_person, order=30)
slots.register("person", _talks_on_person, order=35)
slots.register("death", _on_death)
slots.register("away", _on_away)
register_nav(NavItem("ask_for_help", _("Ask for help"), "hands", order=10))
register_nav(NavItem("help_requests", _("Wishes"), "hands", Permission.HANDLE_REQUESTS, order=12))
register_wording(
    "help_request",
    Wording(
        sentences={
            "new": (_("A new wish: is it all right?"), _("Look")),
            "whose_task": (_("Whose task is it?"), _("Say whose")),
            "waits_for_proof": (_("From the web: ring back"), _("Ring")),
            "waits_for_consent": (_("Asked for by another: ring and hear"), _("Ring")),
            "find_someone": (_("Find someone"), _("Find")),
            "nobody_answered": (_("Nobody has answered: ring, or ask more"), _("Find")),
            "nobody_can": (_("Nobody could: ask others"), _("Find")),
            "pick_one": (_("Someone said yes: choose"), _("Choose")),
            "dropped_out": (_("The volunteer cannot come: find another"), _("Find")),
            "time_has_passed": (_("The time has passed: what became of it?"), _("Look")),
            "volunteer_gone": (_("The one who was to come has died: ring, and find another"), _("Ring")),
            "volunteer_away": (_("The one who was to come is away: ring, and find another"), _("Ring")),
            "held_over": (_("Was held while they were away: is it still wished for?"), _("Ring")),
            "not_sent": (_("Something was not sent while it was stopped"), _("Look")),
            "not_back": (_("Stopped by mistake, and does not all stand again: look, and ring"), _("Look")),
            "ring_me": (_("Wants to be rung about how it went"), _("Ring")),
        },
        address=_address,
        acts={"new": "help_request_pass"},
        parts=dict.fromkeys(("find_someone", "nobody_answered", "nobody_can", "dropped_out"), "suggestions")
        | {"pick_one": "asked"},
        by_hand=frozenset({"ring_me", "not_back"}),
    ),
)
register_wording(
    "personal_call",
    Wording(
        sentences={
            "ring_visitor": (_("Ring a volunteer yourself: the one they visited has died"), _("Ring")),
            "ring_asker": (_("Ring the one who asked: the person it was for has died"), _("Ring")),
            "ring_near": (_("Ring one who was near: the person has died"), _("Ring")),
            "ring_go_on": (_("Ring a volunteer: the one they visit is away"), _("Ring")),
            "talk_after": (_("A talk you have agreed"), _("Ring")),
            "rung_by_mistake": (_("Ring again: it was a mistake"), _("Ring")),
        },
        address=_call_address,
        parts=dict.fromkeys(("ring_visitor", "ring_asker", "ring_near", "ring_go_on", "rung_by_mistake"), "rung"),
    ),
)
register_wording(
    "away",
    Wording(sentences={"pause_ends": (_("Was to be back about now: ask"), _("Ask"))}, address=_away_address),
)
register_wording(
    "follow_up",
    Wording(
        sentences={
            "talk_person": (_("Ask how it goes: one who is visited"), _("Ring")),
            "talk_volunteer": (_("Ask how it goes: one who visits"), _("Ring")),
        },
        address=_follow_up_address,
        parts=dict.fromkeys(("talk_person", "talk_volunteer"), "talk"),
    ),
)


NEEDS_RINGING = ("ring_me", "waits_for_proof", "waits_for_consent")


def _agreed(viewer: Viewer, day: dt.date) -> Piece:
    """What is agreed for the day, by place: who, what, when."""
    rows = Match.objects.filter(state=MatchState.AGREED, request__on=day, request__owner__in=viewer.owners)
    related = ("request__recipient", "request__task_type", "request__village", "volunteer__person", "companion")
    found = list(rows.select_related(*related).order_by("request__at", "id"))
    places: dict[str, list[Row]] = {}
    for match in found:
        person, village = match.request.recipient, match.request.village
        place = "" if person.address_protected or village is None else village.name
        places.setdefault(place, []).append(_agreed_row(match))
    groups = [Group(places[place], place) for place in sorted(places, key=lambda name: (not name, name))]
    seen = (p for m in found for p in (m.request.recipient_id, m.volunteer.person_id, m.companion_id))
    persons = frozenset(p for p in seen if p)
    return Piece(Part(gettext("Agreed help"), groups, empty=gettext("Nothing is agreed.")), persons)


def _agreed_row(match: Match) -> Row:
    """One line of paper. Where stands on it only for a volunteer who opens no links; a protected one never."""
    request, person, helper = match.request, match.request.recipient, match.volunteer.person
    when = f"{request.at:%H.%M}" if request.at else ""
    where = person.address if helper.phone_kind != "mobile" and not person.address_protected else ""
    along = match.companion and not match.companion.is_dead and _named(match.companion)
    with_whom = gettext("together with %(name)s") % {"name": along} if along else ""
    more = (gettext("%(name)s helps") % {"name": _named(helper)}, with_whom, where)
    return Row(
        what=f"{in_language(request.task_type.name)}: {_named(person)}", when=when, more=tuple(m for m in more if m)
    )


def _named(person: Person) -> str:
    """Name and number; of a protected person initials only."""
    if person.address_protected:
        return gettext("%(initials)s (look in Samtun)") % {"initials": person.initials}
    return ", ".join(part for part in (person.full_name, *map(spoken, person.numbers)) if part)


def _to_ring(viewer: Viewer, day: dt.date) -> Piece | None:
    """Who waits to be rung about their wish, with the number."""
    keys = [t.ref.id for t in due_by(viewer, at_wall(day, dt.time(23, 59)), most=50) if t.reason in NEEDS_RINGING]
    rows = HelpRequest.objects.filter(id__in=keys, owner__in=viewer.owners)
    found = list(rows.select_related("recipient", "task_type").order_by("made_at"))
    lines = [Row(what=_named(r.recipient), more=(in_language(r.task_type.name),)) for r in found]
    if not lines:
        return None
    part = Part(gettext("Whom to ring about their wish"), [Group(lines)])
    return Piece(part, frozenset(r.recipient_id for r in found))


register_part(_agreed, order=10)
register_part(_to_ring, order=25, of_day=False)
acts.register(
    {
        "help_requests.enter": _("Came in"),
        "help_requests.prove": _("Confirmed by the one who asked"),
        "help_requests.consent": _("Consent is written down"),
        "help_requests.consent_withdrawn": _("The consent was taken back"),
        "help_requests.plan": _("The plan is written"),
        "help_requests.lasts": _("Is for something that lasts"),
        "help_requests.assess": _("Whose task it is was decided"),
        "help_requests.ask": _("Volunteers were asked"),
        "help_requests.answer": _("A volunteer answered"),
        "help_requests.silence": _("No answer in time"),
        "help_requests.taken_back": _("An ask was taken back"),
        "help_requests.propose": _("The name goes to the one who asked"),
        "help_requests.other_wished": _("Another was wished for"),
        "help_requests.choose_another": _("The proposal was taken back"),
        "help_requests.agree": _("Agreed"),
        "help_requests.cannot_come": _("The volunteer could not come"),
        "help_requests.done": _("Done"),
        "help_requests.cancel": _("Cancelled"),
        "help_requests.met_otherwise": _("Met by what is there for everyone"),
        "help_requests.unmet": _("Closed: nobody was found"),
        "help_requests.held": _("Held while the person is away"),
        "help_requests.stopped": _("Stopped"),
        "help_requests.stands_again": _("Stands again"),
        "help_requests.rung": _("Was rung about it"),
        "help_requests.talked": _("Had the talk that was agreed"),
        "help_requests.talk_held": _("Was asked how it goes"),
    }
)
