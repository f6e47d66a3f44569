"""The working workshop: from a programme to a report, and sixty people of whom a third lose the network for a while."""

import http.cookiejar
import re
import threading
import time
import urllib.parse
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.actions import Facts
from samtun.codesign.workshops.models import Note, Participant, Workshop
from samtun.codesign.workshops.rules import code_of
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from tests.conftest import DALGREND
from tests.factories.journey import log_in, make_tun
from tests.factories.workshops import PROGRAMME, Day
from tests.scenarios.browser import AXE, PHONE, RUN, TAGS

pytestmark = pytest.mark.practice("workshop")
TABLES, BROWSERS, BY_PROTOCOL, EACH = 10, 12, 48, 5
CUT = 60  # seconds


def writes(window, say, words, button):
    """Write a note; with JavaScript it is sent behind the page."""
    window.page.locator("#note").fill(words)
    if window.javascript:
        window.page.get_by_role("button", name=say(button), exact=True).first.click()
        expect(window.page.locator("#duk")).to_contain_text(words)
        window.look()
    else:
        window.press(say(button))


def presses(window, name, there):
    """Press what may be done without leaving the page."""
    if window.javascript:
        window.page.get_by_role("button", name=name, exact=True).first.click()
        expect(there).to_be_visible()
        window.look()
    else:
        window.press(name)
        expect(there).to_be_visible()


def plans(leader, say):
    """Turid plans it from the template for two tables."""
    leader.open("/verkstader/ny/")
    leader.page.get_by_label(say("What shall we call it?")).fill("Ein dag om fredagskaffen")
    leader.page.get_by_label(say("Today"), exact=True).check()
    leader.page.get_by_label(say("How many tables?")).fill("2")
    leader.press(say("Plan it"))
    leader.press(say("Take out") + " " + say("Which opportunities do we see?"))
    return re.search(r'<p class="code">(\w+)</p>', leader.seen[-1])[1]


def comes(window, say, code, name):
    """Somebody types the code and sits down at table one."""
    window.open("/verkstad/")
    window.page.get_by_label(say("The code"), exact=True).fill(code)
    window.press(say("Come in"))
    window.page.get_by_label(say("Your first name")).fill(name)
    window.page.get_by_label(say("Table %(number)s", number=1)).check()
    window.press(say("Sit down"))


@pytest.mark.journey
@pytest.mark.rule("R99")
def test_from_programme_to_report(place, windows, say):
    """Planned from the template, alone, in the group and together, a recommendation that becomes a design, report."""
    turid, kari = windows(role=Role.LEADER), windows()
    code = plans(turid, say)
    comes(kari, say, code, "Kari")
    turid.press(say("Begin now"))
    kari.page.reload()
    writes(kari, say, "Skyss heim", "Keep it")
    writes(kari, say, "Song", "Keep it")
    olav = windows()
    comes(olav, say, code, "Olav")
    assert "Skyss heim" not in olav.seen[-1], "nobody reads what is not shared"
    turid.press(say("Go on"))
    kari.page.reload()
    presses(kari, say("Share") + " Skyss heim", kari.page.locator(".cloth").get_by_text("Skyss heim").first)
    olav.page.reload()
    taken = olav.page.get_by_role("button", name=f"● {say('Your dot')} 1 Skyss heim")
    presses(olav, f"○ {say('Put a dot')} 0 Skyss heim", taken)
    turid.press(say("Go on"))
    turid.press(say("Show on the wall"), role="link")
    expect(turid.page.locator(".wall-cloths")).to_contain_text("Skyss heim")
    assert "Song" not in turid.page.locator(".wall").inner_text()
    turid.press(say("Back"), role="link")
    turid.press(say("Write a recommendation"), role="link")
    turid.page.get_by_label(say("What should be done?")).fill("Fast skyss kvar fredag")
    turid.page.get_by_label(say("Who does it?")).fill("Helselaget")
    turid.press(say("Save"))
    turid.press(say("Make it a service design") + " Fast skyss kvar fredag")
    expect(turid.page.locator("main")).to_contain_text(say("A service design"))
    turid.open(turid.page.url.split("rapport")[0])
    turid.press(say("End the workshop"))
    expect(turid.page.locator("main")).to_contain_text("Skyss heim")
    assert "Kari" not in turid.page.locator("main").inner_text()
    kari.page.reload()
    kari.look()
    expect(kari.page.locator("main")).to_contain_text("Fast skyss kvar fredag")


