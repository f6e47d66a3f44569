"""What feedback can be about: a thing as it was called, in words that name nobody, and who answers for it."""

import uuid
from dataclasses import dataclass

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.codesign.designs.queries import public_design
from samtun.evaluation.feedback.queries import together
from samtun.evaluation.feedback.rules import may_answer
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Question
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.queries import open_occurrence
from samtun.operation.arrangements.models import Arrangement, Term, Visit
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.registrations.queries import hears_of, time_told
from samtun.partners.organisations.queries import answering_owner
from samtun.people.persons.queries import everyone_of

QUESTIONS = frozenset({"ask", "still_ok", "call_out", "visit", "went_well", "how_was_it"})
"""The links in texts from which something can be said."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What it is about: kind and key as in a reference, both empty for something else; who answers; its name."""

    owner: Owner
    title: str = ""
    kind: str = ""
    id: uuid.UUID | None = None


def something_else() -> Thing:
    """Return what is about no one thing: whoever answers in public answers it. NobodyHere when there is nobody."""
    return Thing(answering_owner())


def kinds_to_choose() -> list[tuple[str, str]]:
    """Return the kinds of help anybody may say something about: (key, name), in the reader's language."""
    return [(t.key, in_language(t.name)) for t in task_types() if not t.is_declined]


def public_choice(key: str) -> list[tuple[str, str]]:
    """Return a service design or a time that is open to everyone as a choice of the open form; else none."""
    try:
        ref = Ref.parse(key)
        if ref.kind == "occurrence":
            return [(str(ref), _called(open_occurrence(ref.id)))]
        return [(str(ref), public_design(ref.id).title)] if ref.kind == "design" else []
    except (ValueError, NotYours):
        return []


def kind_chosen(key: str) -> Thing:
    """Return a kind of help by its key, or an open design or time by its reference, else something else."""
    if public_choice(key):
        ref = Ref.parse(key)
        if ref.kind == "occurrence":
            return _of_time(ref.id) or something_else()
        there = _together(Viewer.anonymous(current_tenant()), ref.kind, ref.id)
        return there or something_else()
    found = TaskType.objects.filter(key=key, is_active=True).first() if key else None
    return _of_kind(found) if found else something_else()


def key_of_kind(task_type_id: uuid.UUID) -> str:
    """Return the key of a kind of help."""
    return TaskType.objects.values_list("key", flat=True).get(id=task_type_id)


def thing_for(viewer: Viewer, kind: str, thing_id: uuid.UUID) -> Thing:
    """Return one thing that the viewer may see and say something about, logged in; NotYours otherwise."""
    if kind == "match":
        return _own_task(viewer, thing_id)
    if kind == "task_type":
        found = TaskType.objects.filter(id=thing_id).first()
        if found is None or not viewer.may(Permission.OWN_PAGE):
            raise NotYours
        return _of_kind(found)
    if kind in together.TOGETHER:
        thing = _together(viewer, kind, thing_id) if together.may_tell_about(viewer, kind, thing_id) else None
        if thing is None or viewer.person is None:
            raise NotYours
        return thing
    thing = _of_time(thing_id) if kind == "occurrence" else _by_key(kind, thing_id)
    if thing is None or not (may_answer(viewer, thing.owner.id) or _is_in(viewer, kind, thing_id)):
        raise NotYours
    return thing


def _is_in(viewer: Viewer, kind: str, key: uuid.UUID) -> bool:
    """Tell whether it is the viewer's own: they are helped by it, help with it, or were asked."""
    mine = everyone_of(viewer.person) if viewer.person else []
    if kind == "help_request":
        helps = Match.objects.filter(request=key, volunteer__person__in=mine)
        return HelpRequest.objects.filter(id=key, recipient__in=mine).exists() or helps.exists()
    if kind == "arrangement":
        comes = Term.objects.filter(arrangement=key, volunteer__person__in=mine)
        return Arrangement.objects.filter(id=key, recipient__in=mine).exists() or comes.exists()
    if kind == "occurrence":
        time = time_told(key)
        return time is not None and any(hears_of(person, time) for person in mine)
    return Asked.objects.filter(call_out=key, volunteer__person__in=mine).exists()


