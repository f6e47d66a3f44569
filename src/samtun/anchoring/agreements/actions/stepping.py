"""What the verbs share: an agreement locked, on whose behalf somebody acts, and what is told and due."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from samtun.anchoring.agreements.enums import LIVE, OPEN, Form, How
from samtun.anchoring.agreements.models import Agreement, Answer, Party, Version
from samtun.anchoring.agreements.queries import contacts_of, parties_of, reach
from samtun.anchoring.agreements.rules import ANSWER_WITHIN, answers_for, notes_for, standing
from samtun.anchoring.forums.rules import desk_of
from samtun.foundation.notices import Notice
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.queries import opening_hours_of, speaks_for
from samtun.work.todos.actions import close_todos, open_todo


class NeedsWords(Refused):
    """Write it in a few words first."""


class IsOver(Refused):
    """This agreement is over. Start a new one if you go on together."""


class OnlyNoted(Refused):
    """This agreement is only noted. Write it on one page first."""


class SaidByWhom(Refused):
    """Write who said it, on the telephone or on paper."""


class DayToCome(Refused):
    """That day has not come yet. Write the day when it was said."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What another party said by telephone or on paper, and somebody writes down: who said it, and when."""

    by: str
    how: How
    on: dt.date


@dataclass(frozen=True, slots=True)
class Said:
    """Who said something, how it came in, and who wrote it down when another did."""

    by: str
    how: How
    on: dt.date
    noted_by: str = ""


def lock(agreement_id: uuid.UUID) -> Agreement:
    """Return an agreement locked: what the parties do with it, they do one at a time."""
    return Agreement.objects.select_for_update(of=("self",)).select_related("started_by").get(id=agreement_id)


def lock_live(agreement_id: uuid.UUID, *, on_page: bool = False) -> tuple[Agreement, list[Party]]:
    """Return an agreement that is not over, locked, with the parties that have not left."""
    found = lock(agreement_id)
    if found.state not in LIVE:
        raise IsOver
    if on_page and found.form != Form.ONE_PAGE:
        raise OnlyNoted
    return found, standing(parties_of(found))


def need(holds: bool) -> None:
    """Refuse as out of sight."""
    if not holds:
        raise NotYours


def own(party: Party, parties: Collection[Party]) -> Party:
    """Return the party as it stands now; NotYours when it is not among them."""
    found = next((one for one in parties if one.id == party.id), None)
    if found is None:
        raise NotYours
    return found


def said(party: Party, parties: Collection[Party], spoken: Spoken | None, *, by: Viewer, at: dt.datetime) -> Said:
    """Return who says something for a party: who answers for it; or a party's desk writes down what was said (R104)."""
    today = wall(at).date()
    if spoken is None:
        need(answers_for(by, party.owner_id))
        return Said(by.called, How.HERE, today)
    need(notes_for(by, parties))
    if not spoken.by.strip():
        raise SaidByWhom
    if spoken.on > today:
        raise DayToCome
    noted = f"{by.called}, {by.hat.label}" if by.hat.label and by.hat.label != by.called else by.called
    return Said(spoken.by.strip()[:160], spoken.how, spoken.on, noted[:200])


def tell(
    agreement: Agreement, notice: type[Notice], *, to: Collection[Party], but: Party | None, by: Viewer, at: dt.datetime
) -> None:
    """Tell parties on the channel of whom each names; not the one who acts, nor their own party."""
    for party in to:
        person = reach(party, on=wall(at).date())
        if person and person != by.person and (but is None or party.id != but.id):
            queue(
                notice=notice, ref_kind="agreement", ref_id=agreement.id, to=person,
                owner=speaks_for(agreement.started_by), by=by, at=at,
            )  # fmt: skip


def due(party: Party, reason: str, when: dt.datetime, *, about: str, at: dt.datetime) -> None:
    """Put something on a party's desk."""
    if party.owner.left_on is None:
        open_todo(
            ref=Ref("agreement_party", party.id), reason=reason, about=about[:120], due=when, owner=party.owner_id,
            audience=desk_of(party.owner), at=at,
        )  # fmt: skip


def done(party: Party, *reasons: str, by: Viewer, at: dt.datetime) -> None:
    """Take something off a party's desk; all of it when no reason is given."""
    close_todos(ref=Ref("agreement_party", party.id), by=by, at=at, reasons=reasons)


def sync_answers(agreement: Agreement, parties: Collection[Party], *, by: Viewer, at: dt.datetime) -> None:
    """See that each party's desk says so when something waits for its answer, and not otherwise."""
    waiting = Version.objects.filter(agreement=agreement, state__in=OPEN).values_list("id", flat=True)
    answered = set(Answer.objects.filter(version__in=waiting).values_list("version", "party"))
    for party in parties:
        if any((version, party.id) not in answered for version in waiting):
            when = opening_hours_of(party.owner_id).after_days(wall(at), ANSWER_WITHIN)
            due(party, "answer", when, about=agreement.name, at=at)
        else:
            done(party, "answer", by=by, at=at)


def sync_contacts(agreement: Agreement, parties: Collection[Party], *, by: Viewer, at: dt.datetime) -> None:
    """See that the desk of a party without anybody to talk with says so (R13); one only noted when somebody is gone."""
    contacts = contacts_of(parties, on=wall(at).date())
    for party in parties:
        named = party.contact_id is not None or agreement.form == Form.ONE_PAGE
        lost = party.deputy_id is not None and contacts[party.id].deputy is None
        if (named and contacts[party.id].contact is None) or lost:
            when = opening_hours_of(party.owner_id).after_days(wall(at), ANSWER_WITHIN)
            due(party, "contact", when, about=agreement.name, at=at)
        else:
            done(party, "contact", by=by, at=at)