@pytest.fixture
def hall(transactional_db, live_server, ticking):
    """A workshop with ten tables that goes on in the groups, at the live server's address."""
    host = re.sub(r"^https?://|:\d+$", "", live_server.url)
    municipality = Municipality.objects.create(**DALGREND | {"host": host})
    with open_scope(municipality.id):
        day = Day(make_tun(municipality, clock.now()), Workshop())
        facts = Facts("Ein dag for alle", clock.today())
        day.workshop = actions.plan(
            owner=day.tun.centre, facts=facts, groups=TABLES, questions=PROGRAMME, by=day.by, at=clock.now()
        )
        day.starts(1)
    return day


class Telephone:
    """Somebody who takes part by plain requests, as a telephone without JavaScript does."""

    def __init__(self, base, code, number):
        self.base, self.number = base, number
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.join, self.words = f"{base}/verkstad/{code}/", [f"P{number} lapp {n}" for n in range(EACH)]

    def _field(self, page, name):
        return re.search(rf'name="{name}" value="([^"]+)"', page)[1]

    def _post(self, address, **fields):
        body = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.request.Request(address, body, {"Referer": address}), timeout=60) as answer:
            return answer.read().decode(), answer.url

    @property
    def loses_the_network(self):
        """Each third does."""
        return self.number % 3 == 0

    def lives(self, back):
        """Come, and write. Who loses the network heard no answer, so all of it goes again when the network is `back`.

        What was sent last before had come in all the same.
        """
        with self.opener.open(self.join, timeout=60) as answer:
            page = answer.read().decode()
        fields = {"csrfmiddlewaretoken": self._field(page, "csrfmiddlewaretoken"), "key": self._field(page, "key")}
        page, own = self._post(self.join, group=str(self.number % TABLES + 1), name="", **fields)
        token, question = self._field(page, "csrfmiddlewaretoken"), self._field(page, "question")
        notes = [
            {"act": "note", "key": str(uuid.uuid4()), "question": question, "note": words, "share": "on"}
            for words in self.words
        ]
        if self.loses_the_network:
            self._post(own, csrfmiddlewaretoken=token, **notes[0])
            assert back.wait(CUT * 3)
        for note in notes:
            self._post(own, csrfmiddlewaretoken=token, **note)


def sits_down(page, base, code, number):
    """Somebody comes with a telephone of their own."""
    page.goto(f"{base}/verkstad/{code}/")
    page.locator(f"input[name=group][value='{number % TABLES + 1}']").check()
    page.locator("form.form button[type=submit]").click()
    page.locator("#note").wait_for()


def types(page, words):
    """Write a note and put it on the cloth."""
    page.locator("#note").fill(words)
    page.locator("#skriv form button[type=submit]").click()
    expect(page.locator("#note")).to_have_value("")


