"""Work training as a volunteer; from recipient to volunteer. One person, two hats, and somebody beside one."""

import datetime as dt
import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from samtun.foundation.viewer import Role
from samtun.operation.help_requests.models import Match
from samtun.operation.volunteers.models import Contribution, Volunteer
from samtun.people.persons.models import Person
from tests.factories.help import match

pytestmark = pytest.mark.practice("nav")
AMIR, KARI = "+4790000201", "+4790000202"
THURSDAY = dt.date(2026, 11, 26)
AFTER = dt.datetime(2026, 11, 26, 10, 5, tzinfo=dt.UTC)  # 11.05 on the wall; asked for was 10, 45 minutes


@pytest.fixture
def home(place):
    """Amir was visited last month, by Jonas; Kari has helped for years."""
    tun = place.tun
    with place.scope():
        tun.amir = tun.person("Amir", "Haddad", AMIR)
        jonas = tun.volunteer("Jonas", "Vik", "+4790000203", types=[tun.visit])
        match(jonas, tun.amir, tun.visit, state="done", on=dt.date(2026, 10, 26))
        tun.kari = tun.volunteer("Kari", "Berg", KARI)
    return place


def becomes_a_volunteer(turid, say):
    """The coordinator finds him by his number: nobody is written down twice."""
    page = turid.page
    turid.open("/frivillige/ny/")
    page.get_by_label(say("Do you know the person already?")).fill("90000201")
    if turid.javascript:
        page.get_by_label(re.compile("Amir Haddad")).check()
    else:
        turid.press(say("Find"))
        page.get_by_label(re.compile("Amir Haddad")).check()
    page.get_by_label("Snø på trappa").check()
    turid.press(say("Welcome them"))


def gets_a_mentor(turid, say):
    page = turid.page
    turid.press(say("Give a mentor"), role="link")
    page.get_by_label(say("How long may a task last, in minutes?")).fill("3")
    page.get_by_label(say("Who is the mentor?")).select_option(label="Kari Berg")
    page.get_by_role("button", name=say("Save the plan")).click()
    expect(page.locator("main")).to_contain_text(say("Write how long a task may last, from 5 to 600 minutes."))
    turid.troubles.clear()  # refused with a sentence: 422
    page.get_by_label(say("How long may a task last, in minutes?")).fill("60")
    page.get_by_label(say("Until which day does the mentor come along?")).fill("2026-12-18")
    turid.press(say("Save the plan"))
    expect(turid.panel("mentor")).to_contain_text("Kari Berg")


def the_amir(place):
    with place.scope():
        (amir,) = Person.objects.filter(given_name="Amir")
        return amir, Volunteer.objects.get(person=amir)


@pytest.mark.rule("R68")
def test_two_hats(home, windows, say):
    """One row, two sides that never stand on one page: what he gets is not seen where he gives."""
    turid = windows(role=Role.COORDINATOR)
    becomes_a_volunteer(turid, say)
    amir, volunteer = the_amir(home)
    turid.open(f"/frivillige/{volunteer.id}/")
    expect(turid.page.locator("main")).not_to_contain_text("Besøk")
    expect(turid.page.locator("main")).not_to_contain_text("Jonas")
    own = windows(person=amir)
    own.open("/meg/")
    page = own.page
    expect(page.locator("main")).to_contain_text("Snø på trappa")
    expect(page.locator("main")).not_to_contain_text("Besøk")
    wears_the_other_hat(own, amir)
    expect(page.locator("main")).to_contain_text("Besøk")
    expect(page.locator("main")).not_to_contain_text("Snø på trappa")


def wears_the_other_hat(own, person):
    own.post("/hatt/", hat=f"self:{person.id}")
    own.open("/meg/")


@pytest.mark.journey
def test_a_mentor_and_a_certificate(home, windows, say):
    """Together at first, shorter tasks, a talk now and then; and a paper with the hours, of what he gave only."""
    turid = windows(role=Role.COORDINATOR)
    becomes_a_volunteer(turid, say)
    amir, volunteer = the_amir(home)
    turid.open(f"/frivillige/{volunteer.id}/")
    gets_a_mentor(turid, say)
    assert "mentor" in home.texts_to(KARI)[-1]
    clears_snow_together(home, turid, say, volunteer)
    talks(home, windows, say)
    own = windows(person=amir, size={"width": 360, "height": 740})
    own.open("/meg/")
    expect(own.page.locator("main")).to_contain_text("Kari Berg")
    own.press(say("Ask for a certificate"))
    turid = windows(role=Role.COORDINATOR)  # it is another day: the first window has been logged out
    turid.open("/i-dag/")
    turid.page.get_by_role("link", name=say("A volunteer would like a certificate")).first.click()
    turid.look()
    gets_the_paper(turid, say, volunteer)


def clears_snow_together(home, turid, say, volunteer):
    """An hour too long is not for him; the short one is. Anna hears both names on the telephone."""
    tun = home.tun
    with home.scope():
        long, short = tun.request(minutes=90), tun.request(tun.person("Anne", "Lie", "+4757410009"))
    turid.open(f"/onske/{long.id}/")
    asks_him = turid.page.get_by_role("button", name=f"{say('Ask')} Amir Haddad", exact=True)
    expect(asks_him).to_have_count(0)
    expect(turid.panel("suggestions")).to_contain_text(
        say("Longer than the plan says: %(most)s minutes at most", most=60)
    )
    turid.open(f"/onske/{short.id}/")
    turid.press(f"{say('Ask')} Amir Haddad")
    asked = home.texts_to(AMIR)[-1]
    home.text_in(AMIR, f"ja {re.search(r'JA (\d+)', asked)[1]}")
    turid.open(f"/onske/{short.id}/")
    both = say("%(volunteer)s, together with %(companion)s", volunteer="Amir Haddad", companion="Kari Berg")
    expect(turid.page.locator("main")).to_contain_text(both)
    turid.press(say("Yes, that is fine"))
    told = home.texts_to(KARI)[-1]
    assert "Amir" in told
    assert "Anne" not in told
    home.clock.move_to(AFTER + dt.timedelta(hours=4))
    home.work()
    with home.scope():
        assert Match.objects.get(volunteer=volunteer).state == "done"
        done = Contribution.objects.filter(kind="snow").values_list("person__given_name", "minutes")
        assert sorted(done) == [("Amir", 45), ("Kari", 45)]


def talks(home, windows, say):
    with home.scope():
        kari = Person.objects.get(given_name="Kari")
    own = windows(person=kari, size={"width": 360, "height": 740})
    own.open("/meg/")
    expect(own.page.locator("main")).to_contain_text("Amir Haddad")
    own.press(say("We have talked"))
    expect(own.page.locator("main")).to_contain_text(say("Noted. Thank you for asking how it goes."))


def gets_the_paper(turid, say, volunteer):
    expect(turid.page.locator("main")).to_contain_text("45")
    paper = turid.post(
        f"/frivillige/{volunteer.id}/attest/", starts="2026-11-23", ends="2026-11-26", words="Møter alltid opp.",
        signer="Turid Myklebust",
    )  # fmt: skip
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    for told in (
        "Amir Haddad",
        "Dalgrend frivilligsentral",
        "Snø på trappa",
        "45 minutt",
        "Møter alltid opp.",
        "Turid",
    ):
        assert told in text
    for untold in ("Besøk", "mentor", "Jonas", "Kari"):
        assert untold not in text
    turid.open("/i-dag/")
    expect(turid.page.locator("main")).not_to_contain_text(say("A volunteer would like a certificate"))
