"""One question about an arrangement, or about a time of the programme; never a grade of a person (R06, R111)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class Answer(TenantModel):
    """What a person answered to "did it go all right?" of help, or "how was it?" of a time: yes, or ring me.

    `words_may_be_told` is their leave to pass their words on. After a year the answer alone stands, about a kind of
    help or a time in the programme: no person, and no words.
    """

    class Value(models.TextChoices):
        """All there is to answer."""

        YES = "yes"
        RING_ME = "ring_me"

    question = models.CharField(max_length=40)
    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    person = TenantKey(Person, models.CASCADE, null=True, blank=True)
    owner = TenantKey(Owner)
    value = models.CharField(max_length=8, choices=Value)
    words = models.CharField(max_length=300, blank=True)
    words_may_be_told = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    via = models.CharField(max_length=12)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "question", "ref_kind", "ref_id", "person"], name="answered_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "ref_id": "unlink", "words": "erase", "value": "erase"}
        plain = ("question", "ref_kind", "owner", "words_may_be_told", "answered_at", "via")
        purpose = _("To hear from the one it was for.")
        retention = _("One year; what was answered stands without a name.")