@pytest.mark.journey
@pytest.mark.rule("R99")
def test_sixty_people_and_a_third_a_minute_without_network_lose_nothing(hall, live_server, chromium):
    """Sixty people at ten tables, twelve in browsers: each note is there once, whoever lost the network meanwhile."""
    base, code = live_server.url, code_of(hall.workshop.id)
    phones = [Telephone(base, code, number) for number in range(BY_PROTOCOL)]
    contexts = [
        chromium.new_context(viewport=PHONE, locale="nn", java_script_enabled=True) for _n in range(BROWSERS)
    ]  # fmt: skip
    pages = [context.new_page() for context in contexts]
    typed = [w for phone in phones for w in phone.words]
    back = threading.Event()
    with ThreadPoolExecutor(6 + sum(phone.loses_the_network for phone in phones)) as pool:
        others = [pool.submit(phone.lives, back) for phone in phones]
        for number, page in enumerate(pages):
            sits_down(page, base, code, number)
            types(page, f"B{number} lapp 0")
        cut = contexts[: BROWSERS // 3]
        for context in cut:
            context.set_offline(True)
        lost = time.monotonic()
        for n in range(1, EACH):
            for number, page in enumerate(pages):
                types(page, f"B{number} lapp {n}")
        for page in pages[: len(cut)]:
            expect(page.locator("[data-waiting] li")).to_have_count(EACH - 1)
        pages[0].wait_for_timeout(max(0, CUT - (time.monotonic() - lost)) * 1000)
        back.set()
        began = time.monotonic()
        for context in cut:
            context.set_offline(False)
        for page in pages:
            expect(page.locator("[data-waiting] li")).to_have_count(0, timeout=20_000)
        assert time.monotonic() - began < 20
        for other in others:
            other.result()
    typed += [f"B{number} lapp {n}" for number in range(BROWSERS) for n in range(EACH)]
    with open_scope(hall.tun.municipality.id):
        found = list(
            Note.objects.filter(workshop=hall.workshop, shared_at__isnull=False).values_list("words", flat=True)
        )
        assert Participant.objects.filter(workshop=hall.workshop, is_table=False).count() == BROWSERS + BY_PROTOCOL
        assert {t.number for t in queries.tables_of(hall.workshop)} <= {5, 6, 7}
    assert sorted(found) == sorted(typed), "nothing is lost and nothing doubled"
    pages[0].reload()
    expect(pages[0].locator(".cloth li.note")).to_have_count(sum(1 for w in typed if _table(w) == 1))
    for context in contexts:
        context.close()


def _table(words):
    """Which table a note is at, by the number of who wrote it."""
    return int(re.match(r"[PB](\d+)", words)[1]) % TABLES + 1


@pytest.fixture
def wall(hall, live_server, chromium):
    """The projector in the hall, opened by who leads the day: `wall()`."""
    client = Client()
    with open_scope(hall.tun.municipality.id):
        log_in(client, hall.tun, role=Role.LEADER)
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="nn")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    def open_wall():
        page = context.new_page()
        page.goto(f"{live_server.url}/verkstader/{hall.workshop.id}/vegg/")
        return page

    yield open_wall
    context.close()


@pytest.mark.journey
def test_wall_and_telephone_are_told_at_once(hall, live_server, chromium, stream, wall):
    """With the live process nothing waits to be asked for: pages ask by themselves each half minute only."""
    page = wall()
    with chromium.new_context(viewport=PHONE, locale="nn") as context:
        phone = context.new_page()
        sits_down(phone, live_server.url, code_of(hall.workshop.id), 0)
        stream.listened_to_by(2, page)
        types(phone, "Skyss heim")
        expect(page.locator(".wall-cloths")).to_contain_text("Skyss heim", timeout=3_000)
        with open_scope(hall.tun.municipality.id):
            actions.rest(workshop=hall.workshop, by=hall.by, at=hall.now)
        expect(phone.locator("#now [data-ends]")).to_have_count(0, timeout=3_000)


@pytest.mark.journey
def test_the_wall_is_dark_big_and_without_faults(hall, wall):
    """The projector: the clock goes down by itself, a new note comes up by itself, axe finds nothing."""
    with open_scope(hall.tun.municipality.id):
        kari = hall.comes()
        hall.writes(kari, "Skyss heim")
    page = wall()
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^\d+:\d\d$"))
    with open_scope(hall.tun.municipality.id):
        hall.writes(kari, "Kaffi i bilen")
    expect(page.locator(".wall-cloths")).to_contain_text("Kaffi i bilen", timeout=10_000)
    page.evaluate(AXE)
    assert page.evaluate(RUN, TAGS) == []
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(n) for n in re.findall(r"\d+", shade)[:3]) < 200, shade
