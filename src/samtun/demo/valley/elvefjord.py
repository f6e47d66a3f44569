"""Elvefjord: Dalgrend's smaller neighbour, bokmål, three hamlets along one road."""

from dataclasses import replace
from datetime import date, timedelta

from samtun.demo.valley.calendar_days import told_day, working_day
from samtun.demo.valley.crowd import Crowd, census, dice_for, synthetic_number
from samtun.demo.valley.people import recipient, volunteer
from samtun.demo.valley.roads import Survey
from samtun.demo.valley.task_types import POLICE_PURPOSES, task_types
from samtun.demo.valley.words import (
    Ends,
    Hall,
    Hat,
    Opening,
    Organisation,
    Person,
    Projection,
    Recipient,
    Story,
    Valley,
    Village,
    Volunteer,
)

BLOCK = 1
BANDS = ((0, 15, 190), (16, 39, 331), (40, 59, 372), (60, 79, 356), (80, 89, 74), (90, 120, 17))
CENTRE = "frivilligsentral"
OPEN = tuple(Opening(weekday, 10 * 60, 14 * 60) for weekday in (1, 3))
ELVA, NESET, LIA = (0.0, 0.0), (3800.0, -900.0), (-2600.0, 2900.0)

# fmt: off
# key, name, kind, sort, village, own words
BODIES = (
    (CENTRE, "Elvefjord Frivilligsentral", "centre", "frivilligsentral", "elva",
     "Vi finner noen som kan. Åpent tirsdag og torsdag."),
    ("kommune", "Elvefjord kommune", "municipality", "kommune", "elva", "Kommunehuset ved brua."),
    ("hjemmetjeneste", "Hjemmetjenesten i Elvefjord", "unit", "hjemmetjeneste", "elva", "Vi kjører hele døgnet."),
    ("tildeling", "Tildelingskontoret", "office", "tildelingstjeneste", "elva", "Her søker du om hjelp fra kommunen."),
    ("sanitet", "Elvefjord Sanitetsforening", "association", "sanitetsforening", "elva",
     "Formiddagstreff, strikkede hjerter og førstehjelp."),
    ("idrettslag", "Elvefjord Idrettslag", "association", "idrettslag", "elva", "Ski, fotball og seniortrim."),
    ("kor", "Elvefjord Blandakor", "association", "sanglag", "elva", "Vi øver mandager i kirkestua."),
    ("pensjonistforening", "Elvefjord Pensjonistforening", "association", "pensjonistlag", "elva",
     "Møte første onsdag i måneden, alltid med kaker."),
    ("bygdekvinnelag", "Elvefjord Bygdekvinnelag", "association", "bygdekvinnelag", "elva", "Mat, kurs og fellesskap."),
    ("historielag", "Elvefjord Historielag", "association", "historielag", "elva", "Bilder, navn og gamle veier."),
    ("menighet", "Menigheten i Elvefjord", "association", "menighet", "elva", "Gudstjeneste, kirkekaffe og besøk."),
    ("neset-vel", "Neset Velforening", "association", "velforening", "neset", "Brygga, badeplassen og grendehuset."),
    ("neset-baat", "Neset Båtforening", "association", "båtforening", "neset", "Småbåthavn og fisketur i juni."),
    ("lia-grendelag", "Lia Grendelag", "association", "grendelag", "lia", "Skolestua er vår, og den er åpen for alle."),
    ("lia-jeger", "Lia Jeger- og fiskerforening", "association", "jeger- og fiskerforening", "lia",
     "Jakt, fiske og hytta ved vannet."),
    ("flerkultur", "Elvefjord Språkkafé", "association", "inkludering", "elva", "Vi snakker norsk over en kopp te."),
    ("joker", "Elva Dagligvare", "business", "dagligvare", "elva", "Butikk og post. Vi kjører ut varer på torsdager."),
    ("drosje", "Elvefjord Drosje", "business", "drosje", "elva", "En bil, hele døgnet."),
    ("maskin", "Lia Maskin", "business", "brøyting og graving", "lia", "Brøyting, ved og graving."),
)
# fmt: on


