"""Forms of agreements that are refused: a sentence for each, and nothing typed is lost."""

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from tests.factories.agreements import make_round, party_of
from tests.factories.journey import log_in, make_tun
from tests.samtun.refusing import refused


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, municipality, now):
    with open_scope(municipality.id):
        circle = make_round(make_tun(municipality, now))
        found = circle.agreed(circle.tun.other)
        waits = circle.proposed(found, by_owner=circle.tun.other, seen=1)
        mine = party_of(found, circle.tun.centre)
        log_in(client, circle.tun, role=Role.LEADER)
    base, centre = f"/avtale/{found.id}", circle.tun.centre.id
    start = {"owner": centre, "name": "Kaffi", "goal": "Folk møtest", "gain": "Fleire med"}
    wrong = [
        ("/avtale/notert/", {"owner": centre, "with_1": centre, "name": "Nøkkelen", "since_pick": "2026-11-20"},
         "An agreement is between two or more. Choose with whom.", "Nøkkelen"),
        ("/avtale/ny/", start | {"with_1": circle.tun.other.id, "name": ""}, "What is it about?", "Folk møtest"),
        (f"{base}/tekst/", {"what": "Kaffi kvar dag", "seen": "0"}, "", "Kaffi kvar dag"),
        (f"{base}/forslag/slutt/", {"last_day_pick": "other", "last_day_other": "2027-05-31"},
         "Why? All parties read this."),
        (f"{base}/forslag/rytme/", {"meets": "in_person"}, "How often?"),
        (f"/avtale/versjon/{waits.id}/nei/", {"party": mine.id, "words": ""},
         "What do you see otherwise? All parties read this."),
        (f"/avtale/part/{mine.id}/ord/", {"goal": "", "gain": "Fleire med"}, "What do you want with it?", "Fleire med"),
        (f"{base}/utval/", {"title": "Nøkkelen", "words": "Kven låser opp?"}, "Who should take it up?", "Nøkkelen"),
    ]  # fmt: skip
    assert "\n".join(fault for row in wrong if (fault := refused(client, *row))) == ""