def thing_asked_about(question: Question) -> Thing:
    """Return what a link in a text was about; NotYours when it is gone."""
    key = question.ref_id
    if question.kind == "call_out":
        found = Asked.objects.filter(id=key).values_list("call_out", flat=True).first()
        thing = _by_key("call_out", found) if found else None
    elif question.kind == "how_was_it":
        thing = _of_time(key)
    elif question.kind == "visit":
        found = Visit.objects.filter(id=key).values_list("arrangement", flat=True).first()
        thing = _by_key("arrangement", found) if found else None
    elif question.kind == "ask":
        found = Ask.objects.filter(id=key).values_list("request", flat=True).first()
        thing = _by_key("help_request", found) if found else None
    else:
        found = Match.objects.filter(id=key).values_list("request", flat=True).first()
        thing = _by_key("help_request", found) if found else None
    if thing is None:
        raise NotYours
    return thing


def thing_told_of(viewer: Viewer, key: str) -> Thing | None:
    """Return a particular thing that somebody rings about, by its reference, for one who answers here; else none."""
    try:
        ref = Ref.parse(key)
        return thing_for(viewer, ref.kind, ref.id)
    except (ValueError, NotYours):
        return None


def _own_task(viewer: Viewer, match_id: uuid.UUID) -> Thing:
    """Return what somebody helps with, or is helped with, on their own page."""
    found = Match.objects.select_related("volunteer", "request").filter(id=match_id).first()
    mine = everyone_of(viewer.person) if viewer.person else []
    thing = None
    if found and (found.volunteer.person_id in mine or found.request.recipient_id in mine):
        thing = _by_key("help_request", found.request_id)
    if thing is None:
        raise NotYours
    return thing


def _by_key(kind: str, key: uuid.UUID) -> Thing | None:
    """Return a thing that has an owner and a kind of help; None when there is none."""
    models: dict[str, type[HelpRequest | Arrangement | CallOut]] = {
        "help_request": HelpRequest, "arrangement": Arrangement, "call_out": CallOut,
    }  # fmt: skip
    if kind not in models:
        return None
    found = models[kind].objects.select_related("owner", "task_type").filter(id=key).first()
    return Thing(found.owner, _title(found.task_type), kind, found.id) if found else None


def _of_time(key: uuid.UUID) -> Thing | None:
    """Return a time in the programme: whoever holds it answers, where they have a desk; None when there is none."""
    found = time_told(key)
    if found is None:
        return None
    there = together.with_a_desk([found.host, found.activity.owner])
    return Thing(there[0] if there else answering_owner(), _called(found), "occurrence", found.id)


def _called(time: Occurrence) -> str:
    return f"{time.title}, {time.on:%d.%m.%Y}"


def _together(viewer: Viewer, kind: str, key: uuid.UUID) -> Thing | None:
    """Return an agreement or a service design; None when there is none."""
    found = together.title_and_owner(viewer, kind, key)
    return Thing(found[1], found[0], kind, key) if found else None


def _of_kind(found: TaskType) -> Thing:
    return Thing(answering_owner(), _title(found), "task_type", found.id)


def _title(task_type: TaskType) -> str:
    language = Municipality.objects.values_list("language", flat=True).get(id=current_tenant())
    return in_language(task_type.name, language)[:120]


def persons_things(persons: list[uuid.UUID]) -> list[tuple[str, uuid.UUID]]:
    """Return the things that are about some persons who were to be helped: (kind, key)."""
    wishes = HelpRequest.objects.filter(recipient__in=persons).values_list("id", flat=True)
    lasting = Arrangement.objects.filter(recipient__in=persons).values_list("id", flat=True)
    return [("help_request", key) for key in wishes] + [("arrangement", key) for key in lasting]


def answered_by(thing: Thing, owner: Owner) -> Thing:
    """Return the same, answered by whoever wrote it down: it was said to them."""
    return Thing(owner, thing.title, thing.kind, thing.id)
