"""The loader's manners: what it refuses, what it leaves alone, the same again for the same seed and day."""

import datetime as dt
import os
import subprocess
import sys
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from samtun.demo.actions import note_loaded
from samtun.demo.checks import only_in_the_demo
from samtun.demo.loading.many import load_many
from samtun.demo.loading.past import Past
from samtun.demo.loading.whole import load
from samtun.demo.queries import loaded_on
from samtun.demo.valley import elvefjord
from samtun.foundation import jobs
from samtun.foundation.models import AuditEvent, Municipality
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo

from .conftest import PRESENT

SATURDAY_NIGHT = dt.datetime(2026, 11, 21, 21, 40, tzinfo=dt.UTC)
EARLY_MONDAY = dt.datetime(2026, 11, 23, 5, 10, tzinfo=dt.UTC)


def history(present: dt.datetime, seed: int = 1) -> list[tuple]:
    """Load Elvefjord, write down all that happened and stands, and undo it."""
    with transaction.atomic():
        made = load(elvefjord(clock.wall(present).date(), seed), host="elvefjord.localhost", seed=seed, present=present)
        with open_scope(made.tenant):
            told = list(AuditEvent.objects.order_by("at", "act").values_list("at", "act", "actor", "via"))
            told += list(Message.objects.order_by("made_at", "notice").values_list("notice", "state", "sent_at"))
            told += list(HelpRequest.objects.order_by("made_at").values_list("state", "on", "closed_at"))
        transaction.set_rollback(True)
    return told


@pytest.mark.journey
def test_the_same_seed_and_day_give_the_same_history(db):
    first = history(PRESENT)
    assert len(first) > 300
    assert history(PRESENT) == first


@pytest.mark.journey
@pytest.mark.parametrize("present", [SATURDAY_NIGHT, EARLY_MONDAY], ids=["saturday night", "before dawn on monday"])
def test_it_can_be_loaded_at_any_hour(db, present):
    told = history(present)
    assert {"looking", "agreed", "done"} <= {row[0] for row in told}
    assert not [row for row in told if isinstance(row[0], dt.datetime) and row[0] > present]


def test_a_real_municipality_is_left_alone(municipality):
    with pytest.raises(CommandError, match="real municipality"):
        call_command("load_demo")
    assert Municipality.objects.count() == 1


def test_it_loads_into_a_demo_only(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="into a demo only"):
        call_command("load_demo")


def standing(on: dt.date) -> None:
    """Two municipalities that look as if the loader had made them."""
    for slug in ("dalgrend", "elvefjord"):
        made = Municipality.objects.create(slug=slug, name=slug, host=f"{slug}.localhost", is_demo=True)
        with open_scope(made.id):
            note_loaded(seed=1, on=on)


def test_what_stands_is_not_made_again(db, capsys):
    standing(clock.wall(PRESENT).date())
    with patch.object(clock, "now", lambda: PRESENT):
        call_command("load_demo")
    assert Municipality.objects.count() == 2
    for municipality in Municipality.objects.all():
        with open_scope(municipality.id):
            assert not Person.objects.exists()
    assert capsys.readouterr().out == ""


def test_one_from_an_earlier_day_says_how_to_begin_anew(db, capsys):
    standing(PRESENT.date() - dt.timedelta(days=3))
    with patch.object(clock, "now", lambda: PRESENT):
        call_command("load_demo")
    assert "make demo-reset" in capsys.readouterr().out
    assert loaded_on("dalgrend") == dt.date(2026, 11, 20)


def test_a_load_that_breaks_leaves_nothing_behind(db):
    broken = patch("samtun.demo.loading.whole.make_people", side_effect=RuntimeError("no power"))
    with broken, pytest.raises(RuntimeError), transaction.atomic():
        load(elvefjord(PRESENT.date(), 1), host="elvefjord.localhost", seed=1, present=PRESENT)
    assert not Municipality.objects.exists()
    assert connection.features.uses_savepoints
    assert jobs.app.__class__.__name__ != "_Deferring"


def test_the_demo_installed_for_real_is_an_error(settings):
    assert only_in_the_demo() == []
    settings.DEMO = False
    assert [error.id for error in only_in_the_demo()] == ["samtun.E010"]


def test_real_settings_know_nothing_of_the_demo():
    asks = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "assert not settings.DEMO and not [a for a in settings.INSTALLED_APPS if 'demo' in a]\n"
        "for name in ('demo', 'demo_telephone', 'demo_reply'):\n"
        "    try: reverse(name)\n"
        "    except NoReverseMatch: continue\n"
        "    raise SystemExit(name)\n"
        "from samtun.foundation.context import _bars\n"
        "from samtun.notifications.channels import actions\n"
        "assert not _bars and not actions._sinks\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings.prod", "SAMTUN_SECRET_KEY": "x" * 50,
        "SAMTUN_KEYS_FILE": django_settings.SAMTUN_KEYS_FILE, "SAMTUN_HOSTS": "samtun.eksempel.test",
        "PYTHONPATH": str(django_settings.SRC), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_many_in_bulk_each_behind_its_own_wall(db):
    assert load_many(2, seed=7, present=PRESENT) == 2
    assert load_many(3, seed=7, present=PRESENT) == 1, "those that stand are left alone"
    seen: set = set()
    for municipality in Municipality.objects.all():
        with open_scope(municipality.id):
            people = set(Person.unscoped.values_list("id", flat=True))
            assert len(people) > 30
            assert not people & seen
            seen |= people
            assert Volunteer.objects.count() == 20
            assert set(HelpRequest.objects.values_list("state", flat=True)) >= {"looking", "agreed", "done", "new"}
            assert Todo.objects.filter(done_at=None).exists()


def test_the_past_is_lived_in_order_and_the_rest_is_still_to_come():
    past, told = Past(present=PRESENT), []
    hour = dt.timedelta(hours=1)

    def act(at: dt.datetime) -> None:
        told.append((clock.now(), at))
        past.plan(at + 3 * hour, lambda later: told.append((clock.now(), later)))

    past.plan(PRESENT - 2 * hour, act)
    past.plan(PRESENT - 5 * hour, act)
    past.live()
    moments = [PRESENT - 5 * hour, PRESENT - 2 * hour, PRESENT - 2 * hour]
    assert told == [(m, m) for m in moments], "what lies after the present does not happen"
    assert clock.now() > PRESENT - dt.timedelta(days=3650)
    assert past.moment == PRESENT
