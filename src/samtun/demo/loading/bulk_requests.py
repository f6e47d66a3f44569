"""Rows of requests, unsaved, as they would stand after their stories."""

import datetime as dt
from collections.abc import Iterator

from django.db import models

from samtun.demo.loading.bulk_rows import Rows
from samtun.demo.valley.words import Ends, Story
from samtun.foundation.viewer import Permission
from samtun.kernel.clock import at_wall
from samtun.operation.help_requests.enums import AskState, MatchState, Outcome, RequestState, Source
from samtun.operation.help_requests.models import Ask, Assessment, HelpRequest, Match
from samtun.operation.volunteers.models import Contribution
from samtun.work.todos.models import Todo

STATES = {
    Ends.READY: RequestState.LOOKING, Ends.AGREED: RequestState.AGREED, Ends.DONE: RequestState.DONE,
    Ends.AWAITS_ASSESSMENT: RequestState.NEW,
}  # fmt: skip
WAITS = {
    RequestState.LOOKING: ("find_someone", Permission.HANDLE_REQUESTS),
    RequestState.NEW: ("whose_task", Permission.ASSESS_REQUESTS),
}


def request_rows(rows: Rows) -> Iterator[list[models.Model]]:
    """Yield the requests with what belongs to each; endings that are not in `STATES` stand as looking."""
    told = [(story, _request(rows, story)) for story in rows.valley.stories]
    yield [request for _story, request in told]
    yield [
        Assessment(
            request=request, outcome=Outcome.VOLUNTEER, reason="Avklart på førehand", by_words=request.handled_by,
            cleared_beforehand=True, made_at=request.made_at,
        )
        for _story, request in told
        if request.state != RequestState.NEW
    ]  # fmt: skip
    helped = [(s, r) for s, r in told if s.helper and r.state in {RequestState.AGREED, RequestState.DONE}]
    asks = [_ask(rows, story, request) for story, request in helped]
    yield list(asks)
    matches = [_match(ask) for ask in asks]
    yield list(matches)
    yield [_contribution(match) for match in matches if match.state == MatchState.DONE]
    yield [_todo(rows, request) for _story, request in told if request.state in WAITS]


def _request(rows: Rows, story: Story) -> HelpRequest:
    recipient, kind = rows.persons[story.recipient], rows.types[story.task_type]
    state = STATES.get(story.ends, RequestState.LOOKING)
    done = state == RequestState.DONE
    return HelpRequest(
        owner=rows.centre, recipient=recipient, source=Source.CALL, task_type=kind, words=story.words, on=story.day,
        at=None if story.start is None else dt.time(story.start // 60, story.start % 60), minutes=story.minutes,
        village=recipient.village, state=state, asking=kind.asking, made_at=at_wall(story.told_on, dt.time(10)),
        closed_at=at_wall(story.day, dt.time(20)) if done else None,
    )  # fmt: skip


def _ask(rows: Rows, story: Story, request: HelpRequest) -> Ask:
    assert story.helper is not None
    return Ask(
        request=request, volunteer=rows.volunteers[story.helper], state=AskState.YES, asked_at=request.made_at,
        answered_at=request.made_at, via="sms", answer_by=request.made_at + dt.timedelta(days=1),
    )  # fmt: skip


def _match(ask: Ask) -> Match:
    request = ask.request
    done = request.state == RequestState.DONE
    return Match(
        request=request, volunteer=ask.volunteer, ask=ask, state=MatchState.DONE if done else MatchState.AGREED,
        proposed_at=request.made_at, agreed_at=request.made_at, ended_at=request.closed_at,
        minutes=request.minutes if done else None, done_via="time" if done else "",
    )  # fmt: skip


def _contribution(match: Match) -> Contribution:
    return Contribution(
        person=match.volunteer.person, owner=match.volunteer.host, kind=match.request.task_type.key, ref_kind="match",
        ref_id=match.id, on=match.request.on, minutes=match.request.minutes,
    )  # fmt: skip


def _todo(rows: Rows, request: HelpRequest) -> Todo:
    reason, audience = WAITS[RequestState(request.state)]
    return Todo(
        ref_kind="help_request", ref_id=request.id, reason=reason, about=request.recipient.initials,
        due=request.made_at + dt.timedelta(days=1), owner=rows.centre, audience=audience, made_at=request.made_at,
    )  # fmt: skip
