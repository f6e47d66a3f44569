"""What is suggested by letter or by telephone waits with the unit alone, and gives nothing away."""

import datetime as dt
import uuid
from io import BytesIO

import pytest
from pypdf import PdfReader

from samtun.foundation.models import AuditEvent, Owner
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages import actions
from samtun.notifications.messages import queries as messages
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import times
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import suggesting
from samtun.operation.registrations.actions.suggesting import Whom
from samtun.operation.registrations.models import Suggestion
from samtun.people.persons.models import Person
from samtun.people.preferences.actions import set_preferences
from samtun.work.todos.models import Todo

from .test_suggesting import WORKS, a_walk, club_of, suggests, welfare

pytestmark = pytest.mark.practice("inkludering")
HOME = "Storvegen 1, 6899 Dalgrend"
ANNA = Whom("Anna Stokke", "+4757410001", said_yes=True)
BY_POST = Whom("Per Stokke", said_yes=True, way="letter", address=HOME)
UNSAID = ("Barnevern", "barnevern", "Turid", "kommune", "eining", "enhet")


def desk(tun, owner):
    """Somebody at the desk of an owner, who handles all its ordinary messages."""
    return tun.viewer(owner, Role.COORDINATOR, {Permission.HANDLE_MESSAGES, Permission.SEE_DESK, Permission.PUBLISH})


@pytest.mark.rule("R104")
@pytest.mark.parametrize(
    ("whom", "channel"),
    [
        (ANNA, "call"), (BY_POST, "letter"), (Whom("Iryna Koval", "+4790000701", said_yes=True, way="call"), "call"),
        (Whom("Iryna Koval", "+4790000701", said_yes=True, way="letter", address=HOME), "letter"),
        (Whom("Iryna Koval", "+4790000701", said_yes=True, address=HOME), "sms"),
    ],
    ids=["landline", "letter", "rather-rung", "rather-a-letter", "text"],
)  # fmt: skip
def test_each_hears_of_it_on_their_own_channel(tun, whom, channel):
    made = suggests(tun, a_walk(tun), welfare(tun), whom)
    assert Message.objects.get(ref_id=made.id).channel == channel
    assert queries.channel_of(made) == channel


@pytest.mark.parametrize(("chosen", "address"), [("call", ""), ("letter", HOME)])
def test_what_somebody_has_chosen_before_holds(tun, chosen, address):
    olga = tun.person("Olga", "Vik", "+4790000702", phone_kind="mobile", address=HOME)
    set_preferences(person=olga, channel=chosen, by=tun.system(), at=tun.now)
    made = suggests(tun, a_walk(tun), welfare(tun), Whom("Olga Vik", "+4790000702", said_yes=True, address=address))
    assert queries.channel_of(made) == chosen


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"address": ""}, suggesting.WriteAddress), ({"address": "Gamlevegen 9"}, suggesting.OtherAddress)],
)
def test_the_unit_learns_no_address_that_it_did_not_have(tun, changes, refusal):
    olga = tun.person("Olga", "Vik", "+4790000702", phone_kind="mobile", address=HOME)
    set_preferences(person=olga, channel="letter", by=tun.system(), at=tun.now)
    with pytest.raises(refusal):
        suggests(tun, a_walk(tun), welfare(tun), Whom("Olga Vik", "+4790000702", said_yes=True, **changes))
    assert not Suggestion.objects.exists()
    olga.address_protected = True
    olga.save()
    made = suggests(tun, a_walk(tun), welfare_again(tun), Whom("Olga Vik", "+4790000702", said_yes=True, address=HOME))
    assert queries.channel_of(made) == "sms"


def welfare_again(tun):
    return tun.viewer(Owner.objects.get(name="Barneverntenesta"), Role.UNIT_EMPLOYEE, WORKS)


def test_a_letter_that_does_not_get_there_in_time_is_not_written(tun):
    time, by = a_walk(tun), welfare(tun)
    with pytest.raises(suggesting.LetterTooLate):
        suggesting.suggest(
            occurrence=time, whom=BY_POST, sent_key=uuid.uuid4(), by=by, at=time.starts_at - dt.timedelta(days=3)
        )
    assert not Person.objects.filter(given_name="Per", family_name="Stokke").exists()


def test_who_has_only_an_address_is_one_and_the_same_for_the_unit(tun):
    time, by = a_walk(tun), welfare(tun)
    first = suggests(tun, time, by, BY_POST)
    again = suggests(tun, time, by, Whom("Per Stokke", way="letter", address=f" {HOME.upper()} "))
    assert (again.person_id, again.consent_id) == (first.person_id, first.consent_id)
    assert first.consent.what == "Name and address"


@pytest.mark.rule("R59")
def test_neither_letter_nor_call_nor_envelope_gives_anything_away(tun):
    time, by = a_walk(tun), welfare(tun)
    made = suggests(tun, time, by, BY_POST)
    facts = notice_of("registrations.suggested").facts(made.id, resolve(made.person_id))
    for language, phone in (("nb", "57 00 11 22"), ("nn", "57 00 11 22"), ("en", "57 00 11 22")):
        for channel in ("letter", "call"):
            text = render(
                notice_of("registrations.suggested"), channel=channel, language=language, facts=facts | {"name": "Per"}
            )
            assert "Fjelltur" in text
            assert phone in text
            assert not [word for word in UNSAID if word in text]


