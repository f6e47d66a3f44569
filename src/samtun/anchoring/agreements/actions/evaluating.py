"""Evaluations: each party's word, what recipients said, and what an organisation says openly of it."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.agreements.actions.settling import look_again
from samtun.anchoring.agreements.actions.stepping import (
    NeedsWords,
    Spoken,
    done,
    due,
    lock_live,
    need,
    own,
    said,
    tell,
)
from samtun.anchoring.agreements.enums import How, State
from samtun.anchoring.agreements.models import Agreement, Comment, Evaluation, Party, PartyWord
from samtun.anchoring.agreements.notices import EvaluationDue, WrittenDown
from samtun.anchoring.agreements.rules import answers_for, next_evaluation
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

AFTERNOON = dt.time(15)


class NotYetStanding(Refused):
    """The agreement does not stand yet. There is nothing to evaluate."""


class OneOfTwo(Refused):
    """Write what recipients said, or why nobody could be asked. One of the two."""


class IsDone(Refused):
    """This evaluation is done. It cannot be changed any more."""


class NotDone(Refused):
    """The evaluation is not done yet. Say it there first."""


def evaluate(*, agreement: Agreement, by: Viewer, at: dt.datetime) -> Evaluation:
    """Begin the evaluation, or return the one that goes on: any party may, also before it is due."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id, on_page=True)
        need(by.is_system or any(acts_for(by, party.owner_id) for party in parties))
        return begin(found, parties, by=by, at=at)


def begin(agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> Evaluation:
    """Write down that an evaluation goes on; it stands on each party's desk, and they are told."""
    if agreement.state != State.STANDS or agreement.evaluate_by is None:
        raise NotYetStanding
    made, fresh = Evaluation.objects.get_or_create(
        agreement=agreement, done_at=None, defaults={"due_on": agreement.evaluate_by, "began_at": at}
    )
    if fresh:
        when = max(at_wall(agreement.evaluate_by, AFTERNOON), at)
        for party in parties:
            due(party, "evaluation", when, about=agreement.name, at=at)
        asks = next((one for one in parties if one.owner_id == agreement.started_by_id), parties[0])
        due(asks, "recipients", when, about=agreement.name, at=at)
        record("agreements.evaluate", Ref("agreement", agreement.id), by=by, at=at)
        tell(agreement, EvaluationDue, to=parties, but=None, by=by, at=at)
    return made


def say_word(
    *, evaluation: Evaluation, party: Party, words: str, by: Viewer, at: dt.datetime, spoken: Spoken | None = None
) -> Evaluation:
    """Say how a party finds it; it may be written anew until all is in. The last word makes the evaluation done."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        agreement, parties, current = _ready(evaluation)
        mine = own(party, parties)
        if spoken is None:
            need(acts_for(by, mine.owner_id))
            name, how, on, noted = by.called, How.HERE, wall(at).date(), ""
        else:
            word = said(mine, parties, spoken, by=by, at=at)
            name, how, on, noted = word.by, word.how, word.on, word.noted_by
        PartyWord.objects.update_or_create(
            evaluation=current, party=mine,
            defaults={
                "words": words.strip()[:1200], "said_by": name, "how": how, "said_on": on, "noted_by": noted, "at": at,
            },
        )  # fmt: skip
        done(mine, "evaluation", by=by, at=at)
        record("agreements.say_word", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        if noted:
            tell(agreement, WrittenDown, to=[mine], but=None, by=by, at=at)
        finish(current, agreement, parties, by=by, at=at)
    return current


def note_recipients(
    *, evaluation: Evaluation, words: str, unheard_because: str, by: Viewer, at: dt.datetime
) -> Evaluation:
    """Write what those who receive say, or why none could be asked: without it no evaluation is done (R06)."""
    words, unheard_because = words.strip()[:1200], unheard_because.strip()[:400]
    if bool(words) == bool(unheard_because):
        raise OneOfTwo
    with transaction.atomic():
        agreement, parties, current = _ready(evaluation)
        need(any(acts_for(by, party.owner_id) for party in parties))
        current.recipients_said, current.unheard_because = words, unheard_because
        current.recipients_noted_by = f"{by.name or by.hat.label}, {by.hat.label}"[:200]
        current.save(update_fields=["recipients_said", "unheard_because", "recipients_noted_by"])
        for party in parties:
            done(party, "recipients", by=by, at=at)
        record("agreements.note_recipients", Ref("agreement", agreement.id), by=by, at=at)
        finish(current, agreement, parties, by=by, at=at)
    return current


def _ready(evaluation: Evaluation) -> tuple[Agreement, list[Party], Evaluation]:
    agreement, parties = lock_live(evaluation.agreement_id)
    current = Evaluation.objects.get(id=evaluation.id)
    if current.done_at is not None:
        raise IsDone
    return agreement, parties, current


def finish(evaluation: Evaluation, agreement: Agreement, parties: list[Party], *, by: Viewer, at: dt.datetime) -> bool:
    """See whether all is in; then the evaluation is done, and the next has its day (R05)."""
    spoken = set(PartyWord.objects.filter(evaluation=evaluation).values_list("party", flat=True))
    heard = evaluation.recipients_said or evaluation.unheard_because
    if not heard or any(party.id not in spoken for party in parties) or agreement.since is None:
        return False
    today = wall(at).date()
    evaluation.done_at = at
    evaluation.save(update_fields=["done_at"])
    agreement.evaluate_by = next_evaluation(agreement.since, today)
    agreement.save(update_fields=["evaluate_by"])
    record("agreements.evaluation_done", Ref("agreement", agreement.id), by=by, at=at)
    look_again(agreement, at=at)
    return True


def publish_comment(*, evaluation: Evaluation, owner: Owner, words: str, by: Viewer, at: dt.datetime) -> Comment:
    """Publish an organisation's own comment on an evaluation that is done; only itself can change it (R110)."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        need(answers_for(by, owner.id))
        current = Evaluation.objects.select_for_update(of=("self",)).get(id=evaluation.id)
        if not Party.objects.filter(agreement=current.agreement_id, owner=owner).exists():
            raise NotYours
        if current.done_at is None:
            raise NotDone
        made, _fresh = Comment.objects.update_or_create(
            evaluation=current, owner=owner,
            defaults={
                "words": words.strip()[:1200], "published_at": at, "published_by": by.called,
                "taken_down_at": None,
            },
        )  # fmt: skip
        record("agreements.publish_comment", Ref("agreement", current.agreement_id), by=by, at=at, party=owner.name)
    return made


def take_down_comment(*, comment: Comment, by: Viewer, at: dt.datetime) -> Comment:
    """Take one's own comment down."""
    with transaction.atomic():
        current = Comment.objects.select_for_update(of=("self",)).select_related("evaluation", "owner").get(
            id=comment.id
        )  # fmt: skip
        need(answers_for(by, current.owner_id))
        if current.taken_down_at is None:
            current.taken_down_at = at
            current.save(update_fields=["taken_down_at"])
            ref = Ref("agreement", current.evaluation.agreement_id)
            record("agreements.take_down_comment", ref, by=by, at=at, party=current.owner.name)
    return current
