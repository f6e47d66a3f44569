"""As many municipalities as are wanted, small and alike, for tests of load and of walls between tenants."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from samtun.demo.valley.calendar_days import told_day, working_day
from samtun.demo.valley.crowd import Crowd, census, dice_for, listed
from samtun.demo.valley.elvefjord import bodies
from samtun.demo.valley.people import recipient, volunteer
from samtun.demo.valley.roads import Survey
from samtun.demo.valley.task_types import POLICE_PURPOSES, task_types
from samtun.demo.valley.words import Ends, Hall, Hat, Opening, Recipient, Story, Valley, Village, Volunteer

FIRST_BLOCK = 2
MOST = 1_900
"""There are telephone numbers for no more than this."""
BANDS = ((0, 19, 300), (20, 59, 700), (60, 79, 340), (80, 89, 80), (90, 120, 18))
VOLUNTEERS, RECIPIENTS = 20, 12
STARTS = listed(
    "Ask Bjørk Eik Furu Gran Hegg Hassel Lind Lønn Osp Rogn Selje Pil Alm Einer Lauv Mose Lyng Kløver Timian"
)
ENDS = listed("dalen vika neset bygda åsen sund fjorden botnen lia marka øyra stranda eidet vågen heimen")
KINDS = ("snow", "firewood", "small_jobs", "shopping", "walk")
ENDINGS = (Ends.READY, Ends.AGREED, Ends.DONE, Ends.DONE, Ends.AWAITS_ASSESSMENT)
BODIES = (
    ("sentral", "Frivilligsentralen", "centre", "frivilligsentral", "sentrum", "Vi finner noen som kan."),
    ("kommune", "Kommunen", "municipality", "kommune", "sentrum", "Kommunehuset."),
    ("hjemmetjeneste", "Hjemmetjenesten", "unit", "hjemmetjeneste", "sentrum", "Vi kjører hele døgnet."),
    ("tildeling", "Tildelingskontoret", "office", "tildelingstjeneste", "sentrum", "Her søker du om hjelp."),
    ("sanitet", "Sanitetsforeningen", "association", "sanitetsforening", "sentrum", "Treff og førstehjelp."),
    ("idrettslag", "Idrettslaget", "association", "idrettslag", "sentrum", "Ski og seniortrim."),
    ("grendelag", "Grendelaget", "association", "grendelag", "utkant", "Grendehuset er vårt."),
    ("pensjonistlag", "Pensjonistlaget", "association", "pensjonistlag", "sentrum", "Møte hver måned."),
    ("butikk", "Butikken", "business", "dagligvare", "sentrum", "Mat og post."),
    ("drosje", "Drosja", "business", "drosje", "sentrum", "Ring når som helst."),
    ("maskin", "Maskinlaget", "business", "brøyting", "utkant", "Brøyting og ved."),
)


def valleys(count: int, seed: int, today: date) -> Iterator[Valley]:
    """Make `count` valleys of about 45 named persons each, one at a time; the same for the same seed and day.

    The first ones are the same however many are made. Raises ValueError for fewer than none or more than `MOST`.
    """
    if not 0 <= count <= MOST:
        raise ValueError(f"Between 0 and {MOST} municipalities can be made, not {count}.")
    return (_valley(number, seed, today) for number in range(count))


def _valley(number: int, seed: int, today: date) -> Valley:
    """Make one."""
    name = STARTS[number % len(STARTS)] + ENDS[number // len(STARTS) % len(ENDS)]
    again = number // (len(STARTS) * len(ENDS))
    block = FIRST_BLOCK + number
    survey = Survey(60.0 + number % 60 * 0.05, 3.0 + number // 60 * 0.02)
    centre, edge = (0.0, 0.0), (2400.0 + number % 7 * 300, 1800.0)
    survey.road("Bygdeveien", "tertiary", 60, centre, (1400.0, 300.0), edge)
    villages = tuple(
        Village(key, place, survey.junction(at), survey.lanes(f"{place}veien", at, lanes), weight)
        for key, place, at, lanes, weight in (
            ("sentrum", "Sentrum", centre, 5, 70),
            ("utkant", "Utkanten", edge, 3, 30),
        )
    )
    lang = "nn" if number % 3 == 0 else "nb"
    junctions = {one.id: one for one in survey.junctions}
    dice = dice_for(f"many|{number}", seed)
    crowd = Crowd(today, block, lang, "nb" if lang == "nn" else "nn", villages, junctions, dice)
    hats = _hats(crowd)
    contacts = {hat.organisation: hat.person for hat in hats}
    volunteers = tuple(
        volunteer(crowd.anyone(25, 76), ("sentral",), n, today, dice, drives=n % 4 == 0) for n in range(VOLUNTEERS)
    )
    helpers = tuple(one.person for one in volunteers)
    recipients = tuple(recipient(crowd.anyone(70, 95), helpers, dice) for _ in range(RECIPIENTS))
    return Valley(
        slug=f"kommune-{number + 1:04d}",
        name=name if not again else f"{name} {again + 1}",
        language=lang,
        today=today,
        centre="sentral",
        villages=villages,
        junctions=tuple(survey.junctions),
        roads=tuple(survey.roads),
        water=(),
        halls=(Hall("grendehus", "Grendehuset", "utkant", survey.junction(edge), "grendelag", 60),),
        census=census(villages, BANDS),
        projections=(),
        organisations=tuple(
            replace(one, contact=contacts.get(one.key))
            for one in bodies(BODIES, block, lang, tuple(Opening(day, 540, 840) for day in (0, 2, 4)))
        ),
        persons=tuple(crowd.persons),
        hats=hats,
        police_purposes=POLICE_PURPOSES,
        task_types=task_types(
            today, "sentral", "hjemmetjeneste", {"machine": "maskin", "taxi": "drosje", "shop": "butikk"}
        ),
        volunteers=volunteers,
        recipients=recipients,
        stories=_stories(today, recipients, volunteers, hats[0].person, lang),
    )


def _hats(crowd: Crowd) -> tuple[Hat, ...]:
    """Put hats on a leader, an assessor, an administrator, and someone for each association."""
    roles = (("sentral", "leader"), ("tildeling", "assessor"), ("kommune", "municipal_administrator"))
    chairs = tuple((row[0], "representative") for row in BODIES if row[2] == "association")
    return tuple(Hat(crowd.anyone(30, 66, village="sentrum").key, body, role) for body, role in roles + chairs)


def _stories(
    today: date, recipients: tuple[Recipient, ...], volunteers: tuple[Volunteer, ...], by: str, lang: str
) -> tuple[Story, ...]:
    """Ten requests in the commonest states."""
    found = []
    for number in range(10):
        ends = ENDINGS[number % len(ENDINGS)]
        helper = volunteers[number].person if ends in (Ends.AGREED, Ends.DONE) else None
        past = ends is Ends.DONE
        found.append(
            Story(
                key=f"story-{number + 1}",
                recipient=recipients[number].person,
                task_type="vigil" if ends is Ends.AWAITS_ASSESSMENT else KINDS[number % len(KINDS)],
                door="telephone",
                taken_by=by,
                words="Kan nokon hjelpe meg med dette?" if lang == "nn" else "Kan noen hjelpe meg med dette?",
                lang=lang,
                told_on=told_day(today, -number - (12 if past else 1)),
                day=working_day(today, -number - 2 if past else number % 5 + 1),
                start=None,
                minutes=45,
                ends=ends,
                asked=(helper,) if helper else (),
                helper=helper,
            )
        )
    return tuple(found)
