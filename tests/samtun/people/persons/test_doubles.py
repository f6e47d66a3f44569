"""Someone who stands twice: found, compared, put together, split again; nothing is lost, and a veto keeps holding."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtun.foundation import recipients, search
from samtun.foundation.models import AccessEntry, AuditEvent
from samtun.foundation.models.base import TenantModel
from samtun.kernel.errors import NotYours
from samtun.operation.help_requests.models import HelpRequest, Veto
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.models import Profile, Volunteer
from samtun.people.accounts.models import Account
from samtun.people.persons import actions, queries
from samtun.people.persons.models import AccountLink, Different, KnownTo, Merge, Person
from samtun.people.preferences.models import Preference
from tests.factories.desk import AT, coordinator, owner, person

UNTOUCHED = {Merge, Different, AuditEvent, AccessEntry}


@pytest.fixture
def ours(in_municipality):
    return owner()


@pytest.fixture
def us(ours):
    return coordinator(ours)


def together(kept, other, us, ours, **more):
    return actions.merge_persons(kept=kept, other=other, take=more.pop("take", ()), owner=ours, by=us, at=AT, **more)


def everything():
    """All rows of the municipality, but for what tells of the merging itself."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, TenantModel) and model not in UNTOUCHED:
            skip = {"version"} if model is Person else {"id"} if model._meta.model_name == "searchword" else set()
            names = [f.attname for f in model._meta.local_fields if f.name not in skip]
            found[model._meta.label] = sorted(map(str, model.objects.values_list(*names)))
    return found


def fresh(row):
    return Person.objects.get(id=row.id)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"given": "Kari", "phone": "+4790000001"}, {"given": "K.", "phone": "+4790000001"}, ("phone",)),
        ({"given": "Åse", "birth_year": 1950}, {"given": "Aase", "birth_year": 1950}, ("birth_year",)),
        ({"given": "Kari", "email": "k@eksempel.test"}, {"given": "KARI", "email": "K@eksempel.test"}, ("email",)),
        ({"given": "Kari", "phone": "+4790000001"}, {"given": "Ola", "phone": "+4790000001"}, None),
        ({"given": "Per", "birth_year": 1950, "email": "p@eksempel.test"},
         {"given": "Per", "birth_year": 1980, "email": "p@eksempel.test"}, None),
        ({"given": "Kari"}, {"given": "Kari"}, None),
    ],
)  # fmt: skip
def test_who_looks_alike(ours, us, one, other, why):
    person(ours, family="Nes", **one)
    person(ours, family="Nes", **other)
    assert [pair.why for pair in queries.look_alikes(us)] == ([why] if why else [])


def test_only_own_persons_are_compared(ours, us):
    theirs = owner("Røde Kors", "organisation")
    mine = person(ours, "Kari", "Nes", birth_year=1950)
    other = person(theirs, "Kari", "Nes", birth_year=1950)
    assert queries.look_alikes(us) == []
    with pytest.raises(NotYours):
        queries.pair_for(us, mine.id, other.id)
    with pytest.raises(NotYours):
        together(mine, other, us, ours)


def test_fields_are_chosen_and_empty_ones_filled(ours, us):
    kept = person(ours, "Kari", "Nes", phone="+4790000001")
    other = person(ours, "Kari", "Næs", phone="+4790000002", email="k@eksempel.test")
    together(kept, other, us, ours, take=["family_name"])
    now = fresh(kept)
    assert (now.family_name, now.phone, now.email) == ("Næs", "+4790000001", "k@eksempel.test")
    assert fresh(other).merged_into_id == kept.id
    assert queries.person_for(us, other.id).id == kept.id


def test_the_number_that_is_not_chosen_is_kept_as_the_other_where_there_is_room(ours, us):
    first = person(ours, "Aase", "Moen", phone="+4790000001")
    second = person(ours, "Åse", "Moen", phone="+4757000001", phone_kind="landline")
    before = everything()
    merge = together(first, second, us, ours)
    assert fresh(first).numbers == ("+4790000001", "+4757000001")
    found = [h.id for h in queries.find_as_you_type(us, "57 00 00 01", at=AT)]
    assert found == [first.id]
    actions.split_persons(merge=merge, by=us, at=AT)
    assert (fresh(first).numbers, fresh(second).numbers) == (("+4790000001",), ("+4757000001",))
    Different.objects.all().delete()
    assert everything() == before
    together(first, second, us, ours, take=["phone", "phone_kind"])
    assert fresh(first).numbers == ("+4757000001", "+4790000001")


def test_two_who_share_their_other_number_look_alike(ours, us):
    person(ours, "Aase", "Moen", phone="+4790000001", other_phone="+4757000001")
    person(ours, "Åge", "Vik", phone="+4757000001")
    kari = person(ours, "Anne", "Vik", phone="+4790000003", other_phone="+4757000001")
    assert [(pair.why, kari in (pair.one, pair.other)) for pair in queries.look_alikes(us)] == [(("phone",), True)]


