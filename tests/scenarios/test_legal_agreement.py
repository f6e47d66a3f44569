"""An agreement on one page from the first word to the last, and one that is only noted.

The leader starts it; the association sees one thing otherwise; the new text is said yes to, by the one here and by the
other on the telephone; half a year later it is evaluated; the association says something openly; and it ends, agreed.
"""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.anchoring.agreements.models import Agreement, Party, Version
from samtun.foundation.viewer import Role

pytestmark = pytest.mark.practice("legal")
HALF_A_YEAR_ON = dt.datetime(2027, 4, 29, 9, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2027, 6, 1, 9, 0, tzinfo=dt.UTC)
COFFEE = "Laurdagskaffi på Solheimen"


def fill(window, label, words):
    window.page.get_by_label(label, exact=True).fill(words)


def starts(leader, say, others):
    leader.open("/avtale/")
    leader.press(say("Write one page"), role="link")
    fill(leader, say("What is it about?"), COFFEE)
    for name, owner in others.items():
        leader.page.locator(f"[name={name}]").select_option(label=owner)
    fill(leader, say("What do you want with it?"), "Folk møtest")
    fill(leader, say("What do you gain by it?"), "Fleire frivillige")
    leader.press(say("Start it"))


def proposes(window, say, what, does):
    window.page.locator("[name=what]").fill(what)
    for owner, words in does.items():
        window.page.get_by_label(say("What does %(party)s do?", party=owner)).fill(words)
    window.press(say("Propose the text"))
    expect(window.page.locator("main")).to_contain_text(say("Proposed. All parties are asked."))


