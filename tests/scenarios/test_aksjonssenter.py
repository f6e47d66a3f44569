"""The action centre: one desk that says what needs a hand today, cleared from the keyboard."""

import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format
from playwright.sync_api import expect

from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions as help_requests
from samtun.operation.help_requests.models import Ask, FollowUp, Match, PersonalCall
from samtun.operation.help_requests.notices import AgreedRecipient
from samtun.operation.referrals.actions import report_worry
from samtun.operation.referrals.models import Referral
from samtun.partners.organisations.actions import go_on_leave
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.factories.desk import AT
from tests.factories.feedback import HANNE, SILJE, a_contact, a_heads_up, agreed_match
from tests.factories.help import match
from tests.scenarios.monday import ten_lines

pytestmark = pytest.mark.practice("aksjonssenter")
MOST_PRESSES = 60


class Keyboard:
    """Somebody without a mouse: every key is counted, and what has the focus can be read."""

    def __init__(self, window):
        self.window, self.page, self.presses = window, window.page, 0

    def press(self, *keys):
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def here(self):
        return self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")

    def tab_to(self, ident):
        for _ in range(20):
            if self.here() == ident:
                return
            self.press("Tab")
        raise AssertionError(f"{ident} is not reached; the focus is on {self.here()!r}")

    def go(self, *keys):
        """Press keys of which the last leads to another page, and look at it."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])
        self.window.look()


def lines(page):
    return page.locator("#lines > .line")


def aside(keyboard, place, left):
    """Press the first button of what else can be done with a line: it is done, or another day."""
    page = keyboard.page
    if keyboard.window.javascript:
        keyboard.press("n", "Enter")
        expect(lines(page)).to_have_count(left)
        expect(page.locator(f"#l{place}") if left else page.locator("#desk h1")).to_be_focused()
    else:
        keyboard.press("Tab", "Enter")
        keyboard.go("Tab", "Enter")


TABS = {"find_someone": 2, "talk_volunteer": 2}
ANSWERED = {"worry": "All is well", "passed_on": "No thank you, not now"}


def clear(keyboard, reason, left, say):
    """Clear the first line, the way its kind is cleared; the focus is on the line that follows."""
    if reason == "ring_me":
        aside(keyboard, 1, left)
    elif reason in ANSWERED:
        keyboard.go("Enter")
        keyboard.press("Tab")
        keyboard.tab_to(say(ANSWERED[reason]))
        keyboard.go("Enter")
    else:
        keyboard.go("Enter")
        keyboard.go(*["Tab"] * TABS.get(reason, 1), "Enter")
    expect(lines(keyboard.page)).to_have_count(left)
    if left:
        assert keyboard.here() == "l1"


@pytest.mark.journey
def test_desk(place, windows, say):
    """Ten lines on Monday morning, by keyboard alone: at most sixty presses, and each thing is really done."""
    reasons = ten_lines(place)
    turid = windows(role=Role.COORDINATOR)
    turid.open("/i-dag/")
    expect(lines(turid.page)).to_have_count(10)
    assert "Stokke" not in turid.seen[-1], "initials until opened"
    keyboard = Keyboard(turid)
    keyboard.press("Tab", "Enter")
    keyboard.tab_to("l1")
    for done, reason in enumerate(reasons, 1):
        clear(keyboard, reason, 10 - done, say)
    assert keyboard.presses <= MOST_PRESSES, f"{keyboard.presses} presses"
    expect(turid.page.locator("#desk")).to_contain_text(say("The desk is clear"))
    with place.scope():
        assert not Todo.objects.filter(done_at=None).exists(), "nothing is put off"
        assert Ask.objects.filter(asked_at__gt=AT).count() >= 2
        assert Message.objects.filter(channel="call", state="delivered").count() == 1
        assert AuditEvent.objects.filter(act="todos.done").count() == 1
        assert set(Referral.objects.values_list("kind", "state")) == {("worry", "all_well"), ("passed_on", "no_thanks")}
        assert FollowUp.objects.get(held_at__isnull=False).side == "volunteer"
        assert PersonalCall.objects.get().rung_at
        assert AuditEvent.objects.filter(act="callouts.ask").count() == 2, "more were asked"


@pytest.mark.journey
def test_the_screen_is_hidden_by_one_key(place, windows, say):
    """Somebody sits down at the table: nothing to see, nothing to be read aloud, no way back but her own."""
    with place.scope():
        request = place.tun.request()
    turid = windows(role=Role.COORDINATOR)
    turid.open(f"/onske/{request.id}/")
    page = turid.page
    expect(page.get_by_text("Anna Stokke").first).to_be_visible()
    if turid.javascript:
        page.keyboard.press("Escape")
        expect(page.locator("body > .neutral")).to_be_visible()
        assert "Anna" not in page.locator("body").aria_snapshot()
        assert "Anna" not in page.title()
        assert page.title() == "Samtun"
        turid.look()
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Anna Stokke").first).to_be_visible()
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        page.reload()
    else:
        page.locator("#cover button").click()
    turid.look()
    assert page.url.endswith("/pause/")
    assert "Anna" not in turid.seen[-1]
    page.goto(f"/onske/{request.id}/")
    assert page.url.endswith("/pause/"), "no other way in"
    page.go_back()
    assert "Anna" not in page.content()
    page.goto("/pause/")
    turid.press(say("Show again"))
    turid.open(f"/onske/{request.id}/")
    expect(page.get_by_text("Anna Stokke").first).to_be_visible()


def test_hidden_at_once_whatever_is_open(place, windows, say):
    """A menu unfolded, a search half written, a page in large type for one who rings: one press, and it is gone."""
    with place.scope():
        volunteer = place.tun.volunteer("Marit", "Fjelde", "+4790000101")
        task = match(volunteer, place.tun.recipient(), place.tun.snow).request
    turid = windows(role=Role.COORDINATOR)
    page = turid.page

    def hide_and_show():
        page.keyboard.press("Escape")
        expect(page.locator("body > .neutral")).to_be_visible()
        assert "Anna" not in page.locator("body").aria_snapshot()
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_visible()

    wide = f"/onske/{task.id}/beskjed/"
    turid.open(wide)
    if not turid.javascript:
        page.locator("#cover button").click()
        assert page.url.endswith("/pause/")
        return
    hide_and_show()
    for address in ("/i-dag/", f"/onske/{task.id}/"):
        turid.open(address)
        page.locator("details.fold.me > summary").click()
        expect(page.locator("details.fold[open]")).to_have_count(1)
        hide_and_show()
    turid.open("/samtale/")
    page.locator("[name=q]").fill("Anna Sto")
    hide_and_show()
    expect(page.locator("[name=q]")).to_have_value("Anna Sto")
    hanne = windows()
    hanne.open("/")
    expect(hanne.page.locator("#cover")).to_have_count(0)


@pytest.mark.journey
def test_half_post(place, windows, say, journey):
    """The leader is away from today; the deputy has the same desk, and nobody above hears of it."""
    with place.scope():
        place.tun.request()
    turid, jon = windows(role=Role.LEADER), windows(role=Role.LEADER)
    with place.scope():
        posts = Membership.objects.filter(organisation__owner=place.tun.centre).select_related("person")
        post, deputy = posts.order_by("id")
        posts.filter(id=deputy.id).update(is_deputy=True)
    away(turid, say, post, deputy)
    told = len(place.gateway.sent)
    place.work()
    jon.open("/i-dag/")
    expect(jon.page.locator("#desk")).to_contain_text(post.person.full_name)
    expect(lines(jon.page)).to_have_count(1)
    for page in ("/i-dag/alle/", "/i-dag/ark/"):
        jon.open(page)
    jon.press(say("Make the next day's sheet now"))
    expect(jon.page.get_by_text(say("The sheet is made anew."))).to_be_visible()
    somebody = windows()
    somebody.open("/?forside=1")
    expect(somebody.page.locator("main")).to_contain_text(say("Someone is here now."))
    turid.press(f"{say('Back again')} {post.person.full_name}")
    away(turid, say, post, None)
    away(turid, say, deputy, None)
    somebody.open("/?forside=1")
    expect(somebody.page.locator("main")).to_contain_text(
        say("Someone is here on %(day)s at %(clock)s.", day=monday(journey.language), clock="9")
    )
    with place.scope():
        assert {todo.owner_id for todo in Todo.objects.all()} == {place.tun.centre.id}
    assert len(place.gateway.sent) == told, "nobody is told past the deputy"


def away(window, say, post, cover):
    """Write down that somebody is away this week."""
    window.open("/borte/")
    page = window.page
    page.get_by_label(say("Who is away?")).select_option(str(post.id))
    page.get_by_label(say("First day away")).fill("2026-11-23")
    page.get_by_label(say("Last day away")).fill("2026-11-27")
    page.get_by_label(say("Who steps in?")).select_option(str(cover.id) if cover else "")
    window.press(say("Save the days"))
    steps_in = say("%(name)s steps in", name=cover.person.full_name) if cover else say("nobody steps in")
    expect(page.get_by_text(steps_in).first).to_be_visible()


def monday(language):
    """The next Monday, a week ahead, as the page says it."""
    with translation.override(language):
        return date_format(dt.date(2026, 11, 30), "l j. F")


@pytest.mark.journey
def test_nothing_goes_past_the_deputy_while_all_are_away(place):
    """A wish nobody answers, a worry and a word that waits stand a week past their time: on the centre's desk alone."""
    tun = place.tun
    with place.scope():
        chief = a_post(tun, tun.council, "Ragnhild", "+4790000900")
        posts = [a_post(tun, tun.centre, "Turid", "+4790000901"), a_post(tun, tun.centre, "Jon", "+4790000902")]
        stay_away(tun, posts, dt.date(2026, 11, 23), dt.date(2026, 11, 27))
        known = told_of_three_things(tun)
    days_pass(place, dt.date(2026, 11, 23), 8)
    with place.scope():
        stay_away(tun, posts, dt.date(2026, 12, 1), dt.date(2026, 12, 11))
    days_pass(place, dt.date(2026, 12, 1), 8)
    with place.scope():
        late = Todo.objects.filter(done_at=None, due__lt=clock.now())
        assert {"nobody_answered", "worry", "ring_professional"} <= set(late.values_list("reason", flat=True))
        assert set(Todo.objects.values_list("owner", "audience")) == {(tun.centre.id, "handle_requests")}
        assert due_for(tun.viewer(tun.council, Role.LEADER), at=clock.now()) == []
        assert told_others_than(known) == set(), "nobody is told past the deputy"
        queue(
            notice=AgreedRecipient, ref_kind="match", ref_id=Match.objects.get().id, to=chief.person_id,
            owner=tun.centre.id, by=tun.system(), at=clock.now(),
        )  # fmt: skip
        assert told_others_than(known) == {chief.person_id}, "control: had anyone above been told, it would be seen"


