"""Words of illness are found in both forms of Norwegian; ordinary words that look like them are left alone."""

import pytest

from samtun.kernel.clinical import clinical_words

ILL = (
    "Hente medisin på apoteket", "tek medikament kvar dag", "etter hoftebrudd i fjor", "etter hoftebrot i fjor",
    "hatt hjerneslag", "Har hatt slag", "fekk slag i haust", "fikk et slag.", "fekk eit slag", "er psykisk sjuk",
    "går til psykolog", "hjertesyk", "hjartesjuk", "har HIV", "er dement", "DEMENS", "lårhalsbrot", "gikt i hendene",
)  # fmt: skip
WELL = (
    "ha med en slags kake", "eit slags selskap", "alle slag folk er velkomne", "et slag kort om kvelden",
    "fekk eit slag kaffi", "slagverk i korpset", "hive søppelet", "hiv ut det gamle", "klokka slår", "medlem i koret",
    "bringe ved opp trappa", "brot på vassrøyret", "gjekk i brudeferd", "dementerer ryktet", "en tur til legen",
    "følge til sjukehuset", "glad i hundar og kyr", "skiftar pærer", "hjelp med nettbrett", "setje opp gardinstang",
)  # fmt: skip


@pytest.mark.rule("R75")
@pytest.mark.parametrize("text", ILL)
def test_a_word_of_illness_is_found(text):
    assert clinical_words(text)


@pytest.mark.rule("R75")
@pytest.mark.parametrize("text", WELL)
def test_an_ordinary_word_is_left_alone(text):
    assert clinical_words(text) == ()


def test_each_word_once_as_it_was_written():
    assert clinical_words("Demens, kreft og Demens") == ("Demens", "kreft")
