"""How a story begins: told, settled whose task it is, asked. What follows stands in `endings`."""

import datetime as dt
import uuid
from collections.abc import Callable

from samtun.anchoring.responsibilities.queries import cleared_for
from samtun.anchoring.responsibilities.rules import within_limits
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.calendar_days import working_day
from samtun.demo.valley.words import Ends, Person, Story
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.entering import CameFrom, Wish
from samtun.operation.help_requests.enums import SEEKING, Outcome, RequestState, Source
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import needs_plan
from samtun.operation.plans.queries import refused_by_rules
from samtun.operation.referrals.actions import pass_on
from samtun.operation.referrals.models import Referral
from samtun.people.consents.actions import record_consent
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person as PersonRow

SOURCES = {
    "telephone": Source.CALL, "public_form": Source.WEB, "home_care": Source.PASSED_ON, "next_of_kin": Source.CALL,
}  # fmt: skip
ASKED_FOR = {
    "home_care": {"nb": "{name}, hjemmetjenesten", "nn": "{name}, heimetenesta"},
    "next_of_kin": {"nb": "{name}, pårørende", "nn": "{name}, pårørande"},
}
WHAT = {
    "nb": "At sentralen får navn, telefon og hva det gjelder",
    "nn": "At sentralen får namn, telefon og kva det gjeld",
}
WHY = {"nb": "For å finne noen som kan hjelpe", "nn": "For å finne nokon som kan hjelpe"}
LIMITS = {
    "nb": "Det vi har snakket om, og ikke mer. Ingen nøkler, ingen penger.",
    "nn": "Det vi har snakka om, og ikkje meir. Ingen nøklar, ingen pengar.",
}
HOW_OFTEN = {"nb": "Én gang nå, så ser vi.", "nn": "Éin gong no, så ser vi."}
ASSESSED = {
    "nb": "Dette trenger ikke fagfolk når noen er med hele veien.",
    "nn": "Dette treng ikkje fagfolk når nokon er med heile vegen.",
}
WAITING = {Ends.AWAITS_CONSENT, Ends.AWAITS_ASSESSMENT, Ends.READY}
OPEN, CLOSED = 9 * 60, 14 * 60
"""When the centres' doors open and close on the wall, minutes after midnight."""

type Step = Callable[[HelpRequest, dt.datetime], None]


