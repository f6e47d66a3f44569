# ruff: noqa: D101 -- each role class has its sentence in `sentence`, for all who read it
"""Role classes: what each role is called, one sentence a coordinator understands, where it is given, what it may.

Page, documents and code read from here. Renaming a role or a permission is an ADR.
"""

import functools
from typing import ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samtun.foundation.viewer import Permission, Role, Viewer

MUNICIPAL = frozenset({"municipality", "unit"})
HOSTS = frozenset({"municipality", "unit", "centre", "association", "congregation"})
PARTNERS = frozenset({"association", "congregation", "business", "centre"})
BODIES = HOSTS | PARTNERS

_DESK = frozenset({
    Permission.SEE_DESK, Permission.HANDLE_REQUESTS, Permission.SEE_PERSONS, Permission.MANAGE_VOLUNTEERS,
    Permission.HANDLE_MESSAGES, Permission.THANK_VOLUNTEERS, Permission.OWN_PAGE, Permission.NOTE_DEATH,
    Permission.PUBLISH,
})  # fmt: skip
_OWN = frozenset({Permission.OWN_PAGE})


class RoleClass:
    """One role. `given_in` are the kinds of organisation it may be given in; `municipality_wide` stands in a grant."""

    role: ClassVar[Role]
    name: ClassVar[str | Promise]
    sentence: ClassVar[str | Promise]
    given_in: ClassVar[frozenset[str]] = frozenset()
    municipality_wide: ClassVar[bool] = False
    most_days: ClassVar[int | None] = None
    permissions: ClassVar[frozenset[Permission]] = frozenset()


class Anonymous(RoleClass):
    role = Role.ANONYMOUS
    name = _("Visitor")
    sentence = _("Reads the open pages and asks for help; sees nothing about anyone.")


class Resident(RoleClass):
    role = Role.RESIDENT
    name = _("Resident")
    sentence = _("Sees and changes their own, and reads who has looked at it.")
    permissions = _OWN


class NextOfKin(RoleClass):
    role = Role.NEXT_OF_KIN
    name = _("Next of kin or guardian")
    sentence = _("Does for another person what that person has agreed to, and nothing else.")
    permissions = _OWN


class Volunteer(RoleClass):
    role = Role.VOLUNTEER
    name = _("Volunteer")
    sentence = _("Sees their own assignments; name and address of the one they help only once it is agreed.")
    permissions = _OWN


class UnitEmployee(RoleClass):
    role = Role.UNIT_EMPLOYEE
    name = _("Employee")
    sentence = _(
        "Works at a unit: passes on a wish that a person has agreed to and hears what became of it, and publishes what "
        "the unit has on offer."
    )
    given_in = MUNICIPAL
    permissions = _OWN | {Permission.REFER, Permission.NOTE_DEATH, Permission.PUBLISH}


class Assessor(RoleClass):
    role = Role.ASSESSOR
    name = _("Assessor")
    sentence = _("Says whose task a request is, and may see an address that is protected.")
    given_in = MUNICIPAL
    permissions = _OWN | {
        Permission.SEE_DESK, Permission.ASSESS_REQUESTS, Permission.SEE_PERSONS, Permission.SEE_PROTECTED,
        Permission.REFER,
    }  # fmt: skip


class OrganisationRepresentative(RoleClass):
    role = Role.ORGANISATION_REPRESENTATIVE
    name = _("Contact person")
    sentence = _(
        "Acts for an organisation: its contact details, members' roles, what it shares and publishes, and taking its "
        "own out; passes on a wish that a person has agreed to."
    )
    given_in = PARTNERS
    permissions = _OWN | {
        Permission.MANAGE_ORGANISATION, Permission.EXPORT_ORGANISATION, Permission.REFER, Permission.PUBLISH,
    }  # fmt: skip


class Coordinator(RoleClass):
    role = Role.COORDINATOR
    name = _("Coordinator")
    sentence = _("Takes requests, finds and follows up volunteers, and thanks them, for one organisation.")
    given_in = HOSTS
    permissions = _DESK


