"""Child welfare suggests something ordinary, with a yes; whoever holds it learns neither why nor from whom."""

import datetime as dt
import re
import uuid

import pytest
from django.db import transaction

from samtun.foundation import exports
from samtun.foundation.models import AccessEntry, AuditEvent, Owner
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import making, times
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import suggesting
from samtun.operation.registrations.actions.suggesting import Whom
from samtun.operation.registrations.models import Registration, Suggestion
from samtun.partners.organisations.models import Organisation
from samtun.people.consents.actions import withdraw_consent
from samtun.people.consents.models import Consent
from samtun.people.persons.actions import merge_persons, note_death
from samtun.people.persons.models import Person
from tests.factories import programme
from tests.factories.registrations import signs_up

DAY = dt.timedelta(days=1)
WORKS = frozenset({Permission.OWN_PAGE, Permission.REFER, Permission.NOTE_DEATH, Permission.PUBLISH})
pytestmark = pytest.mark.practice("inkludering")


def welfare(tun):
    unit = Owner.objects.create(kind="unit", name="Barneverntenesta")
    Organisation.objects.create(owner=unit, name=unit.name, kind="unit", phone="+4757001100")
    return tun.viewer(unit, Role.UNIT_EMPLOYEE, WORKS)


def club_of(tun):
    return tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH, Permission.EXPORT_ORGANISATION})


def a_walk(tun):
    it = programme.activity(tun, owner=tun.other, title="Fjelltur", sign_up="sign_up", groups=("children",))
    making.open_those_of(owner=tun.other.id, by=tun.system(), at=tun.now)
    time = programme.times(it)[0]
    time.activity = it
    return time


IRYNA = Whom("Iryna Koval", "+4790000701", said_yes=True)


def suggests(tun, time, by, whom=IRYNA, key=None):
    return suggesting.suggest(occurrence=time, whom=whom, sent_key=key or uuid.uuid4(), by=by, at=tun.now)


def test_with_a_yes_a_family_gets_a_text_that_says_nothing_of_who_thought_of_it(tun):
    time, by = a_walk(tun), welfare(tun)
    made = suggests(tun, time, by)
    [consent] = Consent.objects.all()
    assert (consent.owner, consent.passed_to, consent.person) == (made.owner, made.owner, made.person)
    sent = Message.objects.get(notice="registrations.suggested")
    assert (sent.channel, sent.to_person, sent.owner) == ("sms", made.person_id, made.owner)
    facts = notice_of("registrations.suggested").facts(made.id, resolve(made.person_id))
    for language in ("nb", "nn", "en"):
        for channel in ("sms", "email"):
            text = render(sent_notice(), channel=channel, language=language, facts=facts | {"name": "Iryna"})
            assert "Fjelltur" in text
            assert f"/hva-skjer/{time.id}/" in text
            for unsaid in ("Barnevern", "Turid", "barnevern", "kommune"):
                assert unsaid not in text


def sent_notice():
    return notice_of("registrations.suggested")


def test_without_a_yes_nothing_is_sent_or_written_down(tun):
    time, by = a_walk(tun), welfare(tun)
    with pytest.raises(suggesting.AskFirst):
        suggests(tun, time, by, Whom("Iryna Koval", "+4790000701"))
    for kept in (Suggestion, Message, Consent):
        assert not kept.objects.exists()
    assert not Person.objects.filter(family_name="Koval").exists()


def test_a_yes_given_before_is_enough_until_it_is_taken_back(tun):
    time, by = a_walk(tun), welfare(tun)
    first = suggests(tun, time, by)
    again = suggests(tun, time, by, Whom("Iryna Koval", "+4790000701"))
    assert again.consent_id == first.consent_id
    withdraw_consent(consent=first.consent, by=tun.system(), at=tun.now)
    suggesting.consent_withdrawn(consent=first.consent_id, by=tun.system(), at=tun.now)
    assert not Suggestion.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(suggesting.AskFirst):
        suggests(tun, time, by, Whom("Iryna Koval", "+4790000701"))


