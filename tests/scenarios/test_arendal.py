"""With heart for Arendal: a resident's own initiative has a page, helpers and a contact, and its initiator the lead."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from samtun.codesign.ideas.models import Idea, Initiative, Promise
from samtun.foundation.viewer import Role
from tests.factories.ideas import DINNER, OLAV, RAGNHILD, a_helper, an_idea, an_initiative, answered, with_contact

pytestmark = pytest.mark.practice("arendal")
WORDS = "Vi er mange som et åleine. Eg lagar middag kvar torsdag."
BERIT = "+4790000921"


def own_page(place, phone, kind="mi"):
    """The address in the last text to a telephone that has one."""
    texts = [text for text in place.texts_to(phone) if f"/ide/{kind}/" in text]
    return re.search(rf"/ide/{kind}/[\w-]+/", texts[-1])[0]


def code_in(place, phone):
    """The digits in the last text with a code."""
    return [m.group(1) for text in place.texts_to(phone) if (m := re.match(r"(\d{6}) ", text))][-1]


def who(window, say, name, phone):
    """Fill in who one is."""
    window.page.get_by_label(say("Your name"), exact=True).fill(name)
    window.page.get_by_label(say("Your telephone number")).fill(phone.removeprefix("+47"))


def proves(window, say, place, phone):
    """Type the code that came."""
    window.page.get_by_label(say("The code we sent you")).fill(code_in(place, phone))
    window.press(say("Confirm"))


def tells(window, say, place):
    """Ragnhild tells her idea at the open form, and proves her number."""
    window.open("/ide/")
    window.page.get_by_label(say("Your idea, in one line")).fill(DINNER)
    window.page.get_by_label(say("Tell more")).fill(WORDS)
    who(window, say, "Ragnhild Aasen", RAGNHILD)
    window.page.get_by_label(say("Everyone may read my idea")).check()
    window.page.get_by_label(say("What would you like to be called where everyone reads it?")).fill("Ragnhild")
    window.press("Send")
    proves(window, say, place, RAGNHILD)


def begins(window, say):
    """She makes it an initiative from her own page."""
    window.page.get_by_text(say("Make it an initiative"), exact=True).click()
    window.page.get_by_label(say("What can those who join in do?")).fill("Køyre og vaske opp")
    window.page.get_by_label(say("Where and when do you meet?")).fill("Grendahuset, torsdag 16")
    window.press(say("Begin"))


def names_contact(turid, say, place):
    """Turid names herself as the contact."""
    turid.press(say("Name a contact"), role="link")
    turid.page.get_by_label(say("Who is the contact?")).select_option(index=1)
    turid.press(say("Save"))


def promises(turid, say, words, day):
    """Promise an invisible task for a day."""
    turid.press(say("Promise something"), role="link")
    turid.page.get_by_label(say("What do you take on?")).select_option("room")
    turid.page.get_by_label(say("In a few words")).fill(words)
    turid.page.get_by_label(say("Another day"), exact=True).check()
    turid.page.locator("input[type=date]").fill(day.isoformat())
    turid.press(say("Promise it"))


@pytest.mark.journey
@pytest.mark.rule("R02")
@pytest.mark.rule("R18")
def test_from_an_idea_at_the_open_form_to_kept_promises(place, windows, say):
    """Ragnhild tells it, Turid answers, it gets a page; a helper by form, a promise kept and one late; she ends it."""
    ragnhild = windows()
    tells(ragnhild, say, place)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    turid.page.get_by_role("link", name=say("An idea waits for an answer")).first.click()
    turid.look()
    turid.page.get_by_label(say("We would like to be part of it")).check()
    turid.page.get_by_label(say("The answer"), exact=True).fill("Det vil vi gjerne vere med på")
    turid.press(say("Send the answer"))
    assert any("Det vil vi gjerne vere med på" in text for text in place.texts_to(RAGNHILD))
    ragnhild.open(own_page(place, RAGNHILD))
    begins(ragnhild, say)
    turid.page.reload()
    names_contact(turid, say, place)
    promises(turid, say, "Grendahuset gratis", dt.date(2026, 11, 27))
    promises(turid, say, "Løyve til grill", dt.date(2026, 11, 25))
    berit = windows()
    berit.open("/ide/alle/")
    berit.press(DINNER, role="link")
    expect(berit.page.locator("main")).to_contain_text("Grendahuset gratis")
    assert "Aasen" not in berit.page.content()
    berit.press(say("I'm in"), role="link")
    who(berit, say, "Berit Lie", BERIT)
    berit.press(say("I'm in"))
    proves(berit, say, place, BERIT)
    expect(berit.page.locator("main")).to_contain_text(say("You are with it"))
    turid.press("Grendahuset gratis", role="link")
    turid.page.get_by_label(say("What came of it?")).fill("Nøkkelen heng i boksen")
    turid.press(say("Done"))
    place.clock.move_to(dt.datetime(2026, 11, 26, 7, 30, tzinfo=dt.UTC))
    place.work()
    assert any("Løyve til grill" in str(p.words) for p in _promised(place))
    turid = windows(role=Role.COORDINATOR)  # three days have passed since she logged in
    turid.open(f"/ide/mottak/{_idea(place).id}/")
    turid.press("Løyve til grill", role="link")
    turid.page.get_by_label(say("Another day"), exact=True).check()
    turid.page.locator("input[type=date]").fill("2026-12-04")
    turid.page.get_by_label(say("Why?")).first.fill("Brannvesenet kjem på synfaring")
    turid.press(say("Give it a new day"))
    heard = " ".join(place.texts_to(RAGNHILD))
    assert all(words in heard for words in ("Nøkkelen heng i boksen", "Brannvesenet kjem på synfaring"))
    assert "Berit" not in heard
    ragnhild.open(own_page(place, RAGNHILD))
    expect(ragnhild.panel("lead")).to_contain_text("Berit Lie")
    expect(ragnhild.page.locator("main")).to_contain_text("Brannvesenet kjem på synfaring")
    ragnhild.page.get_by_text(say("End it"), exact=True).click()
    ragnhild.page.get_by_label(say("What became of it?")).fill("Tolv middagar")
    ragnhild.press(say("End it now"))
    berit.open(f"/ide/{_idea(place).id}/")
    expect(berit.page.locator("main")).to_contain_text("Tolv middagar")
    with place.scope():
        life = Initiative.objects.get()
        assert (life.state, life.ended_words) == ("ended", "Tolv middagar")


def _idea(place):
    with place.scope():
        return Idea.objects.get()


def _promised(place):
    with place.scope():
        return list(Promise.objects.filter(state="promised"))


@pytest.mark.journey
def test_on_paper_and_by_telephone_alone_and_handed_on(place, windows, say):
    """Ragnhild has no internet: Turid writes down her words, who joins in, and that Olav takes over."""
    turid = windows(role=Role.COORDINATOR)
    turid.open("/ide/mottak/")
    turid.press(say("Write down an idea"), role="link")
    turid.page.get_by_label(say("On paper")).check()
    turid.page.get_by_label(say("Whose idea is it?")).fill("Ragnhild Aasen")
    turid.page.get_by_label(say("Telephone number")).fill("57 41 09 01")
    turid.page.get_by_label(say("No, ring them")).check()
    turid.page.get_by_label(say("The idea, in one line")).fill(DINNER)
    turid.page.get_by_label(say("In their own words")).fill(WORDS)
    turid.press(say("Save"))
    turid.press(say("Write down what they say"), role="link")
    turid.page.get_by_text(say("Make it an initiative"), exact=True).click()
    turid.press(say("Begin"))
    turid.press(say("Somebody rings and wants to join in"), role="link")
    turid.page.get_by_label(say("Who?")).fill("Olav Bruflot")
    turid.page.get_by_label(say("Telephone number")).fill(OLAV.removeprefix("+47"))
    turid.press(say("Save"))
    turid.press(say("Write down what they say"), role="link")
    turid.page.get_by_text(say("Hand the lead on"), exact=True).click()
    turid.page.get_by_label("Olav Bruflot").check()
    turid.press(say("Ask them"))
    olav = windows()
    olav.open(own_page(place, OLAV, "med"))
    olav.press(say("Yes, I take the lead"))
    expect(olav.page.locator("main")).to_contain_text(say("You lead this. Nobody else changes your words."))
    with place.scope():
        idea = Idea.objects.select_related("lead", "initiator").get()
        assert (idea.lead.phone, idea.initiator.given_name, idea.via) == (OLAV, "Ragnhild", "paper")
        steps = list(idea.steps.filter(kind__in=["started", "offered"]).values_list("via", flat=True))
        assert steps == ["phone", "phone"]
    assert [p for p in place.gateway.sent if p.to == "+4757410901"] == []


@pytest.mark.journey
def test_yes_and_by_the_open_form_and_a_question_to_the_named_person(place, windows, say):
    """Berit adds to it and asks about it; what she adds stands on the page, what she asks does not."""
    with place.scope():
        idea = answered(place.tun, an_idea(place.tun, put={"is_public": True}))
        life = with_contact(place.tun, an_initiative(place.tun, idea))
        a_helper(place.tun, life)
    berit = windows()
    berit.open(f"/ide/{idea.id}/og/")
    berit.page.get_by_label(say("Yes, and …")).fill("… og vi syng etterpå")
    who(berit, say, "Berit Lie", BERIT)
    berit.press(say("Add it"))
    proves(berit, say, place, BERIT)
    berit.open(f"/ide/{idea.id}/spor/")
    berit.page.get_by_label(say("What are you wondering about?")).fill("Kven betaler maten?")
    who(berit, say, "Berit Lie", BERIT)
    berit.press("Send")
    proves(berit, say, place, BERIT)
    berit.open(f"/ide/{idea.id}/")
    expect(berit.page.locator("main")).to_contain_text("… og vi syng etterpå")
    expect(berit.page.locator("main")).not_to_contain_text("Kven betaler maten?")
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/ide/mottak/{idea.id}/")
    turid.page.locator("textarea[id^=q-]").fill("Alle tek med litt")
    turid.press(say("Answer the question"))
    assert any("Alle tek med litt" in text for text in place.texts_to(BERIT))
