"""Neither telephone with a screen nor paper with a code: each practice by voice alone, and by letter and sheet."""

import datetime as dt
import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Role
from samtun.operation.arrangements.models import Visit
from samtun.operation.callouts.actions import add_friend, make_list
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.mentoring.actions import Lighter, set_plan
from samtun.operation.referrals.models import Referral
from samtun.operation.volunteers.models import Contribution
from samtun.people.persons.models import Person
from samtun.people.preferences.actions import set_preferences
from samtun.work.sheets.queries import write_paper
from tests.scenarios.test_alta import THURSDAY_EVENING, write_down
from tests.scenarios.test_nissedal import worries
from tests.scenarios.test_strand import AFTER, calls_out
from tests.scenarios.test_vefsn import ESTATE
from tests.scenarios.test_vefsn import write_down as take_call
from tests.scenarios.test_vennesla import plans_something_that_lasts
from tests.scenarios.voices import rings

TORSTEIN, KARE, SOLVEIG = "+4757410044", "+4757410061", "+4757410062"
WEDNESDAY_EVENING = dt.datetime(2026, 11, 25, 17, 5, tzinfo=dt.UTC)  # 18.05 on the wall


def by_voice(place, given, family, phone, **more):
    """A volunteer with a landline, who is rung."""
    with place.scope():
        helper = place.tun.volunteer(given, family, phone, phone_kind="landline", **more)
        set_preferences(person=helper.person, channel="call", by=place.tun.system(), at=place.tun.now)
    return helper


def letter_to(turid, say):
    """Print the letter that waits, post it, and return its words."""
    turid.open("/meldinger/")
    waits = turid.page.locator("[name=letter]").first.get_attribute("value")
    printed = words_of(turid.post("/meldinger/brev.pdf", letter=waits))
    turid.press(say("They are posted"))
    return printed


def words_of(pdf):
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def no_text_went(place):
    place.work()
    assert place.gateway.sent == [], "no text, no e-mail, to anyone"


@pytest.mark.journey
@pytest.mark.practice("vennesla")
def test_every_tuesday_by_voice_and_on_paper(place, windows, say):
    """Asked, agreed and left out once on the telephone; the dates hang on the refrigerator."""
    with place.scope():
        anna = place.tun.recipient()
    by_voice(place, "Torstein", "Sande", TORSTEIN)
    turid = windows(role=Role.COORDINATOR)
    plans_something_that_lasts(turid, say, anna)
    turid.page.locator("button[name=who]").first.click()
    turid.look()
    place.work()
    assert "Anna" not in rings(turid, say, "Torstein Sande", "Yes")
    place.work()
    assert "Torstein Sande" in rings(turid, say, "Anna Stokke", "Yes")
    with place.scope():
        first = Visit.objects.order_by("on")[0]
    turid.open(f"/fast/{first.arrangement_id}/")
    sheet = words_of(turid.page.context.request.get(f"/fast/{first.arrangement_id}/ark.pdf").body())
    for told in ("Torstein", "24. november"):
        assert told in sheet
    coming = turid.panel("next")
    coming.locator("li").nth(1).locator("summary").click()
    with turid.page.expect_navigation():
        cannot = re.compile(re.escape(say("%(name)s cannot", name="Torstein Sande")))
        coming.locator("li").nth(1).get_by_role("button", name=cannot).click()
    turid.look()
    with place.scope():
        left_out = Visit.objects.filter(state="cannot").get()
    assert (left_out.on - first.on).days == 7
    place.work()
    assert "Torstein" in rings(turid, say, "Anna Stokke", "Told"), "nobody waits in vain"
    no_text_went(place)


@pytest.mark.journey
@pytest.mark.practice("vefsn")
@pytest.mark.rule("R24")
def test_outside_the_limits_by_letter(place, windows, say):
    """A no with the way on, to one who reads letters: kind words on paper, and nothing on any telephone."""
    with place.scope():
        anna = place.tun.recipient()
        Person.objects.filter(id=anna.id).update(address="Storgata 4")
        set_preferences(person=anna, channel="letter", by=place.tun.system(), at=place.tun.now)
    turid = windows(role=Role.COORDINATOR)
    take_call(turid, say, ESTATE)
    place.work()
    printed = letter_to(turid, say)
    for told in ("Anna Stokke", "Storgata 4", "Ring servicekontoret"):
        assert told in printed
    no_text_went(place)


