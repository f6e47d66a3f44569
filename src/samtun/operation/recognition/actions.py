"""Verbs: a receipt by machine, thanks by a human (R67)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.help_requests.models import Match
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.notices import Receipt
from samtun.operation.recognition.queries import NAMES_A_WEEK, week_of, whose_turn
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo


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
        left = Thanks.objects.filter(owner=thanks.owner_id, week_of=thanks.week_of, rung_at=None, card_made_at=None)
        if not left.exists():
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
        left = Thanks.objects.filter(owner=thanks.owner_id, week_of=thanks.week_of, rung_at=None, card_made_at=None)
        if not left.exists():
            close_todos(ref=Ref("thanks", thanks.owner_id), by=by, at=at)
    return thanks


def pass_on_words(*, person_id: uuid.UUID, owner_id: uuid.UUID, words: str, by: Viewer, at: dt.datetime) -> None:
    """Let the recipient's own words follow the thanks, when they have given leave; the newest stand."""
    with transaction.atomic():
        on = wall(at).date()
        thanks, _ = Thanks.objects.get_or_create(person_id=person_id, owner_id=owner_id, week_of=week_of(on))
        thanks.words = words[:300]
        thanks.save(update_fields=["words"])
        record("recognition.words", Ref("person", person_id), by=by, at=at)
