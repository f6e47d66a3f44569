"""Forms of goals and plans that are refused: a sentence for each, and nothing typed is lost."""

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from samtun.partners.organisations.models import Organisation
from tests.factories.journey import log_in, make_tun
from tests.factories.policies import Plans
from tests.samtun.refusing import refused

PLAN = {"sort": "plan", "title": "Frivillig plan", "words": "Lett å vere med.", "since": "2026-01-01", "seen": "0"}


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, municipality, now):
    with open_scope(municipality.id):
        plans = Plans(make_tun(municipality, now))
        goal = plans.opened()
        log_in(client, plans.tun, organisation=Organisation.objects.get(owner=plans.tun.council), role=Role.LEADER)
    plan = PLAN | {"owner": plans.tun.council.id}
    policy, one = f"/planar/{goal.policy_id}", f"/planar/maal/{goal.id}"
    to_set = {"words": "Alle får besøk", "owner": plans.tun.council.id}
    wrong = [
        ("/planar/ny/", plan | {"title": ""}, "What is it called?", "Lett å vere med."),
        ("/planar/ny/", plan | {"until": "2025-01-01"}, "The last day is before the first. Put one of them right.",
         "Frivillig plan", "Lett å vere med."),
        ("/planar/ny/", plan | {"since": "i haust"},
         "Write the date as day, month and year, for example 27.11.2026.", "Frivillig plan"),
        (f"{policy}/maal/", to_set, "By which day?", "Alle får besøk"),
        (f"{policy}/maal/", to_set | {"due": "2025-01-01"}, "Choose a day that has not been.", "Alle får besøk"),
        (f"{policy}/slutt/", {"words": ""}, "Why does it not hold any more? Everyone can read it."),
        (f"{one}/status/", {"state": "given_up", "words": ""}, "Write why. Everyone can read it."),
        (f"{one}/dato/", {"due": str(goal.due), "why": "Det tok tid."},
         "That is the day it has already. Choose another.", "Det tok tid."),
        (f"{one}/tiltak/", {"words": "Ein ringjer"}, "By which day?", "Ein ringjer"),
    ]  # fmt: skip
    assert "\n".join(fault for row in wrong if (fault := refused(client, *row))) == ""
