"""Newcomers: an ordinary activity in easy words, with somebody at the door who knows that one is new."""

import uuid

import pytest
from playwright.sync_api import expect

from samtun.foundation.viewer import Role
from samtun.operation.activities.actions import making
from samtun.operation.activities.enums import SignUp
from samtun.partners.catalogue.enums import Category, Group, Transport
from tests.factories.programme import times, told, when
from tests.scenarios.browser import PHONE

pytestmark = pytest.mark.practice("inkludering")


def test_newcomers(place, windows, say):
    """A family finds a language café by whom it is for, signs up by name and number, and is marked new at the door."""
    with place.scope():
        it = making.write(
            owner=place.tun.centre, sent_key=uuid.uuid4(), by=place.tun.viewer(), at=place.clock.now(),
            told=told(
                when(), title="Språkkafé", category=Category.INCLUSION, groups=(Group.NEW_HERE,), meets_name="Olena",
                easy="Vi snakker norsk sammen. Alle kan komme.", transport=Transport.COMPANION_WALK,
                sign_up=SignUp.SIGN_UP, languages=("easy", "uk"),
            ),
        )  # fmt: skip
        row = times(it)[0]
    family = windows(size=PHONE)
    family.open("/hva-skjer/?kven=new_here&gratis=1")
    family.page.get_by_role("link", name="Språkkafé").first.click()
    family.look()
    main = family.page.locator("main")
    expect(main).to_contain_text("Vi snakker norsk sammen. Alle kan komme.")
    expect(main).to_contain_text(say("%(name)s meets you at the door. Say that it is your first time.", name="Olena"))
    family.press(say("Sign up"), role="link")
    family.page.get_by_label(say("Your name")).fill("Iryna Koval")
    family.page.get_by_label(say("Your telephone number")).fill("900 00 701")
    family.page.locator("[name=others]").fill("Danylo\nSofia")
    family.page.get_by_label(say("It is the first time")).check(force=True)
    family.press(say("Sign up"))
    expect(family.page.get_by_role("heading", level=1)).to_have_text(say("You are on the list"))
    olena = windows(role=Role.COORDINATOR)
    olena.open(f"/program/gang/{row.id}/dor/")
    line = olena.page.locator("form", has=olena.page.locator("strong", has_text="Iryna Koval"))
    expect(line).to_contain_text(say("First time"))
    guest = windows(size=PHONE)
    guest.open(f"/hva-skjer/{row.id}/")
    for name in ("Iryna", "Danylo", "Sofia"):
        expect(guest.page.locator("main")).not_to_contain_text(name)
