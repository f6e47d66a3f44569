"""Forms of ideas and initiatives that are refused: a sentence for each, and nothing typed is lost."""

from samtun.codesign.ideas.rules import lead_token
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Role
from tests.factories.ideas import a_promise, an_idea, an_initiative, with_contact
from tests.factories.journey import log_in, make_tun
from tests.samtun.refusing import refused

IDEA = {"title": "Middag saman", "words": "Eg lagar middag", "name": "Ragnhild", "phone": "90 00 00 71",
        "phone_kind": "mobile", "key": "0192f0c0-0000-7000-8000-000000000001"}  # fmt: skip


def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(client, municipality, now):
    with open_scope(municipality.id):
        tun = make_tun(municipality, now)
        life = with_contact(tun, an_initiative(tun))
        promise, idea = a_promise(tun, life), an_idea(tun, put={"is_public": True, "title": "Kor"})
        own = f"/ide/mi/{lead_token(life.idea_id, 1)}/"
        log_in(client, tun, role=Role.COORDINATOR)
    desk, led, page = f"/ide/mottak/{idea.id}/", f"/ide/mottak/{life.idea_id}", f"/ide/{life.idea_id}"
    wrong = [
        ("/ide/", IDEA | {"phone": "57 41"}, "siffer", "Eg lagar middag"),
        ("/ide/", IDEA | {"title": ""}, "Your idea, in one line", "Eg lagar middag"),
        ("/ide/", IDEA | {"words": "For dei med demens"}, "demens", "Middag saman"),
        ("/ide/mottak/skriv/", {"title": "Middag saman", "words": "Ho lagar middag", "via": "phone"},
         "Whose idea is it?", "Ho lagar middag"),
        (f"{page}/og/", {"words": " ", "name": "Olav"}, "Yes, and …", "Olav"),
        (f"{page}/spor/", {"words": "Når er det?", "phone": "1"}, "Your name", "Når er det?"),
        (f"{page}/med/", {"words": "Køyre", "name": "Olav", "phone": "x"}, "57 00 11 22", "Køyre"),
        (own, {"act": "end", "end-words": " "}, "What became of it?"),
        (f"{led}/lovnad/", {"words": "Grendahuset", "due_pick": "other", "due_other": "2026-01-01", "kind": "place"},
         "That day has been. Choose today or a later day.", "Grendahuset"),
        (f"{led}/kontakt/", {"deputy": ""}, "Who is the contact?"),
        (f"/ide/lovnad/{promise.id}/", {"act": "day", "day-words": "Stengt"}, "Which day is it done by now?",
         "Stengt"),
        (desk, {"act": "answer", "answer-outcome": "together", "answer-words": " "}, "The answer"),
    ]  # fmt: skip
    assert "\n".join(fault for row in wrong if (fault := refused(client, *row))) == ""
