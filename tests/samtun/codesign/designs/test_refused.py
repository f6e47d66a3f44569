"""Forms of service designs that are refused: a sentence for each, and nothing typed is lost."""

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from tests.factories.designs import make_design
from tests.factories.journey import log_in, make_tun
from tests.samtun.refusing import refused


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, municipality, now):
    with open_scope(municipality.id):
        drawn = make_design(make_tun(municipality, now))
        drawn.on_trial()
        change = drawn.propose("over", owner=str(drawn.tun.council.id))
        log_in(client, drawn.tun, role=Role.LEADER)
        theirs = drawn.party(drawn.tun.other)
    base = f"/opplegg/{drawn.design.id}"
    begin = {"owner": drawn.tun.centre.id, "title": "Turgruppa", "purpose": "Ut på tur."}
    wrong = [
        ("/opplegg/nytt/", begin | {"title": ""}, "What shall we call it?", "Ut på tur."),
        ("/opplegg/nytt/", begin | {"whose_need": "Dei med demens"}, "demens",
         "Turgruppa", "Ut på tur."),
        (f"{base}/bord/", {"who": "To mottakarar", "why": "Med"}, "In which way?", "To mottakarar"),
        (f"{base}/deling/", {"words": "Koke kaffi"}, "Why? The others read it.", "Koke kaffi"),
        (f"{base}/skriv/sporsmal/", {"volunteers_wish": "Kaffi", "edition": "1", "why": "Spurt"},
         "Another has changed this while you wrote. Yours is kept here: look at what stands, and save again.", "Kaffi"),
        (f"{base}/endring/", {"words": " "}, "What should be changed, and why?"),
        (f"{base}/forslag/prove/", {"goal": "Åtte kjem", "words": "Klare", "ends_pick": "other",
         "ends_other": "2026-01-01"}, "That day has been. Choose today or a later day.", "Åtte kjem", "Klare"),
        (f"{base}/forslag/slutt/", {"words": "Nok no"},
         "A larger change waits for an answer already. Settle that one first.", "Nok no"),
        (f"/opplegg/endring/{change.id}/{theirs.id}/nei/", {"words": "Nei takk"}, "Who said it, and how?", "Nei takk"),
        (f"{base}/utval/", {"title": "Skiltet", "words": "Nytt skilt"}, "Who should take it up?", "Nytt skilt"),
    ]  # fmt: skip
    assert "\n".join(fault for row in wrong if (fault := refused(client, *row))) == ""
