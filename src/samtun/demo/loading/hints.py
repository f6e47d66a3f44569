"""What was passed on or worried about just after the door closed, and waits for somebody to ring."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Act, Past
from samtun.demo.valley.words import Hint
from samtun.foundation.scope import open_scope
from samtun.operation.referrals.actions import pass_on, report_worry

FIRST = 14 * 60 + 12


def plan_hints(made: Made, past: Past) -> None:
    """Plan each on its day."""
    for number, hint in enumerate(made.valley.hints):
        past.plan(made.on(hint.told_on, FIRST + 9 * number), _enter(made, hint))


def _enter(made: Made, hint: Hint) -> Act:
    def act(at: dt.datetime) -> None:
        with open_scope(made.tenant):
            if hint.by:
                person = made.persons[hint.person]
                pass_on(
                    to=made.centre, name=person.full_name, phone=person.phone, words=hint.words, said_yes=True,
                    by=made.viewer(hint.by), at=at,
                )  # fmt: skip
            else:
                report_worry(
                    to=made.centre, name=hint.name, phone="", place=hint.place, words=hint.words,
                    sender_name=hint.sender, sender_phone=hint.sender_phone, by=made.system(), at=at,
                )  # fmt: skip

    return act
