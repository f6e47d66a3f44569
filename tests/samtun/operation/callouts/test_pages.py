"""A call-out by pages: a list, a call, answers by link and telephone."""

import datetime as dt

import pytest

from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries import make_token
from samtun.operation.callouts import actions
from samtun.operation.callouts.models import Asked, CallOut, FriendsList
from samtun.operation.volunteers.models import Profile
from samtun.people.persons.actions import note_death
from samtun.people.persons.models import Person
from tests.bench.measure import listening
from tests.factories.journey import log_in, make_tun


@pytest.fixture
def tun(municipality, now):
    with open_scope(municipality.id):
        return make_tun(municipality, now)


@pytest.fixture
def turid(client, tun, scope):
    client.cookies["samtun_language"] = "en"
    with scope():
        log_in(client, tun)
        tun.volunteer("Marit", "Fjelde", "+4790000001")
        tun.volunteer("Jonas", "Vik", "+4790000002")
    return client


def words(response):
    return response.content.decode()


@pytest.fixture
def friends(turid, scope):
    turid.post("/utkalling/", {"name": "Turvener"})
    with scope():
        made = FriendsList.objects.get()
    page = words(turid.get(f"/utkalling/liste/{made.id}/"))
    for name in ("Marit Fjelde", "Jonas Vik"):
        value = page.split(f">{name}</option>")[0].rsplit('value="', 1)[1].split('"')[0]
        turid.post(f"/utkalling/liste/{made.id}/", {"volunteer": value})
    return made


def data(tun, **changes):
    return {
        "task_type": str(tun.snow.id), "words": "tur med bebuarane", "place": "Solheimen", "starts": "10",
        "on_other": (clock.today() + dt.timedelta(days=4)).isoformat(), "minutes": "120", "needed": "1",
    } | changes  # fmt: skip


@pytest.fixture
def called(turid, friends, tun, scope):
    answer = turid.post(f"/utkalling/ny/{friends.id}/", data(tun))
    assert answer.status_code == 302, words(answer)[:2000]
    with scope():
        return CallOut.objects.get()


def link_of(person):
    return f"/svar/utkalling/{make_token(Question.objects.get(kind='call_out', to_person=person))}/"


def test_opening_the_link_answers_nothing_and_the_first_yes_fills_it(turid, client, called, scope):
    with scope():
        first, second = Asked.objects.select_related("volunteer").order_by("id")
        links = [link_of(a.volunteer.person_id) for a in (first, second)]
    page = words(client.get(links[0]))
    assert "Can you come along?" in page
    assert "Marit" not in page, "a link names nobody"
    with scope():
        assert Asked.objects.get(id=first.id).state == "sent"
    assert "You are counted in" in words(client.post(links[0], {"answer": "yes"}, follow=True))
    assert "We are enough now" in words(client.get(links[1]))
    page = words(turid.get(f"/utkalling/{called.id}/"))
    assert "Enough hands" in page
    assert "1 of 1" in page
    page = words(client.post(links[0], {"answer": "no"}, follow=True))
    assert "All right, thank you for answering" in page


