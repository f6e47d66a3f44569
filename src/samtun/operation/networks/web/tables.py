"""What the pages of networks show, ready to print."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.kernel.clock import wall
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import when_and_where
from samtun.operation.networks import queries
from samtun.operation.networks.enums import LAST, Ended, MemberKind, NetworkState, VisitOutcome, With
from samtun.operation.networks.models import HomeVisit, Member, Network, Step, Talk
from samtun.operation.networks.rules import could_be_contact, is_doubtful

ENDED: dict[str, str | Promise] = {
    Ended.STANDS: _("Stands on its own"), Ended.WISHED: _("Ended as the person wished"), Ended.MOVED: _("Has moved"),
    Ended.OTHER: _("Ended"), Ended.DIED: _("The person has died."), Ended.CONSENT: _("The yes was taken back"),
    Ended.OWNER_LEFT: _("Ended"),
}  # fmt: skip
KINDS: dict[str, str | Promise] = {
    MemberKind.ACTIVITY: _("Ordinary activity"), MemberKind.GROUP: _("Group"), MemberKind.VOLUNTEER: _("Volunteer"),
    MemberKind.NEAR: _("Somebody near"), MemberKind.EMPLOYEE: _("Employee"),
}  # fmt: skip
OUTCOMES: dict[str, tuple[str | Promise, str]] = {
    VisitOutcome.VOLUNTEER: (_("A volunteer's task"), "success"),
    VisitOutcome.MUNICIPALITY: (_("The municipality's task"), "neutral"),
    VisitOutcome.BOTH: (_("Both, each its own part"), "success"), VisitOutcome.NOT_NOW: (_("Not now"), "neutral"),
}  # fmt: skip


def state_of(network: Network) -> tuple[str, str]:
    """Return words and colour for where a network is."""
    if network.state == NetworkState.ENDED:
        return str(ENDED[network.ended_because]), "neutral"
    if network.state == NetworkState.PAUSED:
        return gettext("Rests while away"), "warning"
    step = queries.current_step(network)
    return gettext("Step %(number)s of 5") % {"number": step.number if step else LAST}, "info"


def row_of(network: Network, *, on: dt.date) -> dict[str, Any]:
    """Return a line of the list: initials, step, what is due."""
    words, color = state_of(network)
    step = queries.current_step(network)
    due = step.due_on if step else None
    planned = network.__dict__["planned"]
    if step and step.number == LAST and planned:
        due = planned[0].due_on
    resting = network.state != NetworkState.OPEN
    return {
        "network": network, "state": words, "color": color, "initials": network.person.initials,
        "title": queries.STEP_TITLES[step.number] if step and not resting else "",
        "due": due if due and not resting else None, "late": bool(due and due < on and not resting),
    }  # fmt: skip


def step_rows(network: Network, *, on: dt.date) -> list[dict[str, Any]]:
    """Return the five steps with what is said of each."""
    now = queries.current_step(network)
    return [_step(step, is_now=bool(now and now.id == step.id), on=on) for step in network.steps.all()]


def _step(step: Step, *, is_now: bool, on: dt.date) -> dict[str, Any]:
    state, color = "", "neutral"
    if step.skipped_because:
        state = gettext("Skipped")
    elif step.settled_on:
        state, color = gettext("Done %(day)s") % {"day": date_format(step.settled_on, "j. F")}, "success"
    elif is_now and step.due_on:
        state = gettext("Due %(day)s") % {"day": date_format(step.due_on, "l j. F")}
        color = "danger" if step.due_on < on else "info"
    elif is_now:
        state, color = gettext("Goes on"), "info"
    return {
        "number": step.number, "title": queries.STEP_TITLES[step.number], "state": state, "color": color,
        "is_now": is_now, "who": step.who if is_now or step.settled_on else "",
        "note": step.note or step.skipped_because,
    }  # fmt: skip


def member_rows(members: list[Member]) -> list[dict[str, Any]]:
    """Return who is around the person: what it is, what they do, the number, and whether it is the contact."""
    rows = []
    for one in members:
        sheet = queries.on_sheet(one)
        rows.append({
            "one": one, "name": queries.member_name(one), "kind": KINDS[one.kind], "phone": queries.member_phone(one),
            "more": " · ".join(part for part in (sheet["what"], sheet["when"]) if part),
            "could_be": could_be_contact(one) and not one.is_contact and bool(queries.member_phone(one)),
        })  # fmt: skip
    return rows


def talk_rows(network: Network, *, on: dt.date) -> list[dict[str, Any]]:
    """Return the talks about a network, the latest first; those called off are left out."""
    talks = [t for t in network.talks.all() if t.settled_at is None or t.was_held is not None]
    return [talk_words(talk, on=on) for talk in talks[:8]]


def talk_words(talk: Talk, *, on: dt.date) -> dict[str, Any]:
    """Return one talk: with whom, when, what came of it."""
    who = {With.PERSON: _("With the person"), With.CONTACT: _("With the network contact")}.get(
        With(talk.side), _("Guidance of a volunteer")
    )
    if talk.settled_at is None:
        late = talk.due_on < on
        state, color = (gettext("Overdue"), "danger") if late else (gettext("Planned"), "info")
    else:
        state, color = (gettext("Was held"), "success") if talk.was_held else (gettext("Was not held"), "neutral")
    day = wall(talk.settled_at).date() if talk.settled_at else talk.due_on
    return {
        "talk": talk, "who": str(who), "when": date_format(day, "j. F"), "state": state, "color": color,
        "note": talk.note, "is_open": talk.settled_at is None,
    }  # fmt: skip


def line_row(activity: Activity, *, on: dt.date) -> dict[str, Any]:
    """Return one ordinary activity, ready to read."""
    return {
        "activity": activity, "when": when_and_where(activity), "doubtful": is_doubtful(activity, on=on),
    }  # fmt: skip


def visit_row(visit: HomeVisit, *, on: dt.date) -> dict[str, Any]:
    """Return a visit for a list: initials, kind, day, what came of it."""
    words, color = visit_state(visit, on=on)
    return {
        "visit": visit, "initials": visit.request.recipient.initials, "kind": in_language(visit.request.task_type.name),
        "state": words, "color": color,
    }  # fmt: skip


def visit_state(visit: HomeVisit, *, on: dt.date) -> tuple[str, str]:
    """Return words and colour for where a visit is."""
    if visit.cancelled_at:
        return gettext("Called off"), "neutral"
    if visit.outcome:
        words, color = OUTCOMES[visit.outcome]
        return str(words), color
    return (gettext("To be written about"), "warning") if visit.on <= on else (gettext("Planned"), "info")
