"""Alta: the volunteer centre takes snow, shopping and small jobs; a woman of 88 rings on her landline."""

import datetime as dt
import io
import re
import zipfile

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from samtun.evaluation.feedback.models import HeadsUp
from samtun.foundation.viewer import Role
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.people.preferences.actions import set_preferences
from tests.factories.feedback import a_contact, agreed_match
from tests.scenarios.voices import call_to, rings

pytestmark = pytest.mark.practice("alta")
ANNA, MARIT, TORLEIV = "+4757410001", "+4790000001", "+4790000007"
HELPERS = [("Jonas", "Vik", "+4790000002"), ("Hanne", "Bø", "+4790000003")]
TUESDAY = dt.date(2026, 11, 24)
THURSDAY = dt.date(2026, 11, 26)
AFTER_THE_SNOW = dt.datetime(2026, 11, 26, 10, 5, tzinfo=dt.UTC)  # 11.05 on the wall; asked for was 10, 45 minutes
THURSDAY_EVENING = dt.datetime(2026, 11, 26, 17, 0, tzinfo=dt.UTC)


@pytest.fixture
def centre(place):
    """Two who can shovel; Anna would rather not have one of them."""
    with place.scope():
        place.tun.volunteer("Marit", "Fjelde", MARIT)
        place.tun.volunteer("Torleiv", "Haugen", TORLEIV)
    return place


def write_down(window, say, *, source, phone="", kind="", not_wanted=""):
    """What is written down while she talks, or from her note: one screen, one press."""
    page = window.page
    window.open("/i-dag/")
    window.press(say("Take a call"), role="link")
    page.locator("summary", has_text=say("Someone new")).click()
    page.get_by_label(say("First name")).fill("Anna")
    page.get_by_label(say("Family name")).fill("Stokke")
    page.locator("[name=phone]").fill(phone)
    page.get_by_label(kind or say("Landline, no texts")).check()
    page.get_by_label(say("Which part of the municipality?")).select_option(label="Innbygda")
    page.locator("[name=address]").fill("Storgata 4")
    page.locator("label", has_text="Snø på trappa").click()
    page.get_by_label(say("In their own words")).fill("Eg kjem meg ikkje ut")
    page.locator(f"label:has([name=on_pick][value='{THURSDAY}'])").click()
    page.get_by_label(say("What time?")).fill("10")
    page.get_by_label(say("How long, about?")).select_option("45")
    page.get_by_label(say("Is there someone they would rather not have?")).fill(not_wanted)
    page.get_by_label(say("How did it come in?")).select_option(source)
    window.press(say("Save, and find someone"))


def ask_marit(window, say):
    """The name asked is Marit's; the one not wanted stands nowhere."""
    offered = window.panel("suggestions")
    expect(offered).to_contain_text("Marit Fjelde")
    expect(offered).not_to_contain_text("Torleiv")
    window.press(f"{say('Ask')} Marit Fjelde")


def the_request(place):
    with place.scope():
        return HelpRequest.objects.get(recipient__given_name="Anna")


def state(place):
    return the_request(place).state


def code_in(text):
    return re.search(r"\bJA (\d+)", text)[1]


def says_yes_by_text(place, _windows, _say):
    asked = place.texts_to(MARIT)[-1]
    assert len(asked) <= 160
    first_two = " ".join(asked.splitlines()[:2])
    for told in ("Dalgrend frivilligsentral", "snø på trappa", "torsdag 26.11.", "kl. 10.00", "45 min"):
        assert told in first_two
    place.text_in(MARIT, f"ja {code_in(asked)}")


def link_of(place):
    with place.scope():
        return f"/s/{make_token(Question.objects.get(kind='ask'))}"


def says_yes_by_link(place, windows, say):
    marit = windows()
    marit.open(link_of(place))
    assert state(place) == "asked", "opening a link acts on nothing"
    assert "Anna" not in marit.seen[-1]
    assert "Storgata" not in marit.seen[-1]
    marit.press(say("Yes, I can"))
    expect(marit.page.get_by_role("heading", level=1)).to_have_text(say("Thank you so much!"))


def opens_who_and_where(place, windows, say):
    """The link in the text leads to who and where, behind a code to the telephone we know."""
    text = place.texts_to(MARIT)[-1]
    assert "Anna" not in text
    assert "Storgata" not in text
    marit = windows()
    marit.open(re.search(r"/s/[\w-]+", text)[0])
    assert "Storgata" not in marit.seen[-1]
    marit.press(say("Send me the code"))
    digits = re.match(r"\d{6}", place.texts_to(MARIT)[-1])[0]
    marit.page.get_by_label(say("The code we sent you")).fill(digits)
    marit.press(say("Show who and where"))
    expect(marit.page.locator("dl.facts")).to_contain_text("Anna Stokke")
    expect(marit.page.locator("dl.facts")).to_contain_text("Storgata 4")
    return marit


