"""What the pages of service designs show, in words."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.anchoring.responsibilities.queries import names_of
from samtun.codesign.designs.enums import Behalf, ChangeKind, ChangeState, DesignState, Does, Legal, LegalState, Way
from samtun.codesign.designs.models import Change, Design, DividedTask, LegalPoint, TablePlace
from samtun.codesign.designs.queries.designs import STATES
from samtun.codesign.designs.rules import Hole, Said
from samtun.people.persons.models import Person

type Words = str | Promise

COLORS = {
    DesignState.IDEA: "neutral", DesignState.DRAWING: "info", DesignState.TRIAL: "warning",
    DesignState.OPERATION: "success", DesignState.TAKEN_OVER: "neutral", DesignState.ENDED: "neutral",
}  # fmt: skip
BEHALVES: dict[str, Words] = {
    Behalf.RECIPIENTS: gettext_lazy("those it is for"), Behalf.NEXT_OF_KIN: gettext_lazy("next of kin"),
    Behalf.VOLUNTEERS: gettext_lazy("volunteers"), Behalf.OTHERS: gettext_lazy("others"),
    Behalf.PARTY: gettext_lazy("a party"),
}  # fmt: skip
WAYS: dict[str, Words] = {
    Way.AT_TABLE: gettext_lazy("At the table"), Way.ASKED: gettext_lazy("Asked"),
    Way.TOLD: gettext_lazy("Was told of it"),
}  # fmt: skip
DOES: dict[str, Words] = {
    Does.ANSWERS: gettext_lazy("answers for it"), Does.DOES: gettext_lazy("does it"),
    Does.SUPPORTS: gettext_lazy("supports"), Does.TOLD: gettext_lazy("is told"),
}  # fmt: skip
LEGAL: dict[str, tuple[Words, Words]] = {
    Legal.CONFIDENTIALITY: (
        gettext_lazy("Confidentiality"),
        gettext_lazy("Staff cannot tell volunteers about a person without that person's consent."),
    ),
    Legal.POLICE: (
        gettext_lazy("Police certificate"),
        gettext_lazy("Can only be asked for where the law lists the purpose. Old age alone is none."),
    ),
    Legal.FOOD: (
        gettext_lazy("Food"), gettext_lazy("Food served regularly is registered with the Food Safety Authority."),
    ),
    Legal.PAID_RIDES: (
        gettext_lazy("Driving for pay"),
        gettext_lazy("Covering the cost is fine. Driving for profit, or more than nine in the car, needs a licence."),
    ),
    Legal.CHILDREN: (
        gettext_lazy("Children"), gettext_lazy("Who answers for them, and what do their parents have to say yes to?"),
    ),
    Legal.INSURANCE: (
        gettext_lazy("Insurance"), gettext_lazy("Who insures those who help? If nobody does, they must be told."),
    ),
    Legal.PHOTOS: (gettext_lazy("Photos"), gettext_lazy("Nobody's picture is shown without their yes.")),
}  # fmt: skip
LEGAL_STATES: dict[str, Words] = {
    LegalState.OPEN: gettext_lazy("Still open"), LegalState.SETTLED: gettext_lazy("Settled"),
    LegalState.NOT_RELEVANT: gettext_lazy("Not relevant"),
}  # fmt: skip
KINDS: dict[str, Words] = {
    ChangeKind.WORDS: gettext_lazy("A change"), ChangeKind.PURPOSE: gettext_lazy("A new purpose"),
    ChangeKind.PARTY: gettext_lazy("A new party"), ChangeKind.TRIAL: gettext_lazy("A trial"),
    ChangeKind.OPERATION: gettext_lazy("Go on as it is"), ChangeKind.OVER: gettext_lazy("Another takes it over"),
    ChangeKind.END: gettext_lazy("Stop"), ChangeKind.PUBLIC: gettext_lazy("Open it to everyone"),
}  # fmt: skip
CHANGES: dict[str, tuple[Words, str]] = {
    ChangeState.PROPOSED: (gettext_lazy("Waits for an answer"), "warning"),
    ChangeState.PLANNED: (gettext_lazy("Will be made"), "info"),
    ChangeState.MADE: (gettext_lazy("Made"), "success"),
    ChangeState.NOT_MADE: (gettext_lazy("Not made"), "neutral"),
    ChangeState.WITHDRAWN: (gettext_lazy("Withdrawn"), "neutral"),
}
STEPS: dict[str, Words] = {
    "dialogue": gettext_lazy("Talk together"), "mapping": gettext_lazy("Find out what is needed and who does it"),
    "responsibility": gettext_lazy("Divide the tasks"), "legal": gettext_lazy("Clear the law"),
    "anchoring": gettext_lazy("Anchor it"),
}  # fmt: skip
FAR: dict[str, tuple[Words, str]] = {
    "done": (gettext_lazy("Done"), "success"), "begun": (gettext_lazy("Begun"), "info"),
    "not_begun": (gettext_lazy("Not begun"), "neutral"),
}  # fmt: skip
HOLES: dict[str, Words] = {
    "nobody_answers": gettext_lazy("Nobody answers for “%(task)s” yet"),
    "many_answer": gettext_lazy("More than one answers for “%(task)s”"),
    "nobody_does": gettext_lazy("Nobody does “%(task)s” yet"),
}
PARTS: dict[str, Words] = {
    "title": gettext_lazy("The name"), "purpose": gettext_lazy("The purpose"),
    "whose_need": gettext_lazy("Whose need it answers"), "nearly": gettext_lazy("Who nearly does this already"),
    "hearing_plan": gettext_lazy("How those it is for are heard"),
    "volunteers_wish": gettext_lazy("What do the volunteers wish?"),
    "recipients_need": gettext_lazy("What do those it is for need?"),
    "place_expects": gettext_lazy("What does the place expect?"), "questions": gettext_lazy("The three questions"),
    "state": gettext_lazy("Where it is"), "goal": gettext_lazy("The goal of the trial"),
    "trial": gettext_lazy("The days of the trial"), "parties": gettext_lazy("The parties"),
    "gains": gettext_lazy("What each gains"), "table": gettext_lazy("Who took part"),
    "tasks": gettext_lazy("The tasks"), "legal": gettext_lazy("The points of law"),
    "public": gettext_lazy("Open to everyone"), "change": gettext_lazy("How it is done"),
}  # fmt: skip
SAID: dict[str, Words] = {
    "recipients_at_table": gettext_lazy("Those it is for were at the table."),
    "recipients_asked": gettext_lazy("Those it is for were asked, and did not sit at the table."),
    "recipients_told": gettext_lazy("Those it is for were only told of it."),
    "recipients_plan": gettext_lazy("Those it is for have not taken part yet; it is written how they will be heard."),
    "recipients_none": gettext_lazy("Nobody it is for has taken part."),
    "at_table": gettext_lazy("At the table: %(names)s."),
    "nobody_decided": gettext_lazy("Nobody has decided yet; %(names)s draw it together."),
    "one_draws": gettext_lazy("Nobody has decided yet; only %(names)s draws it."),
    "decided_together": gettext_lazy("%(number)d parties decided together: %(names)s."),
    "one_decided": gettext_lazy("%(names)s decided; %(others)s were asked to help."),
    "one_alone": gettext_lazy("%(names)s decided alone."),
    "others_asked": gettext_lazy("%(others)s did not decide, but were asked or have a task."),
    "forum": gettext_lazy("%(names)s has decided about it."),
    "changed": gettext_lazy(
        "Versions since it began: %(number)d; changes made because of what somebody said: %(too)d."
    ),
}


def listed(names: Sequence[str]) -> str:
    """Return names as one says them: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def sentence(said: Said) -> str:
    """Return one sentence of the facts."""
    return str(SAID[said.code]) % {
        "names": listed(said.names), "others": listed(said.others), "number": said.number, "too": said.number_too,
    }  # fmt: skip


