"""The house picture and the line of sight with five years of signals behind them, and the page of an agreement.

By statements (at most 15), by index (no table of many rows is read through), and in time.
"""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from samtun.anchoring.forums.models import Item
from samtun.codesign.designs import actions as designs
from samtun.evaluation.feedback.models import Feedback
from samtun.foundation import sight
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from tests.bench import measure
from tests.factories.agreements import make_round
from tests.factories.designs import make_design
from tests.factories.forums import make_committee
from tests.factories.journey import log_in
from tests.factories.policies import Plans

YEARS, SIGNALS, ITEMS, WAIT, DESKS = 5, 10_000, 2_000, 200, 11
MOST_STATEMENTS = 15


def five_years(tun, forum, snow):
    """Signals answered and closed over five years, a few that wait, and items a forum has settled."""
    now = clock.now()
    others = [Owner.objects.create(kind="organisation", name=f"Lag {n}") for n in range(DESKS)]
    desks = [tun.centre, *others]
    days = [now - dt.timedelta(days=365 * YEARS * n / SIGNALS) for n in range(SIGNALS)]
    Feedback.objects.bulk_create(
        Feedback(
            owner=desks[n % len(desks)], ref_kind="task_type", ref_id=snow, words="Det gjekk fint.", via="link",
            made_at=at,
            state="received" if n < WAIT else "closed", answered_at=None if n < WAIT else at,
            closed_at=None if n < WAIT else at, settled="" if n < WAIT else "answer",
            sent_hash=uuid.uuid4().hex, follow_hash=uuid.uuid4().hex,
        )
        for n, at in enumerate(days)
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(
            forum=forum, title="Salen", proposed_by="Nokon", from_owner=tun.other, proposed_at=at, answer_by=at,
            state="turned_down", settled_at=at, settled_words="Nei",
        )
        for at in days[:: SIGNALS // ITEMS]
    )  # fmt: skip


@pytest.mark.bench
def test_house_line_and_agreement(tun, client, vacuumed):
    with open_scope(tun.municipality.id):
        committee, goal, circle = make_committee(tun), Plans(tun).opened(), make_round(tun)
        agreement = circle.agreed(tun.other, tun.council)
        circle.proposed(agreement)
        drawn = make_design(tun)
        designs.rest_on(design=drawn.design, agreement_id=agreement.id, by=drawn.centre, at=clock.now())
        designs.serve(design=drawn.design, goal_id=goal.id, by=drawn.centre, at=clock.now())
        sight.tie(lower=Ref("design", drawn.design.id), upper=Ref("forum_item", committee.item().id), at=clock.now())
        five_years(tun, committee.forum, tun.snow.id)
        log_in(client, tun, role=Role.LEADER)
    vacuumed()
    pages = {
        "house": reverse("house"), "line": reverse("line", args=["task_type", tun.snow.id]),
        "agreements": reverse("agreements"), "agreement": reverse("agreement", args=[agreement.id]),
    }  # fmt: skip
    asked, through = {}, {}
    for name, url in pages.items():
        assert client.get(url).status_code == 200
        with measure.listening() as asked[name]:
            client.get(url)
        with open_scope(tun.municipality.id):
            through[name] = measure.read_through(asked[name])
    timings = measure.interleaved({name: lambda url=url: client.get(url) for name, url in pages.items()}, times=10)
    for name in pages:
        statements = len(asked[name].statements)
        measure.write(
            f"page-{name}-five-years",
            {"signals": SIGNALS, "statements": statements, "read_through": through[name], "time": timings[name]},
            goal=f"at most {MOST_STATEMENTS} statements, and no table of many rows read through",
            reached=statements <= MOST_STATEMENTS and not through[name],
        )
    assert {name: tables for name, tables in through.items() if tables} == {}, "read without an index"
    assert {name: len(one.statements) for name, one in asked.items() if len(one.statements) > MOST_STATEMENTS} == {}
