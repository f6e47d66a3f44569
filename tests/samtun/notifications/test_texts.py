"""All texts of all rooms: complete, in step between languages, short enough, quiet."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils import translation

from samtun.foundation import notices
from samtun.foundation.notices import STANDS_IN, render
from samtun.notifications.messages.rules import gsm7_length, plain_sms

LANGUAGES = ("nb", "nn", "en")
FRAME = {
    "name": "Margrethe Øvrebø-Solheim", "municipality": "Dalgrend kommune", "shared_name": "Samtun i Dalgrend",
    "telephone": "57 00 11 22", "code": 27, "link": "https://samtun.dalgrend.no/s/" + "a" * 22,
}  # fmt: skip
FORBIDDEN = re.compile(r"\b(bestill|rekvir|brukar|bruker|vedtak)", re.IGNORECASE)
DIAGNOSES = re.compile(
    r"demens|kreft|psyki|depresjon|\bangst|\brus\b|rusmid|diagnos|sjukdom|sykdom|dement|dementia|cancer|psychiatr"
    r"|disease|illness|autis|parkinson|alzheimer",
    re.IGNORECASE,
)
VARIABLE = re.compile(r"{{\s*([a-z_]+)")
CONDITION = re.compile(r"{%\s*(?:el)?if\s+([^%]*)%}")
OPERATORS = {"and", "or", "not", "in", "is"}
LOOP = re.compile(r"{%\s*for\s+(\w+)\s+in\s+([a-z_]+)")


def folder_of(notice):
    for template_folder in (Path(p) for engine in engines.all() for p in engine.template_dirs):
        if (found := template_folder / notice.folder).is_dir():
            return found
    pytest.fail(f"{notice.key} has no folder {notice.folder}")


def variables(source):
    names = set(VARIABLE.findall(source))
    for condition in CONDITION.findall(source):
        plain = re.sub(r"(\"[^\"]*\"|'[^']*'|\|\w+)", "", condition)
        names |= {word.split(".")[0] for word in re.findall(r"[a-z_]+(?:\.[a-z_]+)*", plain)} - OPERATORS
    for one, many in LOOP.findall(source):
        names = (names - {one}) | {many}
    return names - {"forloop"}


def facts_of(notice):
    return FRAME | notice.sample_facts()


ALL = [pytest.param(n, id=n.key) for n in notices.all_notices()]
ASKS = [pytest.param(n, id=n.key) for n in notices.all_notices() if n.is_ask]


def test_there_are_notices_to_look_at():
    assert {"messages.stopped", "messages.which_one"} <= {n.key for n in notices.all_notices()}


@pytest.mark.parametrize("notice", ALL)
def test_each_channel_of_a_notice_has_its_text_in_every_language(notice):
    files = {path.name for path in folder_of(notice).iterdir()}
    channels = {name.split(".")[0] for name in files}
    assert files == {f"{channel}.{language}.txt" for channel in channels for language in LANGUAGES}
    assert channels <= set(STANDS_IN)
    for channel in notice.channels:
        assert channels & set(STANDS_IN[channel]), f"no text for {channel}"
    assert notice.title, "staff must be told what it is"


@pytest.mark.parametrize("notice", ALL)
def test_the_languages_use_the_same_facts_and_only_those_there_are(notice):
    for channel in {path.name.split(".")[0] for path in folder_of(notice).iterdir()}:
        used = {}
        for language in LANGUAGES:
            template = get_template(f"{notice.folder}/{channel}.{language}.txt")
            used[language] = variables(template.template.source)
        assert used["nb"] == used["nn"] == used["en"], channel
        assert used["nb"] <= set(facts_of(notice)), f"{channel} uses what sample_facts does not have"


@pytest.mark.parametrize("notice", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_made_and_fills_every_blank(notice, language):
    for channel in notice.channels:
        text = render(notice, channel=channel, language=language, facts=facts_of(notice))
        assert text
        assert "‽" not in text
        assert "{" not in text


@pytest.mark.parametrize("notice", ASKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ask_fits_one_sms_with_the_longest_plausible_facts(notice, language):
    with translation.override(language):
        text = plain_sms(render(notice, channel="sms", language=language, facts=facts_of(notice)))
    length = gsm7_length(text)
    assert length is not None, f"not GSM-7: {text}"
    assert length <= 160, f"{length}: {text}"


@pytest.mark.parametrize("notice", ALL)
def test_other_texts_are_two_sms_at_most(notice):
    for language in LANGUAGES:
        text = plain_sms(render(notice, channel="sms", language=language, facts=facts_of(notice)))
        length = gsm7_length(text)
        assert length is not None
        assert length <= 306, f"{length}: {text}"


@pytest.mark.rule("R59")
@pytest.mark.rule("R83")
@pytest.mark.parametrize("notice", ALL)
def test_texts_give_nothing_away_and_use_no_word_from_the_office(notice):
    for path in folder_of(notice).iterdir():
        source = path.read_text()
        assert not FORBIDDEN.search(source), path.name
        assert not DIAGNOSES.search(source), path.name
        assert not {"diagnosis", "reason", "birth_year", "address"} & variables(source), path.name


def test_the_lint_finds_what_it_looks_for():
    assert FORBIDDEN.search("Du kan bestille hjelp")
    assert FORBIDDEN.search("brukaren")
    assert DIAGNOSES.search("demenskafé")
    assert variables("{% if a and not b %}{{ c|x }}{% endif %}{% for one in many %}{{ one.d }}{% endfor %}") == {
        "a", "b", "c", "many",
    }  # fmt: skip
