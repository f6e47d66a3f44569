"""The programme in the menu; what its acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Activity
from samtun.operation.screening.queries import purposes_on
from samtun.partners.catalogue.enums import MINORS
from samtun.work.todos.queries import Wording, register_wording


def _certificate(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the desk's page of something for the young: for which purpose those who lead show a police certificate.

    Without a purpose that the law lists that day, nothing may be asked (R64).
    """
    it = Activity.objects.filter(id=ref.id).select_related("certificate_for").first()
    if it is None or not (it.certificate_for_id or MINORS & set(it.groups)):
        return None
    stands = next((one for one in purposes_on(on) if one.id == it.certificate_for_id), None)
    context = {
        "purpose": in_language(stands.name) if stands else "", "law": stands.law if stands else "",
        "lapsed": it.certificate_for_id is not None and stands is None,
        "notes": viewer.may(Permission.MANAGE_VOLUNTEERS) and it.owner_id in viewer.owners,
    }  # fmt: skip
    return Fragment("activities/certificate.html", context)


register_nav(
    NavItem("programme", _("What's on"), "calendar", order=10),
    NavItem("programme", _("What's on"), "calendar", Permission.OWN_PAGE, order=34, unless=Permission.PUBLISH),
    NavItem("programme_own", _("The programme"), "list", Permission.PUBLISH, order=36),
)
slots.register("programme", _certificate, order=30)
slots.register("programme", on_own, order=90)
slots.register("occurrence", on_own, order=90)
acts.register(
    {
        "activities.write": _("It was written"),
        "activities.open": _("It was opened to everyone"),
        "activities.wait": _("It waits until the centre has seen who publishes"),
        "activities.change": _("It was put right"),
        "activities.end": _("It was ended"),
        "activities.let_stand": _("Looked at, and left to stand"),
        "activities.take_down": _("It was taken off the open pages"),
        "activities.go_on": _("Its times were made for the months ahead"),
        "activities.confirm": _("It was confirmed that it is still right"),
        "activities.back_to_draft": _("It is a draft again: nobody could see who publishes"),
        "activities.forget": _("Who met people at the door long ago was erased"),
        "activities.ask_whether_held": _("Those who hold it were asked whether it is held"),
        "activities.answer_whether_held": _("They said whether it is held"),
        "activities.move": _("It was moved"),
        "activities.call_off": _("It was called off"),
        "activities.on_again": _("It is on again"),
        "activities.staff_host": _("It was noted who of the staff is there"),
        "activities.held": _("It was held"),
        "activities.put_picture": _("A picture was put on it"),
        "activities.drop_picture": _("A picture nobody had seen was thrown away"),
        "activities.note_yes": _("It was written down that somebody said yes to the picture"),
        "activities.strike_yes": _("Somebody written down with the picture was taken out"),
        "activities.take_picture_away": _("Its picture was taken away"),
        "activities.take_yes_back": _("Somebody took back their yes, and the picture went"),
        "activities.take_picture_down": _("Its picture was taken off the open pages"),
        "activities.forget_pictures": _("Old pictures were forgotten"),
        "activities.take_picture_in": _("A picture was sent in; nobody sees it yet"),
        "activities.picture_waits": _("A picture waits until each one in it has said yes"),
        "activities.read_names": _("The names of those in the picture were read"),
    }
)


def _one(activity: uuid.UUID) -> str:
    return reverse("programme_one", args=[activity])


register_wording(
    "programme",
    Wording(sentences={"reported": (_("Somebody says something in the programme is wrong"), _("Look"))}, address=_one),
)
