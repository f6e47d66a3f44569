"""What a design holds is written: its words, who was at the table, the tasks, the points of law.

Before it has begun it is written and that is all. Afterwards each change is a version with why, told to the others.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.codesign.designs.actions.holding import NeedsWords, acting, lock, written
from samtun.codesign.designs.enums import NAMELESS, Behalf, Does, Legal, LegalState, Way
from samtun.codesign.designs.models import Design, DividedTask, LegalPoint, TablePlace, TaskPart
from samtun.codesign.designs.queries import joined
from samtun.codesign.designs.rules import QUESTIONS, TEXTS
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person


class PurposeIsShared(Refused):
    """It has begun, so a new purpose is a larger change. Propose it: each party says yes or no."""


class NoNames(Refused):
    """Those it is for, and their next of kin, stand here without a name. Write for example “two recipients”."""


class SayHow(Refused):
    """Write how it is settled."""


class NotAParty(Refused):
    """Only those who take part can have a task here. Ask them first."""


def write_words(
    *, design: Design, texts: Mapping[str, str], edition: int, by: Viewer, at: dt.datetime, why: str = ""
) -> Design:  # fmt: skip
    """Write texts of a design by the names in `rules.TEXTS`. Two cannot be empty; ValueError for others."""
    if strange := set(texts) - set(TEXTS):
        raise ValueError(f"A design has no {', '.join(sorted(strange))}.")
    new = {name: words.strip() for name, words in texts.items()}
    if any(name in {"title", "purpose"} and not words for name, words in new.items()):
        raise NeedsWords
    with transaction.atomic():
        found = lock(design.id, edition=edition)
        acting(found, by)
        changed = [name for name, words in new.items() if getattr(found, name) != words]
        if not changed:
            return found
        if "purpose" in changed and found.started_at is not None:
            raise PurposeIsShared
        for name in changed:
            setattr(found, name, new[name])
        found.save(update_fields=changed)
        part = "questions" if changed[0] in QUESTIONS else changed[0]
        record("designs.write", Ref("design", found.id), by=by, at=at, part=part)
        written(found, part, why=why, by=by, at=at)
    return found


def add_place(
    *, design: Design, behalf: Behalf, way: Way, by: Viewer, at: dt.datetime, who: str = "",
    person: Person | None = None, owner: Owner | None = None, why: str = "",
) -> TablePlace:  # fmt: skip
    """Write down who took part, on whose behalf and in which way: a person of a party, or a role without a name."""
    if behalf in NAMELESS and person is not None:
        raise NoNames
    if person is None and not who.strip():
        raise NeedsWords
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        if behalf == Behalf.PARTY and owner is None:
            raise NeedsWords
        made = TablePlace.objects.create(
            design=found, person=person, who="" if person else who.strip()[:120], behalf=behalf, way=way, made_at=at,
            owner=owner if behalf == Behalf.PARTY else None,
        )  # fmt: skip
        record("designs.place", Ref("design", found.id), by=by, at=at, behalf=behalf, way=way)
        written(found, "table", why=why, by=by, at=at)
    return made


def drop_place(*, place: TablePlace, by: Viewer, at: dt.datetime, why: str = "") -> None:
    """Take out what was written by mistake about who took part."""
    with transaction.atomic():
        found = lock(place.design_id)
        acting(found, by)
        TablePlace.objects.filter(id=place.id, design=found).delete()
        record("designs.drop_place", Ref("design", found.id), by=by, at=at)
        written(found, "table", why=why, by=by, at=at)


def divide(
    *, design: Design, words: str, parts: Mapping[uuid.UUID, Does], by: Viewer, at: dt.datetime,
    task: DividedTask | None = None, task_type: TaskType | None = None, why: str = "",
) -> DividedTask:  # fmt: skip
    """Write a task and what each party has with it, anew or over one that stands. Kinds of help rest on it."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        if set(parts) - {party.owner_id for party in joined(found.id)}:
            raise NotAParty
        facts: dict[str, Any] = {"words": words.strip()[:200], "task_type": task_type}
        if task is None:
            made = DividedTask.objects.create(design=found, made_at=at, **facts)
        else:
            made = DividedTask.objects.select_for_update(of=("self",)).get(id=task.id, design=found)
            made.words, made.task_type = facts["words"], task_type
            made.save(update_fields=["words", "task_type"])
            TaskPart.objects.filter(task=made).delete()
        TaskPart.objects.bulk_create([TaskPart(task=made, owner_id=o, does=does) for o, does in parts.items()])
        tie_kinds(found, at=at)
        record("designs.divide", Ref("design", found.id), by=by, at=at)
        written(found, "tasks", why=why, by=by, at=at)
    return made


def drop_task(*, task: DividedTask, by: Viewer, at: dt.datetime, why: str = "") -> None:
    """Take a task out. The versions before still tell of it."""
    with transaction.atomic():
        found = lock(task.design_id)
        acting(found, by)
        TaskPart.objects.filter(task=task).delete()
        DividedTask.objects.filter(id=task.id, design=found).delete()
        tie_kinds(found, at=at)
        record("designs.drop_task", Ref("design", found.id), by=by, at=at)
        written(found, "tasks", why=why, by=by, at=at)


def tie_kinds(design: Design, *, at: dt.datetime) -> None:
    """Let the kinds of help in the tasks rest on the design, and those no longer there not."""
    upper = Ref("design", design.id)
    kinds = DividedTask.objects.filter(design=design, task_type__isnull=False)
    now = set(kinds.values_list("task_type", flat=True))
    before = set(sight.lowers(upper, "task_type"))
    for key in sorted(now - before):
        sight.tie(lower=Ref("task_type", key), upper=upper, at=at)
    for key in sorted(before - now):
        sight.untie(lower=Ref("task_type", key), upper=upper, at=at)


def write_legal(
    *, design: Design, points: Mapping[Legal, tuple[LegalState, str]], edition: int, by: Viewer, at: dt.datetime,
    why: str = "",
) -> Design:  # fmt: skip
    """Write how each point of the legal check list stands. Settled must say how."""
    if any(state == LegalState.SETTLED and not words.strip() for state, words in points.values()):
        raise SayHow
    with transaction.atomic():
        found = lock(design.id, edition=edition)
        acting(found, by)
        stands = {row.point: row for row in LegalPoint.objects.filter(design=found)}
        changed = False
        for point, (state, words) in points.items():
            row = stands.get(point) or LegalPoint(design=found, point=point)
            new = words.strip()[:300]
            if (row.state, row.words) == (state, new) and point in stands:
                continue
            row.state, row.words, changed = state, new, True
            row.save()
        if changed:
            record("designs.write_legal", Ref("design", found.id), by=by, at=at)
            written(found, "legal", why=why, by=by, at=at)
    return found
