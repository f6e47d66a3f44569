"""Levanger's committee: politician, association and municipality at one table.

The association proposes; it goes on the agenda; all are called, each in their own way; somebody is heard; minutes are
written in the meeting; it is decided with an owner and a date; those who proposed it hear each step in a text.
"""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.anchoring.agreements.models import Agreement, Party
from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import Forum, ForumDecision, Item, Meeting
from samtun.foundation.viewer import Role
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.preferences.actions import set_preferences
from tests.scenarios import agreeing

pytestmark = pytest.mark.practice("levanger")
EVENING = dt.datetime(2026, 12, 2, 17, 5, tzinfo=dt.UTC)  # 18.05 on the wall
ASSOCIATION = "+4790007009"
HEARS = {
    "nn": (
        "Saka frå Dalgrend helselag står på saklista til Samarbeidsutvalet ved Solheimen 2. desember.",
        "Saka frå Dalgrend helselag er avgjord i Samarbeidsutvalet ved Solheimen.",
    ),
    "nb": (
        "Saken fra Dalgrend helselag står på sakslista til Samarbeidsutvalet ved Solheimen 2. desember.",
        "Saken fra Dalgrend helselag er avgjort i Samarbeidsutvalet ved Solheimen.",
    ),
}
MEMBERS = {
    "chair": ("Rolf", "Rotary", "+4790007001", Part.LEADS),
    "scribe": ("Siri", "Skrivar", "+4790007002", Part.WRITES),
    "politician": ("Per", "Politikar", "+4790007003", Part.MEMBER),
}


@pytest.fixture
def people(place):
    """Three whom the centre knows; one of them wants letters."""
    with place.scope():
        tun = place.tun
        facts = {"address": "Storgata 4"}
        found = {key: tun.person(given, family, phone, **facts) for key, (given, family, phone, _) in MEMBERS.items()}
        set_preferences(person=found["politician"], by=tun.system(), at=tun.now, channel="letter")
        found["leader"] = tun.person("Turid", "Helselag", ASSOCIATION, owner=tun.other)
        body = Organisation.objects.get(owner=tun.other)
        facts = {"role": Role.ORGANISATION_REPRESENTATIVE, "starts": dt.date(2026, 1, 1)}
        Membership.objects.create(person=found["leader"], organisation=body, **facts)
    return found


def makes_the_committee(leader, say):
    leader.open("/utval/nytt/")
    leader.page.get_by_label(say("What is the forum called?")).fill("Samarbeidsutvalet ved Solheimen")
    leader.page.get_by_label(say("What is it for?")).fill("Samarbeidet mellom Solheimen, laga og kommunen.")
    leader.press(say("Make the forum"))


def gives_a_seat(leader, say, phone, owner, does):
    leader.press(say("Give a seat"), role="link")
    leader.page.get_by_label(say("Telephone number of the person")).fill(phone)
    leader.page.get_by_label(say("Who does the person speak for?")).select_option(label=owner)
    leader.page.get_by_label(say("What does the person do there?")).select_option(does)
    leader.press(say("Give the seat"))


def proposes(association, say):
    association.open("/utval/")
    association.press("Samarbeidsutvalet ved Solheimen Samarbeidet mellom Solheimen, laga og kommunen.", role="link")
    association.page.get_by_label(say("What should the forum take up?")).fill("Hallen er låst når vi kjem")
    association.page.get_by_label(say("Tell more")).fill("Kvar laurdag står vi ute og ventar.")
    association.press(say("Propose it"))
    expect(association.page.locator("main")).to_contain_text(say("Waits for a meeting"))


def plans_and_calls(chair, say, forum):
    chair.open(f"/utval/{forum.id}/mote/")
    chair.page.locator("[name=on_other]").first.fill("2026-12-02")
    chair.page.get_by_label(say("What time?")).fill("18")
    chair.page.get_by_label(say("Where do we meet?")).fill("Solheimen, stova")
    chair.press(say("Plan the meeting"))
    chair.press(f"{say('Put on the agenda')} Hallen er låst når vi kjem")
    chair.press(say("Call the meeting, and tell each who sits there"))
    expect(chair.page.locator("main")).to_contain_text(say("Called"))


def in_the_meeting(chair, scribe, say, item, meeting):
    chair.open(f"/utval/mote/{meeting.id}/")
    chair.press(say("Begin the meeting"))
    scribe.open(f"/utval/sak/{item.id}/")
    scribe.press(say("Write who was asked"), role="link")
    scribe.page.get_by_label(say("Who was asked?")).fill("Vaktmeisteren")
    scribe.page.get_by_label(say("What did they say?")).fill("Det går fint å låse opp klokka ti.")
    scribe.press(say("Write it down"))
    scribe.open(f"/utval/mote/{meeting.id}/")
    scribe.page.get_by_label(say("Minutes")).fill("Alle var samde om at hallen må vere open.")
    loses_the_network(scribe, say, item)
    scribe.press(f"{say('Save the minutes')} {item.title}")
    chair.open(f"/utval/mote/{meeting.id}/")
    expect(chair.page.locator("main")).to_contain_text("Alle var samde om at hallen må vere open.")


