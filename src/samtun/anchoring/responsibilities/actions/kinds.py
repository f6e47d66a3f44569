"""Verbs on task types: described, cleared, refused."""

import datetime as dt
from typing import Any

from django.db import transaction

from samtun.anchoring.responsibilities.enums import STANDARD_KINDS, STANDARD_PURPOSES
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.anchoring.responsibilities.rules import course_code, may_manage
from samtun.foundation.audit import record
from samtun.foundation.locks import take_turns
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

LAW_SINCE = dt.date(2014, 7, 1)


class NeedsNames(Refused):
    """A kind of help needs a name in bokmål and in nynorsk."""


class NameTaken(Refused):
    """There is a kind of help with this name already. Open that one and change it, or choose another name."""


class NotEmpty(Refused):
    """There are kinds of help here already, so the ordinary ones are not put among them."""


class ProfessionalTask(Refused):
    """Professional care is never a task for volunteers; it can only be met with the way on."""


class MinutesOrder(Refused):
    """The most minutes must be at least as many as it usually takes."""


class ChangedMeanwhile(Refused):
    """Someone else changed this while you had it open. Look at what stands now, and save again."""


def describe_task_type(*, key: str, by: Viewer, at: dt.datetime, **facts: Any) -> TaskType:
    """Describe a kind of help, new or changed. A change takes no clearance away; a wider one must be cleared again."""
    if not may_manage(by):
        raise NotYours
    name = facts.get("name", {})
    if not (name.get("nb") and name.get("nn")):
        raise NeedsNames
    if facts.get("task_class") == TaskType.TaskClass.PROFESSIONAL and not facts.get("is_declined"):
        raise ProfessionalTask
    if facts.get("most_minutes", 180) < facts.get("usual_minutes", 60):
        raise MinutesOrder
    with transaction.atomic():
        task_type, fresh = TaskType.objects.update_or_create(key=key, defaults=facts)
        if not fresh:
            task_type.version += 1
            task_type.save(update_fields=["version"])
        record("responsibilities.describe", Ref("task_type", task_type.id), by=by, at=at, key=key)
    return task_type


def add_task_type(*, by: Viewer, at: dt.datetime, **facts: Any) -> TaskType:
    """Describe a kind of help that is not here yet. Nobody has said yes to it: each request is then looked at."""
    if not may_manage(by):
        raise NotYours
    key = course_code(facts.get("name", {}).get("nb", ""))
    if not key:
        raise NeedsNames
    with transaction.atomic():
        if TaskType.objects.filter(key=key).exists():
            raise NameTaken
        return describe_task_type(key=key, by=by, at=at, **facts)


def begin_with_ordinary(*, by: Viewer, at: dt.datetime) -> int:
    """Describe the ordinary kinds of help, and what the law lets be asked, where there is none; return how many.

    Nobody has said yes to any of them: that is for the municipality and each organisation.
    """
    if not may_manage(by):
        raise NotYours
    with transaction.atomic():
        take_turns(f"task_types|{by.tenant}")
        if TaskType.objects.exists():
            raise NotEmpty
        known = set(PolicePurpose.objects.values_list("code", flat=True))
        for purpose in STANDARD_PURPOSES:
            if purpose.code not in known:
                list_purpose(code=purpose.code, name=purpose.name, law=purpose.law, valid_from=LAW_SINCE, by=by, at=at)
        for kind in STANDARD_KINDS:
            describe_task_type(
                key=kind.key, by=by, at=at, task_class=kind.task_class, name=kind.name, limits=kind.limits,
                way_on=kind.way_on, asking=kind.asking, usual_minutes=kind.usual_minutes,
                most_minutes=kind.most_minutes, **kind.needs,
            )  # fmt: skip
    return len(STANDARD_KINDS)


def change_limits(*, task_type: TaskType, version: int, by: Viewer, at: dt.datetime, **facts: Any) -> TaskType:
    """Change the words and limits of a kind of help; `version` is the one that was read.

    Longer than before means wider: the clearances fall, and both sides must say yes again.
    """
    if not may_manage(by):
        raise NotYours
    with transaction.atomic():
        current = TaskType.objects.select_for_update(of=("self",)).get(id=task_type.id)
        if current.version != version:
            raise ChangedMeanwhile
        wider = facts.get("most_minutes", 0) > current.most_minutes or (
            current.is_declined and not facts.get("is_declined", True)
        )
        for field, value in facts.items():
            setattr(current, field, value)
        if not (current.name.get("nb") and current.name.get("nn")):
            raise NeedsNames
        if current.most_minutes < current.usual_minutes:
            raise MinutesOrder
        if current.task_class == TaskType.TaskClass.PROFESSIONAL and not current.is_declined:
            raise ProfessionalTask
        current.version += 1
        current.save(update_fields=[*facts, "version"])
        if wider:
            Clearance.objects.filter(task_type=current).delete()
        record("responsibilities.change", Ref("task_type", current.id), by=by, at=at, fields=sorted(facts), wider=wider)
    return current


def clear(*, task_type: TaskType, owner: Owner, cleared: bool, by_words: str, by: Viewer, at: dt.datetime) -> Clearance:
    """Say yes or no beforehand to a kind of help, for an owner one acts for."""
    own = owner.id in by.owners and (by.may(Permission.MANAGE_ORGANISATION) or may_manage(by))
    if not (by.is_system or own):
        raise NotYours
    if cleared and task_type.task_class == TaskType.TaskClass.PROFESSIONAL:
        raise ProfessionalTask
    with transaction.atomic():
        clearance, _ = Clearance.objects.update_or_create(
            task_type=task_type, owner=owner,
            defaults={"cleared": cleared, "by_words": by_words, "decided_on": wall(at).date()},
        )  # fmt: skip
        record(
            "responsibilities.clear", Ref("task_type", task_type.id), by=by, at=at, owner=owner.name, cleared=cleared
        )
    return clearance


def list_purpose(
    *, code: str, name: dict[str, str], law: str, valid_from: dt.date, by: Viewer, at: dt.datetime
) -> PolicePurpose:
    """List a purpose for which the law lets a police certificate be asked."""
    if not may_manage(by):
        raise NotYours
    with transaction.atomic():
        purpose = PolicePurpose.objects.create(code=code, name=name, law=law, valid_from=valid_from)
        record("responsibilities.list_purpose", Ref("police_purpose", purpose.id), by=by, at=at, code=code, law=law)
    return purpose
