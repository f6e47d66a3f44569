"""Setting up a municipality: what everyone sees, who takes part, and who answers for them at first."""

import datetime as dt

import pytest

from samtun.foundation.models import AuditEvent, Municipality
from samtun.foundation.models.runtime import Setting
from samtun.foundation.options import all_options
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock as kernel_clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.partners.organisations.actions import choose
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.accounts.models import Account
from tests.samtun.people.login import a_grant, a_member, a_person, an_account, an_organisation, inside, put_in

SHOWN = {
    "shared_name": "Tunet i Dalgrend", "phone": "57 00 99 88", "language": "nb", "sms_number": "", "privacy_email": "",
    "accessibility_url": "",
}  # fmt: skip
CLUB = {"name": "Dalgrend sanitetsforening", "kind": "association", "phone": "", "email": "", "number": ""}
LIV = {"given_name": "Liv", "family_name": "Aas", "phone": "90 00 00 05", "role": "organisation_representative"}


@pytest.fixture
def council(municipality, clock):
    with inside(municipality):
        return an_organisation("Dalgrend kommune", "municipality")


@pytest.fixture
def admin(municipality, council, client):
    """A browser in which the administrator is logged in, texts in English."""
    with inside(municipality):
        person = a_person(owner=council.owner)
        a_grant(person, "municipal_administrator", council.owner)
        put_in(client, an_account(person, phone="+4790000001"), second_factor=True)
    client.cookies["samtun_language"] = "en"
    return client


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")  # numbers do not break in the middle


