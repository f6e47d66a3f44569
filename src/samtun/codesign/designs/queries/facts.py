"""The facts behind the sentences: who took part, who decided, and who does nearly the same."""

from django.db.models import Q

from samtun.anchoring.agreements.queries import in_writing
from samtun.anchoring.forums.queries import ForumSaid, said_about
from samtun.anchoring.responsibilities.models import Clearance
from samtun.codesign.designs.enums import Behalf, ChangeKind, ChangeState, Legal, LegalState
from samtun.codesign.designs.models import (
    Approval,
    Change,
    Design,
    DividedTask,
    LegalPoint,
    TablePlace,
    TaskPart,
    Version,
)
from samtun.codesign.designs.queries.designs import designs_on, joined, tasks_of
from samtun.codesign.designs.rules import Begun, Facts
from samtun.foundation import sight
from samtun.foundation.models import Owner
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Organisation


def decided_by_forums(design: Design) -> list[ForumSaid]:
    """Return what forums have been asked about it, and what they said, newest first."""
    return said_about(sight.uppers(Ref("design", design.id), "forum_item"))


def lacks_writing(design: Design, also: Owner | None = None) -> list[str]:
    """Return the businesses it cannot run with yet: no agreement on one page that it rests on stands with them (R10).

    `also` is one that is about to be a party. A business that is alone needs no agreement with itself.
    """
    owners = [party.owner for party in joined(design.id)] + ([also] if also else [])
    businesses = [owner for owner in owners if owner.kind == Owner.Kind.BUSINESS]
    if not businesses or len(owners) < 2:
        return []
    written = in_writing(sight.uppers(Ref("design", design.id), "agreement"))
    return [owner.name for owner in businesses if owner.id not in written]


def facts_of(design: Design) -> Facts:
    """Return what the sentences are made of. Who decided is who said yes to the first trial, in a row of their own."""
    places = list(TablePlace.objects.filter(design=design).select_related("owner"))
    first = Change.objects.filter(design=design, kind=ChangeKind.TRIAL, state=ChangeState.MADE).order_by("settled_at")
    yes = Approval.objects.filter(change=first.first(), yes=True).select_related("owner").order_by("at", "id")
    decided = [row.owner.name for row in yes] if design.started_at else []
    bodies = {p.owner.name for p in places if p.owner and p.way == "at_table"}
    beside = {p.owner.name for p in places if p.owner and p.way != "at_table"}
    beside |= set(TaskPart.objects.filter(task__design=design).values_list("owner__name", flat=True))
    versions = Version.objects.filter(design=design, number__gt=1).count()
    heard = Change.objects.filter(design=design, state=ChangeState.MADE, version__isnull=False).exclude(ref_kind="")
    forums = [said.came.forum for said in decided_by_forums(design) if said.came.state == "decided"]
    return Facts(
        recipients=[p.way for p in places if p.behalf == Behalf.RECIPIENTS], has_plan=bool(design.hearing_plan),
        at_table=sorted(bodies), decided=decided, asked=sorted(beside - set(decided)),
        draws=[party.owner.name for party in joined(design.id)], forum=forums[0] if forums else "", changed=versions,
        listened=heard.count(),
    )  # fmt: skip


def begun_of(design: Design) -> Begun:
    """Return what tells how far the first steps have come."""
    took_part = TablePlace.objects.filter(design=design).exclude(behalf=Behalf.PARTY).count()
    legal = dict.fromkeys(Legal.values, str(LegalState.OPEN))
    legal |= dict(LegalPoint.objects.filter(design=design).values_list("point", "state"))
    said = decided_by_forums(design)
    return Begun(
        took_part=took_part + len(joined(design.id)), whose_need=design.whose_need, nearly=design.nearly,
        tasks={t.words: [p.does for p in t.parts.all()] for t in tasks_of(design)}, legal=legal,
        was_decided=any(s.came.state == "decided" for s in said), before_forum=bool(said),
    )  # fmt: skip


def nearly_the_same(design: Design) -> list[tuple[str, list[str]]]:
    """Return who is known to do something like it already: (title or kind of help's key, names), R98.

    Other designs with the same kinds of help, and bodies with volunteers that have said yes to such help. Only that
    they do is told: who said so, and every no, is theirs.
    """
    kinds = DividedTask.objects.filter(design=design, task_type__isnull=False).values_list("task_type", flat=True)
    own = [party.owner_id for party in joined(design.id)]
    found: dict[str, list[str]] = {}
    for kind in sorted(set(kinds)):
        for other in designs_on(kind):
            if other.id != design.id:
                found[f"design:{other.title}"] = [party.owner.name for party in joined(other.id)]
    hosts = Organisation.objects.filter(hosts_volunteers=True, owner__left_on=None).values("owner")
    rows = Clearance.objects.filter(task_type__in=set(kinds), cleared=True, owner__in=hosts)
    others = rows.exclude(Q(owner__in=own) | Q(owner__kind=Owner.Kind.MUNICIPALITY))
    for key, name in others.order_by("task_type__key", "owner__name").values_list("task_type__key", "owner__name"):
        found.setdefault(f"kind:{key}", []).append(name)
    return list(found.items())
