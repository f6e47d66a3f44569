"""Volunteers from a spreadsheet: the persons as persons are taken in, and what they would like to help with."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.imports import cells, registry
from samtun.foundation.imports.registry import Column, Importer, Known, Outcome, Row, Said, Trace, fold
from samtun.foundation.models import Owner
from samtun.foundation.uses import uses_of
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.volunteers import actions
from samtun.operation.volunteers.models import Profile, Volunteer, Willing

_found = registry.importer_called("persons")
assert _found is not None, "people/persons is discovered before operation/volunteers"
persons: Importer = _found

COLUMNS = (
    *persons.columns,
    Column("kinds", _("Would like to help with"), ("oppgaver", "oppgåver", "hjelpmed", "hjelpermed", "hjelpermed",
           "vilhjelpemed", "ønsker", "ønske", "ønskje", "oppdrag", "aktivitet", "aktiviteter", "aktivitetar"),
           cells.several_of("kinds")),
    Column("has_car", _("Has a car to use"), ("bil", "harbil", "førerkort", "førarkort", "disponererbil"), cells.tick),
    Column("joined_on", _("Volunteer since"), ("frivilligsiden", "frivilligsidan", "siden", "sidan", "startdato",
           "startet", "starta", "fra", "frå", "begynte", "byrja"), cells.year_or_day),
)  # fmt: skip
OWN = (Volunteer, Willing, Profile)


def _known(viewer: Viewer, on: dt.date) -> Known:
    offered = [t for t in task_types() if not t.is_declined]
    names: dict[str, Any] = {}
    for task_type in offered:
        names |= {fold(word): task_type for word in (*task_type.name.values(), task_type.key)}
    words = ", ".join(in_language(t.name) for t in offered)
    return persons.known(viewer, on) | {"kinds": names, "kinds_words": words, "today": on}


def _check(facts: dict[str, Any]) -> list[Said]:
    said = persons.check(facts)
    if joined := facts.get("joined_on"):
        try:
            facts["joined_on"] = dt.date.fromisoformat(joined)
        except ValueError:
            said.append(Said(gettext_noop("“%(text)s” is no day in the calendar."), {"text": joined}))
    return said


def _take(rows: Sequence[Row], owner: Owner, by: Viewer, at: dt.datetime) -> list[Outcome]:
    outcomes = persons.take(rows, owner, by, at)
    right = [(r, o) for r, o in zip(rows, outcomes, strict=True) if o.kind != "wrong" and o.ref]
    arrivals = [
        actions.Arrival(
            o.ref, tuple(r.facts.get("kinds", ())), bool(r.facts.get("has_car")), r.facts.get("joined_on")
        )
        for r, o in right
        if o.ref
    ]  # fmt: skip
    arrived = actions.welcome_many(arrivals=arrivals, host=owner, by=by, at=at)
    return [_outcome(o, arrived.get(o.ref)) if o.ref else o for o in outcomes]


def _outcome(outcome: Outcome, arrived: actions.Arrived | None) -> Outcome:
    if arrived is None or outcome.kind == "wrong":
        return outcome
    made = outcome.made | {
        "volunteer": str(arrived.volunteer),
        "profile": arrived.made_profile,
        "car": arrived.gave_car,
    }
    if arrived.is_new:
        return Outcome(outcome.number, "new", outcome.ref, outcome.said, made)
    if arrived.has_left:
        said = Said(
            gettext_noop("Was a volunteer here and has stopped. That is left as it is; welcome them back by hand.")
        )
        return Outcome(outcome.number, "known", outcome.ref, (said,), outcome.made)
    return outcome


def _volunteers(traces: Sequence[Trace]) -> dict[str, Trace]:
    return {t.made["volunteer"]: t for t in traces if "volunteer" in t.made}


def _used(traces: Sequence[Trace], owner: Owner) -> dict[int, list[str]]:
    """Return what has been done since: with the persons beside volunteering, and with the volunteers themselves."""
    own = _volunteers(traces)
    found: dict[int, list[str]] = defaultdict(list)
    for number, what in persons.used(traces, owner).items():
        found[number] += [w for w in what if w.partition(".")[2] not in {m.__name__ for m in OWN}]
    rows = Volunteer.objects.filter(id__in=list(own))
    for row in rows:
        if (row.state, row.version, row.insurance_told_on, row.note) != (Volunteer.State.ACTIVE, 1, None, ""):
            found[own[str(row.id)].number].append("changed")
    for key, labels in uses_of(Volunteer, [r.id for r in rows], kind="volunteer", but=(Willing,)).items():
        found[own[str(key)].number] += sorted(labels)
    by_person = {t.ref: t for t in own.values()}
    elsewhere = Volunteer.objects.filter(person__in=list(by_person)).exclude(id__in=list(own))
    for person in elsewhere.values_list("person_id", flat=True):
        found[by_person[person].number].append(Volunteer._meta.label)
    for profile in Profile.objects.filter(person__in=list(by_person)):
        if by_person[profile.person_id].made.get("profile") and _is_changed(profile):
            found[by_person[profile.person_id].number].append("changed")
    return {number: what for number, what in found.items() if what}


def _is_changed(profile: Profile) -> bool:
    touched = (profile.ceiling_times, profile.quiet_until, profile.last_asked_on, profile.reach_metres)
    return any(value is not None for value in touched) or bool(profile.languages)


def _undo(traces: Sequence[Trace], owner: Owner, by: Viewer, at: dt.datetime) -> None:
    own = _volunteers(traces)
    actions.unwelcome_many(
        volunteers=list(own), profiles=[t.ref for t in own.values() if t.made.get("profile")],
        cars=[t.ref for t in own.values() if t.made.get("car")], host=owner, by=by, at=at,
    )  # fmt: skip
    persons.undo(traces, owner, by, at)


registry.register(
    Importer(
        key="volunteers", kind="person", title=_("Volunteers"),
        lead=_("Those who have said yes to being asked: who they are, and what they would like to help with."),
        columns=COLUMNS, may=lambda viewer: viewer.may(Permission.MANAGE_VOLUNTEERS) and persons.may(viewer),
        known=_known, missing=persons.missing, check=_check, same_as=persons.same_as, name_of=persons.name_of,
        take=_take, used=_used, undo=_undo, back="volunteers", order=10,
    )
)  # fmt: skip