def others_have_helped(place):
    """Two more have lent a hand this week."""
    tun = place.tun
    with place.scope():
        for number, (given, family, phone) in enumerate(HELPERS):
            helper = tun.volunteer(given, family, phone)
            neighbour = tun.person("Olav", f"Nes{number}", f"+475741001{number}")
            request = tun.request(recipient=neighbour, on=TUESDAY)
            (ask,) = actions.ask_volunteers(request=request, volunteers=[helper.id], by=tun.viewer(), at=tun.now)
            actions.answer_ask(ask=Ask.objects.get(id=ask.id), yes=True, via="sms", by=tun.system(), at=tun.now)
            match = Match.objects.get(ask=ask)
            actions.answer_proposal(match=match, yes=True, via="call", by=tun.viewer(), at=tun.now)
            actions.mark_done(match=match, minutes=40, via="sms", by=tun.system(), at=place.clock.now())
    place.work()


def thank_three(window, say):
    """Three names this week, each with a number to ring."""
    window.open("/takk/")
    for name in ("Marit Fjelde", "Jonas Vik", "Hanne Bø"):
        card = window.page.get_by_role("region", name=name)
        expect(card.locator("a[href^='tel:']")).to_be_visible()
    window.press(f"{say('I have rung')} Marit Fjelde")
    expect(window.page.get_by_role("region", name="Marit Fjelde")).to_contain_text(say("Rung"))


def taken_out(place, windows, say):
    """All the centre has here, as the leader takes it out: names of files and how often Torleiv stands in each."""
    leader = windows(role=Role.LEADER, owner=place.tun.centre)
    leader.open("/lag/")
    address = leader.page.locator("form[action$='/fil/']").first.get_attribute("action")
    packed = zipfile.ZipFile(io.BytesIO(leader.post(address)))
    files = {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}
    assert any("Marit" in text for text in files.values()), "the file has what it should have"
    return {name: text.count("Torleiv") for name, text in files.items()}


def leaks_nothing(place, windows, say, before, *opened):
    """The one not wanted: in no page, no text, no letter; the file tells no more of him than before the call."""
    for window in opened:
        for html in window.seen:
            assert "Torleiv" not in html
    place.work()
    assert not [parcel.text for parcel in place.gateway.sent if "Torleiv" in parcel.text or parcel.to == TORLEIV]
    assert taken_out(place, windows, say) == before


@pytest.mark.journey
def test_help(centre, windows, say):
    """By telephone: call, name, yes by text, done by link, thanks. Three acts of the coordinator."""
    before = taken_out(centre, windows, say)
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, source="call", phone="57 41 00 01", not_wanted="torleiv haugen")
    ask_marit(turid, say)
    says_yes_by_text(centre, windows, say)
    turid.open(f"/onske/{the_request(centre).id}/")
    expect(turid.panel("now").locator("a[href^='tel:']")).to_have_attribute("href", f"tel:{ANNA}")
    turid.press(say("Yes, that is fine"))
    expect(turid.panel("now")).to_contain_text("Marit Fjelde")
    acts = list(turid.acts)
    marit = opens_who_and_where(centre, windows, say)
    centre.clock.move_to(AFTER_THE_SNOW)
    assert "JA " in centre.texts_to(MARIT)[-1], "reminded the day before: still all right?"
    marit.page.reload()
    marit.look()
    marit.page.get_by_label(say("How many minutes did it take?")).fill("50")
    marit.press(say("Yes, it is done"))
    assert state(centre) == "done"
    assert len(acts) == 3, acts
    receipt = centre.texts_to(MARIT)[-1]
    assert "torsdag 26.11." in receipt
    assert receipt.startswith(("Takk for hjelpen", "Takk for hjelpa"))
    others_have_helped(centre)
    turid = windows(role=Role.COORDINATOR)
    thank_three(turid, say)
    leaks_nothing(centre, windows, say, before, turid, marit)


