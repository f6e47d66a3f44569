"""Lending in the menu and in timelines; what acts are called, and what is due."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.timeline import on_own
from samtun.work.todos.queries import Wording, register_wording


def _booking(booking_id: uuid.UUID) -> str:
    return reverse("booking", args=[booking_id])


def _thing(lendable_id: uuid.UUID) -> str:
    return reverse("lending_thing", args=[lendable_id])


def _season(season_id: uuid.UUID) -> str:
    return reverse("season", args=[season_id])


slots.register("lendable", on_own, order=90)
slots.register("season", on_own, order=90)
register_nav(NavItem("lendables", _("Borrow"), "key", order=30))
register_wording(
    "booking",
    Wording(
        sentences={
            "answer_booking": (_("Somebody asks to borrow something: answer"), _("Answer")),
            "borrower_died": (_("The one who borrowed it has died: talk with those who are near"), _("Look")),
        },
        address=_booking, by_hand=frozenset({"borrower_died"}),
    ),
)  # fmt: skip
register_wording(
    "lendable",
    Wording(
        sentences={"thing_broken": (_("Something was broken or missing when it came back"), _("Look"))},
        address=_thing, by_hand=frozenset({"thing_broken"}),
    ),
)  # fmt: skip
register_wording(
    "season",
    Wording(
        sentences={"season_proposed": (_("Fixed times are proposed: look at them, and decide"), _("Look"))},
        address=_season,
    ),
)
acts.register(
    {
        "lending.lend_out": _("It was put there to be borrowed"),
        "lending.change": _("What stands about it was changed"),
        "lending.put_away": _("It is not lent out for now"),
        "lending.take_out_again": _("It is lent out again"),
        "lending.book": _("It was booked"),
        "lending.ask": _("Somebody asked for it"),
        "lending.claim": _("A time that became free was taken"),
        "lending.accept": _("The owner said yes"),
        "lending.decline": _("The owner said no, with a way on"),
        "lending.hand_over": _("It was handed over"),
        "lending.take_back": _("It came back"),
        "lending.cancel": _("It was cancelled"),
        "lending.give_back": _("Time was given back"),
        "lending.erase": _("Who had borrowed it was erased"),
        "lending.season_open": _("Fixed times were opened for wishes"),
        "lending.season_wish": _("A wish for fixed times was written"),
        "lending.season_unwish": _("A wish for fixed times was taken back"),
        "lending.season_propose": _("It was proposed who gets which times"),
        "lending.season_change": _("A person changed the proposal"),
        "lending.season_decide": _("It was decided who gets which times"),
        "lending.season_cancel": _("The times were not shared out after all"),
        "lending.season_erase": _("Who had wished was erased"),
    }
)