def test_what_was_said_on_the_telephone_is_written_down(turid, called, scope):
    with scope():
        one = Asked.objects.order_by("id").first()
    answer = turid.post(f"/utkalling/{called.id}/svar/{one.id}/", {"answer": "yes"}, follow=True)
    assert "Comes" in words(answer)
    again = turid.post(f"/utkalling/{called.id}/svar/{one.id}/", {"answer": "yes"}, follow=True)
    assert "This has been answered already" in words(again)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"needed": "0"}, "between 1 and 60"), ({"needed": "mange"}, "with digits"), ({"starts": "sein"}, "10.30"),
        ({"on_other": "2020-01-01"}, "That day has been"), ({"words": "å" * 31}, "too long"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_keeps_what_is_typed(turid, friends, tun, scope, changes, says):
    answer = turid.post(f"/utkalling/ny/{friends.id}/", data(tun, **changes))
    assert answer.status_code == 422
    assert says in words(answer)
    assert "Solheimen" in words(answer)
    with scope():
        assert not CallOut.objects.exists()


def test_asking_more_from_the_desk_leads_back_to_the_desk(turid, called, friends, tun, scope):
    with scope():
        for one in Asked.objects.filter(call_out=called):
            actions.answer(asked=one, yes=False, via="call", by=tun.viewer(), at=clock.now())
        third = tun.volunteer("Olena", "Bø", "+4790000004")
        actions.add_friend(friends_list=friends, volunteer=third, by=tun.viewer(), at=clock.now())
    page = f"/utkalling/{called.id}/"
    assert f"{page}?next=" in words(turid.get("/i-dag/"))
    answer = turid.post(f"{page}fleire/", headers={"referer": f"http://testserver{page}?next=/i-dag/%23l1"})
    assert answer.url == "/i-dag/#l1"


def test_when_nobody_can_be_asked_it_says_why(turid, called, friends, tun):
    answer = turid.post(f"/utkalling/ny/{friends.id}/", data(tun))
    assert answer.status_code == 422
    assert "Nobody more on the list can be asked now" in words(answer)
    assert "2 on the list cannot be asked just now" in words(answer)
    assert words(answer).count("Was asked less than a week ago") == 2


def test_the_page_says_who_cannot_be_asked_and_what_has_happened(turid, friends, tun, scope):
    with scope():
        TaskType.objects.filter(id=tun.snow.id).update(needs_car=True)
        Profile.objects.update_or_create(person=Person.objects.get(given_name="Marit"), defaults={"has_car": True})
    turid.post(f"/utkalling/ny/{friends.id}/", data(tun))
    with scope():
        made = CallOut.objects.get()
    with listening() as heard:
        page = words(turid.get(f"/utkalling/{made.id}/"))
    assert len(heard.statements) <= 15
    assert "1 on the list cannot be asked just now" in page
    why = page.split('class="excluded"')[1]
    assert "<b>Jonas Vik</b><span>Has no car</span>" in why
    assert "Marit" not in why.split("</details>")[0]
    history = page.split("What has happened")[1]
    assert "Friends were asked" in history
    assert "Was called out" in history


def test_a_list_tells_what_has_happened_to_it(turid, friends):
    history = words(turid.get(f"/utkalling/liste/{friends.id}/")).split("What has happened")[1]
    assert "The list was made" in history
    assert history.count("Someone was put on the list") == 2


def test_one_under_age_does_not_answer_for_a_class(turid, friends, tun, scope):
    with scope():
        pupil = tun.volunteer("Elev", "Lund", "+4790000003", birth_year=clock.today().year - 16)
    url = f"/utkalling/liste/{friends.id}/"
    answer = turid.post(url, {"volunteer": str(pupil.id), "group_name": "2B", "counts": "14"})
    assert answer.status_code == 422
    assert "must be an adult" in words(answer)
    assert 'value="2B"' in words(answer), "nothing typed is lost"


def test_only_what_is_cleared_can_be_chosen(turid, friends, tun, scope):
    url = f"/utkalling/ny/{friends.id}/"
    page = words(turid.get(url))
    assert f'value="{tun.snow.id}"' in page
    for other in (tun.grey, tun.visit, tun.estate):
        assert f'value="{other.id}"' not in page
    with scope():
        Clearance.objects.all().delete()
    assert "No kind of help is cleared for you yet" in words(turid.get(url))


@pytest.mark.rule("R113")
def test_the_dead_are_not_shown_among_those_asked(turid, called, tun, scope):
    assert "Marit Fjelde" in words(turid.get(f"/utkalling/{called.id}/"))
    with scope():
        note_death(person=Person.objects.get(given_name="Marit"), by=tun.viewer(), at=clock.now())
    page = words(turid.get(f"/utkalling/{called.id}/"))
    assert "Marit" not in page
    assert "Jonas Vik" in page


def test_a_group_without_a_size_asks_for_one(turid, friends, tun, scope):
    with scope():
        teacher = tun.volunteer("Anne", "Lærar", "+4790000003")
    url = f"/utkalling/liste/{friends.id}/"
    answer = turid.post(url, {"volunteer": str(teacher.id), "group_name": "2B"})
    assert answer.status_code == 422
    assert "between 1 and 60" in words(answer)
    assert turid.post(url, {"volunteer": str(teacher.id), "group_name": "2B", "counts": "14"}).status_code == 302
    assert "2B, 14 hands" in words(turid.get(url))
