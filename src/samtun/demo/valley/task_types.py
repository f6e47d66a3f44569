"""Kinds of help, where each ends and the way on; the texts are shown on screen in three languages.

Classes and refusals follow the rules R22 to R25; the limits are those that volunteer centres use (document 002).
"""

from datetime import date, timedelta

from samtun.anchoring.responsibilities.enums import STANDARD_KINDS, STANDARD_PURPOSES
from samtun.demo.valley.words import PolicePurpose, TaskType, Text

POLICE_PURPOSES = tuple(PolicePurpose(p.code, Text(**p.name), p.law) for p in STANDARD_PURPOSES)
STANDARD = {kind.key: kind for kind in STANDARD_KINDS}

HOME_CARE = Text(
    "Ring tildelingskontoret i kommunen. Du kan søke om hjelp derfra, og vi hjelper deg gjerne med å ringe.",
    "Ring tildelingskontoret i kommunen. Du kan søkje om hjelp derifrå, og vi hjelper deg gjerne med å ringje.",
    "Call the municipality's allocation office. You can apply for help there, and we gladly help you make the call.",
)
ASK_CENTRE = Text(
    "Ring frivilligsentralen, så finner vi ut av det sammen.",
    "Ring frivilligsentralen, så finn vi ut av det saman.",
    "Call the volunteer centre and we will work it out together.",
)
CONFIDENTIAL = frozenset({"confidentiality"})


def said(key: str, part: str) -> Text:
    """Return what every municipality is offered to begin with: the valley says the same, with a way on of its own."""
    return Text(**getattr(STANDARD[key], part))


def task_types(today: date, centre: str, home_care: str, business: dict[str, str]) -> tuple[TaskType, ...]:
    """All kinds of help in a valley.

    `centre` and `home_care` have cleared the ordinary ones, half a year ago. `business` names who sells machine
    work, taxi rides and groceries: keys machine, taxi, shop.
    """
    both, when = (centre, home_care), today - timedelta(days=180)
    ordinary = _ordinary(both, when, business)
    return (*ordinary, *_needing_thought(both, when), *_declined(business))


def _ordinary(both: tuple[str, ...], when: date, business: dict[str, str]) -> tuple[TaskType, ...]:
    """Kinds cleared beforehand: they pass triage with one tap."""
    return (
        TaskType(
            key="snow",
            name=said("snow", "name"),
            group="practical",
            whose="volunteer",
            limits=said("snow", "limits"),
            way_on=Text(
                "Brøyting av veien kan du kjøpe. Vi gir deg navn på dem som tar slike jobber.",
                "Brøyting av vegen kan du kjøpe. Vi gjev deg namn på dei som tek slike jobbar.",
                "Ploughing the road can be bought. We give you the names of those who do it.",
            ),
            asking="first_yes",
            minutes=45,
            cleared_by=both,
            cleared_on=when,
            bought_from=(business["machine"],),
        ),
        TaskType(
            key="shopping",
            name=said("shopping", "name"),
            group="practical",
            whose="volunteer",
            limits=said("shopping", "limits"),
            way_on=Text(
                "Butikken kjører varer hjem hver torsdag.",
                "Butikken køyrer varer heim kvar torsdag.",
                "The shop delivers every Thursday.",
            ),
            asking="first_yes",
            minutes=90,
            requires=CONFIDENTIAL,
            min_age=18,
            cleared_by=both,
            cleared_on=when,
            bought_from=(business["shop"],),
        ),
        TaskType(
            key="small_jobs",
            name=said("small_jobs", "name"),
            group="practical",
            whose="volunteer",
            limits=said("small_jobs", "limits"),
            way_on=Text(
                "Større jobber er arbeid for håndverkere.",
                "Større jobbar er arbeid for handverkarar.",
                "Larger jobs are work for tradespeople.",
            ),
            asking="first_yes",
            minutes=45,
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="firewood",
            name=said("firewood", "name"),
            group="practical",
            whose="volunteer",
            limits=said("firewood", "limits"),
            way_on=Text(
                "Ved levert på tunet kan du kjøpe.",
                "Ved levert på tunet kan du kjøpe.",
                "Firewood delivered to the yard can be bought.",
            ),
            asking="first_yes",
            minutes=45,
            cleared_by=both,
            cleared_on=when,
            bought_from=(business["machine"],),
        ),
        TaskType(
            key="digital",
            name=said("digital", "name"),
            group="knowledge",
            whose="volunteer",
            limits=said("digital", "limits"),
            way_on=Text(
                "Biblioteket har datakveld hver onsdag.",
                "Biblioteket har datakveld kvar onsdag.",
                "The library has a computer evening every Wednesday.",
            ),
            minutes=60,
            requires=CONFIDENTIAL,
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="walk",
            name=said("walk", "name"),
            group="social",
            whose="volunteer",
            limits=said("walk", "limits"),
            way_on=ASK_CENTRE,
            minutes=60,
            one_to_one=True,
            requires=CONFIDENTIAL,
            cleared_by=both,
            cleared_on=when,
        ),
    )


