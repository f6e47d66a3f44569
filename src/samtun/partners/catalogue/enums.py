"""What sort of thing it is, whom it is for, how one gets there: words that everyone may read (R36, R51, R59)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What one does there, in everyday words. The same for activities and standing offers."""

    SOCIAL = "social", _("Somewhere to meet")
    ONE_TO_ONE = "one_to_one", _("Visits and company")
    PRACTICAL = "practical", _("A hand with practical things")
    MEAL = "meal", _("Food together")
    RIDE = "ride", _("Rides")
    ACTIVE = "active", _("Exercise and the outdoors")
    CULTURE = "culture", _("Culture, song and music")
    COURSE = "course", _("Courses and help with digital things")
    INCLUSION = "inclusion", _("Language and getting to know people")
    LENDING = "lending", _("Borrowing, swapping and mending")
    ACROSS_AGES = "across_ages", _("Young and old together")
    DEMENTIA_FRIENDLY = "dementia_friendly", _("Dementia-friendly")
    SERIOUS_ILLNESS = "serious_illness", _("When somebody is seriously ill")
    EVENT = "event", _("Feasts and events")
    OTHER = "other", _("Something else")


class Shelf(models.TextChoices):
    """The six shelves on which everything that stands ready is laid out [aksjonssenter]."""

    SOCIAL = "social", _("Being together")
    DEMENTIA_FRIENDLY = "dementia_friendly", _("A dementia-friendly place to live")
    EVERYDAY = "everyday", _("Help in everyday life")
    CENTRE = "centre", _("The volunteer centre itself")
    CARE = "care", _("Health and care services")
    TECHNOLOGY = "technology", _("Technology that makes life safer")


class Group(models.TextChoices):
    """Whom it is made with in mind. A wish to be thought of, never a condition; age and strength stand apart (R51)."""

    EVERYONE = "everyone", _("Everyone")
    OLDER = "older", _("Older people")
    EIGHTY = "eighty", _("Those who are past 80")
    NEWLY_RETIRED = "newly_retired", _("Newly retired")
    MEN_ALONE = "men_alone", _("Men living alone")
    WOMEN_ALONE = "women_alone", _("Women living alone")
    FAMILIES = "families", _("Families")
    CHILDREN = "children", _("Children")
    YOUNG = "young", _("Young people")
    NEW_HERE = "new_here", _("New in the municipality")
    NEXT_OF_KIN = "next_of_kin", _("Those who stand close to somebody who needs help")
    DISABILITY = "disability", _("People with a disability")
    CALM = "calm", _("Those who like it calm")
    LENDS_A_HAND = "lends_a_hand", _("Those who lend a hand")


OLDER_PEOPLE = frozenset({Group.OLDER, Group.EIGHTY})
"""Groups for whom a car of one's own is no answer to how to get there (R36)."""
WITH_CHILDREN = frozenset({Group.FAMILIES, Group.CHILDREN})
"""Groups where somebody grown signs up the children."""
MINORS = WITH_CHILDREN | {Group.YOUNG}
"""Groups where those who lead may have to show a police certificate, for a purpose that the law lists (R64)."""


class Transport(models.TextChoices):
    """How one gets there and home: an answer is required (R36)."""

    OWN = "own", _("You get there by yourself")
    PUBLIC = "public", _("There is a bus there and home")
    ORGANISED_RIDE = "organised_ride", _("You can get a ride: say so when you ring or sign up")
    ORGANISER_FETCHES = "organiser_fetches", _("We fetch you, and take you home")
    COMPANION_WALK = "companion_walk", _("Somebody walks there with you")
    NONE_NEEDED = "none_needed", _("You need not go anywhere")


class Known(models.TextChoices):
    """Whether something is so. Not known is said plainly: ring and ask."""

    YES = "yes", pgettext_lazy("access", "Yes")
    NO = "no", pgettext_lazy("access", "No")
    UNKNOWN = "unknown", pgettext_lazy("access", "Not known: ring and ask")


class PublisherState(models.TextChoices):
    """Whether an organisation is known to be who it says it is."""

    WAITING = "waiting", _("Waits to be checked")
    CHECKED = "checked", _("Checked")
    REFUSED = "refused", _("Not who it says it is")


class Why(models.TextChoices):
    """Why something in here waits for a person: the reason of a to-do."""

    CHECK = "check", _("Check who publishes")
    REPORTED = "reported", _("Something wrong was reported")


class OfferState(models.TextChoices):
    """Whether a standing offer is before everyone. That nobody has confirmed it lately is a date, no state."""

    WAITING = "waiting", _("Waits for a check of who you are")
    OPEN = "open", _("Open to everyone")
    TAKEN_DOWN = "taken_down", _("Taken down")
    ENDED = "ended", _("Ended")


LIVE_OFFERS = frozenset({OfferState.WAITING, OfferState.OPEN})


class Competence(models.TextChoices):
    """Special competence that an offer rests on: such offers are the municipality's (R35)."""

    NONE = "", _("None")
    PHYSIOTHERAPY = "physiotherapy", _("Physiotherapy")
    OCCUPATIONAL = "occupational", _("Occupational therapy")
    NURSING = "nursing", _("Nursing")


class StillRight(models.TextChoices):
    """What the half-yearly question comes to."""

    YES = "yes", _("Still right")
    ENDED = "ended", _("No longer on offer")
