"""Everything Samtun says stands in bokmål and nynorsk, and nothing else does (decisions 15)."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from tools import messages

HEAD = 'msgid ""\nmsgstr ""\n"Language: nn\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SAID = {("", "Ask", ""): "a.py", ("", "%(n)s person", "%(n)s persons"): "b.html"}
GOOD = 'msgid "Ask"\nmsgstr "Spør"\n\n'
GOOD += 'msgid "%(n)s person"\nmsgid_plural "%(n)s persons"\nmsgstr[0] "éin"\nmsgstr[1] "%(n)s"\n'


def test_every_text_is_translated():
    """`make check` asks the same; here it is also seen that something is said."""
    spoken = messages.said()
    assert [fault for language in messages.LANGUAGES for fault in messages.faults(language, spoken)] == []
    assert ("", "There is nothing here.", "") in spoken, "sentences of refusals"
    assert ("", "Go to the front page", "") in spoken, "templates"
    assert ("", "Choose at most %(most)s.", "") in spoken, "code"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_days_and_months_begin_small_as_norwegian_writes_them(language):
    year = [dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(365)]
    with translation.override(language):
        said = {date_format(day, "l j. F") for day in year}
    assert {words for words in said if words != words.lower()} == set()


@pytest.mark.parametrize(
    ("po", "fault"),
    [
        (GOOD, None),
        (GOOD.replace('msgid "Ask"\nmsgstr "Spør"\n', ""), "missing"),
        (GOOD.replace('"Spør"', '""'), "empty"),
        (GOOD.replace('msgid "Ask"', '#, fuzzy\nmsgid "Ask"'), "fuzzy"),
        (GOOD + '\nmsgid "Old"\nmsgstr "Gammal"\n', "nobody says"),
        (GOOD.replace('msgstr[1] "%(n)s"', 'msgstr[1] "%(m)s"'), "placeholders"),
        (GOOD + '\nmsgid "Ask"\nmsgstr "Spørje"\n', "twice"),
    ],
)
def test_each_fault_is_seen(tmp_path: Path, po: str, fault: str | None):
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(HEAD + po)
    found = messages.faults("nn", SAID, tmp_path)
    assert [fault in f for f in found] == ([True] if fault else [])


def test_tidying_sorts_and_merges_and_keeps_what_is_said(tmp_path: Path):
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "django.po"
    po.write_text(HEAD + 'msgid "Z \\"quoted\\"\\nline"\nmsgstr "Å"\n\n' + GOOD + '\nmsgid "Ask"\nmsgstr "Spør"\n')
    before = {messages.key_of(m): messages.strings_of(m) for m in messages.read("nn", tmp_path) if m.id}
    messages.tidy("nn", tmp_path)
    once = po.read_text()
    assert {messages.key_of(m): messages.strings_of(m) for m in messages.read("nn", tmp_path) if m.id} == before
    assert once.count('msgid "Ask"') == 1
    messages.tidy("nn", tmp_path)
    assert po.read_text() == once


def test_compiled_words_are_what_pages_show(tmp_path: Path):
    import gettext

    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(HEAD + GOOD)
    messages.compile_stale(tmp_path)
    with (folder / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Ask") == "Spør"
    assert words.ngettext("%(n)s person", "%(n)s persons", 3) == "%(n)s"