def test_what_everyone_sees_is_changed_and_written_down(admin, municipality):
    assert 'value="57 00 11 22"' in text(admin.get("/oppsett/"))
    assert admin.post("/oppsett/", SHOWN)["Location"] == "/oppsett/"
    found = Municipality.objects.get()
    assert (found.shared_name, found.phone, found.language, found.sms_number) == (
        "Tunet i Dalgrend", "+4757009988", "nb", None
    )  # fmt: skip
    with inside(municipality):
        assert AuditEvent.objects.get(act="organisations.set_up_municipality").words["fields"] == [
            "shared_name", "phone", "language", "sms_number"
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"shared_name": ""}, "Fill in “What the pages are called”."),
        ({"shared_name": "x" * 90}, "The text is 10 characters too long."),
        ({"phone": "12"}, "A Norwegian number has eight digits."),
        ({"language": "se"}, "Select a valid choice"),
        ({"privacy_email": "ombod"}, "Write an e-mail address with @ and a dot"),
        ({"accessibility_url": "::"}, "Write a web address"),
        ({"sms_number": "ring oss"}, "Write the number with digits only"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(admin, wrong, sentence):
    answer = admin.post("/oppsett/", SHOWN | {"privacy_email": "ombod@dalgrend.test"} | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "57 00 99 88" in text(answer) or "phone" in wrong
    assert Municipality.objects.get().shared_name == "Samtun i Dalgrend"


def test_another_municipalitys_number_is_refused(admin, neighbour):
    Municipality.objects.filter(id=neighbour.id).update(sms_number="+4790003000")
    answer = admin.post("/oppsett/", SHOWN | {"sms_number": "90003000"})
    assert (answer.status_code, "Another municipality has this number" in text(answer)) == (422, True)


def test_the_page_says_which_ways_out_are_ready(admin, settings):
    settings.SAMTUN_SMS_GATEWAY = ""
    page = text(admin.get("/oppsett/"))
    assert "Not ready" in page
    assert "SAMTUN_SMS_GATEWAY" in page


def test_an_organisation_takes_part_and_somebody_answers_for_it(admin, municipality):
    answer = admin.post("/lag/nytt/", CLUB | {"hosts_volunteers": "on"})
    with inside(municipality):
        club = Organisation.objects.get(kind="association")
        assert (club.name, club.hosts_volunteers, club.owner.kind) == (CLUB["name"], True, "organisation")
    page = f"/lag/{club.id}/svarer/"
    assert answer["Location"] == page
    assert "Nobody answers for it yet." in text(admin.get("/lag/alle/"))
    assert admin.post(page, LIV)["Location"] == page
    with inside(municipality):
        row = Membership.objects.get()
        assert (row.person.full_name, row.role, row.organisation_id) == (
            "Liv Aas", "organisation_representative", club.id
        )  # fmt: skip
    assert Account.objects.filter(phone="+4790000005").exists()
    after = text(admin.get(page))
    assert "Liv Aas" not in after, "who it is stays behind the organisation's wall"
    assert "given_name" not in after, "from now on they give the roles themselves"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Fill in “Name of the organisation”."),
        ({"kind": ""}, "Choose something under “What sort of organisation is it?”."),
        ({"name": "Dalgrend kommune"}, "There is an organisation with this name already."),
        ({"number": "123456789"}, "An organisation number has nine digits"),
        ({"phone": "x"}, "Write only the digits of the number"),
        ({"email": "post"}, "Write an e-mail address with @ and a dot"),
        ({"kind": "municipality"}, "Select a valid choice"),
    ],
)
def test_an_organisation_that_will_not_do_is_said(admin, municipality, wrong, sentence):
    answer = admin.post("/lag/nytt/", CLUB | {"email": "post@lag.test"} | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert CLUB["name"] in text(answer) or "name" in wrong
    with inside(municipality):
        assert Organisation.objects.count() == 1


def test_a_name_that_is_missing_is_said_and_the_rest_stays(admin, municipality):
    with inside(municipality):
        club = an_organisation(CLUB["name"], "association")
    answer = admin.post(f"/lag/{club.id}/svarer/", LIV | {"family_name": ""})
    assert (answer.status_code, "Fill in “Last name”." in text(answer)) == (422, True)
    assert "90 00 00 05" in text(answer)
    answer = admin.post(f"/lag/{club.id}/svarer/", LIV | {"phone": "57 00 11 22"})
    assert "Write a mobile number" in text(answer)


def test_a_closed_wall_stays_closed(admin, municipality):
    with inside(municipality):
        club = an_organisation(CLUB["name"], "association")
        a_member(a_person("Liv", "Aas"), club, "organisation_representative")
    assert admin.post(f"/lag/{club.id}/svarer/", LIV).status_code in (404, 422)
    with inside(municipality):
        assert Membership.objects.count() == 1
    assert admin.get(f"/lag/{club.id}/").status_code == 404


def test_in_the_municipalitys_own_units_every_role_may_be_given(admin, municipality):
    with inside(municipality):
        unit = an_organisation("Heimetenesta", "unit")
        a_member(a_person("Liv", "Aas"), unit, "leader")
    admin.post(f"/lag/{unit.id}/svarer/", LIV | {"role": "assessor", "given_name": "Ola"})
    with inside(municipality):
        assert Membership.objects.filter(role="assessor", organisation=unit).count() == 1


def choices(**changes):
    """What the form posts: every choice as it stands, with some changed."""
    return {o.key: str(o.default) for o in all_options()} | changes


def test_a_choice_is_changed_from_today_and_what_stood_before_is_kept(admin, municipality):
    assert admin.get("/oppsett/val/").status_code == 200
    assert admin.post("/oppsett/val/", choices(follow_up_one_to_one="7")).status_code == 302
    with inside(municipality):
        (row,) = Setting.objects.all()
        assert (row.key, row.value, row.valid_from) == ("follow_up_one_to_one", 7, kernel_clock.today())
        (option,) = [o for o in all_options() if o.key == "follow_up_one_to_one"]
        assert option.read(kernel_clock.today()) == 7
        assert option.read(kernel_clock.today() - dt.timedelta(days=1)) == option.default
    admin.post("/oppsett/val/", choices(follow_up_one_to_one="8"))
    with inside(municipality):
        assert Setting.objects.get().value == 8


@pytest.mark.parametrize("typed", ["1", "61", "ofte", "", "99999999999999999999", "7.5"])
def test_a_choice_that_cannot_be_is_said_and_nothing_is_changed(admin, municipality, typed):
    answer = admin.post("/oppsett/val/", choices(follow_up_one_to_one=typed, follow_up_over_time="40"))
    assert answer.status_code == 422
    assert "Write a number from 2 to 60." in text(answer)
    assert 'value="40"' in text(answer)
    with inside(municipality):
        assert not Setting.objects.exists()


def test_nobody_else_chooses_and_only_what_is_declared_can_be_chosen(municipality):
    with inside(municipality):
        centre = an_organisation("Sentralen", "centre")
        hat = Hat("x", Role.COORDINATOR, "", frozenset({centre.owner_id}), frozenset({Permission.HANDLE_REQUESTS}))
        by = Viewer(municipality.id, hat, account=uuid7())
        for values in ({"follow_up_one_to_one": 7}, {"anything": 1}):
            with pytest.raises(NotYours):
                choose(values=values, by=by, at=kernel_clock.now())
        with pytest.raises(Refused, match="60"):
            choose(values={"follow_up_one_to_one": 61}, by=Viewer.system(municipality.id), at=kernel_clock.now())
