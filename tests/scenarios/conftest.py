"""A real browser at a real server: one window a person, every page looked at, the clock and the worker in hand."""

import datetime as dt
import json
import re
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.utils import translation
from django.utils.csp import CSP
from playwright.sync_api import expect, sync_playwright
from procrastinate.contrib.django import app

from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.kernel import clock, ids
from samtun.notifications.channels.adapters import registry
from samtun.notifications.messages.actions import receive_sms
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.help_requests.actions import answer_ask, ask_volunteers
from samtun.partners.organisations.models import Organisation
from samtun.people.preferences.actions import set_preferences
from tests.conftest import DALGREND
from tests.factories.journey import log_in, log_in_person, make_tun
from tests.live_process import live_process
from tests.samtun.notifications.trial import MemoryGateway
from tests.scenarios.browser import DESK, LEFT, PHONE, Window
from tests.scenarios.voices import MARIT
from tools import browser as chromiums

UNUSED = [  # Playwright's own list, which this one takes the place of, and last what only costs: see below
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch", "Translate",
    # Pages of the browser's own, made for the address bar of each window though nobody sees it, and a process kept
    # ready for another site: half a second of work for each window.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
]  # fmt: skip
QUIET = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability",
    "--disable-sync", "--no-first-run", "--no-pings", f"--disable-features={','.join(UNUSED)}",
]  # fmt: skip
MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Every test here needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """The browser. For a module, not a session: while it runs, nothing else in this process may use asyncio."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop is in this thread; ours is not async
        running = playwright.chromium.launch(executable_path=chromiums.find(), args=QUIET)
        yield running
        running.close()


class Ticking:
    """A clock that goes as the wall's from a Monday morning, and can be moved on."""

    def __init__(self):
        self.ahead = MONDAY - dt.datetime.fromtimestamp(time.time(), dt.UTC)

    def now(self):
        return dt.datetime.fromtimestamp(time.time(), dt.UTC) + self.ahead

    def move_to(self, moment):
        """Let time pass: what is deferred to later comes as much nearer."""
        by = moment - self.now()
        assert by > dt.timedelta(0), "time goes forward"
        self.ahead += by
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - %s WHERE status = 'todo'", [by])


@pytest.fixture
def ticking(monkeypatch):
    """The clock of everyone, server and worker too."""
    made = Ticking()
    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: int(made.now().timestamp() * 1e9)))
    monkeypatch.setattr(ids, "_last_ms", 0)  # the wall may be later than that Monday; put back afterwards
    return made


@pytest.fixture
def municipality(transactional_db, live_server, journey):
    """A municipality at the live server's address, in the form of Norwegian of this journey."""
    host = re.sub(r"^https?://|:\d+$", "", live_server.url)
    return Municipality.objects.create(**DALGREND | {"host": host, "language": journey.language})


class Place:
    """The municipality, who works there, what its telephones got, and the worker."""

    def __init__(self, municipality, tun, gateway, ticking):
        self.municipality, self.tun, self.gateway, self.clock = municipality, tun, gateway, ticking

    def scope(self):
        return open_scope(self.municipality.id)

    def work(self):
        """Do all that is due, as the worker does, until nothing is."""
        while due := self._due():
            for job, name, arguments in due:
                app.tasks[name](**json.loads(arguments))
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job])

    def _due(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
                " AND (scheduled_at IS NULL OR scheduled_at <= now()) ORDER BY id"
            )
            return cursor.fetchall()

    def texts_to(self, phone):
        """Return the texts a telephone has got, oldest first."""
        self.work()
        return [p.text for p in self.gateway.sent if p.to == phone and p.channel == "sms"]

    def text_in(self, phone, text):
        """Somebody sends us a text."""
        receive_sms(
            tenant=self.municipality.id, gateway_id=f"in-{time.monotonic_ns()}", phone=phone, text=text, at=clock.now()
        )
        self.work()


@pytest.fixture
def place(municipality, ticking, monkeypatch, settings):
    """A small municipality with a gateway that keeps what it is given."""
    gateway = MemoryGateway()
    monkeypatch.setitem(registry._factories, "memory", lambda: gateway)
    settings.SAMTUN_SMS_GATEWAY = "memory"
    with open_scope(municipality.id):
        tun = make_tun(municipality, clock.now())
    return Place(municipality, tun, gateway, ticking)


@pytest.fixture
def windows(chromium, live_server, journey, place):
    """Open windows: `windows(role=…, owner=…)` or `windows(person=…)` logged in, `windows()` with a link."""
    contexts, opened = [], []

    def open_window(*, role=None, owner=None, person=None, size=None):
        context = chromium.new_context(
            base_url=live_server.url, java_script_enabled=journey.javascript, locale=journey.language,
            viewport=size or (DESK if role else PHONE),
        )  # fmt: skip
        contexts.append(context)
        cookies = {"samtun_language": journey.language}
        if role or person:
            client = Client()
            with place.scope():
                if person:
                    log_in_person(client, person)
                else:
                    log_in(client, place.tun, organisation=owner and Organisation.objects.get(owner=owner), role=role)
            cookies[django_settings.SESSION_COOKIE_NAME] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        window = Window(context.new_page(), journey.javascript)
        opened.append(window)
        return window

    expect.set_options(timeout=15_000)
    yield open_window
    troubles = [trouble for window in opened for trouble in window.troubles if LEFT not in trouble]
    for context in contexts:
        context.close()
    assert troubles == []


class Stream:
    """The live process, where the pages look for it."""

    def __init__(self, port):
        self.port, self.origin = port, f"http://127.0.0.1:{port}"

    def listened_to_by(self, number, page):
        """Wait until so many listen."""
        until = time.monotonic() + 15
        while self._listeners() < number:
            assert time.monotonic() < until, "the pages do not listen"
            page.wait_for_timeout(50)

    def _listeners(self):
        with urllib.request.urlopen(f"{self.origin}/-/ready") as answer:
            return json.load(answer)["clients"]


@pytest.fixture
def stream(settings, ticking, live_server):
    """Let pages be told live, as in real use."""
    with live_process(ahead=ticking.ahead.total_seconds(), check=1) as process:
        running = Stream(process.port)
        settings.SAMTUN_LIVE_ORIGIN = running.origin
        settings.SECURE_CSP = settings.SECURE_CSP | {"connect-src": [CSP.SELF, running.origin]}
        yield running


@pytest.fixture
def say(journey):
    """The words on the screen in this journey's form: `say("Take a call")`."""

    def words(msgid, **facts):
        with translation.override(journey.language):
            found = translation.gettext(msgid)
        assert found != msgid, f"“{msgid}” is not translated into {journey.language}"
        return found % facts if facts else found

    return words


@pytest.fixture
def agreed(place):
    """Marit helps Anna on Thursday; returns the link in her text."""
    tun = place.tun
    with place.scope():
        anna = tun.recipient()
        set_preferences(person=anna, chooses_for_me=True, by=tun.system(), at=tun.now)
        marit = tun.volunteer("Marit", "Fjelde", MARIT)
        request = tun.request(anna)
        (ask,) = ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
        answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
        link = f"/s/{make_token(Question.objects.get(kind='ask'))}"
    place.work()
    return link
