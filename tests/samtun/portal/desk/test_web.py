"""The desk: ten lines, a button each, another day, and counts that open their rows."""

import re

import pytest

from samtun.foundation.scope import open_scope
from samtun.work.todos.models import Todo
from tests.bench.measure import listening


def lines_on(page):
    return len(re.findall(r'<li class="line">', page))


def test_ten_lines_and_the_rest_as_a_count_that_opens_them(turid, due):
    for n in range(17):
        due(about=f"nr {n}", hours=n - 3)
    page = turid.get("/i-dag/").content.decode()
    assert lines_on(page) == 10
    assert page.index("nr 0") < page.index("nr 1") < page.index("nr 9")
    assert '<a class="ds-link" href="/i-dag/alle/?fra=10">and 7 more</a>' in page
    assert '<a class="ds-link" href="/i-dag/alle/?vis=late">3 of them are overdue.</a>' in page
    assert lines_on(turid.get("/i-dag/alle/?fra=10").content.decode()) == 7
    assert lines_on(turid.get("/i-dag/alle/?vis=late").content.decode()) == 3


@pytest.mark.parametrize("query", ["?fra=-1", "?fra=x", "?fra=99999999", "?vis=tull", "?vis=later"])
def test_whatever_is_asked_for_there_is_a_page(turid, due, query):
    due()
    assert turid.get(f"/i-dag/alle/{query}").status_code == 200


def test_an_act_leads_back_to_the_line_that_has_moved_up(turid, due, municipality):
    first, _second = due(hours=1), due(hours=2)
    answer = turid.post(f"/i-dag/{first.id}/ferdig/", {"next": "/i-dag/#l1"})
    assert (answer.status_code, answer["Location"]) == (302, "/i-dag/#l1")
    page = turid.get("/i-dag/").content.decode()
    assert lines_on(page) == 1
    assert 'id="l1"' in page
    assert "<b>Done.</b>" in page


def test_the_page_that_was_opened_from_the_desk_leads_back_to_it(turid, due, tun):
    with open_scope(tun.municipality.id):
        request = tun.request()
    page = turid.get("/i-dag/").content.decode()
    assert f'href="/onske/{request.id}/?next=/i-dag/%23l1#suggestions"' in page
    opened = f"http://{tun.municipality.host}/onske/{request.id}/?next=/i-dag/%23l1"
    answer = turid.post(f"/onske/{request.id}/ingen/", headers={"referer": opened})
    assert answer["Location"] == "/i-dag/#l1"


@pytest.mark.parametrize("way", ["https://slem.example/", "//slem.example/", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(turid, due, way):
    answer = turid.post(f"/i-dag/{due().id}/ferdig/", {"next": way})
    assert answer["Location"] == "/i-dag/"


def test_not_today_and_back_again(turid, due, municipality):
    todo = due()
    page = turid.get("/i-dag/").content.decode()
    assert 'name="until" value="2026-11-25">Wednesday 25. November</button>' in page
    assert 'name="until" value="2026-11-30">Monday 30. November</button>' in page
    turid.post(f"/i-dag/{todo.id}/utsett/", {"until": "2026-11-24"})
    page = turid.get("/i-dag/").content.decode()
    assert lines_on(page) == 0
    assert "Put off. It is back on the desk Wednesday 25. November." in page
    assert "one is put off to another day" in page
    assert "put off to 25. November by Turid Myklebust1" in turid.get("/i-dag/alle/?vis=later").content.decode()
    turid.post(f"/i-dag/{todo.id}/igjen/")
    assert lines_on(turid.get("/i-dag/").content.decode()) == 1


@pytest.mark.parametrize("typed", ["", "i morgon", "2026-11-23", "2027-11-23", "2026-02-31"])
def test_a_day_that_cannot_be_comes_back_as_a_sentence(turid, due, municipality, typed):
    answer = turid.post(f"/i-dag/{due().id}/utsett/", {"until": typed}, follow=True)
    assert "Choose a day after today, at most two months ahead." in answer.content.decode()
    with open_scope(municipality.id):
        assert Todo.objects.get().put_off_until is None


def test_lists_show_initials_and_no_name(turid, tun):
    with open_scope(tun.municipality.id):
        tun.request()
    for page in ("/i-dag/", "/i-dag/alle/"):
        text = turid.get(page).content.decode()
        assert "AS" in text
        assert "Stokke" not in text


@pytest.mark.parametrize("number", [0, 1, 40])
def test_at_most_15_statements_whatever_is_due(turid, due, number):
    for n in range(number):
        due(hours=n)
    turid.get("/i-dag/")
    with listening() as asked:
        assert turid.get("/i-dag/").status_code == 200
    assert len(asked.statements) <= 15, "\n".join(s[:200] for s in asked.statements)
