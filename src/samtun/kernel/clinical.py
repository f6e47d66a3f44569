"""Words of illness and treatment, in Norwegian and English: what someone writing down a wish is asked about (R59, R75).

Stems, matched at the beginning of a word. A question to the writer, never a filter: the list is short and knows it.
Ordinary words that begin alike stay out: to throw (hive) is no virus, and "en slags" no stroke.
"""

import re

STEMS = (
    "adhd", "aids", "alkoholi", "alkoholproblem", "alzheimer", "angst", "anoreksi", "antibiotik", "antidepress",
    "artrose", "asperger", "astma", "autis", "beinbrot", "beinbrudd", "beinskjør", "bipolar", "blodforgift",
    "blodpropp", "blodtrykk", "bulimi", "cancer", "cellegift", "cerebral", "covid", "cøliaki", "delir", "demens",
    "depresjon", "depressi", "deprimert", "diabet", "diagnos", "dialyse", "emfysem", "epilep", "fibromyalgi", "gikt",
    "hallusin", "hepatitt", "hjerneblødning", "hjernebløding", "hjernerysting", "hjernerystelse", "hjerneslag",
    "hjarteflimmer", "hjarteinfarkt", "hjarteproblem", "hjartesjuk", "hjartesvikt", "hjerteflimmer", "hjerteinfarkt",
    "hjerteproblem", "hjertesvikt", "hjertesyk", "hoftebrot", "hoftebrudd", "hofteprotes", "infarkt", "inkontinen",
    "insulin", "kateter", "kemo", "kneprotes", "kols", "kreft", "leddgikt", "lungebetennels", "lungesjuk", "lungesyk",
    "lårhals", "medikament", "medisin", "metastas", "migrene", "morfin", "multippel", "nyresjuk", "nyresvikt",
    "nyresyk", "operert", "osteoporose", "overdose", "paranoi", "parkinson", "pneumoni", "prostata", "psoriasis",
    "psykiatr", "psykisk", "psykolog", "psykose", "psykotisk", "rusavheng", "ruslid", "rusmid", "rusmisbruk",
    "rusproblem", "schizofren", "selvmord", "selvskad", "sinnslid", "sjukdom", "sjølvmord", "sjølvskad", "slaganfall",
    "slagpasient", "slagram", "smertestill", "sovemedisin", "spiseforstyrr", "stomi", "strålebehandl", "stroke",
    "suicid", "sukkersjuk", "sukkersyk", "svulst", "sykdom", "syndrom", "tumor", "urinvei", "urinveg",
    "utviklingshem",
)  # fmt: skip
HAD = r"(?:hatt|fått|fekk|fikk|etter)"
BODY = "arm|bord|fot|hand|hode|hovud|hånd|kne|mage|rygg"
WHOLE = (
    r"dement(?:e|s)?", r"hiv(?:-\w+|positiv\w*|smitt\w*)?(?!\s+(?:det|den|dei|de|ut|på|bort|ned|opp|inn)\b)",
    rf"{HAD}\s+(?:slag|drypp)(?!\s+(?:i|på|mot)\s+(?:{BODY}))",
    rf"{HAD}\s+ei?t\s+(?:slag|drypp)(?=\s*(?:[.,;!?)]|$))",
)  # fmt: skip
_WORD = re.compile(rf"\b(?:(?:{'|'.join(STEMS)})\w*|(?:{'|'.join(WHOLE)})\b)", re.IGNORECASE)


def clinical_words(text: str) -> tuple[str, ...]:
    """Return the words in a text that name an illness or a treatment, as written, each once."""
    return tuple(dict.fromkeys(_WORD.findall(text)))