class Teller:
    """Tells the first half of a story: plans its steps, each of which looks at what stands before it acts."""

    def __init__(self, made: Made, past: Past, story: Story, *, by: str) -> None:
        self.made, self.past, self.story = made, past, story
        self.by = story.taken_by if story.taken_by and story.door in {"telephone", "next_of_kin"} else by
        self.lang = made.valley.language
        self.dice = made.dice(story.key)
        self.request: HelpRequest | None = None

    def plan(self) -> None:
        """Put the first step into the past; the others follow from it."""
        told = self._told_at()
        self.past.plan(told, self._enter)

    def _told_at(self) -> dt.datetime:
        """Return when it was told: that day before dinner; this very morning if the present allows it.

        What still waits came just after the door closed, so that a desk opened at the weekend is not all red.
        """
        day = self.story.told_on
        when = self.made.on(day, (CLOSED if self.story.ends in WAITING else OPEN) + self.dice.randrange(5, 50))
        latest = self.past.present - dt.timedelta(minutes=self.dice.randrange(12, 50))
        if when < latest:
            return when
        if latest >= self.made.on(day, 8 * 60):
            return latest
        return self.made.on(working_day(day, -1), 13 * 60 + self.dice.randrange(10, 50))

    def then(self, at: dt.datetime, least: int, most: int, step: Step) -> None:
        """Plan the next step, some minutes later."""
        when = at + dt.timedelta(minutes=self.dice.randrange(least, most))

        def act(moment: dt.datetime) -> None:
            with open_scope(self.made.tenant):
                assert self.request is not None
                fresh = HelpRequest.objects.select_related("task_type", "recipient", "village").get(id=self.request.id)
                step(fresh, moment)

        self.past.plan(when, act)

    # --- coming in
    def _enter(self, at: dt.datetime) -> None:
        story, made = self.story, self.made
        with open_scope(made.tenant):
            recipient = made.persons[story.recipient]
            waits = story.ends is Ends.AWAITS_CONSENT
            wish = Wish(
                task_type=made.types[story.task_type], on=story.day, minutes=story.minutes, words=story.words,
                at=dt.time(story.start // 60, story.start % 60) if story.start is not None else None,
                asked_by=self._asked_by(), asked_by_phone=self._asked_by_phone(),
            )  # fmt: skip
            public = story.door == "public_form"
            passed_on = None if waits else self._passed_on(recipient, wish, at)
            self.request = actions.take_call(
                owner=made.centre, recipient=recipient, wish=wish, source=SOURCES[story.door],
                by=made.system() if public else made.viewer(self.by), at=at, is_proven=not public,
                consent=None if waits or not wish.asked_by else self._consent(at),
                not_wanted=[made.persons[key] for key in sorted(self._not_wanted())],
            )  # fmt: skip
            if passed_on:
                actions.follow_up_entry(
                    request=self.request, came_from=CameFrom(referral=passed_on.id), gives="", by=made.viewer(self.by),
                    at=at,
                )  # fmt: skip
        self.after_entering(at)

    def _passed_on(self, recipient: PersonRow, wish: Wish, at: dt.datetime) -> Referral | None:
        """Let home care have passed it on, with the yes, a little before somebody rang."""
        if self.story.door != "home_care" or not self.story.taken_by or not recipient.phone:
            return None
        return pass_on(
            to=self.made.centre, name=recipient.full_name, phone=recipient.phone, words=wish.words, said_yes=True,
            by=self.made.viewer(self.story.taken_by), at=at - dt.timedelta(minutes=25),
        )  # fmt: skip

    def after_entering(self, at: dt.datetime) -> None:
        """Go on as soon as it has been written down."""
        self.go_on(at)

    def go_on(self, at: dt.datetime) -> None:
        """Prove who sent it, and settle whose task it is, unless the story still waits for that."""
        ends = self.story.ends
        if self.story.door == "public_form" and ends is not Ends.AWAITS_ASSESSMENT:
            self.then(at, 2, 5, self._prove)
        if ends not in {Ends.AWAITS_CONSENT, Ends.AWAITS_ASSESSMENT}:
            self.then(at, 6, 11, self._settle)

    def _asked_by(self) -> str:
        person = self._sender()
        return ASKED_FOR[self.story.door][self.lang].format(name=person.name) if person else ""

    def _asked_by_phone(self) -> str:
        person = self._sender()
        return person.mobile or "" if person else ""

    def _sender(self) -> Person | None:
        """Return who asked on behalf of another: the employee, or the next of kin."""
        valley = self.made.valley
        if self.story.door == "home_care" and self.story.taken_by:
            return valley.person(self.story.taken_by)
        if self.story.door == "next_of_kin":
            kin = next((r.next_of_kin for r in valley.recipients if r.person == self.story.recipient), None)
            return valley.person(kin) if kin else None
        return None

    def _not_wanted(self) -> frozenset[str]:
        return next(r.not_wanted for r in self.made.valley.recipients if r.person == self.story.recipient)

    def _consent(self, at: dt.datetime) -> Consent:
        sender = self._sender()
        kin = self.story.door == "next_of_kin"
        return record_consent(
            person=self.made.persons[self.story.recipient], owner=self.made.centre, passed_to=self.made.centre,
            basis=Consent.Basis.NEXT_OF_KIN if kin else Consent.Basis.SELF, form=Consent.Form.ORAL,
            given_by=sender.name if kin and sender else "", what=WHAT[self.lang], purpose=WHY[self.lang],
            by=self.made.viewer(self.by), at=at,
        )  # fmt: skip

    def _prove(self, request: HelpRequest, at: dt.datetime) -> None:
        actions.prove(request=request, how="code", by=self.made.system(), at=at)

    # --- whose task, and asking
    def _settle(self, request: HelpRequest, at: dt.datetime) -> None:
        """Pass what is cleared, have the rest assessed, and go on unless the story ends here."""
        by = self.made.viewer(self.by)
        if request.state == RequestState.NEW:
            kind = request.task_type
            if within_limits(kind, request.minutes) and cleared_for(kind, request.owner_id):
                actions.pass_cleared(request=request, by=by, at=at)
            else:
                assessor = self.made.viewer(self.made.with_role("assessor"))
                actions.assess(
                    request=request, outcome=Outcome.VOLUNTEER, reason=ASSESSED[self.lang], by=assessor, at=at
                )
        if request.state in SEEKING and self.story.ends is not Ends.READY and self.story.asked:
            self.then(at, 8, 25, self._ask)

    def _ask(self, request: HelpRequest, at: dt.datetime) -> None:
        by = self.made.viewer(self.by)
        if needs_plan(request):
            actions.write_plan(
                request=request, limits=LIMITS[self.lang], whom_to_call=by.name, how_often=HOW_OFTEN[self.lang], by=by,
                at=at,
            )  # fmt: skip
        chosen = self.askable(request, by, at)
        if chosen:
            actions.ask_volunteers(request=request, volunteers=chosen, by=by, at=at)
            self.after_asking(at)

    def askable(self, request: HelpRequest, by: Viewer, at: dt.datetime) -> list[uuid.UUID]:
        """Return those the story asks whom the rules let us ask that day: days fall differently each week."""

        def refused(those: list[uuid.UUID]) -> bool:
            return refused_by_rules("help_request", request.id, by, those, on=at.date())

        asked = [self._first_row(key) for key in self.story.asked]
        return [one for one in asked if not refused([one])] if refused(asked) else asked

    def _first_row(self, person: str) -> uuid.UUID:
        """Return a volunteer's row with the first host."""
        hosts = next(v.hosts for v in self.made.valley.volunteers if v.person == person)
        return self.made.volunteers[person, hosts[0]].id

    def after_asking(self, at: dt.datetime) -> None:
        """Go on from there; a story that only begins does not."""