@pytest.mark.journey
def test_help_on_paper(centre, windows, say):
    """A note in the post box, no telephone: the name goes by letter, the yes by link, and time itself closes it."""
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, source="paper", kind=say("Mobile"), not_wanted="Torleiv Haugen")
    expect(turid.page.locator("main")).to_contain_text(say("Came on paper"))
    ask_marit(turid, say)
    centre.work()
    says_yes_by_link(centre, windows, say)
    turid.open("/meldinger/")
    letter = turid.page.locator("[name=letter]")
    pdf = turid.post("/meldinger/brev.pdf", letter=letter.get_attribute("value"))
    printed = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    for told in ("Anna Stokke", "Storgata 4", "Marit Fjelde", "torsdag 26.11."):
        assert told in printed
    assert "Torleiv" not in printed
    turid.press(say("They are posted"))
    expect(turid.page.locator("[name=letter]")).to_have_count(0)
    turid.open(f"/onske/{the_request(centre).id}/")
    turid.press(say("Yes, that is fine"))
    assert state(centre) == "agreed"
    opens_who_and_where(centre, windows, say)
    centre.clock.move_to(THURSDAY_EVENING)
    assert centre.texts_to(MARIT)[-1].startswith(("Takk for hjelpen", "Takk for hjelpa"))
    assert state(centre) == "done"
    with centre.scope():
        assert Match.objects.get().done_via == "time"


def looks_at_who_and_where(window, say, name):
    """What to say of name and address stands one press away from the list of calls."""
    window.open("/meldinger/")
    call_to(window, name).click()
    window.press(say("Look at it: %(what)s", what="Snø på trappa"), role="link")
    for told in ("Anna Stokke", "Storgata 4"):
        expect(window.page.locator("main")).to_contain_text(told)


@pytest.mark.journey
@pytest.mark.rule("R104")
def test_a_landline_at_both_ends(centre, windows, say):
    """She is 88 and he is 79, and neither has ever sent a text: from call to thanks nothing but voices."""
    with centre.scope():
        torstein = centre.tun.volunteer("Torstein", "Sande", "+4757410044", phone_kind="landline")
        set_preferences(person=torstein.person, channel="call", by=centre.tun.system(), at=centre.tun.now)
    turid = windows(role=Role.COORDINATOR)
    write_down(turid, say, source="call", phone="57 41 00 01", not_wanted="Torleiv Haugen")
    turid.press(f"{say('Ask')} Torstein Sande")
    centre.work()
    asked = rings(turid, say, "Torstein Sande", "Yes")
    assert "Anna" not in asked, "before she has said yes he hears what and when, not who"
    assert state(centre) == "proposed"
    centre.work()
    assert "Torstein Sande" in rings(turid, say, "Anna Stokke", "Yes")
    assert state(centre) == "agreed"
    centre.work()
    looks_at_who_and_where(turid, say, "Torstein Sande")
    rings(turid, say, "Torstein Sande", "Yes")
    centre.clock.move_to(dt.datetime(2026, 11, 25, 16, 30, tzinfo=dt.UTC))
    centre.work()
    turid = windows(role=Role.COORDINATOR)
    assert "torsdag" in rings(turid, say, "Torstein Sande", "Yes"), "the day before: still all right?"
    centre.clock.move_to(THURSDAY_EVENING)
    centre.work()
    assert state(centre) == "done"
    centre.clock.move_to(dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC))
    centre.work()
    turid = windows(role=Role.COORDINATOR)
    rings(turid, say, "Torstein Sande", "Told")
    rings(turid, say, "Anna Stokke", "Yes")
    turid.open("/takk/")
    turid.press(f"{say('I have rung')} Torstein Sande")
    turid.open("/meldinger/")
    expect(turid.page.locator("[aria-labelledby=calls]")).to_have_count(0)
    centre.work()
    assert centre.gateway.sent == [], "no text, no e-mail, to anyone"


SMALL = {"width": 360, "height": 740}
NURSE = "+4790000801"
SEEN = "Ho sat i mørkret då eg kom"


def visits_anna(place, *, named):
    """Marit brings Anna her meal; home care may be told, if Anna has said so."""
    tun = place.tun
    with place.scope():
        match = agreed_match(tun, volunteer=tun.volunteer("Marit", "Fjelde", MARIT))
        ask = Ask.objects.create(
            request=match.request, volunteer=match.volunteer, state="yes", asked_at=tun.now, answer_by=tun.now
        )
        Match.objects.filter(id=match.id).update(ask=ask)
        question = Question.objects.create(
            kind="ask", ref_kind="ask", ref_id=ask.id, to_person=match.volunteer.person_id, code=27, nonce="abcdefgh",
            owner=tun.centre, asked_at=tun.now, ends_at=tun.now, link_until=tun.now + dt.timedelta(days=20),
        )  # fmt: skip
        if named:
            a_contact(tun, match.request.recipient)
        return f"/svar/oppdrag/{make_token(question)}/", match.request_id