def test_another_unit_cannot_lean_on_that_yes(tun):
    time, by = a_walk(tun), welfare(tun)
    suggests(tun, time, by)
    other = Owner.objects.create(kind="unit", name="Helsestasjonen")
    nurse = tun.viewer(other, Role.UNIT_EMPLOYEE, WORKS)
    with pytest.raises(suggesting.AskFirst):
        suggests(tun, time, nurse, Whom("Iryna Koval", "+4790000701"))
    assert queries.suggested(nurse) == []


def test_sent_twice_is_one(tun):
    time, by, key = a_walk(tun), welfare(tun), uuid.uuid4()
    assert suggests(tun, time, by, key=key).id == suggests(tun, time, by, key=key).id
    assert Message.objects.count() == 1


def test_only_municipal_employees_suggest_and_only_what_is_open(tun):
    time, by = a_walk(tun), welfare(tun)
    for viewer in (club_of(tun), tun.viewer(), tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, WORKS)):
        with pytest.raises(NotYours):
            suggests(tun, time, viewer)
        with pytest.raises(NotYours):
            queries.suggested(viewer)
    closed = programme.times(programme.activity(tun, sign_up="given", is_listed=False, title="Møte"))[0]
    with pytest.raises(NotYours):
        suggests(tun, closed, by)
    times.call_off(occurrence=time, because="Storm", by=tun.viewer(), at=tun.now)
    with pytest.raises(suggesting.NotOn):
        suggests(tun, time, by)


def test_who_is_not_to_be_reached_is_told_by_hand_and_nothing_is_kept(tun):
    time, by = a_walk(tun), welfare(tun)
    dead = tun.person("Odd", "Vik", "+4790000703", phone_kind="mobile")
    note_death(person=dead, by=tun.viewer(), at=tun.now)
    for way in ("", "call", "letter"):
        with pytest.raises(suggesting.NoWay):
            suggests(tun, time, by, Whom("Odd Vik", "+4790000703", said_yes=True, way=way))
    with pytest.raises(suggesting.WriteWho):
        suggests(tun, time, by, Whom("Odd Vik", said_yes=True))
    for kept in (Suggestion, Message, Consent):
        assert not kept.objects.exists()


def test_a_text_does_not_go_about_what_is_called_off_meanwhile(tun):
    time, by = a_walk(tun), welfare(tun)
    made = suggests(tun, time, by)
    times.call_off(occurrence=time, because="Storm", by=tun.viewer(), at=tun.now)
    assert sent_notice().facts(made.id, resolve(made.person_id)) is None


def test_it_is_forgotten_four_weeks_after(tun):
    time, by = a_walk(tun), welfare(tun)
    suggests(tun, time, by)
    assert suggesting.forget_suggestions(by=tun.system(), at=time.ends_at + 27 * DAY) == 0
    assert suggesting.forget_suggestions(by=tun.system(), at=time.ends_at + 29 * DAY) == 1
    assert not Suggestion.objects.exists()
    with pytest.raises(NotYours):
        suggesting.forget_suggestions(by=by, at=tun.now)


def test_two_rows_of_one_human_carry_it_along_and_the_unit_takes_its_own_out(tun):
    time, by = a_walk(tun), welfare(tun)
    made = suggests(tun, time, by)
    kept = tun.person("Iryna", "Koval-Vik", "+4790000709")
    merge_persons(kept=kept, other=made.person, take=(), owner=tun.centre, by=tun.system(), at=tun.now)
    assert Suggestion.objects.get().person_id == kept.id
    assert exports.tables_of(made.owner_id)["registrations/suggestions"].rows[0][1] == kept.id
    assert exports.tables_of(tun.other.id)["registrations/suggestions"].rows == []


