"""Notes, clusters and dots. The same note sent twice is one; nobody reads a note before its writer has shared it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from samtun.codesign.workshops.actions.holding import IsOver, NeedsWords, NotBegun, TooLong, changed
from samtun.codesign.workshops.enums import NoteVia, Side, WorkshopState
from samtun.codesign.workshops.models import Cluster, Dot, Group, Note, Participant, Question, Workshop
from samtun.codesign.workshops.rules import MOST_NOTES, MOST_TABLE_NOTES, MOST_WORDS, dots_for, is_open, leads
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


class EnoughNotes(Refused):
    """You have written very many notes. Take some away, or let another write."""


class NoDotsLeft(Refused):
    """You have put out all your dots. Take one back to put it somewhere else."""


class NotSharedYet(Refused):
    """That note is not on the cloth any more. Look at the page again."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it was written: `key` is made where it is written, `shared` as the page was then.

    Other words with the same key, as from a page that was gone back to, are another note.
    """

    key: uuid.UUID
    words: str
    shared: bool
    side: str = ""
    on: uuid.UUID | None = None


def write_note(
    *, participant: Participant, question: Question, written: Written, by: Viewer, at: dt.datetime,
    via: NoteVia = NoteVia.OWN,
) -> Note:  # fmt: skip
    """Write a note, once: sent again it is the one that is there. What was written before the end comes in after it."""
    words = written.words.strip()
    if not words:
        raise NeedsWords
    if len(words) > MOST_WORDS:
        raise TooLong
    workshop = _takes_notes(participant, at)
    if question.workshop_id != workshop.id:
        raise NotYours
    key = uuid.uuid5(written.key, words)
    with transaction.atomic():
        if before := Note.objects.filter(participant=participant, key=key).first():
            return before
        most = MOST_TABLE_NOTES if participant.is_table else MOST_NOTES
        if Note.objects.filter(participant=participant).count() >= most:
            raise EnoughNotes
        on = _said_yes_to(workshop, written.on)
        shared = at if written.shared or on else None
        facts = {
            "workshop": workshop, "question": on.question if on else question,
            "group_id": on.group_id if on else participant.group_id, "words": words, "via": via, "on": on,
            "side": Side(written.side).value, "made_at": at, "shared_at": shared,
        }  # fmt: skip
        made, fresh = Note.objects.get_or_create(participant=participant, key=key, defaults=facts)
        if fresh and made.shared_at is not None:
            changed(workshop, at_table=made.group_id)
    return made


def write_down(
    *, group: Group, question: Question, written: Written, by: Viewer, at: dt.datetime,
    scribe: Participant | None = None,
) -> Note:  # fmt: skip
    """Type in a note from paper, on the table's behalf: its scribe, its own telephone, or the one who leads the day."""
    table = Participant.objects.select_related("workshop", "group").get(group=group, is_table=True)
    if scribe is not None:
        if scribe.group_id != group.id or not (scribe.is_table or scribe.part == "scribe"):
            raise NotYours
    elif not leads(by, table.workshop.owner_id):
        raise NotYours
    return write_note(participant=table, question=question, written=written, via=NoteVia.PAPER, by=by, at=at)


def share(*, participant: Participant, by: Viewer, at: dt.datetime, note_id: uuid.UUID | None = None) -> int:
    """Share one's own note with the table, or all that are not shared yet; return how many."""
    workshop = _takes_notes(participant, at)
    with transaction.atomic():
        mine = Note.objects.filter(participant=participant, shared_at=None, taken_at=None)
        number = (mine.filter(id=note_id) if note_id else mine).update(shared_at=at, group=participant.group_id)
        if number:
            changed(workshop, at_table=participant.group_id)
    return number


