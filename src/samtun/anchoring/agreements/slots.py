"""Agreements in the menu and on one's own page, what their acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.agreements.queries.contacts import named_in
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("agreements", _("Agreements"), "check", Permission.REFER, order=64, floor=1))
register_nav(NavItem("agreements", _("Agreements"), "check", Permission.SEE_DESK, order=64, floor=1))


def _on_own_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    named = named_in(ref.id)
    return Fragment("agreements/on_own_page.html", {"parties": named}) if named else None


def _party(party_id: uuid.UUID) -> str:
    return reverse("agreement_party", args=[party_id])


slots.register("own_page", _on_own_page, order=31)
slots.register("agreement", on_own, order=90)
register_wording(
    "agreement_party",
    Wording(
        sentences={
            "answer": (_("An agreement waits for your answer"), _("Look")),
            "contact": (_("An agreement has nobody to talk with at your side"), _("Choose")),
            "evaluation": (_("An agreement is to be evaluated: how does it go, seen from you?"), _("Say it")),
            "recipients": (_("What do those who receive say about it? It belongs in the evaluation"), _("Write it")),
        },
        address=_party, parts={"contact": "parties", "evaluation": "evaluation", "recipients": "evaluation"},
    ),
)  # fmt: skip
acts.register(
    {
        "agreements.note": _("The agreement was noted"),
        "agreements.start": _("The agreement was started"),
        "agreements.on_one_page": _("It was decided to put it on one page"),
        "agreements.add_party": _("One more party came in"),
        "agreements.write_own": _("A party wrote its own goal and gain"),
        "agreements.name_contact": _("A party said whom to talk with"),
        "agreements.note_backing": _("A party wrote down its own decision"),
        "agreements.propose": _("Something was proposed to all parties"),
        "agreements.approve": _("A party said yes"),
        "agreements.object": _("A party said it has another view"),
        "agreements.withdraw": _("A proposal was taken back"),
        "agreements.agreed": _("All parties had said yes"),
        "agreements.evaluate": _("The evaluation began"),
        "agreements.say_word": _("A party said how it goes"),
        "agreements.note_recipients": _("What recipients say was written down"),
        "agreements.evaluation_done": _("The evaluation was done"),
        "agreements.publish_comment": _("An organisation said something openly"),
        "agreements.take_down_comment": _("An organisation took its own words down"),
        "agreements.stop": _("A party said that it stops"),
        "agreements.owner_left": _("A party left Samtun"),
        "agreements.serve": _("It was written down which goal it serves"),
        "agreements.serve_no_more": _("It does not serve a goal any more"),
        "agreements.to_forum": _("It was taken up with a forum"),
        "agreements.forum_moved": _("The forum has moved the item"),
        "agreements.forum_settled": _("The forum has decided"),
        "agreements.ended": _("The agreement ended, as all agreed"),
        "agreements.stopped": _("The agreement ended: there were not two left"),
        "agreements.ran_out": _("The agreement ended: its last day had been"),
        "agreements.taken_over": _("One of the parties took it over"),
    }
)
