"""The legal frame: what a task requires of a volunteer holds, and why somebody is not asked is the host's alone."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.foundation.models import Share
from samtun.foundation.viewer import Role
from samtun.operation.help_requests.models import Ask, HelpRequest
from samtun.operation.screening.actions import note_declaration, note_police_certificate
from samtun.operation.training.actions import note_course
from samtun.operation.volunteers.models import Volunteer

pytestmark = pytest.mark.practice("legal")
MAY = dt.date(2026, 5, 4)
WEDNESDAY = dt.date(2026, 11, 25)
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
