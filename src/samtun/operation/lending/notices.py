"""What is sent to those who borrow. Whoever else has or wants a time is never named."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samtun.foundation.notices import Notice, register
from samtun.foundation.recipients import Recipient
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.notifications.messages.queries import address_of
from samtun.operation.lending.enums import SeasonState, State, StepKind, Why
from samtun.operation.lending.models import BookingStep, SeasonClub
from samtun.operation.lending.queries import lacking_of, whom_to_tell, whom_to_tell_of
from samtun.operation.lending.queries.season import line_of, weekly
from samtun.partners.organisations.queries import organisation_of, speaks_for
from samtun.people.persons.queries import everyone_of

BRIEF = 90


def _brief(words: str, most: int = BRIEF) -> str:
    """Return what there is room for in a text: all of it stands on the page."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} ..."


class _ToBorrower(Notice):
    """To those who borrow: which thing, when, and whom to ring."""

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the step; None when it is erased, has been overtaken, or another is talked with now."""
        rows = BookingStep.objects.select_related("booking__lendable__owner", "booking__for_owner")
        step = rows.filter(id=ref_id).first()
        if step is None or step.booking.erased_at or not self.applies(step):
            return None
        row = step.booking
        told = {key for one in whom_to_tell(row, at=clock.now()) for key in everyone_of(one)}
        if to.person not in told:
            return None
        body = organisation_of(speaks_for(row.lendable.owner))
        page = reverse("booking", args=[row.id]) if row.for_owner_id else reverse("lendable", args=[row.lendable_id])
        return {
            "owner": body.name, "owner_phone": spoken(row.lendable.contact_phone or body.phone),
            "thing": row.lendable.name, "step": step.kind, "on": row.on, "starts": row.starts, "ends": row.ends,
            "ends_on": row.ends_on if row.ends_on > row.on + dt.timedelta(days=1) else None, "dates": step.dates,
            "words": step.words, "brief": _brief(step.words), "own_url": address_of(page),
            "has_page": row.for_owner_id is not None,
        }  # fmt: skip

    def applies(self, step: BookingStep) -> bool:
        """Tell whether it is still to be said."""
        return step.dates > 1 or step.booking.state == step.kind

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        words = "Røyret i kjøkenet er sprunge, og golvet må tørke før nokon kan vere der. Nesheim er ledig den kvelden."
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "thing": "Storsalen på Fjordheim",
            "step": StepKind.CANCELLED, "on": dt.date(2026, 11, 25), "starts": dt.time(18), "ends": dt.time(21, 30),
            "ends_on": None, "dates": 12, "words": words, "brief": _brief(words), "has_page": True,
            "own_url": "https://dalgrend.samtun.example/utlaan/tid/0192f0c0-0000-7000-8000-000000000001/",
        }  # fmt: skip


@register
class BookingTold(_ToBorrower):
    """What has become of a booking."""

    key = "lending.told"
    folder = "lending/mail/told"
    title = _("Something borrowed")
    lasts = dt.timedelta(days=5)


@register
class TimeFreed(_ToBorrower):
    """A time they wanted is free: the first to take it has it."""

    key = "lending.freed"
    folder = "lending/mail/freed"
    title = _("A time became free")
    lasts = dt.timedelta(days=2)

    def applies(self, step: BookingStep) -> bool:
        """Only while they wait for it, or got a no."""
        return step.booking.state in {State.WAITING, State.DECLINED}


@register
class SeasonTold(Notice):
    """To a club: it may wish, what it got and why, or that nothing is shared out after all."""

    key = "lending.season"
    folder = "lending/mail/season"
    title = _("Fixed times in a hall")
    lasts = dt.timedelta(days=30)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return how it stands for one club; None when another is talked with now, or it is too late to wish."""
        club = SeasonClub.objects.select_related("season__lendable__owner", "for_owner").filter(id=ref_id).first()
        if club is None or club.season.erased_at:
            return None
        season, today = club.season, clock.today()
        told = {key for one in whom_to_tell_of(club, at=clock.now()) for key in everyone_of(one)}
        if to.person not in told or season.state == SeasonState.PROPOSED:
            return None
        if season.state == SeasonState.OPEN and (today > season.deadline or club.wished_at):
            return None
        line, body = line_of(club), organisation_of(speaks_for(season.lendable.owner))
        with override(to.language):
            got = [str(weekly(row)) for row in line.given]
            missed = [f"{weekly(row)}: {row.get_why_display().lower()}" for row in line.wishes if row.why != Why.GOT]
        return {
            "owner": body.name, "owner_phone": spoken(season.lendable.contact_phone or body.phone),
            "thing": season.lendable.name, "season": season.name, "club": club.for_owner.name, "kind": season.state,
            "starts": season.starts, "ends": season.ends, "deadline": season.deadline, "got": got,
            "missed": missed if line.lacks else [], "lacks": line.lacks, "words": season.answer,
            "brief": _brief(season.answer), "own_url": address_of(reverse("season_wish", args=[season.id])),
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        words = "Storsalen er stengd i veke 8. Har de spørsmål, kom på møtet tysdag kl. 19."
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "thing": "Storsalen på Fjordheim",
            "season": "Vår 2027", "club": "Ytstegrenda idrettslag", "kind": SeasonState.DECIDED,
            "starts": dt.date(2027, 1, 4), "ends": dt.date(2027, 6, 18), "deadline": dt.date(2026, 12, 12),
            "got": ["Måndag 18.00–19.30", "Onsdag 18.00–19.30"], "lacks": 90, "words": words, "brief": _brief(words),
            "missed": [f"Torsdag 18.00–19.30: {str(Why.OTHER.label).lower()}"],
            "own_url": "https://dalgrend.samtun.example/lokaler/sesong/0192f0c0-0000-7000-8000-000000000001/",
        }  # fmt: skip


