"""Somebody comes to a table without an account, and takes a part by tapping."""

import datetime as dt

from django.db import transaction

from samtun.codesign.workshops.actions.holding import IsOver, changed
from samtun.codesign.workshops.enums import Much, Part
from samtun.codesign.workshops.models import Answer, Group, Participant, Workshop
from samtun.codesign.workshops.rules import MOST_PEOPLE, hash_of, is_open
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused


class IsFull(Refused):
    """There is no room for more here. Write with the others at your table, or on paper."""


class TableHasNoPart(Refused):
    """This is the telephone of the whole table. Who leads and who writes, you agree on around it."""


def join(*, group: Group, key: str, name: str, by: Viewer, at: dt.datetime) -> Participant:
    """Come to a table. The page carries the key, so that the same page sent twice is one participant."""
    with transaction.atomic():
        workshop = Workshop.objects.get(id=group.workshop_id)
        if not is_open(workshop, at=at):
            raise IsOver
        there = Participant.objects.filter(workshop=workshop, key_hash=hash_of(key)).first()
        if there is not None:
            return there
        if Participant.objects.filter(workshop=workshop, is_table=False).count() >= MOST_PEOPLE:
            raise IsFull
        made, _fresh = Participant.objects.get_or_create(
            key_hash=hash_of(key),
            defaults={"workshop": workshop, "group": group, "name": name.strip()[:40], "joined_at": at},
        )
        if made.workshop_id != workshop.id:
            raise NotYours
        changed(workshop, at_table=group.id)
    return made


def move(*, participant: Participant, group: Group, by: Viewer, at: dt.datetime) -> Participant:
    """Go to another table. What is written stays on the cloth where it was shared."""
    with transaction.atomic():
        found = _own(participant, at)
        if found.is_table or group.workshop_id != found.workshop_id:
            raise NotYours
        found.group, found.part = group, ""
        found.save(update_fields=["group", "part"])
        changed(found.workshop)
    return found


def take_part(*, participant: Participant, part: str, by: Viewer, at: dt.datetime) -> Participant:
    """Take the part of group leader or scribe by tapping, over from whoever had it; or lay it down."""
    with transaction.atomic():
        Group.objects.select_for_update(of=("self",)).get(id=participant.group_id)
        found = _own(participant, at)
        if found.is_table:
            raise TableHasNoPart
        found.part = Part(part).value
        if found.part:
            Participant.objects.filter(group=found.group_id, part=found.part).update(part="")
        found.save(update_fields=["part"])
        changed(found.workshop, at_table=found.group_id)
    return found


def answer(*, participant: Participant, heard: Much, useful: Much, words: str, by: Viewer, at: dt.datetime) -> Answer:
    """Say how it was; a second answer from the same takes the place of the first."""
    with transaction.atomic():
        found = _own(participant, at)
        made, _fresh = Answer.objects.update_or_create(
            participant=found,
            defaults={"workshop": found.workshop, "heard": heard, "useful": useful, "words": words.strip()[:400],
                      "at": at},
        )  # fmt: skip
    return made


def _own(participant: Participant, at: dt.datetime) -> Participant:
    found = (
        Participant.objects.select_for_update(of=("self",)).select_related("workshop", "group").get(id=participant.id)
    )
    if not is_open(found.workshop, at=at):
        raise IsOver
    return found
