"""What is on: written by the centre for all, as one does who puts the associations' notes together in the beginning."""

import datetime as dt
import uuid

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past
from samtun.demo.valley.programme import PROGRAMME, On
from samtun.foundation.scope import open_scope
from samtun.operation.activities.actions import making
from samtun.operation.activities.actions.making import Told, When
from samtun.operation.activities.enums import Repeat, SignUp
from samtun.operation.screening.queries import purposes_on
from samtun.partners.catalogue.enums import Category, Transport
from samtun.people.places.models import Place

BEGAN = dt.timedelta(days=70)


def plan_programme(made: Made, past: Past, *, by: str) -> None:
    """Plan it so that everything has been on for some weeks, before the first network is built of it."""
    past.plan(made.on(made.present.date() - BEGAN, 9 * 60 + 20), lambda moment: _write(made, moment, by))


def _write(made: Made, moment: dt.datetime, by: str) -> None:
    with open_scope(made.tenant):
        purposes = {one.code: one for one in purposes_on(moment.date())}
        halls = {place.name: place for place in Place.objects.select_related("village")}
        for one in PROGRAMME:
            owner = made.bodies[one.host].owner
            making.write(
                owner=owner, told=_told(made, one, halls, purposes, moment.date()), pencil=one.pencil,
                sent_key=uuid.uuid5(made.tenant, f"{one.host}{one.title[0]}"), by=made.viewer(by), at=moment,
            )  # fmt: skip


def _told(
    made: Made, one: On, halls: dict[str, Place], purposes: dict[str, PolicePurpose], today: dt.date
) -> Told:  # fmt: skip
    form = 1 if made.valley.language == "nn" else 0
    place = halls.get(one.hall)
    price = one.price[form]
    return Told(
        title=one.title[form], about=one.about[form], easy=one.easy, category=Category(one.category),
        transport=Transport(one.transport), transport_words=one.transport_words[form], meets_name=one.meets,
        meets_phone=made.bodies[one.host].phone or made.bodies[made.valley.centre].phone, place=place, where=one.where,
        village=made.villages.get(one.village), is_free=not price, price=price,
        fee=None if one.fee is None else one.fee * 100, groups=one.groups, sign_up=SignUp(one.sign_up),
        gear=one.gear[form], certificate_for=purposes.get(one.certificate), least=one.least,
        most=one.most, in_unit=one.in_unit, when=_when(made, one, halls, today),
        access={"step_free": "yes" if place else "unknown", "toilet": "yes" if place else "unknown"},
    )  # fmt: skip


def _when(made: Made, one: On, halls: dict[str, Place], today: dt.date) -> When:
    once = not one.weekdays
    day = made.present.date() + dt.timedelta(days=one.days_ahead) if once else today
    repeat = Repeat.ONCE if once else Repeat.MONTHLY if one.nth else Repeat.WEEKLY
    return When(
        repeat=repeat, starts_on=day, at=dt.time(one.at), to=dt.time(one.to), every=one.every, weekdays=one.weekdays,
        nth=one.nth, school_year=one.school_year, halls=tuple(halls[name] for name in one.halls),
        hosts=tuple(made.bodies[key].owner for key in one.hosts),
    )  # fmt: skip
