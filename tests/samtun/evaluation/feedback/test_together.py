"""Feedback about an agreement or a service design: who answers, who reads it, and the open page (R04)."""

import pytest
from django.test import Client
from django.urls import reverse

from samtun.codesign.designs.enums import ChangeKind
from samtun.evaluation.feedback.actions.raising import OwnMatter, Said, raise_feedback
from samtun.evaluation.feedback.actions.settling import TheirsToClose, close
from samtun.evaluation.feedback.enums import Via
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries import about, answering, together
from samtun.evaluation.feedback.queries.designs import designs_for
from samtun.foundation import sight
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.agreements import Round, party_of
from tests.factories.designs import make_design
from tests.factories.feedback import answered, text_of
from tests.factories.journey import log_in, make_tun

LATE = "Nøkkelen kjem for seint kvar gong."


def make_town(municipality, now):
    made = make_tun(municipality, now)
    Round(made, made.other).stands_at(made.centre, "Marit", "+4790000021", Role.COORDINATOR)
    return made


@pytest.fixture
def tun(in_municipality, now):
    return make_town(in_municipality, now)


def of_association(tun, person: Person) -> Viewer:
    """Who acts for the health association, which has no desk where feedback is answered."""
    may = frozenset({Permission.OWN_PAGE, Permission.MANAGE_ORGANISATION})
    role = Role.ORGANISATION_REPRESENTATIVE
    hat = Hat(f"{role}:{tun.other.id}", role, tun.other.name, frozenset({tun.other.id}), may)
    return Viewer(tun.municipality.id, hat, account=person.id, person=person.id, name=person.full_name)


@pytest.fixture
def noted(tun):
    """What the centre and the health association have said about the key."""
    return Round(tun, tun.other).noted()


@pytest.fixture
def berit(tun):
    """Who answers for the health association."""
    return Round(tun, tun.other).stands_at(tun.other, "Berit", "+4790000022", Role.ORGANISATION_REPRESENTATIVE)


@pytest.fixture
def raised(tun, noted, berit):
    """A matter that the health association raises about the agreement."""
    by = of_association(tun, berit)
    thing = about.thing_for(by, "agreement", noted.id)
    told = Said(LATE, berit.id, from_owner=tun.other.id)
    return raise_feedback(thing=thing, told=told, sent_key="one", via=Via.FORM, by=by, at=tun.now)


@pytest.mark.rule("R04")
def test_a_party_raises_it_about_the_agreement_and_the_other_answers_but_never_closes(tun, noted, raised):
    assert (raised.owner, raised.ref_kind, raised.ref_id, raised.title) == (
        tun.centre,
        "agreement",
        noted.id,
        noted.name,
    )
    waits = Todo.objects.get(ref_kind="feedback", done_at=None)
    assert (waits.owner, waits.reason) == (tun.centre, "feedback_waits")
    answered(tun, raised)
    with pytest.raises(TheirsToClose):
        close(feedback=raised, by=tun.viewer(), at=tun.now)


def test_whom_a_party_names_reads_it_and_a_stranger_does_not(tun, noted, raised):
    council = Round(tun, tun.other).stands_at(tun.council, "Kari", "+4790000023")
    nobody = Hat("resident", Role.RESIDENT, "", frozenset(), frozenset({Permission.OWN_PAGE}))
    kari = Viewer(tun.municipality.id, nobody, account=council.id, person=council.id, name="Kari Kontakt")
    with pytest.raises(NotYours):
        answering.feedback_for(kari, raised.id)
    with pytest.raises(NotYours):
        about.thing_for(kari, "agreement", noted.id)
    party = party_of(noted, tun.other)
    party.contact = council
    party.save()
    assert answering.feedback_for(kari, raised.id) == raised
    assert answering.about_thing(kari, "agreement", noted.id) == [raised]
    (crowd,) = sight.crowds(kari, [Ref("agreement", noted.id)], tun.now)
    assert (crowd.number, crowd.url) == (1, "")


def test_one_that_answers_does_not_raise_it_with_itself(tun, noted):
    by = tun.viewer()
    thing = about.Thing(tun.centre, noted.name, "agreement", noted.id)
    with pytest.raises(OwnMatter):
        raise_feedback(
            thing=thing, told=Said(LATE, from_owner=tun.centre.id), sent_key="two", via=Via.FORM, by=by, at=tun.now
        )


