"""Newcomers: an ordinary activity in easy words, with somebody at the door who knows that one is new."""

import uuid

import pytest
from playwright.sync_api import expect

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role
from samtun.operation.activities.actions import making
from samtun.operation.activities.enums import SignUp
from samtun.operation.registrations.models import Registration
from samtun.partners.catalogue.enums import Category, Group, Transport
from samtun.partners.organisations.models import Organisation
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


@pytest.fixture
def skiing(place):
    """Skiing for children, held by an association: it costs something, and skis can be borrowed."""
    with place.scope():
        it = making.write(
            owner=place.tun.other, sent_key=uuid.uuid4(), by=place.tun.viewer(), at=place.clock.now(),
            told=told(
                when(), title="Skileik", category=Category.ACTIVE, groups=(Group.CHILDREN,), meets_name="Olena",
                transport=Transport.ORGANISER_FETCHES, sign_up=SignUp.SIGN_UP, is_free=False, price="50 kr",
                gear="Ski, stavar og sko",
            ),
        )  # fmt: skip
        making.open_those_of(owner=place.tun.other.id, by=place.tun.system(), at=place.clock.now())
        return times(it)[0]


def refused(window, name):
    """Press a button and be told what is wrong: that is 422 in the console. Axe looks at that page too."""
    with window.page.expect_navigation():
        window.page.get_by_role("button", name=name, exact=True).first.click()
    window.page.wait_for_load_state("load")
    window.troubles.clear()
    window.look()


def sign_up_two_children(window, say, row):
    """A mother signs up Danylo and Sofia from the open page, with skis to borrow and a free place."""
    page, main = window.page, window.page.locator("main")
    expect(main).to_contain_text("Ski, stavar og sko")
    expect(main).to_contain_text(
        say("For whoever needs it, it costs nothing: choose a free place when you sign up. Nobody asks why.")
    )
    window.press(say("Sign up"), role="link")
    page.get_by_label(say("Your name")).fill("Iryna Koval")
    page.get_by_label(say("Your telephone number")).fill("900 00 701")
    page.locator("[name=children]").fill("Danylo\nSofia")
    refused(window, say("Sign up"))
    expect(main).to_contain_text(say("A parent or guardian signs up a child. Tick here if that is you."))
    expect(page.locator("[name=children]")).to_have_value("Danylo\nSofia")
    page.get_by_label(say("I am a parent or guardian of the children")).check(force=True)
    page.get_by_label(say("We would like to borrow gear")).check(force=True)
    page.locator("[name=gear_size]").fill("28 og 31")
    page.locator("[name=pays][value=free]").check(force=True)
    window.press(say("Sign up"))
    expect(page.get_by_role("heading", level=1)).to_have_text(say("They are on the list"))
    expect(main).to_contain_text("28 og 31")


@pytest.mark.journey
def test_a_guardian_signs_up_two_children(place, windows, say, skiing):
    """A mother signs up two children with borrowed skis and a free place; the host sees names, a number and skis."""
    row = skiing
    mother = windows(size=PHONE)
    mother.open(f"/hva-skjer/{row.id}/")
    sign_up_two_children(mother, say, row)
    host = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    host.open(f"/program/gang/{row.id}/dor/")
    line = host.page.locator("form", has=host.page.locator("strong", has_text="Danylo"))
    expect(line).to_contain_text(say("Child"))
    expect(line).to_contain_text(say("In order"))
    expect(line).to_contain_text("Ring Iryna Koval:")
    expect(host.panel("gear")).to_contain_text("Danylo, Sofia: 28 og 31")
    expect(host.page.locator("main")).not_to_contain_text(say("Free place"))
    host.open(f"/program/gang/{row.id}/dor/ark/")
    expect(host.page.locator("body")).to_contain_text("Danylo")
    expect(host.page.locator("body")).to_contain_text("28 og 31")
    guest = windows(size=PHONE)
    for path in (f"/hva-skjer/{row.id}/", "/hva-skjer/?kven=children", f"/paamelding/{row.id}/"):
        guest.open(path)
        for name in ("Iryna", "Danylo", "Sofia"):
            expect(guest.page.locator("body")).not_to_contain_text(name)


