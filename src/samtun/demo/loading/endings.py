"""How a story goes on: volunteers answer, a name is put, it is done, and somebody hears how it went."""

import datetime as dt
import uuid

from samtun.demo.actions import write_back
from samtun.demo.loading.stories import Step, Teller
from samtun.demo.valley.words import Ends
from samtun.evaluation.surveys.actions import answer_went_well
from samtun.evaluation.surveys.models import Answer
from samtun.evaluation.surveys.queries import match_of
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.notifications.messages.actions import answer, mark_called
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.enums import LIVE_MATCH, SEEKING, AskState, MatchState
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.queries import ends_at
from samtun.people.persons.models import Person

NEVER_AGREED = {Ends.ASKED, Ends.NO_ANSWER, Ends.CANNOT_HELP, Ends.READY}
HAPPENED = {Ends.DONE, Ends.THANKED, Ends.RING_ME}
RANG_OFF = {"nb": "Ringte selv: været slo om", "nn": "Ringde sjølv: vêret slo om"}
SAID = {"yes": "JA", "no": "NEI", "ring_me": "RING MEG"}
MOST_TRIES, RUNG_AFTER = 6, 2
"""How often somebody looks whether a message has come, about an hour between; and when they ring instead."""


class Tale(Teller):
    """A story from beginning to end."""

    def after_asking(self, at: dt.datetime) -> None:
        """Those who cannot say so first; then the helper says yes."""
        for key in self.story.said_no:
            self.then(at, 20, 70, self._volunteer_says(key, "no"))
        if self.story.helper and self.story.ends not in NEVER_AGREED:
            self.then(at, 75, 120, self._volunteer_says(self.story.helper, "yes"))
        elif self.story.ends is Ends.CANNOT_HELP:
            self.then(at, 24 * 60, 25 * 60, self._give_up)

    def _volunteer_says(self, key: str, said: str, tries: int = 0) -> Step:
        def step(request: HelpRequest, at: dt.datetime) -> None:
            person = self.made.persons[key]
            unanswered = [AskState.SENT, AskState.SILENT]
            ask = Ask.objects.filter(request=request, volunteer__person=person, state__in=unanswered).first()
            if ask is None:
                return
            if not self._reply("ask", ask.id, person, said, at, rung=tries >= RUNG_AFTER):
                if tries < MOST_TRIES:
                    self.then(at, 60, 90, self._volunteer_says(key, said, tries + 1))
            elif said == "yes":
                self.then(at, 8, 25, self._pick)

        return step

    def _reply(
        self, kind: str, ref: uuid.UUID, person: Person, said: str, at: dt.datetime, *, rung: bool = False
    ) -> bool:
        """Answer the way the person was reached; False when they have not been reached yet.

        Over holidays texts wait for days: then somebody has `rung` instead, as one does.
        """
        rows = Message.objects.filter(question__kind=kind, ref_id=ref, to_person=person.id)
        message = rows.select_related("question").order_by("-made_at").first()
        if message is None or message.question is None:
            return False
        by = self.made.viewer(self.by)
        reached = message.not_before <= at
        if reached and message.channel == Message.Channel.CALL and message.state == Message.State.PENDING:
            mark_called(message=message, outcome=said, by=by, at=at)
        elif message.channel == Message.Channel.SMS and message.sent_at:
            write_back(number=person.phone, text=f"{SAID[said]} {message.question.code}", at=at)
        elif rung or (reached and message.channel != Message.Channel.SMS):
            answer(question=message.question, answer=said, via="call", by=by, at=at)
        else:
            return False
        return True

    def _pick(self, request: HelpRequest, at: dt.datetime) -> None:
        """Choose where the coordinator picks; elsewhere the first yes has settled it."""
        if request.state in SEEKING:
            ask = Ask.objects.filter(request=request, state=AskState.YES).first()
            if ask is None:
                return
            actions.pick(request=request, ask=ask, by=self.made.viewer(self.by), at=at)
        if self.story.ends is not Ends.AWAITS_RECIPIENT:
            self.then(at, 25, 80, self._recipient_says())

    def _recipient_says(self, tries: int = 0) -> Step:
        def step(request: HelpRequest, at: dt.datetime) -> None:
            match = Match.objects.filter(request=request, state__in=LIVE_MATCH).first()
            if match is None:
                return
            proposed = match.state == MatchState.PROPOSED
            if proposed and not self._reply(
                "proposal", match.id, request.recipient, "yes", at, rung=tries >= RUNG_AFTER
            ):
                if tries < MOST_TRIES:
                    self.then(at, 60, 90, self._recipient_says(tries + 1))
                return
            self._after_agreeing(request, at)

        return step

    def _after_agreeing(self, request: HelpRequest, at: dt.datetime) -> None:
        if self.story.ends is Ends.CANCELLED:
            self.then(at, 60, 180, self._cancel)
        elif self.story.ends in HAPPENED:
            over = int((ends_at(request) - at).total_seconds() / 60)
            self.then(at, over + 5, over + 40, self._say_done)

    def _cancel(self, request: HelpRequest, at: dt.datetime) -> None:
        actions.cancel(request=request, reason=RANG_OFF[self.lang], by=self.made.viewer(self.by), at=at)

    def _give_up(self, request: HelpRequest, at: dt.datetime) -> None:
        if request.state in SEEKING:
            answered = self.story.answer
            reason = (answered.nn if self.lang == "nn" else answered.nb) if answered else ""
            actions.close_unmet(request=request, reason=reason[:200], by=self.made.viewer(self.by), at=at)

    # --- afterwards
    def _say_done(self, request: HelpRequest, at: dt.datetime) -> None:
        """Most say so by the link; the others are counted by the clock, which the job of the agreement sees to."""
        match = Match.objects.select_related("request", "volunteer").filter(request=request, state="agreed").first()
        if match is None:
            return
        if self.dice.random() < 0.7:
            minutes = max(15, request.minutes + self.dice.choice((-15, 0, 0, 5, 10, 20)))
            actions.mark_done(match=match, minutes=minutes, via="link", by=self._as(match.volunteer.person_id), at=at)
        self.then(at, 190, 260, self._went_well())

    def _as(self, person: uuid.UUID) -> Viewer:
        """Return a person acting by a link in a text."""
        found = next(p for p in self.made.persons.values() if p.id == person)
        hat = Hat(key="link", role=Role.RESIDENT, permissions=frozenset({Permission.OWN_PAGE}))
        return Viewer(tenant=self.made.tenant, hat=hat, person=found.id, name=found.full_name, via="link")

    def _went_well(self, tries: int = 0) -> Step:
        def step(request: HelpRequest, at: dt.datetime) -> None:
            match = Match.objects.filter(request=request, state=MatchState.DONE).first()
            if match is None:
                return
            said = "ring_me" if self.story.ends is Ends.RING_ME else "yes"
            waits = not Message.objects.filter(question__kind="went_well", ref_id=match.id, not_before__lte=at).exists()
            if not waits and self.story.thanks:
                self._words(match, at)
                return
            answered = not waits and self._reply("went_well", match.id, request.recipient, said, at)
            if not answered and tries < MOST_TRIES * 4:
                self.then(at, 60, 240, self._went_well(tries + 1))

        return step

    def _words(self, match: Match, at: dt.datetime) -> None:
        """The recipient's own words, with leave to tell them."""
        found = match_of(match.id)
        person = found.request.recipient
        by_call = person.phone_kind == Person.Reached.LANDLINE
        answer_went_well(
            match=found, value=Answer.Value.YES, via="call" if by_call else "link", words=self.story.thanks or "",
            may_tell=True, by=self.made.viewer(self.by) if by_call else self._as(person.id), at=at,
        )  # fmt: skip
