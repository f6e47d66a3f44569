"""Ideas in the menu, on one's own page and in timelines; what acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.codesign.ideas.models import Addition, Helper
from samtun.codesign.ideas.queries import mine
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording


def _on_own_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On one's own page: what one leads, what one is with, and a way to tell a new idea."""
    return Fragment("ideas/slot_own.html", {"rows": mine(viewer), "url": reverse("idea_own_new")})


def _idea(idea_id: uuid.UUID) -> str:
    return reverse("idea", args=[idea_id])


def _addition(addition_id: uuid.UUID) -> str:
    return _idea(Addition.objects.values_list("idea", flat=True).get(id=addition_id))


def _helper(helper_id: uuid.UUID) -> str:
    return _idea(Helper.objects.values_list("initiative__idea", flat=True).get(id=helper_id))


def _promise(promise_id: uuid.UUID) -> str:
    return reverse("idea_promise", args=[promise_id])


slots.register("own_page", _on_own_page, order=75)
register_nav(NavItem("idea_list", _("Ideas"), "plus", order=20))
register_nav(NavItem("ideas", _("Ideas"), "plus", Permission.SEE_DESK, order=65, floor=2))
register_wording(
    "idea",
    Wording(
        sentences={
            "idea_waits": (_("An idea waits for an answer"), _("Answer")),
            "idea_late": (_("An idea is not answered in time: see that somebody does"), _("Look")),
            "waits_for_proof": (_("An idea came in: ring, and hear whether it was they who sent it"), _("Ring")),
            "name_contact": (_("An idea became an initiative: name a contact"), _("Look")),
            "contact_late": (_("An initiative has no contact in time: see that it gets one"), _("Look")),
            "contact_gone": (_("An initiative needs a new contact"), _("Look")),
            "lead_died": (_("The one who led it has died: talk with those who are with it"), _("Look")),
        },
        address=_idea, by_hand=frozenset({"lead_died"}),
    ),
)  # fmt: skip
register_wording(
    "idea_addition",
    Wording(
        sentences={
            "waits_for_proof": (_("Somebody added to an idea: ring, and hear whether it was they"), _("Ring")),
            "question_waits": (_("A question about an idea waits for an answer"), _("Answer")),
        },
        address=_addition,
    ),
)
register_wording(
    "idea_helper",
    Wording(
        sentences={"waits_for_proof": (_("Somebody wants to join in: ring, and hear whether it was they"), _("Ring"))},
        address=_helper,
    ),
)
register_wording(
    "promise",
    Wording(
        sentences={
            "promise_due": (_("Something is promised for this day"), _("Look")),
            "promise_late": (_("What was promised is late: it needs a new day and a reason"), _("Look")),
        },
        address=_promise,
    ),
)
acts.register(
    {
        "ideas.put_forward": _("The idea came in"),
        "ideas.send_code": _("A code was sent to the number that was written"),
        "ideas.prove": _("It was confirmed that they sent it"),
        "ideas.not_them": _("It was not they who sent it: the words are erased"),
        "ideas.not_answered": _("The idea was not answered in time"),
        "ideas.take_it": _("Somebody takes it on themselves to answer"),
        "ideas.answer": _("The idea was answered"),
        "ideas.tie": _("It was tied to a need"),
        "ideas.untie": _("It is tied to a need no more"),
        "ideas.to_forum": _("It was taken up with a forum"),
        "ideas.forum_moved": _("The forum has moved the item"),
        "ideas.take_down": _("It was taken off the open pages"),
        "ideas.add": _("Somebody added to it"),
        "ideas.ask": _("Somebody asked about it"),
        "ideas.answer_question": _("A question was answered"),
        "ideas.take_down_addition": _("Something added was taken off the page"),
        "ideas.start": _("It became an initiative"),
        "ideas.change_words": _("The lead changed the words"),
        "ideas.name_contact": _("A contact was named"),
        "ideas.no_contact": _("No contact was named in time"),
        "ideas.pause": _("It rests for a while"),
        "ideas.rests": _("It rests, since the one who led it has died"),
        "ideas.go_on": _("It goes on"),
        "ideas.end": _("It ended"),
        "ideas.leave": _("The idea was left by the one who had it"),
        "ideas.offer_lead": _("The lead was offered to another"),
        "ideas.keep_lead": _("The lead stays where it is"),
        "ideas.decline_lead": _("The one who was asked does not take the lead"),
        "ideas.hand_on": _("Another leads from now on"),
        "ideas.join": _("Somebody joined in"),
        "ideas.not_now": _("Somebody is not needed now"),
        "ideas.welcome_back": _("Somebody is needed again"),
        "ideas.leave_helpers": _("Somebody is not with it any more"),
        "ideas.promise": _("Something was promised"),
        "ideas.keep_promise": _("A promise was kept"),
        "ideas.new_day": _("A promise got a new day"),
        "ideas.drop_promise": _("A promise is no longer needed"),
        "ideas.promise_late": _("A promise was late"),
        "ideas.move": _("Another answers the idea from now on"),
        "ideas.erase": _("Who had the idea was erased"),
    }
)