@pytest.mark.journey
@pytest.mark.practice("strand")
def test_a_call_out_by_voice(place, windows, say):
    """Two are rung and one can; she stands on the day's sheet, and her hours are counted by themselves."""
    helpers = [by_voice(place, given, "Lien", phone) for given, phone in (("Kåre", KARE), ("Solveig", SOLVEIG))]
    with place.scope():
        tun = place.tun
        friends = make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)
        for helper in helpers:
            add_friend(friends_list=friends, volunteer=helper, by=tun.viewer(), at=tun.now)
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/utkalling/ny/{friends.id}/")
    calls_out(turid, say, needed=1)
    place.work()
    asked = rings(turid, say, "Kåre Lien", "No")
    for told in ("tur med bebuarane", "Solheimen"):
        assert told in asked
    rings(turid, say, "Solveig Lien", "Yes")
    with place.scope():
        made = CallOut.objects.get()
        assert (made.state, dict(Asked.objects.values_list("volunteer__person__given_name", "state"))) == (
            "filled", {"Kåre": "no", "Solveig": "yes"}
        )  # fmt: skip
        paper, _persons = write_paper(tun.centre, made.on, at=place.clock.now())
    assert "Solveig Lien" in str(paper)
    assert "Kåre" not in str(paper)
    place.clock.move_to(AFTER)
    place.work()
    with place.scope():
        assert Contribution.objects.get().person.given_name == "Solveig"
    no_text_went(place)


@pytest.mark.journey
@pytest.mark.practice("nissedal")
@pytest.mark.rule("R32")
def test_a_no_by_voice(place, windows, say):
    """The neighbour rings the centre, the centre rings Oddny, and her no is all that is left."""
    turid = windows(role=Role.COORDINATOR)
    worries(turid, say, "/?forside=1")
    turid.open("/i-dag/")
    turid.page.get_by_role("link", name=say("Someone worries about another: ring")).first.click()
    turid.look()
    turid.press(say("Wants no contact"))
    place.work()
    with place.scope():
        kept = Referral.objects.get()
        assert not any((kept.name, kept.phone, kept.place, kept.words, kept.sender_name, kept.sender_phone))
        assert Person.objects.get(family_name="Lien").do_not_contact
    turid.open("/meldinger/")
    expect(turid.page.locator("[aria-labelledby=calls]")).to_have_count(0)
    no_text_went(place)


@pytest.mark.journey
@pytest.mark.practice("aksjonssenter")
@pytest.mark.practice("alta")
def test_a_note_in_the_post_box(place, windows, say):
    """No telephone: a note, a letter with a name, her yes on a slip, the evening's sheet, and thanks by voice."""
    by_voice(place, "Torstein", "Sande", TORSTEIN)
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, source="paper", kind=say("Mobile"))
    turid.press(f"{say('Ask')} Torstein Sande")
    place.work()
    rings(turid, say, "Torstein Sande", "Yes")
    place.work()
    printed = letter_to(turid, say)
    for told in ("Anna Stokke", "Storgata 4", "Torstein Sande"):
        assert told in printed
    with place.scope():
        request = HelpRequest.objects.get()
    turid.open(f"/onske/{request.id}/")
    turid.press(say("Yes, that is fine"))
    place.work()
    rings(turid, say, "Torstein Sande", "Yes")
    place.clock.move_to(WEDNESDAY_EVENING)
    defer("sheets.tonight", tenant=place.municipality.id)
    place.work()
    turid = windows(role=Role.COORDINATOR)
    rings(turid, say, "Torstein Sande", "Yes")
    turid.open("/i-dag/ark/")
    href = turid.page.locator("main a[href$='.pdf'], main a[href*='/ark/']").first.get_attribute("href")
    sheet = words_of(turid.page.context.request.get(href).body())
    for told in ("Anna Stokke", "Torstein Sande", "10.00", "Innbygda"):
        assert told in sheet
    place.clock.move_to(THURSDAY_EVENING)
    place.work()
    with place.scope():
        assert (Match.objects.get().state, Match.objects.get().done_via) == ("done", "time")
    place.clock.move_to(dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC))
    place.work()
    turid = windows(role=Role.COORDINATOR)
    turid.open("/takk/")
    turid.press(f"{say('I have rung')} Torstein Sande")
    no_text_went(place)


@pytest.mark.journey
@pytest.mark.practice("nav")
def test_two_together_by_voice(place, windows, say):
    """He who is new and his mentor are both rung; she who waits hears both names."""
    amir, kari = by_voice(place, "Amir", "Haddad", KARE), by_voice(place, "Kari", "Berg", SOLVEIG)
    with place.scope():
        tun = place.tun
        plan = Lighter(60, 2, dt.date(2026, 12, 18))
        set_plan(volunteer=amir, mentor=kari.person, plan=plan, by=tun.viewer(), at=tun.now)
    turid = windows(role=Role.COORDINATOR)
    place.work()
    rings(turid, say, "Kari Berg", "Told")
    write_down(turid, say, source="call", phone="57 41 00 01")
    turid.press(f"{say('Ask')} Amir Haddad")
    place.work()
    rings(turid, say, "Amir Haddad", "Yes")
    place.work()
    both = rings(turid, say, "Anna Stokke", "Yes")
    for name in ("Amir Haddad", "Kari Berg"):
        assert name in both
    place.work()
    heard = rings(turid, say, "Kari Berg", "Told")
    assert "Amir" in heard
    assert "Anna" not in heard
    rings(turid, say, "Amir Haddad", "Yes")
    place.clock.move_to(THURSDAY_EVENING)
    place.work()
    with place.scope():
        done = Contribution.objects.values_list("person__given_name", "minutes")
        assert sorted(done) == [("Amir", 45), ("Kari", 45)]
    no_text_went(place)
