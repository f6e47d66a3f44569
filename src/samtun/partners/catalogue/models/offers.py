"""Standing offers: what is there without a date, and what is reported about it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.partners.catalogue.enums import Competence, OfferState, Shelf
from samtun.partners.catalogue.models.shared import ON_OFFER, OnOffer


class Offer(OnOffer, TenantModel):
    """Something that is there all year: a visiting service, a safety alarm, whom to ring at night.

    `villages` empty: everywhere. `months` empty: all year. `ask_from`: the day from which it is asked whether it is
    still right; a month later, unconfirmed, it is shown as such (R46).
    """

    owner = TenantKey(Owner)
    title = models.CharField(max_length=80)
    about = models.CharField(max_length=1500)
    easy = models.CharField(max_length=300, blank=True, help_text="The same in plain words, for newcomers.")
    shelf = models.CharField(max_length=20, choices=Shelf)
    villages = ArrayField(models.UUIDField(), default=list, blank=True)
    place = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    answers = models.CharField(max_length=80, blank=True, help_text="Who takes the telephone: a first name.")
    url = models.URLField(max_length=200, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    competence = models.CharField(max_length=16, choices=Competence, blank=True)
    months = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    sponsor = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=OfferState)
    why = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    written_by = models.CharField(max_length=160, blank=True)
    confirmed_on = models.DateField()
    ask_from = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one offer.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "sent_key"], name="offer_sent_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["taken_down", "ended"]) ^ models.Q(closed_at=None),
                name="offer_closed_at",
            ),
            models.CheckConstraint(condition=models.Q(state="taken_down") ^ models.Q(why=""), name="offer_down_why"),
            models.CheckConstraint(condition=~models.Q(phone="", url="", place=""), name="offer_can_be_reached"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "shelf", "title"], condition=models.Q(state="open"), name="offer_open"),
            models.Index(fields=["tenant", "owner", "state"], name="offer_by_owner"),
            models.Index(fields=["tenant", "ask_from"], condition=models.Q(state="open"), name="offer_to_ask"),
        ]

    class Privacy:
        personal: ClassVar = {"written_by": "words", "answers": "words"}
        plain = (
            *ON_OFFER, "owner", "title", "about", "easy", "shelf", "villages", "place", "phone", "hours", "url",
            "languages", "competence", "months", "sponsor", "state", "why", "made_at", "confirmed_on", "ask_from",
            "closed_at", "sent_key", "version",
        )  # fmt: skip
        purpose = _("So that everyone can find what is there, and whom to ring about it.")
        retention = _("As long as it is on offer, and two years after.")

    def __str__(self) -> str:
        return self.title


class Report(TenantModel):
    """That somebody found something wrong with what is on offer, in any room: anyone may.

    `title` and `path` are the thing's, for the list of those who look; a number only if they want to be rung.
    """

    ref_kind = models.CharField(max_length=40, default="offer")
    ref_id = models.UUIDField()
    title = models.CharField(max_length=120, blank=True)
    path = models.CharField(max_length=200, blank=True, help_text="Where it is looked at, on our own site.")
    words = models.CharField(max_length=400, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=160, blank=True)
    became = models.CharField(max_length=400, blank=True)
    sent_key = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "ref_id", "sent_key"], name="offer_report_sent_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "ref_id"], condition=models.Q(seen_at=None), name="offer_report_waits")
        ]

    class Privacy:
        personal: ClassVar = {"words": "erase", "phone": "erase", "seen_by": "words"}
        plain = ("ref_kind", "ref_id", "title", "path", "made_at", "seen_at", "became", "sent_key")
        purpose = _("So that what is wrong is put right, and whoever told us can be rung.")
        retention = _("Thirty days after it is seen to.")
