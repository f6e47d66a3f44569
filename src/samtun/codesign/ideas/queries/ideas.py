"""Ideas for those who answer, those who lead, and everyone, where the lead has chosen so."""

import datetime as dt
import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.translation import ngettext

from samtun.codesign.ideas.enums import AdditionKind, AdditionState, IdeaState
from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative
from samtun.codesign.ideas.queries.taking_out import tables
from samtun.codesign.ideas.rules import OPEN_IDEAS, hash_of, helper_token, lead_token, supports
from samtun.foundation import exports, recipients, refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.sight import Seen, Traffic
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import is_at_work
from samtun.people.persons.models import Person
from samtun.people.roles.queries import standing_on

RELATED = ("owner", "from_owner", "initiator", "lead", "named", "village")
OPEN = (IdeaState.UNPROVEN, IdeaState.RECEIVED)


def who_answers(owner: uuid.UUID, *, on: dt.date) -> Person | None:
    """Return who is named to answer an idea: who coordinates for an owner and is at work, else leads, else a deputy."""
    rows = Membership.objects.filter(
        standing_on(on), organisation__owner=owner, role__in=[Role.COORDINATOR, Role.LEADER],
        person__death_known_at=None,
    )  # fmt: skip
    found = sorted(
        rows.select_related("person"), key=lambda m: (m.is_deputy, m.role != Role.COORDINATOR, m.starts, m.id)
    )
    there = [m.person for m in found if is_at_work(m.person_id, owner, on=on)]
    return next(iter([*there, *(m.person for m in found)]), None)


def idea_for(viewer: Viewer, idea_id: uuid.UUID) -> Idea:
    """Return one for those who answer it or support it, opened and logged; NotYours otherwise."""
    found = Idea.objects.select_related(*RELATED).filter(id=idea_id).first()
    if found is None:
        raise NotYours
    life = Initiative.objects.select_related("contact__organisation").filter(idea=found).first()
    if not supports(viewer, found, life):
        raise NotYours
    saw(*(key for key in (found.initiator_id, found.lead_id, found.named_id) if key))
    return found


def ideas_to_answer(viewer: Viewer) -> QuerySet[Idea]:
    """Return the ideas own owners answer, and the initiatives they have the contact of, the newest first."""
    if not viewer.may(Permission.SEE_DESK):
        return Idea.objects.none()
    contact = Initiative.objects.filter(idea=OuterRef("pk"), contact__organisation__owner__in=viewer.owners)
    rows = Idea.objects.filter(Q(owner__in=viewer.owners) | Exists(contact)).select_related(*RELATED)
    return rows.order_by("-made_at", "-id")


def counts(viewer: Viewer) -> dict[str, int]:
    """Return how many wait for an answer, are answered, live as initiatives, and are closed."""
    found: dict[str, int] = ideas_to_answer(viewer).aggregate(
        open=Count("id", filter=Q(state__in=OPEN)),
        answered=Count("id", filter=Q(state=IdeaState.ANSWERED)),
        living=Count("id", filter=Q(state=IdeaState.INITIATIVE)),
        closed=Count("id", filter=Q(state=IdeaState.CLOSED)),
    )
    return found


def _moving(viewer: Viewer, at: dt.datetime) -> list[Traffic]:
    """Tell how many ideas wait for an answer, and how many live as initiatives."""
    if not viewer.may(Permission.SEE_DESK):
        return []
    n, url = counts(viewer), reverse("ideas")
    told = (
        ("open", ngettext("idea waits for an answer", "ideas wait for an answer", n["open"])),
        ("living", ngettext("initiative lives", "initiatives live", n["living"])),
    )
    return [Traffic(2, "here", name, n[which], f"{url}?vis={which}") for which, name in told]


def only(rows: QuerySet[Idea], which: str) -> QuerySet[Idea]:
    """Keep those that are `open`, `answered`, `living` or `closed`; else all."""
    states: dict[str, tuple[str, ...]] = {
        "open": OPEN, "answered": (IdeaState.ANSWERED,), "living": (IdeaState.INITIATIVE,),
        "closed": (IdeaState.CLOSED,),
    }  # fmt: skip
    return rows.filter(state__in=states[which]) if which in states else rows


def open_ideas() -> QuerySet[Idea]:
    """Return the ideas and initiatives that are open to everyone, those that live first, then the newest."""
    rows = Idea.objects.filter(is_public=True, state__in=OPEN_IDEAS).select_related("village", "from_owner", "owner")
    helpers = Count("initiatives__helpers__person", filter=Q(initiatives__helpers__state="with"), distinct=True)
    added = Count(
        "additions", distinct=True,
        filter=Q(additions__kind=AdditionKind.AND, additions__state=AdditionState.STANDS),
    )  # fmt: skip
    lives = Exists(Initiative.objects.filter(idea=OuterRef("pk")).exclude(state="ended"))
    return rows.annotate(helpers=helpers, added=added, lives=lives).order_by("-lives", "-made_at", "-id")


