"""Level 3 speaks: said by a volunteer, an old woman and an association, answered where it is, heard on own channels."""

import re

import pytest
from playwright.sync_api import expect

from samtun.evaluation.feedback.models import Feedback
from samtun.foundation.viewer import Role
from samtun.people.preferences.actions import set_preferences
from tests.scenarios.voices import MARIT, rings

pytestmark = pytest.mark.practice("levels")
SATURDAYS = "Vi får ikkje fylt laurdagane"
LOCKED = "Salen er låst når vi kjem"
KEY_BOX = "Nøkkelen heng no i boksen ved inngangen"


def answers(turid, say, words):
    """From the line on the desk, in one button and a few words."""
    turid.open("/i-dag/")
    line = turid.page.get_by_role("link", name=say("Feedback waits for an answer")).first
    with turid.page.expect_navigation():
        line.click()
    turid.look()
    turid.page.get_by_label(say("The answer"), exact=True).fill(words)
    turid.press(say("Answer"))


@pytest.mark.rule("R04")
def test_a_volunteer_says_it_from_the_link_and_hears_by_text(place, windows, say, agreed):
    """Marit raises it on her telephone, Turid answers, and Marit says that it is settled. No name leaves the desk."""
    marit = windows()
    marit.open(agreed)
    marit.press(say("Tell us how it goes"), role="link")
    marit.page.get_by_label(say("What would you like to say?")).fill(LOCKED)
    marit.press("Send")  # the same word in all three
    expect(marit.page.locator("main")).to_contain_text(LOCKED)
    received = place.texts_to(MARIT)[-1]
    assert received.startswith("Takk for tilbakemelding")
    turid = windows(role=Role.COORDINATOR)
    answers(turid, say, KEY_BOX)
    heard = place.texts_to(MARIT)[-1]
    assert KEY_BOX in heard
    assert not [word for word in ("Anna", "Stokke", "Storgata", LOCKED) if word in received + heard]
    marit.open(re.search(r"/si/svar/[\w-]+/", heard)[0])
    expect(marit.page.locator("main")).to_contain_text(KEY_BOX)
    marit.press(say("Yes, it is settled"))
    with place.scope():
        found = Feedback.objects.get()
        assert (found.state, found.settled, found.via) == ("closed", "settled", "link")
    assert len(place.texts_to(MARIT)) >= 2


@pytest.mark.journey
def test_an_old_woman_says_it_on_the_telephone_and_is_rung(place, windows, say):
    """Anna is 88 and has a landline: Turid writes it down, answers, and reads the answer aloud. No text goes."""
    with place.scope():
        anna = place.tun.recipient()
        set_preferences(person=anna, channel="call", by=place.tun.system(), at=place.tun.now)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/si/mottak/")
    turid.press(say("Write down what somebody says"), role="link")
    turid.page.get_by_label(say("What would you like to say?")).fill("Bilen kjem alltid for seint på torsdagar")
    turid.page.get_by_label(say("Who says it, if they like")).fill("Anna Stokke")
    turid.page.get_by_label(say("Telephone number")).fill("57 41 00 01")
    turid.press(say("Save"))
    expect(turid.page.locator("main")).to_contain_text("Anna Stokke")
    answers(turid, say, "Frå neste veke kjem han eit kvarter før")
    place.work()
    assert "Frå neste veke" in rings(turid, say, "Anna Stokke", "Told")
    assert place.gateway.sent == []


@pytest.mark.journey
@pytest.mark.rule("R110")
def test_an_associations_matter_is_open_and_its_own_to_close(place, windows, say):
    """The health association raises the Saturdays openly; the centre answers and cannot close it."""
    tun = place.tun
    chair = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other)
    chair.open(f"/slag-hjelp/{tun.snow.id}/")
    chair.press(say("Say something about it"), role="link")
    chair.page.get_by_label(say("What would you like to say?")).fill(SATURDAYS)
    chair.page.get_by_label(tun.other.name).check()
    chair.page.get_by_label(say("Everyone may read it, and the answer")).check()
    chair.press("Send")
    expect(chair.page.locator("main")).to_contain_text(SATURDAYS)
    turid = windows(role=Role.COORDINATOR)
    answers(turid, say, "Vi spør kommunen om ein bil til")
    expect(turid.page.get_by_role("button", name=say("Close it now"))).to_have_count(0)
    expect(turid.panel("next")).to_contain_text(tun.other.name)
    anyone = windows()
    anyone.open("/si/alle/")
    for told in (SATURDAYS, "Vi spør kommunen om ein bil til", tun.other.name):
        expect(anyone.page.locator("main")).to_contain_text(told)
    chair.open("/si/vare/")
    with chair.page.expect_navigation():
        chair.page.locator("main a.row").first.click()
    chair.look()
    chair.press(say("It is settled"))
    with place.scope():
        found = Feedback.objects.get()
        assert (found.state, found.settled, found.from_owner_id) == ("closed", "settled", tun.other.id)


@pytest.mark.journey
def test_anyone_says_it_without_a_name_and_follows_it(place, windows, say):
    """A neighbour writes at the open form, keeps the address, and reads the answer there."""
    neighbour = windows()
    neighbour.open("/si/")
    neighbour.page.get_by_label(say("What would you like to say?")).fill(LOCKED)
    neighbour.press("Send")
    kept = neighbour.page.url
    answers(windows(role=Role.COORDINATOR), say, KEY_BOX)
    neighbour.open(kept)
    expect(neighbour.page.locator("main")).to_contain_text(KEY_BOX)
    place.work()
    assert place.gateway.sent == []
