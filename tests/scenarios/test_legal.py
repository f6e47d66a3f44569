"""The legal frame: what a task requires of a volunteer holds, and why somebody is not asked is the host's alone.

And an agreement on one page between four, from the first word to the last.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from samtun.anchoring.agreements.models import Agreement, Version
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.evaluation.feedback.actions.contacts import Way
from samtun.evaluation.feedback.actions.receivers import choose_outside, choose_receiver
from samtun.evaluation.feedback.models import Concern
from samtun.foundation.models import Owner, Share
from samtun.foundation.viewer import Permission, Role
from samtun.operation.help_requests.models import Ask, HelpRequest
from samtun.operation.screening.actions import note_declaration, note_police_certificate
from samtun.operation.training.actions import note_course
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Membership, Organisation
from tests.scenarios import agreeing

pytestmark = pytest.mark.practice("legal")
MAY = dt.date(2026, 5, 4)
WEDNESDAY = dt.date(2026, 11, 25)
HALF_A_YEAR_ON = dt.datetime(2027, 4, 29, 9, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2027, 6, 1, 9, 0, tzinfo=dt.UTC)
REQUIRED = ["declaration", "course", "police"]


@pytest.fixture
def drive(place):
    """A companion's task: declaration of confidentiality, a course, and a police certificate for a listed purpose."""
    tun = place.tun
    with place.scope():
        purpose = PolicePurpose.objects.create(
            code="omsorg", name={"nb": "Omsorg", "nn": "Omsorg"}, law="§ 5-4", valid_from=dt.date(2020, 1, 1)
        )
        kind = TaskType.objects.create(
            key="follow", name={"nb": "Følge til legen", "nn": "Følgje til legen", "en": "Company"},
            task_class="companion", limits={"nb": "Følge.", "nn": "Følgje.", "en": "Company."}, way_on={},
            needs_declaration=True, needs_course="fyrstehjelp", needs_purpose=purpose,
        )  # fmt: skip
        for owner in (tun.council, tun.centre, tun.other):
            Clearance.objects.create(task_type=kind, owner=owner, cleared=True, by_words="Møte", decided_on=MAY)
    return kind


def volunteer(place, kind, given, *, host=None, lacks=()):
    """A volunteer who has all that is required, save what they lack."""
    tun = place.tun
    host = host or tun.centre
    number = f"+479000010{Volunteer.objects.count()}"
    found = tun.volunteer(given, "Prøve", number, host=host, types=[kind])
    by = {"by": tun.system(), "at": tun.now, "person": found.person, "owner": host}
    if "declaration" not in lacks:
        note_declaration(signed_on=MAY, **by)
    if "course" not in lacks:
        note_course(course="fyrstehjelp", held_on=MAY, expires_on=None, **by)
    if "police" not in lacks:
        note_police_certificate(purpose=kind.needs_purpose, shown_on=MAY, **by)
    return found


@pytest.mark.journey
@pytest.mark.parametrize("lacking", REQUIRED)
def test_matching(place, drive, windows, say, lacking):
    """Who lacks what the task requires is not asked, whoever presses what; only the host reads why."""
    tun = place.tun
    with place.scope():
        volunteer(place, drive, "Marit")
        jonas = volunteer(place, drive, "Jonas", lacks=[lacking])
        volunteer(place, drive, "Solveig", host=tun.other, lacks=[lacking])
        Share.objects.create(
            giver=tun.other, receiver=tun.centre, what=Share.What.VOLUNTEERS, purpose="Følgje",
            starts=MAY, ends=dt.date(2027, 5, 4),
        )  # fmt: skip
        request = tun.request(task_type=drive, on=WEDNESDAY)
        assert request.state == "looking"
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/onske/{request.id}/")
    offered = turid.panel("suggestions")
    expect(offered.locator("li.suggestion")).to_have_count(1)
    expect(offered.locator("li.suggestion")).to_contain_text("Marit")
    offered.locator("details.excluded summary").click()
    turid.look()
    why = say("Lacks something the task asks for")
    expect(offered.locator(".excluded li", has_text="Jonas")).to_contain_text(why)
    theirs = offered.locator(".excluded li", has_text="Solveig")
    expect(theirs).to_contain_text(say("Not now"))
    expect(theirs).not_to_contain_text(why)
    turid.post(f"/onske/{request.id}/spor/", volunteer=str(jonas.id))
    with place.scope():
        assert not Ask.objects.exists(), "a form made by hand asks nobody either"
        assert HelpRequest.objects.get().state == "looking"
    note_what_lacks(turid, say, jonas, lacking)
    turid.open(f"/onske/{request.id}/")
    expect(turid.panel("suggestions").locator("li.suggestion", has_text="Jonas")).to_have_count(1)