def elvefjord(today: date, seed: int = 1) -> Valley:
    """Elvefjord as it stands on the day `today`; the same for the same day and seed."""
    survey = Survey(62.20, 3.90)
    survey.road("Fjordveien", "secondary", 70, ELVA, (2000.0, -200.0), NESET)
    survey.road("Liaveien", "tertiary", 60, ELVA, (-900.0, 1900.0), LIA)
    villages = tuple(
        Village(key, name, survey.junction(at), survey.lanes(f"{name}veien", at, lanes), weight)
        for key, name, at, lanes, weight in (
            ("elva", "Elva", ELVA, 8, 60),
            ("neset", "Neset", NESET, 4, 22),
            ("lia", "Lia", LIA, 4, 18),
        )
    )
    halls = tuple(
        Hall(key, name, village, _door(survey, name, at), owner, seats)
        for key, name, village, at, owner, seats in (
            ("kirkestua", "Kirkestua", "elva", ELVA, "menighet", 60),
            ("neset-grendehus", "Neset grendehus", "neset", NESET, "neset-vel", 70),
            ("skolestua", "Skolestua", "lia", LIA, "lia-grendelag", 45),
        )
    )
    junctions = {one.id: one for one in survey.junctions}
    crowd = Crowd(today, BLOCK, "nb", "nn", villages, junctions, dice_for("elvefjord", seed))
    gerd = crowd.add("Gerd Lidarende", 87, "lia", landline_only=True)
    asbjorn = crowd.add("Asbjørn Sundbakk", 70, "elva")
    hats = _hats(crowd)
    volunteers = _volunteers(crowd, asbjorn)
    recipients = _recipients(crowd, gerd, volunteers)
    contacts = {hat.organisation: hat.person for hat in hats if hat.role in ("representative", "leader")}
    return Valley(
        slug="elvefjord",
        name="Elvefjord",
        language="nb",
        today=today,
        centre=CENTRE,
        villages=villages,
        junctions=tuple(survey.junctions),
        roads=tuple(survey.roads),
        water=(),
        halls=halls,
        census=census(villages, BANDS),
        projections=(Projection(2050, 60, 79, 290), Projection(2050, 80, 89, 131), Projection(2050, 90, 120, 48)),
        organisations=tuple(replace(one, contact=contacts.get(one.key)) for one in bodies(BODIES, BLOCK, "nb", OPEN)),
        persons=tuple(crowd.persons),
        hats=hats,
        police_purposes=POLICE_PURPOSES,
        task_types=task_types(
            today, CENTRE, "hjemmetjeneste", {"machine": "maskin", "taxi": "drosje", "shop": "joker"}
        ),
        volunteers=volunteers,
        recipients=recipients,
        stories=_stories(today),
    )


def bodies(
    rows: tuple[tuple[str, str, str, str, str, str], ...], block: int, lang: str, hours: tuple[Opening, ...]
) -> tuple[Organisation, ...]:
    """Make organisations of rows (key, name, kind, sort, village, own words); the centre has the opening `hours`."""
    return tuple(
        Organisation(
            key=key,
            name=name,
            kind=kind,
            sort=sort,
            village=village,
            about=about,
            lang=lang,
            number=synthetic_number(100 * block + serial),
            email=f"{key}@eksempel.test",
            phone=None if kind == "association" else f"+4765{100 * block + serial:06d}",
            openings=hours if kind == "centre" else (),
        )
        for serial, (key, name, kind, sort, village, about) in enumerate(rows, start=1)
    )


def _door(survey: Survey, name: str, at: tuple[float, float]) -> int:
    """Draw the way to a hall."""
    door = (at[0] + 110.0, at[1] - 130.0)
    survey.road(f"{name}-tunet", "service", 30, at, door)
    return survey.junction(door)


def _hats(crowd: Crowd) -> tuple[Hat, ...]:
    """Put hats on the paid ones, and someone in each body."""
    paid = [
        Hat(crowd.add(name, age, "elva").key, body, role)
        for name, age, body, role in (
            ("Tone Strandheim", 49, CENTRE, "leader"),
            ("Even Hovdevik", 35, CENTRE, "deputy"),
            ("Marit Eikemo", 51, "tildeling", "assessor"),
            ("Linn Skarbø", 30, "hjemmetjeneste", "unit_employee"),
            ("Rune Bergheim", 46, "kommune", "municipal_administrator"),
        )
    ]
    others = [row for row in BODIES if row[2] in ("association", "business")]
    return (*paid, *(Hat(crowd.anyone(30, 72, village=row[4]).key, row[0], "representative") for row in others))


def _volunteers(crowd: Crowd, asbjorn: Person) -> tuple[Volunteer, ...]:
    """Twenty, five of whom drive."""
    first = volunteer(asbjorn, (CENTRE,), 0, crowd.today, crowd.dice, drives=True)
    first = replace(first, slots=(), away=(), paused_until=None, asks_stopped=False, last_asked=None)
    rest = (
        volunteer(
            crowd.anyone(30, 76),
            (CENTRE,) if number % 3 else ("sanitet",),
            number,
            crowd.today,
            crowd.dice,
            drives=number % 5 == 0,
        )
        for number in range(1, 20)
    )
    return (first, *rest)


def _recipients(crowd: Crowd, gerd: Person, volunteers: tuple[Volunteer, ...]) -> tuple[Recipient, ...]:
    """Fifteen."""
    helpers = tuple(one.person for one in volunteers)
    rest = (recipient(crowd.anyone(70, 94), helpers, crowd.dice) for _ in range(14))
    return (Recipient(gerd.key, knows=frozenset({"asbjorn-sundbakk"})), *rest)


def _stories(today: date) -> tuple[Story, ...]:
    """Tell a few, so that the neighbour's desk is not empty."""
    gerd, helper, leader = "gerd-lidarende", "asbjorn-sundbakk", "tone-strandheim"
    tell = [
        ("snow-gerd", "snow", "Det er snø på trappa, og jeg skal ha gjester på lørdag.", -1, 1, Ends.READY, None),
        ("wood-gerd", "firewood", "Kan noen bære inn ved til helga?", -2, 2, Ends.AGREED, helper),
        ("bulb-gerd", "small_jobs", "Utelyset virker ikke.", -9, -6, Ends.DONE, helper),
    ]
    return tuple(
        Story(
            key=key,
            recipient=gerd,
            task_type=kind,
            door="telephone",
            taken_by=leader,
            words=words,
            lang="nb",
            told_on=told_day(today, told),
            day=max(working_day(today, on), told_day(today, told) + timedelta(days=1)),
            start=None,
            minutes=45,
            ends=ends,
            asked=(who,) if who else (),
            helper=who,
        )
        for key, kind, words, told, on, ends, who in tell
    )
