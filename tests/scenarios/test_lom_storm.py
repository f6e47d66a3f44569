"""Lom, a storm: two acts, and everyone who had meant to come has been told, or stands on a list to ring."""

import re

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from tests.factories import catalogue as publishers
from tests.factories import programme
from tests.factories.programme import activity
from tests.factories.registrations import signs_up
from tests.scenarios.browser import PHONE

pytestmark = [pytest.mark.practice("lom"), pytest.mark.journey, pytest.mark.crosswise]
GERD, ASTRID, OLAV, KARI = "+4790000021", "+4790000601", "+4757410602", "+4790000603"


def one(tun, title, owner):
    """Something one signs up for on Friday."""
    return programme.times(activity(tun, title=title, owner=owner, sign_up="sign_up"))[0]


@pytest.fixture
def friday(place):
    """Two of the centre's own and one of the health association's, with one who comes to each."""
    tun = place.tun
    with place.scope():
        publishers.known(tun)
        publishers.speaks(tun, tun.other, phone=GERD)
        rows = [one(tun, "Middag", tun.centre), one(tun, "Strikkekafé", tun.centre), one(tun, "Kor", tun.other)]
        who = (("Astrid", ASTRID, "mobile"), ("Olav", OLAV, "landline"), ("Kari", KARI, "mobile"))
        for row, (name, phone, kind) in zip(rows, who, strict=True):
            signs_up(tun, row, f"{name} Lien", contact=tun.person(name, "Lien", phone, phone_kind=kind))
    place.work()
    return rows


def test_storm(place, windows, say, friday):
    """Her own are called off in one act, the others' are asked about in one; a text says no, and all are told."""
    turid = windows(role=Role.COORDINATOR)
    turid.open("/program/uver/?dag=2026-11-27")
    turid.page.get_by_label(re.compile("Kor")).uncheck(force=True)
    why = turid.page.locator("[name=because]")
    why.fill("Storm og stengde vegar")
    turid.press(say("Call off those that are ticked, and tell those who come"))
    turid.open("/program/uver/?dag=2026-11-27")
    expect(turid.page.locator("main")).not_to_contain_text("Middag")
    why.fill("Storm og stengde vegar")
    turid.press(say("Ask those who hold them"))
    expect(turid.page.locator("main")).to_contain_text(
        say("%(what)s. They are asked.", what="18.00 Kor, Menighetshuset")
    )
    turid.look()
    guest = windows(size=PHONE)
    guest.open(f"/hva-skjer/{friday[2].id}/")
    expect(guest.page.locator("main")).to_contain_text(say("It is not settled whether it is held"))
    guest.look()
    assert not any("avlyst" in text for text in place.texts_to(KARI)), "nothing is called off before they answer"
    asked = place.texts_to(GERD)[-1]
    gerd = windows(size=PHONE)
    gerd.open(re.search(r"/s/[\w-]+", asked)[0])
    expect(gerd.page.locator("main")).to_contain_text("Storm og stengde vegar")
    gerd.look()
    place.text_in(GERD, f"NEI {re.search(r'NEI (\d+)', asked)[1]}")
    for phone in (ASTRID, KARI):
        assert "Storm og stengde vegar" in place.texts_to(phone)[-1]
    turid.open("/i-dag/")
    expect(turid.page.locator("main")).to_contain_text(f"{say('Called off')} · OL")
    guest.open(f"/hva-skjer/{friday[2].id}/")
    expect(guest.page.locator("main")).to_contain_text("Storm og stengde vegar")
    gerd.page.reload()
    expect(gerd.page.locator("main")).to_contain_text(
        say("%(title)s is called off. Those who are signed up hear of it.", title="Kor")
    )
