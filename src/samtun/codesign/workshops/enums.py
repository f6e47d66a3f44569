"""The words of workshops."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkshopState(models.TextChoices):
    """Where a workshop is."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Going on now")
    ENDED = "ended", _("Has been held")
    CANCELLED = "cancelled", _("Cancelled")


class Phase(models.TextChoices):
    """How a question is worked with: one after the other, and the evaluation after the last question."""

    ALONE = "alone", _("Alone")
    GROUP = "group", _("In the group")
    PLENARY = "plenary", _("Together")
    EVALUATE = "evaluate", _("How was it?")


class QuestionKind(models.TextChoices):
    """What sort of question it is: `choose` gives one dot each, `forces` has two sides."""

    OPEN = "open", _("An open question")
    CHOOSE = "choose", _("Choose one: one dot each")
    FORCES = "forces", _("What hinders, and what promotes")
    ADVICE = "advice", _("Recommendations: what, who, how")


class Side(models.TextChoices):
    """Which side of a question with two sides a note is on."""

    NONE = "", ""
    HINDERS = "hinders", _("Hinders")
    PROMOTES = "promotes", _("Promotes")


class Part(models.TextChoices):
    """What somebody does for the group."""

    NONE = "", ""
    LEADER = "leader", _("Leads the group")
    SCRIBE = "scribe", _("Writes for the group")


class NoteVia(models.TextChoices):
    """How a note came in."""

    OWN = "own", _("Own telephone")
    TABLE = "table", _("The table's telephone")
    PAPER = "paper", _("On paper")


class Became(models.TextChoices):
    """What a recommendation became."""

    NOTHING = "", ""
    IDEA = "idea", _("An idea")
    DESIGN = "design", _("A service design")
    TODO = "todo", _("Something to do")


class Much(models.TextChoices):
    """Three answers to a plain question."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


STANDING = (WorkshopState.PLANNED, WorkshopState.RUNNING)
IN_TURN = (Phase.ALONE, Phase.GROUP, Phase.PLENARY)
