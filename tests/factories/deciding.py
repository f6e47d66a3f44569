"""A row in every table of policies, the map and workshops for one owner, with a word of its own in it."""

import uuid
from typing import Any

from samtun.anchoring.policies.enums import Sort
from samtun.anchoring.policies.models import Goal, NewDate, Policy
from samtun.anchoring.responsibilities.enums import MapState, Part, Says
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, Placed
from samtun.codesign.workshops.enums import Much, WorkshopState
from samtun.codesign.workshops.models import (
    Answer,
    Cluster,
    Group,
    Note,
    Participant,
    Question,
    Recommendation,
    Workshop,
)
from samtun.foundation.models import Owner
from samtun.kernel.small import LEAST
from samtun.people.persons.models import Person
from tests.factories.journey import Tun


def decide(tun: Tun, owner: Owner, word: str, person: Person) -> None:
    """A plan with a goal that somebody answers for and a date that was moved, and the owner's part on the map."""
    at, day = tun.now, tun.now.date()
    plan = Policy.objects.create(
        owner=owner, sort=Sort.PLAN, title=f"{word}plan", words=f"{word}saman", since=day, made_at=at
    )
    goal = Goal.objects.create(
        policy=plan, words=f"{word}mål", owner=owner, person=person, first_due=day, due=day, state_at=at, made_at=at
    )
    NewDate.objects.create(goal=goal, was=day, due=day, why=f"{word}utsett", at=at)
    task: dict[str, Any] = {"ref_kind": "task_type", "ref_id": uuid.uuid4()}
    Placed.objects.create(**task, owner=owner, part=Part.ANSWERS, since=day)
    change = MapChange.objects.create(
        **task, state=MapState.WAITING, proposed_by=owner, proposed_name=word, why=f"{word}skifte", proposed_at=at
    )
    MapAnswer.objects.create(change=change, owner=owner, says=Says.YES, words=f"{word}ja", said_by=word, at=at)


def think_together(tun: Tun, owner: Owner, word: str) -> None:
    """A workshop that has ended, with a note under a name, a recommendation, and answers enough to be told."""
    at, day = tun.now, tun.now.date()
    held = Workshop.objects.create(
        owner=owner, made_by=word, title=f"{word}verkstad", day=day, code_hash=word, state=WorkshopState.ENDED,
        made_at=at, started_at=at, ended_at=at,
    )  # fmt: skip
    question = Question.objects.create(workshop=held, number=1, words=f"{word}draum")
    table = Group.objects.create(workshop=held, number=1)
    people = [
        Participant.objects.create(workshop=held, group=table, key_hash=f"{word}{n}", joined_at=at)
        for n in range(LEAST)
    ]
    named = Cluster.objects.create(workshop=held, question=question, group=table, name=f"{word}skyss", made_at=at)
    Note.objects.create(
        workshop=held, question=question, group=table, participant=people[0], key=uuid.uuid4(), words=f"{word}lapp",
        cluster=named, made_at=at, shared_at=at,
    )  # fmt: skip
    Recommendation.objects.create(workshop=held, number=1, what=f"{word}råd", made_at=at)
    for one in people:
        Answer.objects.create(
            workshop=held, participant=one, heard=Much.YES, useful=Much.YES, words=f"{word}takk", at=at
        )
