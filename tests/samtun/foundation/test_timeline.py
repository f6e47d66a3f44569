"""A timeline tells what has happened in words, for who looks, and no more than they may know."""

import pytest
from django.utils import translation

from samtun.foundation import acts
from samtun.foundation.audit import record
from samtun.foundation.timeline import history, on_own, on_shared
from samtun.foundation.viewer import Permission
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.actions import not_him
from samtun.operation.volunteers.actions import pause
from samtun.people.persons.actions import make_known, set_protection
from samtun.people.persons.models import Person
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


def told(viewer, ref, *, whole=False):
    with translation.override("en"):
        return [(row["what"], row["by"]) for row in history(viewer, ref, whole=whole)]


def test_newest_first_in_words_and_by_whom(tun):
    request = tun.request()
    rows = told(tun.viewer(), Ref("help_request", request.id), whole=True)
    assert rows[0] == ("Whose task it is was decided", "Turid Myklebust")
    assert rows[-1] == ("Came in", "Turid Myklebust")


@pytest.mark.rule("R112")
def test_what_another_organisation_did_with_a_person_is_not_told(tun):
    anna = tun.recipient()
    theirs, ours = tun.viewer(tun.other), told(tun.viewer(), Ref("person", anna.id))
    make_known(person=anna, owner=tun.other, source="test", by=theirs, at=tun.now)
    record("persons.change", Ref("person", anna.id), by=theirs, at=tun.now)
    ref = Ref("person", anna.id)
    assert told(tun.viewer(), ref) == ours
    assert "Was written down here" not in [what for what, _by in told(theirs, ref)]
    assert "What stands was changed" in [what for what, _by in told(theirs, ref)]
    assert told(tun.viewer(tun.council), ref) == []


@pytest.mark.rule("R31")
def test_whom_somebody_does_not_want_is_in_no_timeline(tun):
    request, torleiv = tun.request(), tun.volunteer("Torleiv", "Haugen", "+4790000007")
    refs = [Ref("help_request", request.id), Ref("person", request.recipient_id), Ref("volunteer", torleiv.id),
            Ref("person", torleiv.person_id)]  # fmt: skip
    before = [told(tun.viewer(), ref, whole=True) for ref in refs]
    not_him(request=request, volunteer=torleiv, by=tun.viewer(), at=tun.now)
    assert [told(tun.viewer(), ref, whole=True) for ref in refs] == before


def test_what_takes_a_right_to_know_is_shown_to_those_who_have_it(tun):
    anna = tun.recipient()
    record("screening.police", Ref("person", anna.id), by=tun.viewer(), at=tun.now)
    ref = Ref("person", anna.id)
    without = tun.viewer(permissions={Permission.SEE_PERSONS})
    assert "A police certificate was shown" in [what for what, _by in told(tun.viewer(), ref)]
    assert "A police certificate was shown" not in [what for what, _by in told(without, ref)]


def test_an_act_without_words_is_not_shown(tun):
    anna = tun.recipient()
    before = told(tun.viewer(), Ref("person", anna.id))
    record("room.unheard_of", Ref("person", anna.id), by=tun.viewer(), at=tun.now)
    assert told(tun.viewer(), Ref("person", anna.id)) == before
    with pytest.raises(ValueError, match="twice"):
        acts.register({"persons.change": "Again"})


def test_what_the_one_themselves_did_is_told_of_ones_own_only(tun):
    """A volunteer pauses on their own page: the host sees it on the volunteer, and nobody on the person."""
    from tests.factories.desk import oneself

    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    pause(volunteer=marit, until=None, by=oneself(Person.objects.get(id=marit.person_id)), at=tun.now)
    fragment = on_own(tun.viewer(), Ref("volunteer", marit.id), tun.now.date())
    assert fragment.context["events"][0]["by"] == "Marit Fjelde"
    assert on_shared(tun.viewer(tun.council), Ref("volunteer", marit.id), tun.now.date()) is None


def test_in_both_forms_of_norwegian(tun):
    anna = tun.recipient()
    set_protection(person=anna, protected=True, by=tun.system(), at=tun.now)
    for language, words in (("nb", "Sperren på adressen ble endret"), ("nn", "Sperra på adressa vart endra")):
        with translation.override(language):
            assert history(tun.viewer(), Ref("person", anna.id), whole=False)[0]["what"] == words


@pytest.mark.parametrize("number", [1, 60])
def test_one_statement_and_at_most_forty_rows(tun, number, django_assert_num_queries):
    anna = tun.recipient()
    for _ in range(number):
        record("persons.change", Ref("person", anna.id), by=tun.viewer(), at=tun.now)
    with django_assert_num_queries(1):
        assert len(told(tun.viewer(), Ref("person", anna.id))) == min(number + 2, 40)
