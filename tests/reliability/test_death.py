"""Random histories that end in a death: 0 messages, asks, to-dos to or about the dead (R113, ADR 20).

Three thousand in `make reliability`, ten thousand in `make machines`: each costs some 400 statements.
The control switches off one receiver, or the outbox's own refusal: each is then found out.
"""

import os

import pytest

from samtun.foundation import events, recipients
from samtun.people.persons.events import PersonDied
from tests.factories.journey import make_tun
from tests.samtun.operation.help_requests.lives import histories

pytestmark = [pytest.mark.reliability, pytest.mark.django_db, pytest.mark.usefixtures("same_keys")]

# Small parts, so that neither of two workers waits long for the other at the end.
LIVES = int(os.environ.get("SAMTUN_LIVES", "3000"))
PARTS = 20
EACH = LIVES // PARTS
# Each room that receives a death, and the acts that bring about what it is to stop.
RECEIVERS = {
    "evaluation.feedback": ["named", "done", "differs", "waits"],
    "evaluation.surveys": ["call", "ask", "answer", "agree", "done", "late"],
    "operation.arrangements": ["lasts", "tend", "one_date"],
    "operation.callouts": ["called_out", "comes"],
    "operation.help_requests": ["call", "ask", "answer", "agree"],
    "operation.mentoring": ["mentor"],
    "operation.networks": ["network", "walk_on", "talks"],
    "operation.recognition": ["call", "ask", "answer", "agree", "done", "thank"],
    "operation.referrals": ["passed_on", "rung"],
    "operation.volunteers": ["call", "ask", "pause"],
    "work.sheets": ["call", "ask", "answer", "agree", "evening"],
}


@pytest.mark.rule("R113")
@pytest.mark.parametrize("part", range(PARTS))
def test_after_a_death_nothing_is_on_its_way(in_municipality, now, part):
    lived, found = histories(make_tun(in_municipality, now), part, EACH)
    assert lived >= EACH
    assert found == []


@pytest.mark.parametrize("room", RECEIVERS)
def test_without_one_receiver_it_is_found_out(in_municipality, now, monkeypatch, room):
    standing = events._receivers[PersonDied.name]
    others = {name: it for name, it in standing.items() if not name.startswith(f"samtun.{room}.")}
    assert len(others) == len(standing) - 1
    monkeypatch.setitem(events._receivers, PersonDied.name, others)
    _lived, found = histories(make_tun(in_municipality, now), "control", 600, until_found=True, often=RECEIVERS[room])
    assert found


@pytest.mark.parametrize("switch", ["about_gone", "gone"])
def test_without_the_refusal_of_the_outbox_it_is_found_out(in_municipality, now, monkeypatch, switch):
    if switch == "about_gone":
        monkeypatch.setattr(recipients, "about_gone", lambda _kind, _key: False)
    else:
        resolve = recipients.resolve
        monkeypatch.setattr(recipients, "resolve", lambda person: _not_gone(resolve(person)))
        monkeypatch.setattr(recipients, "about_gone", lambda _kind, _key: False)
    _lived, found = histories(
        make_tun(in_municipality, now), "control", 600, until_found=True, often=["call", "ask", "late"]
    )
    assert found


def _not_gone(recipient):
    from dataclasses import replace

    return recipient and replace(recipient, gone=False)
