"""Ordinary activities, a network at its third step, one in place with a talk that is overdue, and a home visit."""

import datetime as dt

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.operation.networks import actions
from samtun.operation.networks.models import Activity, Network, Talk

WALKING, IN_PLACE = "odd-ulvestad", "signe-vikane"
LINES = (
    ({"nb": "Kaffe og prat", "nn": "Kaffi og prat"}, "Fjordheim", "sundoyra", 1, dt.time(11), "Ragnhild",
     "+4757551001", ("visit", "walk")),
    ({"nb": "Gå tur sammen", "nn": "Gå tur saman"}, "Kyrkjestova", "sundoyra", 3, dt.time(10, 30), "Torgeir",
     "+4757551002", ("walk",)),
    ({"nb": "Strikkekveld", "nn": "Strikkekveld"}, "Nesheim", "nesvika", 2, dt.time(18), "Gunnhild",
     "+4757551003", ("visit",)),
    ({"nb": "Data på biblioteket", "nn": "Data på biblioteket"}, "Biblioteket", "sundoyra", 4, dt.time(12), "Aida",
     "+4757551004", ("digital",)),
    ({"nb": "Allsang", "nn": "Allsong"}, "Dalheim", "ovstedalen", 0, dt.time(17), "Leiv", "+4757551005", ()),
)  # fmt: skip
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

    past.plan(at(-60, 9 * 60 + 30), lambda moment: _write_lines(made, moment, by))
    past.plan(at(-45, 10 * 60), lambda moment: _put_in_place(made, moment, by))
    past.plan(at(-4, 10 * 60 + 10), lambda moment: _walk(made, moment, by))


def _write_lines(made: Made, moment: dt.datetime, by: str) -> None:
    with open_scope(made.tenant):
        for what, place, village, weekday, clock, name, phone, kinds in LINES:
            line = actions.Line(
                what=what[made.valley.language], place=place, weekday=weekday, at=clock, meets_name=name,
                meets_phone=phone, village=made.villages.get(village), kinds=kinds,
            )  # fmt: skip
            actions.write_line(owner=made.centre, line=line, by=made.viewer(by), at=moment)


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
        line = Activity.objects.order_by("made_at", "id").first()
        if line:
            actions.add_activity(network=network, activity=line, by=viewer, at=moment)


def _put_in_place(made: Made, moment: dt.datetime, by: str) -> None:
    """All four steps, with a neighbour as the contact; nobody has talked with the contact since."""
    with open_scope(made.tenant):
        network, viewer = _begin(made, IN_PLACE, moment, by), made.viewer(by)
        for number in (1, 2, 3):
            actions.settle_step(network=network, number=number, note="", by=viewer, at=moment)
        for line in Activity.objects.filter(place="Nesheim"):
            actions.add_activity(network=network, activity=line, by=viewer, at=moment)
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