def row(design: Design, *, today: dt.date) -> dict[str, Any]:
    """Return a line about a design."""
    state = DesignState(design.state)
    late = is_late(design, today=today)
    steps, at = flow(design)
    return {
        "design": design, "state": str(STATES[state]), "color": COLORS[state], "is_late": late, "flow": steps, "at": at,
    }  # fmt: skip


def flow(design: Design) -> tuple[list[str], int]:
    """Return the way of a service from an idea on, drawn as steps, and which of them it is at, from one (R100)."""
    way = [DesignState.IDEA, DesignState.DRAWING, DesignState.TRIAL, DesignState.OPERATION]
    state = DesignState(design.state)
    if state not in way:
        way[2 if design.started_at else 1 :] = [DesignState.TRIAL, state] if design.started_at else [state]
    return [str(STATES[one]) for one in way], way.index(state) + 1


def is_late(design: Design, *, today: dt.date) -> bool:
    """Tell whether the end of the trial has passed, and nobody has said what comes now."""
    return design.state == DesignState.TRIAL and design.trial_ends is not None and design.trial_ends < today


def place_row(place: TablePlace) -> dict[str, Any]:
    """Return a line about who took part."""
    who = place.person.full_name if place.person else place.who
    behalf = place.owner.name if place.owner else str(BEHALVES[place.behalf])
    return {"place": place, "who": who, "behalf": behalf, "way": str(WAYS[place.way])}


