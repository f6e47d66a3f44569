"""Standing arrangements by pages: made, seen, changed, paused, ended; by link; on one's own page and on paper."""

import datetime as dt
import uuid
from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from samtun.foundation.scope import open_scope
from samtun.kernel import clock, ids
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.models import Arrangement, Pause, Visit
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import door_code
from samtun.partners.organisations.models import Organisation
from samtun.work.sheets.queries import write_paper
from samtun.work.todos.models import Todo
from tests.factories.journey import log_in, make_tun
from tests.factories.regular import running


@pytest.fixture(autouse=True)
def _monday(monkeypatch, now):
    """The clock stands on the Monday of all tests."""
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: int(now.timestamp() * 1e9)))
    monkeypatch.setattr(ids, "_last_ms", 0)  # the wall may be later than that Monday


@pytest.fixture
def tun(municipality, now):
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def turid(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        log_in(client, tun)
    return client


@pytest.fixture
def runs(tun, scope):
    """Marit comes to Anna every Tuesday at eleven."""
    with scope():
        return running(tun, tun.volunteer("Marit", "Fjelde", "+4790000009"), via="sms")


def words(response):
    return response.content.decode()


def plan(tun, **changes):
    return {
        "task_type": str(tun.snow.id), "first_pick": "2026-11-24", "at": "11", "every_weeks": "1", "minutes": "60",
        "limits": "Kaffi og prat", "whom_to_call": "Sentralen",
    } | changes  # fmt: skip


def visits(scope, **which):
    with scope():
        return list(Visit.objects.filter(**which).order_by("on"))


def test_from_a_person_to_the_wish_that_asks(turid, tun, scope):
    with scope():
        anna = tun.recipient()
    assert "Arrange something that lasts" in words(turid.get(f"/folk/{anna.id}/"))
    url = f"/fast/ny/person/{anna.id}/"
    assert words(turid.get(url)).count("Dalgrend frivilligsentral, 57 00 11 22") == 1
    answer = turid.post(url, plan(tun))
    with scope():
        wish = HelpRequest.objects.get()
        assert answer.url == f"/onske/{wish.id}/"
        assert (wish.every_weeks, wish.state) == (1, "looking")
    page = words(turid.get(answer.url))
    assert "Tuesdays at 11.00, every week from 24. November" in page
    assert "See the arrangement" in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"limits": ""}, "Fill in “What belongs to it"), ({"at": "seint"}, "10.30"), ({"at": ""}, "What time?"),
        ({"first_pick": "2020-01-01"}, "That day has been"), ({"until": "2026-11-01"}, "same as the first, or later"),
        ({"every_weeks": "3"}, "every_weeks"), ({"limits": "Ho har demens"}, "demens"),
        ({"until": "i haust"}, "27.11.2026"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_keeps_what_is_typed(turid, tun, scope, changes, says):
    with scope():
        anna = tun.recipient()
    answer = turid.post(f"/fast/ny/person/{anna.id}/", plan(tun, **changes))
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Sentralen" in words(answer)
    with scope():
        assert not Arrangement.objects.exists()


def test_an_open_wish_and_one_that_went_well_offer_it(turid, tun, scope):
    with scope():
        wish = tun.request()
    page = words(turid.get(f"/onske/{wish.id}/"))
    assert "Make this a standing arrangement" in page
    answer = turid.post(f"/fast/ny/onske/{wish.id}/", plan(tun))
    assert answer.url == f"/onske/{wish.id}/"
    page = words(turid.get(answer.url))
    assert "This wish is for someone who comes again and again." in page
    assert "Make this a standing" not in page


def test_the_list_shows_initials_and_the_page_all_of_it(turid, tun, runs):
    page = words(turid.get("/fast/"))
    assert "AS" in page
    assert "Tuesday 24. November" in page
    assert "Stokke" not in page
    page = words(turid.get(f"/fast/{runs.id}/"))
    for said in (
        "Anna Stokke", "Marit Fjelde", "Tuesdays at 11.00, every week, 1 hour", "Storgata 4", "Kaffi og prat",
        "Tuesday 24. November", "Tuesday 15. December", "Both said yes, and it began",
    ):  # fmt: skip
        assert said in page, said
    assert "Tuesday 22. December" not in page, "four at a time"


@pytest.mark.rule("R112")
def test_another_organisations_are_as_if_they_were_not_there(client, tun, runs, scope):
    with scope():
        log_in(client, tun, organisation=Organisation.objects.get(owner=tun.other))
    first = visits(scope)[0]
    assert str(runs.id) not in words(client.get("/fast/"))
    addresses = [f"/fast/{runs.id}/{rest}" for rest in ("", "ark.pdf", "endre/", "pause/", "finn/", "slutt/")]
    for address in (*addresses, f"/fast/gong/{first.id}/", f"/fast/ny/onske/{runs.wish_id}/"):
        assert client.get(address).status_code == 404, address
    for address in (f"/fast/gong/{first.id}/", f"/fast/gong/{first.id}/vikar/", f"/fast/gong/{first.id}/kan-ikkje/"):
        assert client.post(address, {"act": "cannot"}).status_code == 404, address


def test_control_its_own_organisation_opens_them_all(turid, runs, scope):
    assert str(runs.id) in words(turid.get("/fast/"))
    addresses = [f"/fast/{runs.id}/{rest}" for rest in ("", "ark.pdf", "endre/", "pause/", "finn/", "slutt/")]
    assert [turid.get(a).status_code for a in addresses] == [200] * 6


def test_one_date_by_one_button_each_way(turid, runs, scope):
    first, second = visits(scope)[:2]
    answer = turid.post(f"/fast/gong/{first.id}/", {"act": "cannot"}, follow=True)
    assert "You can find a stand-in" in words(answer)
    assert "Find a stand-in" in words(answer)
    assert f"/fast/gong/{first.id}/vikar/" in words(turid.get("/i-dag/"))
    answer = turid.post(f"/fast/gong/{first.id}/vikar/", {"next": "/i-dag/"})
    assert answer.url == "/i-dag/"
    assert "The wish for a stand-in" in words(turid.get(f"/fast/{runs.id}/"))
    answer = turid.post(f"/fast/gong/{first.id}/", {"act": "stands"}, follow=True)
    assert "Someone else is being asked for this time" in words(answer)
    turid.post(f"/fast/gong/{second.id}/", {"act": "not_wanted"})
    assert visits(scope, id=second.id)[0].state == "not_wanted"
    turid.post(f"/fast/gong/{second.id}/", {"act": "stands"})
    assert visits(scope, id=second.id)[0].state == "planned"


def test_a_pause_a_change_and_an_end(turid, tun, runs, scope):
    url = f"/fast/{runs.id}/"
    bad = turid.post(f"{url}pause/", {"kind": "holiday", "starts_pick": "2026-11-24", "ends": "2026-11-01"})
    assert bad.status_code == 422
    turid.post(f"{url}pause/", {"kind": "recipient", "starts_pick": "2026-11-24", "ends": "2026-12-01"})
    assert "Pause until 1. December" not in words(turid.get("/fast/")), "it begins tomorrow"
    assert "24. November to 1. December" in words(turid.get(url))
    with scope():
        pause = Pause.objects.get()
    turid.post(f"{url}pause/{pause.id}/")
    assert not visits(scope, state="paused")
    answer = turid.post(f"{url}endre/", plan(tun, first_pick="", first_other="2026-12-10", at="13.30"), follow=True)
    assert "Both are told" in words(answer)
    assert "Thursdays at 13.30, every week, 1 hour" not in words(answer), "until the tenth it is as before"
    assert "Thursday 10. December" in words(answer)
    answer = turid.post(f"{url}slutt/", {"reason": "recipient", "words": "Flyttar"}, follow=True)
    assert "The one who was visited wished it" in words(answer)
    assert "AS" in words(turid.get("/fast/?vis=ended"))


@pytest.mark.rule("R77")
def test_the_link_shows_who_and_where_behind_a_code_and_takes_a_no(client, tun, runs, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        link = f"/svar/fast/{make_token(Question.objects.get(kind='visit'))}/"
    page = words(client.get(link))
    assert "Tuesdays at 11.00" in page
    assert "Stokke" not in page
    assert "Storgata" not in page
    client.post(f"{link}kode/")
    assert "That is not the code" in words(client.post(link, {"act": "code", "code": "000"}))
    name = next(k for k in client.cookies if k.startswith("samtun_code"))
    code = door_code(uuid.UUID(client.cookies[name].value.strip('"').split(":")[0]))
    page = words(client.post(link, {"act": "code", "code": code}, follow=True))
    assert "Anna Stokke" in page
    assert "Storgata 4" in page
    first, second = visits(scope)[:2]
    client.post(link, {"act": "cannot", "visit": str(second.id)})
    assert visits(scope, state="cannot") == [second]
    assert visits(scope, id=first.id)[0].state == "planned"
    assert client.post(link, {"act": "cannot", "visit": "tull"}).status_code == 302
    with scope():
        actions.end(arrangement=runs, reason="done", words="", by=tun.system(), at=clock.now())
    assert "It is settled" in words(client.get(link))


@pytest.mark.rule("R68")
@pytest.mark.rule("R60")
def test_each_side_sees_its_own_on_its_own_page(client, tun, runs, scope):
    from samtun.people.accounts.models import Account
    from samtun.people.persons.models import AccountLink
    from tests.factories.journey import log_in_account

    client.cookies["samtun_language"] = "en"
    with scope():
        marit = Visit.objects.select_related("term__volunteer__person").first().term.volunteer.person
        account = Account.objects.create(email="marit@eksempel.test")
        AccountLink.objects.create(account=account, person=marit)
        log_in_account(client, account)
    page = words(client.get("/meg/"))
    assert "What you do regularly" in page
    assert "Anna Stokke" in page
    assert "Storgata 4" in page
    first = visits(scope)[0]
    client.post(f"/fast/gong/{first.id}/kan-ikkje/")
    assert visits(scope, id=first.id)[0].state == "cannot"
    assert "nobody asks why" in words(client.get(f"/fast/{runs.id}/slutte/"))
    assert "all the times you came" in words(client.post(f"/fast/{runs.id}/slutte/", follow=True))
    assert not visits(scope, state="planned")
    with scope():
        assert Arrangement.objects.get().state == "looking"
        assert Todo.objects.filter(reason="find_another", done_at=None).count() == 1
    assert client.get(f"/fast/{runs.id}/slutte/").status_code == 404


def test_the_dates_on_paper_are_large_and_in_the_readers_language(turid, runs, tun, scope):
    visits_of = visits(scope)
    turid.post(f"/fast/gong/{visits_of[1].id}/", {"act": "cannot"})
    answer = turid.get(f"/fast/{runs.id}/ark.pdf")
    assert answer["Content-Type"] == "application/pdf"
    page = PdfReader(BytesIO(answer.content)).pages[0]
    text = page.extract_text()
    for said in ("Marit Fjelde", "24. november", "57 00 11 22"):
        assert said in text, text
    sizes = []
    page.extract_text(
        visitor_text=lambda t, _cm, tm, _font, size: sizes.append(size * abs(tm[0] or 1)) if t.strip() else None
    )
    assert min(sizes) >= 15.9
    assert max(sizes) >= 23.9


def test_tomorrows_sheet_has_those_who_meet(tun, runs, scope):
    with scope():
        paper, persons = write_paper(tun.centre, dt.date(2026, 11, 24), at=clock.now())
        rows = [row for part in paper.parts for group in part.groups for row in group.rows]
        assert any("Anna Stokke" in r.what and "Marit Fjelde" in r.more[0] and r.when == "11.00" for r in rows)
        assert runs.recipient_id in persons
        other, _persons = write_paper(tun.other, dt.date(2026, 11, 24), at=clock.now())
        assert "Anna" not in str(other)


@pytest.mark.parametrize("address", ["/fast/", "/fast/{id}/", "/fast/{id}/endre/", "/onske/{wish}/", "/i-dag/"])
def test_pages_take_at_most_15_statements_however_many(turid, tun, runs, scope, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with scope():
        for number in range(3):
            volunteer = tun.volunteer("Per", f"Nr{number}", f"+479000007{number}")
            person = tun.person("Olav", f"Nr{number}", f"+475741006{number}", phone_kind="landline", lat=61.0, lon=4.0)
            made = running(tun, volunteer, recipient=person)
            visit = Visit.objects.filter(arrangement=made).order_by("on").first()
            actions.cannot_come(visit=visit, via="call", by=tun.viewer(), at=clock.now())
    url = address.format(id=runs.id, wish=runs.wish_id)
    turid.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert turid.get(url).status_code == 200
    frame = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK", "SET ", "SELECT set_config")
    counted = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(frame)]
    assert len(counted) <= 15, "\n".join(s[:200] for s in counted)