def note_what_lacks(window, say, found, lacking):
    """The host notes it in the browser: a date, never a paper."""
    press = {"declaration": "Declaration signed", "course": "Course held", "police": "Police certificate shown"}
    window.open(f"/frivillige/{found.id}/")
    window.press(say(press[lacking]), role="link")
    if lacking == "course":
        window.page.get_by_label("Fyrstehjelp").check()
    if lacking == "police":
        window.page.get_by_label("Omsorg").check()
    window.press(say("Note it"))


WRONG = "Det manglar pengar i kaffikassa"


def two_at_the_centre(place):
    """Ragnhild leads and receives; outside the organisation the municipality has chosen Solveig."""
    tun = place.tun
    with place.scope():
        by = tun.viewer(tun.council, Role.MUNICIPAL_ADMINISTRATOR, {Permission.MANAGE_ORGANISATION})
        choose_outside(
            owner=tun.council, who=Way("Solveig Strand", "+4790000899"), words="personvernombod i Elvefjord",
            address="Rådhuset, Elvefjord", by=by, at=tun.now,
        )  # fmt: skip


def tells_without_a_name(windows, say, about):
    """On a telephone screen, without login: what is wrong, about whom, and a code to come back by."""
    somebody = windows(size={"width": 360, "height": 740})
    somebody.open("/si-fra/")
    page = somebody.page
    for number in ("113", "112", "110"):
        expect(page.locator(f"main a[href='tel:{number}']")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Solveig Strand, personvernombod i Elvefjord")
    page.get_by_label(say("Money or things")).check()
    page.get_by_label(say("What is wrong?")).fill(WRONG)
    page.get_by_label(say("Is it about somebody in particular?")).fill(about)
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".big-code").wait_for()
    somebody.look()
    return somebody, page.locator(".big-code").inner_text().strip()


def comes_back(window, say, code):
    window.open("/si-fra/svar/")
    window.page.get_by_label(say("Your code")).fill(code.upper().replace("-", " "))
    window.press(say("Read the answer"))


def never_sees_it(window, address):
    """The coordinator it is about: on no page she can open, by no address."""
    for page in ("/i-dag/", "/meldinger/", "/meg/", "/si-fra/", "/si-fra/mottak/"):
        window.open(page)
    assert WRONG not in "".join(window.seen)
    assert window.page.locator("main article").count() == 0, "she receives otherwise, and her list is empty"
    assert window.page.request.get(address).status == 404


@pytest.mark.journey
@pytest.mark.rule("R84")
def test_si_fra(place, windows, say):
    """Told without a name, answered by code; the one it concerns, a coordinator and receiver herself, never sees it."""
    two_at_the_centre(place)
    leader = windows(role=Role.LEADER)
    kari = windows(role=Role.COORDINATOR)
    with place.scope():
        post = Membership.objects.get(role=Role.COORDINATOR)
        for each in (post, Membership.objects.get(role=Role.LEADER)):
            choose_receiver(membership=each, by=place.tun.system(), at=place.tun.now)
        about = post.person.family_name
    somebody, code = tells_without_a_name(windows, say, about)
    with place.scope():
        concern = Concern.objects.get()
    address = f"/si-fra/mottak/{concern.id}/"
    leader.open("/si-fra/mottak/")
    assert WRONG not in leader.seen[-1]
    leader.press(say("Came in on %(day)s", day=day_in(leader)), role="link")
    assert WRONG not in leader.seen[-1], "closed until opened, since opening is written down"
    leader.press(say("Open and read"))
    expect(leader.page.locator("main")).to_contain_text(WRONG)
    leader.press(say("I look into it"))
    leader.press(say("They are told and heard"))
    leader.page.get_by_label(say("There was nothing in it: words and names are erased")).check()
    leader.press(say("This is what it came to"))
    leader.page.get_by_label(say("The answer to the one who told")).fill("Pengane låg i safen.")
    leader.press(say("Answer and close"))
    comes_back(somebody, say, code)
    expect(somebody.page.locator("main")).to_contain_text("Pengane låg i safen.")
    somebody.press(say("Close this on this screen"))
    assert WRONG not in somebody.seen[-1]
    never_sees_it(kari, address)
    place.clock.move_to(place.clock.now() + dt.timedelta(days=15))
    place.work()
    with place.scope():
        concern.refresh_from_db()
    assert (bytes(concern.sealed), concern.code_hash, concern.outcome) == (b"", "", "unfounded")


