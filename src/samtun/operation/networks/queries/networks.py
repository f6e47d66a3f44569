"""Networks, always for someone."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation import recipients, refs
from samtun.foundation.audit import saw
from samtun.foundation.models import Owner
from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.kernel.phones import spoken
from samtun.operation.activities.queries import when_and_where
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.networks.enums import FIRST, MemberKind, NetworkState, With
from samtun.operation.networks.models import Answered, Member, Network, Step, Talk
from samtun.operation.networks.rules import may_talk
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of

FIRST_DAYS = option(
    "network_first_days", 2, _("How many opening days until the need for a network is mapped?"), least=1, most=20
)
STEP_DAYS = option(
    "network_step_days", 5, _("How many opening days for each further step of a network?"), least=1, most=40
)
TALK_ALONE = option(
    "network_talk_one_to_one", 8,
    _("How many opening days between talks about a network when a volunteer meets the person alone?"), least=2, most=60,
)  # fmt: skip
TALK = option(
    "network_talk", 20, _("How many opening days between talks about other networks?"), least=2, most=120
)  # fmt: skip
GUIDANCE = option(
    "guidance_talk", 12, _("How many opening days between guidance talks with a volunteer after a home visit?"),
    least=2, most=60,
)  # fmt: skip

STEP_TITLES = {
    1: _("The need is heard and mapped, and volunteers are thought of"),
    2: _("A talk with the person"),
    3: _("What is wished for is settled"),
    4: _("The network is in place"),
    5: _("Talks with the person and the network contact"),
}


def step_days(number: int, *, on: dt.date) -> int:
    """Return how many opening days a step has."""
    return FIRST_DAYS.read(on) if number == FIRST else STEP_DAYS.read(on)


def talk_days(network: Network, *, on: dt.date) -> int:
    """Return how many opening days there are between talks: as chosen, else shorter with one who comes alone (R66)."""
    if network.talk_days:
        return network.talk_days
    alone = Member.objects.filter(network=network, kind=MemberKind.VOLUNTEER, left_at=None).exists()
    return TALK_ALONE.read(on) if alone else TALK.read(on)


def days_for(side: str, network: Network | None, *, on: dt.date) -> int:
    """Return the rhythm of a planned talk, in opening days."""
    return talk_days(network, on=on) if network else GUIDANCE.read(on)


def networks_visible_to(viewer: Viewer) -> QuerySet[Network]:
    """Return the networks of own owners, for those who handle requests."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return Network.objects.none()
    return Network.objects.filter(owner__in=visible_owners(viewer))


def list_for(viewer: Viewer, *, ended: bool = False, most: int = 100) -> list[Network]:
    """Return networks for a list, the one longest on its way first; initials only, so nobody's name is opened."""
    state = Q(state=NetworkState.ENDED)
    rows = networks_visible_to(viewer).filter(state if ended else ~state).select_related("person")
    planned = Talk.objects.filter(settled_at=None).order_by("due_on", "id")
    rows = rows.prefetch_related(
        Prefetch("steps", Step.objects.order_by("number")), Prefetch("talks", planned, to_attr="planned")
    )
    found: list[Network] = list(rows.order_by("made_at", "id")[:most])
    saw(*(n.person_id for n in found), how="listed")
    return found


def network_for(viewer: Viewer, network_id: uuid.UUID) -> Network:
    """Return one with what its page shows, opened and logged; NotYours when out of sight."""
    members = Member.objects.filter(left_at=None).select_related("activity__place", "organisation", "volunteer__person")
    found = (
        networks_visible_to(viewer)
        .filter(id=network_id)
        .select_related("person", "owner", "request__task_type", "consent", "held_for")
        .prefetch_related(
            Prefetch("steps", Step.objects.order_by("number")),
            Prefetch("members", members.order_by("made_at", "id"), to_attr="standing"),
            Prefetch("talks", Talk.objects.order_by("-due_on", "-id")),
        )
        .first()
    )
    if found is None:
        raise NotYours
    saw(found.person_id, *(m.volunteer.person_id for m in live_members(found) if m.volunteer))
    return found


def network_of(viewer: Viewer, person_id: uuid.UUID) -> Network | None:
    """Return the network around a person that has not ended, among own owners'."""
    rows = networks_visible_to(viewer).filter(person__in=everyone_of(person_id)).exclude(state=NetworkState.ENDED)
    return rows.order_by("-made_at").first()


def person_and_network(viewer: Viewer, person_id: uuid.UUID) -> tuple[uuid.UUID | None, bool]:
    """Return the network around a person, and whether one may be begun; in one statement, for the person's page."""
    rows = networks_visible_to(viewer).exclude(state=NetworkState.ENDED).order_by("-made_at")
    around_them = rows.filter(Q(person=OuterRef("id")) | Q(person__merged_into=OuterRef("id")))
    found = Person.objects.filter(id=person_id).annotate(network=Subquery(around_them.values("id")[:1]))
    row = found.values_list("network", "death_known_at", "do_not_contact").first()
    return (row[0], row[1] is None and not row[2]) if row else (None, False)


def current_step(network: Network) -> Step | None:
    """Return the step it stands at: the first that is not settled; None when there is none."""
    return next((s for s in network.steps.all() if s.settled_on is None), None)


