"""What stands around one wish, read in two statements: its page has few to spend."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.db.models.lookups import Exact, IsNull
from django.urls import reverse

from samtun.anchoring.responsibilities.models import Clearance
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import YOUNG_ONLY, is_near, packed, regular, unpacked
from samtun.operation.callouts.models import Friend, FriendsList
from samtun.operation.help_requests.enums import SEEKING
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.models import Answered, HomeVisit, Network
from samtun.operation.networks.queries.visits import BEFORE_ANYONE
from samtun.operation.networks.rules import COMPANY, FITS
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.queries import shown_address

MOST, MOST_READ = 12, 60


@dataclass(frozen=True, slots=True)
class AroundWish:
    """A visit, the answer and the network, when there are any; and what to think of before one volunteer."""

    request: HelpRequest
    handles: bool = False
    visit: dict[str, Any] | None = None
    answered: tuple[Activity, bool] | None = None
    network: uuid.UUID | None = None
    lines: list[Activity] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)

    @property
    def holds_back(self) -> bool:
        """Whether a visit is planned that nobody has written about."""
        return self.visit is not None and not self.visit["done"]

    @property
    def plans(self) -> bool:
        """Whether a visit may be planned."""
        return self.visit is None and self.request.state in BEFORE_ANYONE


def around_wish(viewer: Viewer, request_id: uuid.UUID, *, today: dt.date) -> AroundWish | None:
    """Return what stands around a wish, for those who handle it or say whose task it is; None for others."""
    assesses, handler = viewer.may(Permission.ASSESS_REQUESTS), viewer.may(Permission.HANDLE_REQUESTS)
    if not (assesses or handler):
        return None
    rows = HelpRequest.objects.filter(id=request_id).select_related("task_type", "recipient__village")
    found = rows.annotate(**_annotations(viewer, today)).first()
    if found is None:
        return None
    said, handles = found.__dict__, handler and found.owner_id in viewer.owners
    if not handles:
        return AroundWish(found, visit=said["visit"]) if assesses else None
    seeks = found.state in SEEKING
    answered = said["answered"]
    return AroundWish(
        found, handles=True, visit=said["visit"], network=said["network"],
        answered=_answer(answered) if answered else None,
        lines=_lines(viewer, found, said["lines"]) if seeks and not answered else [],
        groups=_groups(said, several=not found.task_type.one_to_one) if seeks else [],
    )  # fmt: skip


def _annotations(viewer: Viewer, today: dt.date) -> dict[str, Any]:
    wish = OuterRef("id")
    visits = HomeVisit.objects.filter(request=wish, cancelled_at=None).order_by("-on", "-id")
    yes = Clearance.objects.filter(task_type=OuterRef(OuterRef("task_type")), owner=OuterRef("owner"), cleared=True)
    bodies = Organisation.objects.filter(Exists(yes), owner__left_on=None).exclude(owner__in=viewer.owners)
    bodies = bodies.exclude(owner__kind=Owner.Kind.MUNICIPALITY).order_by("name", "id")
    lists = FriendsList.objects.filter(Exists(Friend.objects.filter(friends_list=OuterRef("id"))))
    mine = {"owner__in": viewer.owners}
    own_lists = lists.filter(**mine).order_by("name", "id")
    chosen = JSONObject(company="with_company", activity="activity_id")
    answers = Answered.objects.filter(request=wish).values(x=chosen)
    return {
        "visit": Subquery(visits.values(x=JSONObject(id="id", on="on", who="who", done=F("done_at")))[:1]),
        "answered": Subquery(answers[:1]),
        "network": Subquery(Network.objects.filter(request=wish).order_by("-made_at").values("id")[:1]),
        "bodies": ArraySubquery(bodies.values(x=JSONObject(name="name", phone="phone"))),
        "lines": _fits(viewer, today),
        "lists": ArraySubquery(own_lists.values(x=JSONObject(name="name", id="id"))),
    }


def _answer(chosen: dict[str, Any]) -> tuple[Activity, bool]:
    return Activity.objects.select_related("place").get(id=chosen["activity"]), chosen["company"]


def _fits(viewer: Viewer, today: dt.date) -> ArraySubquery:
    """Return what goes on and may be the answer to the wish, the nearest first. The order tells no hidden address."""
    fits = Q(IsNull(OuterRef("task_type"), rhs=True), category__in=COMPANY)
    for kind, categories in FITS.items():
        fits |= Q(Exact(OuterRef("task_type__task_class"), Value(kind)), category__in=categories)
    near = Q(village=OuterRef("village")) | Q(place__village=OuterRef("village"))
    near &= Q(Exact(OuterRef("recipient__address_protected"), Value(value=False)))
    rows = regular(viewer, on=today).filter(fits).exclude(YOUNG_ONLY)
    rows = rows.annotate(away=Case(When(near, then=Value(0)), default=Value(1)))
    return packed(rows.order_by("away", "weekdays", "at", "id")[:MOST_READ])


def _lines(viewer: Viewer, request: HelpRequest, facts: list[dict[str, Any]]) -> list[Activity]:
    """Return what fits, in the same place first, then on the same weekday; a hidden place is not told by the order."""
    village = request.village_id if shown_address(viewer, request.recipient) else None
    day = request.on.weekday()
    found = [unpacked(one) for one in facts]
    return sorted(found, key=lambda one: (not is_near(one, village), day not in one.weekdays))[:MOST]


def _groups(said: dict[str, Any], *, several: bool) -> list[dict[str, Any]]:
    """Return organisations that have said yes to this kind; own friends' lists where several may come."""
    found = [one | {"url": ""} for one in said["bodies"]]
    return found + [
        {"name": one["name"], "phone": "", "url": reverse("call_out_new", args=[one["id"]])}
        for one in said["lists"]
        if several
    ]
