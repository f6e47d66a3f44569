"""Dalgrend: nynorsk, 2,211 inhabitants, a fjord arm between neighbours and a side valley behind the ridge.

The proportions are those of a real rural municipality in document 004 (table 1): over 34 per cent above sixty.
"""

from dataclasses import replace
from datetime import date

from samtun.demo.valley.crowd import Crowd, census, dice_for
from samtun.demo.valley.dalgrend_people import cast
from samtun.demo.valley.dalgrend_stories import hints, stories
from samtun.demo.valley.organisations import organisations
from samtun.demo.valley.roads import Survey
from samtun.demo.valley.task_types import POLICE_PURPOSES, task_types
from samtun.demo.valley.words import Hall, Projection, Valley, Village

BLOCK = 0
BANDS = (
    (0, 5, 105), (6, 15, 214), (16, 19, 92), (20, 39, 448), (40, 59, 587),
    (60, 79, 611), (80, 89, 127), (90, 120, 27),
)  # fmt: skip
"""Low, high, count today; from 60 up as in document 004, the younger ones fill up to 2,211."""

PROJECTIONS = (
    Projection(2022, 60, 79, 611), Projection(2022, 80, 89, 127), Projection(2022, 90, 120, 27),
    Projection(2035, 60, 79, 619), Projection(2035, 80, 89, 196), Projection(2035, 90, 120, 42),
    Projection(2050, 60, 79, 481), Projection(2050, 80, 89, 229), Projection(2050, 90, 120, 84),
    Projection(2022, 0, 120, 2211), Projection(2055, 0, 120, 1857),
)  # fmt: skip

SUNDOYRA, NESVIKA = (-1200.0, 0.0), (1400.0, -300.0)
YTRESTROND, KVERNEGREND, OVSTEDALEN = (-1500.0, -9500.0), (-500.0, 8600.0), (-7000.0, 1500.0)
WATER = (
    (-1000.0, -12000.0), (1200.0, -12000.0), (1000.0, -4000.0), (780.0, -800.0), (780.0, 600.0), (820.0, 4200.0),
    (420.0, 6300.0), (-50.0, 6300.0), (-300.0, 4000.0), (-320.0, 900.0), (-320.0, -900.0), (-1000.0, -5000.0),
)  # fmt: skip


def dalgrend(today: date, seed: int = 1) -> Valley:
    """Dalgrend as it stands on the day `today`; the same for the same day and seed."""
    survey = Survey(61.95, 3.60)
    villages = _villages(survey)
    halls = _halls(survey)
    junctions = {one.id: one for one in survey.junctions}
    crowd = Crowd(today, BLOCK, "nn", "nb", villages, junctions, dice_for("dalgrend", seed))
    people = cast(crowd)
    contacts = {hat.organisation: hat.person for hat in people.hats if hat.role in ("representative", "leader")}
    return Valley(
        slug="dalgrend",
        name="Dalgrend",
        language="nn",
        today=today,
        centre="frivilligsentral",
        villages=villages,
        junctions=tuple(survey.junctions),
        roads=tuple(survey.roads),
        water=tuple(survey.spot(at) for at in WATER),
        halls=halls,
        census=census(villages, BANDS),
        projections=PROJECTIONS,
        organisations=tuple(replace(one, contact=contacts.get(one.key)) for one in organisations(BLOCK)),
        persons=tuple(crowd.persons),
        hats=people.hats,
        police_purposes=POLICE_PURPOSES,
        task_types=task_types(
            today, "frivilligsentral", "heimeteneste", {"machine": "maskin", "taxi": "drosje", "shop": "handel"}
        ),
        volunteers=people.volunteers,
        recipients=people.recipients,
        stories=stories(today),
        hints=hints(today),
    )


def _villages(survey: Survey) -> tuple[Village, ...]:
    """Draw the roads: down the west shore, round the head of the fjord, out the east shore, up the side valley.

    Nesvika lies 2.6 km from Sundøyra across the water and 15 km by road; there is no ferry.
    """
    head_west, head_east = (-250.0, 7000.0), (450.0, 6900.0)
    survey.road("Ytrestrondvegen", "secondary", 80, YTRESTROND, (-1700.0, -6000.0), (-1500.0, -2500.0), SUNDOYRA)
    survey.road("Fjordvegen", "secondary", 80, SUNDOYRA, (-900.0, 3000.0), head_west)
    survey.road("Kvernabrua", "secondary", 60, head_west, head_east, bridge=True)
    survey.road("Nesvegen", "secondary", 80, head_east, (1200.0, 4500.0), (1450.0, 2000.0), NESVIKA)
    survey.road("Kvernevegen", "tertiary", 60, head_west, KVERNEGREND)
    survey.road("Øvstedalsvegen", "tertiary", 60, KVERNEGREND, (-4300.0, 9300.0), (-7300.0, 6200.0), OVSTEDALEN)
    survey.road("Setervegen", "unclassified", 50, OVSTEDALEN, (-7600.0, -600.0), (-7300.0, -2300.0))
    survey.road("Havvegen", "unclassified", 50, YTRESTROND, (-1450.0, -11400.0))
    return tuple(
        Village(key, name, survey.junction(at), survey.lanes(f"{name}vegen", at, lanes), weight)
        for key, name, at, lanes, weight in (
            ("sundoyra", "Sundøyra", SUNDOYRA, 12, 44),
            ("nesvika", "Nesvika", NESVIKA, 7, 16),
            ("ovstedalen", "Øvstedalen", OVSTEDALEN, 7, 15),
            ("ytrestrond", "Ytrestrond", YTRESTROND, 6, 14),
            ("kvernegrend", "Kvernegrend", KVERNEGREND, 6, 11),
        )
    )


def _halls(survey: Survey) -> tuple[Hall, ...]:
    """Build a hall in each hamlet, and the church house and the youth house in the centre."""
    halls = []
    for key, name, village, owner, seats, (east, north), at in (
        ("fjordheim", "Fjordheim", "sundoyra", "sundoyra-grendelag", 140, SUNDOYRA, (-180.0, 120.0)),
        ("ungdomshuset", "Ungdomshuset", "sundoyra", "ungdomslag", 90, SUNDOYRA, (-260.0, -140.0)),
        ("kyrkjestova", "Kyrkjestova", "sundoyra", "kyrkjelyd", 60, SUNDOYRA, (-90.0, -250.0)),
        ("nesheim", "Nesheim", "nesvika", "nesvika-grendelag", 80, NESVIKA, (220.0, 60.0)),
        ("dalheim", "Dalheim", "ovstedalen", "ovstedalen-grendelag", 110, OVSTEDALEN, (-160.0, 130.0)),
        ("havglott", "Havgløtt", "ytrestrond", "ytrestrond-grendelag", 70, YTRESTROND, (-140.0, 90.0)),
        ("kvernheim", "Kvernheim", "kvernegrend", "kvernegrend-grendelag", 65, KVERNEGREND, (120.0, 140.0)),
    ):
        door = (east + at[0], north + at[1])
        survey.road(f"{name}-tunet", "service", 30, (east, north), door)
        halls.append(Hall(key, name, village, survey.junction(door), owner, seats))
    return tuple(halls)
