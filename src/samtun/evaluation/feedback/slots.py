"""Where others' pages lead here, and what acts are called. Nothing of a concern is shown on any other page."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.evaluation.feedback.models import Contact
from samtun.evaluation.feedback.queries import answering, concerning, differing
from samtun.evaluation.feedback.rules import may_appoint, may_raise_for
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.enums import ArrangementState
from samtun.operation.arrangements.models import Arrangement
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.partners.organisations.models import Organisation
from samtun.work.todos.queries import Wording, register_wording


def _address(heads_up_id: uuid.UUID) -> str:
    return reverse("heads_up", args=[heads_up_id])


def _contact_address(contact_id: uuid.UUID) -> str:
    return reverse("person", args=[Contact.objects.values_list("person", flat=True).get(id=contact_id)])


def _on_task(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On the volunteer's own page: a way to say that something seemed different."""
    return Fragment("feedback/slot_task.html", {"url": reverse("heads_up_task", args=[ref.id])})


def _on_request(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the coordinator's page of a wish: the same for one who rings."""
    request = slots.page_of(HelpRequest)
    mine = viewer.may(Permission.HANDLE_REQUESTS) and request.owner_id in viewer.owners
    if not mine or request.state not in {RequestState.AGREED, RequestState.DONE}:
        return None
    return Fragment("feedback/slot_request.html", {"url": reverse("heads_up_request", args=[ref.id])})


def _on_arrangement(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the coordinator's page of a standing arrangement, while somebody comes."""
    if slots.page_of(Arrangement).state != ArrangementState.RUNNING:
        return None
    return Fragment("feedback/slot_request.html", {"url": reverse("heads_up_arrangement", args=[ref.id])})


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the person's page: whom they let us tell."""
    if not viewer.owners or not viewer.may(Permission.SEE_PERSONS):
        return None
    return Fragment("feedback/slot_person.html", {"person": ref.id, "contacts": differing.contacts_of(viewer, ref.id)})


def _on_own_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On one's own page: whom one lets us tell, and the way to take it back; and that something waits to be read."""
    contacts = differing.contacts_of(viewer, ref.id)
    waits = concerning.something_waits(viewer, on=on)
    return Fragment("feedback/slot_own.html", {"contacts": contacts, "waits": waits}) if contacts or waits else None


def _on_organisation(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On one's own organisation: where it is set who receives concerns, and the matters it has raised."""
    body = Organisation.objects.select_related("owner").filter(id=ref.id).first()
    if body is None or not may_appoint(viewer, body.owner):
        return None
    url = reverse("concern_receivers", args=[body.id])
    raised = reverse("raised_feedback") if may_raise_for(viewer, body.owner_id) else ""
    return Fragment("feedback/slot_organisation.html", {"url": url, "raised": raised})


def _say(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On one's own page, at each task: a way to say something about how it is arranged."""
    return Fragment("feedback/slot_say.html", {"url": reverse("feedback_about", args=["match", ref.id])})


def _rang(viewer: Viewer, ref: Ref) -> str:
    """Return where a coordinator writes down what somebody else says about a thing; empty for all others."""
    return f"{reverse('feedback_take_down')}?om={ref}" if viewer.may(Permission.HANDLE_REQUESTS) else ""


def _on_thing(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a thing: a way to say something about it. What has been said stands behind it."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    about = {"url": reverse("feedback_about", args=[ref.kind, ref.id]), "rang": _rang(viewer, ref)}
    return Fragment("feedback/slot_thing.html", about)


def _on_time(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page behind of a time in the programme: what was said about it, and a way to write down what is said."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    rows = answering.about_thing(viewer, ref.kind, ref.id)
    url = reverse("feedback_about", args=[ref.kind, ref.id])
    return Fragment("feedback/slot_thing.html", {"url": url, "rows": rows, "rang": _rang(viewer, ref)})


def _on_kind(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a kind of help: the same, also for an organisation that raises it as its own matter."""
    if not viewer.may(Permission.OWN_PAGE):
        return None
    rows = answering.about_thing(viewer, ref.kind, ref.id)
    url = reverse("feedback_about", args=["task_type", ref.id])
    return Fragment("feedback/slot_thing.html", {"url": url, "rows": rows, "rang": _rang(viewer, ref)})


def _on_together(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of an agreement or a service design: for all who see it; who is in it also sees what was said."""
    if viewer.person is None:
        return None
    rows = answering.about_thing(viewer, ref.kind, ref.id)
    url = reverse("feedback_about", args=[ref.kind, ref.id])
    return Fragment("feedback/slot_thing.html", {"url": url, "rows": rows, "rang": _rang(viewer, ref)})


def _on_open_design(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On what everyone reads about a service design: a way to say something, with a name or without."""
    url = f"{reverse('feedback_tell')}?om={Ref('design', ref.id)}"
    return Fragment("feedback/slot_thing.html", {"url": url, "rows": []})


def _said_by_me(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On one's own page: what one has said, how far it is, and a way to say something more."""
    rows = [(row, answering.own_path(row)) for row in answering.sent_by(viewer)]
    return Fragment("feedback/slot_said.html", {"rows": rows, "url": reverse("feedback_tell")})


def _feedback_address(feedback_id: uuid.UUID) -> str:
    return reverse("feedback", args=[feedback_id])


slots.register("match", _on_task)
slots.register("match", _say, order=60)
for _kind in ("help_request", "arrangement", "call_out"):
    slots.register(_kind, _on_thing, order=70)
slots.register("occurrence", _on_time, order=70)
slots.register("task_type", _on_kind)
slots.register("agreement", _on_together, order=75)
slots.register("design", _on_together, order=75)
slots.register("open_design", _on_open_design)
slots.register("own_page", _said_by_me, order=70)
register_nav(NavItem("feedbacks", _("Feedback"), "message", Permission.HANDLE_REQUESTS, order=35))
register_wording(
    "feedback",
    Wording(
        sentences={
            "feedback_waits": (_("Feedback waits for an answer"), _("Answer")),
            "feedback_decided": (_("It is decided: answer the one who gave the feedback"), _("Answer")),
            "feedback_late": (_("Feedback is not answered in time: see that somebody does"), _("Look")),
        },
        address=_feedback_address,
    ),
)
slots.register("help_request", _on_request)
slots.register("arrangement", _on_arrangement)
slots.register("person", _on_person, order=40)
slots.register("own_page", _on_own_page)
slots.register("organisation", _on_organisation, order=60)
register_nav(NavItem("heads_ups", _("Told to me"), "bell", Permission.REFER, order=14))
register_wording(
    "heads_up",
    Wording(
        sentences={
            "ask_person": (_("Something seemed different: ring the volunteer, and ask the person"), _("Look")),
            "ask_only": (_("Something seemed different: ask the person"), _("Look")),
            "ring_volunteer": (_("Something seemed different: ring the volunteer"), _("Look")),
            "words_gone": (_("Was stopped by mistake, and the words are gone: ring the volunteer and hear"), _("Ring")),
            "ring_professional": (_("Not received yet: ring the one who was told"), _("Look")),
        },
        address=_address,
        by_hand=frozenset({"ring_professional", "words_gone"}),
    ),
)
register_wording(
    "contact",
    Wording(
        sentences={
            "not_back": (
                _("Whom we may tell was stopped by mistake, and another is named now: is it right?"),
                _("Look"),
            ),
        },
        address=_contact_address,
        by_hand=frozenset({"not_back"}),
    ),
)
acts.register(
    {
        "feedback.name_professional": _("Said whom we may tell"),
        "feedback.tell_different": _("Something seemed different"),
        "feedback.not_received": _("Was not received in time"),
        "feedback.stands_again": _("Stands again"),
        "feedback.contact_stands_again": _("Whom we may tell stands again"),
        "feedback.receive": _("Was received"),
        "feedback.pass_on_after_all": _("Was passed on, with a yes"),
        "feedback.keep_to_ourselves": _("Was closed, and the words erased"),
        "feedback.stop_heads_up": _("Was stopped"),
        "feedback.choose_receiver": _("Somebody was chosen to receive concerns"),
        "feedback.end_receiver": _("Somebody receives concerns no more"),
        "feedback.raise_concern": _("Came in"),
        "feedback.open_words": _("Was opened and read"),
        "feedback.look_at": _("Is being looked at"),
        "feedback.note_heard": _("The one it concerns was heard"),
        "feedback.put_off_hearing": _("Hearing was put off, with a reason"),
        "feedback.conclude": _("Was concluded"),
        "feedback.close_concern": _("Was answered and closed"),
        "feedback.write_to_teller": _("Words to the one who told"),
        "feedback.add_words": _("More words came"),
        "feedback.shut_out": _("Was closed to one it is about"),
        "feedback.erase_concern": _("Was erased"),
        "feedback.give": _("Feedback came in"),
        "feedback.take_on": _("Somebody has begun with the feedback"),
        "feedback.pass_up": _("The feedback was passed up"),
        "feedback.come_back": _("The feedback came back without a decision"),
        "feedback.decide": _("It was decided"),
        "feedback.answer": _("The feedback was answered"),
        "feedback.not_answered": _("Was not answered in time"),
        "feedback.not_settled": _("Not settled, says the one who told"),
        "feedback.close": _("The feedback was closed"),
        "feedback.move": _("Another answers from now on"),
        "feedback.erase": _("Who said it was erased"),
    }
)
