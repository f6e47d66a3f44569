"""Who has signed up in the valley, what a nurse has suggested to three, and the clip cards of the centre."""

import datetime as dt
import uuid

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.foundation.scope import open_scope
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions import clips, signing, suggesting, till
from samtun.operation.registrations.actions.paying import choose_payment
from samtun.operation.registrations.actions.signing import Comer, Gear, Ride
from samtun.operation.registrations.enums import Got, Pays, Via
from samtun.operation.registrations.rules import own_token
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person

SPORT = ("Barneidrett",) * 2
DINNER, TOGETHER = ("Julemiddag for alle",) * 2, ("Middag sammen", "Middag i lag")
PAPER = ("Oddrun Lavik", "Magne Lavik", "Jorunn Espe", "Halvard Nes", "Solveig Bø", "Torleif Bø", "Astrid Haug")
CHILDREN = ("Vilde", "Aksel")
CASHIER, NURSE = "borghild-hjelle", "hanne-fossheim"
SUGGESTED = (
    (DINNER, suggesting.Whom("Gunnvor Lid", "+4757410971", said_yes=True)),
    (DINNER, suggesting.Whom("Sigurd Mo", said_yes=True, way="letter", address="Fjordvegen 12, 6899 Sundøyra")),
    (TOGETHER, suggesting.Whom("Amina Yusuf", "+4790000972", said_yes=True)),
)
"""To somebody with a landline, to somebody who would rather have a letter, and by text."""
CARDS = (("Jorunn Espe", "+4790000973", 10, Got.CASH, 40_000), ("Halvard Nes", "+4790000974", 5, Got.GIFT, None))
RING = ("Margit Ness", "Olaug Sunde", "Peder Vik")


def plan_signing_up(made: Made, past: Past, *, by: str) -> None:
    """Plan it for the days before: a list on paper, some who rang, and two children with their mother's number."""
    past.plan(made.on(made.present.date() - dt.timedelta(days=3), 10 * 60 + 5), lambda at: _paper(made, by, at))
    past.plan(made.on(made.present.date() - dt.timedelta(days=1), 11 * 60 + 40), lambda at: _ring(made, by, at))
    past.plan(made.on(made.present.date() - dt.timedelta(days=1), 19 * 60 + 5), lambda at: _children(made, by, at))
    if CASHIER in made.persons:
        past.plan(made.on(made.present.date() - dt.timedelta(days=4), 12 * 60), lambda at: _cards(made, at))
        past.plan(made.on(made.present.date() - dt.timedelta(days=1), 14 * 60 + 20), lambda at: _suggest(made, at))


def _next(made: Made, title: tuple[str, str], at: dt.datetime) -> Occurrence | None:
    form = 1 if made.valley.language == "nn" else 0
    rows = Occurrence.objects.filter(title=title[form], starts_at__gt=made.present, state="planned")
    return rows.select_related("activity__owner", "host").order_by("starts_at").first()


def _write(
    made: Made, by: str, title: tuple[str, str], names: tuple[str, ...], via: Via, at: dt.datetime, *,
    ride: bool = False, pays: Pays | None = None,
) -> None:  # fmt: skip
    with open_scope(made.tenant):
        if time := _next(made, title, at):
            rows = signing.sign_up(
                occurrence=time, contact=None,
                comers=[Comer(name, is_first_time=not n) for n, name in enumerate(names)],
                sent_key=str(uuid.uuid5(made.tenant, f"{title[0]}{names[0]}")), via=via, by=made.viewer(by), at=at,
                ride=Ride(ride),
            )  # fmt: skip
            if pays:
                choose_payment(
                    registrations=[row.id for row in rows], pays=pays, token=own_token(rows[0].group),
                    by=made.viewer(by), at=at,
                )  # fmt: skip


def _paper(made: Made, by: str, at: dt.datetime) -> None:
    _write(made, by, DINNER, PAPER, Via.PAPER, at)
    _write(made, by, TOGETHER, PAPER[2:6], Via.PAPER, at, pays=Pays.ENVELOPE)


def _children(made: Made, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        if time := _next(made, SPORT, at):
            signing.sign_up(
                occurrence=time, contact=made.persons[by], comers=[Comer(name, is_child=True) for name in CHILDREN],
                sent_key=str(uuid.uuid5(made.tenant, "children")), via=Via.OWN, by=made.system(), at=at,
                gear=Gear(wanted=True, size="28 og 31"),
            )  # fmt: skip


def _ring(made: Made, by: str, at: dt.datetime) -> None:
    _write(made, by, DINNER, RING[:2], Via.PHONE, at, ride=True)
    _write(made, by, TOGETHER, RING[2:], Via.PHONE, at, ride=True, pays=Pays.FREE)


def _cards(made: Made, at: dt.datetime) -> None:
    """The cashier writes what the centre's clip card is, and gives out two."""
    with open_scope(made.tenant):
        cashier = made.viewer(CASHIER)
        till.write_till(owner=made.centre, number="Vipps 12 345", clips=10, price=40_000, by=cashier, at=at)
        for name, phone, number, how, price in CARDS:
            given, family = name.split()
            person = register_person(
                owner=made.centre, source="registration", by=made.system(), at=at, given_name=given, family_name=family,
                phone=phone, phone_kind=Person.Reached.MOBILE,
            )  # fmt: skip
            clips.give_card(
                owner=made.centre, person=person, clips=number, how=how, price=price,
                sent_key=uuid.uuid5(made.tenant, f"card {name}"), by=cashier, at=at,
            )  # fmt: skip


def _suggest(made: Made, at: dt.datetime) -> None:
    """A nurse has suggested something to three she meets; nobody but her unit sees it."""
    with open_scope(made.tenant):
        for title, whom in SUGGESTED:
            time = _next(made, title, at)
            if time and time.is_open:
                key = uuid.uuid5(made.tenant, f"suggested {whom.name}")
                suggesting.suggest(occurrence=time, whom=whom, sent_key=key, by=made.viewer(NURSE), at=at)
