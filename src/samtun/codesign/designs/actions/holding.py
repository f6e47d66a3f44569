"""What every verb shares: the design locked, who acts for which party, a change written as a version and told."""

import datetime as dt
import uuid

from samtun.anchoring.forums.rules import acts_for, desk_of
from samtun.codesign.designs.enums import STANDING, DesignState
from samtun.codesign.designs.models import Design, Party, Version
from samtun.codesign.designs.notices import WasChanged
from samtun.codesign.designs.queries import can_log_in, content_of, joined
from samtun.codesign.designs.rules import ANSWERED_WITHIN, GOES_TO
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.notices import Notice
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.queries import opening_hours_of, speaks_for, who_answers_for
from samtun.work.todos.actions import close_todos, open_todo


class IsOver(Refused):
    """This has ended. What is written can be read, and something new can be begun."""


class WrittenMeanwhile(Refused):
    """Another has changed this while you wrote. Yours is kept here: look at what stands, and save again."""


class WriteWhy(Refused):
    """Write why: it has begun, and the others read what was changed and why."""


class NeedsWords(Refused):
    """Write a few words first."""


class TheyWriteThemselves(Refused):
    """Somebody there has a login and says this themselves. Ask them to."""


class NotThatWay(Refused):
    """It cannot go there from where it is now. Look at what stands."""


def lock(design_id: uuid.UUID, *, edition: int | None = None) -> Design:
    """Return a design that stands, locked; IsOver when it has ended, WrittenMeanwhile when another was first."""
    found = Design.objects.select_for_update(of=("self",)).select_related("owner").get(id=design_id)
    if found.state not in STANDING:
        raise IsOver
    if edition is not None and edition != found.edition:
        raise WrittenMeanwhile
    return found


def acting(design: Design, by: Viewer) -> Party:
    """Return the party the viewer acts for; NotYours when they act for none that takes part."""
    found = next((party for party in joined(design.id) if acts_for(by, party.owner_id) and not by.is_system), None)
    if found is None:
        raise NotYours
    return found


def said_by(party: Party, design: Design, by: Viewer, *, noted: str, at: dt.datetime) -> str:
    """Return who said something for a party, when another wrote it down; empty when the party writes itself.

    Another party writes down what somebody without a login says; TheyWriteThemselves where there is a login.
    """
    if acts_for(by, party.owner_id) and not by.is_system:
        return ""
    acting(design, by)
    if can_log_in(party.owner_id, on=wall(at).date()):
        raise TheyWriteThemselves
    if not noted.strip():
        raise NeedsWords
    return noted.strip()[:160]


def written(design: Design, part: str, *, why: str, by: Viewer, at: dt.datetime) -> Version | None:
    """Note that a design was changed: a new edition, and once it has begun a version with why, told to the others."""
    design.edition += 1
    design.save(update_fields=["edition"])
    if design.started_at is None:
        return None
    if not why.strip():
        raise WriteWhy
    last = Version.objects.filter(design=design).order_by("-number").first()
    made = Version.objects.create(
        design=design, number=last.number + 1 if last else 1, at=at, by_words=by.called, what=part,
        why=why.strip()[:1000], content=content_of(design),
    )  # fmt: skip
    record("designs.version", Ref("design", design.id), by=by, at=at, number=made.number)
    tell_others(design, WasChanged, Ref("design_version", made.id), by=by, at=at)
    return made


def tell_others(design: Design, notice: type[Notice], ref: Ref, *, by: Viewer, at: dt.datetime) -> int:
    """Tell who answers for each of the other parties, each on their own channel; return how many."""
    others = [party.owner for party in joined(design.id) if party.owner_id not in by.owners or by.is_system]
    return sum(tell(owner, notice, ref, by=by, at=at) for owner in others)


def tell(owner: Owner, notice: type[Notice], ref: Ref, *, by: Viewer, at: dt.datetime) -> int:
    """Tell who answers for one party."""
    people = who_answers_for(owner.id, on=wall(at).date())
    for person in people:
        queue(notice=notice, ref_kind=ref.kind, ref_id=ref.id, to=person, owner=speaks_for(owner), by=by, at=at)
    return len(people)


def go_to(design: Design, state: DesignState) -> None:
    """Set where a design is; NotThatWay when it does not follow."""
    if state not in GOES_TO[DesignState(design.state)]:
        raise NotThatWay
    design.state = state


def due_for_party(
    party: Party, design: Design, reason: str, *, at: dt.datetime, due: dt.datetime | None = None
) -> None:
    """Put something on a party's desk, to be answered within its own opening days."""
    when = due or opening_hours_of(party.owner_id).after_days(wall(at), ANSWERED_WITHIN)
    open_todo(
        ref=Ref("design_party", party.id), reason=reason, about=design.title, due=when, owner=party.owner_id,
        audience=desk_of(party.owner), at=at,
    )  # fmt: skip


def not_due(design: Design, *, by: Viewer, at: dt.datetime, reasons: tuple[str, ...] = ()) -> None:
    """Take what is due about a design off every party's desk, all or by reason."""
    for key in Party.objects.filter(design=design).values_list("id", flat=True):
        close_todos(ref=Ref("design_party", key), by=by, at=at, reasons=reasons)