def test_search_finds_the_one_kept_by_both_names(ours, us):
    kept, other = person(ours, "Kari", "Nes"), person(ours, "Karin", "Sunde")
    together(kept, other, us, ours)
    assert search.find("person", "Sunde", owners=[ours.id]) == [kept.id]
    assert search.find("person", "Nes", owners=[ours.id]) == [kept.id]


@pytest.mark.rule("R32")
def test_what_protects_either_protects_the_one_kept(ours, us):
    kept, other = person(ours, "Kari", "Nes"), person(ours, "Kari", "Næs", address="Gøymd 1")
    Person.objects.filter(id=other.id).update(do_not_contact=True, address_protected=True)
    Preference.objects.create(person=kept, channel="sms")
    Preference.objects.create(person=other, channel="call", asks_stopped_at=AT)
    merge = together(kept, other, us, ours, take=["address"])
    now = fresh(kept)
    assert (now.do_not_contact, now.address_protected, now.address) == (True, True, "")
    told = recipients.resolve(other.id)
    assert (told.person, told.silent, told.asks_stopped) == (kept.id, True, True)
    actions.split_persons(merge=merge, by=us, at=AT)
    assert (fresh(kept).do_not_contact, fresh(kept).address_protected) == (False, False)
    assert not recipients.resolve(kept.id).asks_stopped
    assert recipients.resolve(other.id).asks_stopped


def test_two_logins_must_be_said_and_then_lead_to_the_same(ours, us):
    kept, other = person(ours, "Kari", "Nes"), person(ours, "Kari", "Næs")
    accounts = [Account.objects.create(email=f"{n}@eksempel.test") for n in (1, 2)]
    for account, row in zip(accounts, (kept, other), strict=True):
        AccountLink.objects.create(account=account, person=row)
    with pytest.raises(actions.BothLogIn):
        together(kept, other, us, ours)
    assert fresh(other).merged_into_id is None
    together(kept, other, us, ours, knows_both_log_in=True)
    assert {queries.identify(a.id).person for a in accounts} == {kept.id}


def test_nobody_is_put_together_twice_or_with_themselves(ours, us):
    a, b, c = (person(ours, "Kari", f"Nes{n}") for n in range(3))
    first = together(a, b, us, ours)
    a, b, c = fresh(a), fresh(b), fresh(c)
    for pair in ((a, a), (a, b), (b, c), (c, b)):
        with pytest.raises(actions.NotTwo):
            together(*pair, us, ours)
    second = actions.merge_persons(kept=a, other=c, take=(), owner=ours, by=us, at=AT + dt.timedelta(minutes=1))
    with pytest.raises(actions.SplitOthersFirst):
        actions.split_persons(merge=first, by=us, at=AT)
    actions.split_persons(merge=second, by=us, at=AT)
    actions.split_persons(merge=first, by=us, at=AT)
    with pytest.raises(actions.NotTwo):
        actions.split_persons(merge=first, by=us, at=AT)


def test_what_was_changed_since_stays_when_they_are_split(ours, us):
    kept, other = person(ours, "Kari", "Nes"), person(ours, "Kari", "Næs", email="k@eksempel.test", birth_year=1950)
    merge = together(kept, other, us, ours)
    Person.objects.filter(id=kept.id).update(email="new@eksempel.test")
    actions.split_persons(merge=merge, by=us, at=AT)
    assert (fresh(kept).email, fresh(kept).birth_year) == ("new@eksempel.test", None)
    assert (fresh(other).email, fresh(other).birth_year) == ("k@eksempel.test", 1950)
    assert queries.look_alikes(us) == []


@pytest.fixture
def busy(in_municipality, now):
    """Two rows about Anna with wishes, a volunteer who is twice as well, and a veto on each row."""
    from tests.factories.journey import make_tun

    return make_tun(in_municipality, now)


def candidates(tun, request):
    groups = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date()).suggestions.groups
    return {str(found.volunteer) for group in groups for found in group.people}


