"""Who one can be in the demo: about a dozen people, with a sentence each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.demo.valley.words import Valley
from samtun.foundation.viewer import Role


@dataclass(frozen=True, slots=True)
class Persona:
    """One to be. `person` is a key of the plain valley, or empty for whoever has `office` in `body` there.

    `slug` names the persona in addresses and is the local part of the login's e-mail address. Without `role` nobody
    logs in: the telephone is shown instead.
    """

    slug: str
    valley: str
    who: str | Promise
    sentence: str | Promise
    role: Role | None = None
    person: str = ""
    body: str = ""

    @property
    def email(self) -> str:
        """The address the persona logs in with; the domain is set aside and reaches nobody."""
        return f"{self.slug}@eksempel.test"

    def key_in(self, valley: Valley) -> str:
        """Return the key of the person in the plain valley."""
        return self.person or next(hat.person for hat in valley.hats if hat.organisation == self.body)


PERSONAS = (
    Persona(
        "ragnhild", "dalgrend", _("Leader of the volunteer centre"),
        _("Has half a post and three mornings. Start here: take a call, find a volunteer, ask."),
        Role.LEADER, "ragnhild-brekkhus",
    ),
    Persona(
        "eirik", "dalgrend", _("Deputy at the volunteer centre"),
        _("Steps in when the leader is away, and sees the same desk."), Role.LEADER, "eirik-sandvoll",
    ),
    Persona(
        "kristin", "dalgrend", _("Assessor at the allocation office"),
        _("Says whose task it is when nothing has been cleared beforehand."), Role.ASSESSOR, "kristin-arskog",
    ),
    Persona(
        "hanne", "dalgrend", _("Nurse in home care"),
        _("Meets the wish at the kitchen table and passes it on, when the person says yes."),
        Role.UNIT_EMPLOYEE, "hanne-fossheim",
    ),
    Persona(
        "magnhild", "dalgrend", _("Woman of 88 with a landline and snow on her steps"),
        _("Never logs in: she rings, and is rung. Look at her telephone."), None, "magnhild-kleivane",
    ),
    Persona(
        "kare", "dalgrend", _("Volunteer of 74"),
        _("Clears snow, twice a week at most. Answers by text message; his page is there if he wants it."),
        Role.VOLUNTEER, "kare-myrlid",
    ),
    Persona(
        "malfrid", "dalgrend", _("Volunteer with two hosts"),
        _("Drives for the centre and for the rescue corps: one ceiling for both, and neither sees the other's notes."),
        Role.VOLUNTEER, "malfrid-tveitane",
    ),
    Persona(
        "hjelpekorps", "dalgrend", _("Leader of the rescue corps' visiting friends"),
        _("Has volunteers of their own behind a wall of their own, and decides what the centre may see."),
        Role.LEADER, body="hjelpekorps",
    ),
    Persona(
        "turid", "dalgrend", _("Chair of the women's association"),
        _("Speaks for an association without volunteers on any list."),
        Role.ORGANISATION_REPRESENTATIVE, "turid-ramsoy",
    ),
    Persona(
        "borghild", "dalgrend", _("Cashier of the volunteer centre"),
        _("Sees how each one pays, as nobody else does, and sells clip cards. Sees no wishes."),
        Role.CASHIER, "borghild-hjelle",
    ),
    Persona(
        "camilla", "dalgrend", _("Sets Samtun up for the municipality"),
        _("Sets up the municipality and gives out roles, and sees nobody's requests."),
        Role.MUNICIPAL_ADMINISTRATOR, "camilla-moldskred",
    ),
    Persona(
        "jostein", "dalgrend", _("Privacy officer of the municipality"),
        _("Reads who has looked at whom and why, and nothing else."), Role.PRIVACY_OFFICER, "jostein-gronlid",
    ),
    Persona(
        "tone", "elvefjord", _("Leader of the centre in the next municipality"),
        _("Uses the same Samtun, and sees nothing of Dalgrend."), Role.LEADER, "tone-strandheim",
    ),
)  # fmt: skip


def persona(slug: str) -> Persona | None:
    """Return the one with this slug."""
    return next((one for one in PERSONAS if one.slug == slug), None)


def personas_of(valley: str) -> tuple[Persona, ...]:
    """Return those who live in one valley, by its slug."""
    return tuple(one for one in PERSONAS if one.valley == valley)


def lines(port: int) -> list[str]:
    """Return what the terminal says about whom one can be."""
    return [
        f"Choose who to be:  http://localhost:{port}/demo/",
        f"The telephones:    http://localhost:{port}/demo/telefon/",
        f"The neighbour:     http://elvefjord.localhost:{port}/demo/",
        "",
    ]