def says_what_was_different(windows, say, address):
    """On the telephone, from the link of the task: it begins with 113, then a tick and a few words."""
    marit = windows(size=SMALL)
    marit.open(address)
    marit.press(say("Something seemed different?"), role="link")
    page = marit.page
    expect(page.locator("main a").first).to_have_attribute("href", "tel:113")
    page.get_by_label(say("Seemed tired or unsteady")).check()
    page.get_by_label(say("A few words, if you like")).fill(SEEN + ", kanskje demens")
    return marit


def nurse_answers(place, windows, say):
    """The text says nothing; behind the code stand the words, and one button."""
    text = place.texts_to(NURSE)[-1]
    for secret in ("Anna", "Stokke", "Marit", SEEN, "annleis", "annerledes"):
        assert secret not in text
    hanne = windows(size=SMALL)
    hanne.open(re.search(r"/s/[\w-]+", text)[0])
    assert "Anna" not in hanne.seen[-1]
    hanne.press(say("Send me the code"))
    hanne.page.get_by_label(say("The code we sent you")).fill(re.match(r"\d{6}", place.texts_to(NURSE)[-1])[0])
    hanne.press(say("Show it"))
    main = hanne.page.locator("main")
    for told in ("Anna Stokke", SEEN, say("Seemed tired or unsteady")):
        expect(main).to_contain_text(told)
    hanne.press(say("Received, I look in"))
    expect(main).to_contain_text(say("I look in"))


@pytest.mark.journey
def test_seemed_different(place, windows, say):
    """With Anna's yes: from Marit's telephone to the nurse she has named, who answers received; Marit hears by whom."""
    address, request = visits_anna(place, named=True)
    marit = says_what_was_different(windows, say, address)
    marit.page.get_by_role("button", name=say("Pass it on"), exact=True).click()
    marit.page.wait_for_load_state()
    marit.troubles.clear()  # the form came back with a question: that is 422 in the console
    expect(marit.page.locator("main")).to_contain_text("demens")
    marit.page.get_by_label(say("A few words, if you like")).fill(SEEN)
    marit.press(say("Pass it on"))
    expect(marit.page.locator("main")).to_contain_text(say("Passed on"))
    nurse_answers(place, windows, say)
    heard = place.texts_to(MARIT)[-1]
    assert "Hanne, Dalgrend kommune" in heard
    assert "Anna" not in heard
    assert SEEN not in heard
    marit.page.reload()
    marit.look()
    expect(marit.page.locator("main")).to_contain_text("Hanne, Dalgrend kommune")
    turid = windows(role=Role.COORDINATOR)
    with place.scope():
        found = HeadsUp.objects.get()
    turid.open(f"/beskjed/{found.id}/")
    assert SEEN not in turid.seen[-1], "the coordinator sees that it is received, and not the words"
    expect(turid.page.locator("main")).to_contain_text("Hanne, Dalgrend kommune")
    assert request == found_request(place, found)


def found_request(place, found):
    with place.scope():
        return Match.objects.get(id=found.ref_id).request_id


@pytest.mark.journey
def test_seemed_different_without_a_yes(place, windows, say):
    """Without it nothing is passed on: Turid rings Marit, asks Anna, and writes down whom Anna names."""
    address, _request = visits_anna(place, named=False)
    marit = says_what_was_different(windows, say, address)
    expect(marit.page.locator("main")).to_contain_text(say("Nobody is told yet"))
    marit.page.get_by_label(say("A few words, if you like")).fill(SEEN)
    marit.press(say("Tell us"))
    expect(marit.page.locator("main")).to_contain_text(say("Not passed on"))
    assert place.texts_to(NURSE) == []
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    turid.page.get_by_text(say("Something seemed different: ring the volunteer, and ask the person")).first.wait_for()
    with place.scope():
        found = HeadsUp.objects.get()
    turid.open(f"/beskjed/{found.id}/")
    expect(turid.page.locator("main")).to_contain_text(SEEN)
    expect(turid.page.locator(f"main a[href='tel:{MARIT}']")).to_be_visible()
    turid.press(say("They said yes: write down whom"), role="link")
    page = turid.page
    page.get_by_label(say("Where do they work?")).select_option(label="Dalgrend kommune")
    page.get_by_label(say("Who may be told?")).fill("Hanne Fossheim")
    page.get_by_label(say("Their mobile number")).fill("90 00 08 01")
    turid.press(say("They said yes: save"))
    turid.open(f"/beskjed/{found.id}/")
    turid.press(say("They said yes: pass it on to %(name)s", name="Hanne"))
    assert SEEN not in turid.seen[-1]
    nurse_answers(place, windows, say)
