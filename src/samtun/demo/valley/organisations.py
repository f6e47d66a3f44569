"""The bodies of Dalgrend: 42 associations, the volunteer centre, the municipality's units and four businesses."""

from samtun.demo.valley.crowd import synthetic_number
from samtun.demo.valley.words import Opening, Organisation

CENTRE_HOURS = tuple(Opening(weekday, 9 * 60, 14 * 60) for weekday in (0, 2, 4))
"""Monday, Wednesday and Friday 9 to 14: the leader has half a post."""
OFFICE_HOURS = tuple(Opening(weekday, 9 * 60, 15 * 60) for weekday in range(5))
ALWAYS = tuple(Opening(weekday, 0, 24 * 60) for weekday in range(7))
SHOP_HOURS = (*(Opening(weekday, 8 * 60, 20 * 60) for weekday in range(5)), Opening(5, 9 * 60, 18 * 60))

# fmt: off
# key, name, sort, village, own words (nynorsk)
ASSOCIATIONS = (
    ("sanitet", "Dalgrend Sanitetsforening", "sanitetsforening", "sundoyra",
     "Eldretreff, saniteten på skulen og ein kaffikopp til den som treng det."),
    ("helselag", "Dalgrend Helselag", "helselag", "sundoyra",
     "Vi arbeider for god helse i bygda, med basar i mars og turgruppe heile året."),
    ("bygdekvinnelag", "Dalgrend Bygdekvinnelag", "bygdekvinnelag", "sundoyra",
     "Mat, tradisjon og fellesskap. Vi bakar til det meste."),
    ("idrettslag", "Dalgrend Idrettslag", "idrettslag", "sundoyra",
     "Fotball, ski og friidrett for store og små."),
    ("songlag", "Dalgrend Songlag", "songlag", "sundoyra",
     "Blandakor som øver kvar tysdag. Alle røyster er velkomne."),
    ("pensjonistlag", "Dalgrend Pensjonistlag", "pensjonistlag", "sundoyra",
     "Møte andre torsdag i månaden, tur i juni og hyggjeleg lag alltid."),
    ("sundoyra-grendelag", "Sundøyra Grendelag", "grendelag", "sundoyra",
     "Vi held liv i grendehuset og kaien."),
    ("skyttarlag", "Dalgrend Skyttarlag", "skyttarlag", "sundoyra",
     "Bane og innandørs treningskveldar frå oktober til april."),
    ("misjonsforening", "Dalgrend Misjonsforening", "misjonsforening", "sundoyra",
     "Foreiningskveldar rundt i heimane, og haustmesse."),
    ("kyrkjelyd", "Kyrkjelyden i Dalgrend", "kyrkjelyd", "sundoyra",
     "Gudsteneste, kyrkjekaffi og besøk til den som ønskjer det."),
    ("hjelpekorps", "Dalgrend Hjelpekorps", "hjelpekorps", "sundoyra",
     "Førstehjelp, leiting og vakt på arrangement, og besøksvener heile året."),
    ("musikklag", "Dalgrend Musikklag", "musikklag", "sundoyra",
     "Korps for alle over ti år. Vi spelar 17. mai og når nokon fyller rundt."),
    ("mannskor", "Dalgrend Mannskor", "songlag", "sundoyra",
     "Fire røyster og to og tjue mann, av og til fleire."),
    ("sogelag", "Dalgrend Sogelag", "sogelag", "sundoyra",
     "Vi samlar bilete, stadnamn og forteljingar. Årsskriftet kjem til jul."),
    ("bondelag", "Dalgrend Bondelag", "bondelag", "sundoyra",
     "For dei som driv jord, og for open gard i august."),
    ("ungdomslag", "Dalgrend Ungdomslag", "ungdomslag", "sundoyra",
     "Revy, dans og kvardagskveldar på ungdomshuset."),
    ("batlag", "Sundøyra Båtlag", "båtlag", "sundoyra",
     "Småbåthamn, dugnad og fisketevling."),
    ("jegerlag", "Dalgrend Jeger- og fiskarlag", "jeger- og fiskarlag", "sundoyra",
     "Jegerprøve, fiskestell og kultivering i Kverna."),
    ("demenslag", "Dalgrend Demenslag", "pårørandelag", "sundoyra",
     "For den som gløymer, og for dei som står rundt."),
    ("diabeteslag", "Dalgrend Diabeteslag", "pasientlag", "sundoyra",
     "Temakveldar og gåtur måndagar."),
    ("husflidslag", "Dalgrend Husflidslag", "husflidslag", "sundoyra",
     "Kurs i veving, knivsmiing og bunadsaum."),
    ("hagelag", "Dalgrend Hagelag", "hagelag", "sundoyra",
     "Frø, stiklingar og plantemarknad i mai."),
    ("turlag", "Dalgrend Turlag", "turlag", "sundoyra",
     "Merkte stigar, dagsturar og ei open hytte på Stavfjellet."),
    ("strikkekafe", "Sundøyra Strikkekafé", "strikkekafé", "sundoyra",
     "Onsdagar på biblioteket. Ta med det du har på pinnane."),
    ("flyktningguidar", "Flyktningguidane i Dalgrend", "inkludering", "sundoyra",
     "Vi blir kjende med dei som nett er komne, to og to."),
    ("4h", "Dalgrend 4H", "barn og unge", "sundoyra",
     "Barn og unge frå ti år: dyr, mat og hender i jorda."),
    ("sundoyra-vel", "Sundøyra Velforening", "velforening", "sundoyra",
     "Blomar, benkar og julegran på torget."),
    ("nesvika-grendelag", "Nesvika Grendelag", "grendelag", "nesvika",
     "Vi eig Nesheim grendehus og leiger det ut rimeleg."),
    ("nesvika-bygdekvinnelag", "Nesvika Bygdekvinnelag", "bygdekvinnelag", "nesvika",
     "Lefsebaking før jul og middagslag på Nesheim."),
    ("nesvika-idrettslag", "Nesvika Idrettslag", "idrettslag", "nesvika",
     "Lysløype, trimgruppe og barneidrett torsdagar."),
    ("nesvika-songlag", "Nesvika Songlag", "songlag", "nesvika",
     "Vi syng i heimane til dei som ikkje kjem seg ut."),
    ("ovstedalen-grendelag", "Øvstedalen Grendelag", "grendelag", "ovstedalen",
     "Dalheim grendehus, kino i storsalen og felles middag kvar haust."),
    ("ovstedalen-skyttarlag", "Øvstedalen Skyttarlag", "skyttarlag", "ovstedalen",
     "Feltskyting og klubbhus med ope kvar søndag i sesongen."),
    ("ovstedalen-beitelag", "Øvstedalen Beitelag", "beitelag", "ovstedalen",
     "Sanking, gjerde og tilsyn i sameiga."),
    ("ovstedalen-kvinneforening", "Øvstedalen Kvinneforening", "kvinneforening", "ovstedalen",
     "Vi har møttest første måndag i månaden sidan 1911."),
    ("ovstedalen-loypelag", "Øvstedalen Løypelag", "løypelag", "ovstedalen",
     "Vi køyrer opp skiløypene og tek imot kaffipengar."),
    ("ytrestrond-grendelag", "Ytrestrond Grendelag", "grendelag", "ytrestrond",
     "Havgløtt grendehus, loppemarknad og jonsokbål."),
    ("ytrestrond-kystlag", "Ytrestrond Kystlag", "kystlag", "ytrestrond",
     "Vi tek vare på naust, båtar og det folk kunne."),
    ("ytrestrond-misjonsforening", "Ytrestrond Misjonsforening", "misjonsforening", "ytrestrond",
     "Basar i november og eit ope hus på bedehuset."),
    ("ytrestrond-bygdekvinnelag", "Ytrestrond Bygdekvinnelag", "bygdekvinnelag", "ytrestrond",
     "Fiskesuppe til dugnad, kurs om vinteren."),
    ("kvernegrend-grendelag", "Kvernegrend Grendelag", "grendelag", "kvernegrend",
     "Mølla, grendehuset Kvernheim og badeplassen."),
    ("kvernegrend-spelemannslag", "Kvernegrend Spelemannslag", "spelemannslag", "kvernegrend",
     "Hardingfele, torader og dans i Kvernheim."),
)
# fmt: on