@pytest.mark.journey
@pytest.mark.rule("R59")
def test_the_printed_letter_gives_nothing_away(tun):
    by = welfare(tun)
    key = Message.objects.get(ref_id=suggests(tun, a_walk(tun), by, BY_POST).id).id
    pdf = PdfReader(BytesIO(messages.letters_pdf(by, [key], today=tun.now.date())))
    told = " ".join("".join(one.extract_text() for one in pdf.pages).split())
    assert "Storvegen 1" in told
    assert "Fjelltur" in told
    assert not [word for word in UNSAID[:3] if word in told + str(pdf.metadata)]


def test_it_waits_with_the_unit_and_on_no_desk(tun):
    time, by = a_walk(tun), welfare(tun)
    call = Message.objects.get(ref_id=suggests(tun, time, by, ANNA).id)
    letter = Message.objects.get(ref_id=suggests(tun, time, by, BY_POST).id)
    assert queries.number_to_tell(by) == 2
    assert not Todo.objects.filter(ref_kind="message").exists()
    at = call.not_before + dt.timedelta(hours=1)
    unit = Owner.objects.get(id=call.owner_id)
    for other in (desk(tun, unit), desk(tun, tun.centre), desk(tun, tun.other)):
        assert messages.letters_pdf(other, [letter.id], today=at.date()) is None
        assert messages.calls_to_make(other, at=at) == []
        assert messages.letters_to_print(other) == []
    for other in (desk(tun, unit), desk(tun, tun.centre), tun.viewer(), club_of(tun)):
        with pytest.raises(NotYours):
            messages.one_call(other, call.id)
        for act, words in ((actions.mark_called, {"outcome": "told"}), (actions.give_up, {})):
            with pytest.raises(NotYours):
                act(message=call, by=other, at=at, **words)
        assert queries.number_to_tell(other) == 0
    actions.mark_called(message=call, outcome="told", by=by, at=at)
    assert queries.number_to_tell(by) == 1
    assert AuditEvent.objects.get(act="messages.called").ref_kind == "suggestion"


def test_what_is_called_off_is_neither_rung_nor_posted(tun):
    time, by = a_walk(tun), welfare(tun)
    made = suggests(tun, time, by, BY_POST)
    times.call_off(occurrence=time, because="Storm", by=tun.viewer(), at=tun.now)
    key = Message.objects.get(ref_id=made.id).id
    assert messages.letters_pdf(by, [key], today=tun.now.date()) is None
    actions.recover(at=tun.now)
    assert Message.objects.get(id=key).state == "cancelled"


def test_the_unit_rings_and_posts_on_its_own_page(page, scope, client, open_as):
    with scope():
        time, by = a_walk(page), welfare(page)
    open_as(by)
    path = f"/program/foreslaa/{time.id}/"
    data = {"name": "Anna Stokke", "phone": "57 41 00 01", "way": "own", "said_yes": "on", "address": ""}
    client.post(path, data | {"key": str(uuid.uuid4())})
    client.post(path, {
        "key": str(uuid.uuid4()), "name": "Per Stokke", "phone": "", "way": "letter", "address": HOME, "said_yes": "on",
    })  # fmt: skip
    shown = client.get("/program/foreslaa/").content.decode()
    for said in ("To ring", "Letter to post", "It stands among those you ring.", "Print the letter and post it."):
        assert said in shown
    with scope():
        call, letter = (Suggestion.objects.get(person__given_name=name).id for name in ("Anna", "Per"))
    ring = client.get(f"/program/foreslaa/{call}/seie/").content.decode()
    for said in ("57 41 00 01", "Say it to themselves alone.", "Fjelltur"):
        assert said in ring.replace("\N{NO-BREAK SPACE}", " ")
    assert client.post(f"/program/foreslaa/{call}/seie/", {"act": "not_home"}).status_code == 302
    assert client.post(f"/program/foreslaa/{call}/seie/", {"act": "told"}).status_code == 302
    assert client.get(f"/program/foreslaa/{call}/seie/").status_code == 404
    assert client.post(f"/program/foreslaa/{letter}/seie/", {"act": "dance"}).status_code == 404
    made = client.post(f"/program/foreslaa/{letter}/seie/", {"act": "letter"})
    assert made.content.startswith(b"%PDF")
    open_as(page.viewer(page.other, Role.ORGANISATION_REPRESENTATIVE, WORKS))
    for act in ("letter", "posted"):
        assert client.post(f"/program/foreslaa/{letter}/seie/", {"act": act}).status_code == 404
    open_as(by)
    client.post(f"/program/foreslaa/{letter}/seie/", {"act": "posted"})
    assert "Letter to post" not in client.get("/program/foreslaa/").content.decode()
    with scope():
        assert set(Message.objects.values_list("state", flat=True)) == {"delivered", "accepted"}


def test_a_text_that_did_not_arrive_is_rung_instead_or_let_be(page, scope, client, open_as):
    with scope():
        time, by = a_walk(page), welfare(page)
        made = suggests(page, time, by)
        Message.objects.filter(ref_id=made.id).update(state="failed", fault="not_delivered")
    open_as(by)
    assert "It did not arrive" in client.get("/program/foreslaa/").content.decode()
    path = f"/program/foreslaa/{made.id}/seie/"
    assert "Ring instead" in client.get(path).content.decode()
    client.post(path, {"act": "ring"})
    assert "Say it to themselves alone." in client.get(path).content.decode()
    with scope():
        Message.objects.filter(ref_id=made.id).update(state="failed")
    client.post(path, {"act": "let_be"})
    assert client.get(path).status_code == 404
