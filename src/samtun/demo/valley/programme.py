"""What is on in Dalgrend: weeks as they are in a valley, with holes on Saturdays and few evenings in the hamlets."""

from dataclasses import dataclass

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
LAST = -1


@dataclass(frozen=True, slots=True)
class On:
    """Something on. `days_ahead` for what is once; `weekdays` for each week, with `nth` for once a month.

    Words are (bokmål, nynorsk). `hall` is the hall's name, `halls` those that take turns. `certificate` is the code of
    the purpose for which those who lead show one.
    """

    host: str
    title: tuple[str, str]
    about: tuple[str, str]
    category: str
    at: int
    to: int
    meets: str
    hall: str = ""
    halls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    where: str = ""
    village: str = ""
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    every: int = 1
    days_ahead: int = 0
    school_year: bool = False
    transport: str = "own"
    transport_words: tuple[str, str] = ("", "")
    price: tuple[str, str] = ("", "")
    fee: int | None = None
    groups: tuple[str, ...] = ()
    sign_up: str = "open"
    least: int | None = None
    most: int | None = None
    easy: str = ""
    in_unit: bool = False
    pencil: bool = False
    gear: tuple[str, str] = ("", "")
    certificate: str = ""


FETCHED = ("Ring i god tid, så henter noen deg.", "Ring i god tid, så hentar nokon deg.")
ASK_A_RIDE = ("Vi finner skyss hjem til den som ringer.", "Vi finn skyss heim til den som ringjer.")
COFFEE = ("30 kroner med kaffe", "30 kroner med kaffi")

