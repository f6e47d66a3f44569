"""Verbs: a receipt by machine, thanks by a human (R67)."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush, queue
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.notices import Receipt
from samtun.operation.recognition.queries import NAMES_A_WEEK, someone_left, waits_for_thanks, week_of, whose_turn
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.rules import hosts, is_self
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.actions import note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import close_todos, open_todo, still_todos

RECEIPT_WAITS = dt.timedelta(days=8)


def send_receipt(*, match: Match, by: Viewer, at: dt.datetime) -> None:
    """Send the volunteer a receipt that what they did is noted: by machine, and it says so by being short."""
    with transaction.atomic():
        queue(
            notice=Receipt, ref_kind="receipt", ref_id=match.id, to=match.volunteer.person_id,
            owner=match.volunteer.host_id, by=by, at=at,
        )  # fmt: skip


def draw_names(*, owner: Owner, by: Viewer, at: dt.datetime) -> list[Thanks]:
    """See that this week has up to three names to thank, and that someone is reminded to ring them."""
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.THANK_VOLUNTEERS))):
        raise NotYours
    on = wall(at).date()
    with transaction.atomic():
        locked = Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if locked.left_on:
            return []
        have = Thanks.objects.filter(owner=locked, week_of=week_of(on)).count()
        people = whose_turn(locked.id, on=on, most=max(0, NAMES_A_WEEK - have))
        drawn = [Thanks.objects.create(person_id=p, owner=locked, week_of=week_of(on), for_words="") for p in people]
        if drawn:
            open_todo(
                ref=Ref("thanks", locked.id), reason="thank_three", about="", owner=locked.id, at=at,
                audience=Permission.THANK_VOLUNTEERS, due=opening_hours_of(locked.id).after_days(wall(at), 2),
            )  # fmt: skip
            record("recognition.draw", Ref("owner", locked.id), by=by, at=at, number=len(drawn))
    return drawn


def note_rung(*, thanks: Thanks, by: Viewer, at: dt.datetime) -> Thanks:
    """Note that someone has rung and said thank you."""
    if not (by.is_system or (thanks.owner_id in by.owners and by.may(Permission.THANK_VOLUNTEERS))):
        raise NotYours
    with transaction.atomic():
        if thanks.rung_at is None:
            thanks.rung_at, thanks.rung_by = at, by.name
            thanks.save(update_fields=["rung_at", "rung_by"])
            record("recognition.rung", Ref("person", thanks.person_id), by=by, at=at)
        if not someone_left(thanks.owner_id, thanks.week_of):
            close_todos(ref=Ref("thanks", thanks.owner_id), by=by, at=at)
    return thanks


def note_card(*, thanks: Thanks, by: Viewer, at: dt.datetime) -> Thanks:
    """Note that a card was made."""
    if not (by.is_system or (thanks.owner_id in by.owners and by.may(Permission.THANK_VOLUNTEERS))):
        raise NotYours
    with transaction.atomic():
        thanks.card_made_at = at
        thanks.save(update_fields=["card_made_at"])
        record("recognition.card", Ref("person", thanks.person_id), by=by, at=at)
        if not someone_left(thanks.owner_id, thanks.week_of):
            close_todos(ref=Ref("thanks", thanks.owner_id), by=by, at=at)
    return thanks


def ask_for_certificate(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Ask the host for a certificate of what one has done: a person there makes and signs it."""
    if not is_self(by, volunteer):
        raise NotYours
    with transaction.atomic():
        open_todo(
            ref=Ref("volunteer", volunteer.id), reason="certificate_wished", about=volunteer.person.initials,
            owner=volunteer.host_id, audience=Permission.MANAGE_VOLUNTEERS, at=at,
            due=opening_hours_of(volunteer.host_id).after_days(wall(at), 3),
        )  # fmt: skip
        record("recognition.certificate_wished", Ref("volunteer", volunteer.id), by=by, at=at)


def note_certificate(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Note that a certificate was made, to be signed by hand. No copy is kept."""
    if not hosts(by, volunteer):
        raise NotYours
    with transaction.atomic():
        close_todos(ref=Ref("volunteer", volunteer.id), by=by, at=at, reasons=("certificate_wished",))
        record("recognition.certificate", Ref("volunteer", volunteer.id), by=by, at=at)


def pass_on_words(*, person_id: uuid.UUID, owner_id: uuid.UUID, words: str, by: Viewer, at: dt.datetime) -> None:
    """Let the recipient's own words follow the thanks, when they have given leave; the newest stand."""
    with transaction.atomic():
        on = wall(at).date()
        thanks, _ = Thanks.objects.get_or_create(person_id=person_id, owner_id=owner_id, week_of=week_of(on))
        thanks.words = words[:300]
        thanks.save(update_fields=["words"])
        record("recognition.words", Ref("person", person_id), by=by, at=at)


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Take a dead person off the week's names; with nobody left to thank, nothing is due. Receipts stop, too."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    rows = Thanks.objects.filter(person__in=everyone, rung_at=None, card_made_at=None)
    either = Q(request__recipient__in=everyone) | Q(volunteer__person__in=everyone)
    lately = Match.objects.filter(either, state=MatchState.DONE, ended_at__gte=at - RECEIPT_WAITS).order_by("id")
    own = Volunteer.objects.filter(person__in=everyone).values_list("id", flat=True)
    with transaction.atomic():
        wished = still_todos(
            refs=[Ref("volunteer", key) for key in own], reasons=("certificate_wished",), by=by, at=at
        )  # fmt: skip
        note_stilled(passing.id, kind="todo", before={key: {} for key in wished})
        receipts = [Ref("receipt", key) for key in lately.values_list("id", flat=True)]
        note_stilled(passing.id, hushed=hush(about=receipts, at=at))
        for owner in sorted(set(rows.values_list("owner", flat=True))):
            if not waits_for_thanks(owner):
                closed = still_todos(refs=[Ref("thanks", owner)], by=by, at=at)
                note_stilled(passing.id, kind="todo", before={key: {} for key in closed})
