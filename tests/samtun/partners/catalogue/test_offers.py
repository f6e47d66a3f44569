"""Standing offers: open when who publishes is checked, kept true by being asked about, taken down with words."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from samtun.foundation import events
from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.notices import notice_of
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import answer
from samtun.notifications.messages.models import Message, Question
from samtun.partners.catalogue import queries
from samtun.partners.catalogue.actions import checking, offers, reporting, right
from samtun.partners.catalogue.enums import Category, Competence, Group, Shelf, StillRight
from samtun.partners.catalogue.models import Offer, Publisher, Report, StillRightAsked
from samtun.partners.catalogue.queries import Asked
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.places.queries import villages
from samtun.work.todos.models import Todo
from tests.factories.catalogue import an_offer, known, publishes, told

pytestmark = pytest.mark.django_db
HALF_A_YEAR = dt.timedelta(days=182)


@pytest.fixture
def centre(tun):
    return publishes(tun, tun.centre, Role.COORDINATOR)


@pytest.fixture
def head(tun):
    """Who answers for the association."""
    person = tun.person("Liv", "Aas", "+4790000021", owner=tun.other)
    body = Organisation.objects.get(owner=tun.other)
    role = Role.ORGANISATION_REPRESENTATIVE
    Membership.objects.create(person=person, organisation=body, role=role, starts=dt.date(2026, 1, 1))
    return person


def deliver(name):
    """Let what listens hear the latest event of a name, as the job would."""
    row = EventRow.objects.filter(name=name).latest("at", "id")
    for receiver in events._receivers[name]:
        if "catalogue" in receiver:
            events.deliver(row.id, receiver)


def shown(tun, **asked):
    shelves = queries.open_offers(Asked(**asked), on=tun.now.date(), villages=list(villages()))
    return {str(shelf.value): [row.offer.title for row in rows] for shelf, rows in shelves}


def test_what_a_checked_body_offers_is_open_at_once_and_the_same_page_twice_is_one(tun):
    key = uuid.uuid4()
    by = publishes(tun, tun.centre)
    first = offers.put_on_offer(owner=tun.centre, told=told(), sent_key=key, by=by, at=tun.now)
    again = offers.put_on_offer(owner=tun.centre, told=told(), sent_key=key, by=by, at=tun.now)
    assert (first.id, first.state) == (again.id, "open")
    assert shown(tun) == {"social": ["Besøksvenn"]}


def test_what_an_association_offers_waits_for_the_check_and_opens_by_itself(tun, centre):
    waiting = an_offer(tun, tun.other)
    assert waiting.state == "waiting"
    assert shown(tun) == {}
    with pytest.raises(NotYours):
        queries.open_offer(waiting.id)
    assert Todo.objects.get(done_at=None).reason == "check"
    checking.check(owner=tun.other, by=centre, at=tun.now)
    deliver("catalogue.publisher_checked")
    assert shown(tun) == {"social": ["Besøksvenn"]}
    assert queries.open_offer(waiting.id).title == "Besøksvenn"
    checking.not_who_they_say(owner=tun.other, why="Det var ikke dem", by=centre, at=tun.now)
    deliver("catalogue.publisher_refused")
    assert shown(tun) == {}


def test_it_needs_words_and_a_way_to_it(tun):
    for wrong, refusal in [
        ({"title": "  "}, offers.SayWhat), ({"about": ""}, offers.SayWhat), ({"phone": ""}, offers.SayHow),
        ({"url": "javascript:alert(1)"}, offers.NotAnAddress), ({"url": "https://"}, offers.NotAnAddress),
    ]:  # fmt: skip
        with pytest.raises(refusal):
            an_offer(tun, **wrong)
    assert an_offer(tun, phone="", place="Grendahuset").place == "Grendahuset"
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(place="")


@pytest.mark.rule("R35")
def test_special_competence_is_the_municipalitys(tun):
    known(tun)
    for owner in (tun.other, tun.centre):
        with pytest.raises(offers.SpecialCompetence):
            an_offer(tun, owner, competence=Competence.PHYSIOTHERAPY)
    made = an_offer(tun, tun.council, competence=Competence.PHYSIOTHERAPY)
    with pytest.raises(offers.SpecialCompetence):
        offers.hand_on(offer=made, to=tun.other, by=publishes(tun, tun.council), at=tun.now)
    found = an_offer(tun, tun.other)
    with pytest.raises(offers.SpecialCompetence):
        offers.change(
            offer=found, told=told(competence=Competence.OCCUPATIONAL), version=found.version,
            by=publishes(tun, tun.other), at=tun.now,
        )  # fmt: skip


@pytest.mark.practice("aksjonssenter")
def test_everything_lies_on_six_shelves_and_is_found_by_place_group_kind_price_and_words(tun):
    an_offer(tun, title="Trygghetsalarm", shelf=Shelf.TECHNOLOGY, is_free=False, price="300 i måneden")
    an_offer(tun, title="Turvenn", villages=[tun.small], groups=[Group.MEN_ALONE], category=Category.ACTIVE)
    an_offer(tun, title="Åpen kafé", villages=[tun.near], groups=[Group.EVERYONE], category=Category.SOCIAL)
    assert len(Shelf) == 6
    assert shown(tun) == {"social": ["Turvenn", "Åpen kafé"], "technology": ["Trygghetsalarm"]}
    assert shown(tun, village=tun.small.id) == {"social": ["Turvenn"], "technology": ["Trygghetsalarm"]}
    assert shown(tun, group="families") == {"social": ["Åpen kafé"], "technology": ["Trygghetsalarm"]}
    assert shown(tun, category="active") == {"social": ["Turvenn"]}
    assert shown(tun, free=True) == {"social": ["Turvenn", "Åpen kafé"]}
    assert shown(tun, text="trygg") == {"technology": ["Trygghetsalarm"]}
    assert shown(tun, text="finst ikkje") == {}
    assert shown(tun, group="rubbish", category="rubbish") == shown(tun)


def test_one_list_is_few_statements_however_many_it_holds(tun, django_assert_num_queries):
    places = list(villages())
    for n in range(3):
        an_offer(tun, title=f"Tilbud {n}")
    with django_assert_num_queries(1):
        queries.open_offers(Asked(), on=tun.now.date(), villages=places)


@pytest.mark.rule("R46")
def test_asked_half_yearly_on_a_day_when_somebody_is_there_and_grey_a_month_later(tun, head, monkeypatch):
    known(tun)
    made = an_offer(tun, tun.other)
    system = Viewer.system(tun.municipality.id)
    assert offers.ask_about_due(by=system, at=tun.now) == 0
    later = tun.now + HALF_A_YEAR  # a Monday
    assert offers.ask_about_due(by=system, at=later - dt.timedelta(days=1)) == 0
    assert offers.ask_about_due(by=system, at=later.replace(hour=22)) == 0
    assert offers.ask_about_due(by=system, at=later) == 1
    assert offers.ask_about_due(by=system, at=later) == 0, "asked once"
    asked = StillRightAsked.objects.get()
    assert Message.objects.get(notice="catalogue.still_right").to_person == head.id
    grey = later.date() + dt.timedelta(days=30)
    for day, is_grey in [(grey, False), (grey + dt.timedelta(days=1), True)]:
        ((_shelf, rows),) = queries.open_offers(Asked(), on=day, villages=[])
        assert rows[0].grey is is_grey
    question = Question.objects.get(kind="still_right", ref_id=asked.id)
    assert answer(question=question, answer="yes", via="link", by=system, at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    deliver("catalogue.still_right_answered")
    made.refresh_from_db()
    assert (made.confirmed_on, made.ask_from) == (later.date(), later.date() + HALF_A_YEAR)
    ((_shelf, rows),) = queries.open_offers(Asked(), on=grey + dt.timedelta(days=1), villages=[])
    assert not rows[0].grey
    assert not right.answer_still_right(asked=asked, answer=StillRight.ENDED, by=system, at=later)


def test_one_press_ends_it_and_a_change_is_an_answer_too(tun, head):
    known(tun)
    first, second = an_offer(tun, tun.other), an_offer(tun, tun.other, title="Turvenn")
    system, later = Viewer.system(tun.municipality.id), tun.now + HALF_A_YEAR
    assert offers.ask_about_due(by=system, at=later) == 2
    question = Question.objects.get(ref_id=StillRightAsked.objects.get(ref_id=first.id).id)
    answer(question=question, answer="ended", via="link", by=system, at=later)
    deliver("catalogue.still_right_answered")
    offers.change(
        offer=second, told=told(title="Turvenn"), version=second.version, by=publishes(tun, tun.other), at=later
    )
    assert StillRightAsked.objects.get(ref_id=second.id).answer == "yes"
    assert not Message.objects.filter(state="pending", ref_kind="still_right").exists()
    assert queries.open_offer(first.id).state == "ended"
    assert shown(tun) == {"social": ["Turvenn"]}


def test_another_room_can_ask_about_its_own(tun, head):
    known(tun)
    ref, system = Ref("activity", uuid.uuid4()), Viewer.system(tun.municipality.id)
    asks = {"ref": ref, "owner": tun.other, "title": "Bokkafé", "path": "/hva-skjer/", "by": system, "at": tun.now}
    asked = right.ask_still_right(**asks)
    assert right.ask_still_right(**asks).id == asked.id
    right.answer_still_right(asked=asked, answer=StillRight.YES, by=system, at=tun.now)
    told_of = EventRow.objects.get(name="catalogue.still_right_answered").payload
    assert told_of == {"ref_kind": "activity", "ref_id": str(ref.id), "answer": "yes"}
    with pytest.raises(NotYours):
        right.ask_still_right(**asks | {"by": publishes(tun, tun.other)})


@pytest.mark.rule("R98")
def test_who_nearly_does_it_is_seen_before_something_new_is_made(tun):
    known(tun)
    there = an_offer(tun, tun.other, title="Besøk i Innbygda", villages=[tun.near])
    everywhere = an_offer(tun, tun.council, title="Besøk av Røde Kors")
    same_people = an_offer(
        tun, tun.council, title="Turvenn", category=Category.ACTIVE, groups=[Group.MEN_ALONE], villages=[tun.near]
    )
    an_offer(tun, tun.council, title="Sangkor", category=Category.CULTURE)
    found = queries.near("one_to_one", tun.near.id, ["men_alone"], on=tun.now.date())
    assert [one.id for one in found] == [there.id, everywhere.id, same_people.id]
    assert queries.near("one_to_one", tun.small.id, [], on=tun.now.date()) == [everywhere]
    assert queries.near("one_to_one", None, [], on=tun.now.date(), but=tun.council.id) == [there]


@pytest.mark.rule("R108")
def test_a_business_says_which_months_it_has_room_and_the_quiet_ones_come_first(tun):
    an_offer(tun, title="A hotell", months=[6, 7])
    an_offer(tun, title="B hotell", months=[1, 11])
    assert [one.title for one in queries.near("one_to_one", None, [], on=dt.date(2026, 11, 2))] == [
        "B hotell", "A hotell"
    ]  # fmt: skip
    assert [one.title for one in queries.with_room(6)] == ["A hotell"]


def test_only_those_who_publish_for_its_owner_change_it(tun):
    made = an_offer(tun)
    other = publishes(tun, tun.other)
    acts = [
        lambda: offers.change(offer=made, told=told(), version=1, by=other, at=tun.now),
        lambda: offers.confirm(offer=made, by=other, at=tun.now), lambda: offers.end(offer=made, by=other, at=tun.now),
        lambda: offers.hand_on(offer=made, to=tun.other, by=other, at=tun.now),
        lambda: offers.put_on_offer(owner=tun.centre, told=told(), sent_key=uuid.uuid4(), by=other, at=tun.now),
        lambda: reporting.take_down(offer=made, why="Nei", by=other, at=tun.now),
        lambda: reporting.keep(offer=made, words="", by=other, at=tun.now),
        lambda: queries.own_offer(other, made.id), lambda: queries.reports_of(other, Ref("offer", made.id)),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(NotYours):
            act()
    with pytest.raises(offers.ChangedMeanwhile):
        offers.change(offer=made, told=told(), version=9, by=publishes(tun, tun.centre), at=tun.now)


def test_another_takes_over_and_what_is_over_says_so(tun, centre):
    made = an_offer(tun)
    by = publishes(tun, tun.centre)
    with pytest.raises(offers.NobodyThere):
        offers.hand_on(offer=made, to=tun.centre, by=by, at=tun.now)
    offers.hand_on(offer=made, to=tun.other, by=by, at=tun.now)
    made.refresh_from_db()
    assert (made.owner_id, made.state) == (tun.other.id, "waiting")
    assert Todo.objects.get(done_at=None).reason == "check"
    offers.end(offer=made, by=publishes(tun, tun.other), at=tun.now)
    assert queries.open_offer(made.id).state == "ended"
    with pytest.raises(offers.NotStanding):
        offers.confirm(offer=made, by=publishes(tun, tun.other), at=tun.now)


def test_what_waits_for_a_check_is_not_handed_on_to_one_that_is_checked(tun):
    waits = an_offer(tun, tun.other)
    with pytest.raises(offers.WaitsForCheck):
        offers.hand_on(offer=waits, to=tun.centre, by=publishes(tun, tun.other), at=tun.now)
    waits.refresh_from_db()
    assert (waits.owner_id, waits.state, shown(tun)) == (tun.other.id, "waiting", {})


def test_whoever_answers_for_an_offer_from_now_on_is_told(tun, head):
    made = an_offer(tun)
    offers.hand_on(offer=made, to=tun.other, by=publishes(tun, tun.centre), at=tun.now)
    told_to = Message.objects.get(notice="catalogue.handed_on")
    assert (told_to.to_person, told_to.owner_id) == (head.id, tun.centre.id)
    assert notice_of("catalogue.handed_on").facts(made.id, resolve(head.id))["offer"] == "Besøksvenn"
    offers.end(offer=made, by=publishes(tun, tun.other), at=tun.now)
    assert notice_of("catalogue.handed_on").facts(made.id, resolve(head.id)) is None


def test_what_is_reported_is_looked_at_and_taken_down_with_words(tun, centre, head):
    known(tun)
    made = an_offer(tun, tun.other)
    anyone, key, about = Viewer.anonymous(tun.municipality.id), uuid.uuid4(), Ref("offer", made.id)
    with pytest.raises(reporting.SayWhatIsWrong):
        reporting.report(ref=about, words=" ", phone="", sent_key=key, by=anyone, at=tun.now)
    for _twice in range(2):
        reporting.report(ref=about, words="Feil nummer", phone="+4790000022", sent_key=key, by=anyone, at=tun.now)
    reporting.report(ref=about, words="Svarer ikke", phone="", sent_key=uuid.uuid4(), by=anyone, at=tun.now)
    assert Report.objects.count() == 2
    todo = Todo.objects.get(done_at=None)
    assert (todo.owner_id, todo.reason, todo.about) == (tun.centre.id, "reported", "Besøksvenn")
    reporting.keep(offer=made, words="Nummeret er riktig", by=centre, at=tun.now)
    assert not Todo.objects.filter(done_at=None).exists()
    assert shown(tun) == {"social": ["Besøksvenn"]}
    with pytest.raises(reporting.SayWhyDown):
        reporting.take_down(offer=made, why="", by=centre, at=tun.now)
    reporting.take_down(offer=made, why="Ingen svarer", by=centre, at=tun.now)
    assert shown(tun) == shown(tun, text="besøk") == {}
    assert Message.objects.get(notice="catalogue.taken_down").to_person == head.id
    with pytest.raises(NotYours):
        queries.open_offer(made.id)
    reporting.put_back(offer=made, by=centre, at=tun.now)
    assert shown(tun, text="besøk") == {"social": ["Besøksvenn"]}


def test_what_was_said_is_forgotten_thirty_days_after_it_was_seen_to(tun, centre):
    made = an_offer(tun)
    about = Ref("offer", made.id)
    anyone, system = Viewer.anonymous(tun.municipality.id), Viewer.system(tun.municipality.id)
    reporting.report(ref=about, words="Feil nummer", phone="+4790000022", sent_key=uuid.uuid4(), by=anyone, at=tun.now)
    late = tun.now + dt.timedelta(days=40)
    assert reporting.forget_reports(ref=about, by=system, at=late) == 0, "nobody has looked"
    reporting.keep(offer=made, words="", by=centre, at=tun.now)
    assert reporting.forget_reports(ref=about, by=system, at=tun.now + dt.timedelta(days=29)) == 0
    assert reporting.forget_reports(ref=about, by=system, at=late) == 1
    assert list(Report.objects.values_list("words", "phone", "seen_by")) == [("", "", "")]
    assert reporting.forget_reports(ref=about, by=system, at=late) == 0, "once"
    assert AuditEvent.objects.get(act="catalogue.forget_reports").words == {"number": 1}


def test_names_are_forgotten_two_years_after_it_was_on_offer(tun, centre):
    known(tun)
    ended, stands = an_offer(tun, answers="Aud"), an_offer(tun, answers="Eli")
    offers.end(offer=ended, by=centre, at=tun.now)
    two_years = tun.now + dt.timedelta(days=731)
    assert offers.forget_names(by=tun.system(), at=two_years - dt.timedelta(days=9)) == 0
    assert offers.forget_names(by=tun.system(), at=two_years) == 2, "one offer, and who checked the publisher"
    assert [queries.open_offer(one.id).answers for one in (ended, stands)] == ["", "Eli"]
    assert Publisher.objects.get(owner=tun.other).checked_by == ""


def test_an_organisation_that_leaves_takes_its_offers_along(tun):
    known(tun)
    made = an_offer(tun, tun.other)
    assert offers.owner_left(owner=tun.other, by=tun.system(), at=tun.now) == 1
    assert queries.open_offer(made.id).state == "ended"
    assert AuditEvent.objects.filter(act="catalogue.end_offer").count() == 1