# Associations that are hosts of volunteers, and what they take on.
HOSTS: dict[str, frozenset[str]] = {
    "hjelpekorps": frozenset({"visit", "walk", "company", "lift", "host"}),
    "sanitet": frozenset({"visit", "host", "shopping", "walk"}),
    "kyrkjelyd": frozenset({"visit", "lift", "host"}),
    "nesvika-grendelag": frozenset({"snow", "firewood", "small_jobs", "lift"}),
    "demenslag": frozenset({"walk", "visit", "company"}),
}

# fmt: off
# key, name, kind, sort, own words, opening hours
PUBLIC = (
    ("frivilligsentral", "Dalgrend Frivilligsentral", "centre", "frivilligsentral",
     "Vi koplar folk som kan gje ei hand med folk som treng ei. Døra er open måndag, onsdag og fredag.", CENTRE_HOURS),
    ("kommune", "Dalgrend kommune", "municipality", "kommune",
     "Kommunehuset ligg midt i Sundøyra.", OFFICE_HOURS),
    ("heimeteneste", "Heimetenesta i Dalgrend", "unit", "heimeteneste",
     "Vi er ute på vegen heile døgnet.", ALWAYS),
    ("sjukeheim", "Solhaug sjukeheim", "unit", "sjukeheim",
     "24 rom, to stover og ein hage med utsyn til fjorden.", ALWAYS),
    ("tildeling", "Tildelingskontoret", "office", "tildelingsteneste",
     "Her søkjer du om hjelp frå kommunen.", OFFICE_HOURS),
)
# fmt: on