def says_otherwise(association, say, agreement):
    association.open("/avtale/")
    expect(association.page.locator("main")).to_contain_text(say("Waits for your answer"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('We see it otherwise')} Dalgrend helselag", role="link")
    fill(association, say("What do you see otherwise? All parties read this."), "Ikkje kvar laurdag.")
    association.press(say("Send it to all parties"))


def says_yes(association, say, agreement):
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say yes')} Dalgrend helselag", role="link")
    fill(association, say("What do you want with it?"), "Besøk til dei eldste")
    fill(association, say("What do you gain by it?"), "Nye medlemer")
    association.press(say("Yes, we agree"))


def writes_down_the_others(leader, say, owner, agreement):
    """The council's leader says yes on the telephone; the centre writes it down."""
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(say("Write down the yes of %(owner)s", owner=owner), role="link")
    fill(leader, say("What do you want with it?"), "Trygge eldre")
    fill(leader, say("What do you gain by it?"), "Liv i huset")
    fill(leader, say("Who said it?"), "Kari Kommune")
    leader.press(say("Write it down"))
    expect(leader.page.locator("main")).to_contain_text("Kari Kommune")


def looks_at_what_is_changed(window, say, agreement):
    window.open(f"/avtale/{agreement.id}/")
    window.press(say("See what has been changed between the versions"), role="link")
    expect(window.page.locator("ins").first).to_contain_text("annankvar")
    expect(window.page.locator("del").first).to_contain_text("kvar")


def evaluates(leader, association, say, agreement):
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(f"{say('Say how it goes')} Dalgrend frivilligsentral", role="link")
    fill(leader, say("How does it go, seen from you?"), "Stova er full.")
    leader.press(say("Write it down"))
    leader.press(say("Write down what %(owner)s says", owner="Dalgrend kommune"), role="link")
    fill(leader, say("How does it go, seen from you?"), "Bebuarane gler seg.")
    fill(leader, say("Who said it?"), "Kari Kommune")
    leader.press(say("Write it down"))
    leader.press(say("Write what they say"), role="link")
    leader.page.locator("[name=words]").fill("Beste dagen i veka.")
    leader.press(say("Write it down"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say how it goes')} Dalgrend helselag", role="link")
    fill(association, say("How does it go, seen from you?"), "Bra, men vi manglar nøkkel.")
    association.press(say("Write it down"))
    expect(association.page.locator("main")).to_contain_text(say("Done"))
    association.page.get_by_role("link", name=say("Say something openly about it")).first.click()
    fill(association, say("What do you want to say openly?"), "Vi har bede om nøkkel i eit halvt år.")
    association.press(say("Publish it"))


def ends(leader, association, say, agreement):
    leader.open(f"/avtale/{agreement.id}/")
    leader.press(say("That it ends"), role="link")
    fill(leader, say("Why? All parties read this."), "Solheimen blir bygd om.")
    leader.page.locator("[name=last_day_other]").first.fill("2027-05-31")
    leader.press(say("Propose it"))
    leader.press(say("Write down the yes of %(owner)s", owner="Dalgrend kommune"), role="link")
    fill(leader, say("Who said it?"), "Kari Kommune")
    leader.press(say("Write it down"))
    association.open(f"/avtale/{agreement.id}/")
    association.press(f"{say('Say yes')} Dalgrend helselag", role="link")
    association.press(say("Yes, we agree"))


@pytest.mark.journey
def test_agreement(place, windows, say):
    """Three parties from a proposal to an end that all agree on."""
    tun = place.tun
    leader = windows(role=Role.LEADER)
    starts(leader, say, {"with_1": "Dalgrend helselag", "with_2": "Dalgrend kommune"})
    does = {"Dalgrend frivilligsentral": "Finn folk.", "Dalgrend helselag": "Kokar kaffi.",
            "Dalgrend kommune": "Låser opp."}  # fmt: skip
    proposes(leader, say, "Open kaffistove kvar laurdag.", does)
    with place.scope():
        agreement = Agreement.objects.get()
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other)
    says_otherwise(association, say, agreement)
    leader.open(f"/avtale/{agreement.id}/")
    expect(leader.page.locator("main")).to_contain_text("Ikkje kvar laurdag.")
    leader.press(say("Propose a change"), role="link")
    proposes(leader, say, "Open kaffistove annankvar laurdag.", {})
    looks_at_what_is_changed(association, say, agreement)
    says_yes(association, say, agreement)
    writes_down_the_others(leader, say, "Dalgrend kommune", agreement)
    with place.scope():
        agreement.refresh_from_db()
        assert (agreement.state, Version.objects.filter(state="standing").count()) == ("stands", 1)
    assert leader.page.context.request.get(f"/avtale/{agreement.id}/papir/").body().startswith(b"%PDF")
    place.clock.move_to(HALF_A_YEAR_ON)
    place.work()
    leader = windows(role=Role.LEADER)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other)
    evaluates(leader, association, say, agreement)
    anybody = windows()
    anybody.open(f"/avtale/{agreement.id}/open/")
    expect(anybody.page.locator("main")).to_contain_text("Vi har bede om nøkkel i eit halvt år.")
    ends(leader, association, say, agreement)
    place.clock.move_to(AFTER)
    place.work()
    with place.scope():
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ended_because) == ("ended", "agreed")


@pytest.mark.practice("levanger")
def test_said_over_a_cup_of_coffee(place, windows, say):
    """It is written down in ten seconds, without a contract; the other side sees it, and nobody is nagged."""
    leader = windows(role=Role.LEADER)
    leader.open("/avtale/")
    leader.press(say("Note what was said"), role="link")
    leader.page.locator("[name=with_1]").select_option(label="Dalgrend helselag")
    fill(leader, say("What is it about?"), "Nøkkelen til hallen")
    leader.press(say("Note it"))
    expect(leader.page.locator("main")).to_contain_text(say("By word of mouth"))
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    association.open("/avtale/")
    association.page.get_by_role("link", name="Nøkkelen til hallen").click()
    association.look()
    expect(association.page.locator("main")).to_contain_text("Dalgrend frivilligsentral")
    with place.scope():
        found = Agreement.objects.get()
        assert (found.state, found.evaluate_by, Party.objects.count()) == ("stands", None, 2)