def a_post(tun, owner, given, phone):
    """Somebody who leads, and can be reached."""
    person = tun.person(given, "Brekkhus", phone, owner=owner)
    body = Organisation.objects.get(owner=owner)
    return Membership.objects.create(
        person=person, organisation=body, role="leader", starts=dt.date(2026, 1, 1), is_deputy=given == "Jon"
    )


def stay_away(tun, posts, starts, ends):
    for post in posts:
        go_on_leave(membership=post, cover=None, starts=starts, ends=ends, by=tun.system(), at=clock.now())


def days_pass(place, first, number):
    """Every evening the worker has done all that was due; nobody has been at the desk."""
    place.work()
    for n in range(number):
        place.clock.move_to(dt.datetime.combine(first + dt.timedelta(days=n), dt.time(17), tzinfo=dt.UTC))
        place.work()


def told_of_three_things(tun):
    """Make all three; return those whom they are to go to: the asked, the one helped, and the two she has named."""
    anna, marit = tun.recipient(), tun.volunteer("Marit", "Fjelde", "+4790000101")
    visit = agreed_match(tun, recipient=anna, volunteer=tun.volunteer("Olaug", "Sande", "+4790000102"))
    wish = tun.request(anna)
    help_requests.ask_volunteers(request=wish, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    report_worry(
        to=tun.centre, name="Oddny Lien", phone="+4757410077", place="", words="", sender_name="Per Granne",
        sender_phone="+4757410078", by=tun.system(), at=tun.now,
    )  # fmt: skip
    a_contact(tun, anna)
    a_heads_up(tun, visit)
    named = Person.objects.filter(phone__in=[HANNE, SILJE]).values_list("id", flat=True)
    return {anna.id, marit.person_id, visit.volunteer.person_id, *named}


def told_others_than(known):
    """Return who else a message was made for, whatever became of it."""
    return set(Message.objects.values_list("to_person", flat=True)) - known
