"""Feedback for those who answer, those who raised it, and everyone, where an organisation has chosen so (R04, R110)."""

import datetime as dt
import hmac
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from samtun.evaluation.feedback.enums import FeedbackState, Hears
from samtun.evaluation.feedback.models import Feedback, FeedbackStep
from samtun.evaluation.feedback.queries.together import is_party
from samtun.evaluation.feedback.rules import UNANSWERED, follow_hash, follow_token, may_answer, may_raise_for
from samtun.foundation import recipients, refs
from samtun.foundation.audit import saw
from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.queries import address_of
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of, persons_at

RELATED = ("owner", "from_owner", "sender")
LATELY = dt.timedelta(days=90)
GROUPS = {
    "open": UNANSWERED, "answered": (FeedbackState.ANSWERED,), "closed": (FeedbackState.CLOSED,),
    "waits": (FeedbackState.RECEIVED, FeedbackState.TAKEN), "up": (FeedbackState.PASSED_UP,),
    "decided": (FeedbackState.DECIDED,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lasted:
    """A step, and how long it was since the one before: in whole days, and hours when it was less than one."""

    step: FeedbackStep
    days: int
    hours: int
    is_first: bool


def feedback_for(viewer: Viewer, feedback_id: uuid.UUID) -> Feedback:
    """Return one, for those who answer it, who raised it, or are in what it is about, logged; NotYours otherwise."""
    found = Feedback.objects.select_related(*RELATED).filter(id=feedback_id).first()
    if found is None or not _reads(viewer, found):
        raise NotYours
    if may_answer(viewer, found.owner_id):
        saw(found.sender_id)
    return found


def _reads(viewer: Viewer, found: Feedback) -> bool:
    """Tell whether someone reads it. The parties to an agreement or a design read it, and not who said it."""
    theirs = may_answer(viewer, found.owner_id) or is_raiser(viewer, found)
    return theirs or is_party(viewer, found.ref_kind, found.ref_id)


def is_raiser(viewer: Viewer, found: Feedback) -> bool:
    """Tell whether someone speaks for the organisation that raised it, or, where none did, is the one who said it."""
    if found.from_owner_id:
        return may_raise_for(viewer, found.from_owner_id)
    return viewer.person is not None and found.sender_id in everyone_of(viewer.person)


def by_token(token: str) -> Feedback:
    """Return what the sender's own address opens; NotYours for any other."""
    found = Feedback.objects.select_related(*RELATED).filter(follow_hash=follow_hash(token)).first()
    if found is None or not hmac.compare_digest(follow_token(found.id), token):
        raise NotYours
    return found


def own_path(found: Feedback) -> str:
    """Return the sender's own address on the site."""
    return reverse("feedback_follow", args=[follow_token(found.id)])


def own_address(found: Feedback) -> str:
    """Return the sender's own address whole, for a text."""
    return address_of(own_path(found))


def to_answer(viewer: Viewer) -> QuerySet[Feedback]:
    """Return what own owners are to answer or have answered, the newest first."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return Feedback.objects.none()
    return Feedback.objects.filter(owner__in=viewer.owners).select_related(*RELATED).order_by("-made_at")


def raised_by(viewer: Viewer) -> QuerySet[Feedback]:
    """Return what own organisations have raised, the newest first."""
    if not viewer.may(Permission.MANAGE_ORGANISATION):
        return Feedback.objects.none()
    return Feedback.objects.filter(from_owner__in=viewer.owners).select_related(*RELATED).order_by("-made_at")


def counts(viewer: Viewer) -> dict[str, int]:
    """Return how many are open, answered and closed, of what own owners answer."""
    found: dict[str, int] = to_answer(viewer).aggregate(
        open=Count("id", filter=Q(state__in=UNANSWERED)),
        answered=Count("id", filter=Q(state=FeedbackState.ANSWERED)),
        closed=Count("id", filter=Q(state=FeedbackState.CLOSED)),
    )
    return found


def only(
    rows: QuerySet[Feedback], which: str, *, at: dt.datetime, about: uuid.UUID | None = None
) -> QuerySet[Feedback]:
    """Keep those in one of the groups of `GROUPS`, or `told` an answer lately; else all. `about` keeps one thing's."""
    if about:
        rows = rows.filter(ref_id=about)
    if which == "told":
        return rows.filter(answered_at__gte=at - LATELY)
    return rows.filter(state__in=GROUPS[which]) if which in GROUPS else rows


def public_matters() -> list[Feedback]:
    """Return the matters that organisations have raised in public, the newest first."""
    rows = Feedback.objects.filter(is_public=True).select_related("owner", "from_owner")
    return list(rows.prefetch_related("steps").order_by("-made_at")[:100])


def steps_of(found: Feedback) -> list[Lasted]:
    """Return each step, the first one first, with how long it was since the one before."""
    rows = sorted(found.steps.all(), key=lambda step: (step.at, step.id))
    before = [found.made_at, *(step.at for step in rows)]
    return [_lasted(step, before[n], is_first=n == 0) for n, step in enumerate(rows)]


def _lasted(step: FeedbackStep, before: dt.datetime, *, is_first: bool) -> Lasted:
    gone = max(step.at - before, dt.timedelta(0))
    return Lasted(step, gone.days, gone.seconds // 3600, is_first)


def sent_by(viewer: Viewer, *, most: int = 10) -> list[Feedback]:
    """Return what the viewer has said, the newest first, for their own page."""
    if viewer.person is None:
        return []
    rows = Feedback.objects.filter(sender__in=everyone_of(viewer.person), from_owner=None, erased_at=None)
    return list(rows.select_related("owner").order_by("-made_at")[:most])


def known_sender(owner_id: uuid.UUID, phone: str) -> uuid.UUID | None:
    """Return the one living person with a number whom the owner knows; None for none, or a number that is shared."""
    if not phone:
        return None
    rows = Person.objects.filter(phone=phone, known__owner=owner_id, merged_into=None, death_known_at=None).distinct()
    found = list(rows.values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def about_thing(viewer: Viewer, kind: str, thing_id: uuid.UUID, *, most: int = 5) -> list[Feedback]:
    """Return what has been said about one thing, of what own owners answer, the newest first; all for a party to it."""
    rows = to_answer(viewer)
    if is_party(viewer, kind, thing_id):
        rows = Feedback.objects.select_related(*RELATED).order_by("-made_at")
    return list(rows.filter(ref_kind=kind, ref_id=thing_id)[:most])


def where(viewer: Viewer, found: Feedback) -> tuple[str, str] | None:
    """Return what it is about as it is called now, and its address; None when the viewer does not get to see it."""
    return refs.describe(viewer, refs.Ref(found.ref_kind, found.ref_id)) if found.ref_id else None


def is_about_the_dead(found: Feedback) -> bool:
    """Tell whether the one who was to be helped has died: then nothing is sent by itself."""
    return found.ref_id is not None and recipients.about_gone(found.ref_kind, found.ref_id)


def _find(viewer: Viewer, feedback_id: uuid.UUID) -> tuple[str, str] | None:
    found = Feedback.objects.filter(id=feedback_id).first()
    if found is None or not _reads(viewer, found):
        return None
    return found.title or gettext("Something else"), reverse("feedback", args=[found.id])


def _parents(feedback_id: uuid.UUID) -> tuple[refs.Ref, ...]:
    found = Feedback.objects.filter(id=feedback_id).first()
    return (refs.Ref(found.ref_kind, found.ref_id),) if found and found.ref_id else ()


def _concerns(feedback_id: uuid.UUID) -> set[uuid.UUID]:
    """Return whom it is about: who answers for it, and those the thing itself is about."""
    found = Feedback.objects.filter(id=feedback_id).first()
    if found is None:
        return set()
    thing = refs.concerned(refs.Ref(found.ref_kind, found.ref_id)) if found.ref_id else frozenset()
    return {found.owner_id, *thing}


def _step_about_gone(step_id: uuid.UUID) -> bool:
    step = FeedbackStep.objects.select_related("feedback").filter(id=step_id).first()
    return step is not None and is_about_the_dead(step.feedback)


def sender_at(step_id: uuid.UUID) -> Recipient | None:
    """Return one who is no person here, by the number or address they gave; None without one, or when it is erased.

    A number that belongs to somebody here who wants to be left in peace, or is dead, is theirs also now.
    """
    step = FeedbackStep.objects.select_related("feedback__tenant").filter(id=step_id).first()
    if step is None:
        return None
    row = step.feedback
    channel = {Hears.TEXT: "sms", Hears.EMAIL: "email", Hears.CALL: "call"}.get(Hears(row.hears))
    if channel is None or not (row.email if channel == "email" else row.phone):
        return None
    known = [k for k in map(recipients.resolve, persons_at(row.phone) if row.phone else []) if k]
    return Recipient(
        person=row.id, name=row.sender_name, channel=channel, phone=row.phone, email=row.email,
        language=row.tenant.language, silent=any(k.silent for k in known),
        gone=bool(known) and all(k.gone for k in known),
    )  # fmt: skip


recipients.register_about("feedback_step", _step_about_gone)
recipients.register_address("feedback_step", sender_at)
refs.register(refs.RefKind("feedback", _find, _parents, _concerns))