def task_row(task: DividedTask) -> dict[str, Any]:
    """Return a task with what each party has with it."""
    return {"task": task, "parts": [(part.owner.name, str(DOES[part.does])) for part in task.parts.all()]}


def hole_words(found: Iterable[Hole]) -> list[str]:
    """Return what is missing or double in how tasks are divided."""
    return [str(HOLES[hole.code]) % {"task": hole.task} for hole in found]


def nearly_rows(found: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """Return who is known to do something like it: what, and who."""
    rows = list(found)
    kinds = names_of([key.removeprefix("kind:") for key, _names in rows if key.startswith("kind:")])
    return [(kinds.get(key.partition(":")[2], key.partition(":")[2]), listed(names)) for key, names in rows]


def legal_rows(points: Iterable[LegalPoint]) -> list[dict[str, Any]]:
    """Return each point of law and how it stands."""
    stands = {point.point: point for point in points}
    return [
        {"title": str(title), "state": str(LEGAL_STATES[stands[key].state if key in stands else LegalState.OPEN]),
         "is_open": key not in stands or stands[key].state == LegalState.OPEN,
         "words": stands[key].words if key in stands else ""}
        for key, (title, _help) in LEGAL.items()
    ]  # fmt: skip


def change_row(change: Change) -> dict[str, Any]:
    """Return a line about a proposed change."""
    words, color = CHANGES[change.state]
    return {"change": change, "kind": str(KINDS[change.kind]), "state": str(words), "color": color,
            "to": to_words(change)}  # fmt: skip


def to_words(change: Change) -> list[str]:
    """Return in words what a larger change would make it to."""
    if change.kind == ChangeKind.TRIAL:
        until = date_format(dt.date.fromisoformat(change.to["ends"]), "j. F Y")
        return [change.to["goal"], _("Until %(day)s") % {"day": until}]
    return [change.to["purpose"]] if change.kind == ChangeKind.PURPOSE else []


def lines_of(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a version holds, as lines by part, to be read and compared."""
    texts = {key: [words] for key, words in content.items() if isinstance(words, str) and words and key != "state"}
    kinds = names_of([task["type"] for task in content["tasks"] if task["type"]])
    days = [date_format(dt.date.fromisoformat(day), "j. F Y") for day in content["trial"] if day]
    return texts | {
        "state": [str(STATES[DesignState(content["state"])])],
        "trial": [" – ".join(days)] if days else [],
        "parties": list(content["parties"]),
        "gains": [f"{name}: {gain}" for name, gain in content["gains"].items()],
        "table": _places(content["table"]),
        "tasks": [_task(task, kinds) for task in content["tasks"]],
        "legal": [
            f"{LEGAL[point][0]}: {LEGAL_STATES[state]}{f', {words}' if words else ''}"
            for point, (state, words) in content["legal"].items()
        ],
    }  # fmt: skip


def _task(task: Mapping[str, Any], kinds: Mapping[str, str]) -> str:
    parts = ", ".join(f"{name} {DOES[does]}" for name, does in task["parts"])
    kind = f" ({kinds[task['type']]})" if task["type"] in kinds else ""
    return f"{task['words']}{kind}: {parts}" if parts else f"{task['words']}{kind}"


def _places(table: Sequence[Mapping[str, str]]) -> list[str]:
    keys = [uuid.UUID(line["person"]) for line in table if line["person"]]
    names = {str(person.id): person.full_name for person in Person.objects.filter(id__in=keys)}
    return [
        f"{line['who'] or names.get(line['person'], _('Somebody'))}, {line['owner'] or BEHALVES[line['behalf']]}: "
        f"{WAYS[line['way']]}"
        for line in table
    ]
