"""Forms of forums that are refused: a sentence for each, and nothing typed is lost."""

import pytest
from django.urls import reverse

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.kernel import clock
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.journey import log_in, make_tun
from tests.samtun.refusing import refused

LONG = "Vi vil ha nøkkel. " * 80


@pytest.fixture
def table(municipality, now, monkeypatch):
    with open_scope(municipality.id):
        committee = make_committee(make_tun(municipality, now))
        item = committee.item()
        held = committee.meeting(state="held", items=(item,))
    monkeypatch.setattr(clock, "now", lambda: IN_MEETING)
    return committee, held, item


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, table, municipality):
    committee, held, item = table
    with open_scope(municipality.id):
        log_in(client, committee.tun, role=Role.LEADER)
    forum, sak = committee.forum.id, f"/utval/sak/{item.id}"
    meeting = {"on_pick": "other", "clock": "18", "place": "Grendahuset"}
    wrong = [
        (reverse("forum_new"), {"purpose": "Om hallen"}, "What is the forum called?", "Om hallen"),
        (reverse("forum_new"), {"name": "Samarbeidsutvalet", "purpose": "Om hallen", "owner": committee.tun.centre.id},
         "You have a forum by that name already. Choose another name.", "Om hallen"),
        (reverse("forum_plan", args=[forum]), meeting | {"on_other": "2026-01-02"},
         "That day has been. Choose today or a later day.", "Grendahuset"),
        (reverse("forum_plan", args=[forum]), meeting | {"on_other": "2026-12-09", "clock": "halv sju"},
         "Write the time as 10.30.", "halv sju", "Grendahuset"),
        (reverse("forum_propose", args=[forum]), {"words": "Kven låser opp?"}, "What should the forum take up?",
         "Kven låser opp?"),
        (f"{sak}/hoyrt/", {"said": "Det går fint."}, "Who was asked?", "Det går fint."),
        (f"{sak}/hoyrt/", {"who": "Rektor"}, "What did they say?", "Rektor"),
        (f"{sak}/ikkje-hoyrt/", {"because": " "}, "Why was nobody asked?"),
        (f"{sak}/avvis/", {"words": ""}, "Why?"),
        (f"{sak}/avgjer/", {"words": "Hallen er open.", "due_other": "2026-12-18"}, "Who answers for it?",
         "Hallen er open."),
        (f"{sak}/gjort/", {"words": ""}, "What has been done?"),
    ]  # fmt: skip
    assert "\n".join(fault for row in wrong if (fault := refused(client, *row))) == ""
    assert held.state == "held"


def test_the_script_that_keeps_a_draft_hears_that_it_is_saved_and_where_to_go(client, table, municipality):
    committee, _held, item = table
    with open_scope(municipality.id):
        log_in(client, committee.tun, role=Role.LEADER)
    address, script = f"/utval/sak/{item.id}/hoyrt/", {"X-Draft": "1"}
    page = client.get(address).content.decode()
    assert f'data-draft="hoyrt-{item.id}"' in page
    assert str(committee.tun.centre.id) not in page, "who writes is an opaque mark"
    heard = {"who": "Rektor", "said": "Det går fint."}
    for _again in range(2):
        answer = client.post(address, heard, headers=script)
        assert (answer.status_code, answer.headers["X-Saved"]) == (204, reverse("forum_item", args=[item.id]))
    with open_scope(municipality.id):
        assert item.hearings.count() == 1, "sent again, since the answer was lost on the way"
    lost = client.post(address, {"who": "Rektor", "said": ""}, headers=script)
    assert (lost.status_code, "X-Saved" in lost.headers) == (422, False)
    assert client.post(address, heard).status_code == 302, "without the script as any other form"
