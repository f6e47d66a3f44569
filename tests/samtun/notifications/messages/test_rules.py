"""Pure rules: quiet hours, replies, lengths, waiting."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.clock import at_wall, wall
from samtun.notifications.messages import rules
from samtun.notifications.messages.rules import Said, read_reply

OWN = {"VEL FOR MEG"}


def moment(day, clock):
    return at_wall(dt.date.fromisoformat(day), dt.time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("day", "clock", "goes"),
    [
        ("2026-11-23", "09:30", "2026-11-23 09:30"),
        ("2026-11-23", "20:00", "2026-11-24 08:00"),
        ("2026-11-23", "07:59", "2026-11-23 08:00"),
        ("2026-11-21", "21:00", "2026-11-23 08:00"),  # Saturday evening: Sunday is left in peace
        ("2026-11-22", "12:00", "2026-11-23 08:00"),
        ("2026-12-24", "20:30", "2026-12-28 08:00"),  # two days of Christmas, then Sunday
        ("2026-05-16", "22:00", "2026-05-18 08:00"),  # 17 May
        ("2027-03-24", "20:30", "2027-03-27 08:00"),  # Maundy Thursday and Good Friday
        ("2027-03-27", "20:30", "2027-03-30 08:00"),  # Easter Day and Monday, over the change of clocks
    ],
)
def test_quiet_hours_wait_for_the_next_day_that_is_not_a_holiday(day, clock, goes):
    found = rules.after_quiet(moment(day, clock))
    assert wall(found).strftime("%Y-%m-%d %H:%M") == goes


@given(st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2032, 12, 31), timezones=st.just(dt.UTC)))
def test_after_quiet_is_never_quiet_never_earlier_and_changes_nothing_twice(at):
    found = rules.after_quiet(at)
    assert not rules.is_quiet(found)
    assert found >= at
    assert rules.after_quiet(found) == found
    assert found == at or rules.is_quiet(at)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("JA", Said("JA")), ("ja 27", Said("JA", 27)), ("27 ja", Said("JA", 27)), ("JA27", Said("JA", 27)),
        ("Ja takk", Said("JA")), ("Ja, gjerne!", Said("JA")), ("ja det kan eg 27", Said("JA", 27)),
        ("yes please", Said("JA")), ("👍", Said("JA")), ("👍🏽 27", Said("JA", 27)), ("✔️", Said("JA")),
        ("Nei", Said("NEI")), ("nei takk 😊", Said("NEI")), ("Eg kan ikkje", Said("NEI")),
        ("Jeg kan ikke 31", Said("NEI", 31)), ("no", Said("NEI")), ("👎", Said("NEI")),
        ("ring meg", Said("RING MEG")), ("Kan du ringe meg?", Said("RING MEG")), ("call me", Said("RING MEG")),
        ("STOPP", Said("STOPP")), ("stop!", Said("STOPP")), ("stopp takk", Said("STOPP")), ("Start", Said("START")),
        ("vel for meg 22", Said("VEL FOR MEG", 22, own="VEL FOR MEG")), ("27", Said("", 27)),
        ("takk", Said(is_thanks=True)), ("OK", Said(is_thanks=True)), ("Tusen takk!", Said(is_thanks=True)),
    ],
)  # fmt: skip
def test_short_replies_are_read(text, said):
    assert read_reply(text, OWN) == said


@pytest.mark.parametrize(
    "text",
    ["ja men ikkje før 12", "ja kl 17", "ja nei", "👍👎", "ja 27 31", "nei 👍", "", "Hvem er dette?", "ja 277",
     "eg har ramla og ligg på golvet", "ja ring meg", "stopp ikkje", "12 ja 2026"],
)  # fmt: skip
def test_everything_else_is_left_to_a_person(text):
    assert read_reply(text, OWN).word == ""
    assert not read_reply(text, OWN).is_thanks


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    said = read_reply(text, OWN)
    assert said.code is None or 10 <= said.code <= 99


def test_an_sms_is_measured_in_the_networks_own_characters():
    assert rules.gsm7_length("æøåÆØÅ") == 6
    assert rules.gsm7_length("{€}") == 6
    assert rules.gsm7_length("čáŋ") is None


def test_typographic_signs_do_not_halve_an_sms():
    assert rules.gsm7_length(rules.plain_sms("«Kaffi» – kl. 10…\u00a0ja")) == len('"Kaffi" - kl. 10... ja')


def test_waits_double_with_spread_and_honour_what_was_asked():
    for attempt, base in ((1, 20), (2, 40), (7, 1280), (30, 1800)):
        waits = {rules.wait_before(attempt).total_seconds() for _ in range(50)}
        assert base * 0.75 <= min(waits) < max(waits) <= base * 1.25
    assert rules.wait_before(1, asked=600).total_seconds() == 600


def test_a_questions_own_words_are_looked_for_first():
    said = read_reply("Nei takk 27", {"NEI TAKK", "OK"})
    assert said == Said("NEI", 27, own="NEI TAKK")
    assert said.answer_to({"NEI TAKK": "ring_me"}) == "ring_me"
    assert said.answer_to({"NEI": "no"}) == "no"
    assert said.answer_to({"JA": "yes"}) is None
    assert read_reply("ok", {"OK"}) == Said(own="OK", is_thanks=True)
    assert read_reply("ok 27", {"OK"}) == Said(own="OK", code=27)
