"""What a municipality may begin with: ordinary kinds of help, where each ends, and what the law lets be asked.

Texts are `{nb, nn, en}`, plain enough to hold anywhere in Norway. Each is changed afterwards as people here agree.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What a party has to do with a task on the map (R16)."""

    ANSWERS = "answers", _("answers for it")
    DOES = "does", _("does it")
    SUPPORTS = "supports", _("supports")
    TOLD = "told", _("is told")


class Way(models.TextChoices):
    """Whether a change puts a party in, or takes it out."""

    IN = "in"
    OUT = "out"


class MapState(models.TextChoices):
    """Where a change of the map is: made when all it concerns have said yes, not made when one says no."""

    WAITING = "waiting", _("Waits for answers")
    MADE = "made", _("All said yes: it holds")
    DECLINED = "declined", _("Not made: one said no")
    WITHDRAWN = "withdrawn", _("Taken back")


class Says(models.TextChoices):
    """What a party says to a change."""

    NOTHING = "", _("Has not answered yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


@dataclass(frozen=True, slots=True)
class StandardKind:
    """A kind of help as it is proposed. Minutes; the others are fields of `TaskType` that are not as usual."""

    key: str
    task_class: str
    name: dict[str, str]
    limits: dict[str, str]
    way_on: dict[str, str]
    asking: str
    usual_minutes: int
    most_minutes: int
    needs: dict[str, bool | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StandardPurpose:
    """A purpose for which the law lets a police certificate be asked, since July 2014."""

    code: str
    name: dict[str, str]
    law: str


def said(nb: str, nn: str, en: str) -> dict[str, str]:
    """Return the same in three languages."""
    return {"nb": nb, "nn": nn, "en": en}


STANDARD_KINDS = (
    StandardKind(
        key="snow",
        task_class="practical",
        name=said("Måke snø på trappa", "Måke snø på trappa", "Clear snow from the steps"),
        limits=said(
            "Trapp, sti og litt strøing. Ikke brøyting av veien, og ikke tak.",
            "Trapp, gangveg og litt strøing. Ikkje brøyting av vegen, og ikkje tak.",
            "Steps, path and some grit. Not ploughing the road, and no roofs.",
        ),
        way_on=said(
            "Brøyting av veien kan kjøpes. Spør oss hvem som tar slike jobber.",
            "Brøyting av vegen kan kjøpast. Spør oss kven som tek slike jobbar.",
            "Ploughing the road can be bought. Ask us who does it.",
        ),
        asking="first_yes",
        usual_minutes=45,
        most_minutes=90,
    ),
    StandardKind(
        key="shopping",
        task_class="practical",
        name=said("Handle mat", "Handle mat", "Grocery shopping"),
        limits=said(
            "Handle etter liste og bære inn. Du betaler selv; den frivillige låner aldri bankkortet ditt.",
            "Handle etter liste og bere inn. Du betaler sjølv; den frivillige låner aldri bankkortet ditt.",
            "Shopping from a list and carrying it in. You pay yourself; the volunteer never borrows your bank card.",
        ),
        way_on=said(
            "Mange butikker kjører varer hjem. Spør i butikken din.",
            "Mange butikkar køyrer varer heim. Spør i butikken din.",
            "Many shops deliver. Ask at yours.",
        ),
        asking="first_yes",
        usual_minutes=90,
        most_minutes=180,
        needs={"needs_declaration": True, "least_age": 18},
    ),
    StandardKind(
        key="small_jobs",
        task_class="practical",
        name=said("Skifte lyspære og andre småting", "Skifte lyspære og andre småting", "Light bulbs, small jobs"),
        limits=said(
            "Småjobber under en time. Ikke fast elektrisk, ikke rør, ikke oppussing.",
            "Småjobbar under ein time. Ikkje fast elektrisk, ikkje røyr, ikkje oppussing.",
            "Small jobs of less than an hour. No fixed wiring, no plumbing, no redecorating.",
        ),
        way_on=said(
            "Større jobber er arbeid for håndverkere.",
            "Større jobbar er arbeid for handverkarar.",
            "Larger jobs are work for tradespeople.",
        ),
        asking="first_yes",
        usual_minutes=45,
        most_minutes=90,
    ),
    StandardKind(
        key="firewood",
        task_class="practical",
        name=said("Bære inn ved", "Bere inn ved", "Carry in firewood"),
        limits=said(
            "Bære inn og stable. Ikke hogge eller kjøre ved.",
            "Bere inn og stable. Ikkje hogge eller køyre ved.",
            "Carrying in and stacking. No felling, splitting or haulage.",
        ),
        way_on=said(
            "Ved levert på tunet kan kjøpes.",
            "Ved levert på tunet kan kjøpast.",
            "Firewood delivered to the yard can be bought.",
        ),
        asking="first_yes",
        usual_minutes=45,
        most_minutes=90,
    ),
    StandardKind(
        key="digital",
        task_class="knowledge",
        name=said("Hjelp med telefon og nettbrett", "Hjelp med telefon og nettbrett", "Help with phone and tablet"),
        limits=said(
            "Vi viser og forklarer. Du skriver alltid inn passord og bankkoder selv.",
            "Vi viser og forklarer. Du skriv alltid inn passord og bankkodar sjølv.",
            "We show and explain. You always type passwords and bank codes yourself.",
        ),
        way_on=said(
            "Spør på biblioteket; de hjelper ofte til med slikt.",
            "Spør på biblioteket; dei hjelper ofte til med slikt.",
            "Ask at the library; they often help with this.",
        ),
        asking="coordinator_picks",
        usual_minutes=60,
        most_minutes=120,
        needs={"needs_declaration": True},
    ),
    StandardKind(
        key="walk",
        task_class="social",
        name=said("Gå tur sammen", "Gå tur saman", "A walk together"),
        limits=said(
            "En tur på vei eller sti i ditt eget tempo. Ikke trening etter plan fra fysioterapeut.",
            "Ein tur på veg eller sti i ditt eige tempo. Ikkje trening etter plan frå fysioterapeut.",
            "A walk on road or path at your own pace. Not exercise prescribed by a physiotherapist.",
        ),
        way_on=said(
            "Ring oss, så finner vi ut av det sammen.",
            "Ring oss, så finn vi ut av det saman.",
            "Call us and we will work it out together.",
        ),
        asking="coordinator_picks",
        usual_minutes=60,
        most_minutes=120,
        needs={"one_to_one": True, "needs_declaration": True},
    ),
    StandardKind(
        key="visit",
        task_class="social",
        name=said("Besøk hjemme", "Besøk heime", "A visit at home"),
        limits=said(
            "Prat, kaffe, kort eller høytlesing. Ikke stell, ikke medisiner, ikke nøkler.",
            "Prat, kaffi, kort eller høgtlesing. Ikkje stell, ikkje medisin, ikkje nøklar.",
            "Talk, coffee, cards or reading aloud. No care, no medicines, no keys.",
        ),
        way_on=said(
            "Ring oss, så finner vi ut av det sammen.",
            "Ring oss, så finn vi ut av det saman.",
            "Call us and we will work it out together.",
        ),
        asking="known_only",
        usual_minutes=90,
        most_minutes=180,
        needs={"one_to_one": True, "needs_declaration": True, "needs_course": "visiting-friend"},
    ),
    StandardKind(
        key="company",
        task_class="companion",
        name=said("Følge til lege eller sykehus", "Følgje til lege eller sjukehus", "Company to doctor or hospital"),
        limits=said(
            "Bli med og vente; skyssen er en sak for seg. Inn til legen bare når du ber om det. Ikke tolking.",
            "Bli med og vente; skyssen er ei sak for seg. Inn til legen berre når du bed om det. Ikkje tolking.",
            "Coming along and waiting; the ride is its own matter. Into the surgery only if you ask. No interpreting.",
        ),
        way_on=said(
            "Trenger du syketransport, ring Pasientreiser. Tolk skaffer legekontoret.",
            "Treng du sjuketransport, ring Pasientreiser. Tolk skaffar legekontoret.",
            "For patient transport call Pasientreiser. The surgery provides an interpreter.",
        ),
        asking="coordinator_picks",
        usual_minutes=150,
        most_minutes=480,
        needs={"one_to_one": True, "needs_declaration": True},
    ),
    StandardKind(
        key="lift",
        task_class="transport",
        name=said("Skyss til treff og møter", "Skyss til treff og møte", "A lift to gatherings"),
        limits=said(
            "Til og fra det vi og lagene holder på med. Ikke faste turer for en enkelt, og ikke taxi.",
            "Til og frå det vi og laga held på med. Ikkje faste turar for ein enkelt, og ikkje taxi.",
            "To and from what we and the associations arrange. No regular private trips, and not a taxi.",
        ),
        way_on=said(
            "Drosja kjører, og du kan søke om TT-kort i fylket.",
            "Drosja køyrer, og du kan søkje om TT-kort i fylket.",
            "Take a taxi, or apply to the county for a transport card.",
        ),
        asking="first_yes",
        usual_minutes=90,
        most_minutes=180,
        needs={"needs_car": True, "least_age": 20},
    ),
    StandardKind(
        key="host",
        task_class="organising",
        name=said("Vert på treff", "Vert på treff", "Host at a gathering"),
        limits=said(
            "Ta imot, koke kaffe, rydde. Det er alltid to sammen.",
            "Ta imot, koke kaffi, rydde. Det er alltid to saman.",
            "Welcoming, making coffee, tidying. There are always two together.",
        ),
        way_on=said(
            "Ring oss, så finner vi ut av det sammen.",
            "Ring oss, så finn vi ut av det saman.",
            "Call us and we will work it out together.",
        ),
        asking="first_yes",
        usual_minutes=180,
        most_minutes=360,
    ),
    StandardKind(
        key="vigil",
        task_class="grey",
        name=said("Våke hos en som er døende", "Vake hos ein som er døyande", "Sitting with someone who is dying"),
        limits=said(
            "Å være der. Pleierne har ansvaret og er på huset hele tiden.",
            "Å vere der. Pleiarane har ansvaret og er på huset heile tida.",
            "Being there. The nurses are responsible and in the house all the time.",
        ),
        way_on=said(
            "Det må først være avtalt mellom kommunen og laget. Snakk med sykehjemmet.",
            "Det må først vere avtalt mellom kommunen og laget. Snakk med sjukeheimen.",
            "It must first be agreed between municipality and association. Talk to the nursing home.",
        ),
        asking="known_only",
        usual_minutes=240,
        most_minutes=480,
        needs={"one_to_one": True, "needs_declaration": True, "needs_course": "vigil", "least_age": 20},
    ),
    StandardKind(
        key="estate",
        task_class="practical",
        name=said("Tømme dødsbo", "Tømme dødsbu", "Clear an estate"),
        limits=said(
            "Dette er for stort for frivillige.",
            "Dette er for stort for frivillige.",
            "This is too much for volunteers.",
        ),
        way_on=said(
            "Firma tar slike jobber, og bruktbutikker henter ofte møbler.",
            "Firma tek slike jobbar, og bruktbutikkar hentar ofte møblar.",
            "Firms do this, and second-hand shops often collect furniture.",
        ),
        asking="coordinator_picks",
        usual_minutes=60,
        most_minutes=120,
        needs={"is_declined": True},
    ),
    StandardKind(
        key="moving",
        task_class="practical",
        name=said("Flytting", "Flytting", "Moving house"),
        limits=said(
            "Frivillige bærer ikke flyttelass.",
            "Frivillige ber ikkje flyttelass.",
            "Volunteers do not carry removal loads.",
        ),
        way_on=said(
            "Flytting kan du kjøpe. Flytter du til omsorgsbolig, spør kommunen hva de hjelper med.",
            "Flytting kan du kjøpe. Flyttar du til omsorgsbustad, spør kommunen kva dei hjelper med.",
            "Removals can be bought. If you move to sheltered housing, ask what the municipality helps with.",
        ),
        asking="coordinator_picks",
        usual_minutes=60,
        most_minutes=120,
        needs={"is_declined": True},
    ),
    StandardKind(
        key="care",
        task_class="professional",
        name=said("Mating, stell og medisiner", "Mating, stell og medisin", "Feeding, care and medicines"),
        limits=said(
            "Dette er helsehjelp og gjøres av fagfolk.",
            "Dette er helsehjelp og blir gjort av fagfolk.",
            "This is health care and is done by professionals.",
        ),
        way_on=said(
            "Ring tildelingskontoret i kommunen. Du kan søke om hjelp derfra, og vi hjelper deg gjerne med å ringe.",
            "Ring tildelingskontoret i kommunen. Du kan søkje om hjelp derifrå, og vi hjelper deg gjerne med å ringje.",
            "Call the municipality's allocation office. You can apply for help there, and we gladly help you call.",
        ),
        asking="coordinator_picks",
        usual_minutes=60,
        most_minutes=120,
        needs={"is_declined": True},
    ),
)

STANDARD_PURPOSES = (
    StandardPurpose(
        code="forskrift-34-1",
        name=said(
            "Oppgaver for mindreårige eller personer med utviklingshemming i en frivillig organisasjon",
            "Oppgåver for mindreårige eller personar med utviklingshemming i ein frivillig organisasjon",
            "Tasks for minors or people with intellectual disabilities in a voluntary organisation",
        ),
        law="politiregisterloven § 39, politiregisterforskriften § 34-1",
    ),
    StandardPurpose(
        code="hol-5-4",
        name=said(
            "Den som skal yte tjenester etter helse- og omsorgstjenesteloven",
            "Den som skal yte tenester etter helse- og omsorgstenestelova",
            "Someone who is to provide services under the Health and Care Services Act",
        ),
        law="helse- og omsorgstjenesteloven § 5-4",
    ),
    StandardPurpose(
        code="forskrift-34-12",
        name=said("Fritidsklubb og leir", "Fritidsklubb og leir", "Youth club and camp"),
        law="politiregisterforskriften § 34-12",
    ),
    StandardPurpose(
        code="forskrift-34-14",
        name=said("Leksehjelp og mentorordning", "Leksehjelp og mentorordning", "Homework help and mentoring"),
        law="politiregisterforskriften § 34-14",
    ),
)