def test_where_two_have_a_desk_the_other_one_answers(tun, noted):
    Round(tun, tun.other).stands_at(tun.other, "Ola", "+4790000024")
    assert together.title_and_owner(tun.viewer(), "agreement", noted.id) == (noted.name, tun.other)
    stranger = tun.viewer(Owner.objects.create(kind="organisation", name="Songlaget"))
    assert together.title_and_owner(stranger, "agreement", noted.id) == (noted.name, tun.centre)


def test_about_a_design_it_is_the_first_to_be_changed(tun, berit):
    drawn, by = make_design(tun), of_association(tun, berit)
    other = make_design(tun, title="Andre kaffi").design
    thing = about.thing_for(by, "design", drawn.design.id)
    found = raise_feedback(thing=thing, told=Said(LATE, berit.id), sent_key="x", via=Via.FORM, by=by, at=tun.now)
    assert designs_for(tun.viewer(), found) == [drawn.design, other]
    assert answering.about_thing(by, "design", drawn.design.id) == [found]


@pytest.fixture
def town(municipality, scope_of, now):
    """The same, with no scope open: for pages."""
    with scope_of(municipality):
        return make_town(municipality, now)


def in_english():
    made = Client()
    made.cookies["samtun_language"] = "en"
    return made


def test_anyone_says_something_from_the_open_page_of_a_design_without_a_name(town, municipality, scope_of):
    with scope_of(municipality):
        drawn = make_design(town)
    chosen, client = f"design:{drawn.design.id}", in_english()
    assert f'value="{chosen}"' not in client.get(f"/si/?om={chosen}").content.decode()
    with scope_of(municipality):
        drawn.on_trial()
        drawn.yes(drawn.propose(ChangeKind.PUBLIC), town.other)
    page = client.get(reverse("design_public", args=[drawn.design.id])).content.decode()
    assert f"/si/?om={chosen}" in page
    assert "Those who are parties to it read what you write" in client.get(f"/si/?om={chosen}").content.decode()
    said = {"key": "5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6f", "about": chosen, "words": LATE, "hears": "page"}
    assert client.post("/si/", said).status_code == 302
    with scope_of(municipality):
        found = Feedback.objects.get()
        assert (found.ref_kind, found.ref_id, found.sender) == ("design", drawn.design.id, None)
        assert found.owner == town.centre


def test_the_pages_of_an_agreement_and_a_design_have_the_way_and_what_was_said(town, municipality, scope_of):
    with scope_of(municipality):
        noted, design, client = Round(town, town.other).noted(), make_design(town).design, in_english()
        log_in(client, town)
    for kind, thing, key in (("agreement", noted, "0"), ("design", design, "1")):
        way = reverse("feedback_about", args=[kind, thing.id])
        assert way in client.get(reverse(kind, args=[thing.id])).content.decode()
        assert client.get(way).status_code == 200
        said = {"key": f"5d4bd1f4-3d1f-4f3c-9f5f-1c2b3a4d5e6{key}", "words": LATE}
        assert client.post(way, said).status_code == 302
        assert LATE in client.get(reverse(kind, args=[thing.id])).content.decode()
        assert "1 feedback in a year" in client.get(reverse("line", args=[kind, thing.id])).content.decode()


@pytest.mark.rule("R04")
def test_the_other_parties_hear_that_something_is_said(tun, noted, berit):
    said = raise_feedback(
        thing=about.thing_for(of_association(tun, berit), "agreement", noted.id), told=Said(LATE, name="Per"),
        sent_key="1", via=Via.PHONE, by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    (told,) = Message.objects.filter(notice="feedback.shared")
    assert (said.owner, told.to_person) == (tun.centre, berit.id)
    words = text_of(told)
    assert f"/si/mottak/{said.id}/" in words
    assert LATE not in words
    assert "Per" not in words.split()


def test_who_raised_it_is_not_told_of_their_own(tun, noted, berit):
    by = of_association(tun, berit)
    thing = about.thing_for(by, "agreement", noted.id)
    told = Said(LATE, berit.id, from_owner=tun.other.id)
    raise_feedback(thing=thing, told=told, sent_key="1", via=Via.FORM, by=by, at=tun.now)
    assert not Message.objects.filter(notice="feedback.shared").exists()