def take_off(*, note: Note, by: Viewer, at: dt.datetime, participant: Participant | None = None) -> Note:
    """Take a note off: its writer takes back their own, the one who leads the day takes off any."""
    with transaction.atomic():
        found = Note.objects.select_for_update(of=("self",)).select_related("workshop").get(id=note.id)
        if participant is not None:
            _takes_notes(participant, at)
            if found.participant_id != participant.id:
                raise NotYours
        elif not leads(by, found.workshop.owner_id):
            raise NotYours
        if found.taken_at is None:
            found.taken_at = at
            found.save(update_fields=["taken_at"])
            changed(found.workshop, at_table=found.group_id)
            if participant is None:
                record("workshops.take_off", Ref("workshop", found.workshop_id), by=by, at=at)
    return found


def gather(
    *, note: Note, name: str, by: Viewer, at: dt.datetime, participant: Participant | None = None
) -> Cluster | None:
    """Put a note under a name, new or one that is on the cloth; no name takes it out again."""
    with transaction.atomic():
        found = Note.objects.select_for_update(of=("self",)).select_related("workshop").get(id=note.id)
        _may_arrange(found, by, participant, at)
        if found.shared_at is None or found.taken_at is not None or found.on_id is not None:
            raise NotSharedYet
        cluster = None
        if words := name.strip()[:80]:
            cluster, _fresh = Cluster.objects.get_or_create(
                group_id=found.group_id, question_id=found.question_id, name=words,
                defaults={"workshop": found.workshop, "made_at": at},
            )  # fmt: skip
        found.cluster = cluster
        found.save(update_fields=["cluster"])
        changed(found.workshop, at_table=found.group_id)
    return cluster


def put_dot(
    *, participant: Participant, by: Viewer, at: dt.datetime, note: Note | None = None, cluster: Cluster | None = None
) -> Dot:
    """Put a dot on a note or on a cluster: one each, and no more than there are."""
    workshop = _takes_notes(participant, at)
    thing = note or cluster
    if thing is None or thing.workshop_id != workshop.id:
        raise NotYours
    with transaction.atomic():
        Participant.objects.select_for_update(of=("self",)).get(id=participant.id)
        if note is not None and not Note.objects.filter(id=note.id, shared_at__isnull=False, taken_at=None).exists():
            raise NotSharedYet
        if before := Dot.objects.filter(participant=participant, note=note, cluster=cluster).first():
            return before
        out = Dot.objects.filter(participant=participant, question=thing.question_id)
        kind = Question.objects.values_list("kind", flat=True).get(id=thing.question_id)
        if out.exclude(note__taken_at__isnull=False).count() >= dots_for(workshop, kind):
            raise NoDotsLeft
        made = Dot.objects.create(
            workshop=workshop, question_id=thing.question_id, participant=participant, note=note, cluster=cluster
        )
        changed(workshop, at_table=thing.group_id)
    return made


def take_dot(
    *, participant: Participant, by: Viewer, at: dt.datetime, note: Note | None = None, cluster: Cluster | None = None
) -> int:
    """Take a dot back."""
    workshop = _takes_notes(participant, at)
    with transaction.atomic():
        number, _what = Dot.objects.filter(participant=participant, note=note, cluster=cluster).delete()
        if number:
            changed(workshop, at_table=participant.group_id)
    return number


def _takes_notes(participant: Participant, at: dt.datetime) -> Workshop:
    """Return the workshop as it stands; refuse before it has begun, and when its addresses are closed."""
    found = Workshop.objects.get(id=participant.workshop_id)
    if not is_open(found, at=at):
        raise IsOver
    if found.state == WorkshopState.PLANNED:
        raise NotBegun
    return found


def _said_yes_to(workshop: Workshop, key: uuid.UUID | None) -> Note | None:
    """Return the note that another says "yes, and …" to; what is said to such a one is said to the first."""
    if key is None:
        return None
    found = Note.objects.select_related("question", "on__question").filter(id=key, workshop=workshop).first()
    if found is None or found.shared_at is None or found.taken_at is not None:
        raise NotSharedYet
    return found.on or found


def _may_arrange(note: Note, by: Viewer, participant: Participant | None, at: dt.datetime) -> None:
    if participant is None:
        if not leads(by, note.workshop.owner_id):
            raise NotYours
        return
    _takes_notes(participant, at)
    if note.group_id != participant.group_id:
        raise NotYours