def open_idea(idea_id: uuid.UUID) -> Idea:
    """Return one that is open to everyone; NotYours for any other."""
    rows = Idea.objects.filter(id=idea_id, is_public=True, state__in=OPEN_IDEAS)
    found = rows.select_related(*RELATED).first()
    if found is None:
        raise NotYours
    return found


def by_token(token: str) -> Idea:
    """Return what the lead's own address opens; NotYours for any other."""
    found = Idea.objects.select_related(*RELATED).filter(own_hash=hash_of(token), erased_at=None).first()
    if found is None or not hmac.compare_digest(lead_token(found.id, found.turn), token):
        raise NotYours
    return found


def own_path(idea: Idea) -> str:
    """Return the lead's own address on the site."""
    return reverse("idea_own", args=[lead_token(idea.id, idea.turn)])


@dataclass(frozen=True, slots=True)
class Mine:
    """An idea that somebody leads, or is with: what it is called, how far it is, and their own address."""

    title: str
    state: str
    path: str
    leads: bool


def mine(viewer: Viewer, *, most: int = 10) -> list[Mine]:
    """Return what the viewer leads and is with, the newest first, for their own page; one statement."""
    if viewer.person is None:
        return []
    me = Q(lead=viewer.person) | Q(lead__merged_into=viewer.person)
    with_it = Helper.objects.filter(
        Q(person=viewer.person) | Q(person__merged_into=viewer.person), initiative__idea=OuterRef("pk"), state="with"
    )
    rows = Idea.objects.filter(me | Exists(with_it), erased_at=None).exclude(state=IdeaState.UNPROVEN)
    rows = rows.annotate(
        helper=Subquery(with_it.order_by("id").values("id")[:1]), leads=Case(When(me, then=True), default=False)
    )
    return [
        Mine(idea.title, idea.get_state_display(), own_path(idea) if idea.leads else _helpers(idea.helper), idea.leads)
        for idea in rows.order_by("-made_at", "-id")[:most]
    ]


def _helpers(helper_id: uuid.UUID) -> str:
    return reverse("idea_helper", args=[helper_token(helper_id)])


def additions_of(idea: Idea, kind: AdditionKind, *, shown: bool = True) -> list[Addition]:
    """Return what has been added or asked, the first one first; `shown`: only what stands."""
    rows = Addition.objects.filter(idea=idea, kind=kind).select_related("person").order_by("made_at", "id")
    found = list(rows.filter(state=AdditionState.STANDS) if shown else rows)
    if not shown:
        saw(*(a.person_id for a in found if a.person_id))
    return found


def steps_of(idea: Idea) -> list[IdeaStep]:
    """Return each step, the first one first."""
    return list(IdeaStep.objects.filter(idea=idea).order_by("at", "id"))


def needs_of(viewer: Viewer, idea: Idea) -> list[Seen]:
    """Return the needs it would meet, as the viewer may know them."""
    ref = Ref("idea", idea.id)
    return sight.describe(viewer, [Ref("need", key) for key in sight.uppers(ref, "need")])


def _seen(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Seen]:
    """Return what a viewer may know of ideas on the line: the open ones, and those they answer or support."""
    rows = Idea.objects.filter(id__in=ids).prefetch_related("initiatives__contact__organisation").order_by("id")
    found = []
    for idea in rows:
        life = next(iter(idea.initiatives.all()), None)
        is_open = idea.is_public and idea.state in OPEN_IDEAS
        ours = supports(viewer, idea, life)
        if not (ours or is_open):
            continue
        url = reverse("idea" if ours else "idea_page", args=[idea.id])
        state = life.get_state_display() if life else idea.get_state_display()
        found.append(Seen(Ref("idea", idea.id), life.title if life else idea.title, url, state))
    return found


def _find(viewer: Viewer, idea_id: uuid.UUID) -> tuple[str, str] | None:
    found = next(iter(_seen(viewer, [idea_id])), None)
    return (found.title, found.url) if found else None


def _concerns(idea_id: uuid.UUID) -> list[uuid.UUID]:
    """Return who an idea is put forward for, and who owes it something: they are affected when it is decided (R15)."""
    owners = Idea.objects.filter(id=idea_id).values_list("from_owner", "initiatives__contact__organisation__owner")
    return [key for row in owners for key in row if key]


def _lead_gone(step_id: uuid.UUID) -> bool:
    """Tell whether the one who leads an idea has died: nothing more is said of it to anyone."""
    lead = IdeaStep.objects.filter(id=step_id).values_list("idea__lead", flat=True).first()
    return lead is not None and Person.objects.filter(id=lead, death_known_at__isnull=False).exists()


def _helped_idea_gone(helper_id: uuid.UUID) -> bool:
    lead = Helper.objects.filter(id=helper_id).values_list("initiative__idea__lead", flat=True).first()
    return lead is not None and Person.objects.filter(id=lead, death_known_at__isnull=False).exists()


exports.register("ideas", tables)
recipients.register_about("idea_step", _lead_gone)
recipients.register_about("idea_helper", _helped_idea_gone)
refs.register(refs.RefKind("idea", _find, concerns=_concerns))
sight.register(sight.Kind("idea", 2, 20, _seen))
sight.register_traffic(_moving)