@pytest.mark.journey
def test_child_welfare_suggests_something_ordinary(place, windows, say, skiing):
    """An employee asks a mother, who gets a text that says nothing of it; the club sees an ordinary sign-up."""
    row = skiing
    with place.scope():
        unit = Owner.objects.create(kind="unit", name="Barneverntenesta")
        Organisation.objects.create(owner=unit, name=unit.name, kind="unit", phone="+4757001100")
    worker = windows(role=Role.UNIT_EMPLOYEE, owner=unit)
    worker.open(f"/hva-skjer/{row.id}/")
    worker.press(say("Suggest this to somebody"), role="link")
    worker.page.get_by_label(say("To whom?")).fill("Iryna Koval")
    worker.page.get_by_label(say("Their telephone number")).fill("900 00 701")
    refused(worker, say("Suggest it"))
    expect(worker.page.locator("main")).to_contain_text(say(
        "Ask first, and tick that they have said yes. Without a yes nothing is sent, and nothing is written down."
    ))  # fmt: skip
    worker.page.get_by_label(say("They have said yes to hearing from us about something to come along to")).check(
        force=True
    )
    worker.press(say("Suggest it"))
    expect(worker.page.locator("main")).to_contain_text("Iryna Koval")
    place.work()
    [text] = place.texts_to("+4790000701")
    assert "Skileik" in text
    for unsaid in ("Barnevern", "Turid", "Oda"):
        assert unsaid not in text
    mother = windows(size=PHONE)
    mother.open(text[text.index("/hva-skjer/") :].split()[0])
    sign_up_two_children(mother, say, row)
    host = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=place.tun.other)
    for path in (f"/program/gang/{row.id}/", f"/program/gang/{row.id}/dor/", f"/program/{row.activity_id}/"):
        host.open(path)
        for unsaid in ("Barnevern", say("What we have suggested"), say("Something was suggested to somebody")):
            expect(host.page.locator("body")).not_to_contain_text(unsaid)
    with place.scope():
        assert set(Registration.objects.values_list("via", "made_by")) == {("own", "")}


@pytest.mark.journey
def test_child_welfare_suggests_by_letter_and_by_telephone(place, windows, say, skiing):
    """A grandmother with a landline is rung and a father without a telephone gets a letter; no desk sees either."""
    row = skiing
    with place.scope():
        unit = Owner.objects.create(kind="unit", name="Barneverntenesta")
        Organisation.objects.create(owner=unit, name=unit.name, kind="unit", phone="+4757001100")
    worker = windows(role=Role.UNIT_EMPLOYEE, owner=unit)
    page, main = worker.page, worker.page.locator("main")
    for name, way, field, typed in (
        ("Borghild Lien", "own", "phone", "57 41 00 01"), ("Odd Lien", "letter", "address", "Storvegen 1, 6899 Dalen"),
    ):  # fmt: skip
        worker.open(f"/program/foreslaa/{row.id}/")
        page.get_by_label(say("To whom?")).fill(name)
        page.locator(f"[name=way][value={way}]").check(force=True)
        if way == "letter":
            refused(worker, say("Suggest it"))
            expect(main).to_contain_text(say("Write the address the letter goes to."))
        page.locator(f"[name={field}]").fill(typed)
        page.get_by_label(say("They have said yes to hearing from us about something to come along to")).check(
            force=True
        )
        worker.press(say("Suggest it"))
    expect(main).to_contain_text(say("To ring"))
    expect(main).to_contain_text(say("Letter to post"))
    turid = windows(role=Role.COORDINATOR)
    turid.open("/meldinger/")
    expect(turid.page.locator("main")).to_contain_text(say("Nobody waits to hear from you"))
    worker.press("Ring Borghild Lien", role="link")
    expect(main).to_contain_text("Skileik")
    expect(page.locator("[aria-labelledby=said]")).not_to_contain_text("Barnevern")
    worker.press(say("Told"))
    worker.press(f"{say('The letter')} Odd Lien", role="link")
    expect(main).to_contain_text("Skileik")
    worker.press(say("It is posted"))
    expect(main).not_to_contain_text(say("Letter to post"))