@pytest.mark.rule("R31")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(on_kept=st.booleans(), on_other=st.booleans(), volunteer_merged=st.booleans(), request_on=st.booleans())
def test_a_veto_of_either_row_holds_and_splitting_restores_all(busy, on_kept, on_other, volunteer_merged, request_on):
    from django.db import transaction

    tun = busy
    with transaction.atomic():
        me = coordinator(tun.centre)
        kept, other = tun.recipient(), tun.person("Anna", "Annan", "+4790000777", owner=tun.centre)
        volunteer = tun.volunteer("Frida", "Vén", "+4790000778")
        twin = tun.volunteer("Frida", "Ven", "+4790000779")
        for row, vetoes in ((kept, on_kept), (other, on_other)):
            if vetoes:
                Veto.objects.create(recipient=row, volunteer_person=volunteer.person, made_at=tun.now)
        request = tun.request(other if request_on else kept)
        before = everything()
        merges = [together(kept, other, me, tun.centre)]
        if volunteer_merged:
            merges.append(together(twin.person, volunteer.person, me, tun.centre))
        assert HelpRequest.objects.get(id=request.id).recipient_id == kept.id
        vetoed = twin.person_id if volunteer_merged else volunteer.person_id
        told = Veto.objects.filter(recipient=kept, volunteer_person=vetoed).exists()
        assert told is (on_kept or on_other)
        found = candidates(tun, HelpRequest.objects.get(id=request.id))
        rows = {str(v.id) for v in Volunteer.objects.filter(person=vetoed)} | {str(vetoed)}
        assert bool(rows & found) is not (on_kept or on_other)
        for merge in reversed(merges):
            actions.split_persons(merge=merge, by=me, at=AT)
        assert everything() == before
        transaction.set_rollback(True)


def test_the_stricter_ceiling_and_the_longer_quiet_hold(ours, us):
    from tests.factories.help import volunteer

    one, two = volunteer(ours, "Marit", "Fjelde"), volunteer(ours, "Marit", "Fjelle")
    Profile.objects.filter(person=one.person).update(ceiling_times=4, ceiling_per="month")
    Profile.objects.filter(person=two.person).update(ceiling_times=3, ceiling_per="month", quiet_until=AT.date())
    before = everything()
    merge = together(one.person, two.person, us, ours)
    now = Profile.objects.get(person=one.person)
    assert (now.ceiling_times, now.quiet_until) == (3, AT.date())
    assert Volunteer.objects.filter(person=one.person).count() == 1
    actions.split_persons(merge=merge, by=us, at=AT)
    assert everything() == before


def test_an_owner_who_knew_only_the_other_row_knows_the_one_kept(ours, us):
    theirs = owner("Røde Kors", "organisation")
    kept, other = person(ours, "Kari", "Nes"), person(ours, "Kari", "Næs")
    actions.make_known(person=other, owner=theirs, source="test", by=coordinator(theirs), at=AT)
    together(kept, other, us, ours)
    assert queries.person_for(coordinator(theirs), other.id).id == kept.id
    assert set(KnownTo.objects.filter(person=kept).values_list("owner", flat=True)) == {ours.id, theirs.id}


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def desk(municipality, scope_of, open_as):
    with scope_of(municipality):
        host = owner()
        rows = [
            person(host, "Åse", "Nes", birth_year=1950, phone="+4790000001"),
            person(host, "Aase", "Nes", birth_year=1950, phone="+4790000002", email="aase@eksempel.test"),
        ]
    return open_as(coordinator(host)), *rows


def test_from_the_list_of_pairs_to_one_and_back(municipality, scope_of, desk):
    client, one, other = desk
    pairs = text(client.get(reverse("person_doubles")))
    assert "ÅN – AN" in pairs
    assert "Same name and year of birth" in pairs
    assert "Åse" not in pairs
    page = text(client.get(reverse("person_compare", args=[one.id, other.id])))
    assert "Put them together" in page
    assert "90 00 00 02" in page
    posted = {"given_name": "kept", "phone": "other", "email": "other"}
    answer = client.post(reverse("person_compare", args=[one.id, other.id]), posted, follow=True)
    assert "is one person now" in text(answer)
    assert "Stood here twice" in text(answer)
    assert client.get(reverse("person", args=[other.id])).url == reverse("person", args=[one.id])
    with scope_of(municipality):
        assert fresh(one).phone == "+4790000002"
        merge = Merge.objects.get()
    assert "Split Åse Nes in two again?" in text(client.get(reverse("person_split", args=[merge.id])))
    assert "They are two again." in text(client.post(reverse("person_split", args=[merge.id]), follow=True))
    with scope_of(municipality):
        assert fresh(one).phone == "+4790000001"
    assert client.get(reverse("person_split", args=[merge.id])).status_code == 404


def test_two_who_are_two_are_not_asked_about_again(desk):
    client, one, other = desk
    client.post(reverse("person_different", args=[one.id, other.id]))
    assert "Nobody looks like anybody else" in text(client.get(reverse("person_doubles")))


def test_bad_choices_get_a_sentence(desk):
    client, one, other = desk
    answer = client.post(reverse("person_compare", args=[one.id, other.id]), {"phone": "neither"})
    assert answer.status_code == 422
    assert "Choose one of the two." in text(answer)
    assert client.get(reverse("person_compare", args=[one.id, one.id])).status_code == 404


def test_one_who_is_noted_as_dead_is_not_put_together_with_one_who_lives(ours, us):
    kept, other = person(ours, "Kari", "Moen"), person(ours, "Kari", "Moen")
    actions.note_death(person=other, by=us, at=AT)
    with pytest.raises(actions.OneIsDead):
        together(kept, other, us, ours)
    assert not Merge.objects.exists()