@register
class SeasonFreed(Notice):
    """To one who got less than it wished for: time is given back, and it has first right to it."""

    key = "lending.season_freed"
    folder = "lending/mail/season_freed"
    title = _("Time in a hall was given back")
    lasts = dt.timedelta(days=1)

    def facts(self, ref_id: uuid.UUID, to: Recipient) -> dict[str, Any] | None:
        """Return the time; None when it is taken again, or they lack nothing."""
        rows = BookingStep.objects.select_related("booking__lendable__owner", "booking__for_owner")
        step = rows.filter(id=ref_id).first()
        if step is None or step.booking.state != State.GIVEN_BACK or step.booking.erased_at:
            return None
        row, at = step.booking, clock.now()
        told = {p for line in lacking_of(row) for one in whom_to_tell_of(line.club, at=at) for p in everyone_of(one)}
        if to.person not in told:
            return None
        body = organisation_of(speaks_for(row.lendable.owner))
        page = reverse("lendable_book", args=[row.lendable_id])
        return {
            "owner": body.name, "owner_phone": spoken(row.lendable.contact_phone or body.phone),
            "thing": row.lendable.name, "on": row.on, "starts": row.starts, "ends": row.ends, "dates": step.dates,
            "own_url": f"{address_of(page)}?dag={row.on:%Y-%m-%d}",
        }  # fmt: skip

    @classmethod
    def sample_facts(cls) -> dict[str, Any]:
        """Return the longest plausible words."""
        return {
            "owner": "Dalgrend frivilligsentral", "owner_phone": "57 00 11 22", "thing": "Storsalen på Fjordheim",
            "on": dt.date(2026, 11, 25), "starts": dt.time(18), "ends": dt.time(21, 30), "dates": 12,
            "own_url": "https://dalgrend.samtun.example/lokaler/0192f0c0-0000-7000-8000-000000000001/laan/?dag=x",
        }  # fmt: skip
