"""Kinds of help, where each ends and the way on; the texts are shown on screen in three languages.

Classes and refusals follow the rules R22 to R25; the limits are those that volunteer centres use (document 002).
"""

from datetime import date, timedelta

from samtun.demo.valley.words import PolicePurpose, TaskType, Text

POLICE_PURPOSES = (
    PolicePurpose(
        "forskrift-34-1",
        Text(
            "Oppgaver for mindreårige eller personer med utviklingshemming i en frivillig organisasjon",
            "Oppgåver for mindreårige eller personar med utviklingshemming i ein frivillig organisasjon",
            "Tasks for minors or people with intellectual disabilities in a voluntary organisation",
        ),
        "politiregisterloven § 39, politiregisterforskriften § 34-1",
    ),
    PolicePurpose(
        "hol-5-4",
        Text(
            "Den som skal yte tjenester etter helse- og omsorgstjenesteloven",
            "Den som skal yte tenester etter helse- og omsorgstenestelova",
            "Someone who is to provide services under the Health and Care Services Act",
        ),
        "helse- og omsorgstjenesteloven § 5-4",
    ),
    PolicePurpose(
        "forskrift-34-12",
        Text("Fritidsklubb og leir", "Fritidsklubb og leir", "Youth club and camp"),
        "politiregisterforskriften § 34-12",
    ),
    PolicePurpose(
        "forskrift-34-14",
        Text("Leksehjelp og mentorordning", "Leksehjelp og mentorordning", "Homework help and mentoring"),
        "politiregisterforskriften § 34-14",
    ),
)

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
            name=Text("Måke snø på trappa", "Måke snø på trappa", "Clear snow from the steps"),
            group="practical",
            whose="volunteer",
            limits=Text(
                "Trapp, sti og litt strøing. Ikke brøyting av veien, og ikke tak.",
                "Trapp, gangveg og litt strøing. Ikkje brøyting av vegen, og ikkje tak.",
                "Steps, path and some grit. Not ploughing the road, and no roofs.",
            ),
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
            name=Text("Handle mat", "Handle mat", "Grocery shopping"),
            group="practical",
            whose="volunteer",
            limits=Text(
                "Handle etter liste og bære inn. Du betaler selv i butikken eller med kort på avtale; "
                "den frivillige låner aldri bankkortet ditt.",
                "Handle etter liste og bere inn. Du betaler sjølv i butikken eller etter avtale; "
                "den frivillige låner aldri bankkortet ditt.",
                "Shopping from a list and carrying it in. You pay the shop yourself or by arrangement; "
                "the volunteer never borrows your bank card.",
            ),
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
            name=Text("Skifte lyspære og andre småting", "Skifte lyspære og andre småting", "Light bulbs, small jobs"),
            group="practical",
            whose="volunteer",
            limits=Text(
                "Småjobber under en time. Ikke fast elektrisk, ikke rør, ikke oppussing.",
                "Småjobbar under ein time. Ikkje fast elektrisk, ikkje røyr, ikkje oppussing.",
                "Small jobs of less than an hour. No fixed wiring, no plumbing, no redecorating.",
            ),
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
            name=Text("Bære inn ved", "Bere inn ved", "Carry in firewood"),
            group="practical",
            whose="volunteer",
            limits=Text(
                "Bære inn og stable. Ikke hogge eller kjøre ved.",
                "Bere inn og stable. Ikkje hogge eller køyre ved.",
                "Carrying in and stacking. No felling, splitting or haulage.",
            ),
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
            name=Text("Hjelp med telefon og nettbrett", "Hjelp med telefon og nettbrett", "Help with phone and tablet"),
            group="knowledge",
            whose="volunteer",
            limits=Text(
                "Vi viser og forklarer. Du skriver alltid inn passord og bankkoder selv.",
                "Vi viser og forklarer. Du skriv alltid inn passord og bankkodar sjølv.",
                "We show and explain. You always type passwords and bank codes yourself.",
            ),
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
            name=Text("Gå tur sammen", "Gå tur saman", "A walk together"),
            group="social",
            whose="volunteer",
            limits=Text(
                "En tur på vei eller sti i ditt eget tempo. Ikke trening etter plan fra fysioterapeut.",
                "Ein tur på veg eller sti i ditt eige tempo. Ikkje trening etter plan frå fysioterapeut.",
                "A walk on road or path at your own pace. Not exercise prescribed by a physiotherapist.",
            ),
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
            name=Text("Besøk hjemme", "Besøk heime", "A visit at home"),
            group="social",
            whose="volunteer",
            limits=Text(
                "Prat, kaffe, kort eller høytlesing. Ikke stell, ikke medisiner, ikke nøkler.",
                "Prat, kaffi, kort eller høgtlesing. Ikkje stell, ikkje medisin, ikkje nøklar.",
                "Talk, coffee, cards or reading aloud. No care, no medicines, no keys.",
            ),
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
            name=Text(
                "Følge til lege eller frisør", "Følgje til lege eller frisør", "Company to doctor or hairdresser"
            ),
            group="companion",
            whose="volunteer",
            limits=Text(
                "Være med på veien og vente. Ikke inn til legen uten at du ber om det, og ikke tolking.",
                "Vere med på vegen og vente. Ikkje inn til legen utan at du bed om det, og ikkje tolking.",
                "Coming along and waiting. Not into the surgery unless you ask, and no interpreting.",
            ),
            way_on=Text(
                "Trenger du syketransport, ring Pasientreiser. Tolk skaffer legekontoret.",
                "Treng du sjuketransport, ring Pasientreiser. Tolk skaffar legekontoret.",
                "For patient transport call Pasientreiser. The surgery provides an interpreter.",
            ),
            minutes=150,
            one_to_one=True,
            requires=frozenset({"confidentiality", "driving", "own_car"}),
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="lift",
            name=Text("Skyss til treff og møter", "Skyss til treff og møte", "A lift to gatherings"),
            group="transport",
            whose="volunteer",
            limits=Text(
                "Til og fra det vi og lagene holder på med. Ikke faste turer for en enkelt, og ikke taxi.",
                "Til og frå det vi og laga held på med. Ikkje faste turar for ein enkelt, og ikkje taxi.",
                "To and from what we and the associations arrange. No regular private trips, and not a taxi.",
            ),
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
            name=Text("Vert på treff", "Vert på treff", "Host at a gathering"),
            group="organising",
            whose="volunteer",
            limits=Text(
                "Ta imot, koke kaffe, rydde. Det er alltid to sammen.",
                "Ta imot, koke kaffi, rydde. Det er alltid to saman.",
                "Welcoming, making coffee, tidying. There are always two together.",
            ),
            way_on=ASK_CENTRE,
            asking="first_yes",
            minutes=180,
            cleared_by=both,
            cleared_on=when,
        ),
        TaskType(
            key="vigil",
            name=Text("Våke hos en som er døende", "Vake hos ein som er døyande", "Sitting with someone who is dying"),
            group="grey",
            whose="other",
            limits=Text(
                "Å være der. Pleierne har ansvaret og er på huset hele tiden.",
                "Å vere der. Pleiarane har ansvaret og er på huset heile tida.",
                "Being there. The nurses are responsible and in the house all the time.",
            ),
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
            name=Text("Tømme dødsbo", "Tømme dødsbu", "Clear an estate"),
            group="practical",
            whose="business",
            limits=Text(
                "Dette er for stort for frivillige.",
                "Dette er for stort for frivillige.",
                "This is too much for volunteers.",
            ),
            way_on=Text(
                "Firma i bygda tar slike jobber, og bruktbutikken henter møbler gratis.",
                "Firma i bygda tek slike jobbar, og bruktbutikken hentar møblar gratis.",
                "Local firms do this, and the second-hand shop collects furniture free of charge.",
            ),
            bought_from=(business["machine"],),
        ),
        TaskType(
            key="moving",
            name=Text("Flytting", "Flytting", "Moving house"),
            group="practical",
            whose="business",
            limits=Text(
                "Frivillige bærer ikke flyttelass.",
                "Frivillige ber ikkje flyttelass.",
                "Volunteers do not carry removal loads.",
            ),
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
            name=Text("Mating, stell og medisiner", "Mating, stell og medisin", "Feeding, care and medicines"),
            group="professional",
            whose="municipality",
            limits=Text(
                "Dette er helsehjelp og gjøres av fagfolk.",
                "Dette er helsehjelp og blir gjort av fagfolk.",
                "This is health care and is done by professionals.",
            ),
            way_on=HOME_CARE,
        ),
    )