class Leader(RoleClass):
    role = Role.LEADER
    name = _("Leader")
    sentence = _(
        "Does all a coordinator does, and also answers for roles, sharing and taking the organisation's own out."
    )
    given_in = HOSTS
    permissions = _DESK | {Permission.MANAGE_ORGANISATION, Permission.EXPORT_ORGANISATION}


class SeatHolder(RoleClass):
    role = Role.SEAT_HOLDER
    name = _("Member of a committee")
    sentence = _("Has a seat in a committee or council: its papers and minutes, no persons.")
    given_in = BODIES
    permissions = _OWN


class Cashier(RoleClass):
    role = Role.CASHIER
    name = _("Cashier")
    sentence = _("Handles what is paid in and out; the only one beside the person who knows a price.")
    given_in = BODIES
    permissions = _OWN | {Permission.HANDLE_CASH}


class MunicipalAdministrator(RoleClass):
    role = Role.MUNICIPAL_ADMINISTRATOR
    name = _("Municipal administrator")
    sentence = _(
        "Sets up the municipality: choices, kinds of help, organisations and who acts for them; sees no requests."
    )
    municipality_wide = True
    permissions = frozenset({
        Permission.MANAGE_SETTINGS, Permission.MANAGE_TASK_TYPES, Permission.MANAGE_ORGANISATION,
    })  # fmt: skip


class PrivacyOfficer(RoleClass):
    role = Role.PRIVACY_OFFICER
    name = _("Privacy officer")
    sentence = _("Reads who has looked at whom and why, for the whole municipality; sees nothing else about persons.")
    municipality_wide = True
    permissions = frozenset({Permission.READ_ACCESS_LOG})


class SupplierSupport(RoleClass):
    role = Role.SUPPLIER_SUPPORT
    name = _("Support from the supplier")
    sentence = _("Helps with settings for at most fourteen days at a time, when the municipality has let them in.")
    municipality_wide = True
    most_days = 14
    permissions = frozenset({Permission.MANAGE_SETTINGS})


class Disabled(RoleClass):
    role = Role.DISABLED
    name = _("Closed account")
    sentence = _("Can do nothing at all.")


class System(RoleClass):
    role = Role.SYSTEM
    name = "Samtun"
    sentence = _("The system itself, for reminders and clearing up; nobody can log in as it.")
    permissions = frozenset(Permission)


CLASSES: dict[Role, type[RoleClass]] = {c.role: c for c in RoleClass.__subclasses__()}


def handles_roles(viewer: Viewer) -> bool:
    """Tell whether someone gives and takes away roles: never the supplier, whatever else is let in."""
    return viewer.is_system or (viewer.may(Permission.MANAGE_SETTINGS) and viewer.role is not Role.SUPPLIER_SUPPORT)


def works_with_people(viewer: Viewer) -> bool:
    """Tell whether someone works for the municipality with people: an employee or an assessor, no contact person."""
    return viewer.role in {Role.UNIT_EMPLOYEE, Role.ASSESSOR} and viewer.may(Permission.REFER)


def role_class(role: str) -> type[RoleClass]:
    """Return the class of a role; ValueError when there is no such role."""
    return CLASSES[Role(role)]


def title(role: str) -> str:
    """Return what a role is called after a name: «Ragnhild Brekkhus, leiar»."""
    words = str(role_class(role).name)
    return words[:1].lower() + words[1:]


def label(role: str, body: str) -> str:
    """Return what a hat is called on pages and in the audit: `Coordinator, Dalgrend frivilligsentral`."""
    return f"{role_class(role).name}, {body}" if body else str(role_class(role).name)


def read_label(stored: str) -> tuple[str, str]:
    """Return (role in the reader's language, organisation) of a hat in the log: `coordinator: Koordinator, X`."""
    code, _colon, words = stored.partition(": ")
    try:
        name = str(role_class(code).name)
    except ValueError:
        return stored, ""
    head, comma, body = words.partition(", ")
    if comma and head in _names(code):
        return name, body
    return name, "" if words in _names(code) else words


@functools.cache
def _names(role: str) -> frozenset[str]:
    """Return what a role is called in every language: the log is written in the language of whoever looked."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(role_class(role).name))
    return frozenset(found)