def day_in(window):
    """The day as it stands on the list: the words after the first three."""
    words = window.page.locator("main article a").first.inner_text()
    return " ".join(words.split()[2:])


@pytest.mark.journey
@pytest.mark.rule("R84")
def test_si_fra_by_telephone(place, windows, say):
    """A receiver writes down what somebody says on the telephone, and reads the code aloud."""
    two_at_the_centre(place)
    leader = windows(role=Role.LEADER)
    leader.open("/si-fra/mottak/")
    leader.page.get_by_role("link", name=say("Write down for somebody who rings")).first.click()
    leader.look()
    page = leader.page
    page.get_by_label(say("Something that is not safe")).check()
    page.get_by_label(say("What is wrong?")).fill("Rekkverket er laust")
    page.get_by_label(say("Both")).check()
    page.get_by_role("button", name=say("Save, and read the code aloud"), exact=True).click()
    page.locator(".big-code").wait_for()
    leader.look()
    code = page.locator(".big-code").inner_text().strip()
    texts = place.texts_to("+4790000899")
    assert len(texts) == 1
    assert "Rekkverket" not in texts[0]
    outside = windows()
    outside.open(re.search(r"/s/[\w-]+", texts[0])[0])
    outside.press(say("Send me the code"))
    digits = re.match(r"\d{6}", place.texts_to("+4790000899")[-1])[0]
    outside.page.get_by_label(say("The code we sent you")).fill(digits)
    outside.press(say("Show it"))
    outside.press(say("Open and read"))
    expect(outside.page.locator("main")).to_contain_text("Rekkverket er laust")
    somebody = windows()
    comes_back(somebody, say, code)
    somebody.page.get_by_label(say("Is there something more?")).fill("Det er på Fjordheim")
    somebody.press(say("Add it"))
    expect(somebody.page.locator("main")).to_contain_text("Det er på Fjordheim")


@pytest.mark.journey
def test_agreement(place, windows, say):
    """Four parties: one sees it otherwise, all say yes to the next text, it is evaluated, and ends as all agree."""
    tun = place.tun
    with place.scope():
        rotary = Owner.objects.create(kind=Owner.Kind.ORGANISATION, name=agreeing.ROTARY)
        Organisation.objects.create(owner=rotary, name=rotary.name, kind="organisation", phone="+4757003355")
    leader = windows(role=Role.LEADER)
    others = ["Dalgrend helselag", *agreeing.RUNG]
    agreeing.starts(leader, say, {f"with_{n}": owner for n, owner in enumerate(others, 1)})
    does = {"Dalgrend frivilligsentral": "Finn folk.", "Dalgrend helselag": "Kokar kaffi.",
            "Dalgrend kommune": "Låser opp.", agreeing.ROTARY: "Køyrer."}  # fmt: skip
    agreeing.proposes(leader, say, "Open kaffistove kvar laurdag.", does)
    with place.scope():
        agreement = Agreement.objects.get()
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other)
    agreeing.says_otherwise(association, say, agreement)
    leader.open(f"/avtale/{agreement.id}/")
    expect(leader.page.locator("main")).to_contain_text("Ikkje kvar laurdag.")
    leader.press(say("Propose a change"), role="link")
    agreeing.proposes(leader, say, "Open kaffistove annankvar laurdag.", {})
    agreeing.looks_at_what_is_changed(association, say, agreement)
    agreeing.says_yes(association, say, agreement)
    for owner in agreeing.RUNG:
        with place.scope():
            agreement.refresh_from_db()
            assert agreement.state == "being_made", "nothing stands before the last yes"
        agreeing.writes_down_the_yes(leader, say, owner, agreement)
    with place.scope():
        agreement.refresh_from_db()
        assert (agreement.state, Version.objects.filter(state="standing").count()) == ("stands", 1)
    assert leader.page.context.request.get(f"/avtale/{agreement.id}/papir/").body().startswith(b"%PDF")
    place.clock.move_to(HALF_A_YEAR_ON)
    place.work()
    leader = windows(role=Role.LEADER)
    association = windows(role=Role.ORGANISATION_REPRESENTATIVE, owner=tun.other)
    agreeing.evaluates(leader, association, say, agreement)
    anybody = windows()
    anybody.open(f"/avtale/{agreement.id}/open/")
    expect(anybody.page.locator("main")).to_contain_text("Vi har bede om nøkkel i eit halvt år.")
    agreeing.ends(leader, association, say, agreement)
    place.clock.move_to(AFTER)
    place.work()
    with place.scope():
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ended_because) == ("ended", "agreed")
