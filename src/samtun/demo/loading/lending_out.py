"""What can be borrowed in the valley, and who has it: halls, a minibus, a projector, an urn, a room at the centre."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid5

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.loading.together import CHAIR, HEAD, LEAGUE, UNIT
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.operation.lending.actions import answering, booking, handing, season, things, wishing
from samtun.operation.lending.actions.booking import Borrower, Terms
from samtun.operation.lending.actions.wishing import Wishes
from samtun.operation.lending.enums import Condition, Every, Kind, Price, Via, Way
from samtun.operation.lending.models import Lendable, Season
from samtun.operation.lending.rules import Slot, Weekly, repeated
from samtun.people.persons.models import Person

NAMES = UUID("018f3f00-0000-7000-8000-00000000b00c")
HALLS = ("fjordheim", "nesheim", "dalheim")
ROOM, SCREEN, BUS, URN = "Storstova på sentralen", "Projektor og lerret", "Minibussen", "Kaffitraktar, 100 koppar"
HALL = {
    "kind": Kind.HALL, "step_free": True, "toilet": True, "opens": dt.time(8), "closes": dt.time(23),
    "buffer_minutes": 30, "key_words": "Nøkkelen får du av vaktmeisteren. Ring dagen før.",
    "cleaning": "Kost golvet, og ta med bosset.", "price_words": "Andre betaler 800 kroner for ein kveld.",
}  # fmt: skip
OTHERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("frivilligsentral", ROOM, {
        "kind": Kind.HALL, "seats": 30, "step_free": True, "hearing_loop": True, "toilet": True, "way": Way.AT_ONCE,
        "about": "Lyst rom med kjøkenkrok og piano.", "key_words": "Døra er open når sentralen er det, elles ring.",
    }),
    ("frivilligsentral", SCREEN, {
        "kind": Kind.SCREEN, "way": Way.AT_ONCE, "about": "Lett å bere, med høgtalar og kabel.",
        "key_words": "Hentast på sentralen.", "price": Price.FREE,
    }),
    (UNIT, BUS, {
        "kind": Kind.MINIBUS, "seats": 8, "step_free": True, "licence": True, "buffer_minutes": 60,
        "about": "Åtte sete og heis til éin rullestol.", "key_words": "Nøkkelen ligg på vaktrommet.",
        "who_may": "Dei over 23 år som har køyrt ein prøvetur med oss.", "cleaning": "Full tank og tom søppelpose.",
        "insurance": "Kommunen si forsikring gjeld. Eigendelen dekkjer vi.",
    }),
    (LEAGUE, URN, {"kind": Kind.GEAR, "about": "Kok vatn i han før du leverer han tilbake."}),
)  # fmt: skip


def plan_lending(made: Made, past: Past, *, by: str) -> None:
    """Plan it where there are such halls: put there two months ago, borrowed since, and asked for now."""
    if not {hall.key for hall in made.valley.halls} >= set(HALLS):
        return
    today = made.present.date()
    past.plan(made.present - dt.timedelta(days=66), lambda moment: _lend_out(made, moment))
    past.plan(made.present - dt.timedelta(days=64), lambda moment: _choir(made, today, moment))
    past.plan(made.present - dt.timedelta(days=9), lambda moment: _screen(made, by, today, moment))
    past.plan(made.present - dt.timedelta(days=6), lambda moment: _party(made, by, today, moment))
    past.plan(made.present - dt.timedelta(days=4), lambda moment: _agreed(made, today, moment))
    past.plan(made.present - dt.timedelta(days=3), lambda moment: _season(made, today, moment))
    past.plan(made.present - dt.timedelta(days=12), lambda moment: _room(made, today, moment))
    past.plan(made.present - dt.timedelta(days=2), lambda moment: _propose(made, moment))
    past.plan(made.present - dt.timedelta(hours=20), lambda moment: _ask(made, by, today, moment))


def _key(made: Made, word: str) -> UUID:
    return uuid5(NAMES, f"{made.valley.slug} {made.seed} {word}")


def _lend_out(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        for hall in (h for h in made.valley.halls if h.key in HALLS):
            own = {"name": hall.name, "village": made.villages[hall.village], "seats": hall.seats}
            _put(made, hall.owner, HALL | own | {"hearing_loop": hall.key == "fjordheim"}, at)
        for body, name, facts in OTHERS:
            _put(made, body, facts | {"name": name, "village": made.villages["sundoyra"]}, at)


def _put(made: Made, body: str, facts: dict[str, Any], at: dt.datetime) -> None:
    owner = made.bodies[body].owner
    things.lend_out(owner=owner, facts=facts, sent_key=_key(made, facts["name"]), by=_system(made, owner), at=at)


def _system(made: Made, owner: Owner) -> Viewer:
    return Viewer.system(made.tenant, frozenset({owner.id}))


def _season(made: Made, today: dt.date, at: dt.datetime) -> None:
    """Three clubs wish for fixed times at Fjordheim, two of them for the same evening."""
    with open_scope(made.tenant):
        hall = Lendable.objects.select_related("owner").get(name="Fjordheim")
        spring = season.Plan(
            "Våren", today + dt.timedelta(days=42), today + dt.timedelta(days=210), (0, 2, 3), dt.time(17),
            dt.time(22), today + dt.timedelta(days=18),
        )  # fmt: skip
        clubs = {body: made.bodies[body].owner for body in ("songlag", "idrettslag", "pensjonistlag")}
        by = _system(made, hall.owner)
        opened = season.open_season(
            lendable=hall, plan=spring, asked=list(clubs.values()), sent_key=_key(made, "våren"), by=by, at=at
        )
        for body, hours, young in (("idrettslag", ((0, 17), (2, 17)), True), ("songlag", ((0, 18), (3, 19)), False)):
            times = tuple(Weekly(day, dt.time(hour), dt.time(hour + 2)) for day, hour in hours)
            wishing.wish(
                season=opened, owner=clubs[body], wishes=Wishes(times, 120, young), contact=None,
                by=_system(made, clubs[body]), at=at,
            )  # fmt: skip


def _room(made: Made, today: dt.date, at: dt.datetime) -> None:
    """Three clubs wish for evenings in the room of the centre, and two of them for the same."""
    with open_scope(made.tenant):
        room = Lendable.objects.select_related("owner").get(name=ROOM)
        winter = season.Plan(
            "Vinteren", today + dt.timedelta(days=40), today + dt.timedelta(days=130), (1, 2), dt.time(17), dt.time(21),
            today - dt.timedelta(days=3),
        )  # fmt: skip
        wished = {
            "songlag": (Weekly(1, dt.time(18), dt.time(20)), Weekly(2, dt.time(18), dt.time(20))),
            "pensjonistlag": (Weekly(1, dt.time(18), dt.time(20)),),
            "idrettslag": (Weekly(2, dt.time(17), dt.time(18)),),
        }
        opened = season.open_season(
            lendable=room, plan=winter, asked=[made.bodies[body].owner for body in (*wished, LEAGUE)],
            sent_key=_key(made, "vinteren"), by=_system(made, room.owner), at=at,
        )  # fmt: skip
        for body, times in wished.items():
            club = made.bodies[body].owner
            wishing.wish(
                season=opened, owner=club, wishes=Wishes(times, 120, body == "idrettslag"), contact=None,
                by=_system(made, club), at=at,
            )  # fmt: skip


def _propose(made: Made, at: dt.datetime) -> None:
    """Samtun proposes who gets which evenings; the leader of the centre is to look at it, and decide."""
    with open_scope(made.tenant):
        opened = Season.objects.get(name="Vinteren")
        season.propose_when_ready(season=opened, by=_system(made, made.centre), at=at)


def _book(made: Made, name: str, slots: list[Slot], word: str, at: dt.datetime, **who: Any) -> Any:
    """Book as a person by key, who borrows for `owner`; else as the system for those who lend it out."""
    owner, person, what = who["owner"], who.get("person"), who.get("what", "")
    thing = Lendable.objects.select_related("owner").get(name=name)
    by = made.viewer(person) if person else _system(made, thing.owner)
    contact = who.get("contact") or (made.persons[person] if person else None)
    return booking.book(
        lendable=thing, slots=slots, borrower=Borrower(owner, contact),
        sent_key=_key(made, word), by=by, at=at, terms=Terms(what=what, via=who.get("via", Via.WEB)),
    )[0]  # fmt: skip


def _weekday(today: dt.date, weekday: int, weeks: int = 0) -> dt.date:
    """Return the next such weekday after today, weeks on or back."""
    ahead = (weekday - today.weekday()) % 7 or 7
    return today + dt.timedelta(days=ahead, weeks=weeks)


def _choir(made: Made, today: dt.date, at: dt.datetime) -> None:
    """The choir has Tuesdays at Fjordheim, the pensioners every second Thursday at Nesheim."""
    with open_scope(made.tenant):
        for body, hall, day, hours, every in (
            ("songlag", "Fjordheim", 1, (dt.time(19), dt.time(21, 30)), Every.WEEK),
            ("pensjonistlag", "Nesheim", 3, (dt.time(11), dt.time(14)), Every.TWO_WEEKS),
        ):
            first = Slot.of(_weekday(today, day, -9), *hours)
            slots = repeated(first, every, _weekday(today, day, 10))
            _book(made, hall, slots, f"{body} {hall}", at, owner=made.bodies[body].owner, what="Øving")


def _screen(made: Made, by: str, today: dt.date, at: dt.datetime) -> None:
    """The projector was out for an evening, and came back as it should."""
    with open_scope(made.tenant):
        slot = Slot.of(today - dt.timedelta(days=7), dt.time(17), dt.time(22))
        row = _book(made, SCREEN, [slot], "lysbilete", at, owner=made.bodies["songlag"].owner, what="Lysbilete")
        ours: dict[str, Any] = {"by": made.viewer(by), "at": at}
        handing.hand_over(booking=row, **ours)
        handing.take_back(booking=row, condition=Condition.FINE, words="", **ours)


def _party(made: Made, by: str, today: dt.date, at: dt.datetime) -> None:
    """Somebody rang the centre for the room, and the room is out today."""
    with open_scope(made.tenant):
        rang = Person.objects.get(id=made.persons[CHAIR].id)
        party = Slot.of(_weekday(today, 5), dt.time(15), dt.time(19))
        _book(made, ROOM, [party], "åttiårslag", at, owner=None, contact=rang, person=by, via=Via.PHONE)
        meeting = Slot.of(today, dt.time(18), dt.time(20))
        _book(made, ROOM, [meeting], "styremøte", at, owner=made.bodies["idrettslag"].owner, what="Styremøte")


def _agreed(made: Made, today: dt.date, at: dt.datetime) -> None:
    """The women's association has asked for the minibus, and got it."""
    with open_scope(made.tenant):
        slot = Slot.of(_weekday(today, 2), dt.time(10), dt.time(15))
        row = _book(made, BUS, [slot], "tur", at, owner=made.bodies[LEAGUE].owner, person=CHAIR, what="Tur til fjells")
        words = "Nøkkelen ligg klar på vaktrommet frå klokka ni."
        answering.accept(booking=row, words=words, by=made.viewer(HEAD), at=at)


def _ask(made: Made, by: str, today: dt.date, at: dt.datetime) -> None:
    """The centre asks for the urn, and the women's association for the minibus once more."""
    with open_scope(made.tenant):
        friday = Slot.of(_weekday(today, 4), dt.time(10), dt.time(16))
        _book(made, URN, [friday], "kaffi", at, owner=made.centre, person=by, what="Fredagskaffien")
        saturday = Slot.of(_weekday(today, 5, 1), dt.time(9), dt.time(17))
        _book(made, BUS, [saturday], "marknad", at, owner=made.bodies[LEAGUE].owner, person=CHAIR, what="Julemarknad")
