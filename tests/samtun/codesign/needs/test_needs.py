"""Needs: written down, joined and parted, closed with words; nobody named, small numbers hidden (R57)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.codesign.needs import actions, queries
from samtun.codesign.needs.enums import Group, NeedState
from samtun.codesign.needs.models import Need
from samtun.codesign.needs.rules import points_at_somebody
from samtun.foundation import sight
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from tests.factories.ideas import a_need, an_idea, an_initiative

HELSELAG = {Permission.MANAGE_ORGANISATION, Permission.OWN_PAGE}


def helselag(tun):
    return tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, HELSELAG)


def test_anyone_who_takes_part_writes_one_down_and_all_who_take_part_read_it(tun):
    made = a_need(tun, tun.other, by=helselag(tun))
    assert made.state == NeedState.OPEN
    assert [n.id for n in queries.needs_for(tun.viewer())] == [made.id]
    assert queries.need_for(tun.assessor(), made.id) == made
    volunteer = tun.viewer(role=Role.VOLUNTEER, permissions={Permission.OWN_PAGE})
    with pytest.raises(NotYours):
        queries.needs_for(volunteer)
    with pytest.raises(NotYours):
        a_need(tun, tun.centre, by=helselag(tun))


def test_the_same_page_sent_twice_is_one(tun):
    made = a_need(tun)
    told = actions.Told(made.words, Group.OLDER, made.source, made.known_on)
    again = actions.write_need(owner=tun.centre, told=told, sent_key=made.sent_key, by=tun.viewer(), at=tun.now)
    assert (again.id, Need.objects.count()) == (made.id, 1)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [({"words": " "}, actions.SayWhat), ({"words": "a" * 401}, actions.SayWhat),
     ({"known_on": dt.date(2026, 11, 24)}, actions.NotYet)],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(tun, told, refusal):
    with pytest.raises(refusal):
        a_need(tun, **told)
    assert Need.objects.count() == 0


def test_small_numbers_are_hidden_from_others_and_summed_with_those_joined(tun):
    one, other = a_need(tun, number=3), a_need(tun, tun.other, by=helselag(tun), number=1)
    row = queries.rows_of(helselag(tun), [one])[0]
    assert (row.number, row.few) == (None, True)
    assert queries.rows_of(tun.viewer(), [one])[0].number == 3
    actions.join(need=other, into=one, by=helselag(tun), at=tun.now)
    joined = queries.rows_of(tun.viewer(), [one])[0]
    assert (joined.number, joined.few, joined.joined) == (None, True, 1), "the other's number is small too"
    big = a_need(tun, number=5)
    assert queries.rows_of(helselag(tun), [big])[0].number == 5


def test_joined_is_a_state_that_can_be_undone(tun):
    one, other, third = a_need(tun), a_need(tun), a_need(tun)
    actions.join(need=one, into=other, by=tun.viewer(), at=tun.now)
    assert [n.id for n in queries.needs_for(tun.viewer())].count(one.id) == 0
    for attempt, refusal in (
        ({"need": one, "into": third}, actions.NotStanding), ({"need": third, "into": one}, actions.NotThatOne),
        ({"need": third, "into": third}, actions.NotThatOne), ({"need": other, "into": third}, actions.HasOthers),
    ):  # fmt: skip
        with pytest.raises(refusal):
            actions.join(**attempt, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        actions.part(need=one, by=helselag(tun), at=tun.now)
    actions.part(need=one, by=tun.viewer(), at=tun.now)
    found = Need.objects.get(id=one.id)
    assert (found.state, found.joined_into_id) == (NeedState.OPEN, None)


def test_closed_with_words_and_opened_again_by_its_owner_only(tun):
    made = a_need(tun)
    with pytest.raises(actions.SayWhy):
        actions.close(need=made, state=NeedState.MET, words=" ", by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        actions.close(need=made, state=NeedState.MET, words="Ja", by=helselag(tun), at=tun.now)
    actions.close(need=made, state=NeedState.MET, words="Det er middag kvar torsdag", by=tun.viewer(), at=tun.now)
    assert list(queries.needs_for(tun.viewer())) == []
    assert [n.id for n in queries.needs_for(tun.viewer(), which="closed")] == [made.id]
    actions.open_again(need=made, by=tun.viewer(), at=tun.now)
    assert Need.objects.get(id=made.id).closed_words == ""


def test_who_wrote_it_is_forgotten_after_two_years(tun):
    made = a_need(tun)
    actions.close(need=made, state=NeedState.GONE, words="Ferja går no", by=tun.viewer(), at=tun.now)
    system = tun.system()
    assert not actions.forget_writer(need=made, by=system, at=tun.now + dt.timedelta(days=729))
    assert actions.forget_writer(need=made, by=system, at=tun.now + dt.timedelta(days=730))
    found = Need.objects.get(id=made.id)
    assert (found.written_by, found.words) == ("", made.words)


def test_what_is_being_done_is_read_from_what_rests_on_it(tun):
    need, same = a_need(tun), a_need(tun)
    actions.join(need=same, into=need, by=tun.viewer(), at=tun.now)
    life = an_initiative(tun, an_idea(tun, put={"is_public": True}))
    sight.tie(lower=Ref("idea", life.idea_id), upper=Ref("need", same.id), at=tun.now)
    (done,) = queries.being_done(tun.viewer(), need)
    assert (done.title, done.ref) == (life.title, Ref("idea", life.idea_id))
    assert [seen.ref.kind for seen in sight.describe(tun.viewer(), [done.ref, Ref("need", need.id)])] == [
        "idea",
        "need",
    ]
    (row,) = queries.for_everyone()
    assert (row.group, row.standing, row.begun) == (Group.MEN_ALONE.label, 1, 1)


def test_the_words_stay_with_those_who_take_part(tun):
    need = a_need(tun)
    volunteer = tun.viewer(role=Role.VOLUNTEER, permissions={Permission.OWN_PAGE})
    (seen,) = sight.describe(volunteer, [Ref("need", need.id)])
    assert need.words not in seen.title
    assert (seen.url, tun.near.name in seen.title) == ("", True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Menn som bur åleine i Innbygda, et åleine. Dei saknar selskap.", []),
        ("Han Olav et åleine", ["Olav"]), ("Ring 57 41 00 01", ["57 41 00 01"]), ("Skriv til a@b.no", ["a@b.no"]),
        ("Mange med demens", ["demens"]), ("Vi bad Dalgrend helselag om hjelp. Folk ventar.", []),
        ("Det er 40 som spør, og 2026 er snart over", []), ("Fødd 01013012345", ["01013012345"]),
    ],
)  # fmt: skip
def test_what_may_point_at_somebody_is_asked_about(text, found):
    assert points_at_somebody(text, known=["Innbygda", "Dalgrend helselag"]) == found


def test_the_database_holds_the_state_together(tun):
    made = a_need(tun)
    for facts in ({"state": "joined"}, {"state": "met", "closed_words": ""}, {"joined_into": made}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(id=made.id).update(**facts)


def test_needs_of_an_owner_that_has_left_are_kept_by_who_answers(tun):
    made = a_need(tun, tun.other, by=helselag(tun))
    assert actions.owner_left(owner=tun.other, by=tun.system(), at=tun.now) == 1
    assert Need.objects.get(id=made.id).owner_id == tun.centre.id


@pytest.mark.parametrize("refusal", [actions.SayWhat, actions.SayWhy, actions.HasOthers])
def test_every_refusal_is_a_sentence(refusal):
    assert issubclass(refusal, Refused)
    assert refusal.__doc__.endswith(".")
