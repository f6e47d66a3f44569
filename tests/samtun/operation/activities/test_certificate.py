"""Police certificates for those who lead children: with a purpose that the law lists, and else not at all."""

import datetime as dt
import re
import uuid

import pytest

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation.viewer import Permission
from samtun.operation.activities.actions import making
from samtun.operation.activities.models import Activity
from samtun.operation.screening.actions import PurposeNotInForce
from tests.factories import programme
from tests.factories.programme import told

pytestmark = [pytest.mark.rule("R64"), pytest.mark.practice("inkludering")]


def purpose(**changes):
    facts = {
        "code": "forskrift-34-12", "name": {"nb": "Fritidsklubb og leir", "nn": "Fritidsklubb og leir"},
        "law": "politiregisterforskriften § 34-12", "valid_from": dt.date(2014, 7, 1),
    }  # fmt: skip
    return PolicePurpose.objects.create(**facts | changes)


def test_it_is_asked_only_where_children_come_and_for_a_purpose_in_force(tun):
    club, old = purpose(), purpose(code="gammal", valid_to=dt.date(2020, 1, 1))
    it = programme.activity(tun, groups=("children",), certificate_for=club)
    assert it.certificate_for == club
    with pytest.raises(making.OnlyForMinors):
        programme.activity(tun, groups=("older",), certificate_for=club)
    with pytest.raises(PurposeNotInForce):
        programme.activity(tun, groups=("young",), certificate_for=old)


def test_a_purpose_that_lapses_can_be_put_right_later_without_being_chosen_anew(tun):
    club = purpose()
    it = programme.activity(tun, groups=("children",), certificate_for=club)
    PolicePurpose.objects.filter(id=club.id).update(valid_to=dt.date(2025, 1, 1))
    changed = making.change(
        activity=it, told=told(groups=("children",), certificate_for=club, title="Skiklubb"), version=it.version,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert changed.title == "Skiklubb"


def test_the_desk_says_which_purpose_and_without_one_that_nobody_may_be_asked(page, scope, client, open_as):
    with scope():
        club = purpose()
        with_one = programme.activity(page, groups=("children",), certificate_for=club)
        without = programme.activity(page, groups=("families",))
        other = programme.activity(page, groups=("older",))
    open_as(page.viewer())
    shown = client.get(f"/program/{with_one.id}/").content.decode()
    for said in ("Fritidsklubb og leir", "§ 34-12", "Nothing is sent in or kept here", "/frivillige/"):
        assert said in shown
    assert "nobody who leads it may be asked" in client.get(f"/program/{without.id}/").content.decode()
    assert "Police certificate" not in client.get(f"/program/{other.id}/").content.decode()
    open_as(page.viewer(permissions={Permission.PUBLISH}))
    assert "Note on each one" not in client.get(f"/program/{with_one.id}/").content.decode()
    with scope():
        PolicePurpose.objects.filter(id=club.id).update(valid_to=dt.date(2025, 1, 1))
        assert [field.name for field in Activity._meta.get_fields() if "file" in field.name.casefold()] == []
    assert "Nobody may be asked for one" in client.get(f"/program/{with_one.id}/").content.decode()
    for path in (f"/hva-skjer/aktivitet/{with_one.id}/", f"/hva-skjer/{programme_time(scope, with_one)}/"):
        assert "ertificate" not in client.get(path).content.decode()


def programme_time(scope, it):
    with scope():
        return programme.times(it)[0].id


def test_the_form_asks_only_when_a_purpose_is_listed_and_says_what_is_wrong(page, scope, client, open_as):
    open_as(page.viewer())
    form = client.get("/program/ny/").content.decode()
    assert "No purpose is listed for a police certificate here" in form
    assert 'name="certificate_for"' not in form
    with scope():
        club = purpose()
    form = client.get("/program/ny/").content.decode()
    assert re.search(rf'name="certificate_for"[^>]*value="{club.id}"', form)
    data = {
        "key": str(uuid.uuid4()), "owner": str(page.centre.id), "title": "Skiklubb", "category": "active",
        "starts_on_pick": "other", "starts_on_other": "2026-11-27", "at": "18:00", "to": "20:00", "repeat": "once",
        "where": "Skistova", "transport": "own", "meets_name": "Marit", "meets_phone": "57001122", "is_free": "on",
        "sign_up": "sign_up", "gear": "Ski og stavar", "certificate_for": str(club.id),
    }  # fmt: skip
    answer = client.post("/program/ny/", data)
    assert answer.status_code == 422
    assert "only where children or young people come" in answer.content.decode()
    assert "Ski og stavar" in answer.content.decode()
    assert client.post("/program/ny/", data | {"groups": ["children"]}).status_code == 302
    with scope():
        made = Activity.objects.get(title="Skiklubb")
    assert (made.certificate_for_id, made.gear) == (club.id, "Ski og stavar")
    form = client.get(f"/program/{made.id}/endre/").content.decode()
    assert re.search(rf'value="{club.id}"[^>]*checked', form)
    assert "Ski og stavar" in form