def loses_the_network(scribe, say, item):
    """Without network, or with nobody who answers, the text stays where it is, also after a reload."""
    if not scribe.javascript:
        return
    page, text = scribe.page, "Alle var samde om at hallen må vere open."
    words = page.locator("form[data-draft]").first.get_attribute("data-offline")
    save = page.get_by_role("button", name=f"{say('Save the minutes')} {item.title}")
    page.context.set_offline(True)
    save.click()
    expect(page.locator("[data-told]")).to_have_text(words)
    page.context.set_offline(False)
    nobody_answers = "**/referat/"
    page.route(nobody_answers, lambda route: route.abort("connectionrefused"))
    page.reload()
    expect(page.get_by_label(say("Minutes"))).to_have_value(text)
    save.click()
    expect(page.locator("[data-told]")).to_have_text(words)
    expect(page.get_by_label(say("Minutes"))).to_have_value(text)
    page.unroute(nobody_answers)
    scribe.troubles[:] = [one for one in scribe.troubles if "net::ERR" not in one]


def decides(scribe, say, item):
    scribe.press(f"{say('Decide')} {item.title}", role="link")
    scribe.page.get_by_label(say("What was decided?")).fill("Hallen blir låst opp klokka ti kvar laurdag.")
    scribe.page.get_by_label(say("Who answers for it?")).select_option(label="Dalgrend kommune")
    scribe.page.locator("[name=due_other]").first.fill("2026-12-18")
    scribe.press(say("Write the decision"))
    expect(scribe.page.locator("main")).to_contain_text("Hallen blir låst opp klokka ti kvar laurdag.")


@pytest.mark.journey
def test_committee(place, people, windows, say):
    """From a locked door to a decision that the association can read."""
    leader = windows(role=Role.LEADER)
    makes_the_committee(leader, say)
    owners = {"chair": "Dalgrend helselag", "scribe": "Dalgrend frivilligsentral", "politician": "Dalgrend kommune"}
    for key, (_given, _family, phone, part) in MEMBERS.items():
        gives_a_seat(leader, say, phone.removeprefix("+47"), owners[key], part.value)
    for name in ("Rolf Rotary", "Siri Skrivar", "Per Politikar"):
        expect(leader.page.locator("main")).to_contain_text(name)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    proposes(association, say)
    with place.scope():
        forum, item = Forum.objects.get(), Item.objects.get()
    chair, scribe = windows(person=people["chair"]), windows(person=people["scribe"])
    plans_and_calls(chair, say, forum)
    assert "onsdag 2.12. kl. 18.00, Solheimen, stova" in place.texts_to("+4790007001")[-1]
    with place.scope():
        meeting = Meeting.objects.get()
        letters = Message.objects.filter(notice="forums.called", channel="letter")
        assert [m.to_person for m in letters] == [people["politician"].id], "each in their own way"
    place.clock.move_to(EVENING)
    chair, scribe = windows(person=people["chair"]), windows(person=people["scribe"])
    in_the_meeting(chair, scribe, say, item, meeting)
    decides(scribe, say, item)
    chair.open(f"/utval/mote/{meeting.id}/")
    chair.press(say("Approve the minutes"))
    paper = chair.page.context.request.get(f"/utval/mote/{meeting.id}/papir/")
    assert paper.body().startswith(b"%PDF")
    agenda, decided = place.texts_to(ASSOCIATION)
    on_agenda, is_decided = HEARS[place.municipality.language]
    assert on_agenda in agenda
    assert is_decided in decided
    assert "låst" not in agenda + decided, "the words are read on the page"
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    assert f"/utval/sak/{item.id}/" in decided
    association.open(f"/utval/sak/{item.id}/")
    expect(association.page.locator("main")).to_contain_text("Hallen blir låst opp klokka ti kvar laurdag.")
    expect(association.page.locator("main")).to_contain_text("Dalgrend kommune")
    with place.scope():
        made = ForumDecision.objects.get()
        assert (made.owner, made.due) == (place.tun.council, dt.date(2026, 12, 18))


def test_said_over_a_cup_of_coffee(place, windows, say):
    """It is written down in ten seconds, without a contract; the other side sees it, and nobody is nagged."""
    leader = windows(role=Role.LEADER)
    leader.open("/avtale/")
    leader.press(say("Note what was said"), role="link")
    leader.page.locator("[name=with_1]").select_option(label="Dalgrend helselag")
    agreeing.fill(leader, say("What is it about?"), "Nøkkelen til hallen")
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