PAGES = (
    "/program/", "/program/{it}/", "/program/gang/{row}/", "/program/gang/{row}/dor/", "/program/gang/{row}/dor/ark/",
    "/program/gang/{row}/ring/", "/hva-skjer/{row}/",
)  # fmt: skip
MADE_ANEW = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|csrfmiddlewaretoken\" value=\"\w+|nonce=\"[^\"]+")


def seen_by_the_club(scope, client, open_as, tun, time):
    """All that the host sees of a time, without keys made anew for each page."""
    told = []
    facts = {"row": time.id, "it": time.activity_id}
    open_as(club_of(tun))
    told += [MADE_ANEW.sub("", client.get(path.format(**facts)).content.decode()) for path in PAGES]
    with scope():
        tables = exports.tables_of(tun.other.id)
    return told + [MADE_ANEW.sub("", f"{name} {table.columns} {table.rows}") for name, table in sorted(tables.items())]


def test_a_sign_up_after_a_suggestion_is_an_ordinary_sign_up(page, scope, client, open_as):
    def signed_up(*, suggested):
        with transaction.atomic():
            with scope():
                if suggested:
                    suggests(page, time, by)
                iryna = page.person("Iryna", "Koval", "+4790000701", owner=page.other, phone_kind="mobile")
                signs_up(page, time, "Iryna Koval", contact=iryna)
            told = seen_by_the_club(scope, client, open_as, page, time)
            transaction.set_rollback(not suggested)
        return told

    with scope():
        time, by = a_walk(page), welfare(page)
    without = signed_up(suggested=False)
    with_one = signed_up(suggested=True)
    assert [a == b for a, b in zip(without, with_one, strict=True)] == [True] * len(without)
    for told in with_one:
        assert "uggest" not in told or "registrations/suggestions" in told
        assert "Barnevern" not in told
    with scope():
        fields = {field.name for field in Registration._meta.get_fields()}
        assert not fields & {"suggestion", "suggested", "unit", "sender"}
        assert set(Registration.objects.values_list("via", "made_by")) == {("own", "")}
        about = AuditEvent.objects.filter(act="registrations.suggest").values_list("ref_kind", flat=True)
        assert set(about) == {"suggestion"}


def test_the_pages_for_those_who_work_there(page, scope, client, open_as):
    with scope():
        time, by = a_walk(page), welfare(page)
    assert "/program/foreslaa/" not in client.get(f"/hva-skjer/{time.id}/").content.decode()
    open_as(by)
    path = f"/program/foreslaa/{time.id}/"
    assert path in client.get(f"/hva-skjer/{time.id}/").content.decode()
    assert "Nothing is suggested now" in client.get("/program/foreslaa/").content.decode()
    data = {"key": str(uuid.uuid4()), "name": "Iryna Koval", "phone": "90 00 07 01", "way": "own"}
    wrong = (
        ({}, "Ask first, and tick"), ({"phone": ""}, "Write a number, or choose a letter."),
        ({"way": "letter"}, "Write the address the letter goes to."), ({"way": ""}, "id_way_error"),
        ({"phone": "12"}, "id_phone_error"), ({"name": ""}, "id_name_error"), ({"way": "dove"}, "id_way_error"),
    )  # fmt: skip
    for changes, said in wrong:
        answer = client.post(path, data | changes)
        told = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert answer.status_code == 422
        assert said in told
        for kept in (data | changes).values():
            assert kept in told or kept in {"on", "dove"}
    assert client.post(path, data | {"said_yes": "on"}).url == "/program/foreslaa/"
    shown = client.get("/program/foreslaa/").content.decode()
    for said in ("Iryna Koval", "Fjelltur", "Turid Myklebust"):
        assert said in shown
    with scope():
        iryna = Suggestion.objects.get().person_id
        assert any(iryna in entry.persons for entry in AccessEntry.objects.all())
    for viewer in (club_of(page), page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, WORKS), page.viewer()):
        open_as(viewer)
        assert client.get(path).status_code in {403, 404}
        assert client.get("/program/foreslaa/").status_code in {403, 404}
        assert path not in client.get(f"/hva-skjer/{time.id}/").content.decode()