# fmt: off
# key, name, sort, village, own words, opening hours, months with room
BUSINESSES = (
    ("handel", "Sundøyra Handel", "daglegvarer", "sundoyra",
     "Matbutikk, post og ein prat ved kaffikoppen. Varer heim torsdagar.", SHOP_HOURS, ()),
    ("drosje", "Dalgrend Drosje", "drosje", "sundoyra",
     "To bilar, éin med plass til rullestol. Ring når som helst.", ALWAYS, ()),
    ("gjestehus", "Fjordgløtt Gjestehus", "overnatting og servering", "ytrestrond",
     "Fullt hus om sommaren, god plass og varm suppe resten av året.", SHOP_HOURS, (1, 2, 3, 4, 9, 10, 11)),
    ("maskin", "Kvernegrend Maskin", "brøyting og graving", "kvernegrend",
     "Brøyting, ved, flytting og graving.", OFFICE_HOURS, ()),
)
# fmt: on


def organisations(block: int) -> tuple[Organisation, ...]:
    """List all bodies of Dalgrend, contacts apart; `block` keeps telephone numbers of valleys apart."""
    rows = [
        *((key, name, "association", sort, village, about, (), ()) for key, name, sort, village, about in ASSOCIATIONS),
        *((key, name, kind, sort, "sundoyra", about, hours, ()) for key, name, kind, sort, about, hours in PUBLIC),
        *(
            (key, name, "business", sort, village, about, hours, room)
            for key, name, sort, village, about, hours, room in BUSINESSES
        ),
    ]
    return tuple(
        Organisation(
            key=key,
            name=name,
            kind=kind,
            sort=sort,
            village=village,
            about=about,
            lang="nn",
            number=synthetic_number(100 * block + serial),
            email=f"{key}@eksempel.test",
            phone=None if kind == "association" else f"+4765{100 * block + serial:06d}",
            openings=hours,
            takes_on=HOSTS.get(key),
            low_season=room,
        )
        for serial, (key, name, kind, sort, village, about, hours, room) in enumerate(rows, start=1)
    )
