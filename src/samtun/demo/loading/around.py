"""A network at its third step, one in place with a talk that is overdue, and a home visit."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.operation.activities.queries import regular_for
from samtun.operation.networks import actions
from samtun.operation.networks.models import Network, Talk
from samtun.operation.networks.rules import COMPANY

WALKING, IN_PLACE = "odd-ulvestad", "signe-vikane"
NEAR = {"nb": ("Borghild Nes", "ser innom", "lørdager"), "nn": ("Borghild Nes", "ser innom", "laurdagar")}
SAID = {
    "nb": "Vil ut blant folk en gang i uka, og gjerne ha noen å ringe.",
    "nn": "Vil ut blant folk ein gong i veka, og gjerne ha nokon å ringje.",
}


def plan_around(made: Made, past: Past, *, by: str) -> None:
    """Plan it so that one network stands at step three today, and one has had a talk due for some days."""
    today = made.present.date()

    def at(days: int, minute: int) -> dt.datetime:
        return made.on(working_day(today, days), minute)

    past.plan(at(-45, 10 * 60), lambda moment: _put_in_place(made, moment, by))
    past.plan(at(-4, 10 * 60 + 10), lambda moment: _walk(made, moment, by))


def _begin(made: Made, person: str, moment: dt.datetime, by: str) -> Network:
    owner: Owner = made.centre
    return actions.begin(
        owner=owner, person=made.persons[person], said_yes=True, form="oral", by=made.viewer(by), at=moment
    )


def _walk(made: Made, moment: dt.datetime, by: str) -> None:
    """Two steps done; what is wished for is to be settled."""
    with open_scope(made.tenant):
        network, viewer = _begin(made, WALKING, moment, by), made.viewer(by)
        for number, note in ((1, ""), (2, SAID[made.valley.language])):
            actions.settle_step(network=network, number=number, note=note, by=viewer, at=moment)
        _put_in(network, "Fjordheim", viewer, moment)


def _put_in_place(made: Made, moment: dt.datetime, by: str) -> None:
    """All four steps, with a neighbour as the contact; nobody has talked with the contact since."""
    with open_scope(made.tenant):
        network, viewer = _begin(made, IN_PLACE, moment, by), made.viewer(by)
        for number in (1, 2, 3):
            actions.settle_step(network=network, number=number, note="", by=viewer, at=moment)
        _put_in(network, "Nesheim", viewer, moment)
        name, what, when = NEAR[made.valley.language]
        near = actions.add_near(
            network=network, name=name, phone="+4757551010", what=what, when_words=when, said_yes=True, by=viewer,
            at=moment,
        )  # fmt: skip
        actions.make_contact(member=near, said_yes=True, by=viewer, at=moment)
        actions.settle_step(network=network, number=4, note="", by=viewer, at=moment)
        actions.set_rhythm(network=network, days=40, by=viewer, at=moment)
        person = Talk.objects.get(network=network, side="person")
        actions.note_talk(talk=person, held=True, note="", next_on=None, by=viewer, at=moment)


def _put_in(network: Network, place: str, viewer: Viewer, moment: dt.datetime) -> None:
    """Put in something that goes on there and is for company."""
    for found in regular_for(viewer, on=moment.date(), categories=COMPANY, words=place, most=1):
        actions.add_activity(network=network, activity=found, by=viewer, at=moment)