def live_members(network: Network) -> list[Member]:
    """Return who is around the person, as `network_for` has read it."""
    found: list[Member] = network.__dict__["standing"]
    return found


def contact_of(network: Network) -> Member | None:
    """Return the network contact."""
    rows = Member.objects.filter(network=network, is_contact=True, left_at=None)
    return rows.select_related("volunteer__person").first()


def around(network_id: uuid.UUID) -> list[Member]:
    """Return who is around a person, for the sheet and the letter."""
    rows = Member.objects.filter(network=network_id, left_at=None)
    return list(rows.select_related("activity__place", "organisation", "volunteer__person").order_by("made_at", "id"))


def matched_volunteers(viewer: Viewer, network: Network) -> list[Volunteer]:
    """Return own volunteers who have agreed with the person, or have helped them, and are not in the network yet."""
    matches = Match.objects.filter(
        request__recipient=network.person_id, request__owner__in=visible_owners(viewer),
        state__in=[MatchState.AGREED, MatchState.DONE],
    )  # fmt: skip
    rows = Volunteer.objects.filter(id__in=matches.values("volunteer")).exclude(state=Volunteer.State.LEFT)
    there = [m.volunteer_id for m in live_members(network) if m.volunteer_id]
    found = list(rows.exclude(id__in=there).filter(person__death_known_at=None).select_related("person").order_by("id"))
    saw(*(v.person_id for v in found), how="listed")
    return found


def known_there(viewer: Viewer) -> list[Organisation]:
    """Return organisations that can stand around a person: all there are but one's own, by name."""
    rows = Organisation.objects.filter(owner__left_on=None).exclude(owner__in=viewer.owners)
    return list(rows.exclude(owner__kind=Owner.Kind.MUNICIPALITY).order_by("name", "id"))


def planned_talk(network: Network, side: str) -> Talk | None:
    """Return the talk that is planned with one side."""
    return Talk.objects.filter(network=network, side=side, settled_at=None).first()


def talk_for(viewer: Viewer, talk_id: uuid.UUID) -> Talk:
    """Return one talk, opened and logged; NotYours when it is not for one's own owners to hold."""
    related = ("network__person", "volunteer__person", "visit__request__recipient", "owner")
    row = Talk.objects.filter(id=talk_id).select_related(*related).first()
    if row is None or not may_talk(viewer, row):
        raise NotYours
    recipient = row.network.person if row.network else row.visit.request.recipient if row.visit else None
    saw(*(p for p in (recipient and recipient.id, row.volunteer and row.volunteer.person_id) if p))
    return row


def talks_on(owners: Collection[uuid.UUID], day: dt.date) -> list[Talk]:
    """Return the talks due on a day, for the sheet; not those of a network that rests."""
    rows = Talk.objects.filter(owner__in=owners, due_on=day, settled_at=None)
    rows = rows.exclude(network__state__in=[NetworkState.PAUSED, NetworkState.ENDED])
    return list(rows.select_related("network__person", "volunteer__person").order_by("side", "id"))


def talk_with(talk: Talk, contact: Member | None) -> tuple[str, str]:
    """Return name and number of the one a talk is with; empty when there is no network contact now."""
    if talk.side == With.VOLUNTEER:
        assert talk.volunteer
        return talk.volunteer.person.full_name, talk.volunteer.person.phone
    assert talk.network
    if talk.side == With.PERSON:
        return talk.network.person.full_name, talk.network.person.phone
    return (member_name(contact), member_phone(contact)) if contact else ("", "")


def member_name(member: Member) -> str:
    """Return what a member is called on pages here."""
    if member.activity:
        return member.activity.title
    if member.organisation:
        return member.organisation.name
    return member.volunteer.person.full_name if member.volunteer else member.name


def member_phone(member: Member) -> str:
    """Return the number a member is reached at."""
    if member.activity:
        return member.activity.meets_phone
    if member.organisation:
        return member.organisation.phone
    return member.volunteer.person.phone if member.volunteer else member.phone


def on_sheet(member: Member) -> dict[str, str]:
    """Return a member as it stands on the person's sheet: first name, what, when; a number for the contact only."""
    if member.activity:
        meets = (
            gettext("%(name)s meets you") % {"name": member.activity.meets_name} if member.activity.meets_name else ""
        )
        name, what, when = member.activity.title, meets, when_and_where(member.activity)
    elif member.organisation:
        name, what, when = member.organisation.name, member.what, member.when_words
    else:
        full = member.volunteer.person.given_name if member.volunteer else member.name
        name, what, when = full.split(" ")[0], member.what, member.when_words
    phone = spoken(member_phone(member)) if member.is_contact else ""
    return {"name": name, "what": what, "when": when, "phone": phone}


def _network_gone(network_id: uuid.UUID) -> bool:
    return Network.objects.filter(id=network_id, person__death_known_at__isnull=False).exists()


def _answered_gone(answered_id: uuid.UUID) -> bool:
    return Answered.objects.filter(id=answered_id, request__recipient__death_known_at__isnull=False).exists()


def _find(viewer: Viewer, network_id: uuid.UUID) -> tuple[str, str] | None:
    found = networks_visible_to(viewer).filter(id=network_id).first()
    return (gettext("Network"), reverse("network", args=[found.id])) if found else None


recipients.register_about("network", _network_gone)
recipients.register_about("answered", _answered_gone)
refs.register(refs.RefKind("network", _find))
