"""What an owner takes out of this room: what it lends out, who has borrowed it, and what it has borrowed itself."""

import uuid

from django.db.models import Q

from samtun.foundation import exports
from samtun.operation.lending.models import Booking, BookingStep, Lendable, Season, SeasonClub, SeasonTime

THING = (
    "id", "name", "kind", "village__name", "place", "about", "seats", "step_free", "hearing_loop", "toilet", "price",
    "price_words", "who_may", "licence", "insurance", "key_words", "cleaning", "contact_phone", "opens", "closes",
    "months", "way", "buffer_minutes", "is_offered",
)  # fmt: skip
BOOKED = (
    "id", "lendable__name", "state", "on", "starts", "ends_on", "ends", "for_owner__name", "contact_id", "what", "via",
    "condition", "made_at", "ended_at",
)  # fmt: skip
SEASON = (
    "id", "lendable__name", "name", "starts", "ends", "weekdays", "opens", "closes", "deadline", "leaves_out", "state",
    "lot", "answer", "made_at", "settled_at",
)  # fmt: skip
CLUB = (
    "id", "season_id", "for_owner__name", "contact_id", "minutes", "for_children", "words", "via", "made_at",
    "wished_at",
)  # fmt: skip
TIME = ("club_id", "is_given", "rank", "weekday", "starts", "ends", "why")
STEP = ("booking_id", "kind", "at", "by_words", "words", "dates")


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that stands here of an owner."""
    things = list(Lendable.objects.filter(owner=owner).order_by("id").values_list(*THING))
    ours = Booking.objects.filter(Q(lendable__owner=owner) | Q(for_owner=owner))
    booked = list(ours.order_by("id").values_list(*BOOKED))
    steps = list(BookingStep.objects.filter(booking__in=ours).order_by("id").values_list(*STEP))
    seasons = list(Season.objects.filter(lendable__owner=owner).order_by("id").values_list(*SEASON))
    clubs = SeasonClub.objects.filter(Q(season__lendable__owner=owner) | Q(for_owner=owner))
    wished = list(clubs.order_by("id").values_list(*CLUB))
    times = list(SeasonTime.objects.filter(club__in=clubs).order_by("id").values_list(*TIME))
    behind = CLUB.index("contact_id")
    place = BOOKED.index("contact_id")
    return [
        exports.Table("lendables", THING, things),
        exports.Table("bookings", BOOKED, booked, frozenset(row[place] for row in booked if row[place])),
        exports.Table("booking_steps", STEP, steps),
        exports.Table("seasons", SEASON, seasons),
        exports.Table("season_clubs", CLUB, wished, frozenset(row[behind] for row in wished if row[behind])),
        exports.Table("season_times", TIME, times),
    ]