PROGRAMME = (
    On("frivilligsentral", ("Fredagstreffet", "Fredagstreffet"),
       ("Kaffe, vafler og prat. Vi leser avisa sammen.", "Kaffi, vaflar og prat. Vi les avisa saman."),
       "social", 11, 13, "Turid", hall="Fjordheim", weekdays=(FRI,), transport="organiser_fetches",
       transport_words=FETCHED, price=COFFEE, fee=30, groups=("older", "eighty"), sign_up="ride",
       easy="Vi drikker kaffe og snakker sammen."),
    On("frivilligsentral", ("Middag sammen", "Middag i lag"),
       ("Vi lager middag og spiser sammen.", "Vi lagar middag og et i lag."),
       "meal", 16, 18, "Kåre", hall="Kyrkjestova", weekdays=(WED,), every=2, transport="organised_ride",
       price=("60 kroner", "60 kroner"), fee=60, sign_up="sign_up", least=8, most=24),
    On("frivilligsentral", ("Grendekaffe på rundtur", "Grendekaffi på rundtur"),
       ("Samme kaffe, nytt grendehus hver gang.", "Same kaffi, nytt grendehus kvar gong."),
       "social", 12, 14, "Turid", halls=("Nesheim", "Dalheim", "Havgløtt", "Kvernheim"), weekdays=(THU,), every=2,
       transport="organised_ride", sign_up="ride", groups=("older",)),
    On("frivilligsentral", ("Lørdagskaffe hele året", "Laurdagskaffi heile året"),
       ("Lagene bytter på å koke kaffe.", "Laga byter på å koke kaffi."),
       "social", 11, 13, "Vertslaget", hall="Fjordheim", weekdays=(SAT,), price=COFFEE, fee=30,
       hosts=("sanitet", "bygdekvinnelag", "misjonsforening", "pensjonistlag"), transport="public",
       transport_words=ASK_A_RIDE),
    On("frivilligsentral", ("Digital hjelp", "Digital hjelp"),
       ("Ta med telefonen eller nettbrettet.", "Ta med telefonen eller nettbrettet."),
       "course", 12, 14, "Aida", where="Biblioteket", village="sundoyra", weekdays=(MON,), groups=("older",),
       easy="Vi hjelper deg med telefonen."),
    On("sanitet", ("Middagskvile på Fjordheim", "Middagskvile på Fjordheim"),
       ("Suppe, avis og en benk å hvile på.", "Suppe, avis og ein benk å kvile på."),
       "meal", 11, 13, "Gudrun", hall="Fjordheim", weekdays=(TUE,), transport="public", price=COFFEE, fee=30,
       groups=("older",)),
    On("songlag", ("Korøvelse", "Korøving"), ("Alle stemmer er velkomne.", "Alle røyster er velkomne."),
       "culture", 19, 21, "Solveig", hall="Kyrkjestova", weekdays=(TUE,), school_year=True, transport="public"),
    On("mannskor", ("Mannskorøvelse", "Mannskorøving"), ("Fire stemmer.", "Fire røyster."),
       "culture", 19, 21, "Leiv", hall="Ungdomshuset", weekdays=(WED,), school_year=True, groups=("men_alone",)),
    On("strikkekafe", ("Strikkekafé", "Strikkekafé"),
       ("Ta med det du har på pinnene.", "Ta med det du har på pinnane."),
       "social", 18, 20, "Gunnhild", where="Biblioteket", village="sundoyra", weekdays=(WED,),
       easy="Vi strikker og prater."),
    On("pensjonistlag", ("Pensjonistmøte", "Pensjonistmøte"), ("Program og bevertning.", "Program og mat."),
       "social", 12, 14, "Oddny", hall="Fjordheim", weekdays=(THU,), nth=2, transport="organised_ride",
       groups=("older", "newly_retired")),
    On("turlag", ("Tur for alle", "Tur for alle"), ("To timer i rolig tempo.", "To timar i roleg tempo."),
       "active", 11, 13, "Torgeir", where="Parkeringsplassen ved kyrkja", village="sundoyra", weekdays=(SUN,),
       groups=("everyone",), easy="Vi går tur sammen."),
    On("nesvika-idrettslag", ("Trim på Nesheim", "Trim på Nesheim"), ("Lett trim til musikk.", "Lett trim til musikk."),
       "active", 10, 11, "Randi", hall="Nesheim", weekdays=(TUE,), groups=("older",), transport="companion_walk"),
    On("nesvika-idrettslag", ("Spillettermiddag på Nesheim", "Spelettermiddag på Nesheim"),
       ("Kort, brettspill og kaffe.", "Kort, brettspel og kaffi."),
       "social", 14, 15, "Randi", hall="Nesheim", weekdays=(WED,), nth=1, transport="public", groups=("older",)),
    On("nesvika-idrettslag", ("Barneidrett", "Barneidrett"), ("Lek for de minste.", "Leik for dei minste."),
       "active", 17, 18, "Jonas", hall="Nesheim", weekdays=(THU,), school_year=True, groups=("children", "families"),
       easy="Barn leker i hallen. Utstyr kan lånes.", sign_up="sign_up", most=30, price=("20 kroner", "20 kroner"),
       fee=20, gear=("Innesko og balltau", "Innesko og balltau"), certificate="forskrift-34-1"),
    On("4h", ("4H-kveld", "4H-kveld"), ("Mat, dyr og verksted.", "Mat, dyr og verkstad."),
       "across_ages", 17, 19, "Ingrid", hall="Ungdomshuset", weekdays=(MON,), every=2, school_year=True,
       groups=("children", "young"), sign_up="period", most=20, certificate="forskrift-34-1"),
    On("idrettslag", ("Fotball for jenter", "Fotball for jenter"), ("Alle får være med.", "Alle får vere med."),
       "active", 17, 18, "Sara", where="Gymsalen", village="sundoyra", weekdays=(TUE, THU), school_year=True,
       groups=("children",)),
    On("flyktningguidar", ("Språkkafé", "Språkkafé"),
       ("Vi øver norsk over en kopp te.", "Vi øver norsk over ein kopp te."),
       "inclusion", 18, 20, "Olena", where="Biblioteket", village="sundoyra", weekdays=(THU,), groups=("new_here",),
       easy="Vi snakker norsk sammen. Alle kan komme."),
    On("demenslag", ("Sansehagen", "Sansehagen"), ("En rolig time sammen.", "Ein roleg time i lag."),
       "dementia_friendly", 13, 14, "Marta", where="Solhaug", village="sundoyra", weekdays=(TUE,), in_unit=True,
       groups=("calm", "next_of_kin")),
    On("sjukeheim", ("Allsang på Solhaug", "Allsong på Solhaug"), ("Sanger alle kan.", "Songar alle kan."),
       "culture", 15, 16, "Sissel", where="Storstova på Solhaug", village="sundoyra", weekdays=(FRI,), in_unit=True),
    On("ovstedalen-skyttarlag", ("Åpent klubbhus", "Ope klubbhus"), ("Kaffe og vaffel.", "Kaffi og vaffel."),
       "social", 12, 15, "Per", where="Klubbhuset", village="ovstedalen", weekdays=(SUN,), price=COFFEE, fee=30),
    On("ovstedalen-grendelag", ("Kino på Dalheim", "Kino på Dalheim"), ("Film på lerret.", "Film på lerret."),
       "culture", 18, 20, "Nils", hall="Dalheim", weekdays=(FRI,), nth=LAST, price=("50 kroner", "50 kroner"), fee=50),
    On("kvernegrend-spelemannslag", ("Dansekveld", "Dansekveld"), ("Torader og fele.", "Torader og fele."),
       "culture", 20, 23, "Knut", hall="Kvernheim", weekdays=(SAT,), nth=1,
       price=("100 kroner", "100 kroner"), fee=100),
    On("ytrestrond-misjonsforening", ("Åpent hus på bedehuset", "Ope hus på bedehuset"),
       ("Suppe og prat.", "Suppe og prat."),
       "meal", 17, 19, "Borghild", where="Bedehuset", village="ytrestrond", weekdays=(TUE,), every=2),
    On("kyrkjelyd", ("Kirkekaffe", "Kyrkjekaffi"), ("Etter gudstjenesten.", "Etter gudstenesta."),
       "social", 12, 13, "Anne", hall="Kyrkjestova", weekdays=(SUN,), every=2),
    On("bygdekvinnelag", ("Julemesse", "Julemesse"), ("Lefser, lodd og sang.", "Lefser, lodd og song."),
       "event", 12, 16, "Gerd", hall="Fjordheim", days_ahead=12, price=("Lodd 20 kroner", "Lodd 20 kroner")),
    On("helselag", ("Basar", "Basar"), ("Overskuddet går til turgruppa.", "Overskotet går til turgruppa."),
       "event", 18, 21, "Hanne", hall="Fjordheim", days_ahead=110, pencil=True,
       price=("Lodd 20 kroner", "Lodd 20 kroner")),
    On("frivilligsentral", ("St. Hans på kaia", "Jonsok på kaia"), ("Bål, grøt og spill.", "Bål, graut og spel."),
       "event", 18, 22, "Turid", where="Kaia", village="sundoyra", days_ahead=-153, groups=("families",)),
    On("frivilligsentral", ("Høstfest", "Haustfest"),
       ("Alle tar med noe til bordet.", "Alle tek med noko til bordet."), "event", 17, 20, "Turid",
       hall="Fjordheim", days_ahead=-57),
    On("frivilligsentral", ("Julemiddag for alle", "Julemiddag for alle"),
       ("Ingen skal være alene hvis de ikke vil.", "Ingen skal vere åleine om dei ikkje vil."),
       "meal", 15, 18, "Turid", hall="Kyrkjestova", days_ahead=31, transport="organiser_fetches",
       transport_words=FETCHED, sign_up="binding", least=10, most=40, groups=("everyone",)),
)  # fmt: skip