def _needing_thought(both: tuple[str, ...], when: date) -> tuple[TaskType, ...]:
    """Kinds where someone picks with care, and one that no volunteer takes before it is settled (grey)."""
    return (
        TaskType(
            key="visit",
            name=said("visit", "name"),
            group="social",
            whose="volunteer",
            limits=said("visit", "limits"),
            way_on=ASK_CENTRE,
            asking="known_only",
            minutes=90,
            one_to_one=True,
            requires=frozenset({"confidentiality", "course:visiting-friend"}),
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="company",
            name=said("company", "name"),
            group="companion",
            whose="volunteer",
            limits=said("company", "limits"),
            way_on=Text(
                "Trenger du syketransport, ring Pasientreiser. Tolk skaffer legekontoret.",
                "Treng du sjuketransport, ring Pasientreiser. Tolk skaffar legekontoret.",
                "For patient transport call Pasientreiser. The surgery provides an interpreter.",
            ),
            minutes=150,
            one_to_one=True,
            requires=frozenset({"confidentiality"}),
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="lift",
            name=said("lift", "name"),
            group="transport",
            whose="volunteer",
            limits=said("lift", "limits"),
            way_on=Text(
                "Drosja kjører hele døgnet, og kommunen har TT-kort å søke på.",
                "Drosja køyrer heile døgnet, og du kan søkje om TT-kort.",
                "The taxi runs day and night, and you can apply for a transport card.",
            ),
            asking="first_yes",
            minutes=90,
            min_age=20,
            requires=frozenset({"driving", "own_car"}),
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="host",
            name=said("host", "name"),
            group="organising",
            whose="volunteer",
            limits=said("host", "limits"),
            way_on=ASK_CENTRE,
            asking="first_yes",
            minutes=180,
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="vigil",
            name=said("vigil", "name"),
            group="grey",
            whose="other",
            limits=said("vigil", "limits"),
            way_on=Text(
                "Det må først være avtalt mellom kommunen og laget. Snakk med sykehjemmet.",
                "Det må først vere avtalt mellom kommunen og laget. Snakk med sjukeheimen.",
                "It must first be agreed between municipality and association. Talk to the nursing home.",
            ),
            asking="known_only",
            minutes=240,
            one_to_one=True,
            min_age=20,
            requires=frozenset({"confidentiality", "course:vigil"}),
        ),
    )


def _declined(business: dict[str, str]) -> tuple[TaskType, ...]:
    """Kinds that volunteers do not do; each is met with a reason and a way on."""
    return (
        TaskType(
            key="estate",
            name=said("estate", "name"),
            group="practical",
            whose="business",
            limits=said("estate", "limits"),
            way_on=Text(
                "Firma i bygda tar slike jobber, og bruktbutikken henter møbler gratis.",
                "Firma i bygda tek slike jobbar, og bruktbutikken hentar møblar gratis.",
                "Local firms do this, and the second-hand shop collects furniture free of charge.",
            ),
            bought_from=(business["machine"],),
        ),
        TaskType(
            key="moving",
            name=said("moving", "name"),
            group="practical",
            whose="business",
            limits=said("moving", "limits"),
            way_on=Text(
                "Flytting kan du kjøpe. Flytter du til omsorgsbolig, spør kommunen hva de hjelper med.",
                "Flytting kan du kjøpe. Flyttar du til omsorgsbustad, spør kommunen kva dei hjelper med.",
                "Removals can be bought. If you move to sheltered housing, ask what the municipality helps with.",
            ),
            bought_from=(business["machine"],),
        ),
        TaskType(
            key="taxi",
            name=Text("Fast kjøring", "Fast køyring", "Regular driving"),
            group="transport",
            whose="business",
            limits=Text(
                "Vi kjører ikke i stedet for drosja.",
                "Vi køyrer ikkje i staden for drosja.",
                "We do not drive instead of the taxi.",
            ),
            way_on=Text(
                "Drosja kjører hele døgnet, og du kan søke om TT-kort.",
                "Drosja køyrer heile døgnet, og du kan søkje om TT-kort.",
                "The taxi runs day and night, and you can apply for a transport card.",
            ),
            bought_from=(business["taxi"],),
        ),
        TaskType(
            key="care",
            name=said("care", "name"),
            group="professional",
            whose="municipality",
            limits=said("care", "limits"),
            way_on=HOME_CARE,
        ),
    )
