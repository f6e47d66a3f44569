"""The desk and a request's page: alone in the database, among three hundred, and against an empty page."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from samtun.anchoring.responsibilities.models import TaskType
from samtun.config.urls import urlpatterns as all_pages
from samtun.foundation.access import needs, public
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.sessions import SessionStore
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.help_requests.models import HelpRequest
from samtun.people.accounts.models import Account
from samtun.people.places.models import Village
from tests.bench import crowd, measure, towns

MOST_STATEMENTS, MOST_TIME, MOST_BUFFERS, EMPTY_PAGES = 15, 1.2, 1.1, 25
FEW_ROWS = 20


@needs(Permission.HANDLE_REQUESTS, purpose="measuring")
def empty(request):
    return HttpResponse("")


@public
def empty_and_open(request):
    return HttpResponse("")


urlpatterns = [*all_pages, path("bench/empty/", empty), path("bench/open/", empty_and_open)]


def logged_in(municipality):
    """A browser in which the leader of the centre is logged in."""
    account = Account.objects.get(email=f"leader@{municipality.slug}.eksempel.test")
    moment = clock.now().timestamp()
    session = SessionStore()
    session.update({"account": str(account.id), "began": moment, "seen": moment + 3600, "second_factor": True})
    session.save()
    client = Client(headers={"host": municipality.host})
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def first_wish(municipality):
    """A wish that someone is sought for."""
    with open_scope(municipality.id):
        return HelpRequest.objects.filter(state="looking", task_type__one_to_one=False).order_by("id")[0]


def opened(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer
    return answer


def crowded(municipality, number):
    """Let the centre have so many volunteers more."""
    today = clock.today()
    with open_scope(municipality.id):
        centre, villages = HelpRequest.objects.first().owner, list(Village.objects.all())
        crowd.settle(
            number, host=centre, villages=villages, today=today,
            recipients=crowd.recipients(number // 4, owner=centre, village=villages[0], today=today),
            kinds={kind.key: kind for kind in TaskType.objects.filter(is_declined=False)},
        )  # fmt: skip


@pytest.mark.bench
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("more", [0, 2_000], ids=["small", "large"])
def test_pages(transactional_db, more):
    """One municipality of 20 volunteers or of 2,020, alone, among 30 and among 300."""
    towns.settle(1, clock.now())
    municipality = Municipality.objects.get()
    crowded(municipality, more)
    client, wish = logged_in(municipality), first_wish(municipality)
    pages = {"desk": "/i-dag/", "request": f"/onske/{wish.id}/"}
    empty_pages = {"empty": "/bench/empty/", "empty-open": "/bench/open/"}
    opened(client, pages["desk"])
    timed, asked, costs = {}, {}, {}
    with towns.databases(clock.now()) as turn:
        for name, url in (pages | empty_pages).items():
            for size in towns.SIZES:
                turn(size)
                opened(client, url)
                with measure.listening() as asked[name, size]:
                    opened(client, url)
                with open_scope(municipality.id):
                    costs[name, size] = measure.cost(asked[name, size])
                if size != 30:
                    timed[name, size] = lambda size=size, url=url: (turn(size), opened(client, url))
        timings = measure.interleaved(timed, times=30)
        turn(1)
    volunteers = 20 + more
    for name in pages:
        report_growth(name, volunteers, timings, costs, asked)
    report_speed(volunteers, timings)


def report_growth(name, volunteers, timings, costs, asked):
    one, some, many = ((name, size) for size in towns.SIZES)
    statements = max(len(asked[key].statements) for key in (one, some, many))
    figures = {
        "volunteers_in_the_municipality": volunteers,
        "alone": timings[one],
        "among_300": timings[many],
        "time_ratio": round(timings[many].median / timings[one].median, 3),
        "statements": statements,
        "rows": {size: costs[name, size].rows for size in towns.SIZES},
        "rows_read": {size: costs[name, size].read for size in towns.SIZES},
        "buffers": {size: costs[name, size].buffers for size in towns.SIZES},
        "buffers_of_each_statement": [
            [table, *(costs[name, size].each[n][1] for size in towns.SIZES)]
            for n, (table, _pages) in enumerate(costs[one].each)
        ],
        "buffers_ratio_1_to_300": round(costs[many].buffers / costs[one].buffers, 3),
        "buffers_ratio_30_to_300": round(costs[many].buffers / costs[some].buffers, 3),
    }
    reached = {
        "time": figures["time_ratio"] <= MOST_TIME,
        "buffers": figures["buffers_ratio_1_to_300"] <= MOST_BUFFERS,
        "statements": statements <= MOST_STATEMENTS,
    }
    goal = f"300 against 1: time at most x{MOST_TIME}, buffers x{MOST_BUFFERS}; at most {MOST_STATEMENTS} statements"
    measure.write(
        f"page-{name}-{volunteers}", figures | {"reached_by_part": reached}, goal=goal, reached=all(reached.values())
    )
    assert costs[one].rows == costs[many].rows
    assert costs[many].read <= MOST_BUFFERS * costs[one].read + FEW_ROWS, "neighbours' rows are read"
    assert reached["statements"]


def report_speed(volunteers, timings):
    page, nothing, open_ = (timings[name, 300].median for name in ("request", "empty", "empty-open"))
    measure.write(
        f"speed-{volunteers}",
        {
            "request_pages_a_second": round(1000 / page, 1),
            "empty_pages_a_second": round(1000 / nothing, 1),
            "ratio": round(page / nothing, 2),
            "empty_and_open_pages_a_second": round(1000 / open_, 1),
            "ratio_to_empty_and_open": round(page / open_, 2),
        },
        goal=f"the request page at least 1/{EMPTY_PAGES} of an empty page's pages a second",
        reached=page / nothing <= EMPTY_PAGES,
    )
